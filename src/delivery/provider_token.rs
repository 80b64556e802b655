//! Apple's provider tokens: made here, shared by all, renewed before Apple calls them old and never more often than Apple allows.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;

use super::ProviderError;
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;

/// Apple refuses tokens of more than sixty minutes.
const REUSED: Duration = Duration::from_mins(45);
/// Apple refuses whoever renews more often than every twenty minutes.
const SHORTEST: Duration = Duration::from_mins(20);

/// The tokens of one key.
pub(super) struct ProviderTokens {
    team: String,
    header: Header,
    key: EncodingKey,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    token: Option<(Secret<String>, Timestamp)>,
    /// When a token was last renewed because Apple refused it.
    refused_at: Option<Timestamp>,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    iat: i64,
}

impl ProviderTokens {
    /// Reads the key (PEM, as Apple's `.p8` file has it).
    pub(super) fn new(key: &Secret<String>, key_id: String, team: String) -> Result<Self, ProviderError> {
        let key = EncodingKey::from_ec_pem(key.expose().as_bytes())
            .map_err(|_| ProviderError("the key's file holds no P-256 key in PKCS #8 form".to_owned()))?;
        let mut header = Header::new(Algorithm::ES256);
        header.typ = None;
        header.kid = Some(key_id);
        let tokens = Self { team, header, key, held: Mutex::default() };
        // A key of another kind is found out now, not at the first push.
        tokens.make(Timestamp::from_millis(0))?;
        Ok(tokens)
    }

    /// The token of now.
    pub(super) fn get(&self, now: Timestamp) -> Result<Secret<String>, ProviderError> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match &held.token {
            Some((token, made_at)) if now < made_at.plus(REUSED) => Ok(token.clone()),
            _ => {
                let token = self.make(now)?;
                held.token = Some((token.clone(), now));
                Ok(token)
            }
        }
    }

    /// Forgets a token that Apple calls too old; `false` when there was one like that a short while ago: then a clock is wrong, and
    /// another token would not help.
    pub(super) fn forget(&self, refused: &Secret<String>, now: Timestamp) -> bool {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let is_held = held.token.as_ref().is_some_and(|(token, _)| token.expose() == refused.expose());
        if !is_held {
            return true;
        }
        if held.refused_at.is_some_and(|at| now < at.plus(SHORTEST)) {
            return false;
        }
        *held = Held { token: None, refused_at: Some(now) };
        true
    }

    fn make(&self, now: Timestamp) -> Result<Secret<String>, ProviderError> {
        let claims = Claims { iss: &self.team, iat: now.seconds() };
        jsonwebtoken::encode(&self.header, &claims, &self.key)
            .map(Secret::new)
            .map_err(|_| ProviderError("the key cannot sign ES256".to_owned()))
    }
}
