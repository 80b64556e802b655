//! The pages of a device, an enrolment, an attempt and an error.

use std::fmt::Write as _;

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use super::super::extract::staff::Supporting;
use super::super::pages::{
    Deed, Fact, Link, Moment, PageTime, SupportStoryPage, Supported, language_links, os_note, page, time_text,
};
use super::super::{Problem, Shared};
use super::explain::{error_facts, error_moment, error_tell, error_text, letter, moment, title};
use super::{framed, id_in, state_key};
use crate::domain::activation::EnrolmentState;
use crate::domain::device::{Device, DeviceState};
use crate::domain::error_code::ErrorCode;
use crate::flows::Services;
use crate::flows::support::look::{self, AttemptStory, DeviceStory, EnrolmentStory, ErrorStory, Owner};
use crate::texts::Texts;

/// `GET /support/devices/{device}`.
pub(super) async fn device(
    request: HttpRequest,
    services: Shared,
    Supporting(supporter): Supporting,
    path: Path<String>,
) -> Result<HttpResponse, Problem> {
    let story = look::device(&services, id_in(&path)?).await?;
    let frame = framed(&request, &services, &supporter);
    let text = frame.text;
    let moments = story.events.iter().map(|event| moment(text, event)).collect();
    let deeds = device_deeds(text, &story);
    let shown = SupportStoryPage {
        heading: story.device.name.clone(),
        warning: if story.device.state == DeviceState::Revoked {
            text.get("support-device-revoked")
        } else {
            os_note(&services, text, &story.device.facts)
        },
        links: vec![owner_link(text, &story.owner)],
        facts: device_facts(&services, text, &story),
        moments,
        deeds,
        ..blank(&request, frame)
    };
    page(StatusCode::OK, &shown)
}

/// `GET /support/enrolments/{enrolment}`.
pub(super) async fn enrolment(
    request: HttpRequest,
    services: Shared,
    Supporting(supporter): Supporting,
    path: Path<String>,
) -> Result<HttpResponse, Problem> {
    let story = look::enrolment(&services, id_in(&path)?).await?;
    let frame = framed(&request, &services, &supporter);
    let text = frame.text;
    let mut links = vec![owner_link(text, &story.owner)];
    if let EnrolmentState::Enrolled { device_id, .. } = story.enrolment.state {
        links.push(Link {
            href: format!("/support/devices/{device_id}"),
            name: text.get("support-to-device"),
            note: String::new(),
        });
    }
    let shown = SupportStoryPage {
        heading: text.with("support-enrolment-of", "name", &story.owner.person.name),
        lead: text.get(&state_key(&story.enrolment, services.clock.now())),
        links,
        facts: enrolment_facts(&services, text, &story),
        moments: enrolment_moments(text, &story),
        ..blank(&request, frame)
    };
    page(StatusCode::OK, &shown)
}

/// `GET /support/attempts/{attempt}`.
pub(super) async fn attempt(
    request: HttpRequest,
    services: Shared,
    Supporting(supporter): Supporting,
    path: Path<String>,
) -> Result<HttpResponse, Problem> {
    let story = look::attempt(&services, id_in(&path)?).await?;
    let frame = framed(&request, &services, &supporter);
    let text = frame.text;
    let mut links: Vec<Link> = story.owner.iter().map(|owner| owner_link(text, owner)).collect();
    links.extend(story.device.as_ref().map(device_link));
    let last = story.events.last().map(|event| title(text, event)).unwrap_or_default();
    let shown = SupportStoryPage {
        heading: match &story.owner {
            Some(owner) => text.with("support-attempt-of", "name", &owner.person.name),
            None => text.get("support-attempt-of-nobody"),
        },
        lead: text.with("support-attempt-last", "last", &last),
        links,
        facts: attempt_facts(&services, text, &story),
        moments: attempt_moments(text, &story),
        ..blank(&request, frame)
    };
    page(StatusCode::OK, &shown)
}

/// `GET /support/errors/{reference}`: what the caller reads aloud leads here.
pub(super) async fn error(
    request: HttpRequest,
    services: Shared,
    Supporting(supporter): Supporting,
    path: Path<String>,
) -> Result<HttpResponse, Problem> {
    let reference = path.parse().map_err(|_| Problem::new(ErrorCode::PageNotFound))?;
    let ErrorStory { error, owner } = look::error(&services, reference).await?;
    let frame = framed(&request, &services, &supporter);
    let text = frame.text;
    let (heading, quote) = error_text(text, &error);
    let mut links: Vec<Link> = owner.iter().map(|owner| owner_link(text, owner)).collect();
    let places = [
        ("support-to-attempt", "attempts", error.attempt.map(|id| id.to_string())),
        ("support-to-enrolment", "enrolments", error.enrolment.map(|id| id.to_string())),
        ("support-to-device", "devices", error.device.map(|id| id.to_string())),
    ];
    links.extend(places.into_iter().filter_map(|(key, place, id)| {
        Some(Link { href: format!("/support/{place}/{}", id?), name: text.get(key), note: String::new() })
    }));
    let mut facts = error_facts(text, &error);
    facts.push(Fact { label: text.get("support-fact-time"), value: time_text(error.at) });
    facts.push(Fact { label: text.get("support-fact-code"), value: error.code.clone() });
    facts.push(Fact { label: text.get("support-fact-route"), value: error.route.clone() });
    let shown = SupportStoryPage {
        heading,
        lead: if owner.is_none() { text.get("support-error-nobody") } else { String::new() },
        quote,
        tell: error_tell(text, &error),
        links,
        facts,
        ..blank(&request, frame)
    };
    page(StatusCode::OK, &shown)
}

fn blank(request: &HttpRequest, frame: Supported) -> SupportStoryPage {
    SupportStoryPage {
        text: frame.text,
        language_links: language_links(request, frame.text.0),
        frame,
        heading: String::new(),
        warning: String::new(),
        lead: String::new(),
        quote: String::new(),
        tell: String::new(),
        links: Vec::new(),
        facts: Vec::new(),
        moments: Vec::new(),
        deeds: Vec::new(),
    }
}

fn owner_link(text: Texts, owner: &Owner) -> Link {
    let company = owner.home.as_ref().map(|(_, company)| company.name.clone()).unwrap_or_default();
    Link {
        href: format!("/support/people/{}", owner.person.id),
        name: owner.person.name.clone(),
        note: if owner.blocked_at.is_some() { text.get("support-blocked") } else { company },
    }
}

fn device_link(device: &Device) -> Link {
    Link {
        href: format!("/support/devices/{}", device.id),
        name: device.name.clone(),
        note: format!("{} {}", device.facts.brand, device.facts.model),
    }
}

fn device_deeds(text: Texts, story: &DeviceStory) -> Vec<Deed> {
    if story.device.state == DeviceState::Revoked {
        return Vec::new();
    }
    vec![Deed {
        href: format!("/support/devices/{}/revocation", story.device.id),
        label: text.get("support-do-revoke"),
        explanation: text.get("support-do-revoke-text"),
        id: "revoke",
    }]
}

fn device_facts(services: &Services, text: Texts, story: &DeviceStory) -> Vec<Fact> {
    let device = &story.device;
    let fact = |key: &str, value: String| Fact { label: text.get(key), value };
    let now = services.clock.now();
    let push = story.push.map_or_else(
        || text.get("support-push-none"),
        |(provider, since)| {
            text.fill("support-push-since", &[("provider", provider.key()), ("time", &time_text(since))])
        },
    );
    let thumbprint = device.thumbprint.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    let origin =
        if device.enrolment_id.is_some() { "support-origin-invitation" } else { "support-origin-move" };
    let mut facts = vec![
        fact("support-fact-model", format!("{} {}", device.facts.brand, device.facts.model)),
        fact("support-fact-os", format!("{} {}", device.facts.platform.name(), device.facts.os_version)),
        fact("support-fact-app", device.facts.app_version.clone()),
        fact("support-fact-enrolled", format!("{}, {}", time_text(device.created_at), text.get(origin))),
        fact("support-fact-seen", time_text(device.last_seen_at)),
        fact("support-fact-push", push),
        fact("support-fact-thumbprint", thumbprint),
    ];
    if now < device.probation_until {
        facts.push(fact("support-fact-probation", time_text(device.probation_until)));
    }
    for visit in story.visits.iter().take(5) {
        let place = services.atlas.describe(&visit.place);
        let value =
            format!("{}: {}, {}, {place}", time_text(visit.signed_in_at), visit.client_name, visit.browser);
        facts.push(fact("support-fact-visit", value));
    }
    facts
}

fn enrolment_facts(services: &Services, text: Texts, story: &EnrolmentStory) -> Vec<Fact> {
    let said = &story.enrolment.facts;
    let fact = |key: &str, value: String| Fact { label: text.get(key), value };
    let note = os_note(services, text, said);
    let verdict = if note.is_empty() { text.get("support-os-fine") } else { note };
    let os = format!("{} {}: {verdict}", said.platform.name(), said.os_version);
    vec![
        fact("support-fact-model", format!("{} {}", said.brand, said.model)),
        fact("support-fact-os", os),
        fact("support-fact-app", said.app_version.clone()),
        fact("support-fact-tries", story.enrolment.tries_left().to_string()),
        fact("support-fact-until", time_text(story.enrolment.expires_at)),
    ]
}

fn enrolment_moments(text: Texts, story: &EnrolmentStory) -> Vec<Moment> {
    let mut moments = Vec::new();
    if let Some(invited) = &story.invited {
        moments.push(Moment {
            at: PageTime(invited.sent_at),
            tone: "plain",
            title: text.get("support-event-invitation-sent"),
            quote: String::new(),
            tell: text.get("support-tell-invitation-sent"),
            facts: Vec::new(),
            by: invited.inviter.clone().unwrap_or_default(),
            href: String::new(),
        });
    }
    moments.extend(story.events.iter().map(|event| moment(text, event)));
    moments.extend(story.letters.iter().map(|posted| letter(text, posted)));
    moments.extend(story.errors.iter().map(|error| error_moment(text, error)));
    in_order(moments)
}

fn attempt_facts(services: &Services, text: Texts, story: &AttemptStory) -> Vec<Fact> {
    let Some(known) = &story.facts else { return Vec::new() };
    let fact = |key: &str, value: String| Fact { label: text.get(key), value };
    let mut facts = vec![
        fact("support-fact-application", known.client_name.clone()),
        fact("support-fact-browser", known.browser.clone()),
        fact("support-fact-place", services.atlas.describe(&known.place)),
    ];
    if let Some(place) = &known.phone_place {
        facts.push(fact("support-fact-phone-place", services.atlas.describe(place)));
    }
    if let Some(way) = known.flow.as_ref().and_then(|flow| text.find(&format!("support-flow-{flow}"))) {
        facts.push(fact("support-fact-flow", way));
    }
    facts
}

fn attempt_moments(text: Texts, story: &AttemptStory) -> Vec<Moment> {
    let events = story.events.iter().chain(&story.later).map(|event| moment(text, event));
    let letters = story.letters.iter().map(|posted| letter(text, posted));
    let errors = story.errors.iter().map(|error| error_moment(text, error));
    in_order(events.chain(letters).chain(errors).collect())
}

fn in_order(mut moments: Vec<Moment>) -> Vec<Moment> {
    moments.sort_by_key(|moment| moment.at.0.millis());
    moments
}
