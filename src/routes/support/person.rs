//! The page of a person: who, with which phones, and what happened.

use std::collections::HashSet;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::message::Form;
use super::super::extract::query::parameter;
use super::super::extract::staff::Supporting;
use super::super::login::see_other;
use super::super::pages::{
    Deed, Fact, Link, Moment, SupportPersonPage, access_key, language_links, page, role_key, time_text,
};
use super::super::{Problem, Shared, to_the_end};
use super::explain::{error_moment, letter, moment};
use super::{framed, id_in, invitation_key};
use crate::domain::device::DeviceState;
use crate::domain::ids::{DeviceId, PersonId};
use crate::domain::invitation::InvitationState;
use crate::domain::person::PhoneNumber;
use crate::domain::time::Timestamp;
use crate::flows::Services;
use crate::flows::support::Supporter;
use crate::flows::support::act::{self, Action};
use crate::flows::support::look::{self, EVENTS, Event, PersonStory};
use crate::texts::Texts;

/// `GET /support/people/{person}?until=…`.
pub(super) async fn show(
    request: HttpRequest,
    services: Shared,
    Supporting(supporter): Supporting,
    path: Path<String>,
) -> Result<HttpResponse, Problem> {
    let until = parameter(&request, "until").parse().ok().map(Timestamp::from_millis);
    let story = look::person(&services, id_in(&path)?, until).await?;
    let frame = framed(&request, &services, &supporter);
    let text = frame.text;
    let place = format!("/support/people/{}", story.person.id);
    let shown = SupportPersonPage {
        name: story.person.name.clone(),
        warning: warning(text, &story),
        facts: facts(text, &story),
        devices: devices(text, &story),
        activations: activations(&services, text, &story),
        older_href: older(&place, &story),
        letters: story.letters.iter().map(|posted| letter(text, posted)).collect(),
        deeds: deeds(text, &place, &story),
        moments: moments(text, &story),
        language_links: language_links(&request, text.0),
        text,
        frame,
    };
    page(StatusCode::OK, &shown)
}

fn warning(text: Texts, story: &PersonStory) -> String {
    match (story.blocked_at, story.role) {
        (Some(since), _) => text.with("support-blocked-since", "time", &time_text(since)),
        (None, Some(_)) => text.get("support-on-staff"),
        (None, None) => String::new(),
    }
}

fn facts(text: Texts, story: &PersonStory) -> Vec<Fact> {
    let fact = |key: &str, value: String| Fact { label: text.get(key), value };
    let person = &story.person;
    let phone = person.phone.as_ref().map_or_else(|| text.get("account-phone-none"), PhoneNumber::masked);
    let mut facts = vec![
        fact("admin-email", if person.email.is_empty() { String::new() } else { person.masked_email() }),
        fact("admin-phone", phone),
        fact("admin-language", person.language.own_name().to_owned()),
    ];
    for place in &story.places {
        let company = if place.is_basic {
            text.with("account-basic-company", "company", &place.company_name)
        } else {
            place.company_name.clone()
        };
        let rights =
            format!("{company}: {}, {}", text.get(role_key(place.role)), text.get(access_key(place.access)));
        facts.push(fact("support-fact-company", rights));
    }
    facts
}

fn devices(text: Texts, story: &PersonStory) -> Vec<Link> {
    let link = |device: &crate::domain::device::Device| {
        let state =
            if device.state == DeviceState::Active { "admin-device-active" } else { "admin-device-removed" };
        let said = &device.facts;
        Link {
            href: format!("/support/devices/{}", device.id),
            name: device.name.clone(),
            note: format!(
                "{} {}, {} {}, {}",
                said.brand,
                said.model,
                said.platform.name(),
                said.os_version,
                text.get(state)
            ),
        }
    };
    story.devices.iter().map(link).collect()
}

fn activations(services: &Services, text: Texts, story: &PersonStory) -> Vec<Link> {
    let now = services.clock.now();
    let link = |invited: &look::Invited| Link {
        href: match invited.invitation.state {
            InvitationState::Claimed(id) | InvitationState::Redeemed(id) => {
                format!("/support/enrolments/{id}")
            }
            InvitationState::Open | InvitationState::Void => String::new(),
        },
        name: time_text(invited.sent_at),
        note: text.get(invitation_key(&invited.invitation, now)),
    };
    story.invitations.iter().map(link).collect()
}

/// One line for each attempt and each enrolment: what came of it last. Everything else stands for itself.
fn moments(text: Texts, story: &PersonStory) -> Vec<Moment> {
    let mut told = HashSet::new();
    let mut moments: Vec<Moment> = Vec::new();
    for event in &story.events {
        let Some(place) = place_of(event) else {
            moments.push(moment(text, event));
            continue;
        };
        if told.insert(place.clone()) {
            moments.push(Moment { href: place, ..moment(text, event) });
        }
    }
    moments.extend(story.errors.iter().map(|error| error_moment(text, error)));
    moments.sort_by_key(|moment| std::cmp::Reverse(moment.at.0.millis()));
    moments
}

/// The page that tells the rest of the story of an event.
fn place_of(event: &Event) -> Option<String> {
    let attempt = event.attempt_id.as_ref().map(|id| format!("/support/attempts/{id}"));
    attempt.or_else(|| event.enrolment_id.as_ref().map(|id| format!("/support/enrolments/{id}")))
}

fn older(place: &str, story: &PersonStory) -> String {
    let is_full = i64::try_from(story.events.len()).is_ok_and(|found| found >= EVENTS);
    let oldest = story.events.last().filter(|_| is_full);
    oldest.map(|event| format!("{place}?until={}", event.at)).unwrap_or_default()
}

fn deeds(text: Texts, place: &str, story: &PersonStory) -> Vec<Deed> {
    let has_open = story.invitations.iter().any(|invited| {
        matches!(invited.invitation.state, InvitationState::Open | InvitationState::Claimed(_))
    });
    let deed = |id: &'static str| Deed {
        href: format!("{place}/{id}"),
        label: text.get(&format!("support-do-{id}")),
        explanation: text.get(&format!("support-do-{id}-text")),
        id,
    };
    let mut deeds = vec![deed("invitation")];
    if has_open {
        deeds.push(deed("cancellation"));
    }
    if story.is_signed_in {
        deeds.push(deed("sign-out"));
    }
    deeds.push(deed(if story.blocked_at.is_some() { "unblock" } else { "block" }));
    deeds
}

#[derive(Deserialize)]
pub(super) struct Reason {
    #[serde(default)]
    reason: String,
}

/// `POST /support/people/{person}/invitation`: a new invitation.
pub(super) async fn invite(
    services: Shared,
    Supporting(supporter): Supporting,
    path: Path<String>,
    Form(form): Form<Reason>,
) -> Result<HttpResponse, Problem> {
    perform(&services, supporter, (id_in(&path)?, Action::Resend), form).await
}

/// `POST /support/people/{person}/cancellation`: no invitation any longer.
pub(super) async fn cancel_invitation(
    services: Shared,
    Supporting(supporter): Supporting,
    path: Path<String>,
    Form(form): Form<Reason>,
) -> Result<HttpResponse, Problem> {
    perform(&services, supporter, (id_in(&path)?, Action::CancelInvitation), form).await
}

/// `POST /support/people/{person}/sign-out`: everywhere.
pub(super) async fn sign_out(
    services: Shared,
    Supporting(supporter): Supporting,
    path: Path<String>,
    Form(form): Form<Reason>,
) -> Result<HttpResponse, Problem> {
    perform(&services, supporter, (id_in(&path)?, Action::EndSessions), form).await
}

/// `POST /support/people/{person}/block`.
pub(super) async fn block(
    services: Shared,
    Supporting(supporter): Supporting,
    path: Path<String>,
    Form(form): Form<Reason>,
) -> Result<HttpResponse, Problem> {
    perform(&services, supporter, (id_in(&path)?, Action::Block), form).await
}

/// `POST /support/people/{person}/unblock`.
pub(super) async fn unblock(
    services: Shared,
    Supporting(supporter): Supporting,
    path: Path<String>,
    Form(form): Form<Reason>,
) -> Result<HttpResponse, Problem> {
    perform(&services, supporter, (id_in(&path)?, Action::Unblock), form).await
}

/// `POST /support/devices/{device}/revocation`.
pub(super) async fn revoke_device(
    services: Shared,
    Supporting(supporter): Supporting,
    path: Path<String>,
    Form(form): Form<Reason>,
) -> Result<HttpResponse, Problem> {
    let device: DeviceId = id_in(&path)?;
    let owner = look::device(&services, device).await?.owner.person.id;
    perform(&services, supporter, (owner, Action::RevokeDevice(device)), form).await
}

/// Acts, and goes back to the person's page.
async fn perform(
    services: &Shared,
    supporter: Supporter,
    (person, action): (PersonId, Action),
    form: Reason,
) -> Result<HttpResponse, Problem> {
    let server = Arc::clone(services);
    let flow = async move { act::act(&server, &supporter, (person, action), &form.reason).await };
    to_the_end(services, flow).await?;
    Ok(see_other(&format!("/support/people/{person}?done=1")))
}
