//! The way to the server: one request, one answer, in either transport form.

use std::time::Duration;

use prost::Message;
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, HOST};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::error::{PhoneError, Refusal};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
/// Servers close idle connections, many after five seconds; one that is given up earlier cannot be closed under a request.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);
/// No message of the contract comes near it.
const LONGEST_ANSWER: usize = 1 << 20;
const PROBLEM: &str = "application/problem+json";

/// The form of the messages on the wire. What is signed is the same in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transport {
    /// Canonical proto3 JSON.
    #[default]
    Json,
    /// Binary protobuf.
    Protobuf,
}

impl Transport {
    /// The media type that names it.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Protobuf => "application/x-protobuf",
        }
    }

    /// A message in this form.
    pub fn encode<M: Message + Serialize>(self, message: &M) -> Result<Vec<u8>, serde_json::Error> {
        match self {
            Self::Json => serde_json::to_vec(message),
            Self::Protobuf => Ok(message.encode_to_vec()),
        }
    }

    /// The message in these bytes; the error says what is wrong with them.
    pub fn decode<M: Message + Default + DeserializeOwned>(self, bytes: &[u8]) -> Result<M, String> {
        match self {
            Self::Json => serde_json::from_slice(bytes).map_err(|error| error.to_string()),
            Self::Protobuf => M::decode(bytes).map_err(|error| error.to_string()),
        }
    }
}

/// An answer as it came, for tests that look at the wire.
#[derive(Clone, Debug)]
pub struct RawAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The media type; empty when there is none.
    pub content_type: String,
    /// At most 1 MiB.
    pub body: Vec<u8>,
}

/// A server, as the phone reaches it. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Server {
    address: String,
    language: String,
    transport: Transport,
    host: Option<String>,
    forwarded: Option<String>,
    client: Client,
}

impl Server {
    /// The server at `address`, for example `https://login.example.com`; JSON, English.
    pub fn new(address: &str) -> Result<Self, PhoneError> {
        let address = address.trim().trim_end_matches('/');
        let is_web =
            Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if !is_web {
            return Err(PhoneError::AddressInvalid(address.to_owned()));
        }
        let client = new_client().map_err(|source| unreachable(address, source))?;
        Ok(Self {
            address: address.to_owned(),
            language: "en".to_owned(),
            transport: Transport::Json,
            host: None,
            forwarded: None,
            client,
        })
    }

    /// The same server, asked in this form.
    #[must_use]
    pub fn with_transport(mut self, transport: Transport) -> Self {
        self.transport = transport;
        self
    }

    /// The same server, asked to speak this language (`fi`, `sv`, `en`, `et`, `nb`).
    #[must_use]
    pub fn with_language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }

    /// The same server, asked under this host name: one node of an installation, reached past its proxy.
    #[must_use]
    pub fn with_host(mut self, host: &str) -> Self {
        self.host = Some(host.to_owned());
        self
    }

    /// The same server behind a proxy, which tells it that the phone is at this address (`X-Forwarded-For`).
    #[must_use]
    pub fn with_forwarded(mut self, address: &str) -> Self {
        self.forwarded = Some(address.to_owned());
        self
    }

    /// Its address, without a slash at the end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Sends a message and reads the one that the contract promises for it.
    pub async fn send<Request, Answer>(&self, path: &str, request: &Request) -> Result<Answer, PhoneError>
    where
        Request: Message + Serialize,
        Answer: Message + Default + DeserializeOwned,
    {
        let body = self.transport.encode(request).map_err(|error| self.garbled(error.to_string()))?;
        let answer = self.post(path, self.transport.content_type(), body).await?;
        if !(200..300).contains(&answer.status) {
            return Err(self.refusal(&answer));
        }
        if media_type(&answer.content_type) != self.transport.content_type() {
            return Err(
                self.garbled(format!("asked in {:?}, answered in {}", self.transport, answer.content_type))
            );
        }
        self.transport.decode(&answer.body).map_err(|reason| self.garbled(reason))
    }

    /// Sends any bytes to a path.
    pub async fn post(&self, path: &str, content_type: &str, body: Vec<u8>) -> Result<RawAnswer, PhoneError> {
        let mut request = self
            .client
            .post(format!("{}{path}", self.address))
            .header(CONTENT_TYPE, content_type)
            .header(ACCEPT, format!("{content_type}, {PROBLEM}"))
            .header(ACCEPT_LANGUAGE, &self.language)
            .body(body);
        if let Some(host) = &self.host {
            request = request.header(HOST, host);
        }
        if let Some(address) = &self.forwarded {
            request = request.header("x-forwarded-for", address);
        }
        let response = request.send().await.map_err(|source| unreachable(&self.address, source))?;
        self.read(response).await
    }

    async fn read(&self, mut response: Response) -> Result<RawAnswer, PhoneError> {
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let (status, content_type) =
            (response.status().as_u16(), content_type.unwrap_or_default().to_owned());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|source| unreachable(&self.address, source))? {
            if body.len() + chunk.len() > LONGEST_ANSWER {
                return Err(self.garbled(format!("it is longer than {LONGEST_ANSWER} bytes")));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(RawAnswer { status, content_type, body })
    }

    fn refusal(&self, answer: &RawAnswer) -> PhoneError {
        if media_type(&answer.content_type) != PROBLEM {
            return self.garbled(format!("status {} with {:?}", answer.status, answer.content_type));
        }
        match serde_json::from_slice::<Refusal>(&answer.body) {
            Ok(refusal) if refusal.status == answer.status => PhoneError::Refused(Box::new(refusal)),
            Ok(refusal) => {
                self.garbled(format!("status {}, document says {}", answer.status, refusal.status))
            }
            Err(error) => {
                self.garbled(format!("status {} with a broken problem document: {error}", answer.status))
            }
        }
    }

    pub(crate) fn garbled(&self, reason: String) -> PhoneError {
        PhoneError::Garbled { server: self.address.clone(), reason }
    }
}

fn new_client() -> reqwest::Result<Client> {
    client_builder()
        .user_agent(concat!("mobile-sim/", env!("CARGO_PKG_VERSION")))
        .timeout(ANSWER_TIMEOUT)
        .build()
}

/// What phones and browsers of this crate have in common: nobody is followed elsewhere unseen.
pub(crate) fn client_builder() -> ClientBuilder {
    // An error means that the process has a provider already, and that one is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder()
        .redirect(Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(IDLE_TIMEOUT)
}

fn unreachable(address: &str, source: reqwest::Error) -> PhoneError {
    PhoneError::Unreachable { server: address.to_owned(), source }
}

fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_web_address() {
        assert_eq!(
            Server::new(" https://login.example.com/ ").unwrap().address(),
            "https://login.example.com"
        );
        for text in ["", "login.example.com", "ftp://login.example.com", "127.0.0.1:8080", "localhost:8080"] {
            assert!(matches!(Server::new(text), Err(PhoneError::AddressInvalid(_))), "{text}");
        }
    }
}
