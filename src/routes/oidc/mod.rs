//! OpenID Connect: `/.well-known/openid-configuration` and `/oauth2/…`.

mod authorize;
mod discovery;
mod token;

use actix_web::web::{self, ServiceConfig};

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/.well-known/openid-configuration").route(web::get().to(discovery::configuration)),
        )
        .service(web::resource("/oauth2/jwks").route(web::get().to(discovery::keys)))
        .service(web::resource("/oauth2/authorize").route(web::get().to(authorize::ask)))
        .service(web::resource("/oauth2/resume").route(web::get().to(authorize::resume)))
        .service(web::resource("/oauth2/token").route(web::post().to(token::token)))
        .service(
            web::resource("/oauth2/userinfo")
                .route(web::get().to(token::user_info))
                .route(web::post().to(token::user_info)),
        );
}
