//! What users and groups have in common: six requests each (RFC 7644 section 3.2).

use std::future::Future;
use std::str::FromStr;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use super::super::extract::body::LargeBody;
use super::super::extract::provisioner::Provisioner;
use super::super::{Problem, Shared, to_the_end};
use super::query::Query;
use super::{answer, id_of};
use crate::flows::Services;
use crate::flows::scim::{self, ScimError};

/// A kind of resource: how it is read and shown, and which flows it has.
pub(super) trait Resource: Sized + Send + 'static {
    /// Its id.
    type Id: FromStr + Send + 'static;
    /// What an application wants it to be.
    type Wish: Send + 'static;

    /// Reads a whole resource, for `POST` and `PUT`.
    fn read(body: &[u8]) -> Result<Self::Wish, Problem>;
    /// Reads the operations of a `PATCH`.
    fn read_change(body: &[u8]) -> Result<Self::Wish, Problem>;
    /// The resource as the application sees it.
    fn show(&self, issuer: &str) -> Value;

    /// Those that the query asks for, and how many there are in all.
    fn list(
        services: &Services,
        by: &scim::Provisioner,
        query: &Query,
    ) -> impl Future<Output = Result<(usize, Vec<Self>), ScimError>>;
    /// One of them.
    fn look(
        services: &Services,
        by: &scim::Provisioner,
        id: Self::Id,
    ) -> impl Future<Output = Result<Self, ScimError>>;
    /// Adds one.
    fn add(
        services: &Services,
        by: &scim::Provisioner,
        wish: Self::Wish,
    ) -> impl Future<Output = Result<Self, ScimError>> + Send;
    /// Changes one.
    fn change(
        services: &Services,
        by: &scim::Provisioner,
        id: Self::Id,
        wish: Self::Wish,
    ) -> impl Future<Output = Result<Self, ScimError>> + Send;
    /// Ends or deletes one.
    fn end(
        services: &Services,
        by: &scim::Provisioner,
        id: Self::Id,
    ) -> impl Future<Output = Result<(), ScimError>> + Send;
}

/// `GET` of all.
pub(super) async fn list<R: Resource>(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request)?;
    let (total, found) = R::list(&services, &provisioner, &query).await?;
    let shown = found.iter().map(|resource| resource.show(&services.issuer)).collect();
    Ok(answer(StatusCode::OK, &query.list(total, shown)))
}

/// `POST`.
pub(super) async fn add<R: Resource>(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
    LargeBody(body): LargeBody,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request)?;
    let wish = R::read(&body)?;
    let server = Arc::clone(&services);
    let added = to_the_end(&services, async move { R::add(&server, &provisioner, wish).await }).await?;
    Ok(answer(StatusCode::CREATED, &query.select(added.show(&services.issuer))))
}

/// `GET` of one.
pub(super) async fn look<R: Resource>(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request)?;
    let found = R::look(&services, &provisioner, id_of(&request)?).await?;
    Ok(answer(StatusCode::OK, &query.select(found.show(&services.issuer))))
}

/// `PUT`.
pub(super) async fn replace<R: Resource>(
    request: HttpRequest,
    services: Shared,
    provisioner: Provisioner,
    LargeBody(body): LargeBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&request)?;
    change::<R>(&request, services, provisioner, (id, R::read(&body)?)).await
}

/// `PATCH`.
pub(super) async fn modify<R: Resource>(
    request: HttpRequest,
    services: Shared,
    provisioner: Provisioner,
    LargeBody(body): LargeBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&request)?;
    change::<R>(&request, services, provisioner, (id, R::read_change(&body)?)).await
}

async fn change<R: Resource>(
    request: &HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
    (id, wish): (R::Id, R::Wish),
) -> Result<HttpResponse, Problem> {
    let query = Query::of(request)?;
    let server = Arc::clone(&services);
    let changing = async move { R::change(&server, &provisioner, id, wish).await };
    let changed = to_the_end(&services, changing).await?;
    Ok(answer(StatusCode::OK, &query.select(changed.show(&services.issuer))))
}

/// `DELETE`.
pub(super) async fn end<R: Resource>(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
) -> Result<HttpResponse, Problem> {
    let id: R::Id = id_of(&request)?;
    let server = Arc::clone(&services);
    to_the_end(&services, async move { R::end(&server, &provisioner, id).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}
