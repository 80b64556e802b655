//! A signed message from a phone, before and after it is believed.

use super::device::UserVerification;
use super::push::PushAddress;

/// The bytes of an envelope.
#[derive(Clone, Debug)]
pub struct SignedBytes {
    /// What the signature covers: the pre-authentication encoding of purpose and payload.
    pub covered: Vec<u8>,
    /// The payload as it was received; kept as evidence.
    pub payload: Vec<u8>,
    /// ECDSA P-256 SHA-256 in DER.
    pub signature: Vec<u8>,
}

/// What every payload claims. Decoded to find the key; nothing of it is believed before the signature verifies.
#[derive(Clone, Debug)]
pub struct SignedClaims {
    /// The server that the message is meant for.
    pub issuer: String,
    /// The device that says it signed; empty at enrolment.
    pub device_id: String,
    /// The key that says it signed.
    pub key_thumbprint: Vec<u8>,
    /// The server's nonce.
    pub server_nonce: Vec<u8>,
    /// How the phone verified its owner.
    pub user_verification: UserVerification,
    /// The app's version.
    pub app_version: String,
    /// The OS version as the phone reports it now; empty: as before.
    pub os_version: String,
    /// Android's API level; 0: not given.
    pub api_level: i32,
    /// Where the phone can be pushed to; `None`: as before.
    pub push: Option<PushAddress>,
}
