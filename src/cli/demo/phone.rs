//! The browser phone (`mobile-sim/web`): a page that is a phone. Mounted by the demo alone.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, Data, Path, ServiceConfig};
use rust_embed::RustEmbed;
use serde_json::json;

use super::messages::JSON_PATH;
use crate::domain::error_code::ErrorCode;
use crate::flows::Services;
use crate::routes::Problem;

/// Where the page is.
pub(super) const PATH: &str = "/demo/phone/";

#[derive(RustEmbed)]
#[folder = "mobile-sim/web"]
struct Files;

/// Adds the page to a server.
pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::redirect("/demo/phone", PATH))
        .service(web::resource("/demo/phone/settings.json").route(web::get().to(settings)))
        .service(web::resource("/demo/phone/{path:.*}").route(web::get().to(file)));
}

/// `GET /demo/phone/settings.json`: whose codes the phone takes, and where its text messages are.
async fn settings(services: Data<Services>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "server": services.issuer, "messages": JSON_PATH }))
}

/// `GET /demo/phone/{path}`.
async fn file(path: Path<String>) -> Result<HttpResponse, Problem> {
    let path = if path.is_empty() { "index.html" } else { path.as_str() };
    let file = Files::get(path).ok_or(Problem::new(ErrorCode::PageNotFound))?;
    Ok(HttpResponse::Ok()
        .content_type(file.metadata.mimetype())
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(file.data.into_owned()))
}
