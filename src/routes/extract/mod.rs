//! Gatekeeping: what a handler holds as an argument has been checked.

pub(super) mod administrator;
pub(super) mod body;
pub(super) mod bounds;
pub(super) mod cookies;
pub(super) mod language;
pub(super) mod message;
pub(super) mod owner;
pub(super) mod provisioner;
pub(super) mod proxied;
pub(super) mod query;
pub(super) mod staff;
pub(super) mod visitor;
