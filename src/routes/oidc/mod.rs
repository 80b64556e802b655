//! OpenID Connect: `/.well-known/openid-configuration` and `/oauth2/…`.

mod authorize;
mod discovery;
mod token;

use actix_web::web::{self, ServiceConfig};

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .route("/.well-known/openid-configuration", web::get().to(discovery::configuration))
        .route("/oauth2/jwks", web::get().to(discovery::keys))
        .route("/oauth2/authorize", web::get().to(authorize::ask))
        .route("/oauth2/resume", web::get().to(authorize::resume))
        .route("/oauth2/token", web::post().to(token::token))
        .route("/oauth2/userinfo", web::get().to(token::user_info))
        .route("/oauth2/userinfo", web::post().to(token::user_info));
}
