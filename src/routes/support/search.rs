//! The search: by whatever a caller says. Filters stand in the address, so that a search can be kept and passed on.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::message::Form;
use super::super::extract::query::parameter;
use super::super::extract::staff::Supporting;
use super::super::login::see_other;
use super::super::pages::{Choice, Filters, Link, SupportSearchPage, View, language_links, page, time_text};
use super::super::{Problem, Shared, to_the_end};
use super::framed;
use crate::domain::company::Company;
use crate::domain::device::DeviceState;
use crate::domain::platform::Platform;
use crate::domain::text::shortened;
use crate::flows::support::search::{self, FoundPerson, FoundPhone, One, Page, Place, Results, Wish};
use crate::flows::support::views;
use crate::texts::Texts;

const LONGEST_QUERY: usize = 100;
const DAYS: [u64; 3] = [1, 7, 30];

/// The filters that an address may have, besides the places where pages begin.
const FILTERS: [&str; 7] = ["q", "company", "platform", "os", "app", "state", "seen"];

/// `GET /support?q=…`.
pub(super) async fn show(
    request: HttpRequest,
    services: Shared,
    Supporting(supporter): Supporting,
) -> Result<HttpResponse, Problem> {
    let wish = wish(&request);
    let (people, companies, phones, company) = match search::search(&services, &wish).await? {
        Results::One(found) => return Ok(see_other(&page_of(found))),
        Results::Lists { people, companies, phones, company } => (people, companies, phones, company),
    };
    let frame = framed(&request, &services, &supporter);
    let text = frame.text;
    let views = views::list(&services, &supporter).await?;
    let kept = kept_query(&request);
    let is_empty = people.found.is_empty() && companies.is_empty() && phones.found.is_empty();
    let shown = SupportSearchPage {
        nothing: if is_empty && !kept.is_empty() { text.get("support-nothing") } else { String::new() },
        people_href: next_href(&request, "people", &people),
        people: people.found.into_iter().map(|person| person_link(text, person)).collect(),
        companies: companies
            .into_iter()
            .map(|found| Link {
                href: format!("/support?company={}", found.id),
                name: found.name,
                note: String::new(),
            })
            .collect(),
        phones_href: next_href(&request, "phones", &phones),
        phones: phones.found.into_iter().map(|phone| phone_link(text, phone)).collect(),
        filters: filters(&request, text, &wish, company),
        views: views
            .into_iter()
            .map(|view| View { href: format!("/support?{}", view.query), name: view.name })
            .collect(),
        kept,
        query: wish.query,
        language_links: language_links(&request, text.0),
        text,
        frame,
    };
    page(StatusCode::OK, &shown)
}

/// The page of the one thing that was named.
fn page_of(found: One) -> String {
    match found {
        One::Error(reference) => format!("/support/errors/{reference}"),
        One::Person(id) => format!("/support/people/{id}"),
        One::Device(id) => format!("/support/devices/{id}"),
        One::Enrolment(id) => format!("/support/enrolments/{id}"),
        One::Attempt(id) => format!("/support/attempts/{id}"),
    }
}

/// The fields that narrow a search, as they stand.
fn filters(request: &HttpRequest, text: Texts, wish: &Wish, company: Option<Company>) -> Filters {
    let platforms = [("", "support-any"), ("android", "support-android"), ("ios", "support-ios")];
    let states =
        [("", "support-any"), ("active", "admin-device-active"), ("revoked", "admin-device-removed")];
    let seen = [
        ("", "support-any"),
        ("1", "support-seen-day"),
        ("7", "support-seen-week"),
        ("30", "support-seen-month"),
    ];
    Filters {
        company_name: company.map(|company| company.name).unwrap_or_default(),
        company_id: wish.company.map(|id| id.to_string()).unwrap_or_default(),
        platforms: choices(text, &platforms, wish.platform.map_or("", Platform::key)),
        states: choices(text, &states, wish.state.map_or("", DeviceState::key)),
        seen: choices(text, &seen, &parameter(request, "seen")),
        are_set: FILTERS.iter().skip(2).any(|name| !parameter(request, name).is_empty()),
        os_version: wish.os_version.clone(),
        app_version: wish.app_version.clone(),
    }
}

fn wish(request: &HttpRequest) -> Wish {
    let given = |name| shortened(&parameter(request, name), LONGEST_QUERY);
    let place = |name| {
        let text = given(name);
        text.rsplit_once('~')
            .map(|(key, id)| Place { key: key.to_owned(), id: id.to_owned() })
            .unwrap_or_default()
    };
    Wish {
        query: given("q"),
        company: given("company").parse().ok(),
        platform: Platform::from_key(&given("platform")),
        os_version: given("os").trim().to_owned(),
        app_version: given("app").trim().to_owned(),
        state: DeviceState::from_key(&given("state")),
        seen_days: given("seen").parse().ok().filter(|days| DAYS.contains(days)),
        people_after: place("people"),
        phones_after: place("phones"),
    }
}

/// The filters of an address without what is empty, as an address has them.
fn kept_query(request: &HttpRequest) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for name in FILTERS {
        let value = parameter(request, name);
        if !value.is_empty() {
            query.append_pair(name, &value);
        }
    }
    query.finish()
}

fn next_href<T>(request: &HttpRequest, name: &str, page: &Page<T>) -> String {
    let Some(next) = &page.next else { return String::new() };
    let mut query = url::form_urlencoded::Serializer::new(kept_query(request));
    query.append_pair(name, &format!("{}~{}", next.key, next.id));
    format!("/support?{}", query.finish())
}

fn choices(text: Texts, all: &[(&'static str, &str)], chosen: &str) -> Vec<Choice> {
    let choice = |(value, key): &(&'static str, &str)| Choice {
        value,
        label: text.get(key),
        is_chosen: *value == chosen,
    };
    all.iter().map(choice).collect()
}

fn person_link(text: Texts, person: FoundPerson) -> Link {
    let note = if person.is_blocked { text.get("support-blocked") } else { person.company };
    Link { href: format!("/support/people/{}", person.id), name: person.name, note }
}

fn phone_link(text: Texts, phone: FoundPhone) -> Link {
    let state =
        if phone.state == DeviceState::Active { "admin-device-active" } else { "admin-device-removed" };
    let said = &phone.facts;
    Link {
        href: format!("/support/devices/{}", phone.id),
        note: format!(
            "{} {}, {} {}, {}, {}, {}",
            said.brand,
            said.model,
            said.platform.name(),
            said.os_version,
            said.app_version,
            text.get(state),
            time_text(phone.last_seen_at)
        ),
        name: phone.person,
    }
}

#[derive(Deserialize)]
pub(super) struct NewView {
    #[serde(default)]
    name: String,
    #[serde(default)]
    query: String,
}

/// `POST /support/views`: keeps a search under a name; without a search, the name is forgotten.
pub(super) async fn keep_view(
    services: Shared,
    Supporting(supporter): Supporting,
    Form(form): Form<NewView>,
) -> Result<HttpResponse, Problem> {
    let server = Arc::clone(&services);
    let back =
        if form.query.is_empty() { "/support".to_owned() } else { format!("/support?{}", tidy(&form.query)) };
    let flow = async move { views::keep(&server, &supporter, &form.name, &tidy(&form.query)).await };
    to_the_end(&services, flow).await?;
    Ok(see_other(&back))
}

/// The filters in a query, and nothing else.
fn tidy(query: &str) -> String {
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let known = pairs.filter(|(name, value)| FILTERS.contains(&name.as_ref()) && !value.is_empty());
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(known).finish()
}
