//! The keys that a provider signs with: read when they are needed, and again when a token names one that is not known.

use std::time::Duration;

use reqwest::Client;
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use super::KeySource;
use super::endpoints::Endpoints;
use crate::crypto::jwks::{KeySet, Signed, claimed, hints};
use crate::domain::identity::IdentityRefusal;
use crate::domain::time::Timestamp;
use crate::upstream::http::get;

/// How long keys are believed.
const BELIEVED: Duration = Duration::from_hours(24);
/// A key that is not known makes the keys be read again, but not more often than this.
const READ_AGAIN_AFTER: Duration = Duration::from_mins(1);
/// How far the clocks may differ.
const SKEW: Duration = Duration::from_mins(1);
/// The kind of a signed set (OpenID Federation section 5.2.1).
const SIGNED_SET: &str = "jwk-set+jwt";

/// What was read, and when.
#[derive(Default)]
pub(super) struct KnownKeys(Mutex<Option<(KeySet, Timestamp)>>);

#[derive(Deserialize)]
struct SignedSet {
    iss: String,
    sub: String,
    iat: i64,
    exp: Option<i64>,
}

impl KnownKeys {
    /// The keys, among them the one that `token` names, as far as the provider has it.
    pub(super) async fn find(
        &self,
        client: &Client,
        (source, endpoints): (&KeySource, &Endpoints),
        token: &str,
        now: Timestamp,
    ) -> Result<KeySet, IdentityRefusal> {
        let (named, _) = hints(token).ok_or(IdentityRefusal::Unverified("not a signed token"))?;
        let mut known = self.0.lock().await;
        if let Some((keys, read_at)) = known.as_ref() {
            let has_it = named.as_deref().is_none_or(|id| keys.has(id));
            let may_read = now >= read_at.plus(READ_AGAIN_AFTER);
            if now < read_at.plus(BELIEVED) && (has_it || !may_read) {
                return Ok(keys.clone());
            }
        }
        let keys = match source {
            KeySource::Published => read_published(client, endpoints.keys.as_ref()).await?,
            KeySource::SignedSet { address, entity, issuer } => {
                let token = String::from_utf8(get(client, address).await?).unwrap_or_default();
                read_signed(token.trim(), entity, issuer, now)?
            }
        };
        *known = Some((keys.clone(), now));
        Ok(keys)
    }
}

async fn read_published(client: &Client, address: Option<&Url>) -> Result<KeySet, IdentityRefusal> {
    let missing = || IdentityRefusal::Unavailable("its keys cannot be read".to_owned());
    let body = get(client, address.ok_or_else(missing)?).await?;
    KeySet::read(&body).ok_or_else(missing)
}

/// The keys of a signed set that one of the entity keys signed, for that entity, and that has not ended.
pub(super) fn read_signed(
    token: &str,
    entity: &KeySet,
    issuer: &str,
    now: Timestamp,
) -> Result<KeySet, IdentityRefusal> {
    let (_, kind) = hints(token).ok_or(IdentityRefusal::Unverified("not a signed key set"))?;
    if kind.is_some_and(|kind| kind != SIGNED_SET) {
        return Err(IdentityRefusal::Unverified("not a signed key set"));
    }
    let payload = entity
        .verify(token, &[Signed::Rs256])
        .ok_or(IdentityRefusal::Unverified("signature of the key set"))?;
    let set: SignedSet =
        serde_json::from_slice(&payload).map_err(|_| IdentityRefusal::Unverified("not a signed key set"))?;
    let is_begun = set.iat <= now.plus(SKEW).seconds();
    let is_over = set.exp.is_some_and(|exp| exp <= now.seconds());
    if set.iss != issuer || set.sub != issuer || !is_begun || is_over {
        return Err(IdentityRefusal::Unverified("key set of another time or entity"));
    }
    KeySet::read(&payload).ok_or(IdentityRefusal::Unverified("not a signed key set"))
}

/// A statement that an entity makes of itself (OpenID Federation section 3.1), as far as it is used here.
#[derive(Deserialize)]
struct EntityStatement {
    iss: String,
    sub: String,
    jwks: serde_json::Value,
}

/// The keys and the name of the entity whose statement this is; `None` unless one of those keys signed it. That it is the right
/// entity's an operator has to see to, by its fingerprint.
pub fn entity_keys(statement: &str) -> Option<(KeySet, String)> {
    let (_, kind) = hints(statement)?;
    let payload = claimed(statement)?;
    let claims: EntityStatement = serde_json::from_slice(&payload).ok()?;
    let keys = KeySet::read(&serde_json::to_vec(&claims.jwks).ok()?)?;
    let is_signed = keys.verify(statement, &[Signed::Rs256]).is_some();
    let is_statement = kind.as_deref() == Some("entity-statement+jwt");
    (is_signed && is_statement && claims.iss == claims.sub).then_some((keys, claims.iss))
}
