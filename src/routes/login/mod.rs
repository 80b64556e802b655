//! `/login`: the sign-in page, its event stream and its fallbacks.

mod page;

pub(super) use page::see_other;
mod push;
mod same_device;
mod second_factor;
mod stream;

use actix_web::web::{self, ServiceConfig};

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/login").route(web::get().to(page::open)))
        .service(web::resource("/login/restart").route(web::post().to(page::restart)))
        .service(web::resource("/login/cancel").route(web::post().to(page::cancel)))
        .service(web::resource("/login/push").route(web::post().to(push::start)))
        .service(web::resource("/login/collect").route(web::get().to(page::collect)))
        .service(
            web::resource("/login/return")
                .route(web::get().to(same_device::open))
                .route(web::post().to(same_device::come_back)),
        )
        .service(web::resource("/login/leave").route(web::get().to(page::leave)))
        .service(
            web::resource("/login/second-factor")
                .route(web::get().to(second_factor::open))
                .route(web::post().to(second_factor::check)),
        )
        .service(web::resource("/login/second-factor/progress").route(web::get().to(second_factor::progress)))
        .service(web::resource("/login/second-factor/send").route(web::post().to(second_factor::send_again)))
        .service(web::resource("/login/state").route(web::get().to(stream::state)))
        .service(web::resource("/login/events").route(web::get().to(stream::events)));
}
