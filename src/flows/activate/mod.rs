//! Activation of a phone.
//!
//! 1. `start`: the phone sends the activation code. Minimum OS first; then the code, which the first phone holds until it
//!    enrols or its ten minutes are over. A confirmation code leaves by SMS.
//! 2. `resend`: the same digits once more, three sends in all.
//! 3. `confirm`: the six digits; five wrong ones void the invitation. The phone gets a nonce.
//! 4. `enrol`: the new key signs nonce and facts. The device, the spent code, the audit row and the notice commit together.
//!
//! Every step may be repeated after a lost reply.

mod enrol;

use super::{Internal, Services, deliver};
use crate::crypto::code_hash::{HashPurpose, is_same};
use crate::crypto::device_key::{KeyInvalid, SignatureInvalid};
use crate::domain::activation::{
    CONFIRMATION_LIFE, CONFIRMATION_SENDS, ConfirmationCode, Enrolment, EnrolmentState,
};
use crate::domain::audit::AuditEvent;
use crate::domain::ids::EnrolmentId;
use crate::domain::invitation::{ActivationCode, Invitation, InvitationRefusal};
use crate::domain::message::{Envelope, MessageKind};
use crate::domain::person::{Person, PhoneNumber};
use crate::domain::platform::{FactsRefusal, OsTooOld, ReportedFacts};
use crate::domain::random::bytes;
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::{activation, company, invitation, person};
use crate::texts::Texts;
pub use enrol::{EnrolInput, Enrolled, enrol};

/// Why a step of an activation is refused.
#[derive(Debug, thiserror::Error)]
pub enum ActivateError {
    /// The phone's description of itself is refused.
    #[error(transparent)]
    Facts(#[from] FactsRefusal),
    /// Below the minimum OS; the code stays unused.
    #[error(transparent)]
    TooOld(#[from] OsTooOld),
    /// Not twelve characters of our alphabet.
    #[error("the activation code is malformed")]
    CodeMalformed,
    /// No such activation code.
    #[error("the activation code is unknown")]
    CodeUnknown,
    /// The activation code can no longer be used.
    #[error("the activation code cannot be used: {0:?}")]
    CodeRefused(InvitationRefusal),
    /// Another phone holds the code.
    #[error("another phone holds the activation code")]
    CodeInUse,
    /// Nowhere to send the confirmation code.
    #[error("the person has no phone number")]
    PhoneNumberMissing,
    /// Three confirmation codes were sent.
    #[error("no more confirmation codes are sent")]
    SendsExhausted,
    /// No such enrolment, or not this phone's.
    #[error("the enrolment is unknown")]
    EnrolmentUnknown,
    /// Wrong digits.
    #[error("wrong confirmation code, {tries_left} tries left")]
    ConfirmationWrong {
        /// How many more may be tried.
        tries_left: i64,
    },
    /// Five wrong codes.
    #[error("too many wrong confirmation codes")]
    ConfirmationLocked,
    /// Ten minutes are over.
    #[error("the confirmation code has expired")]
    ConfirmationExpired,
    /// The key came before the confirmation code.
    #[error("the confirmation code was not entered")]
    ConfirmationMissing,
    /// Ten minutes after confirmation are over, or another phone took over.
    #[error("the enrolment has expired")]
    EnrolmentExpired,
    /// It enrolled another key.
    #[error("the enrolment has its device already")]
    EnrolmentFinished,
    /// Not an uncompressed point on P-256.
    #[error(transparent)]
    KeyInvalid(#[from] KeyInvalid),
    /// The key belongs to another device.
    #[error("the key belongs to another device")]
    KeyInUse,
    /// The thumbprint in the payload is another key's.
    #[error("the payload names another key")]
    ThumbprintMismatch,
    /// The signature does not verify.
    #[error(transparent)]
    SignatureInvalid(#[from] SignatureInvalid),
    /// Signed for another server.
    #[error("signed for another server")]
    IssuerMismatch,
    /// Signed over another nonce.
    #[error("signed over another nonce")]
    NonceMismatch,
    /// The phone did not verify its owner.
    #[error("the phone did not verify its owner")]
    UserVerificationMissing,
    /// Our fault.
    #[error("activation failed")]
    Internal(#[source] Internal),
}

super::from_internal!(ActivateError);

/// What the phone is told after steps 1 and 2.
pub struct Started {
    /// The enrolment.
    pub enrolment: Enrolment,
    /// Where the confirmation code went, masked.
    pub masked_phone: String,
    /// The inviting company.
    pub company_name: String,
    /// Who enrols.
    pub person_name: String,
    /// How many more times the code may be sent.
    pub sends_left: i64,
}

/// What the phone is told after step 3.
pub struct Confirmed {
    /// To be signed.
    pub server_nonce: [u8; 32],
    /// When the nonce dies.
    pub expires_at: Timestamp,
}

/// Step 1.
pub async fn start(
    services: &Services,
    typed_code: &str,
    facts: ReportedFacts,
    installation_secret: &Secret<Vec<u8>>,
) -> Result<Started, ActivateError> {
    let facts = facts.check()?;
    services.os_policy.minimum.check(&facts)?;
    let code = ActivationCode::parse(typed_code).ok_or(ActivateError::CodeMalformed)?;
    let hasher = &services.keys.hasher;
    let code_hash = hasher.hash(HashPurpose::ActivationCode, code.expose().as_bytes());
    let secret_hash = hasher.hash(HashPurpose::InstallationSecret, installation_secret.expose());
    let now = services.now();

    let mut tx = services.db.write().await?;
    let invitation =
        invitation::find_locked_by_code(&mut tx, &code_hash).await?.ok_or(ActivateError::CodeUnknown)?;
    let holder = invitation.holder(now).map_err(ActivateError::CodeRefused)?;
    // Whoever takes a code over has as many tries as were left.
    let mut wrong_codes = 0;
    if let Some(id) = holder {
        let (enrolment, its_secret_hash) = find_enrolment(&mut tx, id).await?;
        if enrolment.is_live(now) {
            let is_same_phone = is_same(&secret_hash, &its_secret_hash);
            return if is_same_phone {
                tell(&mut tx, enrolment).await
            } else {
                Err(ActivateError::CodeInUse)
            };
        }
        activation::supersede(&mut tx, id).await?;
        wrong_codes = enrolment.wrong_codes;
    }
    let enrolment = Enrolment {
        id: EnrolmentId::generate(now, services.random.as_ref())?,
        invitation_id: invitation.id,
        person_id: invitation.person_id,
        state: EnrolmentState::Started,
        facts,
        confirmation_salt: bytes(services.random.as_ref())?,
        wrong_codes,
        expires_at: now.plus(CONFIRMATION_LIFE),
    };
    activation::insert(&mut tx, &enrolment, &secret_hash, now).await?;
    if !invitation::claim(&mut tx, invitation.id, enrolment.id, holder).await? {
        return Err(ActivateError::CodeInUse);
    }
    send_confirmation(services, &mut tx, &enrolment).await?;
    record_started(services, &mut tx, &enrolment, now).await?;
    let told = tell(&mut tx, enrolment).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(told)
}

/// Step 2.
pub async fn resend(
    services: &Services,
    id: EnrolmentId,
    installation_secret: &Secret<Vec<u8>>,
) -> Result<Started, ActivateError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let enrolment = find_own(services, &mut tx, id, installation_secret).await?;
    match enrolment.state {
        EnrolmentState::Started if enrolment.is_live(now) => {}
        EnrolmentState::Started => return Err(ActivateError::ConfirmationExpired),
        EnrolmentState::Locked => return Err(ActivateError::ConfirmationLocked),
        EnrolmentState::Superseded => return Err(ActivateError::EnrolmentExpired),
        EnrolmentState::Confirmed { .. } | EnrolmentState::Enrolled { .. } => {
            return Err(ActivateError::EnrolmentFinished);
        }
    }
    send_confirmation(services, &mut tx, &enrolment).await?;
    let event = AuditEvent::ConfirmationResent { enrolment: id, person: enrolment.person_id };
    services.record(&mut tx, &event, now).await?;
    let told = tell(&mut tx, enrolment).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(told)
}

/// Step 3.
pub async fn confirm(
    services: &Services,
    id: EnrolmentId,
    installation_secret: &Secret<Vec<u8>>,
    typed_code: &str,
) -> Result<Confirmed, ActivateError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let enrolment = find_own(services, &mut tx, id, installation_secret).await?;
    let expected = services.keys.hasher.confirmation_code(id, &enrolment.confirmation_salt);
    let Some(typed) = ConfirmationCode::parse(typed_code) else {
        return Err(ActivateError::ConfirmationWrong { tries_left: enrolment.tries_left() });
    };
    let is_right = is_same(typed.expose().as_bytes(), expected.expose().as_bytes());
    match enrolment.state {
        EnrolmentState::Locked => Err(ActivateError::ConfirmationLocked),
        EnrolmentState::Superseded => Err(ActivateError::EnrolmentExpired),
        EnrolmentState::Enrolled { .. } => Err(ActivateError::EnrolmentFinished),
        _ if now >= enrolment.expires_at => Err(ActivateError::ConfirmationExpired),
        EnrolmentState::Confirmed { server_nonce } if is_right => {
            Ok(Confirmed { server_nonce, expires_at: enrolment.expires_at })
        }
        EnrolmentState::Confirmed { .. } => {
            Err(ActivateError::ConfirmationWrong { tries_left: enrolment.tries_left() })
        }
        EnrolmentState::Started if is_right => accept_confirmation(services, tx, &enrolment, now).await,
        EnrolmentState::Started => Err(count_wrong_code(services, tx, &enrolment, now).await?),
    }
}

async fn accept_confirmation(
    services: &Services,
    mut tx: Tx,
    enrolment: &Enrolment,
    now: Timestamp,
) -> Result<Confirmed, ActivateError> {
    let server_nonce = bytes(services.random.as_ref())?;
    let expires_at = now.plus(CONFIRMATION_LIFE);
    if !activation::confirm(&mut tx, enrolment.id, &server_nonce, expires_at).await? {
        return Err(Internal::LostRace.into());
    }
    let event = AuditEvent::EnrolmentConfirmed { enrolment: enrolment.id, person: enrolment.person_id };
    services.record(&mut tx, &event, now).await?;
    tx.commit().await?;
    Ok(Confirmed { server_nonce, expires_at })
}

/// Counts the wrong code in a transaction of its own, and gives back the refusal.
async fn count_wrong_code(
    services: &Services,
    mut tx: Tx,
    enrolment: &Enrolment,
    now: Timestamp,
) -> Result<ActivateError, ActivateError> {
    let (id, person) = (enrolment.id, enrolment.person_id);
    if !activation::count_wrong_code(&mut tx, id, enrolment.wrong_codes).await? {
        return Err(Internal::LostRace.into());
    }
    let wrong_codes = enrolment.wrong_codes + 1;
    services
        .record(&mut tx, &AuditEvent::ConfirmationWrong { enrolment: id, person, wrong_codes }, now)
        .await?;
    let tries_left = enrolment.tries_left() - 1;
    if tries_left > 0 {
        tx.commit().await?;
        return Ok(ActivateError::ConfirmationWrong { tries_left });
    }
    activation::lock(&mut tx, id).await?;
    invitation::void_claimed(&mut tx, enrolment.invitation_id, id).await?;
    services.record(&mut tx, &AuditEvent::EnrolmentLocked { enrolment: id, person }, now).await?;
    tx.commit().await?;
    Ok(ActivateError::ConfirmationLocked)
}

async fn send_confirmation(
    services: &Services,
    tx: &mut Tx,
    enrolment: &Enrolment,
) -> Result<(), ActivateError> {
    let owner = find_person(tx, enrolment).await?;
    let phone = owner.phone.as_ref().ok_or(ActivateError::PhoneNumberMissing)?;
    if !invitation::count_send(tx, enrolment.invitation_id, CONFIRMATION_SENDS).await? {
        return Err(ActivateError::SendsExhausted);
    }
    let code = services.keys.hasher.confirmation_code(enrolment.id, &enrolment.confirmation_salt);
    let text = Texts(owner.language).with("confirmation-sms", "code", code.expose());
    let contents = (String::new(), text);
    let envelope = Envelope::sms(phone, owner.id, MessageKind::ConfirmationCode);
    Ok(deliver::queue(services, tx, envelope, contents).await?)
}

async fn record_started(
    services: &Services,
    tx: &mut Tx,
    enrolment: &Enrolment,
    now: Timestamp,
) -> Result<(), Internal> {
    let Enrolment { id, invitation_id, person_id, .. } = *enrolment;
    let event = AuditEvent::EnrolmentStarted { enrolment: id, invitation: invitation_id, person: person_id };
    services.record(tx, &event, now).await
}

/// The enrolment, if the phone that asks is the one that started it; nobody else changes it before `tx` ends.
async fn find_own(
    services: &Services,
    tx: &mut Tx,
    id: EnrolmentId,
    installation_secret: &Secret<Vec<u8>>,
) -> Result<Enrolment, ActivateError> {
    let (enrolment, its_secret_hash, _) = find_locked(tx, id).await?;
    let secret_hash =
        services.keys.hasher.hash(HashPurpose::InstallationSecret, installation_secret.expose());
    is_same(&secret_hash, &its_secret_hash).then_some(enrolment).ok_or(ActivateError::EnrolmentUnknown)
}

/// The enrolment, the keyed hash of its phone's secret, and its invitation: the row that all its changes are queued behind.
async fn find_locked(
    tx: &mut Tx,
    id: EnrolmentId,
) -> Result<(Enrolment, [u8; 32], Invitation), ActivateError> {
    let (found, _) = activation::find(tx, id).await?.ok_or(ActivateError::EnrolmentUnknown)?;
    let invitation = invitation::find_locked(tx, found.invitation_id).await?;
    let (enrolment, secret_hash) = find_enrolment(tx, id).await?;
    Ok((enrolment, secret_hash, invitation.ok_or(Internal::Missing("invitation"))?))
}

async fn tell(tx: &mut Tx, enrolment: Enrolment) -> Result<Started, ActivateError> {
    let invitation = find_invitation(tx, &enrolment).await?;
    let owner = find_person(tx, &enrolment).await?;
    let company = company::find(tx, invitation.company_id).await?.ok_or(Internal::Missing("company"))?;
    Ok(Started {
        enrolment,
        masked_phone: owner.phone.as_ref().map(PhoneNumber::masked).unwrap_or_default(),
        company_name: company.name,
        person_name: owner.name,
        sends_left: CONFIRMATION_SENDS - invitation.confirmations_sent,
    })
}

async fn find_enrolment(tx: &mut Tx, id: EnrolmentId) -> Result<(Enrolment, [u8; 32]), Internal> {
    activation::find(tx, id).await?.ok_or(Internal::Missing("enrolment"))
}

async fn find_invitation(tx: &mut Tx, enrolment: &Enrolment) -> Result<Invitation, Internal> {
    invitation::find_locked(tx, enrolment.invitation_id).await?.ok_or(Internal::Missing("invitation"))
}

async fn find_person(tx: &mut Tx, enrolment: &Enrolment) -> Result<Person, Internal> {
    person::find(tx, enrolment.person_id).await?.ok_or(Internal::Missing("person"))
}
