//! `/not-me`: where the link in a notice leads. The code stands behind the `#`; a form sends it when the person presses the
//! button, so that programs that open links in mails object to nothing.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::extract::language::language_of;
use super::extract::message::Form;
use super::pages::{GonePage, NotMePage, language_links, page};
use super::{Problem, Shared, to_the_end};
use crate::flows::object;
use crate::texts::Texts;

pub(super) fn mount(config: &mut ServiceConfig) {
    config.service(web::resource("/not-me").route(web::get().to(show)).route(web::post().to(send)));
}

#[derive(Deserialize)]
struct CodeForm {
    code: String,
}

/// `GET /not-me`.
async fn show(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let language = language_of(&request);
    let shown = NotMePage { text: Texts(language), language_links: language_links(&request, language) };
    page(StatusCode::OK, &shown)
}

/// `POST /not-me`: needs no sign-in, since whoever objects may have lost theirs.
async fn send(
    request: HttpRequest,
    services: Shared,
    Form(form): Form<CodeForm>,
) -> Result<HttpResponse, Problem> {
    let server = Arc::clone(&services);
    to_the_end(&services, async move { object::object(&server, &form.code).await }).await?;
    let text = Texts(language_of(&request));
    let shown = GonePage {
        title: text.get("gone-objected-title"),
        message: text.get("gone-objected"),
        text,
        language_links: language_links(&request, text.0),
    };
    page(StatusCode::OK, &shown)
}
