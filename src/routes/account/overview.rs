//! The page of everything, and what is done on it.

use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::administrator::sign_in_href;
use super::super::extract::language::{cookie_of, language_of};
use super::super::extract::message::Form;
use super::super::extract::owner::SignedIn;
use super::super::extract::query::parameter;
use super::super::pages::{
    AccountPage, Choice, GonePage, OwnDeviceLine, PageTime, PlaceLine, VisitLine, language_links, os_note,
    page, role_key, time_text,
};
use super::super::{Problem, Shared, to_the_end};
use super::{HOME, text_for, then};
use crate::domain::device::Device;
use crate::domain::error_code::ErrorCode;
use crate::domain::ids::SessionId;
use crate::domain::language::Language;
use crate::domain::membership::{Access, Role};
use crate::domain::person::PhoneNumber;
use crate::flows::Services;
use crate::flows::account::{self, Account, Owner, Place, Visit, Voucher};
use crate::texts::Texts;

/// A form that was typed wrong.
#[derive(Default)]
pub(super) struct Mistake {
    /// The address as it was typed.
    pub(super) email: String,
    /// What is wrong with it.
    pub(super) told: String,
}

/// `GET /account`.
pub(super) async fn show(
    request: HttpRequest,
    services: Shared,
    SignedIn(owner): SignedIn,
) -> Result<HttpResponse, Problem> {
    present(&request, &services, &owner, Mistake::default()).await
}

/// `POST /account/data`: everything that is stored about the person, as a file.
pub(super) async fn take_data(services: Shared, SignedIn(owner): SignedIn) -> Result<HttpResponse, Problem> {
    let server = Arc::clone(&services);
    let flow = async move { account::data::take(&server, &owner, time_text).await };
    let data = to_the_end(&services, flow).await?;
    let text = serde_json::to_string_pretty(&data).map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"avain-data.json\""))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}

#[derive(Deserialize)]
pub(super) struct LanguageForm {
    language: String,
}

/// `POST /account/language`: for messages, and for the pages in this browser.
pub(super) async fn set_language(
    services: Shared,
    SignedIn(owner): SignedIn,
    Form(form): Form<LanguageForm>,
) -> Result<HttpResponse, Problem> {
    let language = Language::from_tag(&form.language).ok_or(Problem::field("language"))?;
    let server = Arc::clone(&services);
    let flow = async move { account::set_language(&server, &owner, language).await };
    let mut response = then(&services, flow, &format!("{HOME}?done=saved")).await?;
    let is_https = services.issuer.starts_with("https://");
    response.add_cookie(&cookie_of(language, is_https)).map_err(Problem::internal)?;
    Ok(response)
}

/// `POST /account/sessions/{session}/end`: signs another browser out.
pub(super) async fn end_session(
    services: Shared,
    SignedIn(owner): SignedIn,
    path: Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: SessionId = path.parse().map_err(|_| Problem::new(ErrorCode::PageNotFound))?;
    let server = Arc::clone(&services);
    let flow = async move { account::end_session(&server, &owner, id).await };
    then(&services, flow, &format!("{HOME}?done=ended#visits")).await
}

/// `POST /account/sessions/end`: signs every browser out.
pub(super) async fn sign_out_everywhere(
    services: Shared,
    SignedIn(owner): SignedIn,
) -> Result<HttpResponse, Problem> {
    let server = Arc::clone(&services);
    let flow = async move { account::sign_out_everywhere(&server, &owner).await };
    then(&services, flow, "/account/signed-out").await
}

/// `GET /account/signed-out`: for a browser whose own session has just ended.
pub(super) async fn signed_out(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let text = Texts(language_of(&request));
    let key = if parameter(&request, "done") == "removed" { "gone-removed" } else { "gone-everywhere" };
    let shown = GonePage {
        title: text.get(&format!("{key}-title")),
        message: text.get(key),
        text,
        language_links: language_links(&request, text.0),
    };
    page(StatusCode::OK, &shown)
}

/// The page, with a mistake in its form if there was one.
pub(super) async fn present(
    request: &HttpRequest,
    services: &Shared,
    owner: &Owner,
    mistake: Mistake,
) -> Result<HttpResponse, Problem> {
    let Account { places, devices, visits, wanted } = account::look(services, owner).await?;
    let (text, now, person) = (text_for(request, owner), services.clock.now(), owner.person());
    let status = if mistake.told.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let manages = |place: &Place| place.role == Role::UserAdministrator && place.access == Access::Browser;
    let shown = AccountPage {
        name: person.name.clone(),
        email: person.email.clone(),
        phone: person.phone.as_ref().map(PhoneNumber::as_str).unwrap_or_default().to_owned(),
        manages_people: places.iter().any(manages),
        companies: places.iter().map(|place| place_line(text, place)).collect(),
        languages: language_choices(person.language),
        devices: devices.iter().map(|device| device_line(services, text, (owner, device))).collect(),
        visits: visits.into_iter().map(|visit| visit_line(services, text, owner, visit)).collect(),
        wanted: wanted.map(|change| change.email).unwrap_or_default(),
        typed_email: mistake.email,
        invalid_email: mistake.told,
        done: done_text(request, text),
        is_fresh: owner.is_fresh(now),
        fresh_href: sign_in_href(HOME, true),
        text,
        language_links: language_links(request, text.0),
    };
    page(status, &shown)
}

fn done_text(request: &HttpRequest, text: Texts) -> String {
    match parameter(request, "done").as_str() {
        "email" => text.get("account-done-email"),
        "saved" => text.get("account-done-saved"),
        "removed" => text.get("account-done-removed"),
        "ended" => text.get("account-done-ended"),
        _ => String::new(),
    }
}

fn place_line(text: Texts, place: &Place) -> PlaceLine {
    let name = if place.is_basic {
        text.with("account-basic-company", "company", &place.company_name)
    } else {
        place.company_name.clone()
    };
    PlaceLine { name, role: text.get(role_key(place.role)) }
}

fn language_choices(chosen: Language) -> Vec<Choice> {
    let choice = |language: Language| Choice {
        value: language.tag(),
        label: language.own_name().to_owned(),
        is_chosen: language == chosen,
    };
    Language::ALL.into_iter().map(choice).collect()
}

fn device_line(services: &Services, text: Texts, (owner, device): (&Owner, &Device)) -> OwnDeviceLine {
    OwnDeviceLine {
        href: format!("/account/devices/{}", device.id),
        name: device.name.clone(),
        os: format!("{} {}", device.facts.platform.name(), device.facts.os_version),
        os_note: os_note(services, text, &device.facts),
        added: PageTime(device.created_at),
        seen: PageTime(device.last_seen_at),
        is_this: owner.session().device_id() == Some(device.id),
    }
}

fn visit_line(services: &Services, text: Texts, owner: &Owner, visit: Visit) -> VisitLine {
    let (is_here, is_live) = (visit.id == owner.session().id, visit.is_live(services.clock.now()));
    let state = match (is_here, is_live) {
        (true, _) => "account-visit-here",
        (false, true) => "account-visit-live",
        (false, false) => "account-visit-over",
    };
    let label = [("browser", visit.browser.as_str()), ("place", visit.place.as_str())];
    VisitLine {
        at: PageTime(visit.signed_in_at),
        method: method_text(services, text, &visit.voucher),
        state: text.get(state),
        end_href: if is_live && !is_here {
            format!("/account/sessions/{}/end", visit.id)
        } else {
            String::new()
        },
        end_label: text.fill("account-visit-end-label", &label),
        browser: visit.browser,
        place: visit.place,
        application: visit.client_name,
    }
}

fn method_text(services: &Services, text: Texts, voucher: &Voucher) -> String {
    match voucher {
        Voucher::Device { name, user_verification, .. } => {
            text.with(&format!("account-method-{}", user_verification.key()), "device", name)
        }
        Voucher::Method(method) => {
            text.with("account-method-identity", "method", &services.methods.label(method, text.0))
        }
    }
}
