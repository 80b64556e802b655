//! `/assets/…`: style sheet and scripts, compiled in.

use actix_web::http::header;
use actix_web::web::{self, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;

use super::Problem;
use crate::domain::base32;
use crate::domain::error_code::ErrorCode;

/// The files in `src/pages/assets`.
#[derive(RustEmbed)]
#[folder = "src/pages/assets"]
struct Assets;

pub(super) fn mount(config: &mut ServiceConfig) {
    config.service(web::resource("/assets/{path:.*}").route(web::get().to(asset)));
}

/// `GET /assets/{path}`; `ETag` is the file's hash, so that a browser asks again and downloads only what changed.
pub async fn asset(request: HttpRequest, path: Path<String>) -> Result<HttpResponse, Problem> {
    let file = Assets::get(&path).ok_or(Problem::new(ErrorCode::PageNotFound))?;
    let tag = format!("\"{}\"", base32::encode(&file.metadata.sha256_hash()));
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known == Some(tag.as_str()) {
        return Ok(HttpResponse::NotModified().finish());
    }
    Ok(HttpResponse::Ok()
        .content_type(file.metadata.mimetype())
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(file.data.into_owned()))
}
