//! `/phone/v1/…`: what the app speaks; the messages are in `proto/avain/v1`.

mod activations;
mod devices;
mod envelope;
mod moves;
mod sign_ins;

pub(super) use sign_ins::read_kept_answer;

use actix_web::http::header;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder};
use avain_proto::openapi;

use super::Shared;
use crate::domain::error_code::ErrorCode;

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/phone/v1/openapi.json").route(web::get().to(describe)))
        .service(post("/phone/v1/activations", activations::start))
        .service(post("/phone/v1/activations/resend", activations::resend))
        .service(post("/phone/v1/activations/confirm", activations::confirm))
        .service(post("/phone/v1/devices", activations::enrol))
        .service(post("/phone/v1/devices/nonce", devices::give_nonce))
        .service(post("/phone/v1/devices/list", devices::list))
        .service(post("/phone/v1/devices/remove", devices::remove))
        .service(post("/phone/v1/devices/key", devices::rotate_key))
        .service(post("/phone/v1/moves", moves::offer))
        .service(post("/phone/v1/moves/take", moves::take))
        .service(post("/phone/v1/moves/look", moves::look))
        .service(post("/phone/v1/moves/answer", moves::answer))
        .service(post("/phone/v1/scans", sign_ins::scan))
        .service(post("/phone/v1/codes", sign_ins::enter_code))
        .service(post("/phone/v1/pending", sign_ins::list_pending))
        .service(post("/phone/v1/pending/claim", sign_ins::claim_pending))
        .service(post("/phone/v1/answers", sign_ins::answer));
}

/// One address of the interface; every other method is told that it takes POST.
fn post<F, Args>(path: &'static str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(web::post().to(handler)).default_service(web::to(only_post))
}

/// RFC 9110 section 15.5.6 wants the header; the problem document is written around it.
async fn only_post() -> HttpResponse {
    HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "POST")).finish()
}

/// `GET /phone/v1/openapi.json`: these addresses as an `OpenAPI` document.
async fn describe(services: Shared) -> HttpResponse {
    let codes: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .json(openapi::document(&services.issuer, &codes))
}
