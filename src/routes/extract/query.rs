//! What an address names: a sign-in request, or an attempt of this very browser.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::super::{Problem, Shared, trail};
use super::cookies::{CookieKind, secret_of};
use crate::domain::error_code::ErrorCode;
use crate::domain::ids::{LoginAttemptId, SignInRequestId};
use crate::flows::Services;
use crate::flows::login::BrowserSecret;

/// The sign-in request in `?request=…`.
pub(in super::super) struct RequestQuery(pub(in super::super) SignInRequestId);

/// The attempt in `?attempt=…`, and the cookie that must have begun it.
pub(in super::super) struct OwnAttempt {
    /// The attempt.
    pub(in super::super) id: LoginAttemptId,
    /// The browser's cookie; the flow compares it with the attempt's.
    pub(in super::super) secret: BrowserSecret,
}

/// The sign-in request of that id.
pub(in super::super) fn parse_request_id(text: &str) -> Result<SignInRequestId, Problem> {
    text.parse().map_err(|_| Problem::new(ErrorCode::SignInRequestUnknown))
}

impl OwnAttempt {
    /// The attempt of that id, for the browser of the request.
    pub(in super::super) fn of(
        request: &HttpRequest,
        services: &Services,
        id: &str,
    ) -> Result<Self, Problem> {
        let id: LoginAttemptId = id.parse().map_err(|_| Problem::new(ErrorCode::AttemptUnknown))?;
        trail::note(|trail| trail.attempt = Some(id));
        let secret = secret_of(request, services, CookieKind::Browser);
        Ok(Self { id, secret: secret.ok_or(Problem::new(ErrorCode::BrowserMismatch))? })
    }
}

impl FromRequest for RequestQuery {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse_request_id(&parameter(request, "request")).map(Self))
    }
}

impl FromRequest for OwnAttempt {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let services = request.app_data::<Shared>().ok_or(Problem::internal("services are not mounted"));
        ready(services.and_then(|services| Self::of(request, services, &parameter(request, "attempt"))))
    }
}

/// The value of a query parameter; empty when it is missing.
pub(in super::super) fn parameter(request: &HttpRequest, name: &str) -> String {
    let mut pairs = url::form_urlencoded::parse(request.query_string().as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}
