//! The bytes that get signed: DSSE v1 (Dead Simple Signing Envelope, `secure-systems-lab/dsse`, `protocol.md`).

/// `payload_type` of [`EnrolDevice`](crate::v1::EnrolDevice).
pub const ENROL_DEVICE: &str = "application/vnd.avain.enrol-device.v1+protobuf";
/// `payload_type` of [`LoginScan`](crate::v1::LoginScan).
pub const LOGIN_SCAN: &str = "application/vnd.avain.login-scan.v1+protobuf";
/// `payload_type` of [`LoginCode`](crate::v1::LoginCode).
pub const LOGIN_CODE: &str = "application/vnd.avain.login-code.v1+protobuf";
/// `payload_type` of [`ListPending`](crate::v1::ListPending).
pub const LIST_PENDING: &str = "application/vnd.avain.list-pending.v1+protobuf";
/// `payload_type` of [`ClaimPending`](crate::v1::ClaimPending).
pub const CLAIM_PENDING: &str = "application/vnd.avain.claim-pending.v1+protobuf";
/// `payload_type` of [`LoginAnswer`](crate::v1::LoginAnswer).
pub const LOGIN_ANSWER: &str = "application/vnd.avain.login-answer.v1+protobuf";
/// `payload_type` of [`ListDevices`](crate::v1::ListDevices).
pub const LIST_DEVICES: &str = "application/vnd.avain.list-devices.v1+protobuf";
/// `payload_type` of [`RemoveDevice`](crate::v1::RemoveDevice).
pub const REMOVE_DEVICE: &str = "application/vnd.avain.remove-device.v1+protobuf";
/// `payload_type` of [`RotateKey`](crate::v1::RotateKey).
pub const ROTATE_KEY: &str = "application/vnd.avain.rotate-key.v1+protobuf";
/// `payload_type` of [`NewKey`](crate::v1::NewKey), inside a [`RotateKey`](crate::v1::RotateKey).
pub const NEW_KEY: &str = "application/vnd.avain.new-key.v1+protobuf";
/// `payload_type` of [`OfferMove`](crate::v1::OfferMove).
pub const OFFER_MOVE: &str = "application/vnd.avain.offer-move.v1+protobuf";
/// `payload_type` of [`TakeMove`](crate::v1::TakeMove).
pub const TAKE_MOVE: &str = "application/vnd.avain.take-move.v1+protobuf";
/// `payload_type` of [`LookAtMove`](crate::v1::LookAtMove).
pub const LOOK_AT_MOVE: &str = "application/vnd.avain.look-at-move.v1+protobuf";
/// `payload_type` of [`AnswerMove`](crate::v1::AnswerMove).
pub const ANSWER_MOVE: &str = "application/vnd.avain.answer-move.v1+protobuf";

/// The Pre-Authentication Encoding: what the signature covers.
///
/// Lengths are ASCII decimal without leading zeros, parts are separated by one blank.
pub fn pre_authentication_encoding(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len());
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_matches_the_example_of_the_specification() {
        let encoded = pre_authentication_encoding("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }
}
