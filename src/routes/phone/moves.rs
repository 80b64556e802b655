//! Moving to a new phone with the old one in hand: `/phone/v1/moves…`.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use avain_proto::{dsse, v1};

use super::super::extract::message::{Message, reply};
use super::super::{Problem, Shared, to_the_end};
use super::activations::{reported, tell_enrolled};
use super::devices::wish;
use super::envelope;
use super::sign_ins::choices;
use crate::domain::device_move::Newcomer;
use crate::domain::error_code::ErrorCode;
use crate::domain::ids::DeviceMoveId;
use crate::domain::platform::Platform;
use crate::flows::Services;
use crate::flows::devices::relocation::{self, MoveDecision, Standing, TakeInput, Taken};

/// `POST /phone/v1/moves`.
pub(super) async fn offer(services: Shared, message: Message<v1::Envelope>) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let (signed, payload) = envelope::open::<v1::OfferMove>(content, dsse::OFFER_MOVE)?;
    let asked = wish(signed, payload.context)?;
    let server = Arc::clone(&services);
    let offered = to_the_end(&services, async move { relocation::offer(&server, &asked).await }).await?;
    let answer = v1::MoveOffered {
        move_id: offered.id.to_string(),
        ticket: offered.ticket.grouped(),
        expires_at: offered.expires_at.millis(),
        server_time: services.clock.now().millis(),
    };
    reply(StatusCode::OK, form, &answer)
}

/// `POST /phone/v1/moves/take`.
pub(super) async fn take(services: Shared, message: Message<v1::Envelope>) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let (signed, payload) = envelope::open::<v1::TakeMove>(content, dsse::TAKE_MOVE)?;
    let input = TakeInput {
        wish: wish(signed, payload.context)?,
        ticket: payload.ticket,
        public_key: payload.public_key.clone(),
        facts: reported(payload.platform)?,
        device_name: payload.device_name,
    };
    let server = Arc::clone(&services);
    let taken = to_the_end(&services, async move { relocation::take(&server, input).await }).await?;
    reply(StatusCode::OK, form, &tell_taken(&services, taken))
}

/// `POST /phone/v1/moves/look`.
pub(super) async fn look(services: Shared, message: Message<v1::Envelope>) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let (signed, payload) = envelope::open::<v1::LookAtMove>(content, dsse::LOOK_AT_MOVE)?;
    let asked = wish(signed, payload.context)?;
    let id = move_id(&payload.move_id)?;
    let server = Arc::clone(&services);
    let found = to_the_end(&services, async move { relocation::look(&server, &asked, id).await }).await?;
    let server_time = services.clock.now().millis();
    let standing = v1::MoveStanding { server_time, ..found.map(introduce).unwrap_or_default() };
    reply(StatusCode::OK, form, &standing)
}

/// `POST /phone/v1/moves/answer`.
pub(super) async fn answer(
    services: Shared,
    message: Message<v1::Envelope>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let (signed, payload) = envelope::open::<v1::AnswerMove>(content, dsse::ANSWER_MOVE)?;
    let decision = match (payload.decision(), payload.number_picked) {
        (v1::Decision::Approve, Some(number)) => MoveDecision::Approve(number),
        (v1::Decision::Deny, None) => MoveDecision::Deny,
        _ => return Err(Problem::new(ErrorCode::AnswerInvalid)),
    };
    let thumbprint = payload.key_thumbprint.clone();
    let id = move_id(&payload.move_id)?;
    let asked = wish(signed, payload.context)?;
    let server = Arc::clone(&services);
    let answered = to_the_end(&services, async move {
        relocation::answer(&server, &asked, (id, &thumbprint), decision).await
    })
    .await?;
    let answer = v1::MoveAnswered {
        device_id: answered.map(|device| device.id.to_string()).unwrap_or_default(),
        server_time: services.clock.now().millis(),
    };
    reply(StatusCode::OK, form, &answer)
}

fn tell_taken(services: &Services, taken: Taken) -> v1::MoveTaken {
    let Taken { person_name, company_name, standing } = taken;
    let server_time = services.clock.now().millis();
    let names = (person_name.clone(), company_name.clone());
    let told = v1::MoveTaken { person_name, company_name, server_time, ..v1::MoveTaken::default() };
    match standing {
        Standing::Waiting(numbers, expires_at) => {
            v1::MoveTaken { number: numbers.right().into(), expires_at: expires_at.millis(), ..told }
        }
        Standing::Enrolled(device) => {
            v1::MoveTaken { enrolled: Some(tell_enrolled(services, &device, names)), ..told }
        }
    }
}

fn introduce(newcomer: Newcomer) -> v1::MoveStanding {
    let platform = match newcomer.facts.platform {
        Platform::Android => v1::Platform::Android,
        Platform::Ios => v1::Platform::Ios,
    };
    v1::MoveStanding {
        platform: Some(v1::PlatformFacts {
            platform: platform.into(),
            os_version: newcomer.facts.os_version.to_string(),
            api_level: 0,
            brand: newcomer.facts.brand,
            model: newcomer.facts.model,
            app_version: newcomer.facts.app_version,
        }),
        device_name: newcomer.name,
        key_thumbprint: newcomer.thumbprint.to_vec(),
        numbers: choices(Some(newcomer.numbers)),
        server_time: 0,
    }
}

fn move_id(text: &str) -> Result<DeviceMoveId, Problem> {
    text.parse().map_err(|_| Problem::new(ErrorCode::MoveUnknown))
}
