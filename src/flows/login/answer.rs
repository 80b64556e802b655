//! Steps 6 and 7: the phone's signed yes or no.

use super::super::Services;
use super::super::signer::{authenticate, touch};
use super::{LoginError, not_me};
use crate::crypto::code_hash::{is_same, sha256};
use crate::domain::audit::AuditEvent;
use crate::domain::device::{Device, UserVerification};
use crate::domain::grant::SignInRequest;
use crate::domain::ids::LoginAttemptId;
use crate::domain::login::{AttemptRefusal, DenyReason, Flow, Scan};
use crate::domain::number_match::Pick;
use crate::domain::signed::{SignedBytes, SignedClaims};
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::login::SignedAnswer;
use crate::store::{grant, login};

/// The phone's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes, and the number that its owner picked; `None` where page and app are on one phone.
    Approve(Option<i32>),
    /// No.
    Deny(DenyReason),
}

/// The phone's answer.
pub struct AnswerInput {
    /// The bytes.
    pub signed: SignedBytes,
    /// What they claim.
    pub claims: SignedClaims,
    /// Which attempt.
    pub attempt_id: LoginAttemptId,
    /// The application that the phone showed.
    pub client_id: String,
    /// Yes or no.
    pub decision: Decision,
    /// How the attempt reached the phone.
    pub flow: Flow,
    /// SHA-256 of the text that the phone showed.
    pub display_sha256: Vec<u8>,
}

/// Steps 6 and 7. A wrong number is kept like a no, and refused.
pub async fn answer(services: &Services, input: &AnswerInput) -> Result<(), LoginError> {
    let now = services.now();
    let mut tx = services.db.read().await?;
    let (answering, owner) = authenticate(services, &mut tx, &input.signed, &input.claims).await?;
    let attempt = login::find(&mut tx, input.attempt_id).await?.ok_or(LoginError::AttemptUnknown)?;
    let scan = attempt.answer(answering.id, now)?;
    let request =
        grant::find_request(&mut tx, attempt.request_id).await?.ok_or(LoginError::RequestUnknown)?;
    let verdict = judge(input, scan, &request)?;
    drop(tx);
    let mut tx = services.db.write().await?;
    let attempt = login::find_locked(&mut tx, input.attempt_id).await?.ok_or(LoginError::AttemptUnknown)?;
    attempt.answer(answering.id, now)?;
    let event = keep(&mut tx, input, &answering, verdict, now).await?;
    touch(services, &mut tx, &answering, &input.claims).await?;
    services.record(&mut tx, &event, now).await?;
    let cancelled = match verdict {
        Err(reason) => not_me::follow_up(services, &mut tx, &attempt, (&owner, reason)).await?,
        Ok(()) => Vec::new(),
    };
    services.commit_and_wake(tx, attempt.id).await?;
    for id in cancelled {
        services.wakes.wake(id);
    }
    match verdict {
        Ok(()) => Ok(()),
        Err(DenyReason::WrongNumber) => Err(AttemptRefusal::WrongNumber.into()),
        Err(_) => {
            services.outbox_filled.notify_one();
            Ok(())
        }
    }
}

/// What the answer comes to: yes, or no for that reason.
type Verdict = Result<(), DenyReason>;

async fn keep(
    tx: &mut Tx,
    input: &AnswerInput,
    answering: &Device,
    verdict: Verdict,
    now: Timestamp,
) -> Result<AuditEvent, LoginError> {
    let evidence = SignedAnswer { payload: &input.signed.payload, signature: &input.signed.signature };
    let user_verification = input.claims.user_verification;
    let (attempt, device, person) = (input.attempt_id, answering.id, answering.person_id);
    let (is_swapped, event) = match verdict {
        Ok(()) => (
            login::approve(tx, attempt, &evidence, user_verification, now).await?,
            AuditEvent::AttemptApproved { attempt, device, person, user_verification },
        ),
        Err(reason) => (
            login::deny(tx, attempt, &evidence, reason, now).await?,
            AuditEvent::AttemptDenied { attempt, device, person, reason },
        ),
    };
    if is_swapped { Ok(event) } else { Err(AttemptRefusal::Finished.into()) }
}

/// The outer error is an answer that nobody who saw the challenge can have given.
fn judge(input: &AnswerInput, scan: &Scan, request: &SignInRequest) -> Result<Verdict, LoginError> {
    if !is_same(&input.claims.server_nonce, &scan.server_nonce) {
        return Err(LoginError::NonceMismatch);
    }
    if input.client_id != request.client_id || input.flow != scan.flow {
        return Err(LoginError::AnswerInvalid);
    }
    if input.display_sha256 != sha256(scan.display_text.as_bytes()) {
        return Err(LoginError::DisplayMismatch);
    }
    let picked = match input.decision {
        Decision::Deny(reason) => return Ok(Err(reason)),
        Decision::Approve(_) if input.claims.user_verification == UserVerification::None => {
            return Err(LoginError::UserVerificationMissing);
        }
        Decision::Approve(picked) => picked,
    };
    match (scan.numbers, picked) {
        (None, None) => Ok(Ok(())),
        (Some(numbers), Some(picked)) => match numbers.judge(picked) {
            Pick::Right => Ok(Ok(())),
            Pick::Wrong => Ok(Err(DenyReason::WrongNumber)),
            Pick::NotOffered => Err(LoginError::AnswerInvalid),
        },
        (None, Some(_)) | (Some(_), None) => Err(LoginError::AnswerInvalid),
    }
}
