//! `/phone/v1/…`: what the app speaks; the messages are in `proto/avain/v1`.

mod activations;
mod envelope;
mod sign_ins;

use actix_web::web::{self, ServiceConfig};

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .route("/phone/v1/activations", web::post().to(activations::start))
        .route("/phone/v1/activations/resend", web::post().to(activations::resend))
        .route("/phone/v1/activations/confirm", web::post().to(activations::confirm))
        .route("/phone/v1/devices", web::post().to(activations::enrol))
        .route("/phone/v1/scans", web::post().to(sign_ins::scan))
        .route("/phone/v1/answers", web::post().to(sign_ins::answer));
}
