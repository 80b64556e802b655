//! `/scim/v2/Groups` and `/scim/v2/Groups/{id}`.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::super::extract::body::LargeBody;
use super::super::extract::provisioner::Provisioner;
use super::super::{Problem, Shared, to_the_end};
use super::query::Query;
use super::{answer, id_of, meta, wish};
use crate::domain::scim::GroupId;
use crate::domain::scim_path::GROUP;
use crate::flows::scim::{self, Group, GroupWish};

/// `GET /scim/v2/Groups`.
pub(super) async fn list(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request)?;
    let with_members = query.shows("members");
    let listing = scim::list_groups(&services, &provisioner, &query.conditions, query.turn, with_members);
    let (total, groups) = listing.await?;
    let shown = groups.iter().map(|group| resource(&services.issuer, group)).collect();
    Ok(answer(StatusCode::OK, &query.list(total, shown)))
}

/// `POST /scim/v2/Groups`: a company.
pub(super) async fn add(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
    LargeBody(body): LargeBody,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request)?;
    let wish = wish::group(&body)?;
    let server = Arc::clone(&services);
    let added =
        to_the_end(&services, async move { scim::add_company(&server, &provisioner, wish).await }).await?;
    Ok(answer(StatusCode::CREATED, &query.select(resource(&services.issuer, &added))))
}

/// `GET /scim/v2/Groups/{id}`.
pub(super) async fn look(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request)?;
    let group = scim::look_at_group(&services, &provisioner, id_of(&request)?).await?;
    Ok(answer(StatusCode::OK, &query.select(resource(&services.issuer, &group))))
}

/// `PUT /scim/v2/Groups/{id}`.
pub(super) async fn replace(
    request: HttpRequest,
    services: Shared,
    provisioner: Provisioner,
    LargeBody(body): LargeBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&request)?;
    change(&request, services, provisioner, (id, wish::group(&body)?)).await
}

/// `PATCH /scim/v2/Groups/{id}`.
pub(super) async fn modify(
    request: HttpRequest,
    services: Shared,
    provisioner: Provisioner,
    LargeBody(body): LargeBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&request)?;
    change(&request, services, provisioner, (id, wish::group_change(&body)?)).await
}

async fn change(
    request: &HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
    (id, wish): (GroupId, GroupWish),
) -> Result<HttpResponse, Problem> {
    let query = Query::of(request)?;
    let server = Arc::clone(&services);
    let changing = async move { scim::change_group(&server, &provisioner, id, wish).await };
    let changed = to_the_end(&services, changing).await?;
    Ok(answer(StatusCode::OK, &query.select(resource(&services.issuer, &changed))))
}

/// `DELETE /scim/v2/Groups/{id}`: a company without people.
pub(super) async fn delete(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&request)?;
    let server = Arc::clone(&services);
    to_the_end(&services, async move { scim::delete_company(&server, &provisioner, id).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn resource(issuer: &str, group: &Group) -> Value {
    let location = format!("{issuer}/scim/v2/Groups/{}", group.id);
    let member = |id: &crate::domain::ids::PersonId| json!({ "value": id.to_string(), "$ref": format!("{issuer}/scim/v2/Users/{id}"), "type": "User" });
    let mut shown = json!({
        "schemas": [GROUP],
        "id": group.id.to_string(),
        "displayName": group.name,
        "members": group.members.iter().map(member).collect::<Vec<_>>(),
        "meta": meta("Group", group.created_at, &location),
    });
    if let (Some(external_id), Value::Object(members)) = (&group.external_id, &mut shown) {
        members.insert("externalId".to_owned(), json!(external_id));
    }
    shown
}
