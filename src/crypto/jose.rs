//! JSON Web Tokens (RFC 7519), by `jsonwebtoken`.

use jsonwebtoken::{Header, encode};
use serde::Serialize;

use super::CryptoFailure;
use super::signing_key::{SigningKey, jwt_algorithm};

/// Signs `claims` with `key`; the header names the key.
pub fn sign<C: Serialize>(key: &SigningKey, claims: &C) -> Result<String, CryptoFailure> {
    let mut header = Header::new(jwt_algorithm(key.algorithm));
    header.kid = Some(key.id.clone());
    encode(&header, claims, &key.encoding).map_err(|_| CryptoFailure("signing a token"))
}
