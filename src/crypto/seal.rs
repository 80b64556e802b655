//! Authenticated encryption of what the database keeps for the server alone: signing keys, messages on their way.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};

use super::CryptoFailure;

/// AES-256-GCM with a fresh random nonce before each ciphertext.
pub struct Sealer(RandomizedNonceKey);

impl Sealer {
    /// A sealer with this key.
    pub fn new(key: &[u8; 32]) -> Result<Self, CryptoFailure> {
        RandomizedNonceKey::new(&AES_256_GCM, key)
            .map(Self)
            .map_err(|_| CryptoFailure("making a sealing key"))
    }

    /// Encrypts `secret`. `place` says what it is and where it stands, for example `outbox/<id>`: moved elsewhere it does not open.
    pub fn seal(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>, CryptoFailure> {
        let mut ciphertext = secret.to_vec();
        let nonce = self
            .0
            .seal_in_place_append_tag(Aad::from(place.as_bytes()), &mut ciphertext)
            .map_err(|_| CryptoFailure("sealing"))?;
        let mut sealed = nonce.as_ref().to_vec();
        sealed.append(&mut ciphertext);
        Ok(sealed)
    }

    /// Opens what [`seal`](Self::seal) made for the same `place`.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, CryptoFailure> {
        let failure = CryptoFailure("opening what was sealed; is this the master secret it was sealed with?");
        let Some((nonce, ciphertext)) = sealed.split_at_checked(NONCE_LEN) else {
            return Err(failure);
        };
        let Ok(nonce) = Nonce::try_assume_unique_for_key(nonce) else {
            return Err(failure);
        };
        let mut opened = ciphertext.to_vec();
        match self.0.open_in_place(nonce, Aad::from(place.as_bytes()), &mut opened) {
            Ok(plain) => Ok(plain.to_vec()),
            Err(_) => Err(failure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_in_its_place_and_only_whole() {
        let key = Sealer::new(&[7; 32]).unwrap();
        let sealed = key.seal("outbox/1", b"123456").unwrap();
        assert_eq!(key.open("outbox/1", &sealed).unwrap(), b"123456");
        assert!(key.open("outbox/2", &sealed).is_err());
        assert!(key.open("outbox/1", &sealed[1..]).is_err());
        assert!(key.open("outbox/1", &[]).is_err());
        assert!(Sealer::new(&[8; 32]).unwrap().open("outbox/1", &sealed).is_err());
        assert_ne!(sealed, key.seal("outbox/1", b"123456").unwrap(), "a fresh nonce each time");
    }
}
