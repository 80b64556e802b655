//! Nouns: what the product talks about, and the rules that need nothing but their arguments.
//!
//! Pure: no async, no input or output, no clock, no framework. States are enums; a transition may refuse.

pub mod activation;
pub mod app_link;
pub mod audit;
pub mod base32;
pub mod client;
pub mod company;
pub mod device;
pub mod device_move;
pub mod email_change;
pub mod error_code;
pub mod error_reference;
pub mod frame;
pub mod grant;
pub mod ids;
pub mod invitation;
pub mod language;
pub mod login;
pub mod membership;
pub mod message;
pub mod mobile_app;
pub mod network;
pub mod number_match;
pub mod objection;
pub mod oddity;
pub mod os_policy;
pub mod os_version;
pub mod person;
pub mod platform;
pub mod push;
pub mod push_budget;
pub mod push_request;
pub mod random;
pub mod resend;
pub mod scim;
pub mod scim_path;
pub mod second_factor;
pub mod secret;
pub mod session;
pub mod signed;
pub mod spoken_code;
pub mod staff;
pub mod suspicion;
pub mod text;
pub mod time;
