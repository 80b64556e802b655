//! The company's approved networks.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::administrator::Managing;
use super::super::extract::message::Form;
use super::super::extract::query::parameter;
use super::super::extract::visitor::place_of;
use super::super::login::see_other;
use super::super::pages::{
    AdminNetworksPage, Choice, HistoryLine, NetworkLine, PageTime, language_links, page,
};
use super::super::{Problem, Shared, to_the_end};
use super::{form_status, managed};
use crate::domain::time::Timestamp;
use crate::flows::people::networks::{self, Approved, DAYS, Networks};
use crate::flows::people::{Administrator, Done, PeopleError};
use crate::texts::Texts;

/// What the form holds.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Typed {
    network: String,
    days: String,
}

#[derive(Deserialize)]
pub(super) struct Removed {
    network: String,
}

/// `GET /admin/{company}/networks`.
pub(super) async fn show(
    request: HttpRequest,
    services: Shared,
    Managing(administrator): Managing,
) -> Result<HttpResponse, Problem> {
    present(&request, &services, &administrator, (Typed::default(), false)).await
}

/// `POST /admin/{company}/networks`.
pub(super) async fn approve(
    request: HttpRequest,
    services: Shared,
    Managing(administrator): Managing,
    Form(typed): Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let (server, kept) = (Arc::clone(&services), typed.clone());
    let back = format!("{}?done=saved", networks_href(&administrator));
    let days = typed.days.parse().map_err(|_| Problem::field("days"))?;
    let flow = async move {
        let done = networks::approve(&server, &administrator, &typed.network, days).await;
        Ok::<_, PeopleError>((done, administrator))
    };
    let (done, administrator) = to_the_end(&services, flow).await?;
    match done {
        Ok(()) => Ok(see_other(&back)),
        Err(PeopleError::FieldInvalid("network")) => {
            present(&request, &services, &administrator, (kept, true)).await
        }
        Err(PeopleError::FreshSignInNeeded) => {
            present(&request, &services, &administrator, (kept, false)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /admin/{company}/networks/removal`.
pub(super) async fn remove(
    services: Shared,
    Managing(administrator): Managing,
    Form(form): Form<Removed>,
) -> Result<HttpResponse, Problem> {
    let server = Arc::clone(&services);
    let back = format!("{}?done=removed", networks_href(&administrator));
    let flow = async move { networks::remove(&server, &administrator, &form.network).await };
    to_the_end(&services, flow).await?;
    Ok(see_other(&back))
}

fn networks_href(administrator: &Administrator) -> String {
    format!("/admin/{}/networks", administrator.company().id)
}

/// The page, with what was typed, and whether that cannot be a network.
async fn present(
    request: &HttpRequest,
    services: &Shared,
    administrator: &Administrator,
    (typed, is_wrong): (Typed, bool),
) -> Result<HttpResponse, Problem> {
    let Networks { approved, history } = networks::look(services, administrator).await?;
    let mut frame = managed(request, services, administrator);
    frame.is_late = !frame.is_fresh && !typed.network.is_empty();
    let (text, status) = (frame.text, form_status(&frame, is_wrong));
    let here = networks::around(services, &place_of(request, services));
    let shown = AdminNetworksPage {
        href: networks_href(administrator),
        networks: approved.iter().map(network_line).collect(),
        days: DAYS.into_iter().map(|days| day_choice(text, days, &typed.days)).collect(),
        here: here.map(|network| network.to_string()).unwrap_or_default(),
        typed: typed.network,
        invalid: if is_wrong { text.get("admin-network-invalid") } else { String::new() },
        done: match parameter(request, "done").as_str() {
            "saved" => text.get("admin-done-saved"),
            "removed" => text.get("admin-network-removed"),
            _ => String::new(),
        },
        history: history.iter().map(|done| history_line(text, done)).collect(),
        text,
        language_links: language_links(request, text.0),
        frame,
    };
    page(status, &shown)
}

fn network_line(approved: &Approved) -> NetworkLine {
    NetworkLine { network: approved.network.to_string(), until: PageTime(approved.expires_at) }
}

fn day_choice(text: Texts, days: u64, typed: &str) -> Choice {
    let key = match days {
        30 => "admin-network-30",
        90 => "admin-network-90",
        180 => "admin-network-180",
        _ => "admin-network-365",
    };
    let value = match days {
        30 => "30",
        90 => "90",
        180 => "180",
        _ => "365",
    };
    Choice {
        value,
        label: text.get(key),
        is_chosen: if typed.is_empty() { days == 90 } else { typed == value },
    }
}

fn history_line(text: Texts, done: &Done) -> HistoryLine {
    let detail = done.detail.as_deref().unwrap_or_default();
    HistoryLine {
        at: PageTime(Timestamp::from_millis(done.at)),
        what: text.get(&format!("admin-history-{}", done.event.replace('.', "-"))),
        detail: detail.split(' ').next().unwrap_or_default().to_owned(),
        by: done.name.clone().unwrap_or_default(),
    }
}
