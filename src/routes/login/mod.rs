//! `/login`: the sign-in page, its event stream and its fallbacks.

mod page;

pub(super) use page::see_other;
mod stream;

use actix_web::web::{self, ServiceConfig};

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .route("/login", web::get().to(page::open))
        .route("/login/restart", web::post().to(page::restart))
        .route("/login/cancel", web::post().to(page::cancel))
        .route("/login/collect", web::get().to(page::collect))
        .route("/login/leave", web::get().to(page::leave))
        .route("/login/state", web::get().to(stream::state))
        .route("/login/events", web::get().to(stream::events));
}
