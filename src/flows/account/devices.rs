//! Step 3: a person's devices.

use super::super::Services;
use super::super::devices::find_active;
use super::super::devices::removal::take_away;
use super::{AccountError, Owner, check_probation, record};
use crate::domain::audit::OwnAct;
use crate::domain::device::{Device, Removal};
use crate::domain::ids::DeviceId;
use crate::domain::text::printable;
use crate::store::device;

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
    let devices = find_active(&mut tx, owner.person.id).await?;
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

/// Takes a device away, with everything that it signed in.
pub async fn remove(
    services: &Services,
    owner: &Owner,
    id: DeviceId,
    removal: Removal,
) -> Result<(), AccountError> {
    owner.check_fresh(services.now())?;
    let mut tx = services.db.write().await?;
    if owner.session.device_id() != Some(id) {
        check_probation(services, &mut tx, owner).await?;
    }
    if !take_away(services, &mut tx, &owner.person, (id, removal)).await? {
        return Err(AccountError::NotFound);
    }
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(())
}
