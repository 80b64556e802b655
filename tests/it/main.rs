//! Integration tests: the running server, over HTTP, as a browser, a phone or a web application meets it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::assigning_clones,
    reason = "a test fails by panicking, and tells its story in one go"
)]

mod account;
mod activation;
mod architecture;
mod attempt_model;
mod attestation;
mod audit_log;
mod back_channel_logout;
mod browsers;
mod clients;
mod crashes;
mod delivery;
mod denials;
mod deployment;
mod device_life;
mod forward_auth;
mod group_commit;
mod harness;
mod identity_providers;
mod messages_on_the_wire;
mod migrations_agree;
mod nodes;
mod number_match;
mod open_id_connect;
mod os_policy;
mod people;
mod phone_interface;
mod push;
mod pushed_requests;
mod races;
mod refresh_tokens;
mod relays;
mod restarts;
mod same_device;
mod scim;
mod second_factor;
mod secrets_at_rest;
mod sign_in;
mod sign_out;
mod staff;
mod store_conformance;
mod support;
mod texts;
mod typed_codes;
mod upkeep;
mod vectors;
