//! `/oauth2/revoke` (RFC 7009) and `/oauth2/introspect` (RFC 7662).

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::message::Form;
use super::super::{Problem, Shared, to_the_end};
use super::client_form::{as_token_problem, credentials};
use crate::domain::error_code::ErrorCode;
use crate::domain::secret::Secret;
use crate::flows::oidc::standing;
use crate::flows::oidc::token::ClientCredentials;

/// A request about one token. `token_type_hint` is not needed.
#[derive(Deserialize)]
pub(super) struct TokenForm {
    #[serde(default)]
    token: String,
    client_id: Option<String>,
    client_secret: Option<String>,
}

/// `POST /oauth2/revoke`.
pub(super) async fn revoke(
    request: HttpRequest,
    services: Shared,
    form: Result<Form<TokenForm>, Problem>,
) -> Result<HttpResponse, Problem> {
    let (credentials, token) = read(&request, form)?;
    let server = Arc::clone(&services);
    to_the_end(&services, async move { standing::revoke(&server, &credentials, &token).await }).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).finish())
}

/// `POST /oauth2/introspect`.
pub(super) async fn introspect(
    request: HttpRequest,
    services: Shared,
    form: Result<Form<TokenForm>, Problem>,
) -> Result<HttpResponse, Problem> {
    let (credentials, token) = read(&request, form)?;
    let found = standing::introspect(&services, &credentials, &token).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(found))
}

fn read(
    request: &HttpRequest,
    form: Result<Form<TokenForm>, Problem>,
) -> Result<(ClientCredentials, Secret<String>), Problem> {
    let Form(form) = form.map_err(as_token_problem)?;
    if form.token.is_empty() {
        return Err(Problem::new(ErrorCode::TokenRequestInvalid));
    }
    Ok((credentials(request, form.client_id, form.client_secret)?, Secret::new(form.token)))
}
