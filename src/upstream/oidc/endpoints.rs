//! A provider's addresses (OpenID Connect Discovery 1.0).

use std::time::Duration;

use reqwest::Client;
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use crate::domain::identity::IdentityRefusal;
use crate::domain::time::Timestamp;
use crate::upstream::http::{checked, get};

/// How long what a provider told of itself is believed.
const BELIEVED: Duration = Duration::from_hours(1);

/// Where a provider is spoken to.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// Where browsers go.
    pub authorization: Url,
    /// Where codes are redeemed.
    pub token: Url,
    /// Where its keys are; not needed with a signed set.
    pub keys: Option<Url>,
    /// Where requests are sent ahead.
    pub pushed: Option<Url>,
}

/// What was told, and when.
#[derive(Default)]
pub(super) struct KnownEndpoints(Mutex<Option<(Endpoints, Timestamp)>>);

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    pushed_authorization_request_endpoint: Option<String>,
}

impl KnownEndpoints {
    /// What the provider tells of itself; asked for once an hour. Whoever finds nothing asks, the others wait for that answer.
    pub(super) async fn find(
        &self,
        client: &Client,
        issuer: &str,
        now: Timestamp,
    ) -> Result<Endpoints, IdentityRefusal> {
        let mut known = self.0.lock().await;
        if let Some((endpoints, read_at)) = known.as_ref()
            && now < read_at.plus(BELIEVED)
        {
            return Ok(endpoints.clone());
        }
        let unusable = || IdentityRefusal::Unavailable("what it tells of itself cannot be used".to_owned());
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let body = get(client, &checked(&address).ok_or_else(unusable)?).await?;
        let document: Document = serde_json::from_slice(&body).map_err(|_| unusable())?;
        // Another issuer's document would send people and codes elsewhere (OpenID Connect Discovery section 4.3).
        if document.issuer != issuer {
            return Err(unusable());
        }
        let endpoints = document.read().ok_or_else(unusable)?;
        *known = Some((endpoints.clone(), now));
        Ok(endpoints)
    }
}

impl Document {
    fn read(self) -> Option<Endpoints> {
        let pushed = self.pushed_authorization_request_endpoint;
        Some(Endpoints {
            authorization: checked(&self.authorization_endpoint)?,
            token: checked(&self.token_endpoint)?,
            keys: Some(checked(&self.jwks_uri)?),
            pushed: pushed.as_deref().and_then(checked),
        })
    }
}
