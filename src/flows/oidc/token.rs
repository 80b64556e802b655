//! Step 9: the authorization code for tokens (OpenID Connect Core section 3.1.3), and userinfo (section 5.3).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::super::{Internal, Services};
use super::claims::{PersonClaims, of_person};
use super::id_token::{self, Statement};
use super::refresh;
use crate::crypto::code_hash::{HashPurpose, is_same, sha256};
use crate::domain::audit::AuditEvent;
use crate::domain::client::Client;
use crate::domain::grant::{Grant, Scope, TOKEN_LIFE};
use crate::domain::ids::SessionId;
use crate::domain::random::bytes;
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::grant::AccessToken;
use crate::store::{client, grant, session};

/// Why no token is given.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Unknown client or wrong secret.
    #[error("client authentication failed")]
    ClientAuthenticationFailed,
    /// The code or refresh token is unknown, expired, used, another client's; or redirect URI or verifier do not fit.
    #[error("the grant is not good: {0}")]
    GrantInvalid(&'static str),
    /// More than was granted, or without `openid`.
    #[error("the scope is not within what was granted")]
    ScopeInvalid,
    /// The access token is missing, unknown or expired.
    #[error("the access token is not good")]
    AccessTokenInvalid,
    /// Our fault.
    #[error("giving tokens failed")]
    Internal(#[source] Internal),
}

super::super::from_internal!(TokenError);

/// How a client says who it is.
pub struct ClientCredentials {
    /// Its `client_id`.
    pub id: String,
    /// Its secret; `None` for a public client.
    pub secret: Option<Secret<String>>,
}

/// What a client gives for tokens.
pub struct CodeExchange {
    /// The authorization code.
    pub code: Secret<String>,
    /// The redirect URI of the authorization request.
    pub redirect_uri: String,
    /// The PKCE verifier.
    pub code_verifier: Secret<String>,
}

/// What the client gets (RFC 6749 section 5.1).
#[derive(Serialize)]
pub struct Tokens {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
    scope: String,
    id_token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

/// Tokens before they are stored.
pub(super) struct Fresh {
    access_token: String,
    id_token: String,
    scope: Scope,
}

impl Fresh {
    /// Makes an access token and the ID token that goes with it.
    pub(super) fn make(
        services: &Services,
        statement: Statement,
        scope: Scope,
        now: Timestamp,
    ) -> Result<Self, Internal> {
        let access_token = URL_SAFE_NO_PAD.encode(bytes::<32>(services.random.as_ref())?);
        let id_token = id_token::sign(services, statement, (now, &access_token))?;
        Ok(Self { access_token, id_token, scope })
    }

    /// Stores the access token in the writing transaction.
    pub(super) async fn store(
        &self,
        services: &Services,
        tx: &mut Tx,
        (code_hash, found): (&[u8; 32], &Grant),
        now: Timestamp,
    ) -> Result<(), Internal> {
        let token = AccessToken {
            client_id: found.client_id.clone(),
            session_id: found.session_id,
            scope: self.scope,
            created_at: now,
            expires_at: now.plus(TOKEN_LIFE),
        };
        let token_hash = services.keys.hasher.hash(HashPurpose::AccessToken, self.access_token.as_bytes());
        Ok(grant::insert_access_token(tx, &token_hash, code_hash, &token).await?)
    }

    /// What the client gets.
    pub(super) fn tell(self, refresh_token: Option<String>) -> Tokens {
        Tokens {
            access_token: self.access_token,
            token_type: "Bearer",
            expires_in: TOKEN_LIFE.as_secs(),
            scope: self.scope.text(),
            id_token: self.id_token,
            refresh_token,
        }
    }
}

/// Redeems an authorization code, once. A second try takes back what the first one gave (RFC 6749 section 4.1.2).
pub async fn redeem(
    services: &Services,
    credentials: &ClientCredentials,
    exchange: &CodeExchange,
) -> Result<Tokens, TokenError> {
    let now = services.now();
    let code_hash =
        services.keys.hasher.hash(HashPurpose::AuthorizationCode, exchange.code.expose().as_bytes());
    let mut tx = services.db.read().await?;
    let client = authenticate(services, &mut tx, credentials).await?;
    let found = grant::find(&mut tx, &code_hash).await?.ok_or(TokenError::GrantInvalid("unknown"))?;
    check(&found, &client, exchange, now)?;
    if found.redeemed_at.is_some() {
        drop(tx);
        return Err(take_back(services, &code_hash, found.session_id, client).await?);
    }
    let session = session::find(&mut tx, found.session_id).await?.filter(|session| session.is_live(now));
    let session = session.ok_or(TokenError::GrantInvalid("the session has ended"))?;
    let person = of_person(&mut tx, &session, found.scope).await?;
    drop(tx);
    let statement = Statement { client: &client, session: &session, person, nonce: found.nonce.as_deref() };
    let fresh = Fresh::make(services, statement, found.scope, now)?;
    let mut tx = services.db.write().await?;
    if !grant::redeem(&mut tx, &code_hash, now).await? {
        drop(tx);
        return Err(take_back(services, &code_hash, found.session_id, client).await?);
    }
    if session::find(&mut tx, session.id).await?.is_none() {
        return Err(TokenError::GrantInvalid("the session has ended"));
    }
    fresh.store(services, &mut tx, (&code_hash, &found), now).await?;
    let refresh_token = if found.scope.offline_access {
        Some(refresh::begin(services, &mut tx, code_hash, now).await?)
    } else {
        None
    };
    let event =
        AuditEvent::TokenIssued { session: session.id, person: session.person_id, client: client.id.clone() };
    services.record(&mut tx, &event, now).await?;
    tx.commit().await?;
    Ok(fresh.tell(refresh_token))
}

/// Somebody has the code twice: takes back what its first use gave, and gives back the refusal.
pub(super) async fn take_back(
    services: &Services,
    code_hash: &[u8; 32],
    session: SessionId,
    client: Client,
) -> Result<TokenError, TokenError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    grant::end(&mut tx, code_hash, now).await?;
    let event = AuditEvent::CodeReused { session, client: client.id };
    services.record(&mut tx, &event, now).await?;
    tx.commit().await?;
    Ok(TokenError::GrantInvalid("used before"))
}

/// The claims that an access token opens.
pub async fn user_info(
    services: &Services,
    access_token: &Secret<String>,
) -> Result<PersonClaims, TokenError> {
    let now = services.now();
    let token_hash = services.keys.hasher.hash(HashPurpose::AccessToken, access_token.expose().as_bytes());
    let mut tx = services.db.read().await?;
    let token = grant::find_access_token(&mut tx, &token_hash).await?.filter(|token| now < token.expires_at);
    let token = token.ok_or(TokenError::AccessTokenInvalid)?;
    let session = session::find(&mut tx, token.session_id).await?.ok_or(TokenError::AccessTokenInvalid)?;
    Ok(of_person(&mut tx, &session, token.scope).await?)
}

/// The client of these credentials.
pub(super) async fn authenticate(
    services: &Services,
    tx: &mut Tx,
    credentials: &ClientCredentials,
) -> Result<Client, TokenError> {
    let found = client::find(tx, &credentials.id).await?.ok_or(TokenError::ClientAuthenticationFailed)?;
    let hash = |secret: &Secret<String>| {
        services.keys.hasher.hash(HashPurpose::ClientSecret, secret.expose().as_bytes())
    };
    let is_old = |given: &[u8; 32]| {
        found.old_secret.is_some_and(|(old, until)| services.now() < until && is_same(&old, given))
    };
    let is_authentic = match (&found.secret_hash, credentials.secret.as_ref().map(hash)) {
        (Some(expected), Some(given)) => is_same(expected, &given) || is_old(&given),
        // What stands behind a reverse proxy never asks itself.
        (None, None) => !found.metadata.forward_auth,
        _ => false,
    };
    is_authentic.then_some(found).ok_or(TokenError::ClientAuthenticationFailed)
}

/// Whether this client may redeem the code with what it gives.
pub(super) fn check(
    found: &Grant,
    client: &Client,
    exchange: &CodeExchange,
    now: Timestamp,
) -> Result<(), TokenError> {
    if found.client_id != client.id {
        return Err(TokenError::GrantInvalid("another client's"));
    }
    if found.redirect_uri != exchange.redirect_uri {
        return Err(TokenError::GrantInvalid("another redirect_uri"));
    }
    let verifier = exchange.code_verifier.expose();
    let challenge = URL_SAFE_NO_PAD.encode(sha256(verifier.as_bytes()));
    if !(43..=128).contains(&verifier.len())
        || !is_same(challenge.as_bytes(), found.code_challenge.as_bytes())
    {
        return Err(TokenError::GrantInvalid("wrong code_verifier"));
    }
    if now >= found.expires_at {
        return Err(TokenError::GrantInvalid("expired"));
    }
    Ok(())
}
