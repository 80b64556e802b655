//! Pushes: what the providers are told, and what is made of everything that they can answer.

mod apns;
mod fcm;
mod outbox;
mod provider;
mod sign_in;

use std::process::Command;
use std::time::Duration;

use avain::domain::ids::{LoginAttemptId, MessageId};
use avain::domain::push_request::PushRequest;
use avain::domain::secret::Secret;
use avain::domain::time::{Clock as _, Timestamp};

use crate::harness::environment::FrozenClock;

const TIMEOUT: Duration = Duration::from_secs(1);

/// A push to `token` for a sign-in that has 120 seconds.
fn push_to(token: &str, now: Timestamp) -> PushRequest {
    PushRequest {
        id: MessageId::from_bytes([1; 16]),
        token: Secret::new(token.to_owned()),
        attempt: LoginAttemptId::from_bytes([2; 16]),
        expires_at: now.plus(Duration::from_mins(2)),
    }
}

fn clock() -> (FrozenClock, Timestamp) {
    let clock = FrozenClock::default();
    let now = clock.now();
    (clock, now)
}

/// A private key (PKCS #8) and its public one, as `openssl genpkey` makes them.
fn key_pair(arguments: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key.pem");
    let made =
        Command::new("openssl").arg("genpkey").args(arguments).arg("-out").arg(&file).output().unwrap();
    assert!(made.status.success());
    let public = Command::new("openssl").args(["pkey", "-pubout", "-in"]).arg(&file).output().unwrap();
    (std::fs::read_to_string(file).unwrap(), String::from_utf8(public.stdout).unwrap())
}
