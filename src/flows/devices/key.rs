//! Another key for the same phone: the old key signs for it, and the new one proves that the phone has it.

use super::super::notice::{self, Notice, Offer};
use super::super::{Internal, Services};
use super::{DeviceError, Wish, begin, check_verified};
use crate::crypto::device_key::DeviceKey;
use crate::domain::audit::{AuditEvent, OwnAct};
use crate::domain::device::{Device, DeviceState};
use crate::domain::objection::ObjectionKind;
use crate::domain::person::Person;
use crate::flows::signer::SignerError;
use crate::store::db::Tx;
use crate::store::device_key::{self, NewKey};
use crate::store::{device, membership};

/// What proves that the phone has the new key: signed by the new key itself.
pub struct Possession {
    /// The bytes, and what they claim.
    pub wish: Wish,
    /// The key that it says it replaces.
    pub replaced_thumbprint: Vec<u8>,
}

/// Gives the device the new key; gives back the device as it is then. The same bytes again get the same answer.
pub async fn rotate(
    services: &Services,
    wish: &Wish,
    new_public_key: &[u8],
    possession: &Possession,
) -> Result<Device, DeviceError> {
    check_verified(wish)?;
    let key = DeviceKey::parse(new_public_key)?;
    check_possession(wish, &key, possession)?;
    if let Some(rotated) = find_repeated(services, wish, &key).await? {
        return Ok(rotated);
    }
    let (mut tx, asking, owner) = begin(services, wish).await?;
    let new = NewKey { device: asking.id, public_key: *key.point(), thumbprint: key.thumbprint() };
    let proof = (&wish.signed.payload[..], &wish.signed.signature[..]);
    if !device_key::insert(&mut tx, &new, proof, services.now()).await? {
        return Err(DeviceError::KeyInUse);
    }
    if !device::set_key(&mut tx, &asking, &new).await? {
        return Err(Internal::LostRace.into());
    }
    let event = AuditEvent::Own { act: OwnAct::KeyReplaced(asking.id), person: owner.id };
    services.record(&mut tx, &event, services.now()).await?;
    tell(services, &mut tx, &owner, &asking).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(Device { public_key: new.public_key, thumbprint: new.thumbprint, ..asking })
}

/// The new key signed for this very rotation: the same server, device and nonce, and the key that goes.
fn check_possession(wish: &Wish, key: &DeviceKey, possession: &Possession) -> Result<(), DeviceError> {
    let Possession { wish: Wish { signed, claims }, replaced_thumbprint } = possession;
    key.verify(&signed.covered, &signed.signature).map_err(SignerError::SignatureInvalid)?;
    if claims.key_thumbprint != key.thumbprint() || *replaced_thumbprint != wish.claims.key_thumbprint {
        return Err(DeviceError::ThumbprintMismatch);
    }
    if claims.issuer != wish.claims.issuer {
        return Err(SignerError::IssuerMismatch.into());
    }
    if claims.server_nonce != wish.claims.server_nonce || claims.device_id != wish.claims.device_id {
        return Err(DeviceError::NonceMismatch);
    }
    Ok(())
}

/// The device, when it has the new key already because of exactly these bytes.
async fn find_repeated(
    services: &Services,
    wish: &Wish,
    key: &DeviceKey,
) -> Result<Option<Device>, DeviceError> {
    let Ok(id) = wish.claims.device_id.parse() else { return Ok(None) };
    let mut tx = services.db.read().await?;
    let found = device::find(&mut tx, id).await?;
    let is_rotated =
        |device: &Device| device.state == DeviceState::Active && device.thumbprint == key.thumbprint();
    let Some(rotated) = found.filter(is_rotated) else { return Ok(None) };
    let proof = device_key::find_proof(&mut tx, &rotated.thumbprint).await?;
    Ok((proof.as_ref() == Some(&wish.signed.payload)).then_some(rotated))
}

async fn tell(services: &Services, tx: &mut Tx, owner: &Person, device: &Device) -> Result<(), Internal> {
    let places = membership::find_places(tx, owner.id).await?;
    let company = places.first().map(|place| place.company_name.as_str()).unwrap_or_default();
    let values = [("device", device.name.as_str()), ("company", company)];
    let kind = ObjectionKind::KeyReplaced(device.id);
    let notice =
        Notice { key: "key-replaced", values: &values, kind, offer: Offer::NotMe, is_by_sms_too: false };
    notice::tell(services, tx, owner, notice).await
}
