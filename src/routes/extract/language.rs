//! Which language a request is answered in.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::domain::language::Language;

/// By choice (`lang` in the address), then by the browser's preference, then English.
pub(in super::super) fn language_of(request: &HttpRequest) -> Language {
    let chosen = url::form_urlencoded::parse(request.query_string().as_bytes())
        .find(|(name, _)| name == "lang")
        .and_then(|(_, tag)| Language::from_tag(&tag));
    let preferred = || {
        let header = request.headers().get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        Language::from_accept_language(header)
    };
    chosen.or_else(preferred).unwrap_or_default()
}
