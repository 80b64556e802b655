//! A browser and an application that live through answers which never come.

use std::collections::BTreeMap;

use mobile_sim::PhoneError;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde_json::Value;

/// Why a step has not been done, as far as anybody can tell.
#[derive(Clone, Debug)]
pub(super) enum Trouble {
    /// The server said no, and why.
    Refused(String),
    /// The server said that it failed (5xx): done or not, nobody knows.
    Failed(String),
    /// No answer.
    Lost,
}

impl From<PhoneError> for Trouble {
    fn from(error: PhoneError) -> Self {
        match error {
            PhoneError::Refused(refusal) if refusal.status >= 500 => {
                Self::Failed(format!("{} {}", refusal.status, refusal.code))
            }
            PhoneError::Refused(refusal) => Self::Refused(refusal.code),
            PhoneError::Unreachable { .. } => Self::Lost,
            PhoneError::Garbled { reason, .. } => Self::Failed(reason),
            PhoneError::AddressInvalid(_) | PhoneError::Link(_) | PhoneError::Key(_) => {
                panic!("the phone itself failed: {error}")
            }
        }
    }
}

/// One answer, read to its end.
pub(super) struct Answer {
    pub(super) location: String,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

pub(super) fn new_client() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

/// Sends a request and reads its answer.
pub(super) async fn send(request: RequestBuilder) -> Result<(Answer, Vec<String>), Trouble> {
    let response = request.send().await.map_err(|_| Trouble::Lost)?;
    let status = response.status();
    let text = |value: &reqwest::header::HeaderValue| value.to_str().unwrap().to_owned();
    let location = response.headers().get(LOCATION).map(text).unwrap_or_default();
    let cookies = response.headers().get_all(SET_COOKIE).iter().map(text).collect();
    let body = response.text().await.map_err(|_| Trouble::Lost)?;
    if status.is_client_error() || status.is_server_error() {
        let problem: Value = serde_json::from_str(&body).unwrap_or_default();
        let code = problem["code"].as_str().or(problem["error"].as_str()).unwrap_or("no code").to_owned();
        let is_ours = status.is_client_error();
        return Err(if is_ours {
            Trouble::Refused(code)
        } else {
            Trouble::Failed(format!("{status} {code}"))
        });
    }
    Ok((Answer { location, body }, cookies))
}

/// A browser with its own cookies; it asks for documents, so that refusals have codes.
pub(super) struct Visitor {
    http: Client,
    base_url: String,
    cookies: BTreeMap<String, String>,
}

impl Visitor {
    pub(super) fn new(http: &Client, base_url: &str) -> Self {
        Self { http: http.clone(), base_url: base_url.to_owned(), cookies: BTreeMap::new() }
    }

    pub(super) async fn get(&mut self, path: &str) -> Result<Answer, Trouble> {
        let (answer, cookies) = send(self.request(path)).await?;
        for cookie in cookies {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Ok(answer)
    }

    /// A request with this browser's cookies.
    pub(super) fn request(&self, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base_url) };
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        self.http.get(url).header(COOKIE, cookies.join("; "))
    }
}
