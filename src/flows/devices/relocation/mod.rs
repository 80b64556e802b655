//! Moving to a new phone with the old one in hand.
//!
//! 1. `offer`: the old phone gets a ticket and shows it.
//! 2. `take`: the new phone signs with its own key; minimum OS first. It shows a number, and asks again until it is enrolled.
//! 3. `look`: the old phone sees which phone took the ticket, and offers five numbers.
//! 4. `answer`: the old phone signs the new one's thumbprint. The new device, the end of the old one, the audit row and the notice
//!    commit together.

mod take;

use super::super::notice::{self, Notice, Offer};
use super::super::{Internal, Services, session_end};
use super::{DeviceError, Wish, begin, check_verified};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::{AuditEvent, MoveStep, OwnAct};
use crate::domain::device::{Device, DeviceState, PROBATION};
use crate::domain::device_move::{DeviceMove, MOVE_LIFE, MoveState, MoveTicket, Newcomer};
use crate::domain::ids::{DeviceId, DeviceMoveId};
use crate::domain::number_match::Pick;
use crate::domain::objection::ObjectionKind;
use crate::domain::person::Person;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::session::Ending;
use crate::store::{device, device_move, membership};
pub use take::{Standing, TakeInput, Taken, take};

/// A ticket, for the old phone to show.
pub struct Offered {
    /// The move.
    pub id: DeviceMoveId,
    /// The ticket.
    pub ticket: MoveTicket,
    /// When it dies.
    pub expires_at: Timestamp,
}

/// What the old phone's owner decided.
#[derive(Clone, Copy, Debug)]
pub enum MoveDecision {
    /// This is the new phone, and it shows that number.
    Approve(i32),
    /// It is not.
    Deny,
}

/// Step 1.
pub async fn offer(services: &Services, wish: &Wish) -> Result<Offered, DeviceError> {
    check_verified(wish)?;
    let now = services.now();
    let (mut tx, asking, owner) = begin(services, wish).await?;
    if now < asking.probation_until {
        return Err(DeviceError::OnProbation);
    }
    let ticket = MoveTicket::generate(services.random.as_ref())?;
    let hash = services.keys.hasher.hash(HashPurpose::MoveTicket, ticket.expose().as_bytes());
    let begun = DeviceMove {
        id: DeviceMoveId::generate(now, services.random.as_ref())?,
        old_device_id: asking.id,
        person_id: owner.id,
        state: MoveState::Offered,
        expires_at: now.plus(MOVE_LIFE),
    };
    device_move::insert(&mut tx, &begun, &hash, now).await?;
    record(services, &mut tx, &begun, MoveStep::Offered).await?;
    tx.commit().await?;
    Ok(Offered { id: begun.id, ticket, expires_at: begun.expires_at })
}

/// Step 3. `None` until a phone took the ticket.
pub async fn look(
    services: &Services,
    wish: &Wish,
    id: DeviceMoveId,
) -> Result<Option<Newcomer>, DeviceError> {
    let (mut tx, asking, _) = begin(services, wish).await?;
    let found = find_own(&mut tx, id, asking.id).await?;
    tx.commit().await?;
    match found.state {
        MoveState::Offered if services.now() < found.expires_at => Ok(None),
        _ => Ok(Some(found.answer(services.now())?.clone())),
    }
}

/// Step 4; gives back the new device, if the answer is yes. A wrong number ends the move, and is refused.
pub async fn answer(
    services: &Services,
    wish: &Wish,
    (id, thumbprint): (DeviceMoveId, &[u8]),
    decision: MoveDecision,
) -> Result<Option<Device>, DeviceError> {
    check_verified(wish)?;
    let (mut tx, asking, owner) = begin(services, wish).await?;
    let found = find_own(&mut tx, id, asking.id).await?;
    let newcomer = found.answer(services.now())?;
    if newcomer.thumbprint != *thumbprint {
        return Err(DeviceError::ThumbprintMismatch);
    }
    let pick = match decision {
        MoveDecision::Approve(number) => newcomer.numbers.judge(number),
        MoveDecision::Deny => return end(services, tx, &found, MoveStep::Denied).await.map(|()| None),
    };
    match pick {
        Pick::Right => {}
        Pick::Wrong => {
            end(services, tx, &found, MoveStep::NumberWrong).await?;
            return Err(DeviceError::NumberWrong);
        }
        Pick::NotOffered => return Err(DeviceError::AnswerInvalid),
    }
    let new = exchange(services, &mut tx, &found, newcomer).await?;
    tell(services, &mut tx, &owner, (&asking, &new)).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(Some(new))
}

async fn find_own(tx: &mut Tx, id: DeviceMoveId, old: DeviceId) -> Result<DeviceMove, DeviceError> {
    let found = device_move::find_locked(tx, id).await?;
    found.filter(|found| found.old_device_id == old).ok_or(DeviceError::MoveUnknown)
}

async fn end(services: &Services, mut tx: Tx, ended: &DeviceMove, step: MoveStep) -> Result<(), DeviceError> {
    device_move::void_open(&mut tx, ended.old_device_id).await?;
    record(services, &mut tx, ended, step).await?;
    Ok(tx.commit().await?)
}

/// The new device comes, on probation like every new one, and the old one goes, with everything that it signed in.
async fn exchange(
    services: &Services,
    tx: &mut Tx,
    found: &DeviceMove,
    newcomer: &Newcomer,
) -> Result<Device, DeviceError> {
    let now = services.now();
    let new = Device {
        id: DeviceId::generate(now, services.random.as_ref())?,
        person_id: found.person_id,
        enrolment_id: None,
        public_key: newcomer.public_key,
        thumbprint: newcomer.thumbprint,
        name: newcomer.name.clone(),
        facts: newcomer.facts.clone(),
        state: DeviceState::Active,
        created_at: now,
        last_seen_at: now,
        probation_until: now.plus(PROBATION),
    };
    let (payload, signature) =
        device_move::find_proof(tx, found.id).await?.ok_or(Internal::Missing("proof of the new key"))?;
    if !device::insert(tx, &new, &payload, &signature).await? {
        return Err(DeviceError::KeyInUse);
    }
    let is_moved = device_move::finish(tx, found.id, new.id).await?
        && device::revoke(tx, found.old_device_id, found.person_id).await?;
    if !is_moved {
        return Err(Internal::LostRace.into());
    }
    session_end::end(services, tx, Ending::OfDevice(found.old_device_id), now).await?;
    record(services, tx, found, MoveStep::Done(new.id)).await?;
    Ok(new)
}

async fn record(
    services: &Services,
    tx: &mut Tx,
    moved: &DeviceMove,
    step: MoveStep,
) -> Result<(), Internal> {
    let act = OwnAct::DeviceMoved(moved.old_device_id, step);
    let event = AuditEvent::Own { act, person: moved.person_id };
    services.record(tx, &event, services.now()).await
}

async fn tell(
    services: &Services,
    tx: &mut Tx,
    owner: &Person,
    (old, new): (&Device, &Device),
) -> Result<(), Internal> {
    let places = membership::find_places(tx, owner.id).await?;
    let company = places.first().map(|place| place.company_name.as_str()).unwrap_or_default();
    let values = [("device", new.name.as_str()), ("old", &old.name), ("company", company)];
    let kind = ObjectionKind::DeviceAdded(new.id);
    let notice =
        Notice { key: "device-moved", values: &values, kind, offer: Offer::NotMe, is_by_sms_too: true };
    notice::tell(services, tx, owner, notice).await
}
