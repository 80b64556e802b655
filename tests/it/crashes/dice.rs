//! Chance that can be repeated: `SplitMix64` with a seed that is printed.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A source of numbers; the same seed gives the same numbers.
pub(super) struct Dice {
    pub(super) seed: u64,
    state: AtomicU64,
}

impl Dice {
    /// With the seed in `AVAIN_SEED`, or any.
    pub(super) fn from_environment() -> Self {
        let seed = number("AVAIN_SEED", RandomState::new().hash_one("seed") % 1_000_000_000);
        Self { seed, state: AtomicU64::new(seed) }
    }

    /// Lets a time below `longest` pass. Nothing is waited for: the moment that follows is where the fault strikes, and an event to wait for
    /// would move it to the same place in a step each time.
    pub(super) async fn moment(&self, longest: Duration) {
        let longest = u64::try_from(longest.as_micros()).unwrap();
        tokio::time::sleep(Duration::from_micros(self.below(longest))).await;
    }

    /// A number below `limit`.
    pub(super) fn below(&self, limit: u64) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut mixed = self.state.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// The number in an environment variable.
pub(super) fn number(variable: &str, default: u64) -> u64 {
    match std::env::var(variable) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{variable} must be a number, not {text:?}")),
        Err(_) => default,
    }
}
