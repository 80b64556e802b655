//! The phone's messages, handed on to the server.

use std::time::Duration;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::Request;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderName};
use tokio::time::timeout;

use super::reply::{Reply, refusal, reply};
use crate::server::{Server, Transport};

/// No message of the contract comes near it.
const LARGEST_MESSAGE: usize = 64 * 1024;
const LONGEST_LANGUAGES: usize = 256;
const PREFIX: &str = "/phone/v1/";

/// Whether a path is one of the contract's: plain words after the prefix, so that no way leads out of it.
pub(super) fn is_phone_path(path: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    path.strip_prefix(PREFIX).is_some_and(|rest| rest.len() <= 64 && rest.split('/').all(is_word))
}

/// Hands a message on, and the answer back. Nothing else of the request goes along: no cookies, no address.
pub(super) async fn forward(server: &Server, request: Request<Incoming>, patience: Duration) -> Reply {
    let given = header(&request, &CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    let known = [Transport::Json, Transport::Protobuf].map(Transport::content_type);
    // Foreign pages cannot send these types without asking first, and nobody answers them.
    let Some(content_type) = known.into_iter().find(|known| *known == given) else {
        return refusal(415, "content_type_unsupported", "A message is JSON or protobuf");
    };
    let languages = header(&request, &ACCEPT_LANGUAGE);
    let server = if languages.len() <= LONGEST_LANGUAGES {
        server.clone().with_language(languages)
    } else {
        server.clone()
    };
    let path = request.uri().path().to_owned();
    let body = match read(request.into_body(), patience).await {
        Ok(body) => body,
        Err(refused) => return refused,
    };
    match server.post(&path, content_type, body.into()).await {
        Ok(answer) => reply(answer.status, &answer.content_type, "no-store", Bytes::from(answer.body)),
        Err(_) => refusal(502, "unreachable", "The server cannot be reached from the browser phone"),
    }
}

async fn read(body: Incoming, patience: Duration) -> Result<Bytes, Reply> {
    match timeout(patience, Limited::new(body, LARGEST_MESSAGE).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            Err(refusal(413, "body_too_large", "The message is too long"))
        }
        Ok(Err(_)) => Err(refusal(400, "message_malformed", "The message broke off")),
        Err(_) => Err(refusal(408, "body_too_slow", "The message came too slowly")),
    }
}

fn header<'request>(request: &'request Request<Incoming>, name: &HeaderName) -> &'request str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_way_leads_out_of_the_contract() {
        for path in ["/phone/v1/scans", "/phone/v1/activations/confirm"] {
            assert!(is_phone_path(path), "{path}");
        }
        let foreign = [
            "/phone/v1/",
            "/phone/v1",
            "/phone/v2/scans",
            "//phone/v1/scans",
            "/phone/v1//scans",
            "/phone/v1/..",
            "/phone/v1/../login",
            "/phone/v1/%2e%2e/login",
            "/phone/v1/a\\b",
            "/PHONE/v1/scans",
            "/login",
            "/",
        ];
        for path in foreign {
            assert!(!is_phone_path(path), "{path}");
        }
    }
}
