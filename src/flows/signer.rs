//! Who signed a phone's message: the device whose key verifies it, if it may still be used, and its owner.

use super::{Internal, Services, deliver};
use crate::crypto::device_key::{DeviceKey, SignatureInvalid};
use crate::domain::device::{Device, DeviceState};
use crate::domain::os_version::OsVersion;
use crate::domain::person::Person;
use crate::domain::platform::{Platform, PlatformFacts, parse_app_version};
use crate::domain::signed::{SignedBytes, SignedClaims};
use crate::store::db::Tx;
use crate::store::{device, person};

/// Why a signed message is refused, whatever it asks for.
#[derive(Debug, thiserror::Error)]
pub enum SignerError {
    /// No such device.
    #[error("the device is unknown")]
    DeviceUnknown,
    /// The device was revoked.
    #[error("the device was revoked")]
    DeviceRevoked,
    /// The signature does not verify.
    #[error(transparent)]
    SignatureInvalid(#[from] SignatureInvalid),
    /// The payload names another key than the device's.
    #[error("the payload names another key")]
    ThumbprintMismatch,
    /// Signed for another server.
    #[error("signed for another server")]
    IssuerMismatch,
    /// The app version is no version.
    #[error("the app version is invalid")]
    AppVersionInvalid,
    /// No version can be read from what the phone reported.
    #[error("the OS version cannot be read")]
    OsVersionUnparsable(Platform),
    /// Our fault.
    #[error("authenticating the device failed")]
    Internal(#[source] Internal),
}

super::from_internal!(SignerError);

/// The device that signed, as it is now, if it did and may; its key is looked up by the id that the payload claims.
pub(super) async fn authenticate(
    services: &Services,
    tx: &mut Tx,
    signed: &SignedBytes,
    claims: &SignedClaims,
) -> Result<(Device, Person), SignerError> {
    let id = claims.device_id.parse().map_err(|_| SignerError::DeviceUnknown)?;
    let device = device::find(tx, id).await?.ok_or(SignerError::DeviceUnknown)?;
    let key = DeviceKey::parse(&device.public_key).map_err(|_| Internal::Missing("device key"))?;
    key.verify(&signed.covered, &signed.signature)?;
    if claims.key_thumbprint != device.thumbprint {
        return Err(SignerError::ThumbprintMismatch);
    }
    if claims.issuer != services.issuer {
        return Err(SignerError::IssuerMismatch);
    }
    if device.state != DeviceState::Active {
        return Err(SignerError::DeviceRevoked);
    }
    let owner = person::find(tx, device.person_id).await?.ok_or(Internal::Missing("person"))?;
    let facts = PlatformFacts { os_version: os_version_now(&device, claims)?, ..device.facts };
    Ok((Device { facts, ..device }, owner))
}

/// What the phone says now; an older app says nothing, and nothing has changed.
fn os_version_now(device: &Device, claims: &SignedClaims) -> Result<OsVersion, SignerError> {
    let platform = device.facts.platform;
    if claims.os_version.is_empty() && claims.api_level == 0 {
        return Ok(device.facts.os_version);
    }
    let reported = platform.read_os_version(&claims.os_version, claims.api_level);
    reported.ok_or(SignerError::OsVersionUnparsable(platform))
}

/// Notes in the writing transaction that the device was used, and that it may still be; and where it can be pushed to.
pub(super) async fn touch(
    services: &Services,
    tx: &mut Tx,
    used: &Device,
    claims: &SignedClaims,
) -> Result<(), SignerError> {
    let app_version = parse_app_version(&claims.app_version).ok_or(SignerError::AppVersionInvalid)?;
    if !device::touch(tx, used, &app_version, services.now()).await? {
        return Err(find_change(tx, used).await?);
    }
    if let Some(address) = &claims.push {
        deliver::register(services, tx, used.id, address).await?;
    }
    Ok(())
}

/// What became of a device since it was authenticated.
async fn find_change(tx: &mut Tx, used: &Device) -> Result<SignerError, Internal> {
    let now = device::find(tx, used.id).await?.ok_or(Internal::Missing("device"))?;
    Ok(match now.state {
        DeviceState::Revoked => SignerError::DeviceRevoked,
        DeviceState::Active => SignatureInvalid.into(),
    })
}
