//! Which language a request is answered in.

use actix_web::HttpRequest;
use actix_web::http::header;

use super::query::parameter;
use crate::domain::language::Language;

/// By choice (`lang` in the address), then by the browser's preference, then English.
pub(in super::super) fn language_of(request: &HttpRequest) -> Language {
    let preferred = || {
        let header = request.headers().get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        Language::from_accept_language(header)
    };
    chosen_language(request).or_else(preferred).unwrap_or_default()
}

/// The choice alone.
pub(in super::super) fn chosen_language(request: &HttpRequest) -> Option<Language> {
    Language::from_tag(&parameter(request, "lang"))
}
