//! What providers that are spoken to over HTTP have in common.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, Response};
use url::Url;

use super::ProviderError;
use crate::domain::push_request::PushOutcome;
use crate::domain::time::Timestamp;

/// The longest answer that is read, in bytes.
const LONGEST_ANSWER: usize = 4096;
/// The longest pause that a provider may ask for: nothing is tried for longer than a day.
const LONGEST_PAUSE: Duration = Duration::from_hours(24);

/// A provider's address: encrypted, or on this machine.
pub(super) fn provider_url(text: &str, what: &str) -> Result<Url, ProviderError> {
    let url = Url::parse(text).map_err(|error| ProviderError(format!("{what} {text}: {error}")))?;
    let is_local = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_local => Ok(url),
        _ => Err(ProviderError(format!("{what} {text} must begin with https://"))),
    }
}

/// A client that goes nowhere but where it is sent.
pub(super) fn client(timeout: Duration) -> ClientBuilder {
    Client::builder().timeout(timeout).redirect(reqwest::redirect::Policy::none())
}

/// A client that speaks HTTP/2 alone, and notices by itself when a connection has died.
pub(super) fn http2_client(timeout: Duration) -> Result<Client, ProviderError> {
    const ASK_EVERY: Duration = Duration::from_mins(5);
    client(timeout)
        .http2_prior_knowledge()
        .http2_keep_alive_interval(ASK_EVERY)
        .http2_keep_alive_timeout(timeout)
        .http2_keep_alive_while_idle(true)
        .build()
        .map_err(|error| ProviderError(format!("making an HTTP client: {error}")))
}

/// A try of several requests takes no longer than one: the outbox lends a message for a limited time.
pub(super) async fn within(timeout: Duration, attempt: impl Future<Output = PushOutcome>) -> PushOutcome {
    let outcome = tokio::time::timeout(timeout, attempt).await;
    outcome.unwrap_or_else(|_| PushOutcome::Retry { after: None, said: "no answer in time".to_owned() })
}

/// The beginning of an answer.
pub(super) async fn read(mut response: Response) -> String {
    let mut answer = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        answer.extend_from_slice(&chunk);
        if answer.len() > LONGEST_ANSWER {
            break;
        }
    }
    answer.truncate(LONGEST_ANSWER);
    String::from_utf8_lossy(&answer).into_owned()
}

/// How long a provider wants to be left alone: seconds or a date (RFC 9110 section 10.2.3).
pub(super) fn retry_after(response: &Response, now: Timestamp) -> Option<Duration> {
    pause(response.headers().get("retry-after")?.to_str().ok()?, now)
}

fn pause(text: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds).min(LONGEST_PAUSE));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    let since_1970 = date.duration_since(std::time::UNIX_EPOCH).ok()?;
    let at = Timestamp::from_millis(0).plus(since_1970);
    Some(at.since(now).min(LONGEST_PAUSE))
}

/// Why a request got no answer, without the address, which may hold a secret.
pub(super) fn no_answer(error: reqwest::Error) -> String {
    if error.is_timeout() { "no answer in time".to_owned() } else { error.without_url().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_told_in_seconds_or_as_a_date() {
        let now = Timestamp::from_millis(784_111_777_000); // Sun, 06 Nov 1994 08:49:37 GMT
        let seconds = |text| pause(text, now).map(|pause| pause.as_secs());
        assert_eq!(seconds("0"), Some(0));
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds("99999999999"), Some(86_400), "never longer than a day");
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:40:00 GMT"), Some(0), "it is over");
        for text in ["", "-1", "soon", "1.5", "Sun, 99 Nov 1994 08:40:00 GMT"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn a_provider_elsewhere_is_never_spoken_to_in_plain() {
        for text in
            ["https://fcm.googleapis.com", "http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"]
        {
            assert!(provider_url(text, "the address").is_ok(), "{text}");
        }
        let elsewhere =
            ["http://fcm.googleapis.com", "http://127.0.0.1.example.com", "http://localhost@example.com"];
        for text in elsewhere.into_iter().chain(["ftp://127.0.0.1", "file:///etc/passwd", "fcm"]) {
            assert!(provider_url(text, "the address").is_err(), "{text}");
        }
    }
}
