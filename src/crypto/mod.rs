//! Cryptography: thin, named uses of `aws-lc-rs` and `jsonwebtoken`. No database, no flow.

pub mod chain;
pub mod code_hash;
pub mod device_key;
pub mod jose;
pub mod jwe;
pub mod jwks;
pub mod master;
pub mod own_key;
mod pem;
pub mod random;
pub mod seal;
pub mod signing_key;

/// A cryptographic library call failed on input that we made ourselves.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("cryptographic operation failed: {0}")]
pub struct CryptoFailure(pub(crate) &'static str);
