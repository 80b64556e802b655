//! `/scim/v2/Users` and `/scim/v2/Users/{id}`.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use super::super::extract::body::LargeBody;
use super::super::extract::provisioner::Provisioner;
use super::super::{Problem, Shared, to_the_end};
use super::query::Query;
use super::{answer, id_of, meta, wish};
use crate::domain::ids::PersonId;
use crate::domain::membership::Role;
use crate::domain::scim::GroupId;
use crate::domain::scim_path::{EXTENSION, USER};
use crate::flows::scim::{self, User, UserWish};

/// `GET /scim/v2/Users`.
pub(super) async fn list(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request)?;
    let (total, users) = scim::list_users(&services, &provisioner, &query.conditions, query.turn).await?;
    let shown = users.iter().map(|user| resource(&services.issuer, user)).collect();
    Ok(answer(StatusCode::OK, &query.list(total, shown)))
}

/// `POST /scim/v2/Users`.
pub(super) async fn add(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
    LargeBody(body): LargeBody,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request)?;
    let wish = wish::user(&body)?;
    let server = Arc::clone(&services);
    let added =
        to_the_end(&services, async move { scim::add_user(&server, &provisioner, wish).await }).await?;
    Ok(answer(StatusCode::CREATED, &query.select(resource(&services.issuer, &added))))
}

/// `GET /scim/v2/Users/{id}`.
pub(super) async fn look(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request)?;
    let user = scim::look_at_user(&services, &provisioner, id_of(&request)?).await?;
    Ok(answer(StatusCode::OK, &query.select(resource(&services.issuer, &user))))
}

/// `PUT /scim/v2/Users/{id}`.
pub(super) async fn replace(
    request: HttpRequest,
    services: Shared,
    provisioner: Provisioner,
    LargeBody(body): LargeBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&request)?;
    change(&request, services, provisioner, (id, wish::user(&body)?)).await
}

/// `PATCH /scim/v2/Users/{id}`.
pub(super) async fn modify(
    request: HttpRequest,
    services: Shared,
    provisioner: Provisioner,
    LargeBody(body): LargeBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&request)?;
    change(&request, services, provisioner, (id, wish::user_change(&body)?)).await
}

async fn change(
    request: &HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
    (id, wish): (PersonId, UserWish),
) -> Result<HttpResponse, Problem> {
    let query = Query::of(request)?;
    let server = Arc::clone(&services);
    let changing = async move { scim::change_user(&server, &provisioner, id, wish).await };
    let changed = to_the_end(&services, changing).await?;
    Ok(answer(StatusCode::OK, &query.select(resource(&services.issuer, &changed))))
}

/// `DELETE /scim/v2/Users/{id}`.
pub(super) async fn end(
    request: HttpRequest,
    services: Shared,
    Provisioner(provisioner): Provisioner,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&request)?;
    let server = Arc::clone(&services);
    to_the_end(&services, async move { scim::end_user(&server, &provisioner, id).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn resource(issuer: &str, user: &User) -> Value {
    let person = &user.seen.person;
    let location = format!("{issuer}/scim/v2/Users/{}", person.id);
    let mut shown = json!({
        "schemas": [USER, EXTENSION],
        "id": person.id.to_string(),
        "userName": user.seen.shown_name(),
        "displayName": person.name,
        "name": { "formatted": person.name },
        "emails": [{ "value": person.email, "type": "work" }],
        "preferredLanguage": person.language.tag(),
        "active": user.is_active(),
        "groups": groups(issuer, user),
        "meta": meta("User", user.seen.created_at, &location),
    });
    if let Value::Object(members) = &mut shown {
        add_optional(members, user);
    }
    shown
}

fn add_optional(members: &mut Map<String, Value>, user: &User) {
    if let Some(external_id) = &user.seen.external_id {
        members.insert("externalId".to_owned(), json!(external_id));
    }
    if let Some(phone) = user.phone() {
        members.insert("phoneNumbers".to_owned(), json!([{ "value": phone.as_str(), "type": "mobile" }]));
    }
    if let Some(company) = user.company() {
        members.insert(EXTENSION.to_owned(), json!({ "company": company.id.to_string() }));
    }
}

fn groups(issuer: &str, user: &User) -> Vec<Value> {
    let mut groups = Vec::new();
    for (place, company) in &user.places {
        for role in Role::ALL {
            let id = GroupId { company: company.id, role };
            if role == Role::User || place.role == role {
                groups.push(json!({
                    "value": id.to_string(),
                    "$ref": format!("{issuer}/scim/v2/Groups/{id}"),
                    "display": company.name,
                }));
            }
        }
    }
    groups
}
