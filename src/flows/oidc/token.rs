//! Step 9: the authorization code for tokens (OpenID Connect Core section 3.1.3), and userinfo (section 5.3).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::super::{Internal, Services};
use super::claims::{PersonClaims, of_person};
use crate::crypto::code_hash::{HashPurpose, is_same, sha256};
use crate::crypto::jose;
use crate::domain::audit::AuditEvent;
use crate::domain::client::Client;
use crate::domain::grant::{Grant, TOKEN_LIFE};
use crate::domain::ids::SessionId;
use crate::domain::random::bytes;
use crate::domain::secret::Secret;
use crate::domain::session::Session;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::{client, grant, session};

/// Why no token is given.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Unknown client or wrong secret.
    #[error("client authentication failed")]
    ClientAuthenticationFailed,
    /// The code is unknown, expired, used, another client's; or redirect URI or verifier do not fit.
    #[error("the authorization code is not good: {0}")]
    GrantInvalid(&'static str),
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
}

#[derive(Serialize)]
struct IdTokenClaims<'a> {
    iss: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    auth_time: i64,
    acr: &'static str,
    amr: Vec<&'static str>,
    sid: String,
    at_hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(flatten)]
    person: PersonClaims,
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
    let access_token = URL_SAFE_NO_PAD.encode(bytes::<32>(services.random.as_ref())?);
    let id_token = sign_id_token(services, &client, &found, (&session, person), (now, &access_token))?;
    let mut tx = services.db.write().await?;
    if !grant::redeem(&mut tx, &code_hash, now).await? {
        drop(tx);
        return Err(take_back(services, &code_hash, found.session_id, client).await?);
    }
    if session::find(&mut tx, session.id).await?.is_none() {
        return Err(TokenError::GrantInvalid("the session has ended"));
    }
    let token_hash = services.keys.hasher.hash(HashPurpose::AccessToken, access_token.as_bytes());
    let expires_at = now.plus(TOKEN_LIFE);
    grant::insert_access_token(&mut tx, &token_hash, &code_hash, &found, (now, expires_at)).await?;
    let event =
        AuditEvent::TokenIssued { session: session.id, person: session.person_id, client: client.id.clone() };
    services.record(&mut tx, &event, now).await?;
    tx.commit().await?;
    Ok(Tokens {
        access_token,
        token_type: "Bearer",
        expires_in: TOKEN_LIFE.as_secs(),
        scope: found.scope.text(),
        id_token,
    })
}

/// Somebody has the code twice: takes back what its first use gave, and gives back the refusal.
async fn take_back(
    services: &Services,
    code_hash: &[u8; 32],
    session: SessionId,
    client: Client,
) -> Result<TokenError, TokenError> {
    let mut tx = services.db.write().await?;
    grant::delete_access_token_of(&mut tx, code_hash).await?;
    let event = AuditEvent::CodeReused { session, client: client.id };
    services.record(&mut tx, &event, services.now()).await?;
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

async fn authenticate(
    services: &Services,
    tx: &mut Tx,
    credentials: &ClientCredentials,
) -> Result<Client, TokenError> {
    let found = client::find(tx, &credentials.id).await?.ok_or(TokenError::ClientAuthenticationFailed)?;
    let hash = |secret: &Secret<String>| {
        services.keys.hasher.hash(HashPurpose::ClientSecret, secret.expose().as_bytes())
    };
    let is_authentic = match (&found.secret_hash, credentials.secret.as_ref().map(hash)) {
        (Some(expected), Some(given)) => is_same(expected, &given),
        (None, None) => true,
        _ => false,
    };
    is_authentic.then_some(found).ok_or(TokenError::ClientAuthenticationFailed)
}

fn check(found: &Grant, client: &Client, exchange: &CodeExchange, now: Timestamp) -> Result<(), TokenError> {
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

fn sign_id_token(
    services: &Services,
    client: &Client,
    found: &Grant,
    (session, person): (&Session, PersonClaims),
    (now, access_token): (Timestamp, &str),
) -> Result<String, Internal> {
    let algorithm = client.id_token_algorithm;
    let key = services.signing_keys.current(algorithm, now)?;
    let [left_half, _] = halves(sha256(access_token.as_bytes()));
    let claims = IdTokenClaims {
        iss: &services.issuer,
        aud: &client.id,
        iat: now.seconds(),
        exp: now.plus(TOKEN_LIFE).seconds(),
        auth_time: session.signed_in_at.seconds(),
        acr: session.authentication_context(),
        amr: session.authentication_methods(),
        sid: session.id.to_string(),
        at_hash: URL_SAFE_NO_PAD.encode(left_half),
        nonce: found.nonce.as_deref(),
        person,
    };
    Ok(jose::sign(&key, "JWT", &claims)?)
}

fn halves(hash: [u8; 32]) -> [[u8; 16]; 2] {
    let mut halves = [[0; 16]; 2];
    for (slot, byte) in halves.iter_mut().flatten().zip(hash) {
        *slot = byte;
    }
    halves
}
