//! Avain: a self-hosted sign-in server.
//!
//! # The house
//!
//! Nouns live in [`domain`], verbs in [`flows`], wires in [`routes`], rows in [`store`]. Who may import whom:
//!
//! ```text
//! main → cli → app → routes → flows → {store, delivery, crypto, attestation, geo, texts, upstream} → domain
//! ```
//!
//! `tests/it/architecture.rs` reads the sources and fails on an arrow that this picture does not have.
//!
//! # One QR sign-in in nine steps
//!
//! 1. The web application sends the browser to `/oauth2/authorize`: no session yet ([`flows::oidc::authorize::ask`]).
//! 2. The sign-in page opens; [`flows::login::open`] makes an attempt, bound to this browser by a cookie.
//! 3. The page shows frames: a link with attempt, frame number and HMAC tag, another one each second
//!    ([`flows::login::frame_link`]). Computed, never stored.
//! 4. A browser that signed in by QR before may ask for a push ([`flows::login::push`]); whoever cannot scan types a code.
//! 5. The phone sends the frame in a signed message; [`flows::login::scan`] checks age and tag, the first device owns the
//!    attempt; the answer is the challenge, with five numbers.
//! 6. The person compares, picks the number that the page shows, and unlocks; the phone signs the answer over exactly what it
//!    showed.
//! 7. [`flows::login::answer`] verifies, [`domain::login`] says whether it is allowed, [`store::login`] swaps the state or
//!    says that someone was faster; the signed bytes and the audit row commit in one transaction.
//! 8. The waiting browser is woken ([`store::wake`]); [`flows::login::collect`] checks that this browser began it and makes the
//!    session with a fresh id.
//! 9. Back to `/oauth2/authorize`: code, then token ([`flows::oidc::token::redeem`]): `acr` and `amr` say what really happened.

pub mod app;
pub mod attestation;
pub mod cli;
pub mod config;
pub mod crypto;
pub mod delivery;
pub mod domain;
pub mod flows;
pub mod geo;
pub mod routes;
pub mod store;
pub mod texts;
pub mod upstream;
