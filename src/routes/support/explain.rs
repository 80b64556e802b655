//! The story in plain words: what an event or an error means, and what to tell the caller.

use serde_json::{Map, Value};

use super::super::pages::{Fact, Moment, PageTime};
use crate::domain::error_code::ErrorCode;
use crate::domain::message::Progress;
use crate::domain::platform::Platform;
use crate::domain::time::Timestamp;
use crate::flows::support::look::{ErrorEvent, Event, Posted};
use crate::texts::Texts;

/// Events that need help.
const BAD: [&str; 12] = [
    "identification.refused",
    "identification.unknown",
    "confirmation.wrong",
    "enrolment.locked",
    "attempt.denied",
    "login.refused",
    "second_factor.unreachable",
    "second_factor.wrong",
    "second_factor.locked",
    "refresh.reused",
    "code.reused",
    "support.blocked",
];
/// Events to look at twice.
const ODD: [&str; 6] = [
    "attempt.contested",
    "attempt.cancelled",
    "identification.cancelled",
    "identification.unavailable",
    "second_factor.asked",
    "own.objected",
];
/// Events by which something has come to its good end.
const GOOD: [&str; 4] = ["device.enrolled", "login.success", "second_factor.passed", "enrolment.confirmed"];

fn tone(event: &str) -> &'static str {
    match event {
        _ if BAD.contains(&event) => "bad",
        _ if ODD.contains(&event) => "odd",
        _ if GOOD.contains(&event) => "good",
        _ => "plain",
    }
}

fn key_of(text: &str) -> String {
    text.replace(['.', '_', ' '], "-")
}

/// The text of a kind for an event: the one of its detail, or the general one.
fn text_of(text: Texts, kind: &str, event: &Event) -> Option<String> {
    let name = key_of(&event.event);
    let detail = event.detail.as_deref().map(key_of);
    let special = detail.and_then(|detail| text.find(&format!("support-{kind}-{name}-{detail}")));
    special.or_else(|| text.find(&format!("support-{kind}-{name}")))
}

/// What happened, in a few words.
pub(super) fn title(text: Texts, event: &Event) -> String {
    text_of(text, "event", event)
        .or_else(|| text.find(&format!("admin-history-{}", key_of(&event.event))))
        .unwrap_or_else(|| event.event.clone())
}

/// An event as a page tells it.
pub(super) fn moment(text: Texts, event: &Event) -> Moment {
    Moment {
        at: PageTime(Timestamp::from_millis(event.at)),
        tone: tone(&event.event),
        title: title(text, event),
        quote: String::new(),
        tell: text_of(text, "tell", event).unwrap_or_default(),
        facts: facts(text, event),
        by: event.actor.clone().unwrap_or_default(),
        href: String::new(),
    }
}

/// The values of an event that help to understand it.
fn facts(text: Texts, event: &Event) -> Vec<Fact> {
    let detail = event.detail.clone().unwrap_or_default();
    let fact = |key: &str, value: String| vec![Fact { label: text.get(key), value }];
    match event.event.as_str() {
        "attempt.scanned" => match detail.parse::<u64>() {
            Ok(millis) => fact("support-fact-frame-age", seconds(millis)),
            Err(_) => Vec::new(),
        },
        "attempt.approved" => match text.find(&format!("support-unlocked-{detail}")) {
            Some(method) => fact("support-fact-unlocked", method),
            None => Vec::new(),
        },
        "confirmation.wrong" | "second_factor.wrong" => fact("support-fact-wrong", detail),
        "second_factor.sent" => fact("support-fact-sends", detail),
        "token.issued" | "token.refreshed" | "refresh.reused" | "token.revoked" | "code.reused" => {
            fact("support-fact-application", detail)
        }
        name if name.starts_with("identification.") => fact("support-fact-method", detail),
        name if name.starts_with("support.") => fact("support-fact-reason", detail),
        _ => Vec::new(),
    }
}

/// "0.7 s"
fn seconds(millis: u64) -> String {
    format!("{}.{} s", millis / 1_000, millis % 1_000 / 100)
}

/// A message as a page tells it; never what it says.
pub(super) fn letter(text: Texts, posted: &Posted) -> Moment {
    let kind = posted.kind.key().replace('_', "-");
    let kind =
        text.find(&format!("admin-message-{kind}")).or_else(|| text.find(&format!("support-message-{kind}")));
    let way = text.get(&format!("support-message-by-{}", posted.channel.key()));
    let (tone, state, tell) = match posted.progress {
        Progress::OnItsWay => ("odd", "admin-message-waits", "support-tell-message-waits"),
        Progress::Taken(_) => ("plain", "admin-message-taken", "support-tell-message-taken"),
        Progress::Failed => ("bad", "admin-message-failed", "support-tell-message-failed"),
        Progress::HeldBack => ("bad", "admin-message-held-back", "support-tell-message-held-back"),
    };
    Moment {
        at: PageTime(posted.queued_at),
        tone,
        title: format!("{}, {way}: {}", kind.unwrap_or_default(), text.get(state)),
        quote: String::new(),
        tell: text.get(tell),
        facts: Vec::new(),
        by: String::new(),
        href: String::new(),
    }
}

/// What an error told its reader: title and text.
pub(super) fn error_text(text: Texts, error: &ErrorEvent) -> (String, String) {
    let Some(code) = ErrorCode::ALL.iter().find(|code| code.as_str() == error.code) else {
        return (error.code.clone(), String::new());
    };
    let key = format!("error-{}", code.as_str().replace('_', "-"));
    let values = values_of(error);
    let owned: Vec<(String, String)> = values
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect();
    let pairs: Vec<(&str, &str)> =
        owned.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    (text.fill_named(&format!("{key}-title"), &pairs), text.fill_named(&key, &pairs))
}

fn values_of(error: &ErrorEvent) -> Map<String, Value> {
    serde_json::from_str(&error.detail).unwrap_or_default()
}

/// What to tell whoever met an error.
pub(super) fn error_tell(text: Texts, error: &ErrorEvent) -> String {
    let special = text.find(&format!("support-tell-error-{}", error.code.replace('_', "-")));
    special.unwrap_or_else(|| text.get("support-tell-error"))
}

/// An error as a story tells it.
pub(super) fn error_moment(text: Texts, error: &ErrorEvent) -> Moment {
    let (title, quote) = error_text(text, error);
    Moment {
        at: PageTime(error.at),
        tone: "bad",
        title: text.with("support-error-told", "title", &title),
        quote,
        tell: error_tell(text, error),
        facts: error_facts(text, error),
        by: String::new(),
        href: format!("/support/errors/{}", error.reference),
    }
}

/// The values of an error that help to understand it, its reference first.
pub(super) fn error_facts(text: Texts, error: &ErrorEvent) -> Vec<Fact> {
    let mut facts =
        vec![Fact { label: text.get("support-fact-reference"), value: error.reference.to_string() }];
    if let Some(age) = values_of(error).get("frame_age").and_then(Value::as_str) {
        let value = seconds(age.parse().unwrap_or_default());
        facts.push(Fact { label: text.get("support-fact-frame-age"), value });
    }
    if !error.facts.model.is_empty() {
        let said = &error.facts;
        let platform = Platform::from_key(&said.platform).map(Platform::name).unwrap_or_default();
        let value = format!("{} {}, {platform} {}", said.brand, said.model, said.os_version);
        facts.push(Fact { label: text.get("support-fact-phone"), value });
    }
    facts
}
