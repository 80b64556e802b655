//! How other identity providers speak: what is sent to them, and what their answers prove. No database, no decision about people.

mod http;
pub mod oidc;

use crate::crypto::CryptoFailure;
use crate::domain::random::RandomFailure;

/// A provider's settings cannot be used, or we cannot make what we send.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// A setting; the text says which and why.
    #[error("{0}")]
    Setting(String),
    /// A key cannot be read or used.
    #[error(transparent)]
    Crypto(#[from] CryptoFailure),
    /// The random source.
    #[error(transparent)]
    Random(#[from] RandomFailure),
}
