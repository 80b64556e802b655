//! The application's pages.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::sign_in::{self, Callback};
use super::{Application, Visit};
use crate::domain::random::bytes;
use crate::routes::Problem;

const COOKIE: &str = "ledger-visit";

/// One claim as the page shows it.
struct Claim {
    name: String,
    value: String,
}

#[derive(Template)]
#[template(path = "demo_application.html")]
struct HomePage {
    person_name: String,
    company_name: String,
    claims: Vec<Claim>,
    sign_in_href: &'static str,
    sign_out_href: &'static str,
    phone_href: String,
    messages_href: String,
    activation_code: String,
    error: String,
}

/// `GET /`.
pub(super) async fn home(
    request: HttpRequest,
    application: Data<Application>,
) -> Result<HttpResponse, Problem> {
    let visit = request.cookie(COOKIE).map(|cookie| application.visit(cookie.value())).unwrap_or_default();
    let claims = visit.claims.unwrap_or_default();
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let page = HomePage {
        person_name: text(claims.get("name")),
        company_name: text(claims.get("company").and_then(|company| company.get("name"))),
        claims: shown(&claims),
        sign_in_href: "/sign-in",
        sign_out_href: "/sign-out",
        phone_href: application.settings.phone_url.clone(),
        messages_href: format!("{}/demo/messages", application.settings.issuer),
        activation_code: application.settings.activation_code.clone(),
        error: visit.error,
    };
    let html = page.render().map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(html))
}

/// `GET /sign-in`: off to the server.
pub(super) async fn sign_in(
    request: HttpRequest,
    application: Data<Application>,
) -> Result<HttpResponse, Problem> {
    let key = match request.cookie(COOKIE) {
        Some(cookie) => cookie.value().to_owned(),
        None => URL_SAFE_NO_PAD
            .encode(bytes::<32>(application.settings.random.as_ref()).map_err(Problem::internal)?),
    };
    let is_fresh = application.visit(&key).has_signed_out;
    match sign_in::begin(&application, is_fresh).await {
        Ok((location, pending)) => {
            application.keep(&key, Visit { pending: Some(pending), ..Visit::default() });
            let cookie =
                Cookie::build(COOKIE, key).path("/").http_only(true).same_site(SameSite::Lax).finish();
            Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, location)).cookie(cookie).finish())
        }
        Err(error) => {
            Ok(home_with(&application, &key, Visit { error: format!("{error:#}"), ..Visit::default() }))
        }
    }
}

/// `GET /callback`: back from the server.
pub(super) async fn callback(
    request: HttpRequest,
    application: Data<Application>,
    answer: Query<Callback>,
) -> HttpResponse {
    let Some(cookie) = request.cookie(COOKIE) else {
        return see_home();
    };
    let pending = application.visit(cookie.value()).pending;
    let visit = match sign_in::finish(&application, pending, &answer).await {
        Ok(claims) => Visit { claims: Some(claims), ..Visit::default() },
        Err(error) => Visit { error: format!("{error:#}"), ..Visit::default() },
    };
    home_with(&application, cookie.value(), visit)
}

/// `GET /sign-out`: the application forgets; the next sign-in asks the person again.
pub(super) async fn sign_out(request: HttpRequest, application: Data<Application>) -> HttpResponse {
    let Some(cookie) = request.cookie(COOKIE) else {
        return see_home();
    };
    home_with(&application, cookie.value(), Visit { has_signed_out: true, ..Visit::default() })
}

fn home_with(application: &Application, key: &str, visit: Visit) -> HttpResponse {
    application.keep(key, visit);
    see_home()
}

fn see_home() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, "/")).finish()
}

fn shown(claims: &Map<String, Value>) -> Vec<Claim> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    claims.iter().map(|(name, value)| Claim { name: name.clone(), value: text(value) }).collect()
}
