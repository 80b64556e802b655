//! The cookies: one binds attempts to a browser, one is its session, one lets it ask for a push.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::domain::forward::ForwardTarget;
use crate::domain::push_budget::BROWSER_REMEMBERED;
use crate::domain::secret::Secret;
use crate::flows::Services;

/// Which cookie.
#[derive(Clone, Copy)]
pub(in super::super) enum CookieKind {
    /// Binds attempts to the browser.
    Browser,
    /// The browser's session.
    Session,
    /// Lets a browser that signed in by QR ask for a push.
    Remembered,
}

impl CookieKind {
    /// Over HTTPS the name has the `__Host-` prefix (RFC 6265bis section 4.1.3.2). Plain HTTP is for the demo and for
    /// development on one machine: there browsers refuse the prefix.
    const fn name(self, is_https: bool) -> &'static str {
        match (self, is_https) {
            (Self::Browser, true) => "__Host-avain-browser",
            (Self::Browser, false) => "avain-browser",
            (Self::Session, true) => "__Host-avain-session",
            (Self::Session, false) => "avain-session",
            (Self::Remembered, true) => "__Host-avain-remembered",
            (Self::Remembered, false) => "avain-remembered",
        }
    }
}

/// The longest that browsers keep a cookie (draft-ietf-httpbis-rfc6265bis section 5.5).
const BROWSER_LIFE: actix_web::cookie::time::Duration = actix_web::cookie::time::Duration::days(400);

/// The secret in a cookie, where the browser sent a well-formed one.
pub(in super::super) fn secret_of(
    request: &HttpRequest,
    services: &Services,
    kind: CookieKind,
) -> Option<Secret<[u8; 32]>> {
    read(request, kind.name(is_https(services)))
}

/// A cookie to set.
pub(in super::super) fn cookie(
    services: &Services,
    kind: CookieKind,
    secret: &Secret<[u8; 32]>,
) -> Cookie<'static> {
    let is_https = is_https(services);
    let mut cookie = build(kind.name(is_https), secret, is_https);
    match kind {
        CookieKind::Remembered => cookie.set_max_age(remembered_for()),
        // Browsers are remembered by it; it must outlive the window.
        CookieKind::Browser => cookie.set_max_age(BROWSER_LIFE),
        CookieKind::Session => {}
    }
    cookie
}

/// Which cookie on the host of an application behind a reverse proxy.
#[derive(Clone, Copy)]
pub(in super::super) enum ForwardCookie {
    /// Who is signed in there.
    Session,
    /// Binds the way back from a sign-in to the browser.
    Way,
}

impl ForwardCookie {
    const fn name(self, is_https: bool) -> &'static str {
        match (self, is_https) {
            (Self::Session, true) => "__Host-avain-forward",
            (Self::Session, false) => "avain-forward",
            (Self::Way, true) => "__Host-avain-way",
            (Self::Way, false) => "avain-way",
        }
    }
}

/// The secret in a cookie of an application's host.
pub(in super::super) fn forward_secret_of(
    request: &HttpRequest,
    target: &ForwardTarget,
    kind: ForwardCookie,
) -> Option<Secret<[u8; 32]>> {
    read(request, kind.name(target.is_https()))
}

/// A cookie to set on an application's host; it lives as long as the browser is open.
pub(in super::super) fn forward_cookie(
    target: &ForwardTarget,
    kind: ForwardCookie,
    secret: &Secret<[u8; 32]>,
) -> Cookie<'static> {
    build(kind.name(target.is_https()), secret, target.is_https())
}

fn read(request: &HttpRequest, name: &str) -> Option<Secret<[u8; 32]>> {
    let bytes = URL_SAFE_NO_PAD.decode(request.cookie(name)?.value()).ok()?;
    bytes.try_into().ok().map(Secret::new)
}

fn build(name: &'static str, secret: &Secret<[u8; 32]>, is_https: bool) -> Cookie<'static> {
    Cookie::build(name, URL_SAFE_NO_PAD.encode(secret.expose()))
        .path("/")
        .http_only(true)
        .secure(is_https)
        .same_site(SameSite::Lax)
        .finish()
}

fn remembered_for() -> actix_web::cookie::time::Duration {
    actix_web::cookie::time::Duration::try_from(BROWSER_REMEMBERED).unwrap_or_default()
}

fn is_https(services: &Services) -> bool {
    services.issuer.starts_with("https://")
}
