//! The master secret and the keys that come of it, one per purpose.

use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};

use super::CryptoFailure;
use super::chain::ChainKey;
use super::code_hash::CodeHasher;
use super::seal::Sealer;
use crate::domain::secret::Secret;

/// 32 random bytes that the operator keeps; everything at rest hangs on them.
#[derive(Clone)]
pub struct MasterSecret(Secret<[u8; 32]>);

/// The keys of a running server.
pub struct Keys {
    /// Hashes codes and tokens, tags frames, makes confirmation codes.
    pub hasher: CodeHasher,
    /// Chains audit rows.
    pub chain: ChainKey,
    /// Encrypts what the database keeps for the server alone.
    pub sealer: Sealer,
}

struct Length32;

impl KeyType for Length32 {
    fn len(&self) -> usize {
        32
    }
}

impl MasterSecret {
    /// Wraps 32 random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(Secret::new(bytes))
    }

    /// Derives the server's keys (HKDF with SHA-256, RFC 5869).
    pub fn derive_keys(&self) -> Result<Keys, CryptoFailure> {
        let extracted = Salt::new(HKDF_SHA256, b"avain master secret v1").extract(self.0.expose());
        Ok(Keys {
            hasher: CodeHasher::new(expand(&extracted, b"code hash")?.expose()),
            chain: ChainKey::new(expand(&extracted, b"audit chain")?.expose()),
            sealer: Sealer::new(expand(&extracted, b"seal")?.expose())?,
        })
    }
}

fn expand(extracted: &Prk, purpose: &[u8]) -> Result<Secret<[u8; 32]>, CryptoFailure> {
    let failure = |_| CryptoFailure("deriving a key");
    let mut key = [0; 32];
    extracted.expand(&[purpose], Length32).and_then(|okm| okm.fill(&mut key)).map_err(failure)?;
    Ok(Secret::new(key))
}
