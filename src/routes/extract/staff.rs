//! Somebody of the support staff at work.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{Error, FromRequest, HttpRequest};

use super::super::{Problem, Shared, trail};
use super::administrator::{SignInFirst, check_origin};
use super::cookies::{CookieKind, secret_of};
use crate::flows::support::{self, SupportError, Supporter};

/// The person of `/support/…`, who is on the staff. A browser without a session is sent to the sign-in page, and comes back. A
/// form that another site sends is refused.
pub(in super::super) struct Supporting(pub(in super::super) Supporter);

impl FromRequest for Supporting {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let services =
                request.app_data::<Shared>().cloned().ok_or(Problem::internal("services are not mounted"))?;
            check_origin(&request, &services)?;
            let cookie = secret_of(&request, &services, CookieKind::Session);
            match support::authorize(&services, cookie.as_ref()).await {
                Ok(supporter) => {
                    trail::note(|trail| trail.person = Some(supporter.person().id));
                    Ok(Self(supporter))
                }
                Err(error) => Err(turn_away(&request, error)),
            }
        })
    }
}

/// Whoever is not signed in is sent to the sign-in page, where that loses nothing.
fn turn_away(request: &HttpRequest, error: SupportError) -> Error {
    match error {
        SupportError::SignInNeeded if request.method() == Method::GET => SignInFirst::then(request).into(),
        SupportError::FreshSignInNeeded if request.method() == Method::GET => {
            SignInFirst::then(request).freshly().into()
        }
        error => Problem::from(error).into(),
    }
}
