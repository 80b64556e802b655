//! The fixed values that all known answers are made of.

use mobile_sim::DeviceKey;
use sha2::{Digest, Sha256};

pub(super) const ISSUER: &str = "https://login.example.com";
pub(super) const DEVICE_ID: &str = "0190163d-8694-739b-aea5-966c26f8ad91";
pub(super) const ENROLMENT_ID: &str = "0190163d-8694-739b-aea5-966c26f8ad92";
pub(super) const ATTEMPT_ID: &str = "0190163d-8694-739b-aea5-966c26f8ad93";
pub(super) const OTHER_DEVICE_ID: &str = "0190163d-8694-739b-aea5-966c26f8ad94";
pub(super) const MOVE_ID: &str = "0190163d-8694-739b-aea5-966c26f8ad95";
pub(super) const FRAME: &str = "HTTPS://LOGIN.EXAMPLE.COM/Q/01J0B3V1MM7EDTX9CPDGKFHBCH07Z4Q2M6T9K3X5N";
pub(super) const DISPLAY_TEXT: &str = "Sign in to Example Books\nExample Oy";

const PHONE: &str = "Avain test vectors: the phone";
const NEXT_KEY: &str = "Avain test vectors: the next key of the phone";
const OTHER_PHONE: &str = "Avain test vectors: another phone";

/// The key of the phone that the cases are about. Its private scalar is a hash of a public text: worth nothing.
pub(super) fn phone_key() -> anyhow::Result<DeviceKey> {
    Ok(DeviceKey::from_scalar(&scalar(PHONE))?)
}

/// The key that the phone gets in place of it.
pub(super) fn next_key() -> anyhow::Result<DeviceKey> {
    Ok(DeviceKey::from_scalar(&scalar(NEXT_KEY))?)
}

/// Somebody else's key.
pub(super) fn other_key() -> anyhow::Result<DeviceKey> {
    Ok(DeviceKey::from_scalar(&scalar(OTHER_PHONE))?)
}

/// The private scalars in hexadecimal, for whoever wants to make the signatures again.
pub(super) fn private_scalars() -> [String; 2] {
    [PHONE, OTHER_PHONE].map(|text| hexadecimal(&scalar(text)))
}

fn scalar(text: &str) -> [u8; 32] {
    sha256(text.as_bytes())
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}
