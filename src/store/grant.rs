//! Rows of `sign_in_requests`, `grants` and `access_tokens`.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::grant::{Grant, ResponseMode, Scope, SignInRequest};
use crate::domain::ids::{SessionId, SignInRequestId};
use crate::domain::time::Timestamp;

const INSERT_REQUEST: &str = "INSERT INTO sign_in_requests \
     (id, client_id, redirect_uri, scope, response_mode, state, nonce, code_challenge, is_fresh_sign_in_required, session_id, \
     created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, $10, $11)";
const REQUEST_BY_ID: &str = "SELECT id, client_id, redirect_uri, scope, response_mode, state, nonce, code_challenge, \
     is_fresh_sign_in_required, session_id, expires_at FROM sign_in_requests WHERE id = $1";
const SATISFY: &str = "UPDATE sign_in_requests SET session_id = $1 WHERE id = $2 AND session_id IS NULL";
const INSERT_GRANT: &str = "INSERT INTO grants \
     (code_hash, client_id, redirect_uri, scope, nonce, code_challenge, session_id, created_at, expires_at, redeemed_at, ended_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL)";
const GRANT_BY_CODE: &str = "SELECT client_id, redirect_uri, scope, nonce, code_challenge, session_id, expires_at, redeemed_at, ended_at \
     FROM grants WHERE code_hash = $1";
const REDEEM: &str = "UPDATE grants SET redeemed_at = $1 WHERE code_hash = $2 AND redeemed_at IS NULL";
const INSERT_TOKEN: &str = "INSERT INTO access_tokens \
     (token_hash, code_hash, client_id, session_id, scope, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const TOKEN_BY_HASH: &str = "SELECT t.client_id, t.session_id, t.scope, t.created_at, t.expires_at FROM access_tokens t \
     JOIN grants g ON g.code_hash = t.code_hash WHERE t.token_hash = $1 AND g.ended_at IS NULL";
const DELETE_TOKEN: &str = "DELETE FROM access_tokens WHERE token_hash = $1";
const DELETE_TOKENS_OF: &str = "DELETE FROM access_tokens WHERE code_hash = $1";
const DELETE_TOKENS_OF_CLIENT: &str = "DELETE FROM access_tokens WHERE client_id = $1";
const END_OF_CLIENT: &str = "UPDATE grants SET ended_at = $1 WHERE client_id = $2 AND ended_at IS NULL";
const END: &str = "UPDATE grants SET ended_at = $1 WHERE code_hash = $2 AND ended_at IS NULL";

#[derive(sqlx::FromRow)]
struct RequestRow {
    id: String,
    client_id: String,
    redirect_uri: String,
    scope: String,
    response_mode: String,
    state: Option<String>,
    nonce: Option<String>,
    code_challenge: String,
    is_fresh_sign_in_required: i64,
    session_id: Option<String>,
    expires_at: i64,
}

#[derive(sqlx::FromRow)]
struct GrantRow {
    client_id: String,
    redirect_uri: String,
    scope: String,
    nonce: Option<String>,
    code_challenge: String,
    session_id: String,
    expires_at: i64,
    redeemed_at: Option<i64>,
    ended_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    client_id: String,
    session_id: String,
    scope: String,
    created_at: i64,
    expires_at: i64,
}

/// What an access token stands for.
pub struct AccessToken {
    /// Who got it.
    pub client_id: String,
    /// Whose session.
    pub session_id: SessionId,
    /// Which claims it opens.
    pub scope: Scope,
    /// When it was given.
    pub created_at: Timestamp,
    /// When it dies.
    pub expires_at: Timestamp,
}

/// Adds a sign-in request.
pub async fn insert_request(tx: &mut Tx, request: &SignInRequest, now: Timestamp) -> Result<(), StoreError> {
    on!(tx, execute INSERT_REQUEST, [
        request.id.to_string(), &request.client_id, &request.redirect_uri, request.scope.text(),
        request.response_mode.name(), &request.state, &request.nonce, &request.code_challenge, i64::from(request.is_fresh_sign_in_required), now.millis(),
        request.expires_at.millis(),
    ])?;
    Ok(())
}

/// The sign-in request of that id.
pub async fn find_request(tx: &mut Tx, id: SignInRequestId) -> Result<Option<SignInRequest>, StoreError> {
    let row = on!(tx, optional REQUEST_BY_ID, [id.to_string()] as RequestRow)?;
    row.map(RequestRow::read).transpose()
}

/// Notes the session that an attempt of the request led to.
pub async fn satisfy_request(
    tx: &mut Tx,
    id: SignInRequestId,
    session: SessionId,
) -> Result<bool, StoreError> {
    Ok(on!(tx, execute SATISFY, [session.to_string(), id.to_string()])? == 1)
}

/// Adds an authorization code.
pub async fn insert(
    tx: &mut Tx,
    code_hash: &[u8; 32],
    grant: &Grant,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, execute INSERT_GRANT, [
        &code_hash[..], &grant.client_id, &grant.redirect_uri, grant.scope.text(), &grant.nonce,
        &grant.code_challenge, grant.session_id.to_string(), now.millis(), grant.expires_at.millis(),
    ])?;
    Ok(())
}

/// What the authorization code stands for.
pub async fn find(tx: &mut Tx, code_hash: &[u8; 32]) -> Result<Option<Grant>, StoreError> {
    let row = on!(tx, optional GRANT_BY_CODE, [&code_hash[..]] as GrantRow)?;
    row.map(GrantRow::read).transpose()
}

/// Spends the authorization code; `false` when it was spent before.
pub async fn redeem(tx: &mut Tx, code_hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute REDEEM, [now.millis(), &code_hash[..]])? == 1)
}

/// Adds an access token that came of an authorization code.
pub async fn insert_access_token(
    tx: &mut Tx,
    token_hash: &[u8; 32],
    code_hash: &[u8; 32],
    token: &AccessToken,
) -> Result<(), StoreError> {
    on!(tx, execute INSERT_TOKEN, [
        &token_hash[..], &code_hash[..], &token.client_id, token.session_id.to_string(), token.scope.text(),
        token.created_at.millis(), token.expires_at.millis(),
    ])?;
    Ok(())
}

/// What the access token stands for.
pub async fn find_access_token(
    tx: &mut Tx,
    token_hash: &[u8; 32],
) -> Result<Option<AccessToken>, StoreError> {
    let row = on!(tx, optional TOKEN_BY_HASH, [&token_hash[..]] as TokenRow)?;
    row.map(TokenRow::read).transpose()
}

/// Takes one access token back; `false` when there is none.
pub async fn delete_access_token(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(on!(tx, execute DELETE_TOKEN, [&token_hash[..]])? == 1)
}

/// Takes back everything that came of an authorization code; `false` when it was taken back before.
pub async fn end(tx: &mut Tx, code_hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
    on!(&mut *tx, execute DELETE_TOKENS_OF, [&code_hash[..]])?;
    Ok(on!(tx, execute END, [now.millis(), &code_hash[..]])? == 1)
}

/// Takes back everything that a client ever got.
pub async fn end_of_client(tx: &mut Tx, client_id: &str, now: Timestamp) -> Result<(), StoreError> {
    on!(&mut *tx, execute DELETE_TOKENS_OF_CLIENT, [client_id])?;
    on!(tx, execute END_OF_CLIENT, [now.millis(), client_id])?;
    Ok(())
}

impl RequestRow {
    fn read(self) -> Result<SignInRequest, StoreError> {
        const TABLE: &str = "sign_in_requests";
        Ok(SignInRequest {
            id: parsed(&self.id, TABLE, "id")?,
            client_id: self.client_id,
            redirect_uri: self.redirect_uri,
            scope: present(Scope::parse(&self.scope), TABLE, "scope")?,
            response_mode: present(ResponseMode::from_name(&self.response_mode), TABLE, "response_mode")?,
            state: self.state,
            nonce: self.nonce,
            code_challenge: self.code_challenge,
            is_fresh_sign_in_required: self.is_fresh_sign_in_required != 0,
            session_id: self.session_id.map(|id| parsed(&id, TABLE, "session_id")).transpose()?,
            expires_at: Timestamp::from_millis(self.expires_at),
        })
    }
}

impl GrantRow {
    fn read(self) -> Result<Grant, StoreError> {
        const TABLE: &str = "grants";
        Ok(Grant {
            client_id: self.client_id,
            redirect_uri: self.redirect_uri,
            scope: present(Scope::parse(&self.scope), TABLE, "scope")?,
            nonce: self.nonce,
            code_challenge: self.code_challenge,
            session_id: parsed(&self.session_id, TABLE, "session_id")?,
            expires_at: Timestamp::from_millis(self.expires_at),
            redeemed_at: self.redeemed_at.map(Timestamp::from_millis),
            ended_at: self.ended_at.map(Timestamp::from_millis),
        })
    }
}

impl TokenRow {
    fn read(self) -> Result<AccessToken, StoreError> {
        const TABLE: &str = "access_tokens";
        Ok(AccessToken {
            client_id: self.client_id,
            session_id: parsed(&self.session_id, TABLE, "session_id")?,
            scope: present(Scope::parse(&self.scope), TABLE, "scope")?,
            created_at: Timestamp::from_millis(self.created_at),
            expires_at: Timestamp::from_millis(self.expires_at),
        })
    }
}
