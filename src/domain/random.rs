//! Randomness as an argument, and the one place it comes from.

/// The random source failed; nothing may be made from what it returned.
#[derive(Debug, thiserror::Error)]
#[error("the random source failed")]
pub struct RandomFailure;

/// Where randomness comes from. The server's source is `crypto::random::SystemRandom`; tests bring their own.
pub trait Random: Send + Sync {
    /// Fills `bytes` with unpredictable bytes.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomFailure>;
}

/// `N` unpredictable bytes.
pub fn bytes<const N: usize>(random: &dyn Random) -> Result<[u8; N], RandomFailure> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}
