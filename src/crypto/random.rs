//! The server's source of randomness.

use aws_lc_rs::rand::{SecureRandom, SystemRandom as Source};

use crate::domain::random::{Random, RandomFailure};

/// The operating system's randomness by way of AWS-LC's generator.
pub struct SystemRandom(Source);

impl SystemRandom {
    /// Opens the source.
    #[must_use]
    pub fn open() -> Self {
        Self(Source::new())
    }
}

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomFailure> {
        self.0.fill(bytes).map_err(|_| RandomFailure)
    }
}
