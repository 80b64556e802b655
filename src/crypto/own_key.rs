//! An RSA key of ours that another identity provider knows: it signs who we are and what we ask for.

use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde::Serialize;

use super::CryptoFailure;
use crate::domain::secret::Secret;

/// The key and its name.
pub struct OwnKey {
    id: String,
    encoding: EncodingKey,
    /// The public half, as a JWK set shows it.
    pub public: Jwk,
}

impl OwnKey {
    /// Reads an RSA private key in PEM. `id` is the `kid` under which the other side knows it.
    pub fn read(pem: &Secret<String>, id: &str) -> Result<Self, CryptoFailure> {
        let failure = CryptoFailure("reading a signing key: RSA, in PEM");
        let encoding = EncodingKey::from_rsa_pem(pem.expose().as_bytes()).map_err(|_| failure)?;
        let mut public = Jwk::from_encoding_key(&encoding, Algorithm::RS256).map_err(|_| failure)?;
        public.common.key_id = Some(id.to_owned());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { id: id.to_owned(), encoding, public })
    }

    /// Signs `claims` with RS256; the header names the key, and the kind of token as `typ`.
    pub fn sign<C: Serialize>(&self, kind: &str, claims: &C) -> Result<String, CryptoFailure> {
        let mut header = Header::new(Algorithm::RS256);
        header.typ = Some(kind.to_owned());
        header.kid = Some(self.id.clone());
        encode(&header, claims, &self.encoding).map_err(|_| CryptoFailure("signing for another provider"))
    }
}
