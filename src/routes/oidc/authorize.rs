//! `/oauth2/authorize` (steps 1 and 9).

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::super::extract::cookies::{CookieKind, secret_of};
use super::super::extract::language::language_of;
use super::super::extract::query::RequestQuery;
use super::super::login::see_other;
use super::super::pages::{FormPostPage, page};
use super::super::{Problem, Shared, to_the_end};
use crate::flows::oidc::answer::Answer;
use crate::flows::oidc::authorize;
use crate::texts::Texts;

/// `GET /oauth2/authorize`: an application sends a browser.
pub(super) async fn ask(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    let pairs = url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
    let cookie = secret_of(&request, &services, CookieKind::Session);
    let server = Arc::clone(&services);
    let answer =
        to_the_end(&services, async move { authorize::ask(&server, pairs, cookie.as_ref()).await }).await?;
    send_on(&request, answer)
}

/// `GET /oauth2/resume?request=…`: the browser comes back from the sign-in page.
pub(super) async fn resume(
    request: HttpRequest,
    services: Shared,
    RequestQuery(id): RequestQuery,
) -> Result<HttpResponse, Problem> {
    let cookie = secret_of(&request, &services, CookieKind::Session);
    let server = Arc::clone(&services);
    let answer =
        to_the_end(&services, async move { authorize::resume(&server, id, cookie.as_ref()).await }).await?;
    send_on(&request, answer)
}

/// Sends the browser on.
pub(in super::super) fn send_on(request: &HttpRequest, answer: Answer) -> Result<HttpResponse, Problem> {
    Ok(match answer {
        Answer::Redirect(location) => see_other(&location),
        Answer::Post { to, fields } => {
            let language = language_of(request);
            let language_links = Vec::new();
            return page(StatusCode::OK, &FormPostPage { text: Texts(language), language_links, to, fields });
        }
        Answer::SignIn { request, language: None } => see_other(&format!("/login?request={request}")),
        Answer::SignIn { request, language: Some(language) } => {
            see_other(&format!("/login?request={request}&ui_locales={}", language.tag()))
        }
    })
}
