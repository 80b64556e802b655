//! `/oauth2/token` and `/oauth2/userinfo` (step 9).

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::super::extract::message::Form;
use super::super::{Problem, Shared, to_the_end};
use crate::domain::error_code::ErrorCode;
use crate::domain::secret::Secret;
use crate::flows::oidc::token::{self, ClientCredentials, CodeExchange};

/// The token request (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
#[derive(Deserialize)]
pub(super) struct TokenRequest {
    #[serde(default)]
    grant_type: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    redirect_uri: String,
    #[serde(default)]
    code_verifier: String,
    client_id: Option<String>,
    client_secret: Option<String>,
}

/// `POST /oauth2/token`.
pub(super) async fn token(
    request: HttpRequest,
    services: Shared,
    form: Result<Form<TokenRequest>, Problem>,
) -> Result<HttpResponse, Problem> {
    let Form(form) = form.map_err(as_token_problem)?;
    if form.grant_type != "authorization_code" {
        let is_missing = form.grant_type.is_empty();
        let code = if is_missing { ErrorCode::TokenRequestInvalid } else { ErrorCode::GrantTypeUnsupported };
        return Err(Problem::new(code));
    }
    if form.code.is_empty() || form.redirect_uri.is_empty() {
        return Err(Problem::new(ErrorCode::TokenRequestInvalid));
    }
    let credentials = credentials(&request, form.client_id, form.client_secret)?;
    let exchange = CodeExchange {
        code: Secret::new(form.code),
        redirect_uri: form.redirect_uri,
        code_verifier: Secret::new(form.code_verifier),
    };
    let server = Arc::clone(&services);
    let tokens =
        to_the_end(&services, async move { token::redeem(&server, &credentials, &exchange).await }).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .json(tokens))
}

/// `GET` and `POST /oauth2/userinfo`.
pub(super) async fn user_info(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    let bearer = authorization(&request, "bearer").ok_or(Problem::new(ErrorCode::AccessTokenInvalid))?;
    let claims = token::user_info(&services, &Secret::new(bearer)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .json(claims))
}

/// A field that stands twice, or a body that is no form, is the application's mistake.
fn as_token_problem(problem: Problem) -> Problem {
    if problem.code == ErrorCode::MessageMalformed {
        Problem::new(ErrorCode::TokenRequestInvalid)
    } else {
        problem
    }
}

/// In the `Authorization` header (`client_secret_basic`) or in the form, not in both (RFC 6749 section 2.3.1).
fn credentials(
    request: &HttpRequest,
    client_id: Option<String>,
    client_secret: Option<String>,
) -> Result<ClientCredentials, Problem> {
    let unknown = || Problem::new(ErrorCode::ClientAuthenticationFailed);
    let found = match authorization(request, "basic") {
        None => {
            let secret = client_secret.map(Secret::new);
            ClientCredentials { id: client_id.ok_or_else(unknown)?, secret }
        }
        Some(_) if client_secret.is_some() => return Err(Problem::new(ErrorCode::TokenRequestInvalid)),
        Some(basic) => {
            let plain = STANDARD.decode(basic).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let plain = plain.ok_or_else(unknown)?;
            let (id, secret) = plain.split_once(':').ok_or_else(unknown)?;
            ClientCredentials { id: form_decoded(id), secret: Some(Secret::new(form_decoded(secret))) }
        }
    };
    let is_id = (1..=128).contains(&found.id.len()) && found.id.bytes().all(|byte| byte.is_ascii_graphic());
    is_id.then_some(found).ok_or_else(unknown)
}

fn authorization(request: &HttpRequest, scheme: &str) -> Option<String> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (given, credentials) = value.split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then(|| credentials.trim().to_owned())
}

fn form_decoded(text: &str) -> String {
    let pair = format!("v={text}");
    let decoded = url::form_urlencoded::parse(pair.as_bytes()).next();
    decoded.map(|(_, value)| value.into_owned()).unwrap_or_default()
}
