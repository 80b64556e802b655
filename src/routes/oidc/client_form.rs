//! What applications send as a form, and how they say who they are.

use actix_web::HttpRequest;
use actix_web::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::Problem;
use crate::domain::error_code::ErrorCode;
use crate::domain::secret::Secret;
use crate::flows::oidc::token::ClientCredentials;

/// A field that stands twice, or a body that is no form, is the application's mistake.
pub(super) fn as_token_problem(problem: Problem) -> Problem {
    if problem.code == ErrorCode::MessageMalformed {
        Problem::new(ErrorCode::TokenRequestInvalid)
    } else {
        problem
    }
}

/// In the `Authorization` header (`client_secret_basic`) or in the form, not in both (RFC 6749 section 2.3.1).
pub(super) fn credentials(
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

/// The credentials of that scheme in the `Authorization` header.
pub(super) fn authorization(request: &HttpRequest, scheme: &str) -> Option<String> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (given, credentials) = value.split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then(|| credentials.trim().to_owned())
}

fn form_decoded(text: &str) -> String {
    let pair = format!("v={text}");
    let decoded = url::form_urlencoded::parse(pair.as_bytes()).next();
    decoded.map(|(_, value)| value.into_owned()).unwrap_or_default()
}
