//! Avain.
pub mod crypto;
pub mod delivery;
pub mod domain;
pub mod flows;
pub mod store;
pub mod texts;
