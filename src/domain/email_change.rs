//! A new e-mail address that a person wants, until the code that was sent to it comes back.

use std::time::Duration;

use super::ids::{EmailChangeId, PersonId};
use super::time::Timestamp;

/// How long the code lives.
pub const EMAIL_CODE_LIFE: Duration = Duration::from_mins(30);
/// Wrong codes after which the wish is void.
pub const EMAIL_CODE_TRIES: i64 = 5;
/// How many new addresses a person may try in [`DAY`]: each one gets mail that it did not ask for.
pub const CHANGES_PER_DAY: i64 = 10;
/// The time in which [`CHANGES_PER_DAY`] are counted.
pub const DAY: Duration = Duration::from_hours(24);

/// The wish.
#[derive(Clone, Debug)]
pub struct EmailChange {
    /// Its id.
    pub id: EmailChangeId,
    /// Whose address it is to be.
    pub person_id: PersonId,
    /// The new address.
    pub email: String,
    /// Makes the six digits, with the server's key.
    pub salt: [u8; 16],
    /// Wrong codes so far.
    pub wrong_codes: i64,
    /// How many times the code was sent.
    pub sends: i64,
    /// When it was sent last.
    pub last_sent_at: Timestamp,
    /// When the wish was made.
    pub created_at: Timestamp,
}

impl EmailChange {
    /// Whether its code is still taken at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.tries_left() > 0 && now < self.created_at.plus(EMAIL_CODE_LIFE)
    }

    /// How many wrong codes it still takes.
    pub const fn tries_left(&self) -> i64 {
        EMAIL_CODE_TRIES - self.wrong_codes
    }
}
