//! Step 8: the waiting browser's session, once. Where nothing that the server remembers fits, a code comes first.

use super::same_device::check_proof;
use super::{BrowserSecret, LoginError, familiar, own, push, second_factor};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::AuditEvent;
use crate::domain::device::{Device, DeviceState, UserVerification};
use crate::domain::identity::{Assurance, MethodId};
use crate::domain::ids::{CompanyId, LoginAttemptId, PersonId, SessionId, SignInRequestId};
use crate::domain::login::{Approval, Attempt, AttemptRefusal};
use crate::domain::membership::{Access, Membership};
use crate::domain::objection::ObjectionKind;
use crate::domain::person::Person;
use crate::domain::random::bytes;
use crate::domain::secret::Secret;
use crate::domain::session::{Proof, Session};
use crate::domain::time::Timestamp;
use crate::flows::notice::{self, Notice, Offer};
use crate::flows::{Internal, Services};
use crate::store::db::Tx;
use crate::store::{device, grant, login, membership, person, session};

/// A browser that has signed in.
pub struct Collected {
    /// Where it goes on.
    pub request_id: SignInRequestId,
    /// The secret of its session cookie.
    pub session_secret: Secret<[u8; 32]>,
    /// The secret by which it may ask for a push, where it signed in by QR.
    pub remembered_secret: Option<BrowserSecret>,
}

/// What comes of an approval.
pub enum Outcome {
    /// The session.
    SignedIn(Collected),
    /// First a code.
    SecondFactorNeeded,
}

/// Who signs in, and who vouches.
pub(super) struct Admitted {
    pub(super) owner: Person,
    pub(super) company: CompanyId,
    voucher: Voucher,
}

enum Voucher {
    Device(Box<Device>, UserVerification),
    Identity(MethodId, Assurance),
}

impl Admitted {
    /// When the phone was enrolled, where one approved.
    pub(super) fn enrolled_at(&self) -> Option<Timestamp> {
        match &self.voucher {
            Voucher::Device(device, _) => Some(device.created_at),
            Voucher::Identity(..) => None,
        }
    }

    fn proof(&self, now: Timestamp) -> Proof {
        match &self.voucher {
            Voucher::Device(device, user_verification) => Proof::Device {
                device_id: device.id,
                user_verification: *user_verification,
                is_on_probation: now < device.probation_until,
            },
            Voucher::Identity(method, assurance) => {
                Proof::Identity { method: method.clone(), assurance: *assurance }
            }
        }
    }

    /// What vouched, as its owner knows it.
    fn label(&self, services: &Services) -> String {
        match &self.voucher {
            Voucher::Device(device, _) => device.name.clone(),
            Voucher::Identity(method, _) => services.methods.label(method, self.owner.language),
        }
    }
}

/// Step 8: the browser's session, or the question for a code.
pub async fn collect(
    services: &Services,
    id: LoginAttemptId,
    secret: &BrowserSecret,
) -> Result<Outcome, LoginError> {
    collect_with(services, id, secret, None).await
}

/// The same with what the app on the same phone brought, if it did.
pub(super) async fn collect_with(
    services: &Services,
    id: LoginAttemptId,
    secret: &BrowserSecret,
    proof: Option<&str>,
) -> Result<Outcome, LoginError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let attempt = own(services, login::find_locked(&mut tx, id).await?, secret)?;
    if attempt.second_factor(now).is_ok() {
        return Ok(Outcome::SecondFactorNeeded);
    }
    let approval = attempt.collect(now)?;
    if let Some(scan) = approval.scan() {
        check_proof(services, &attempt, scan, proof)?;
    }
    let (mut tx, admitted) = admit(services, tx, &attempt, approval).await?;
    let weighed = familiar::weigh(services, &mut tx, (&attempt, approval), &admitted).await?;
    if let Some(reason) = weighed.code_reason {
        second_factor::ask(services, tx, (&attempt, reason), &admitted).await?;
        return Ok(Outcome::SecondFactorNeeded);
    }
    Ok(Outcome::SignedIn(sign_in(services, tx, &attempt, admitted, weighed.is_network_new).await?))
}

/// Checks what may have changed since the phone's answer: access rights and the device.
pub(super) async fn admit(
    services: &Services,
    mut tx: Tx,
    attempt: &Attempt,
    approval: &Approval,
) -> Result<(Tx, Admitted), LoginError> {
    // A block waits for this row, so that either it finds the session, or this finds the block.
    let is_blocked = person::is_blocked_locked(&mut tx, approval.person_id()).await?;
    let owner = person::find(&mut tx, approval.person_id()).await?.ok_or(Internal::Missing("person"))?;
    if is_blocked {
        return Err(refuse(services, tx, attempt.id, owner.id, LoginError::PersonBlocked).await?);
    }
    let place = match check_access(&mut tx, &owner).await? {
        Ok(place) => place,
        Err(refusal) => return Err(refuse(services, tx, attempt.id, owner.id, refusal).await?),
    };
    let voucher = match approval {
        Approval::Identity { method, assurance, .. } => Voucher::Identity(method.clone(), *assurance),
        Approval::Phone { scan, user_verification } => {
            let device = device::find(&mut tx, scan.device_id).await?.ok_or(Internal::Missing("device"))?;
            if device.state != DeviceState::Active {
                return Err(LoginError::DeviceRevoked);
            }
            Voucher::Device(Box::new(device), *user_verification)
        }
    };
    Ok((tx, Admitted { owner, company: place.company_id, voucher }))
}

/// Makes the session, remembers where it began, and tells its owner of a network that is new.
pub(super) async fn sign_in(
    services: &Services,
    mut tx: Tx,
    attempt: &Attempt,
    admitted: Admitted,
    is_network_new: bool,
) -> Result<Collected, LoginError> {
    let now = services.now();
    let (owner, proof) = (&admitted.owner, admitted.proof(now));
    let made = Session {
        id: SessionId::generate(now, services.random.as_ref())?,
        person_id: owner.id,
        attempt_id: attempt.id,
        proof,
        signed_in_at: now,
        last_seen_at: now,
    };
    if !login::collect(&mut tx, attempt.id, made.id, now).await? {
        return Err(AttemptRefusal::Collected.into());
    }
    let session_secret = Secret::new(bytes(services.random.as_ref())?);
    let token_hash = services.keys.hasher.hash(HashPurpose::SessionCookie, session_secret.expose());
    session::insert(&mut tx, &made, &token_hash).await?;
    grant::satisfy_request(&mut tx, attempt.request_id, made.id).await?;
    familiar::remember(services, &mut tx, attempt, owner.id).await?;
    let remembered_secret = match made.device_id() {
        Some(device) => push::remember(services, &mut tx, attempt, (owner.id, device)).await?,
        None => None,
    };
    let event = AuditEvent::SignedIn {
        attempt: attempt.id,
        session: made.id,
        person: owner.id,
        proof: made.proof.clone(),
    };
    services.record(&mut tx, &event, now).await?;
    if is_network_new {
        tell(services, &mut tx, attempt, (&admitted, made.id)).await?;
    }
    tx.commit().await?;
    if is_network_new {
        services.outbox_filled.notify_one();
    }
    Ok(Collected { request_id: attempt.request_id, session_secret, remembered_secret })
}

/// By mail alone: where a code was asked for, an SMS has just told of the sign-in.
async fn tell(
    services: &Services,
    tx: &mut Tx,
    attempt: &Attempt,
    (admitted, session): (&Admitted, SessionId),
) -> Result<(), Internal> {
    let place = services.atlas.describe(&attempt.place);
    let (owner, label) = (&admitted.owner, admitted.label(services));
    let values = [("device", label.as_str()), ("browser", &attempt.browser), ("place", &place)];
    let kind = ObjectionKind::SignedIn(session);
    let notice =
        Notice { key: "signed-in", values: &values, kind, offer: Offer::NotMe, is_by_sms_too: false };
    notice::tell(services, tx, owner, notice).await
}

/// The inner error is the answer to the person.
async fn check_access(tx: &mut Tx, owner: &Person) -> Result<Result<Membership, LoginError>, Internal> {
    let Some(place) = membership::find_basic(tx, owner.id).await? else {
        return Ok(Err(LoginError::AccessRightsMissing));
    };
    Ok(match place.access {
        Access::Removed => Err(LoginError::AccessRightsMissing),
        Access::MobileOnly => Err(LoginError::BrowserAccessMissing),
        Access::Browser => Ok(place),
    })
}

/// Tells support why; gives back the refusal.
pub(super) async fn refuse(
    services: &Services,
    mut tx: Tx,
    attempt: LoginAttemptId,
    person: PersonId,
    refusal: LoginError,
) -> Result<LoginError, Internal> {
    let reason = match refusal {
        LoginError::PersonBlocked => "blocked",
        LoginError::AccessRightsMissing => "access_rights",
        _ => "browser_access",
    };
    let event = AuditEvent::SignInRefused { attempt, person, reason };
    services.record(&mut tx, &event, services.now()).await?;
    tx.commit().await?;
    Ok(refusal)
}
