//! Provisioning: `/scim/v2/…` (RFC 7644). Bodies are `application/scim+json`; errors are SCIM errors.

mod discovery;
mod groups;
mod query;
mod resource;
mod users;
mod wish;

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, ResponseError as _};
use serde_json::{Value, json};

use super::Problem;
use super::pages::time_text;
use crate::domain::error_code::ErrorCode;
use crate::domain::time::Timestamp;
use crate::flows::scim::{Group, ScimError, User};

const MEDIA_TYPE: &str = "application/scim+json";

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/scim/v2/ServiceProviderConfig").route(web::get().to(discovery::configuration)),
        )
        .service(web::resource("/scim/v2/ResourceTypes").route(web::get().to(discovery::resource_types)))
        .service(web::resource("/scim/v2/ResourceTypes/{id}").route(web::get().to(discovery::resource_type)))
        .service(web::resource("/scim/v2/Schemas").route(web::get().to(discovery::schemas)))
        .service(web::resource("/scim/v2/Schemas/{id}").route(web::get().to(discovery::schema)))
        .service(web::resource("/scim/v2/.search").route(web::post().to(not_implemented)))
        .service(web::resource("/scim/v2/{resource}/.search").route(web::post().to(not_implemented)))
        .service(web::resource("/scim/v2/Bulk").route(web::post().to(not_implemented)))
        .service(web::resource("/scim/v2/Me").route(web::to(not_implemented)))
        .service(
            web::resource("/scim/v2/Users")
                .route(web::get().to(resource::list::<User>))
                .route(web::post().to(resource::add::<User>)),
        )
        .service(
            web::resource("/scim/v2/Users/{id}")
                .route(web::get().to(resource::look::<User>))
                .route(web::put().to(resource::replace::<User>))
                .route(web::patch().to(resource::modify::<User>))
                .route(web::delete().to(resource::end::<User>)),
        )
        .service(
            web::resource("/scim/v2/Groups")
                .route(web::get().to(resource::list::<Group>))
                .route(web::post().to(resource::add::<Group>)),
        )
        .service(
            web::resource("/scim/v2/Groups/{id}")
                .route(web::get().to(resource::look::<Group>))
                .route(web::put().to(resource::replace::<Group>))
                .route(web::patch().to(resource::modify::<Group>))
                .route(web::delete().to(resource::end::<Group>)),
        );
}

/// What RFC 7644 describes and this server does not offer.
async fn not_implemented() -> Result<HttpResponse, Problem> {
    Err(Problem::new(ErrorCode::ScimNotImplemented))
}

/// Whether an address belongs to SCIM.
pub(super) fn is_scim(path: &str) -> bool {
    path.starts_with("/scim/")
}

/// An error as SCIM writes it (RFC 7644 section 3.12), with our code behind the text: clients know no other members.
pub(super) fn error_response(problem: &Problem, text: &str, reference: &str) -> HttpResponse {
    let status = problem.status_code();
    let mut body = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": status.as_u16().to_string(),
        "detail": format!("{text} ({}, error reference {reference})", problem.code.as_str()),
    });
    if let (Some(keyword), Some(members)) = (keyword(problem.code), body.as_object_mut()) {
        members.insert("scimType".to_owned(), json!(keyword));
    }
    HttpResponse::build(status).content_type(MEDIA_TYPE).body(body.to_string())
}

/// RFC 7644 table 9.
fn keyword(code: ErrorCode) -> Option<&'static str> {
    match code {
        ErrorCode::ScimFilterInvalid => Some("invalidFilter"),
        ErrorCode::ScimPathInvalid => Some("invalidPath"),
        ErrorCode::ScimAttributeFixed => Some("mutability"),
        ErrorCode::ScimUserTaken => Some("uniqueness"),
        ErrorCode::FieldInvalid => Some("invalidValue"),
        ErrorCode::MessageMalformed => Some("invalidSyntax"),
        _ => None,
    }
}

impl From<ScimError> for Problem {
    fn from(error: ScimError) -> Self {
        Self::new(match error {
            ScimError::Internal(internal) => return internal.into(),
            ScimError::FieldInvalid(name) => return Self::field(name),
            ScimError::AttributeFixed(name) => return fixed(name),
            ScimError::TokenInvalid => ErrorCode::ScimTokenInvalid,
            ScimError::NotFound => ErrorCode::PageNotFound,
            ScimError::FilterInvalid => ErrorCode::ScimFilterInvalid,
            ScimError::UserTaken => ErrorCode::ScimUserTaken,
            ScimError::LastAdministrator => ErrorCode::ScimLastAdministrator,
            ScimError::CompanyNotEmpty => ErrorCode::ScimCompanyNotEmpty,
            ScimError::Forbidden => ErrorCode::ScimForbidden,
        })
    }
}

/// An attribute that the application may not change.
fn fixed(name: &'static str) -> Problem {
    Problem::new(ErrorCode::ScimAttributeFixed).with("field", &name)
}

/// The `{id}` of the address; what is no id of ours names nothing.
fn id_of<T: std::str::FromStr>(request: &HttpRequest) -> Result<T, Problem> {
    let id = request.match_info().get("id").unwrap_or_default();
    id.parse().map_err(|_| Problem::new(ErrorCode::PageNotFound))
}

fn answer(status: StatusCode, body: &Value) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    response.content_type(MEDIA_TYPE).insert_header(("cache-control", "no-store"));
    if let (StatusCode::CREATED, Some(location)) =
        (status, body.pointer("/meta/location").and_then(Value::as_str))
    {
        response.insert_header(("location", location));
    }
    response.body(body.to_string())
}

fn meta(kind: &str, created_at: Timestamp, location: &str) -> Value {
    let created = time_text(created_at).replace(" UTC", "Z").replace(' ', "T");
    json!({ "resourceType": kind, "created": created, "location": location })
}
