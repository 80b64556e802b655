//! The search: by whatever a caller says.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::super::extract::query::parameter;
use super::super::extract::staff::Supporting;
use super::super::pages::{SupportSearchPage, language_links, page};
use super::super::{Problem, Shared};
use super::framed;

/// `GET /support?q=…`.
pub(super) async fn show(
    request: HttpRequest,
    services: Shared,
    Supporting(supporter): Supporting,
) -> Result<HttpResponse, Problem> {
    let frame = framed(&request, &services, &supporter);
    let shown = SupportSearchPage {
        language_links: language_links(&request, frame.text.0),
        text: frame.text,
        frame,
        query: parameter(&request, "q"),
    };
    page(StatusCode::OK, &shown)
}
