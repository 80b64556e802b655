//! HTTP: extract, call one flow, answer.

mod account;
mod admin;
mod assets;
mod extract;
mod forward_auth;
mod health;
mod help;
mod login;
mod methods;
mod objection;
mod oidc;
mod own;
mod pages;
mod phone;
mod problem;
mod render;
mod scim;
mod support;
mod trail;
mod well_known;

use std::future::Future;
use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{Scope, web};

use crate::flows::Services;
use crate::flows::login::AnswerInput;
pub use assets::asset;
pub use problem::Problem;

/// Takes a kept answer apart, as it was taken apart when it came.
pub fn read_kept_answer(payload: Vec<u8>, signature: Vec<u8>) -> Option<AnswerInput> {
    phone::read_kept_answer(payload, signature)
}

/// The pages of the support staff: each method with its path.
pub const SUPPORT_ROUTES: &[(&str, &str)] = support::ROUTES;

/// What every handler works with.
pub type Shared = Data<Services>;

/// All routes of the server, with what surrounds them: the check of the host, and the form of errors.
pub fn site(
    services: Arc<Services>,
    more: fn(&mut ServiceConfig),
) -> Scope<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse<actix_web::body::BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    web::scope("")
        .app_data(Data::from(services))
        .configure(health::mount)
        .configure(assets::mount)
        .configure(help::mount)
        .configure(well_known::mount)
        .configure(own::mount)
        .configure(account::mount)
        .configure(admin::mount)
        .configure(support::mount)
        .configure(objection::mount)
        .configure(phone::mount)
        .configure(login::mount)
        .configure(methods::mount)
        .configure(oidc::mount)
        .configure(forward_auth::mount)
        .configure(scim::mount)
        .configure(more)
        .default_service(web::to(render::not_found))
        .wrap(from_fn(render::surround))
}

/// Runs a flow to its end even when the client goes away: what it began to write it finishes, and whoever waits is woken.
async fn to_the_end<T, E>(
    services: &Services,
    flow: impl Future<Output = Result<T, E>> + Send + 'static,
) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Send + 'static,
    Problem: From<E>,
{
    match services.db.spawn(flow).await {
        Ok(result) => result.map_err(Problem::from),
        Err(error) => Err(Problem::internal(error)),
    }
}
