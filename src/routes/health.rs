//! `/health/live` and `/health/ready`.

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};

use super::{Problem, Shared};
use crate::domain::error_code::ErrorCode;

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/health/live").route(web::get().to(live)))
        .service(web::resource("/health/ready").route(web::get().to(ready)));
}

/// `GET /health/live`: the process answers.
async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// `GET /health/ready`: the database answers too.
async fn ready(services: Shared) -> Result<HttpResponse, Problem> {
    match crate::flows::start::check(&services.db).await {
        Ok(()) => Ok(HttpResponse::Ok().content_type("text/plain").body("ready\n")),
        Err(error) => Err(Problem { code: ErrorCode::Busy, ..Problem::from(error) }),
    }
}
