//! A KH user at work: signed in, and user administrator of the company in the address.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse, ResponseError};

use super::super::{Problem, Shared, trail};
use super::cookies::{CookieKind, secret_of};
use crate::domain::error_code::ErrorCode;
use crate::domain::ids::CompanyId;
use crate::flows::Services;
use crate::flows::people::{self, Administrator, PeopleError};

/// The KH user of `/admin/{company}/…`. A browser without a session is sent to the sign-in page, and comes back. A form that
/// another site sends is refused.
pub(in super::super) struct Managing(pub(in super::super) Administrator);

/// Nobody is signed in: the browser goes to the sign-in page first, and then to where it wanted to go.
#[derive(Debug)]
pub(in super::super) struct SignInFirst {
    wanted: String,
    is_fresh: bool,
}

impl SignInFirst {
    /// For the page that the request asks for.
    pub(in super::super) fn then(request: &HttpRequest) -> Self {
        Self { wanted: request.uri().to_string(), is_fresh: false }
    }

    /// Even for somebody who has a session.
    pub(in super::super) fn freshly(self) -> Self {
        Self { is_fresh: true, ..self }
    }
}

impl std::fmt::Display for SignInFirst {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("sign in first")
    }
}

impl ResponseError for SignInFirst {
    fn status_code(&self) -> StatusCode {
        StatusCode::SEE_OTHER
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::SeeOther()
            .insert_header((header::LOCATION, sign_in_href(&self.wanted, self.is_fresh)))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish()
    }
}

/// The address of the sign-in that leads to a page of ours; `is_fresh`: even for somebody who has a session.
pub(in super::super) fn sign_in_href(page: &str, is_fresh: bool) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("to", page);
    if is_fresh {
        query.append_pair("fresh", "1");
    }
    format!("/sign-in?{}", query.finish())
}

/// The page that an address under `/admin` belongs to: `/admin/{company}/people/{person}` and `/admin/{company}/networks` are
/// pages, and what stands behind them is done there.
pub(in super::super) fn back_path(path: &str) -> String {
    let parts = if path.contains("/networks") { 4 } else { 5 };
    path.split('/').take(parts).collect::<Vec<_>>().join("/")
}

impl FromRequest for Managing {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let services =
                request.app_data::<Shared>().cloned().ok_or(Problem::internal("services are not mounted"))?;
            check_origin(&request, &services)?;
            let company: CompanyId = request
                .match_info()
                .query("company")
                .parse()
                .map_err(|_| Problem::new(ErrorCode::PageNotFound))?;
            let cookie = secret_of(&request, &services, CookieKind::Session);
            match people::authorize(&services, cookie.as_ref(), company).await {
                Ok(administrator) => {
                    trail::note(|trail| trail.person = Some(administrator.person().id));
                    Ok(Self(administrator))
                }
                Err(error) => Err(turn_away(&request, error)),
            }
        })
    }
}

/// Whoever is not signed in is sent to the sign-in page, where that loses nothing.
pub(in super::super) fn turn_away(request: &HttpRequest, error: PeopleError) -> Error {
    if request.method() != Method::GET {
        return Problem::from(error).into();
    }
    match error {
        PeopleError::SignInNeeded => SignInFirst::then(request).into(),
        // There is a session, and other pages take it; here it is too old.
        PeopleError::FreshSignInNeeded => SignInFirst::then(request).freshly().into(),
        error => Problem::from(error).into(),
    }
}

/// Refuses a form that a page of another site sends. Browsers say where it comes from: by `Sec-Fetch-Site` (W3C Fetch Metadata),
/// older ones by `Origin` alone (RFC 6454 section 7).
pub(in super::super) fn check_origin(request: &HttpRequest, services: &Services) -> Result<(), Problem> {
    let value = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let is_ours = match value("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => value("origin") == Some(services.issuer.as_str()),
    };
    (request.method() == Method::GET || is_ours).then_some(()).ok_or(Problem::new(ErrorCode::OriginForeign))
}
