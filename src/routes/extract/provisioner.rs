//! The web application behind `/scim/v2/…`, by its bearer token.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};

use super::super::{Problem, Shared};
use crate::domain::error_code::ErrorCode;
use crate::domain::secret::Secret;
use crate::flows::scim;

/// A web application with a valid token.
pub(in super::super) struct Provisioner(pub(in super::super) scim::Provisioner);

impl FromRequest for Provisioner {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let services =
                request.app_data::<Shared>().cloned().ok_or(Problem::internal("services are not mounted"))?;
            let bearer = bearer(&request).ok_or(Problem::new(ErrorCode::ScimTokenInvalid))?;
            Ok(Self(scim::authorize(&services, &bearer).await?))
        })
    }
}

fn bearer(request: &HttpRequest) -> Option<Secret<String>> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Secret::new(token.trim().to_owned()))
}
