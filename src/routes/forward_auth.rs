//! `/forward-auth/…`: what reverse proxies ask, for applications that know no OpenID Connect. On the application's own host these
//! addresses are `/.avain/…`.

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::extract::cookies::{ForwardCookie, forward_cookie, forward_secret_of};
use super::extract::proxied::{Proxied, only};
use super::extract::query::parameter;
use super::login::see_other;
use super::{Problem, Shared, to_the_end};
use crate::domain::error_code::ErrorCode;
use crate::flows::oidc::claims::PersonClaims;
use crate::flows::oidc::forward;

/// Why a sign-in may end on the way back.
const STOPS: [ErrorCode; 3] =
    [ErrorCode::ForwardOriginUnknown, ErrorCode::ForwardWayInvalid, ErrorCode::ForwardSignInStopped];

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/forward-auth/check").route(web::to(check)))
        .service(web::resource("/forward-auth/enter").route(web::to(enter)))
        .service(web::resource("/forward-auth/callback").route(web::get().to(come_back)))
        .service(web::resource("/forward-auth/sign-out").route(web::get().to(sign_out)))
        .service(web::resource("/forward-auth/stopped").route(web::get().to(stopped)));
}

/// `/forward-auth/check`: 204 with who is there, or 401 (nginx, `auth_request`).
async fn check(
    request: HttpRequest,
    services: Shared,
    Proxied(target): Proxied,
) -> Result<HttpResponse, Problem> {
    let cookie = forward_secret_of(&request, &target, ForwardCookie::Session);
    let person = forward::check(&services, &target, cookie.as_ref()).await?;
    person.map_or(Err(Problem::new(ErrorCode::SessionMissing)), |person| Ok(identified(&person)))
}

/// `/forward-auth/enter`: 204 with who is there, or the way to the sign-in (Caddy, Traefik; nginx after a 401). A script that cannot
/// follow there is told 401.
async fn enter(
    request: HttpRequest,
    services: Shared,
    Proxied(target): Proxied,
) -> Result<HttpResponse, Problem> {
    let cookie = forward_secret_of(&request, &target, ForwardCookie::Session);
    if let Some(person) = forward::check(&services, &target, cookie.as_ref()).await? {
        return Ok(identified(&person));
    }
    if !is_page(&request) {
        return Err(Problem::new(ErrorCode::SessionMissing));
    }
    let way = forward_secret_of(&request, &target, ForwardCookie::Way);
    let way = forward::enter(&services, &target, way).await?;
    Ok(HttpResponse::Found()
        .insert_header((header::LOCATION, way.location))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .cookie(forward_cookie(&target, ForwardCookie::Way, &way.secret))
        .finish())
}

/// `GET /forward-auth/callback`: the browser comes back with a code.
async fn come_back(
    request: HttpRequest,
    services: Shared,
    Proxied(target): Proxied,
) -> Result<HttpResponse, Problem> {
    let pairs = url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
    let way = forward_secret_of(&request, &target, ForwardCookie::Way);
    let server = Arc::clone(&services);
    let place = target.clone();
    let flow = async move { forward::come_back(&server, &place, pairs, way).await };
    let entered = match to_the_end(&services, flow).await {
        Ok(entered) => entered,
        // The application's host has none of our styles, so the page that explains is at home.
        Err(problem) if STOPS.contains(&problem.code) => {
            return Ok(see_other(&stopped_address(&services.issuer, problem.code)?));
        }
        Err(problem) => return Err(problem),
    };
    let mut response = see_other(&entered.location);
    response
        .add_cookie(&forward_cookie(&target, ForwardCookie::Session, &entered.secret))
        .map_err(Problem::internal)?;
    Ok(response)
}

/// `GET /forward-auth/sign-out`: at once when a page of the application leads here, and with a question when another site does.
async fn sign_out(
    request: HttpRequest,
    services: Shared,
    Proxied(target): Proxied,
) -> Result<HttpResponse, Problem> {
    if !matches!(only(&request, "sec-fetch-site"), Some("same-origin" | "none")) {
        return Ok(see_other(&[&services.issuer, "/oauth2/logout"].concat()));
    }
    let cookie = forward_secret_of(&request, &target, ForwardCookie::Session);
    let server = Arc::clone(&services);
    to_the_end(&services, async move { forward::leave(&server, &target, cookie.as_ref()).await }).await?;
    Ok(see_other(&[&services.issuer, "/oauth2/logout/done"].concat()))
}

/// `GET /forward-auth/stopped?why=…`: tells why a sign-in ended.
async fn stopped(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let why = parameter(&request, "why");
    let known = STOPS.into_iter().find(|code| code.as_str() == why);
    Err(Problem::new(known.unwrap_or(ErrorCode::PageNotFound)))
}

fn stopped_address(issuer: &str, why: ErrorCode) -> Result<String, Problem> {
    let mut url = url::Url::parse(issuer).map_err(Problem::internal)?;
    url.set_path("/forward-auth/stopped");
    url.query_pairs_mut().append_pair("why", why.as_str());
    Ok(url.into())
}

/// Whether the browser wants to show what it gets (W3C Fetch Metadata); one that does not say so is believed to.
fn is_page(request: &HttpRequest) -> bool {
    let method = only(request, "x-forwarded-method").unwrap_or(request.method().as_str());
    let mode = only(request, "sec-fetch-mode").unwrap_or("navigate");
    [Method::GET.as_str(), Method::HEAD.as_str()].contains(&method) && mode == "navigate"
}

/// Who is there. Every header stands in every answer, so that a proxy that copies them leaves none of the browser's.
fn identified(person: &PersonClaims) -> HttpResponse {
    let company = person.company.as_ref();
    let headers = [
        ("x-avain-user", Some(person.sub.as_str())),
        ("x-avain-name", person.name.as_deref()),
        ("x-avain-email", person.email.as_deref()),
        ("x-avain-company", company.map(|company| company.id.as_str())),
        ("x-avain-company-name", company.map(|company| company.name.as_str())),
        ("x-avain-role", company.map(|company| company.role)),
    ];
    let mut response = HttpResponse::NoContent();
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    for (name, value) in headers {
        // UTF-8, as proxies hand it on; what cannot stand in a header is left out.
        let value = HeaderValue::from_bytes(value.unwrap_or_default().as_bytes());
        response.insert_header((name, value.unwrap_or(HeaderValue::from_static(""))));
    }
    response.finish()
}
