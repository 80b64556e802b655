//! Networks from which somebody tried to get into another person's account, and what that means for the next hour.

use std::time::Duration;

/// How long a network is suspect.
pub const SUSPECT_FOR: Duration = Duration::from_hours(1);
/// So many wrong numbers within [`SUSPECT_FOR`] are no longer slips.
pub const WRONG_NUMBERS: i64 = 3;

/// What raises it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuspicionKind {
    /// "It was not me."
    NotMe,
    /// A wrong number was picked.
    WrongNumber,
}

impl SuspicionKind {
    /// The kind as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotMe => "not_me",
            Self::WrongNumber => "wrong_number",
        }
    }

    /// The kind of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::NotMe, Self::WrongNumber].into_iter().find(|kind| kind.key() == key)
    }
}

/// What came from a network within [`SUSPECT_FOR`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Suspicions {
    /// How often somebody said that it was not them.
    pub not_me: i64,
    /// How often a wrong number was picked.
    pub wrong_numbers: i64,
}

impl Suspicions {
    /// Whether the network is suspect: nobody is familiar there by it alone.
    pub const fn are_enough(self) -> bool {
        self.not_me > 0 || self.wrong_numbers >= WRONG_NUMBERS
    }
}
