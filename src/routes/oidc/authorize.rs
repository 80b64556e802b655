//! `/oauth2/authorize` (steps 1 and 9).

use std::sync::Arc;

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::cookies::{CookieKind, secret_of};
use super::super::login::see_other;
use super::super::{Problem, Shared, to_the_end};
use crate::domain::error_code::ErrorCode;
use crate::flows::oidc::authorize::{self, Answer};

/// Which sign-in request.
#[derive(Deserialize)]
pub(super) struct ForRequest {
    request: String,
}

/// `GET /oauth2/authorize`: an application sends a browser.
pub(super) async fn ask(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    let pairs = url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
    let cookie = secret_of(&request, &services, CookieKind::Session);
    let server = Arc::clone(&services);
    let answer = to_the_end(async move { authorize::ask(&server, pairs, cookie.as_ref()).await }).await?;
    Ok(go_on(answer))
}

/// `GET /oauth2/resume?request=…`: the browser comes back from the sign-in page.
pub(super) async fn resume(
    request: HttpRequest,
    services: Shared,
    query: Option<Query<ForRequest>>,
) -> Result<HttpResponse, Problem> {
    let unknown = || Problem::new(ErrorCode::SignInRequestUnknown);
    let id = query.ok_or_else(unknown)?.request.parse().map_err(|_| unknown())?;
    let cookie = secret_of(&request, &services, CookieKind::Session);
    let server = Arc::clone(&services);
    let answer = to_the_end(async move { authorize::resume(&server, id, cookie.as_ref()).await }).await?;
    Ok(go_on(answer))
}

fn go_on(answer: Answer) -> HttpResponse {
    match answer {
        Answer::Redirect(location) => see_other(&location),
        Answer::SignIn { request, language: None } => see_other(&format!("/login?request={request}")),
        Answer::SignIn { request, language: Some(language) } => {
            see_other(&format!("/login?request={request}&lang={}", language.tag()))
        }
    }
}
