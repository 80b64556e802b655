//! Rows: SQL and nothing else. One file per noun, same names as in `domain`.
//!
//! Each function takes the transaction of the flow that calls it. Every state change is a compare-and-swap: it names the
//! state that it expects, and says whether a row was there.

#[macro_use]
pub mod db;
pub mod activation;
pub mod approved_network;
pub mod audit;
pub mod audit_chain;
mod audit_columns;
pub mod client;
pub mod company;
pub mod device;
pub mod device_key;
pub mod device_move;
pub mod email_change;
pub mod error_event;
pub mod evidence;
pub mod forward_session;
pub mod grant;
pub mod group_commit;
pub mod identification;
pub mod invitation;
pub mod known_origin;
pub mod login;
pub mod membership;
pub mod objection;
pub mod outbox;
pub mod person;
pub mod push_start;
pub mod pushed_request;
pub mod refresh_token;
pub mod remembered_browser;
pub mod restore;
pub mod saved_view;
pub mod scim_group;
pub mod scim_token;
pub mod scim_user;
pub mod search;
pub mod second_factor;
pub mod session;
pub mod settings;
pub mod signing_key;
pub mod spent_nonce;
pub mod staff;
pub mod story;
pub mod suspicion;
pub mod sweep;
pub mod wake;
