//! Step 4: the new key proves itself, and becomes a device.

use super::super::notice::{self, Notice, Offer};
use super::super::{Internal, Services};
use super::{ActivateError, find_locked, find_person};
use crate::crypto::code_hash::is_same;
use crate::crypto::device_key::DeviceKey;
use crate::domain::activation::{Enrolment, EnrolmentState};
use crate::domain::audit::AuditEvent;
use crate::domain::device::{Device, DeviceState, PROBATION, UserVerification};
use crate::domain::ids::{DeviceId, EnrolmentId};
use crate::domain::objection::ObjectionKind;
use crate::domain::person::Person;
use crate::domain::platform::{PlatformFacts, ReportedFacts};
use crate::domain::signed::{SignedBytes, SignedClaims};
use crate::domain::text::printable;
use crate::domain::time::Timestamp;
use crate::flows::deliver;
use crate::store::db::Tx;
use crate::store::{activation, company, device, invitation};

/// What the phone is told after step 4.
pub struct Enrolled {
    /// The device.
    pub device: Device,
    /// Its owner.
    pub person_name: String,
    /// The inviting company.
    pub company_name: String,
}

/// Step 4 as the phone sends it.
pub struct EnrolInput {
    /// The bytes.
    pub signed: SignedBytes,
    /// What they claim.
    pub claims: SignedClaims,
    /// Which enrolment.
    pub enrolment_id: EnrolmentId,
    /// The new key.
    pub public_key: Vec<u8>,
    /// What the phone says of itself.
    pub facts: ReportedFacts,
    /// What its owner calls it; may be empty.
    pub device_name: String,
}

/// Step 4.
pub async fn enrol(services: &Services, input: EnrolInput) -> Result<Enrolled, ActivateError> {
    let key = verify_possession(services, &input)?;
    let facts = input.facts.check()?;
    services.os_policy.minimum.check(&facts)?;
    let now = services.now();

    let mut tx = services.db.write().await?;
    let (enrolment, _, invitation) = find_locked(&mut tx, input.enrolment_id).await?;
    let expected_nonce = expected_nonce(&enrolment, now)?;
    if !is_same(&input.claims.server_nonce, &expected_nonce) {
        return Err(ActivateError::NonceMismatch);
    }
    let owner = find_person(&mut tx, &enrolment).await?;
    let company = company::find(&mut tx, invitation.company_id).await?.ok_or(Internal::Missing("company"))?;
    let enrolled =
        |device| Enrolled { device, person_name: owner.name.clone(), company_name: company.name.clone() };
    if let EnrolmentState::Enrolled { device_id, .. } = enrolment.state {
        return find_same(&mut tx, device_id, &key).await.map(enrolled);
    }
    let device = make_device(services, &enrolment, &key, facts, &input.device_name)?;
    if !activation::finish(&mut tx, enrolment.id, device.id).await? {
        return Err(Internal::LostRace.into());
    }
    if !device::insert(&mut tx, &device, &input.signed.payload, &input.signed.signature).await? {
        return Err(ActivateError::KeyInUse);
    }
    if let Some(address) = &input.claims.push {
        deliver::register(services, &mut tx, device.id, address).await?;
    }
    if !invitation::redeem(&mut tx, invitation.id, enrolment.id).await? {
        return Err(Internal::LostRace.into());
    }
    let event = AuditEvent::DeviceEnrolled { device: device.id, enrolment: enrolment.id, person: owner.id };
    services.record(&mut tx, &event, now).await?;
    queue_notice(services, &mut tx, &owner, &device, &company.name).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(enrolled(device))
}

/// The device that the enrolment made before, if it has this key.
async fn find_same(tx: &mut Tx, id: DeviceId, key: &DeviceKey) -> Result<Device, ActivateError> {
    let made = device::find(tx, id).await?.ok_or(Internal::Missing("device"))?;
    if made.thumbprint == key.thumbprint() { Ok(made) } else { Err(ActivateError::EnrolmentFinished) }
}

fn verify_possession(services: &Services, input: &EnrolInput) -> Result<DeviceKey, ActivateError> {
    let key = DeviceKey::parse(&input.public_key)?;
    key.verify(&input.signed.covered, &input.signed.signature)?;
    if input.claims.key_thumbprint != key.thumbprint() {
        return Err(ActivateError::ThumbprintMismatch);
    }
    if input.claims.issuer != services.issuer {
        return Err(ActivateError::IssuerMismatch);
    }
    if input.claims.user_verification == UserVerification::None {
        return Err(ActivateError::UserVerificationMissing);
    }
    Ok(key)
}

fn make_device(
    services: &Services,
    enrolment: &Enrolment,
    key: &DeviceKey,
    facts: PlatformFacts,
    typed_name: &str,
) -> Result<Device, Internal> {
    let now = services.now();
    let name = printable(typed_name, 64).unwrap_or_else(|| format!("{} {}", facts.brand, facts.model));
    Ok(Device {
        id: DeviceId::generate(now, services.random.as_ref())?,
        person_id: enrolment.person_id,
        enrolment_id: Some(enrolment.id),
        public_key: *key.point(),
        thumbprint: key.thumbprint(),
        name,
        facts,
        state: DeviceState::Active,
        created_at: now,
        last_seen_at: now,
        probation_until: now.plus(PROBATION),
    })
}

/// The nonce that the key must have signed.
fn expected_nonce(enrolment: &Enrolment, now: Timestamp) -> Result<[u8; 32], ActivateError> {
    match &enrolment.state {
        EnrolmentState::Confirmed { .. } if now >= enrolment.expires_at => {
            Err(ActivateError::EnrolmentExpired)
        }
        EnrolmentState::Confirmed { server_nonce } | EnrolmentState::Enrolled { server_nonce, .. } => {
            Ok(*server_nonce)
        }
        EnrolmentState::Started => Err(ActivateError::ConfirmationMissing),
        EnrolmentState::Locked => Err(ActivateError::ConfirmationLocked),
        EnrolmentState::Superseded => Err(ActivateError::EnrolmentExpired),
    }
}

async fn queue_notice(
    services: &Services,
    tx: &mut Tx,
    owner: &Person,
    device: &Device,
    company_name: &str,
) -> Result<(), Internal> {
    let values = [("device", device.name.as_str()), ("company", company_name)];
    let kind = ObjectionKind::DeviceAdded(device.id);
    notice::tell(
        services,
        tx,
        owner,
        Notice { key: "device-added", values: &values, kind, offer: Offer::NotMe, is_by_sms_too: true },
    )
    .await
}
