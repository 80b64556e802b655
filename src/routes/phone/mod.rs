//! `/phone/v1/…`: what the app speaks; the messages are in `proto/avain/v1`.

mod activations;
mod envelope;
mod sign_ins;

pub(super) use sign_ins::read_kept_answer;

use actix_web::web::{self, ServiceConfig};

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/phone/v1/activations").route(web::post().to(activations::start)))
        .service(web::resource("/phone/v1/activations/resend").route(web::post().to(activations::resend)))
        .service(web::resource("/phone/v1/activations/confirm").route(web::post().to(activations::confirm)))
        .service(web::resource("/phone/v1/devices").route(web::post().to(activations::enrol)))
        .service(web::resource("/phone/v1/scans").route(web::post().to(sign_ins::scan)))
        .service(web::resource("/phone/v1/codes").route(web::post().to(sign_ins::enter_code)))
        .service(web::resource("/phone/v1/answers").route(web::post().to(sign_ins::answer)));
}
