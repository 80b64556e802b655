//! Which sign-ins may begin, which of them are measured, and when those of the open loop should.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use super::plan::Length;

/// Leave to begin one sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticket {
    /// Its number, from 0.
    pub(super) number: u64,
    /// Whether it counts.
    pub(super) is_measured: bool,
}

/// Gives out tickets.
#[derive(Debug)]
pub(super) struct Gate {
    measures_from: Instant,
    length: Length,
    given: AtomicU64,
    measured: AtomicU64,
}

impl Gate {
    pub(super) fn new(measures_from: Instant, length: Length) -> Self {
        Self { measures_from, length, given: AtomicU64::new(0), measured: AtomicU64::new(0) }
    }

    /// When measuring begins.
    pub(super) const fn measures_from(&self) -> Instant {
        self.measures_from
    }

    /// When measuring ends, where time alone decides it.
    pub(super) fn measures_until(&self) -> Option<Instant> {
        match self.length {
            Length::Time(time) => Some(self.measures_from + time),
            Length::SignIns(_) => None,
        }
    }

    /// A ticket for a sign-in that begins at `begun`; `None` when no more may begin.
    pub(super) fn admit(&self, begun: Instant) -> Option<Ticket> {
        if self.measures_until().is_some_and(|end| begun >= end) {
            return None;
        }
        let is_measured = begun >= self.measures_from;
        if is_measured {
            let before = self.measured.fetch_add(1, Ordering::Relaxed);
            if matches!(self.length, Length::SignIns(most) if before >= most) {
                return None;
            }
        }
        Some(Ticket { number: self.given.fetch_add(1, Ordering::Relaxed), is_measured })
    }
}

/// How long after the first one the sign-in of this number should begin, at `rate` a second.
pub(super) fn due_after(number: u64, rate: f64) -> Duration {
    #[expect(clippy::cast_precision_loss, reason = "nobody waits for 2^52 sign-ins")]
    let seconds = number as f64 / rate;
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_open_loop_keeps_its_rate_without_drifting() {
        assert_eq!(due_after(0, 3.0), Duration::ZERO);
        assert_eq!(due_after(3, 3.0), SECOND);
        assert_eq!(due_after(3_000_000, 3.0), SECOND * 1_000_000);
    }

    #[test]
    fn sign_ins_of_the_warm_up_are_not_measured_and_none_begins_after_the_end() {
        let now = Instant::now();
        let gate = Gate::new(now + SECOND, Length::Time(SECOND));
        assert_eq!(gate.admit(now), Some(Ticket { number: 0, is_measured: false }));
        assert_eq!(gate.admit(now + SECOND), Some(Ticket { number: 1, is_measured: true }));
        assert_eq!(gate.admit(now + SECOND * 2), None);
    }

    #[test]
    fn a_number_of_sign_ins_counts_the_measured_ones() {
        let now = Instant::now();
        let gate = Gate::new(now + SECOND, Length::SignIns(1));
        assert!(gate.admit(now).is_some());
        assert!(gate.admit(now + SECOND).is_some());
        assert_eq!(gate.admit(now + SECOND), None);
    }
}
