//! What surrounds every route: the host is checked before, and every error gets its text, reference and form after.

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{StatusCode, header::HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError as _, web};
use serde_json::{Map, Value, json};

use super::extract::administrator::{back_path, sign_in_href};
use super::extract::language::{choice_to_keep, language_of};
use super::pages::{ErrorPage, language_links, page, time_text};
use super::problem::SIGN_IN_REQUEST;
use super::{Problem, trail};
use crate::domain::error_code::ErrorCode;
use crate::domain::error_reference::ErrorReference;
use crate::domain::language::Language;
use crate::domain::trail::Trail;
use crate::flows::Services;
use crate::flows::errors::{self, Seen};
use crate::texts::Texts;

/// Headers of a route that an error keeps.
const KEPT: [HeaderName; 3] =
    [header::ALLOW, header::ACCESS_CONTROL_ALLOW_ORIGIN, header::ACCESS_CONTROL_EXPOSE_HEADERS];

/// Answers whatever has no route.
pub(super) async fn not_found() -> Result<HttpResponse, Problem> {
    Err(Problem::new(ErrorCode::PageNotFound))
}

/// The middleware around all routes.
pub(super) async fn surround(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(services) = request.app_data::<web::Data<Services>>().cloned() else {
        return Err(Problem::internal("services are not mounted").into());
    };
    if let Some(problem) = refuse_foreign_host(&request, &services.issuer) {
        let response = present(&services, request.request(), &problem, (None, Trail::default()));
        return Ok(request.into_response(response));
    }
    let (response, trail) = trail::follow(next.call(request)).await;
    let mut response = response?.map_into_boxed_body();
    if let Some((problem, cause)) = unpresented(&response) {
        let answered = present(&services, response.request(), &problem, (cause.as_deref(), trail));
        let kept = KEPT.map(|name| response.headers().get(&name).cloned().map(|value| (name, value)));
        response = response.into_response(answered);
        for (name, value) in kept.into_iter().flatten() {
            response.headers_mut().insert(name, value);
        }
    }
    if let Some(choice) = choice_to_keep(response.request(), services.issuer.starts_with("https://")) {
        response.response_mut().add_cookie(&choice)?;
    }
    harden(response.headers_mut());
    Ok(response)
}

/// Links and cookies are made for one host; under another name nothing is served but health and what proxies ask.
fn refuse_foreign_host(request: &ServiceRequest, issuer: &str) -> Option<Problem> {
    let expected = issuer.split_once("://").map_or(issuer, |(_, host)| host);
    let given = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_ours = given.eq_ignore_ascii_case(expected)
        && request.uri().authority().is_none_or(|named| named.as_str().eq_ignore_ascii_case(expected));
    // What proxies ask names the host of another application in a header of its own, and is answered for that one alone.
    let is_anywhere = ["/health/", "/forward-auth/"].iter().any(|prefix| request.path().starts_with(prefix));
    (!is_ours && !is_anywhere).then(|| Problem::new(ErrorCode::HostUnknown).with("address", &issuer))
}

/// The problem of a response that has no body of its own yet, and what only the log may know of it.
fn unpresented(response: &ServiceResponse<BoxBody>) -> Option<(Problem, Option<String>)> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    if let Some(problem) = response.response().error().and_then(|error| error.as_error::<Problem>()) {
        let cause = problem.cause.as_ref().map(|cause| chain(cause.as_ref()));
        return Some((Problem { values: problem.values.clone(), ..Problem::new(problem.code) }, cause));
    }
    let is_bare = matches!(response.response().body().size(), BodySize::None | BodySize::Sized(0));
    let is_foreign = response.response().error().is_some();
    (is_bare || is_foreign).then(|| (Problem::new(code_of(status)), None))
}

fn code_of(status: StatusCode) -> ErrorCode {
    match status {
        StatusCode::NOT_FOUND => ErrorCode::PageNotFound,
        StatusCode::METHOD_NOT_ALLOWED => ErrorCode::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::BodyTooLarge,
        StatusCode::REQUEST_TIMEOUT => ErrorCode::BodyTooSlow,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ErrorCode::ContentTypeUnsupported,
        StatusCode::SERVICE_UNAVAILABLE => ErrorCode::Busy,
        status if status.is_server_error() => ErrorCode::Internal,
        _ => ErrorCode::MessageMalformed,
    }
}

/// The one log line of an error: support finds it by the reference.
fn log(request: &HttpRequest, problem: &Problem, reference: &str, cause: Option<&str>) {
    let (code, status, path) = (problem.code.as_str(), problem.code.status(), request.path());
    if status >= 500 {
        tracing::error!(
            error.reference = reference,
            error.code = code,
            http.status = status,
            http.path = path,
            cause,
            "a request failed"
        );
    } else {
        tracing::info!(
            error.reference = reference,
            error.code = code,
            http.status = status,
            http.path = path,
            cause,
            "a request was refused"
        );
    }
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}

/// The answer with text and reference, as a page or as a document.
fn present(
    services: &Services,
    request: &HttpRequest,
    problem: &Problem,
    (cause, trail): (Option<&str>, Trail),
) -> HttpResponse {
    let reference = match ErrorReference::generate(services.random.as_ref()) {
        Ok(reference) => {
            let route = request.match_pattern().unwrap_or_default();
            let values = problem.values.clone();
            errors::keep(services, Seen { reference, code: problem.code, route, values, trail });
            reference.to_string()
        }
        Err(_) => String::new(),
    };
    let status = problem.status_code();
    log(request, problem, &reference, cause);
    let texts = Texts(language_of(request));
    let mut response = if is_for_browser(request) {
        error_page(services, request, problem, (texts, &reference))
    } else if super::scim::is_scim(request.path()) {
        super::scim::error_response(problem, &text_of(problem, Texts(Language::English)).1, &reference)
    } else if is_oauth(request.path()) {
        HttpResponse::build(status).json(oauth_error(problem, &reference))
    } else {
        let document = problem_document(problem, texts, &reference);
        HttpResponse::build(status).content_type("application/problem+json").body(document.to_string())
    };
    let headers = response.headers_mut();
    add_headers(headers, problem.code, texts);
    harden(headers);
    response
}

fn add_headers(headers: &mut HeaderMap, code: ErrorCode, texts: Texts) {
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(texts.language()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match code {
        ErrorCode::Busy => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        ErrorCode::ClientAuthenticationFailed => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"avain\""));
        }
        ErrorCode::AccessTokenInvalid => {
            headers
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""));
        }
        ErrorCode::ScimTokenInvalid => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"avain\""));
        }
        // The rest of the body is not read, so the connection cannot be used again.
        ErrorCode::BodyTooLarge | ErrorCode::BodyTooSlow => {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        _ => {}
    }
}

fn text_of(problem: &Problem, texts: Texts) -> (String, String) {
    let key = format!("error-{}", problem.code.as_str().replace('_', "-"));
    let values: Vec<(&'static str, &str)> =
        problem.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    (texts.fill(&format!("{key}-title"), &values), texts.fill(&key, &values))
}

/// RFC 9457, with our own members `code` and `error_reference`, and the values that the text names.
fn problem_document(problem: &Problem, texts: Texts, reference: &str) -> Value {
    let (title, detail) = text_of(problem, texts);
    let mut members: Map<String, Value> = problem.members().collect();
    members.insert("type".to_owned(), json!(format!("urn:avain:error:{}", problem.code.as_str())));
    members.insert("title".to_owned(), json!(title));
    members.insert("status".to_owned(), json!(problem.code.status()));
    members.insert("detail".to_owned(), json!(detail));
    members.insert("code".to_owned(), json!(problem.code.as_str()));
    members.insert("error_reference".to_owned(), json!(reference));
    Value::Object(members)
}

/// RFC 6749 section 5.2, with our own members. The description has ASCII characters alone, so it is English.
fn oauth_error(problem: &Problem, reference: &str) -> Value {
    let error = match problem.code {
        ErrorCode::ClientAuthenticationFailed => "invalid_client",
        ErrorCode::GrantInvalid => "invalid_grant",
        ErrorCode::GrantTypeUnsupported => "unsupported_grant_type",
        ErrorCode::ScopeInvalid => "invalid_scope",
        ErrorCode::AccessTokenInvalid => "invalid_token",
        ErrorCode::Busy => "temporarily_unavailable",
        ErrorCode::Internal => "server_error",
        _ => "invalid_request",
    };
    let (_, detail) = text_of(problem, Texts(Language::English));
    json!({
        "error": error,
        "error_description": detail,
        "code": problem.code.as_str(),
        "error_reference": reference,
    })
}

fn error_page(
    services: &Services,
    request: &HttpRequest,
    problem: &Problem,
    (text, reference): (Texts, &str),
) -> HttpResponse {
    let (title, message) = text_of(problem, text);
    let back_href = back_href(request.path(), problem);
    let shown = ErrorPage {
        text,
        language_links: language_links(request, text.0),
        title,
        message,
        code: problem.code.as_str().to_owned(),
        error_reference: reference.to_owned(),
        time: time_text(services.clock.now()),
        back_label: if back_href.is_empty() {
            String::new()
        } else {
            text.get(back_key(request.path(), problem))
        },
        back_href,
    };
    page(problem.status_code(), &shown).unwrap_or_else(|_| HttpResponse::new(problem.status_code()))
}

/// Where somebody goes on after an error on pages of our own: to the sign-in that was missing, or back.
fn back_href(path: &str, problem: &Problem) -> String {
    let code = problem.code;
    if let Some((_, request)) = problem.values.iter().find(|(name, _)| *name == SIGN_IN_REQUEST) {
        return format!("/login?request={request}");
    }
    let is_sign_in_missing = matches!(code, ErrorCode::SessionMissing | ErrorCode::FreshSignInNeeded);
    if path.starts_with("/account/") {
        return if is_sign_in_missing { sign_in_href("/account", true) } else { "/account".to_owned() };
    }
    if path == "/support" || path.starts_with("/support/") {
        return match code {
            _ if is_sign_in_missing => sign_in_href(&super::support::back_path(path), true),
            ErrorCode::StaffOnly => String::new(),
            _ => "/support".to_owned(),
        };
    }
    if !path.starts_with("/admin/") {
        return String::new();
    }
    if is_sign_in_missing { sign_in_href(&back_path(path), true) } else { "/admin".to_owned() }
}

fn back_key(path: &str, problem: &Problem) -> &'static str {
    match problem.code {
        _ if problem.values.iter().any(|(name, _)| *name == SIGN_IN_REQUEST) => "method-back",
        ErrorCode::SessionMissing | ErrorCode::FreshSignInNeeded => "admin-sign-in-again",
        _ if path.starts_with("/account/") => "account-back",
        _ if path.starts_with("/support") => "support-back",
        _ => "admin-back",
    }
}

fn is_for_browser(request: &HttpRequest) -> bool {
    let accept =
        request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let is_interface = request.path().starts_with("/phone/") || super::scim::is_scim(request.path());
    !is_interface && accept.contains("text/html")
}

fn is_oauth(path: &str) -> bool {
    ["/oauth2/token", "/oauth2/userinfo", "/oauth2/revoke", "/oauth2/introspect", "/oauth2/par"]
        .contains(&path)
}

fn harden(headers: &mut HeaderMap) {
    const ALWAYS: [(&str, &str); 4] = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-frame-options", "DENY"),
    ];
    for (name, value) in ALWAYS {
        headers.insert(header::HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let policy = HeaderValue::from_static(super::pages::CONTENT_SECURITY_POLICY);
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}
