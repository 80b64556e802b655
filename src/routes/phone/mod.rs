//! `/phone/v1/…`: what the app speaks; the messages are in `proto/avain/v1`.

mod activations;
mod envelope;
mod sign_ins;

pub(super) use sign_ins::read_kept_answer;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, ServiceConfig};
use avain_proto::openapi;

use super::Shared;
use crate::domain::error_code::ErrorCode;

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/phone/v1/openapi.json").route(web::get().to(describe)))
        .service(web::resource("/phone/v1/activations").route(web::post().to(activations::start)))
        .service(web::resource("/phone/v1/activations/resend").route(web::post().to(activations::resend)))
        .service(web::resource("/phone/v1/activations/confirm").route(web::post().to(activations::confirm)))
        .service(web::resource("/phone/v1/devices").route(web::post().to(activations::enrol)))
        .service(web::resource("/phone/v1/scans").route(web::post().to(sign_ins::scan)))
        .service(web::resource("/phone/v1/codes").route(web::post().to(sign_ins::enter_code)))
        .service(web::resource("/phone/v1/pending").route(web::post().to(sign_ins::list_pending)))
        .service(web::resource("/phone/v1/pending/claim").route(web::post().to(sign_ins::claim_pending)))
        .service(web::resource("/phone/v1/answers").route(web::post().to(sign_ins::answer)));
}

/// `GET /phone/v1/openapi.json`: these addresses as an `OpenAPI` document.
async fn describe(services: Shared) -> HttpResponse {
    let codes: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .json(openapi::document(&services.issuer, &codes))
}
