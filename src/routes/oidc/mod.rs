//! OpenID Connect: `/.well-known/openid-configuration` and `/oauth2/…`.

mod authorize;
mod client_form;
mod discovery;
mod logout;
mod pushed;
mod standing;
mod token;
mod user_info;

pub(super) use authorize::send_on;

use actix_web::dev::Service as _;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Route};

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/.well-known/openid-configuration").route(web::get().to(discovery::configuration)),
        )
        .service(web::resource("/oauth2/jwks").route(web::get().to(discovery::keys)))
        .service(web::resource("/oauth2/authorize").route(web::get().to(authorize::ask)))
        .service(web::resource("/oauth2/resume").route(web::get().to(authorize::resume)))
        .service(
            web::resource("/oauth2/logout")
                .route(web::get().to(logout::ask))
                .route(web::post().to(logout::ask_by_form)),
        )
        .service(web::resource("/oauth2/logout/done").route(web::get().to(logout::done)))
        .service(web::resource("/oauth2/logout/confirm").route(web::post().to(logout::confirm)))
        .service(web::resource("/oauth2/introspect").route(web::post().to(standing::introspect)));
    mount_open(config, "/oauth2/par", [web::post().to(pushed::push)]);
    let user_info = [web::get(), web::post()].map(|route| route.to(user_info::user_info));
    mount_open(config, "/oauth2/token", [web::post().to(token::token)]);
    mount_open(config, "/oauth2/revoke", [web::post().to(standing::revoke)]);
    mount_open(config, "/oauth2/userinfo", user_info);
}

/// An address that scripts of any origin may call and read (Fetch standard, CORS protocol): it looks at no cookie.
fn mount_open<const N: usize>(config: &mut ServiceConfig, path: &str, routes: [Route; N]) {
    let mut resource = web::resource(path).route(web::method(Method::OPTIONS).to(preflight));
    for route in routes {
        resource = resource.route(route);
    }
    config.service(resource.wrap_fn(|request, service| {
        let answer = service.call(request);
        async move {
            let mut response = answer.await?;
            let headers = response.headers_mut();
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            headers
                .insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("www-authenticate"));
            Ok(response)
        }
    }));
}

/// What the browser asks before it lets a script send a header of its own.
async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "7200"))
        .finish()
}
