//! Signing in: what leads the phone to an attempt (`/phone/v1/scans`, `/codes`, `/pending`), and its answer (`/answers`).

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use avain_proto::limits::Bounded;
use avain_proto::{dsse, v1};

use super::super::extract::bounds;
use super::super::extract::message::{Message, reply};
use super::super::extract::visitor::place_of;
use super::super::{Problem, Shared, to_the_end, trail};
use super::envelope;
use crate::domain::error_code::ErrorCode;
use crate::domain::frame::Frame;
use crate::domain::login::{DenyReason, Flow};
use crate::domain::number_match::NumberMatch;
use crate::domain::signed::SignedBytes;
use crate::domain::time::Timestamp;
use crate::flows::Services;
use crate::flows::login::{self, AnswerInput, Challenge, Decision, ScanInput};

/// `POST /phone/v1/scans`: step 5, a frame.
pub(super) async fn scan(
    request: HttpRequest,
    services: Shared,
    message: Message<v1::Envelope>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let read = |payload: v1::LoginScan| (payload.context, payload.frame);
    let input = read_lead((&request, &services), content, dsse::LOGIN_SCAN, read)?;
    let server = Arc::clone(&services);
    let scanned = to_the_end(&services, async move { login::scan(&server, input).await }).await?;
    reply(StatusCode::OK, form, &challenge(&services, scanned))
}

/// `POST /phone/v1/codes`: step 5 by a typed code.
pub(super) async fn enter_code(
    request: HttpRequest,
    services: Shared,
    message: Message<v1::Envelope>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let read = |payload: v1::LoginCode| (payload.context, payload.code);
    let input = read_lead((&request, &services), content, dsse::LOGIN_CODE, read)?;
    let server = Arc::clone(&services);
    let claimed = to_the_end(&services, async move { login::enter_code(&server, input).await }).await?;
    reply(StatusCode::OK, form, &challenge(&services, claimed))
}

/// `POST /phone/v1/pending/claim`: step 5 after a push.
pub(super) async fn claim_pending(
    request: HttpRequest,
    services: Shared,
    message: Message<v1::Envelope>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let read = |payload: v1::ClaimPending| (payload.context, payload.attempt_id);
    let input = read_lead((&request, &services), content, dsse::CLAIM_PENDING, read)?;
    let server = Arc::clone(&services);
    let claimed =
        to_the_end(&services, async move { login::push::claim_pending(&server, input).await }).await?;
    reply(StatusCode::OK, form, &challenge(&services, claimed))
}

/// `POST /phone/v1/pending`: the sign-ins that wait for the phone.
pub(super) async fn list_pending(
    request: HttpRequest,
    services: Shared,
    message: Message<v1::Envelope>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let read = |payload: v1::ListPending| (payload.context, String::new());
    let input = read_lead((&request, &services), content, dsse::LIST_PENDING, read)?;
    let waiting = login::push::list_pending(&services, input).await?;
    let answer = v1::PendingList {
        attempt_ids: waiting.iter().map(ToString::to_string).collect(),
        server_time: services.clock.now().millis(),
    };
    reply(StatusCode::OK, form, &answer)
}

/// `POST /phone/v1/answers`: steps 6 and 7, yes or no.
pub(super) async fn answer(
    services: Shared,
    message: Message<v1::Envelope>,
) -> Result<HttpResponse, Problem> {
    let Message { content, form } = message;
    let (signed, payload) = envelope::open::<v1::LoginAnswer>(content, dsse::LOGIN_ANSWER)?;
    let answer = v1::AnswerAccepted {
        attempt_id: payload.attempt_id.clone(),
        decision: payload.decision,
        server_time: services.clock.now().millis(),
    };
    let input = read_answer(signed, payload)?;
    let server = Arc::clone(&services);
    to_the_end(&services, async move { login::answer(&server, &input).await }).await?;
    reply(StatusCode::OK, form, &answer)
}

/// The answer in the bytes that were kept of it.
pub(in super::super) fn read_kept_answer(payload: Vec<u8>, signature: Vec<u8>) -> Option<AnswerInput> {
    let signature = v1::Signature { sig: signature, ..v1::Signature::default() };
    let kept =
        v1::Envelope { payload_type: dsse::LOGIN_ANSWER.to_owned(), payload, signatures: vec![signature] };
    bounds::check(&kept).ok()?;
    let (signed, payload) = envelope::open::<v1::LoginAnswer>(kept, dsse::LOGIN_ANSWER).ok()?;
    read_answer(signed, payload).ok()
}

fn read_answer(signed: SignedBytes, payload: v1::LoginAnswer) -> Result<AnswerInput, Problem> {
    let attempt_id = payload.attempt_id.parse().map_err(|_| Problem::new(ErrorCode::AttemptUnknown))?;
    trail::note(|trail| trail.attempt = Some(attempt_id));
    let decision = read_decision(&payload)?;
    let flow = read_flow(payload.flow()).ok_or(Problem::new(ErrorCode::AnswerInvalid))?;
    Ok(AnswerInput {
        signed,
        claims: envelope::claims(payload.context)?,
        attempt_id,
        client_id: payload.client_id,
        decision,
        flow,
        display_sha256: payload.display_sha256.clone(),
    })
}

/// What leads the phone to an attempt, taken out of its envelope.
fn read_lead<P: prost::Message + Bounded + Default>(
    (request, services): (&HttpRequest, &Services),
    message: v1::Envelope,
    purpose: &'static str,
    read: fn(P) -> (Option<v1::SignedContext>, String),
) -> Result<ScanInput, Problem> {
    let (signed, payload) = envelope::open::<P>(message, purpose)?;
    let (context, text) = read(payload);
    note_lead(services, &text);
    Ok(ScanInput { signed, claims: envelope::claims(context)?, text, place: place_of(request, services) })
}

/// The attempt that a frame or an id leads to; whether it is one of ours, the flow finds out.
fn note_lead(services: &Services, text: &str) {
    let frame = Frame::parse(&services.issuer, text);
    let attempt = frame.map(|frame| frame.attempt_id).or_else(|| text.parse().ok());
    trail::note(|trail| (trail.attempt, trail.frame) = (attempt, frame.map(|frame| frame.number)));
}

/// What the phone shows, whatever led it to the attempt.
fn challenge(services: &Services, claimed: Challenge) -> v1::LoginChallenge {
    let return_url = login::return_url(services, claimed.attempt.id, &claimed.scan);
    v1::LoginChallenge {
        return_url: return_url.unwrap_or_default(),
        os_warning: claimed.os_warning.map(|warning| v1::OsWarning {
            needs: warning.needs.to_string(),
            blocked_from: warning.blocked_from.map_or(0, Timestamp::millis),
        }),
        attempt_id: claimed.attempt.id.to_string(),
        server_nonce: claimed.scan.server_nonce.to_vec(),
        client_id: claimed.client.id,
        client_name: claimed.client.name,
        company_name: claimed.company_name,
        expires_at: claimed.attempt.answer_until().millis(),
        begun_at: claimed.attempt.begun_at.millis(),
        flow: flow(claimed.scan.flow).into(),
        place: claimed.place,
        browser: claimed.attempt.browser,
        display_text: claimed.scan.display_text,
        numbers: choices(claimed.scan.numbers),
        server_time: services.clock.now().millis(),
    }
}

const fn read_flow(flow: v1::Flow) -> Option<Flow> {
    match flow {
        v1::Flow::Unspecified => None,
        v1::Flow::Qr => Some(Flow::Qr),
        v1::Flow::Push => Some(Flow::Push),
        v1::Flow::SameDevice => Some(Flow::SameDevice),
        v1::Flow::Typed => Some(Flow::Typed),
    }
}

const fn flow(flow: Flow) -> v1::Flow {
    match flow {
        Flow::Qr => v1::Flow::Qr,
        Flow::Push => v1::Flow::Push,
        Flow::SameDevice => v1::Flow::SameDevice,
        Flow::Typed => v1::Flow::Typed,
    }
}

pub(super) fn choices(numbers: Option<NumberMatch>) -> Vec<i32> {
    numbers.map(|numbers| numbers.choices().map(i32::from).to_vec()).unwrap_or_default()
}

fn read_decision(payload: &v1::LoginAnswer) -> Result<Decision, Problem> {
    match (payload.decision(), payload.deny_reason(), payload.number_picked) {
        (v1::Decision::Approve, v1::DenyReason::Unspecified, picked) => Ok(Decision::Approve(picked)),
        (v1::Decision::Deny, v1::DenyReason::Mistake, None) => Ok(Decision::Deny(DenyReason::Mistake)),
        (v1::Decision::Deny, v1::DenyReason::NotMe, None) => Ok(Decision::Deny(DenyReason::NotMe)),
        _ => Err(Problem::new(ErrorCode::AnswerInvalid)),
    }
}
