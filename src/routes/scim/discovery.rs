//! `/scim/v2/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas` (RFC 7644 section 4): the same for everybody, so no token
//! is asked for.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::super::{Problem, Shared};
use super::answer;
use super::query::{PAGE, Query};
use crate::domain::error_code::ErrorCode;

/// What is offered, as it is told.
const TOLD: &str = include_str!("discovery.json");

/// `GET /scim/v2/ServiceProviderConfig`.
pub(super) async fn configuration(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    check(&request)?;
    let told = told()?;
    let mut shown = told.get("ServiceProviderConfig").cloned().unwrap_or_default();
    let location = format!("{}/scim/v2/ServiceProviderConfig", services.issuer);
    if let Value::Object(members) = &mut shown {
        members.insert("filter".to_owned(), json!({ "supported": true, "maxResults": PAGE }));
        members.insert(
            "meta".to_owned(),
            json!({ "resourceType": "ServiceProviderConfig", "location": location }),
        );
    }
    Ok(answer(StatusCode::OK, &shown))
}

/// `GET /scim/v2/ResourceTypes`.
pub(super) async fn resource_types(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    list(&request, &services.issuer, "ResourceType")
}

/// `GET /scim/v2/ResourceTypes/{id}`.
pub(super) async fn resource_type(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    one(&request, &services.issuer, "ResourceType")
}

/// `GET /scim/v2/Schemas`.
pub(super) async fn schemas(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    list(&request, &services.issuer, "Schema")
}

/// `GET /scim/v2/Schemas/{id}`.
pub(super) async fn schema(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    one(&request, &services.issuer, "Schema")
}

fn list(request: &HttpRequest, issuer: &str, kind: &str) -> Result<HttpResponse, Problem> {
    check(request)?;
    let all = all(issuer, kind)?;
    let query = Query::all();
    Ok(answer(StatusCode::OK, &query.list(all.len(), all)))
}

fn one(request: &HttpRequest, issuer: &str, kind: &str) -> Result<HttpResponse, Problem> {
    check(request)?;
    let id = request.match_info().get("id").unwrap_or_default();
    let found =
        all(issuer, kind)?.into_iter().find(|told| told.get("id").and_then(Value::as_str) == Some(id));
    let found = found.ok_or(Problem::new(ErrorCode::PageNotFound))?;
    Ok(answer(StatusCode::OK, &found))
}

/// Section 4: a filter is answered with 403.
fn check(request: &HttpRequest) -> Result<(), Problem> {
    let mut query = url::form_urlencoded::parse(request.query_string().as_bytes());
    if query.any(|(name, _)| name == "filter") { Err(Problem::new(ErrorCode::ScimForbidden)) } else { Ok(()) }
}

fn told() -> Result<Value, Problem> {
    serde_json::from_str(TOLD).map_err(Problem::internal)
}

fn all(issuer: &str, kind: &str) -> Result<Vec<Value>, Problem> {
    let mut told = told()?;
    let mut all = told.get_mut(kind).and_then(Value::as_array_mut).map(std::mem::take).unwrap_or_default();
    for resource in &mut all {
        let id = resource.get("id").and_then(Value::as_str).unwrap_or_default();
        let location = format!("{issuer}/scim/v2/{kind}s/{id}");
        if let Value::Object(members) = resource {
            members.insert("meta".to_owned(), json!({ "resourceType": kind, "location": location }));
        }
    }
    Ok(all)
}
