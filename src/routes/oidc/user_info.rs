//! `/oauth2/userinfo` (OpenID Connect Core section 5.3).

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use super::super::{Problem, Shared};
use super::client_form::authorization;
use crate::domain::error_code::ErrorCode;
use crate::domain::secret::Secret;
use crate::flows::oidc::token;

/// `GET` and `POST /oauth2/userinfo`.
pub(super) async fn user_info(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    let bearer = authorization(&request, "bearer").ok_or(Problem::new(ErrorCode::AccessTokenInvalid))?;
    let claims = token::user_info(&services, &Secret::new(bearer)).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(claims))
}
