//! A phone's message within the bounds that `avain_proto::limits` declares.

use avain_proto::limits::{Bounded, Limit};

use super::super::Problem;
use crate::domain::error_code::ErrorCode;

/// Refuses a message of which a field is beyond its bounds.
pub(in super::super) fn check<M: Bounded>(message: &M) -> Result<(), Problem> {
    message.beyond_bounds().map_or(Ok(()), |limit| Err(refuse(limit)))
}

/// Where a value that nothing can match has an answer of its own, a value of the wrong form gets the same.
fn refuse(limit: &Limit) -> Problem {
    let code = match (limit.message, limit.field) {
        ("Envelope", "payload_type") => ErrorCode::PayloadTypeWrong,
        ("Envelope" | "Signature", _) => ErrorCode::EnvelopeInvalid,
        ("SignedContext", "issuer") => ErrorCode::IssuerMismatch,
        ("SignedContext", "device_id") => ErrorCode::DeviceUnknown,
        ("SignedContext", "server_nonce") => ErrorCode::NonceMismatch,
        (_, "key_thumbprint" | "replaced_thumbprint") => ErrorCode::KeyThumbprintMismatch,
        (_, "activation_code") => ErrorCode::ActivationCodeMalformed,
        (_, "enrolment_id") => ErrorCode::EnrolmentUnknown,
        (_, "public_key" | "new_public_key") => ErrorCode::DeviceKeyInvalid,
        (_, "frame") => ErrorCode::FrameInvalid,
        ("LoginCode", "code") => ErrorCode::TypedCodeMalformed,
        (_, "attempt_id") => ErrorCode::AttemptUnknown,
        (_, "display_sha256") => ErrorCode::DisplayMismatch,
        (_, "move_id" | "ticket") => ErrorCode::MoveUnknown,
        _ => return Problem::field(limit.field),
    };
    Problem::new(code)
}
