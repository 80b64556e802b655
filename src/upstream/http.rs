//! Requests to identity providers: encrypted or on this machine, bounded in time and size, never redirected.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use url::Url;

use super::UpstreamError;
use crate::domain::identity::IdentityRefusal;

/// The longest answer that is read, in bytes.
const LONGEST_ANSWER: usize = 256 * 1024;

/// A client that goes nowhere but where it is sent.
pub(super) fn client(timeout: Duration) -> Result<Client, UpstreamError> {
    let made = Client::builder().timeout(timeout).redirect(Policy::none()).build();
    made.map_err(|error| UpstreamError::Setting(format!("making an HTTP client: {error}")))
}

/// An address that may be asked: `https`, or on this machine.
pub(super) fn checked(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let is_local = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    (url.scheme() == "https" || (url.scheme() == "http" && is_local)).then_some(url)
}

/// An answer: its status and its body.
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// Sends a request; whatever goes wrong on the way makes the provider unavailable.
pub(super) async fn send(request: reqwest::RequestBuilder) -> Result<Answered, IdentityRefusal> {
    let failed = |error: reqwest::Error| {
        let said =
            if error.is_timeout() { "no answer in time".to_owned() } else { error.without_url().to_string() };
        IdentityRefusal::Unavailable(said)
    };
    let mut response: Response = request.send().await.map_err(failed)?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        body.extend_from_slice(&chunk);
        if body.len() > LONGEST_ANSWER {
            return Err(IdentityRefusal::Unavailable("the answer is too long".to_owned()));
        }
    }
    Ok(Answered { status, body })
}

/// The body of a good answer.
pub(super) async fn get(client: &Client, address: &Url) -> Result<Vec<u8>, IdentityRefusal> {
    let Answered { status, body } = send(client.get(address.clone())).await?;
    let told = || IdentityRefusal::Unavailable(format!("{} answers {status}", address.path()));
    (200..300).contains(&status).then_some(body).ok_or_else(told)
}
