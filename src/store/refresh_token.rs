//! Rows of `refresh_tokens`.

use super::db::{StoreError, Tx, fixed};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO refresh_tokens (token_hash, code_hash, created_at, expires_at, spent_at) \
     VALUES ($1, $2, $3, $4, NULL)";
const BY_HASH: &str =
    "SELECT code_hash, created_at, expires_at, spent_at FROM refresh_tokens WHERE token_hash = $1";
const SPEND: &str = "UPDATE refresh_tokens SET spent_at = $1 WHERE token_hash = $2 AND spent_at IS NULL \
     AND EXISTS (SELECT 1 FROM grants g WHERE g.code_hash = refresh_tokens.code_hash AND g.ended_at IS NULL)";

/// A refresh token, known by its keyed hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// The hash of the authorization code that it came of.
    pub code_hash: [u8; 32],
    /// When it was given.
    pub created_at: Timestamp,
    /// When it dies: all tokens of a code at the same time.
    pub expires_at: Timestamp,
    /// When its successor was given.
    pub spent_at: Option<Timestamp>,
}

/// Adds a token that nobody has used.
pub async fn insert(tx: &mut Tx, token_hash: &[u8; 32], token: &RefreshToken) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        &token_hash[..], &token.code_hash[..], token.created_at.millis(), token.expires_at.millis(),
    ])?;
    Ok(())
}

/// The token of that hash.
pub async fn find(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<Option<RefreshToken>, StoreError> {
    let row = on!(tx, optional BY_HASH, [&token_hash[..]] as (Vec<u8>, i64, i64, Option<i64>))?;
    row.map(|(code_hash, created_at, expires_at, spent_at)| {
        Ok(RefreshToken {
            code_hash: fixed(code_hash, "refresh_tokens", "code_hash")?,
            created_at: Timestamp::from_millis(created_at),
            expires_at: Timestamp::from_millis(expires_at),
            spent_at: spent_at.map(Timestamp::from_millis),
        })
    })
    .transpose()
}

/// Spends the token; `false` when it was spent before, or everything of its code was taken back.
pub async fn spend(tx: &mut Tx, token_hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute SPEND, [now.millis(), &token_hash[..]])? == 1)
}
