//! `/oauth2/token` (step 9).

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::message::Form;
use super::super::{Problem, Shared, to_the_end};
use super::client_form::{as_token_problem, credentials};
use crate::domain::error_code::ErrorCode;
use crate::domain::secret::Secret;
use crate::flows::oidc::refresh::{self, Refreshing};
use crate::flows::oidc::token::{self, CodeExchange};

/// The token request (RFC 6749 sections 4.1.3 and 6, RFC 7636 section 4.5).
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
    #[serde(default)]
    refresh_token: String,
    scope: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

/// What the client gives for tokens.
enum Given {
    Code(CodeExchange),
    RefreshToken(Refreshing),
}

/// `POST /oauth2/token`.
pub(super) async fn token(
    request: HttpRequest,
    services: Shared,
    form: Result<Form<TokenRequest>, Problem>,
) -> Result<HttpResponse, Problem> {
    let Form(mut form) = form.map_err(as_token_problem)?;
    let (id, secret) = (form.client_id.take(), form.client_secret.take());
    let given = form.read()?;
    let credentials = credentials(&request, id, secret)?;
    let server = Arc::clone(&services);
    let tokens = to_the_end(&services, async move {
        match given {
            Given::Code(exchange) => token::redeem(&server, &credentials, &exchange).await,
            Given::RefreshToken(asked) => refresh::refresh(&server, &credentials, &asked).await,
        }
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(tokens))
}

impl TokenRequest {
    fn read(self) -> Result<Given, Problem> {
        let malformed = || Problem::new(ErrorCode::TokenRequestInvalid);
        match self.grant_type.as_str() {
            "authorization_code" if self.code.is_empty() || self.redirect_uri.is_empty() => Err(malformed()),
            "authorization_code" => Ok(Given::Code(CodeExchange {
                code: Secret::new(self.code),
                redirect_uri: self.redirect_uri,
                code_verifier: Secret::new(self.code_verifier),
            })),
            "refresh_token" if self.refresh_token.is_empty() => Err(malformed()),
            "refresh_token" => Ok(Given::RefreshToken(Refreshing {
                token: Secret::new(self.refresh_token),
                scope: self.scope.filter(|scope| !scope.is_empty()),
            })),
            "" => Err(malformed()),
            _ => Err(Problem::new(ErrorCode::GrantTypeUnsupported)),
        }
    }
}
