//! Step 2: everything that is stored about a person, for themselves (GDPR articles 15 and 20).

use serde_json::{Value, json};

use super::super::Services;
use super::{AccountError, Owner, record};
use crate::domain::audit::OwnAct;
use crate::domain::device::Device;
use crate::domain::person::PhoneNumber;
use crate::domain::time::Timestamp;
use crate::store::audit::Done;
use crate::store::device::SealedPush;
use crate::store::membership::Place;
use crate::store::session::{Visit, Voucher};
use crate::store::{
    audit, device, error_event, known_origin, membership, remembered_browser, session, suspicion,
};

/// More than anybody has; what is older stays with the operator.
const MOST: i64 = 10_000;

/// All of it, in English words and with times as RFC 3339 writes them. Taking it wants a fresh sign-in.
pub async fn take(
    services: &Services,
    owner: &Owner,
    time_text: fn(Timestamp) -> String,
) -> Result<Value, AccountError> {
    let now = services.now();
    owner.check_fresh(now)?;
    let person = &owner.person;
    let mut tx = services.db.write().await?;
    record(services, &mut tx, owner, OwnAct::DataTaken).await?;
    tx.commit().await?;
    // Ten thousand rows take a while: nobody's sign-in waits behind them.
    let mut tx = services.db.read().await?;
    let places = membership::find_places(&mut tx, person.id).await?;
    let devices = device::find_of_person(&mut tx, person.id).await?;
    let visits = session::find_visits(&mut tx, person.id, MOST).await?;
    let events = audit::find_of_person(&mut tx, person.id, MOST).await?;
    let mut pushed = Vec::new();
    for device in &devices {
        pushed.push(device::find_push(&mut tx, device.id).await?);
    }
    let browsers = remembered_browser::find_of_person(&mut tx, person.id, now).await?;
    let suspicions = suspicion::find_of_person(&mut tx, person.id).await?;
    let errors = error_event::find_of_person(&mut tx, person.id, now, MOST).await?;
    let origins = known_origin::find_live(&mut tx, person.id, now).await?;
    drop(tx);
    Ok(json!({
        "taken_at": time_text(now),
        "person": {
            "id": person.id.to_string(),
            "name": person.name,
            "email": person.email,
            "phone": person.phone.as_ref().map(PhoneNumber::as_str),
            "language": person.language.tag(),
        },
        "companies": places.iter().map(place_value).collect::<Vec<_>>(),
        "devices": devices.iter().zip(&pushed)
            .map(|(device, push)| device_value(device, push.as_ref(), time_text)).collect::<Vec<_>>(),
        "sign_ins": visits.iter().map(|visit| visit_value(visit, time_text)).collect::<Vec<_>>(),
        "remembered_places": origins.iter().map(|(kind, _)| json!({ "kind": kind.key() })).collect::<Vec<_>>(),
        "remembered_browsers": browsers.iter()
            .map(|(device, until)| json!({ "device": device, "until": time_text(*until) })).collect::<Vec<_>>(),
        "suspicions": suspicions.iter()
            .map(|(kind, at)| json!({ "kind": kind.key(), "at": time_text(*at) })).collect::<Vec<_>>(),
        "errors": errors.iter().map(|error| json!({
            "reference": error.reference.to_string(), "code": error.code, "at": time_text(error.at),
        })).collect::<Vec<_>>(),
        "events": events.iter().map(|event| event_value(event, time_text)).collect::<Vec<_>>(),
    }))
}

fn place_value(place: &Place) -> Value {
    json!({
        "company": place.company_name,
        "role": place.role.key(),
        "access": place.access.key(),
        "is_basic_company": place.is_basic,
    })
}

fn device_value(device: &Device, push: Option<&SealedPush>, time_text: fn(Timestamp) -> String) -> Value {
    json!({
        "id": device.id.to_string(),
        "name": device.name,
        "platform": device.facts.platform.key(),
        "os_version": device.facts.os_version.to_string(),
        "brand": device.facts.brand,
        "model": device.facts.model,
        "app_version": device.facts.app_version,
        "state": device.state.key(),
        "enrolled_at": time_text(device.created_at),
        "last_seen_at": time_text(device.last_seen_at),
        "push": push.map(|push| json!({ "provider": push.provider.key(), "since": time_text(push.set_at) })),
    })
}

fn visit_value(visit: &Visit, time_text: fn(Timestamp) -> String) -> Value {
    json!({
        "signed_in_at": time_text(visit.signed_in_at),
        "last_seen_at": time_text(visit.last_seen_at),
        "ended_at": visit.ended_at.map(time_text),
        "application": visit.client_name,
        "address": visit.place,
        "phone_address": visit.phone_place,
        "frame_age_at_scan_seconds": visit.frame_age.map(|age| age.at_scan.as_secs_f64()),
        "frame_age_at_answer_seconds": visit.frame_age.map(|age| age.at_answer.as_secs_f64()),
        "browser": visit.browser,
        "vouched_by": voucher_value(&visit.voucher),
    })
}

fn voucher_value(voucher: &Voucher) -> Value {
    match voucher {
        Voucher::Device { name, user_verification, .. } => {
            json!({ "device": name, "user_verification": user_verification.key() })
        }
        Voucher::Method(method) => json!({ "method": method.as_str() }),
    }
}

fn event_value(event: &Done, time_text: fn(Timestamp) -> String) -> Value {
    json!({
        "at": time_text(Timestamp::from_millis(event.at)),
        "event": event.event,
        "detail": event.detail,
        "done_by": event.name,
    })
}
