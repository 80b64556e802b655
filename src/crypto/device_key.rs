//! A device's P-256 key: one form, one name, one way to verify.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ParsedPublicKey};

use super::code_hash::sha256;
use crate::domain::device::Thumbprint;

const UNCOMPRESSED: u8 = 4;

/// The bytes are no uncompressed point on P-256.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an uncompressed point on P-256")]
pub struct KeyInvalid;

/// The signature does not verify.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not verify")]
pub struct SignatureInvalid;

/// A point on P-256 in its one accepted form: 65 bytes, `0x04`, X, Y (SEC 1 section 2.3.3, uncompressed).
pub struct DeviceKey {
    point: [u8; 65],
    parsed: ParsedPublicKey,
}

impl DeviceKey {
    /// Takes the bytes if they are such a point; compressed, compact and hybrid forms of the same key are refused, so that a
    /// key has one thumbprint.
    pub fn parse(bytes: &[u8]) -> Result<Self, KeyInvalid> {
        let point: [u8; 65] = bytes.try_into().map_err(|_| KeyInvalid)?;
        if point.first() != Some(&UNCOMPRESSED) {
            return Err(KeyInvalid);
        }
        let parsed = ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).map_err(|_| KeyInvalid)?;
        Ok(Self { point, parsed })
    }

    /// The 65 bytes.
    pub const fn point(&self) -> &[u8; 65] {
        &self.point
    }

    /// SHA-256 of the 65 bytes.
    pub fn thumbprint(&self) -> Thumbprint {
        sha256(&self.point)
    }

    /// Verifies an ECDSA P-256 SHA-256 signature in DER over `message`. The twin (r, n-s) of a good signature is good as
    /// well, so signature bytes are never an identity.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), SignatureInvalid> {
        self.parsed.verify_sig(message, signature).map_err(|_| SignatureInvalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_without_trouble(
            bytes in proptest::collection::vec(any::<u8>(), 0..80),
            signature in proptest::collection::vec(any::<u8>(), 0..80),
        ) {
            if let Ok(key) = DeviceKey::parse(&bytes) {
                prop_assert_eq!(key.verify(b"message", &signature), Err(SignatureInvalid));
            }
        }
    }
}
