//! The keys that sign tokens: made at first start, kept sealed.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey};

use super::CryptoFailure;
use super::code_hash::sha256;
use crate::domain::base32;
use crate::domain::client::TokenAlgorithm;
use crate::domain::secret::Secret;

/// A key that signs tokens.
pub struct SigningKey {
    /// Its name in `kid` and in the JWKS.
    pub id: String,
    /// What it signs with.
    pub algorithm: TokenAlgorithm,
    /// The private key.
    pub(super) encoding: EncodingKey,
    /// The public key as the JWKS shows it (RFC 7517).
    pub public: Jwk,
}

/// A private key as PKCS #8 (RFC 5208), to be sealed.
pub type PrivateKey = Secret<Vec<u8>>;

/// Makes a private key: RSA 2048 or P-256.
pub fn generate(algorithm: TokenAlgorithm) -> Result<PrivateKey, CryptoFailure> {
    let failure = |_| CryptoFailure("making a signing key");
    let bytes = match algorithm {
        TokenAlgorithm::Rs256 => {
            let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(failure)?;
            AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(failure)?.as_ref().to_vec()
        }
        TokenAlgorithm::Es256 => {
            let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(failure)?;
            pair.to_pkcs8v1().map_err(failure)?.as_ref().to_vec()
        }
    };
    Ok(Secret::new(bytes))
}

impl SigningKey {
    /// Reads a private key that [`generate`] made. Its id is a hash of its public key, so it never changes.
    pub fn read(algorithm: TokenAlgorithm, private: &PrivateKey) -> Result<Self, CryptoFailure> {
        let encoding = read_encoding_key(algorithm, private)?;
        let mut public = Jwk::from_encoding_key(&encoding, jwt_algorithm(algorithm))
            .map_err(|_| CryptoFailure("reading a signing key"))?;
        let shape =
            serde_json::to_vec(&public.algorithm).map_err(|_| CryptoFailure("writing a public key"))?;
        let [first, second, third, fourth, fifth, ..] = sha256(&shape);
        let id = base32::encode(&[first, second, third, fourth, fifth]);
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { id, algorithm, encoding, public })
    }
}

/// `jsonwebtoken` takes an RSA key in PKCS #8 only as PEM.
fn read_encoding_key(algorithm: TokenAlgorithm, private: &PrivateKey) -> Result<EncodingKey, CryptoFailure> {
    match algorithm {
        TokenAlgorithm::Rs256 => {
            let body = Secret::new(STANDARD.encode(private.expose()));
            let pem = Secret::new(format!(
                "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
                body.expose()
            ));
            EncodingKey::from_rsa_pem(pem.expose().as_bytes())
                .map_err(|_| CryptoFailure("reading an RSA key"))
        }
        TokenAlgorithm::Es256 => Ok(EncodingKey::from_ec_der(private.expose())),
    }
}

pub(super) const fn jwt_algorithm(algorithm: TokenAlgorithm) -> Algorithm {
    match algorithm {
        TokenAlgorithm::Rs256 => Algorithm::RS256,
        TokenAlgorithm::Es256 => Algorithm::ES256,
    }
}
