//! Google's access tokens for a service account (RFC 7523): asked for once, shared by all, renewed before they end.
//!
//! 1. Whoever finds no token, or one that ends soon, asks for the next; the others wait for that answer.
//! 2. After a failure nobody asks again for a while: a thousand waiting pushes must not become a thousand requests.
//! 3. A token that was refused is forgotten, but not the one that came in its place.

use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Client;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use url::Url;

use super::ProviderError;
use super::http::{no_answer, provider_url, read};
use crate::domain::message::short;
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;

const SCOPE: &str = "https://www.googleapis.com/auth/firebase.messaging";
const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const ASSERTION_LIVES: Duration = Duration::from_hours(1);
const RENEWED_BEFORE: Duration = Duration::from_mins(5);
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(10);

/// The file that Google makes for a service account, as far as it is used here.
#[derive(Deserialize)]
pub(super) struct ServiceAccount {
    /// The Firebase project.
    pub(super) project_id: String,
    client_email: String,
    private_key_id: String,
    private_key: String,
    token_uri: String,
}

/// The account's tokens.
pub(super) struct AccessTokens {
    http: Client,
    address: Url,
    audience: String,
    account: String,
    header: Header,
    key: EncodingKey,
    held: Mutex<Held>,
}

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoToken {
    /// None for now.
    NotNow(String),
    /// The account is refused: an operator must look.
    Refused(String),
}

#[derive(Default)]
enum Held {
    #[default]
    Nothing,
    Token {
        token: Secret<String>,
        renewed_at: Timestamp,
    },
    Failure {
        why: NoToken,
        until: Timestamp,
    },
}

#[derive(Serialize)]
struct Assertion<'a> {
    iss: &'a str,
    scope: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: u64,
}

#[derive(Deserialize)]
struct Denied {
    error: String,
}

impl AccessTokens {
    /// Reads the account; asks for nothing yet.
    pub(super) fn new(account: ServiceAccount, http: Client) -> Result<Self, ProviderError> {
        let pem = Secret::new(account.private_key);
        let key = EncodingKey::from_rsa_pem(pem.expose().as_bytes())
            .map_err(|_| ProviderError("the service account's private_key is no RSA key".to_owned()))?;
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(account.private_key_id);
        Ok(Self {
            http,
            address: provider_url(&account.token_uri, "the service account's token_uri")?,
            audience: account.token_uri,
            account: account.client_email,
            header,
            key,
            held: Mutex::default(),
        })
    }

    /// A token that is good for some minutes.
    pub(super) async fn get(&self, now: Timestamp) -> Result<Secret<String>, NoToken> {
        let mut held = self.held.lock().await;
        match &*held {
            Held::Token { token, renewed_at } if now < *renewed_at => return Ok(token.clone()),
            Held::Failure { why, until } if now < *until => return Err(why.clone()),
            _ => {}
        }
        let asked = self.ask(now).await;
        *held = match &asked {
            Ok((token, renewed_at)) => Held::Token { token: token.clone(), renewed_at: *renewed_at },
            Err(why) => Held::Failure { why: why.clone(), until: now.plus(PAUSE_AFTER_FAILURE) },
        };
        asked.map(|(token, _)| token)
    }

    /// Forgets a token that was refused, unless another has come in its place.
    pub(super) async fn forget(&self, refused: &Secret<String>) {
        let mut held = self.held.lock().await;
        if matches!(&*held, Held::Token { token, .. } if token.expose() == refused.expose()) {
            *held = Held::Nothing;
        }
    }

    async fn ask(&self, now: Timestamp) -> Result<(Secret<String>, Timestamp), NoToken> {
        let assertion = self.assertion(now)?;
        let form = [("grant_type", GRANT), ("assertion", assertion.expose())];
        let response = self.http.post(self.address.clone()).form(&form).send().await;
        let response = response.map_err(|error| NoToken::NotNow(format!("token: {}", no_answer(error))))?;
        let status = response.status();
        let answer = Secret::new(read(response).await);
        if !status.is_success() {
            return Err(denied(status.as_u16(), answer.expose()));
        }
        let granted: Granted = serde_json::from_str(answer.expose())
            .map_err(|_| NoToken::NotNow("token: an answer that cannot be read".to_owned()))?;
        let lives = Duration::from_secs(granted.expires_in);
        let renewed_at = now.plus(lives.saturating_sub(RENEWED_BEFORE));
        Ok((Secret::new(granted.access_token), renewed_at))
    }

    fn assertion(&self, now: Timestamp) -> Result<Secret<String>, NoToken> {
        let claims = Assertion {
            iss: &self.account,
            scope: SCOPE,
            aud: &self.audience,
            iat: now.seconds(),
            exp: now.plus(ASSERTION_LIVES).seconds(),
        };
        jsonwebtoken::encode(&self.header, &claims, &self.key)
            .map(Secret::new)
            .map_err(|_| NoToken::Refused("token: the account's key cannot sign".to_owned()))
    }
}

fn denied(status: u16, answer: &str) -> NoToken {
    let error = serde_json::from_str::<Denied>(answer).map(|denied| denied.error).unwrap_or_default();
    let said = short(&format!("token: {status} {error}"), "");
    if matches!(status, 408 | 429 | 500..=599) { NoToken::NotNow(said) } else { NoToken::Refused(said) }
}
