//! The server's clock: the machine's, except that it never goes back. What has expired stays expired.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::domain::time::{Clock, Timestamp};

/// The one place where the server asks for the time.
///
/// When the machine's clock is set back, this one goes on at half speed until the machine's has caught up. So a correction of
/// a second is over after two, and nothing that was over before is valid again.
pub struct SystemClock(Mutex<Reading>);

/// What the clock said last, since 1970, and when that was.
struct Reading {
    time: Duration,
    at: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self(Mutex::new(Reading { time: machine_time(), at: Instant::now() }))
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = Instant::now();
        let time = advance(last.time, at.saturating_duration_since(last.at), machine_time());
        *last = Reading { time, at };
        Timestamp::from_millis(i64::try_from(time.as_millis()).unwrap_or(i64::MAX))
    }
}

/// What the clock says `elapsed` after it said `last`, while the machine says `machine`.
fn advance(last: Duration, elapsed: Duration, machine: Duration) -> Duration {
    machine.max(last + elapsed / 2)
}

#[expect(clippy::disallowed_methods, reason = "the one place where the server asks for the time")]
fn machine_time() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the clock says each second, while the machine says these seconds.
    fn run(machine: &[u64]) -> Vec<u128> {
        let second = Duration::from_secs(1);
        let mut time = Duration::ZERO;
        machine
            .iter()
            .map(|seconds| {
                time = advance(time, second, Duration::from_secs(*seconds));
                time.as_millis()
            })
            .collect()
    }

    #[test]
    fn the_clock_follows_the_machine() {
        assert_eq!(run(&[100, 101, 102, 5000]), [100_000, 101_000, 102_000, 5_000_000]);
    }

    #[test]
    fn a_machine_that_is_set_back_is_waited_for_without_standing_still() {
        assert_eq!(
            run(&[100, 98, 99, 100, 101, 102]),
            [100_000, 100_500, 101_000, 101_500, 102_000, 102_500]
        );
        assert_eq!(run(&[100, 98, 99, 100, 101, 102, 103, 104])[7], 104_000, "and then followed again");
    }
}
