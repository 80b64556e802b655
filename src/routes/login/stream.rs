//! What the waiting page hears: an event stream, and the same as one answer for pages that lost it (step 8).

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Serialize;

use super::super::extract::query::OwnAttempt;
use super::super::{Problem, Shared};
use crate::domain::frame::FRAME_SHOWN;
use crate::domain::login::{Attempt, AttemptState, Flow};
use crate::domain::time::Timestamp;
use crate::flows::Services;
use crate::flows::login::{self, BrowserSecret};
use crate::store::wake::Wait;

/// How often the database is read again without a wake-up, in frames: a wake-up that was lost costs no more than this.
const FRAMES_BETWEEN_READS: u32 = 30;

/// Streams speak at whole multiples of this, in milliseconds, so that the server wakes up for many of them together.
const TICK: i64 = 10;

/// The attempt as the page knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct AttemptView {
    /// `waiting`, `scanned`, `approved`, `returning` (approved in the app on the same phone, which leads back here), `denied`, `expired`, `cancelled` `collected` or `elsewhere` (with another identity provider).
    pub(super) state: &'static str,
    /// The link in the QR code, while waiting.
    pub(super) frame: String,
    /// The phone that scanned, masked.
    pub(super) device_name: String,
    /// What its owner must pick there, after the scan; empty where page and app are on one phone.
    pub(super) number: String,
    /// `mistake`, `not-me` or `wrong-number`, after a denial.
    pub(super) deny_reason: &'static str,
    /// Where to go on, after an approval.
    pub(super) location: String,
}

impl AttemptView {
    /// The attempt as it stands now.
    pub(super) fn of(services: &Services, attempt: &Attempt) -> Self {
        let plain = |state| Self {
            state,
            frame: String::new(),
            device_name: String::new(),
            number: String::new(),
            deny_reason: "",
            location: String::new(),
        };
        if attempt.is_expired(services.clock.now()) {
            return plain("expired");
        }
        match &attempt.state {
            AttemptState::Waiting => Self { frame: login::frame_link(services, attempt), ..plain("waiting") },
            AttemptState::Scanned(scan) => Self {
                device_name: scan.masked_device_name.clone(),
                number: scan.numbers.map(|numbers| numbers.right().to_string()).unwrap_or_default(),
                ..plain("scanned")
            },
            AttemptState::Elsewhere(_) => plain("elsewhere"),
            AttemptState::Approved { approval, .. }
                if approval.scan().is_some_and(|scan| scan.flow == Flow::SameDevice) =>
            {
                plain("returning")
            }
            AttemptState::Approved { approval, .. } | AttemptState::SecondFactor { approval, .. } => Self {
                device_name: approval.scan().map(|scan| scan.masked_device_name.clone()).unwrap_or_default(),
                location: format!("/login/collect?attempt={}", attempt.id),
                ..plain("approved")
            },
            AttemptState::Denied { reason, .. } => Self { deny_reason: reason.key(), ..plain("denied") },
            AttemptState::Cancelled => plain("cancelled"),
            AttemptState::Collected(_) => Self {
                location: format!("/oauth2/resume?request={}", attempt.request_id),
                ..plain("collected")
            },
        }
    }

    fn is_final(&self) -> bool {
        !matches!(self.state, "waiting" | "scanned" | "returning")
    }
}

/// `GET /login/state?attempt=…`: how the attempt stands.
pub(super) async fn state(services: Shared, own: OwnAttempt) -> Result<HttpResponse, Problem> {
    let OwnAttempt { id, secret } = own;
    let attempt = login::watch(&services, id, &secret).await?;
    let view = AttemptView::of(&services, &attempt);
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(view))
}

/// `GET /login/events?attempt=…`: a `frame` each second while waiting, a `state` at every change; ends with the attempt.
pub(super) async fn events(services: Shared, own: OwnAttempt) -> Result<HttpResponse, Problem> {
    let OwnAttempt { id, secret } = own;
    let wait = services.wakes.wait(id);
    let attempt = login::watch(&services, id, &secret).await?;
    let watch = Watch { services, wait, attempt, secret, told: None, frames: 0, has_ended: false };
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(watch.into_stream()))
}

/// One open stream.
struct Watch {
    services: Shared,
    wait: Wait,
    attempt: Attempt,
    secret: BrowserSecret,
    told: Option<&'static str>,
    frames: u32,
    has_ended: bool,
}

impl Watch {
    fn into_stream(self) -> impl Stream<Item = Result<Bytes, Problem>> {
        unfold(self, |mut watch| async move {
            if watch.has_ended {
                return None;
            }
            let event = watch.next_event().await;
            Some((event, watch))
        })
    }

    async fn next_event(&mut self) -> Result<Bytes, Problem> {
        if self.told.is_some() {
            self.pause().await?;
        }
        let view = AttemptView::of(&self.services, &self.attempt);
        let is_change = self.told != Some(view.state);
        self.has_ended = view.is_final();
        let event = if is_change {
            let json = serde_json::to_string(&view).map_err(Problem::internal)?;
            format!("event: state\ndata: {json}\n\n")
        } else if view.frame.is_empty() {
            ": still here\n\n".to_owned()
        } else {
            format!("event: frame\ndata: {}\n\n", view.frame)
        };
        self.told = Some(view.state);
        Ok(Bytes::from(event))
    }

    /// Waits for the next frame or for a change, whichever comes first.
    async fn pause(&mut self) -> Result<(), Problem> {
        let is_woken = tokio::select! {
            () = self.wait.woken() => true,
            () = tokio::time::sleep(until_next_frame(&self.services, &self.attempt)) => false,
        };
        self.frames += 1;
        if is_woken || self.frames.is_multiple_of(FRAMES_BETWEEN_READS) {
            // In a box of its own: a stream that waits does not hold the room that reading takes.
            self.attempt = Box::pin(login::watch(&self.services, self.attempt.id, &self.secret)).await?;
        }
        Ok(())
    }
}

fn until_next_frame(services: &Services, attempt: &Attempt) -> Duration {
    let now = services.clock.now();
    let frames = now.since(attempt.begun_at).as_secs() / FRAME_SHOWN.as_secs() + 1;
    let due = attempt.begun_at.plus(Duration::from_secs(frames * FRAME_SHOWN.as_secs())).millis();
    let tick = due + (TICK - due.rem_euclid(TICK)) % TICK;
    Timestamp::from_millis(tick).since(now)
}
