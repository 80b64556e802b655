//! The short id on every error, by which support finds the story behind it.

use std::fmt;

use super::base32;
use super::random::{Random, RandomFailure, bytes};

/// Eight characters of Crockford base32 in two groups, for example `K7QF-29XM`: 40 random bits, speakable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ErrorReference([u8; 5]);

impl ErrorReference {
    /// A new reference.
    pub fn generate(random: &dyn Random) -> Result<Self, RandomFailure> {
        Ok(Self(bytes(random)?))
    }
}

impl fmt::Display for ErrorReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = base32::encode(&self.0);
        let (first, second) = text.split_at(4);
        write!(formatter, "{first}-{second}")
    }
}
