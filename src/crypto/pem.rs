//! Private keys as files have them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::CryptoFailure;
use crate::domain::secret::Secret;

const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";

/// The bytes of a PKCS #8 key in PEM (RFC 7468 section 10).
pub(super) fn private_key_der(pem: &Secret<String>) -> Result<Secret<Vec<u8>>, CryptoFailure> {
    let failure = CryptoFailure("reading a private key: PKCS #8 in PEM (BEGIN PRIVATE KEY)");
    let (_, rest) = pem.expose().split_once(BEGIN).ok_or(failure)?;
    let (body, _) = rest.split_once(END).ok_or(failure)?;
    let body: String = body.split_whitespace().collect();
    STANDARD.decode(body).map(Secret::new).map_err(|_| failure)
}
