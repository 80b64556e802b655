//! A push that asks a phone to look for a sign-in, and what became of it.

use std::time::Duration;

use super::ids::{LoginAttemptId, MessageId};
use super::secret::Secret;
use super::time::Timestamp;

/// What wakes one phone for one sign-in. It says nothing but ids: whoever carries it learns no name, place or application.
pub struct PushRequest {
    /// Its id: the same at each try.
    pub id: MessageId,
    /// The phone's address at its provider.
    pub token: Secret<String>,
    /// The sign-in to look for.
    pub attempt: LoginAttemptId,
    /// When the sign-in is over, and the push with it.
    pub expires_at: Timestamp,
}

impl PushRequest {
    /// How long the push is still good for, in whole seconds; zero when it is not.
    pub fn seconds_left(&self, now: Timestamp) -> u64 {
        self.expires_at.since(now).as_secs()
    }
}

/// What became of one try to push. The words are the provider's own codes, without the phone's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PushOutcome {
    /// The provider took it; whether the phone gets it is never known.
    Delivered,
    /// The address is dead. With `since`, one that was registered later is not meant.
    Gone {
        /// When the provider found it dead.
        since: Option<Timestamp>,
    },
    /// Not now.
    Retry {
        /// How long the provider wants to be left alone, when it says so.
        after: Option<Duration>,
        /// Why.
        said: String,
    },
    /// Never like this: an operator must look at the settings. The address stays.
    Refused(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_push_lives_as_long_as_its_sign_in() {
        let push = PushRequest {
            id: MessageId::from_bytes([1; 16]),
            token: Secret::new("token".to_owned()),
            attempt: LoginAttemptId::from_bytes([2; 16]),
            expires_at: Timestamp::from_millis(120_000),
        };
        let left = [0, 60_500, 120_000, 500_000].map(|now| push.seconds_left(Timestamp::from_millis(now)));
        assert_eq!(left, [120, 59, 0, 0]);
    }
}
