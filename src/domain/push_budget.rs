//! How often a phone may be pushed to: whoever wakes somebody at night until they give in must not get far.

use std::time::Duration;

/// How long a browser that signed in by QR may ask for pushes.
pub const BROWSER_REMEMBERED: Duration = Duration::from_hours(24 * 90);
/// The time in which pushes are few.
pub const SHORT_SPAN: Duration = Duration::from_mins(10);
/// The time in which pushes that come to nothing are few.
pub const LONG_SPAN: Duration = Duration::from_hours(24);

const MOST_IN_SHORT_SPAN: i64 = 3;
const MOST_FAILED_IN_LONG_SPAN: i64 = 10;

/// The pushes so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PushesSoFar {
    /// To this person, in the short span.
    pub of_person: i64,
    /// From this browser, in the short span.
    pub of_browser: i64,
    /// To this person, in the long span, that no sign-in came of.
    pub failed: i64,
}

impl PushesSoFar {
    /// Whether one more would be too many.
    pub const fn are_enough(self) -> bool {
        self.of_person >= MOST_IN_SHORT_SPAN
            || self.of_browser >= MOST_IN_SHORT_SPAN
            || self.failed >= MOST_FAILED_IN_LONG_SPAN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_in_ten_minutes_and_ten_in_vain_are_enough() {
        let so_far = |of_person, of_browser, failed| PushesSoFar { of_person, of_browser, failed };
        assert!(!so_far(2, 2, 9).are_enough());
        assert!(
            so_far(3, 0, 0).are_enough() && so_far(0, 3, 0).are_enough() && so_far(0, 0, 10).are_enough()
        );
    }
}
