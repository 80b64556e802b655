//! A signed envelope, taken apart: the bytes for the flow to verify, and what they claim.

use avain_proto::dsse::pre_authentication_encoding;
use avain_proto::limits::Bounded;
use avain_proto::v1;
use prost::Message;

use super::super::extract::bounds;
use super::super::{Problem, trail};
use crate::domain::device::UserVerification;
use crate::domain::error_code::ErrorCode;
use crate::domain::platform::parse_app_version;
use crate::domain::push::{PushAddress, PushProvider};
use crate::domain::signed::{SignedBytes, SignedClaims};

/// Opens an envelope that must serve `purpose`. The payload is decoded to find the key; the flow verifies the bytes first.
pub(super) fn open<P: Message + Bounded + Default>(
    envelope: v1::Envelope,
    purpose: &'static str,
) -> Result<(SignedBytes, P), Problem> {
    let v1::Envelope { payload_type, payload, signatures } = envelope;
    let [signature] =
        <[v1::Signature; 1]>::try_from(signatures).map_err(|_| Problem::new(ErrorCode::EnvelopeInvalid))?;
    if payload_type != purpose {
        return Err(Problem::new(ErrorCode::PayloadTypeWrong));
    }
    let content = P::decode(payload.as_slice()).map_err(|_| Problem::new(ErrorCode::MessageMalformed))?;
    bounds::check(&content)?;
    let covered = pre_authentication_encoding(purpose, &payload);
    Ok((SignedBytes { covered, payload: payload.clone(), signature: signature.sig.clone() }, content))
}

/// The claims that every payload carries.
pub(super) fn claims(context: Option<v1::SignedContext>) -> Result<SignedClaims, Problem> {
    let context = context.ok_or(Problem::field("context"))?;
    trail::note(|trail| trail.device = context.device_id.parse().ok());
    let app_version = parse_app_version(&context.app_version).ok_or(Problem::field("app_version"))?;
    let user_verification = match context.user_verification() {
        v1::UserVerification::Pin => UserVerification::Pin,
        v1::UserVerification::Biometric => UserVerification::Biometric,
        v1::UserVerification::None | v1::UserVerification::Unspecified => UserVerification::None,
    };
    Ok(SignedClaims {
        issuer: context.issuer,
        device_id: context.device_id,
        key_thumbprint: context.key_thumbprint.clone(),
        server_nonce: context.server_nonce.clone(),
        user_verification,
        app_version,
        os_version: context.os_version,
        api_level: context.api_level,
        push: context.push.as_ref().map(read_push).transpose()?,
    })
}

fn read_push(push: &v1::PushAddress) -> Result<PushAddress, Problem> {
    let provider = match push.provider() {
        v1::PushProvider::Fcm => Some(PushProvider::Fcm),
        v1::PushProvider::Apns => Some(PushProvider::Apns),
        v1::PushProvider::Unspecified => None,
    };
    provider.and_then(|provider| PushAddress::parse(provider, &push.token)).ok_or(Problem::field("push"))
}
