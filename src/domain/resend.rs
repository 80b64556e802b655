//! How often one code is sent.

use std::time::Duration;

use super::time::Timestamp;

/// How many times one code is sent.
pub const MOST_SENDS: i64 = 3;
/// How long one waits before a code is sent again.
pub const BETWEEN_SENDS: Duration = Duration::from_mins(1);

/// Why a code is not sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendRefusal {
    /// It was sent less than a minute ago.
    TooSoon,
    /// It was sent three times.
    Exhausted,
}

/// Whether a code that was sent `sends` times, last at `last_sent_at`, may be sent again at `now`.
pub fn check_send(sends: i64, last_sent_at: Timestamp, now: Timestamp) -> Result<(), SendRefusal> {
    if sends >= MOST_SENDS {
        return Err(SendRefusal::Exhausted);
    }
    if now < last_sent_at.plus(BETWEEN_SENDS) { Err(SendRefusal::TooSoon) } else { Ok(()) }
}
