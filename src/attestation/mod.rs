//! What a phone's hardware says of a key, verified without asking anybody.
//!
//! [`android`] reads Android Key Attestation, [`apple`] reads App Attest. Both are functions of their arguments: the bytes, what
//! the server expects, whom it trusts, and the time. They refuse what is unsound; whether an attestation is wanted at all, and
//! which OS is new enough, is decided by whoever calls them.

pub mod android;
pub mod apple;
mod certificate;
mod der;
mod signature;
pub mod status_list;
pub mod trust;

/// SHA-256.
fn sha256(bytes: &[u8]) -> [u8; 32] {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    let mut array = [0; 32];
    array.iter_mut().zip(digest.as_ref()).for_each(|(to, from)| *to = *from);
    array
}

/// Lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
