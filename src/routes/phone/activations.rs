//! Activation: `/phone/v1/activations…` and `/phone/v1/devices`.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use avain_proto::{dsse, v1};

use super::super::extract::message::{Message, reply};
use super::super::{Problem, Shared, to_the_end, trail};
use super::envelope;
use crate::domain::device::Device;
use crate::domain::error_code::ErrorCode;
use crate::domain::ids::EnrolmentId;
use crate::domain::invitation::ActivationCode;
use crate::domain::platform::{Platform, ReportedFacts};
use crate::domain::secret::Secret;
use crate::flows::Services;
use crate::flows::activate::{self, EnrolInput, Started};

/// `POST /phone/v1/activations`: the activation code.
pub(super) async fn start(
    services: Shared,
    message: Message<v1::StartActivation>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    trail::note(|trail| trail.activation_code = ActivationCode::parse(&content.activation_code));
    let facts = reported(content.platform)?;
    let secret = installation_secret(&content.installation_secret)?;
    let code = Secret::new(content.activation_code);
    let server = Arc::clone(&services);
    let started =
        to_the_end(&services, async move { activate::start(&server, code.expose(), facts, &secret).await })
            .await?;
    reply(StatusCode::OK, form, &tell(&services, started))
}

/// `POST /phone/v1/activations/resend`: the confirmation code once more.
pub(super) async fn resend(
    services: Shared,
    message: Message<v1::ResendConfirmation>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let id = enrolment_id(&content.enrolment_id)?;
    let secret = installation_secret(&content.installation_secret)?;
    let server = Arc::clone(&services);
    let started = to_the_end(&services, async move { activate::resend(&server, id, &secret).await }).await?;
    reply(StatusCode::OK, form, &tell(&services, started))
}

/// `POST /phone/v1/activations/confirm`: the six digits.
pub(super) async fn confirm(
    services: Shared,
    message: Message<v1::ConfirmActivation>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let id = enrolment_id(&content.enrolment_id)?;
    let secret = installation_secret(&content.installation_secret)?;
    let code = Secret::new(content.confirmation_code);
    let server = Arc::clone(&services);
    let confirmed =
        to_the_end(&services, async move { activate::confirm(&server, id, &secret, code.expose()).await })
            .await?;
    let answer = v1::ActivationConfirmed {
        enrolment_id: id.to_string(),
        server_nonce: confirmed.server_nonce.to_vec(),
        expires_at: confirmed.expires_at.millis(),
        server_time: services.clock.now().millis(),
    };
    reply(StatusCode::OK, form, &answer)
}

/// `POST /phone/v1/devices`: the key, signed by itself.
pub(super) async fn enrol(services: Shared, message: Message<v1::Envelope>) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let (signed, payload) = envelope::open::<v1::EnrolDevice>(content, dsse::ENROL_DEVICE)?;
    let claims = envelope::claims(payload.context)?;
    if !claims.device_id.is_empty() {
        return Err(Problem::field("device_id"));
    }
    let input = EnrolInput {
        signed,
        claims,
        enrolment_id: enrolment_id(&payload.enrolment_id)?,
        public_key: payload.public_key.clone(),
        facts: reported(payload.platform)?,
        device_name: payload.device_name,
    };
    let server = Arc::clone(&services);
    let enrolled = to_the_end(&services, async move { activate::enrol(&server, input).await }).await?;
    let names = (enrolled.person_name, enrolled.company_name);
    reply(StatusCode::CREATED, form, &tell_enrolled(&services, &enrolled.device, names))
}

/// What a phone is told that has become a device.
pub(super) fn tell_enrolled(
    services: &Services,
    device: &Device,
    (person_name, company_name): (String, String),
) -> v1::DeviceEnrolled {
    v1::DeviceEnrolled {
        device_id: device.id.to_string(),
        key_thumbprint: device.thumbprint.to_vec(),
        person_name,
        company_name,
        issuer: services.issuer.clone(),
        probation_until: device.probation_until.millis(),
        server_time: services.clock.now().millis(),
    }
}

fn tell(services: &Services, started: Started) -> v1::ActivationStarted {
    let small = |number: i64| i32::try_from(number).unwrap_or(0);
    v1::ActivationStarted {
        enrolment_id: started.enrolment.id.to_string(),
        issuer: services.issuer.clone(),
        masked_phone: started.masked_phone,
        company_name: started.company_name,
        person_name: started.person_name,
        confirmation_expires_at: started.enrolment.expires_at.millis(),
        tries_left: small(started.enrolment.tries_left()),
        sends_left: small(started.sends_left),
        server_time: services.clock.now().millis(),
    }
}

pub(super) fn reported(facts: Option<v1::PlatformFacts>) -> Result<ReportedFacts, Problem> {
    let facts = facts.ok_or(Problem::field("platform"))?;
    let platform = match facts.platform() {
        v1::Platform::Android => Some(Platform::Android),
        v1::Platform::Ios => Some(Platform::Ios),
        v1::Platform::Unspecified => None,
    };
    let v1::PlatformFacts { os_version, api_level, brand, model, app_version, .. } = facts;
    let facts = ReportedFacts { platform, os_version, api_level, brand, model, app_version };
    trail::note(|trail| trail.facts = Some((&facts).into()));
    Ok(facts)
}

fn installation_secret(bytes: &[u8]) -> Result<Secret<Vec<u8>>, Problem> {
    if bytes.len() == 32 {
        Ok(Secret::new(bytes.to_vec()))
    } else {
        Err(Problem::field("installation_secret"))
    }
}

fn enrolment_id(text: &str) -> Result<EnrolmentId, Problem> {
    let id = text.parse().map_err(|_| Problem::new(ErrorCode::EnrolmentUnknown))?;
    trail::note(|trail| trail.enrolment = Some(id));
    Ok(id)
}
