//! Integration tests: the running server, over HTTP, as a browser, a phone or a web application meets it.

mod activation;
mod architecture;
mod browsers;
mod harness;
mod messages_on_the_wire;
mod open_id_connect;
mod races;
mod secrets_at_rest;
mod sign_in;
mod texts;
