//! The sign-in page (steps 2, 3 and 8).

use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use qrcode::{EcLevel, QrCode};
use serde::Deserialize;

use super::super::extract::cookies::{CookieKind, cookie, secret_of};
use super::super::extract::language::language_of;
use super::super::extract::message::Form;
use super::super::extract::query::{OwnAttempt, RequestQuery, parse_request_id};
use super::super::extract::visitor::{is_phone, visitor};
use super::super::oidc::send_on;
use super::super::pages::{LoginPage, MethodButton, language_links, page};
use super::super::{Problem, Shared, to_the_end, trail};
use super::second_factor::go_on;
use super::stream::AttemptView;
use crate::domain::error_code::ErrorCode;
use crate::domain::error_reference::ErrorReference;
use crate::domain::ids::LoginAttemptId;
use crate::domain::language::Language;
use crate::domain::trail::Trail;
use crate::flows::Services;
use crate::flows::errors::{self, Seen};
use crate::flows::login::push::{self, Offer};
use crate::flows::login::{self, BrowserSecret, Entry, Opened, Outcome};
use crate::flows::methods::Method;
use crate::flows::oidc::authorize;
use crate::texts::Texts;

const QUIET_ZONE: i32 = 4;

/// Which sign-in request, and `type` as its entry where the QR code cannot be scanned.
#[derive(Deserialize)]
pub(super) struct ForRequest {
    request: String,
    #[serde(default)]
    entry: String,
}

/// Which attempt.
#[derive(Deserialize)]
pub(super) struct ForAttempt {
    attempt: String,
}

/// `GET /login?request=…`: the page as it stands; without script the browser asks again every two seconds.
pub(super) async fn open(
    request: HttpRequest,
    services: Shared,
    RequestQuery(id): RequestQuery,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor(&request, &services);
    let server = Arc::clone(&services);
    let opened = to_the_end(&services, async move { login::open(&server, id, visitor).await }).await?;
    let view = AttemptView::of(&services, &opened.attempt);
    if !view.location.is_empty() {
        return Ok(see_other(&view.location));
    }
    let remembered = secret_of(&request, &services, CookieKind::Remembered);
    let offer = push::offer(&services, &opened.attempt, remembered.as_ref()).await?;
    show(&request, &services, (opened, offer), view)
}

/// `POST /login/restart`: a new code.
pub(super) async fn restart(
    request: HttpRequest,
    services: Shared,
    form: Form<ForRequest>,
) -> Result<HttpResponse, Problem> {
    let id = parse_request_id(&form.0.request)?;
    let visitor = visitor(&request, &services);
    let entry = if form.0.entry == "type" { Entry::Type } else { Entry::Scan };
    let server = Arc::clone(&services);
    let flow = async move { login::restart(&server, id, visitor, entry).await };
    let opened = to_the_end(&services, flow).await?;
    let mut response = see_other(&format!("/login?request={id}&ui_locales={}", language_of(&request).tag()));
    set_cookie(&mut response, &services, opened.new_secret.as_ref())?;
    Ok(response)
}

/// `POST /login/cancel`: the person gives up; the page then offers a new code and the way back.
pub(super) async fn cancel(
    request: HttpRequest,
    services: Shared,
    form: Form<ForAttempt>,
) -> Result<HttpResponse, Problem> {
    let OwnAttempt { id, secret } = OwnAttempt::of(&request, &services, &form.0.attempt)?;
    let server = Arc::clone(&services);
    let attempt = to_the_end(&services, async move { login::cancel(&server, id, &secret).await }).await?;
    let language = language_of(&request).tag();
    Ok(see_other(&format!("/login?request={}&ui_locales={language}", attempt.request_id)))
}

/// `GET /login/leave?request=…`: back to the application, which is told that the person gave up.
pub(super) async fn leave(
    request: HttpRequest,
    services: Shared,
    RequestQuery(id): RequestQuery,
) -> Result<HttpResponse, Problem> {
    send_on(&request, authorize::give_up(&services, id).await?)
}

/// `GET /login/collect?attempt=…`: step 8, the session, once; or the way to a code.
pub(super) async fn collect(services: Shared, own: OwnAttempt) -> Result<HttpResponse, Problem> {
    let OwnAttempt { id, secret } = own;
    let server = Arc::clone(&services);
    let flow = async move { login::collect(&server, id, &secret).await };
    lead_on(&services, id, to_the_end(&services, flow).await?)
}

/// To the application, or to the code first.
pub(super) fn lead_on(
    services: &Services,
    id: LoginAttemptId,
    outcome: Outcome,
) -> Result<HttpResponse, Problem> {
    match outcome {
        Outcome::SignedIn(collected) => go_on(services, &collected),
        Outcome::SecondFactorNeeded => Ok(see_other(&format!("/login/second-factor?attempt={id}"))),
    }
}

fn show(
    request: &HttpRequest,
    services: &Services,
    (opened, offer): (Opened, Offer),
    view: AttemptView,
) -> Result<HttpResponse, Problem> {
    let language = language_of(request);
    let typed_code = login::typed_code(services, &opened.attempt).unwrap_or_default();
    let shown = LoginPage {
        text: Texts(language),
        language_links: language_links(request, language),
        client_name: opened.client.name,
        attempt_id: opened.attempt.id.to_string(),
        request_id: opened.request.id.to_string(),
        state: view.state.to_owned(),
        qr_svg: if view.frame.is_empty() { String::new() } else { qr_svg(&view.frame)? },
        frame: view.frame,
        device_name: view.device_name,
        number: view.number,
        spelled_code: spell(&typed_code),
        typed_code,
        is_pushed: offer == Offer::Asked,
        push_device: if let Offer::Possible(name) = offer { name } else { String::new() },
        app_link: login::app_link(services, &opened.attempt).unwrap_or_default(),
        is_phone: is_phone(&opened.attempt.browser),
        seconds_left: opened.attempt.answer_until().since(services.clock.now()).as_secs(),
        deny_reason: view.deny_reason.to_owned(),
        collect_href: format!("/login/collect?attempt={}", opened.attempt.id),
        cancel_href: format!("/login/leave?request={}", opened.request.id),
        error_reference: reference_for(services, (view.state, view.deny_reason), opened.attempt.id)?,
        methods: method_buttons(services, language),
    };
    let mut response = page(StatusCode::OK, &shown)?;
    set_cookie(&mut response, services, opened.new_secret.as_ref())?;
    Ok(response)
}

/// A button for each method, or for each of its banks.
fn method_buttons(services: &Services, language: Language) -> Vec<MethodButton> {
    let buttons = |method: &Method| {
        let button = |choice: String, label: &str| MethodButton {
            id: method.id.to_string(),
            choice,
            label: label.to_owned(),
        };
        if method.choices.is_empty() {
            return vec![button(String::new(), method.labels.of(language))];
        }
        let of_choice = method.choices.iter();
        of_choice.map(|choice| button(choice.id.to_string(), choice.labels.of(language))).collect()
    };
    services.methods.0.iter().flat_map(buttons).collect()
}

/// A code as a screen reader should speak it: "K, 7, Q, F, 2, 9, X, M".
fn spell(code: &str) -> String {
    let characters: Vec<String> =
        code.chars().filter(|character| *character != '-').map(String::from).collect();
    characters.join(", ")
}

/// A sign-in that ended badly has an error reference too.
fn reference_for(
    services: &Services,
    (state, deny_reason): (&str, &str),
    attempt: LoginAttemptId,
) -> Result<String, Problem> {
    if !matches!(state, "denied" | "expired") {
        return Ok(String::new());
    }
    let code = match (state, deny_reason) {
        ("denied", "wrong-number") => ErrorCode::NumberWrong,
        ("denied", _) => ErrorCode::AttemptDenied,
        _ => ErrorCode::AttemptExpired,
    };
    let reference = ErrorReference::generate(services.random.as_ref()).map_err(Problem::internal)?;
    let trail = Trail { attempt: Some(attempt), ..trail::so_far() };
    let route = "/login".to_owned();
    errors::keep(services, Seen { reference, code, route, values: Vec::new(), trail });
    let reference = reference.to_string();
    tracing::info!(error.reference = reference, attempt.id = %attempt, attempt.state = state, "a sign-in ended without a session");
    Ok(reference)
}

fn set_cookie(
    response: &mut HttpResponse,
    services: &Services,
    secret: Option<&BrowserSecret>,
) -> Result<(), Problem> {
    let Some(secret) = secret else { return Ok(()) };
    response.add_cookie(&cookie(services, CookieKind::Browser, secret)).map_err(Problem::internal)
}

/// The QR code as inline SVG: one path in module units, a white plate with a border of four modules around it.
fn qr_svg(text: &str) -> Result<String, Problem> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Problem::internal)?;
    let width = i32::try_from(code.width()).map_err(Problem::internal)?;
    let mut path = String::new();
    for (index, color) in (0_i32..).zip(code.to_colors()) {
        if color == qrcode::Color::Dark {
            let (x, y) = (index % width + QUIET_ZONE, index / width + QUIET_ZONE);
            path.extend(["M", &x.to_string(), " ", &y.to_string(), "h1v1h-1z"]);
        }
    }
    let size = width + 2 * QUIET_ZONE;
    Ok(format!(
        "<svg viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">\
         <rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

pub(in super::super) fn see_other(location: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, location))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::frame::LONGEST_LINK;

    #[test]
    fn the_longest_link_stays_within_version_5() {
        let link = "Q".repeat(LONGEST_LINK);
        let code = QrCode::with_error_correction_level(link, EcLevel::M).unwrap();
        assert!(matches!(code.version(), qrcode::Version::Normal(version) if version <= 5));
    }
}
