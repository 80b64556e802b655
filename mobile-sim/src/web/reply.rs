//! What browsers get: bytes, with the headers that a page with a key wants around it.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::{HeaderMap, Response, StatusCode};
use serde_json::json;

/// An answer to a browser.
pub(super) type Reply = Response<Full<Bytes>>;

const HEADERS: [(&str, &str); 4] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
];

/// Bytes of a media type; an unusable type is told as plain bytes.
pub(super) fn reply(status: u16, content_type: &str, caching: &'static str, body: Bytes) -> Reply {
    let mut reply = Response::new(Full::new(body));
    *reply.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let plain = HeaderValue::from_static("application/octet-stream");
    let headers: &mut HeaderMap = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_str(content_type).unwrap_or(plain));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    reply
}

/// A problem document (RFC 9457) of this program's own.
pub(super) fn refusal(status: u16, code: &str, title: &str) -> Reply {
    let document =
        json!({ "status": status, "code": code, "title": title, "detail": "", "error_reference": "" });
    reply(status, "application/problem+json", "no-store", Bytes::from(document.to_string()))
}
