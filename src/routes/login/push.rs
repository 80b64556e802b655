//! `/login/push`: a push instead of a scan.

use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::cookies::{CookieKind, secret_of};
use super::super::extract::language::language_of;
use super::super::extract::message::Form;
use super::super::extract::query::OwnAttempt;
use super::super::{Problem, Shared, to_the_end};
use super::page::see_other;
use crate::flows::login::push;

/// Which attempt.
#[derive(Deserialize)]
pub(super) struct ForAttempt {
    attempt: String,
}

/// `POST /login/push`: the phone that this browser signed in with is asked; the page goes on as it is.
pub(super) async fn start(
    request: HttpRequest,
    services: Shared,
    form: Form<ForAttempt>,
) -> Result<HttpResponse, Problem> {
    let OwnAttempt { id, secret } = OwnAttempt::of(&request, &services, &form.0.attempt)?;
    let remembered = secret_of(&request, &services, CookieKind::Remembered);
    let server = services.clone();
    let flow = async move { push::start(&server, id, &secret, remembered.as_ref()).await };
    let sign_in = to_the_end(&services, flow).await?;
    Ok(see_other(&format!("/login?request={sign_in}&ui_locales={}", language_of(&request).tag())))
}
