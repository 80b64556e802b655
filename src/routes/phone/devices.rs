//! The life of a device: `/phone/v1/devices/…`.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use avain_proto::{dsse, v1};

use super::super::extract::message::{Message, reply};
use super::super::{Problem, Shared, to_the_end};
use super::envelope;
use crate::domain::device::{Device, Removal};
use crate::domain::ids::DeviceId;
use crate::domain::platform::Platform;
use crate::domain::signed::SignedBytes;
use crate::flows::devices::key::{self, Possession};
use crate::flows::devices::{self, Wish, nonce, removal};

/// `POST /phone/v1/devices/nonce`.
pub(super) async fn give_nonce(
    services: Shared,
    message: Message<v1::DeviceNonceRequest>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let id = device_id(&content.device_id, "device_id")?;
    let (nonce, expires_at) = nonce::issue(&services, id)?;
    let answer = v1::DeviceNonce {
        server_nonce: nonce.to_vec(),
        expires_at: expires_at.millis(),
        server_time: services.clock.now().millis(),
    };
    reply(StatusCode::OK, form, &answer)
}

/// `POST /phone/v1/devices/list`.
pub(super) async fn list(services: Shared, message: Message<v1::Envelope>) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let (signed, payload) = envelope::open::<v1::ListDevices>(content, dsse::LIST_DEVICES)?;
    let asked = wish(signed, payload.context)?;
    let server = Arc::clone(&services);
    let (found, asking) = to_the_end(&services, async move { devices::list(&server, &asked).await }).await?;
    let answer = v1::DeviceList {
        devices: found.into_iter().map(|device| tell(device, asking.id)).collect(),
        server_time: services.clock.now().millis(),
    };
    reply(StatusCode::OK, form, &answer)
}

/// `POST /phone/v1/devices/remove`.
pub(super) async fn remove(
    services: Shared,
    message: Message<v1::Envelope>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let (signed, payload) = envelope::open::<v1::RemoveDevice>(content, dsse::REMOVE_DEVICE)?;
    let reason = match payload.reason() {
        v1::RemovalReason::Unused => Removal::Unused,
        v1::RemovalReason::Lost => Removal::Lost,
        v1::RemovalReason::Unspecified => return Err(Problem::field("reason")),
    };
    let removed = device_id(&payload.removed_device_id, "removed_device_id")?;
    let asked = wish(signed, payload.context)?;
    let server = Arc::clone(&services);
    to_the_end(&services, async move { removal::remove(&server, &asked, removed, reason).await }).await?;
    let answer =
        v1::DeviceRemoved { device_id: removed.to_string(), server_time: services.clock.now().millis() };
    reply(StatusCode::OK, form, &answer)
}

/// `POST /phone/v1/devices/key`.
pub(super) async fn rotate_key(
    services: Shared,
    message: Message<v1::Envelope>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let (signed, payload) = envelope::open::<v1::RotateKey>(content, dsse::ROTATE_KEY)?;
    let asked = wish(signed, payload.context)?;
    let inner = payload.possession.ok_or(Problem::field("possession"))?;
    let (signed, proof) = envelope::open::<v1::NewKey>(inner, dsse::NEW_KEY)?;
    let replaced_thumbprint = proof.replaced_thumbprint.clone();
    let possession = Possession { wish: wish(signed, proof.context)?, replaced_thumbprint };
    let point = payload.new_public_key.clone();
    let server = Arc::clone(&services);
    let rotated =
        to_the_end(&services, async move { key::rotate(&server, &asked, &point, &possession).await }).await?;
    let answer = v1::KeyRotated {
        device_id: rotated.id.to_string(),
        key_thumbprint: rotated.thumbprint.to_vec(),
        server_time: services.clock.now().millis(),
    };
    reply(StatusCode::OK, form, &answer)
}

pub(super) fn wish(signed: SignedBytes, context: Option<v1::SignedContext>) -> Result<Wish, Problem> {
    Ok(Wish { signed, claims: envelope::claims(context)? })
}

fn device_id(text: &str, field: &'static str) -> Result<DeviceId, Problem> {
    text.parse().map_err(|_| Problem::field(field))
}

fn tell(device: Device, asking: DeviceId) -> v1::OwnDevice {
    let platform = match device.facts.platform {
        Platform::Android => v1::Platform::Android,
        Platform::Ios => v1::Platform::Ios,
    };
    v1::OwnDevice {
        device_id: device.id.to_string(),
        name: device.name,
        platform: platform.into(),
        os_version: device.facts.os_version.to_string(),
        brand: device.facts.brand,
        model: device.facts.model,
        app_version: device.facts.app_version,
        enrolled_at: device.created_at.millis(),
        last_seen_at: device.last_seen_at.millis(),
        probation_until: device.probation_until.millis(),
        is_this_device: device.id == asking,
    }
}
