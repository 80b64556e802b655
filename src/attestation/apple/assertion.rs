//! What an attested key signs later: that it is still there, and how often it was used.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};

use super::super::sha256;
use super::App;
use super::authenticator_data::AuthenticatorData;
use super::object::read_only_map;
use crate::domain::attestation::AttestationRefusal as Refusal;

/// The most bytes of an assertion; phones send less than two hundred.
pub const LONGEST: usize = 4 * 1024;

/// Verifies an assertion over that hash by that key, and gives its counter, which is above the last one.
pub fn verify(
    assertion: &[u8],
    client_data_hash: &[u8],
    public_key: &[u8; 65],
    app: &App,
    last_counter: u32,
) -> Result<u32, Refusal> {
    if assertion.len() > LONGEST {
        return Err(Refusal::TooLarge);
    }
    let mut map = read_only_map(assertion)?;
    let (signature, bytes) = (map.take_bytes("signature")?, map.take_bytes("authenticatorData")?);
    // What is signed is this hash as a message, which the signature hashes once more.
    let nonce = sha256(&[&bytes, client_data_hash].concat());
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, public_key)
        .verify(&nonce, &signature)
        .map_err(|_| Refusal::ObjectNonce)?;
    let data = AuthenticatorData::read(&bytes)?;
    data.check_end()?;
    if !app.ids.iter().any(|id| sha256(id.as_bytes()) == *data.app_hash) {
        return Err(Refusal::AppOther);
    }
    if data.counter > last_counter { Ok(data.counter) } else { Err(Refusal::Counter) }
}
