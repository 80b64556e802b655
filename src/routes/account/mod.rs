//! `/account`: what people see and change about themselves.

mod device;
mod email;
mod overview;

use std::future::Future;

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::extract::language::chosen_language;
use super::login::see_other;
use super::{Problem, Shared, to_the_end};
use crate::flows::account::{AccountError, Owner};
use crate::texts::Texts;

/// The page of everything.
const HOME: &str = "/account";

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource(HOME).route(web::get().to(overview::show)))
        .service(web::resource("/account/data").route(web::post().to(overview::take_data)))
        .service(web::resource("/account/language").route(web::post().to(overview::set_language)))
        .service(web::resource("/account/sessions/end").route(web::post().to(overview::sign_out_everywhere)))
        .service(
            web::resource("/account/sessions/{session}/end").route(web::post().to(overview::end_session)),
        )
        .service(web::resource("/account/signed-out").route(web::get().to(overview::signed_out)))
        .service(
            web::resource("/account/email")
                .route(web::get().to(email::show))
                .route(web::post().to(email::ask)),
        )
        .service(web::resource("/account/email/code").route(web::post().to(email::check)))
        .service(web::resource("/account/email/send").route(web::post().to(email::send_again)))
        .service(web::resource("/account/email/give-up").route(web::post().to(email::give_up)))
        .service(web::resource("/account/devices/{device}").route(web::get().to(device::show)))
        .service(web::resource("/account/devices/{device}/name").route(web::post().to(device::rename)))
        .service(web::resource("/account/devices/{device}/removal").route(web::post().to(device::remove)));
}

/// By choice, then the person's own.
fn text_for(request: &HttpRequest, owner: &Owner) -> Texts {
    Texts(chosen_language(request).unwrap_or(owner.person().language))
}

/// Runs a change, and goes on to another page.
async fn then(
    services: &Shared,
    flow: impl Future<Output = Result<(), AccountError>> + Send + 'static,
    onward: &str,
) -> Result<HttpResponse, Problem> {
    to_the_end(services, flow).await?;
    Ok(see_other(onward))
}
