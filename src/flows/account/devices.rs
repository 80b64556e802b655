//! Step 3: a person's devices.

use super::super::notice::{self, Notice, Offer};
use super::super::{Internal, Services};
use super::{AccountError, Owner, check_probation, find_active, record};
use crate::domain::audit::OwnAct;
use crate::domain::device::{Device, Removal};
use crate::domain::ids::DeviceId;
use crate::domain::objection::ObjectionKind;
use crate::domain::text::printable;
use crate::store::db::Tx;
use crate::store::{device, invitation, known_origin, membership, remembered_browser, session};

const LONGEST_NAME: usize = 64;

/// A device, and whether it is the only one.
pub struct Looked {
    /// The device.
    pub device: Device,
    /// Without it they could not sign in.
    pub is_only: bool,
}

/// One device that can sign in.
pub async fn look(services: &Services, owner: &Owner, id: DeviceId) -> Result<Looked, AccountError> {
    let mut tx = services.db.read().await?;
    let devices = find_active(&mut tx, owner).await?;
    let is_only = devices.len() == 1;
    let device = devices.into_iter().find(|device| device.id == id).ok_or(AccountError::NotFound)?;
    Ok(Looked { device, is_only })
}

/// Gives a device another name.
pub async fn rename(
    services: &Services,
    owner: &Owner,
    id: DeviceId,
    typed: &str,
) -> Result<(), AccountError> {
    let name = printable(typed, LONGEST_NAME).ok_or(AccountError::FieldInvalid("name"))?;
    let mut tx = services.db.write().await?;
    if !device::rename(&mut tx, id, owner.person.id, &name).await? {
        return Err(AccountError::NotFound);
    }
    record(services, &mut tx, owner, OwnAct::DeviceRenamed(id)).await?;
    Ok(tx.commit().await?)
}

/// Takes a device away, with everything that it signed in. For a lost one every browser is signed out, no place is familiar any
/// longer, and an invitation that is open is void.
pub async fn remove(
    services: &Services,
    owner: &Owner,
    id: DeviceId,
    removal: Removal,
) -> Result<(), AccountError> {
    let now = services.now();
    owner.check_fresh(now)?;
    let mut tx = services.db.write().await?;
    if id != owner.session.device_id {
        check_probation(services, &mut tx, owner).await?;
    }
    let found = device::find(&mut tx, id).await?.filter(|device| device.person_id == owner.person.id);
    let name = found.ok_or(AccountError::NotFound)?.name;
    if !device::revoke(&mut tx, id, owner.person.id).await? {
        return Ok(());
    }
    session::end_of_device(&mut tx, id, now).await?;
    if removal == Removal::Lost {
        session::end_of_person(&mut tx, owner.person.id, now).await?;
        known_origin::forget(&mut tx, owner.person.id).await?;
        remembered_browser::forget(&mut tx, owner.person.id).await?;
        invitation::void_open(&mut tx, owner.person.id).await?;
    }
    record(services, &mut tx, owner, OwnAct::DeviceRemoved(id, removal)).await?;
    tell(services, &mut tx, owner, &name).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(())
}

async fn tell(services: &Services, tx: &mut Tx, owner: &Owner, device: &str) -> Result<(), Internal> {
    let places = membership::find_places(tx, owner.person.id).await?;
    let company = places.first().map(|place| place.company_name.as_str()).unwrap_or_default();
    let values = [("device", device), ("company", company)];
    let kind = ObjectionKind::DeviceRemoved;
    let notice =
        Notice { key: "own-device-removed", values: &values, kind, offer: Offer::NotMe, is_by_sms_too: true };
    notice::tell(services, tx, &owner.person, notice).await
}
