//! Which address of an application its reverse proxy asks about.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::super::{Problem, Shared};
use crate::domain::error_code::ErrorCode;
use crate::domain::forward::ForwardTarget;

/// What one of our own proxies says; nobody else is believed.
pub(in super::super) struct Proxied(pub(in super::super) ForwardTarget);

impl FromRequest for Proxied {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).map(Self))
    }
}

fn read(request: &HttpRequest) -> Result<ForwardTarget, Problem> {
    let services = request.app_data::<Shared>().ok_or(Problem::internal("services are not mounted"))?;
    let untrusted = || Problem::new(ErrorCode::ProxyUntrusted);
    let peer = request.peer_addr().map(|address| address.ip().to_canonical()).ok_or_else(untrusted)?;
    if !services.trusted_proxies.iter().any(|proxy| proxy.contains(peer)) {
        return Err(untrusted());
    }
    let scheme = only(request, "x-forwarded-proto").ok_or_else(untrusted)?;
    let host = only(request, "x-forwarded-host").ok_or_else(untrusted)?;
    let path = only(request, "x-forwarded-uri").unwrap_or("/");
    ForwardTarget::read(scheme, host, path).ok_or_else(untrusted)
}

/// A header that stands there once: the second one may be the browser's own.
pub(in super::super) fn only<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    let mut values = request.headers().get_all(name);
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}
