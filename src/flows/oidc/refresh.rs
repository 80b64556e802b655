//! Refresh tokens (RFC 6749 section 6): each works once and has one successor, so that a stolen one shows (RFC 9700 section 4.14).
//!
//! The successor is computed from the token that it follows. An application that lost an answer, or that asked twenty times at once,
//! gets the same successor again for ten seconds, as long as nobody has used it; whoever uses a spent token later ends them all.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::super::{Internal, Services};
use super::claims::of_person;
use super::id_token::Statement;
use super::token::{ClientCredentials, Fresh, TokenError, Tokens, authenticate};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::AuditEvent;
use crate::domain::grant::{Grant, LOST_REPLY, REFRESH_LIFE, Scope};
use crate::domain::random::bytes;
use crate::domain::secret::Secret;
use crate::domain::session::Session;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::refresh_token::RefreshToken;
use crate::store::{grant, refresh_token, session};

/// What a client gives for fresh tokens.
pub struct Refreshing {
    /// The refresh token.
    pub token: Secret<String>,
    /// A narrower scope for this answer; without it, what was granted.
    pub scope: Option<String>,
}

/// Gives the first refresh token of an authorization code, in the transaction that redeems it.
pub(super) async fn begin(
    services: &Services,
    tx: &mut Tx,
    code_hash: [u8; 32],
    now: Timestamp,
) -> Result<String, Internal> {
    let token = URL_SAFE_NO_PAD.encode(bytes::<32>(services.random.as_ref())?);
    let kept =
        RefreshToken { code_hash, created_at: now, expires_at: now.plus(REFRESH_LIFE), spent_at: None };
    refresh_token::insert(tx, &hash(services, &token), &kept).await?;
    Ok(token)
}

/// The keyed hash by which a refresh token is known.
pub(super) fn hash(services: &Services, token: &str) -> [u8; 32] {
    services.keys.hasher.hash(HashPurpose::RefreshToken, token.as_bytes())
}

/// Gives fresh tokens for a refresh token. Whatever ended the session ends this too: signing out, a removed phone, lost access.
pub async fn refresh(
    services: &Services,
    credentials: &ClientCredentials,
    asked: &Refreshing,
) -> Result<Tokens, TokenError> {
    let now = services.now();
    let token_hash = hash(services, asked.token.expose());
    let mut tx = services.db.read().await?;
    let client = authenticate(services, &mut tx, credentials).await?;
    let (kept, found) = find(&mut tx, &token_hash).await?.ok_or(TokenError::GrantInvalid("unknown"))?;
    if found.client_id != client.id {
        return Err(TokenError::GrantInvalid("another client's"));
    }
    if found.ended_at.is_some() || now >= kept.expires_at {
        return Err(TokenError::GrantInvalid("ended or expired"));
    }
    let scope = narrow(found.scope, asked.scope.as_deref())?;
    let session = session::find(&mut tx, found.session_id).await?;
    let session = session.ok_or(TokenError::GrantInvalid("the session has ended"))?;
    let person = of_person(&mut tx, &session, scope).await?;
    drop(tx);
    let statement = Statement { client: &client, session: &session, person, nonce: None };
    let fresh = Fresh::make(services, statement, scope, now)?;
    let successor =
        URL_SAFE_NO_PAD.encode(services.keys.hasher.refresh_successor(asked.token.expose().as_bytes()));
    let mut tx = services.db.write().await?;
    let successor_hash = hash(services, &successor);
    if refresh_token::spend(&mut tx, &token_hash, now).await? {
        let next = RefreshToken { created_at: now, spent_at: None, ..kept.clone() };
        refresh_token::insert(&mut tx, &successor_hash, &next).await?;
    } else if !is_lost_reply(&mut tx, (&token_hash, &successor_hash), now).await? {
        return Err(end_all(services, tx, (&kept.code_hash, &session, client.id), now).await?);
    }
    if session::find(&mut tx, session.id).await?.is_none() {
        return Err(TokenError::GrantInvalid("the session has ended"));
    }
    fresh.store(services, &mut tx, (&kept.code_hash, &found), now).await?;
    let event =
        AuditEvent::TokenRefreshed { session: session.id, person: session.person_id, client: client.id };
    services.record(&mut tx, &event, now).await?;
    tx.commit().await?;
    Ok(fresh.tell(Some(successor)))
}

/// A refresh token and the authorization code that it came of.
pub(super) async fn find(
    tx: &mut Tx,
    token_hash: &[u8; 32],
) -> Result<Option<(RefreshToken, Grant)>, Internal> {
    let Some(kept) = refresh_token::find(tx, token_hash).await? else { return Ok(None) };
    let found = grant::find(tx, &kept.code_hash).await?.ok_or(Internal::Missing("grant"))?;
    Ok(Some((kept, found)))
}

fn narrow(granted: Scope, asked: Option<&str>) -> Result<Scope, TokenError> {
    let Some(asked) = asked else { return Ok(granted) };
    Scope::parse(asked).filter(|scope| scope.is_within(granted)).ok_or(TokenError::ScopeInvalid)
}

/// Whether a spent token may give the same answer once more.
async fn is_lost_reply(
    tx: &mut Tx,
    (token_hash, successor_hash): (&[u8; 32], &[u8; 32]),
    now: Timestamp,
) -> Result<bool, Internal> {
    let Some((spent, found)) = find(tx, token_hash).await? else { return Ok(false) };
    let is_recent = spent.spent_at.is_some_and(|spent_at| now < spent_at.plus(LOST_REPLY));
    let successor = refresh_token::find(tx, successor_hash).await?;
    let is_unused = successor.is_some_and(|successor| successor.spent_at.is_none());
    Ok(is_recent && is_unused && found.ended_at.is_none())
}

/// Somebody else has the token too: nothing that came of the code is good any longer.
async fn end_all(
    services: &Services,
    mut tx: Tx,
    (code_hash, session, client): (&[u8; 32], &Session, String),
    now: Timestamp,
) -> Result<TokenError, Internal> {
    if grant::end(&mut tx, code_hash, now).await? {
        let event = AuditEvent::RefreshReused { session: session.id, person: session.person_id, client };
        services.record(&mut tx, &event, now).await?;
    }
    tx.commit().await?;
    Ok(TokenError::GrantInvalid("used before"))
}
