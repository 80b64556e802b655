//! Which language a request is answered in.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::{Method, header};

use super::query::parameter;
use crate::domain::language::Language;

/// Keeps what somebody chose on any page; there is nothing secret in it.
const COOKIE: &str = "avain-language";
const KEPT: Duration = Duration::days(365);

/// By choice, then by what the application asked for (`ui_locales`), then by the browser's preference, then English.
pub(in super::super) fn language_of(request: &HttpRequest) -> Language {
    let preferred = || {
        let header = request.headers().get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        Language::from_accept_language(header)
    };
    let asked_for = || Language::from_ui_locales(&parameter(request, "ui_locales"));
    chosen_language(request).or_else(asked_for).or_else(preferred).unwrap_or_default()
}

/// The choice alone: `lang` in the address, or an earlier one.
pub(in super::super) fn chosen_language(request: &HttpRequest) -> Option<Language> {
    choice_in_address(request).or_else(|| earlier_choice(request))
}

/// The cookie to set when the request is a new choice: a link to the same page in another language was followed.
pub(in super::super) fn choice_to_keep(request: &HttpRequest, is_https: bool) -> Option<Cookie<'static>> {
    let choice = choice_in_address(request).filter(|_| request.method() == Method::GET)?;
    (earlier_choice(request) != Some(choice)).then(|| cookie_of(choice, is_https))
}

/// The cookie that keeps a choice.
pub(in super::super) fn cookie_of(choice: Language, is_https: bool) -> Cookie<'static> {
    Cookie::build(COOKIE, choice.tag())
        .path("/")
        .http_only(true)
        .secure(is_https)
        .same_site(SameSite::Lax)
        .max_age(KEPT)
        .finish()
}

fn choice_in_address(request: &HttpRequest) -> Option<Language> {
    Language::from_tag(&parameter(request, "lang"))
}

fn earlier_choice(request: &HttpRequest) -> Option<Language> {
    Language::from_tag(request.cookie(COOKIE)?.value())
}
