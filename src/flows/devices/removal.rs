//! Taking a device away: asked for by a phone here, and in the browser by `flows::account`.

use super::super::notice::{self, Notice, Offer};
use super::super::{Internal, Services, session_end};
use super::{DeviceError, Wish, begin, check_verified, find_active};
use crate::domain::audit::{AuditEvent, OwnAct};
use crate::domain::device::Removal;
use crate::domain::ids::{DeviceId, PersonId};
use crate::domain::objection::ObjectionKind;
use crate::domain::person::Person;
use crate::store::db::Tx;
use crate::store::session::Ending;
use crate::store::{device, invitation, known_origin, membership, remembered_browser};

/// Takes a device of the phone's owner away.
pub async fn remove(
    services: &Services,
    wish: &Wish,
    removed: DeviceId,
    removal: Removal,
) -> Result<(), DeviceError> {
    check_verified(wish)?;
    let (mut tx, asking, owner) = begin(services, wish).await?;
    if removed != asking.id && is_on_probation(services, &mut tx, owner.id, asking.id).await? {
        return Err(DeviceError::OnProbation);
    }
    if !take_away(services, &mut tx, &owner, (removed, removal)).await? {
        return Err(DeviceError::NotTheirs);
    }
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(())
}

/// A new device cannot touch what an older one rests on: whoever stole a mailbox and a phone number would begin with that.
pub(in crate::flows) async fn is_on_probation(
    services: &Services,
    tx: &mut Tx,
    owner: PersonId,
    acting: DeviceId,
) -> Result<bool, Internal> {
    let devices = find_active(tx, owner).await?;
    let own = devices.iter().find(|device| device.id == acting);
    let is_new = own.is_none_or(|device| services.now() < device.probation_until);
    Ok(is_new && devices.iter().any(|device| device.id != acting))
}

/// Takes a device away, with everything that it signed in. For a lost one every browser is signed out, no place is familiar any
/// longer, and an invitation that is open is void. `false` when the device is not theirs; one that is removed already stays so.
pub(in crate::flows) async fn take_away(
    services: &Services,
    tx: &mut Tx,
    owner: &Person,
    (id, removal): (DeviceId, Removal),
) -> Result<bool, Internal> {
    let now = services.now();
    let Some(found) = device::find(tx, id).await?.filter(|device| device.person_id == owner.id) else {
        return Ok(false);
    };
    if !device::revoke(tx, id, owner.id).await? {
        return Ok(true);
    }
    session_end::end(services, tx, Ending::OfDevice(id), now).await?;
    if removal == Removal::Lost {
        session_end::end(services, tx, Ending::OfPerson(owner.id), now).await?;
        known_origin::forget(tx, owner.id).await?;
        remembered_browser::forget(tx, owner.id).await?;
        invitation::void_open(tx, owner.id).await?;
    }
    let event = AuditEvent::Own { act: OwnAct::DeviceRemoved(id, removal), person: owner.id };
    services.record(tx, &event, now).await?;
    tell(services, tx, owner, &found.name).await?;
    Ok(true)
}

async fn tell(services: &Services, tx: &mut Tx, owner: &Person, device: &str) -> Result<(), Internal> {
    let places = membership::find_places(tx, owner.id).await?;
    let company = places.first().map(|place| place.company_name.as_str()).unwrap_or_default();
    let values = [("device", device), ("company", company)];
    let kind = ObjectionKind::DeviceRemoved;
    let notice =
        Notice { key: "own-device-removed", values: &values, kind, offer: Offer::NotMe, is_by_sms_too: true };
    notice::tell(services, tx, owner, notice).await
}
