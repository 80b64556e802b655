//! Checks again that every session came of an answer that its device signed for exactly this sign-in (invariant I4).
//!
//! For each session: the kept bytes verify under the device's key, and they say what the rows say: attempt, application,
//! device, server, nonce, text, "approve", and how the phone verified its owner.

use std::fmt;

use super::login::{AnswerInput, Decision};
use super::{Internal, Services};
use crate::crypto::code_hash::sha256;
use crate::crypto::device_key::DeviceKey;
use crate::store::device_key;
use crate::store::evidence::{self, Evidence};

/// Takes the kept payload and signature apart; `None` when they are no answer. What reads requests reads these too.
pub type ReadAnswer = fn(Vec<u8>, Vec<u8>) -> Option<AnswerInput>;

/// A session that no signed answer stands behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unproven {
    /// The session.
    pub session: String,
    /// Its attempt.
    pub attempt: String,
    /// What does not fit.
    pub what: &'static str,
}

/// What a check went through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoginReport {
    /// Sessions.
    pub sessions: u64,
    /// Those that nothing proves, at most [`MOST_UNPROVEN`].
    pub unproven: Vec<Unproven>,
}

/// After so many unproven sessions a check stops looking for more.
pub const MOST_UNPROVEN: usize = 20;

impl fmt::Display for Unproven {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "session {} of attempt {}: {}", self.session, self.attempt, self.what)
    }
}

/// Goes through every session ever made.
pub async fn verify(services: &Services, read: ReadAnswer) -> Result<LoginReport, Internal> {
    let mut report = LoginReport::default();
    let mut last = String::new();
    loop {
        let found = evidence::find_after(&mut services.db.read().await?, &last).await?;
        if found.is_empty() || report.unproven.len() >= MOST_UNPROVEN {
            return Ok(report);
        }
        for evidence in found {
            last.clone_from(&evidence.session_id);
            report.sessions += 1;
            if let Some(what) = find_flaw(services, &evidence, read).await? {
                let Evidence { session_id: session, attempt_id: attempt, .. } = evidence;
                report.unproven.push(Unproven { session, attempt, what });
            }
        }
    }
}

async fn find_flaw(
    services: &Services,
    kept: &Evidence,
    read: ReadAnswer,
) -> Result<Option<&'static str>, Internal> {
    if kept.method.is_some() {
        return Ok(find_flaw_of_identity(kept));
    }
    let (Some(payload), Some(signature)) = (&kept.answer_payload, &kept.answer_signature) else {
        return Ok(Some("no signed answer is kept"));
    };
    let Some(answer) = read(payload.clone(), signature.clone()) else {
        return Ok(Some("the kept bytes are no answer"));
    };
    let mut tx = services.db.read().await?;
    let thumbprint = &answer.claims.key_thumbprint;
    let device = kept.signing_device_id.as_deref().unwrap_or_default();
    let Some(point) = device_key::find_point(&mut tx, device, thumbprint).await? else {
        return Ok(Some("the device never had the key that the answer names"));
    };
    Ok(match DeviceKey::parse(&point) {
        Ok(key) => find_mismatch(services, kept, &answer, &key),
        Err(_) => Some("the device's key cannot be read"),
    })
}

/// A sign-in through another identity provider rests on what that provider sent, which was verified when it came.
fn find_flaw_of_identity(kept: &Evidence) -> Option<&'static str> {
    if kept.vouching_method != kept.method {
        return Some("no identification by that provider is kept");
    }
    (kept.vouched_person_id.as_deref() != Some(&kept.person_id))
        .then_some("the provider named another person")
}

fn find_mismatch(
    services: &Services,
    kept: &Evidence,
    answer: &AnswerInput,
    key: &DeviceKey,
) -> Option<&'static str> {
    if key.verify(&answer.signed.covered, &answer.signed.signature).is_err() {
        return Some("the signature does not verify");
    }
    let is_bound = answer.attempt_id.to_string() == kept.attempt_id
        && answer.client_id == kept.client_id
        && answer.claims.issuer == services.issuer
        && Some(&answer.claims.device_id) == kept.device_id.as_ref()
        && answer.claims.key_thumbprint == key.thumbprint()
        && Some(&answer.claims.server_nonce) == kept.server_nonce.as_ref()
        && kept.display_text.as_ref().is_some_and(|text| answer.display_sha256 == sha256(text.as_bytes()));
    if !is_bound {
        return Some("the answer was signed for something else");
    }
    match answer.decision {
        Decision::Deny(_) => return Some("the answer is no"),
        Decision::Approve(picked) if picked.map(i64::from) != kept.right_number => {
            return Some("the answer has another number than the page");
        }
        Decision::Approve(_) => {}
    }
    if Some(answer.flow.key()) != kept.flow.as_deref() {
        return Some("the answer reached the phone in another way");
    }
    if Some(answer.claims.user_verification.key()) != kept.user_verification.as_deref() {
        return Some("the phone verified its owner in another way than the session says");
    }
    (kept.device_person_id.as_deref() != Some(&kept.person_id)).then_some("the device is another person's")
}
