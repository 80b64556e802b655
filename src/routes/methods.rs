//! `/methods/…`: to other identity providers, and back.

use std::sync::Arc;

use actix_web::web::{self, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use url::form_urlencoded;

use super::extract::cookies::{CookieKind, secret_of};
use super::extract::language::language_of;
use super::extract::message::Form;
use super::extract::query::OwnAttempt;
use super::login::see_other;
use super::{Problem, Shared, to_the_end};
use crate::domain::error_code::ErrorCode;
use crate::domain::identity::MethodId;
use crate::domain::secret::Secret;
use crate::flows::methods::{self, MethodError, Returned};

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/methods/{method}").route(web::post().to(begin)))
        .service(web::resource("/methods/{method}/callback").route(web::get().to(come_back)));
}

/// Which attempt goes there, and which bank was chosen.
#[derive(Deserialize)]
struct BeginForm {
    attempt: String,
    #[serde(default)]
    choice: String,
}

/// `POST /methods/{method}`: the person pressed its button.
async fn begin(
    request: HttpRequest,
    services: Shared,
    method: Path<String>,
    Form(form): Form<BeginForm>,
) -> Result<HttpResponse, Problem> {
    let OwnAttempt { id, secret } = OwnAttempt::of(&request, &services, &form.attempt)?;
    let method = parse(&method)?;
    let choice = if form.choice.is_empty() { None } else { Some(parse(&form.choice)?) };
    let language = language_of(&request);
    let server = Arc::clone(&services);
    let flow =
        async move { methods::begin(&server, id, &secret, (&method, choice.as_ref()), language).await };
    Ok(see_other(&to_the_end(&services, flow).await?))
}

/// `GET /methods/{method}/callback`: the browser is back.
async fn come_back(
    request: HttpRequest,
    services: Shared,
    method: Path<String>,
) -> Result<HttpResponse, Problem> {
    let method = parse(&method)?;
    let secret = secret_of(&request, &services, CookieKind::Browser);
    let secret = secret.ok_or(Problem::new(ErrorCode::IdentificationUnknown))?;
    let (state, returned) = read(request.query_string())?;
    let server = Arc::clone(&services);
    let flow = async move { methods::finish(&server, &method, &secret, (&state, &returned)).await };
    match services.db.spawn(flow).await.map_err(Problem::internal)? {
        Ok(attempt) => Ok(see_other(&format!("/login/collect?attempt={attempt}"))),
        Err(MethodError::Cancelled(request)) => Ok(see_other(&format!("/login?request={request}"))),
        Err(error) => Err(error.into()),
    }
}

fn parse(text: &str) -> Result<MethodId, Problem> {
    text.parse().map_err(|_| Problem::new(ErrorCode::PageNotFound))
}

/// A parameter that stands twice is not read one way here and another way there: the answer counts for nothing.
fn read(query: &str) -> Result<(Secret<String>, Returned), Problem> {
    let unknown = || Problem::new(ErrorCode::IdentificationUnknown);
    let mut state = None;
    let mut returned = Returned::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let value = value.into_owned();
        let is_repeated = match name.as_ref() {
            "state" => state.replace(Secret::new(value)).is_some(),
            "code" => returned.code.replace(Secret::new(value)).is_some(),
            "error" => returned.error.replace(value).is_some(),
            "iss" => returned.issuer.replace(value).is_some(),
            _ => false,
        };
        if is_repeated {
            return Err(unknown());
        }
    }
    Ok((state.ok_or_else(unknown)?, returned))
}
