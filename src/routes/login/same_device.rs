//! `/login/return`: the app on the same phone leads back to the browser.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::language::language_of;
use super::super::extract::message::Form;
use super::super::extract::query::OwnAttempt;
use super::super::pages::{ReturnPage, language_links, page};
use super::super::{Problem, Shared, to_the_end};
use super::page::lead_on;
use crate::flows::login;
use crate::texts::Texts;

/// What the app brought.
#[derive(Deserialize)]
pub(super) struct ReturnForm {
    attempt: String,
    proof: String,
}

/// `GET /login/return#…`: a page whose script sends what stands behind the `#`.
pub(super) async fn open(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let language = language_of(&request);
    let shown = ReturnPage { text: Texts(language), language_links: language_links(&request, language) };
    page(StatusCode::OK, &shown)
}

/// `POST /login/return`: step 8, with the proof.
pub(super) async fn come_back(
    request: HttpRequest,
    services: Shared,
    Form(form): Form<ReturnForm>,
) -> Result<HttpResponse, Problem> {
    let OwnAttempt { id, secret } = OwnAttempt::of(&request, &services, &form.attempt)?;
    let server = Arc::clone(&services);
    let flow = async move { login::come_back(&server, id, &secret, &form.proof).await };
    lead_on(&services, id, to_the_end(&services, flow).await?)
}
