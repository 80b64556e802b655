//! Who is signed in, at their own account.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{Error, FromRequest, HttpRequest};

use super::super::{Problem, Shared, trail};
use super::administrator::{SignInFirst, check_origin};
use super::cookies::{CookieKind, secret_of};
use crate::flows::account::{self, AccountError, Owner};

/// The person of `/account/…`. A browser without a session is sent to the sign-in page, and comes back. A form that another
/// site sends is refused.
pub(in super::super) struct SignedIn(pub(in super::super) Owner);

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let services =
                request.app_data::<Shared>().cloned().ok_or(Problem::internal("services are not mounted"))?;
            check_origin(&request, &services)?;
            let cookie = secret_of(&request, &services, CookieKind::Session);
            match account::authorize(&services, cookie.as_ref()).await {
                Ok(owner) => {
                    trail::note(|trail| trail.person = Some(owner.person().id));
                    Ok(Self(owner))
                }
                Err(AccountError::SignInNeeded) if request.method() == Method::GET => {
                    Err(SignInFirst::then(&request).into())
                }
                Err(error) => Err(Problem::from(error).into()),
            }
        })
    }
}
