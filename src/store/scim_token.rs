//! Rows of `scim_tokens` and `scim_token_companies`.

use super::db::{StoreError, Tx, parsed};
use crate::domain::ids::{CompanyId, ScimTokenId};
use crate::domain::scim::ScimToken;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO scim_tokens (id, client_id, token_hash, is_for_all, home_company_id, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6)";
const INSERT_COMPANY: &str =
    "INSERT INTO scim_token_companies (token_id, company_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const BY_HASH: &str = "SELECT t.id, t.client_id, c.name AS client_name, t.is_for_all, t.home_company_id, t.created_at, \
     t.last_used_at FROM scim_tokens t JOIN clients c ON c.id = t.client_id WHERE t.token_hash = $1 AND t.revoked_at IS NULL";
const LIVE: &str = "SELECT t.id, t.client_id, c.name AS client_name, t.is_for_all, t.home_company_id, t.created_at, \
     t.last_used_at FROM scim_tokens t JOIN clients c ON c.id = t.client_id WHERE t.revoked_at IS NULL ORDER BY t.id";
const COMPANIES: &str = "SELECT company_id FROM scim_token_companies WHERE token_id = $1 ORDER BY company_id";
const TOUCH: &str = "UPDATE scim_tokens SET last_used_at = $1 WHERE id = $2";
const REVOKE: &str = "UPDATE scim_tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    client_id: String,
    client_name: String,
    is_for_all: i64,
    home_company_id: Option<String>,
    created_at: i64,
    last_used_at: Option<i64>,
}

/// Adds a token, given by its keyed hash, with the companies that it is good for.
pub async fn insert(
    tx: &mut Tx,
    token: &ScimToken,
    hash: &[u8; 32],
    companies: &[CompanyId],
) -> Result<(), StoreError> {
    let home = token.home.map(|home| home.to_string());
    on!(&mut *tx, execute INSERT, [
        token.id.to_string(), &token.client_id, &hash[..], i64::from(token.is_for_all), home, token.created_at.millis(),
    ])?;
    for company in companies {
        on!(&mut *tx, execute INSERT_COMPANY, [token.id.to_string(), company.to_string()])?;
    }
    Ok(())
}

/// The token with that keyed hash, unless it was revoked.
pub async fn find_by_hash(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<ScimToken>, StoreError> {
    let row = on!(tx, optional BY_HASH, [&hash[..]] as Row)?;
    row.map(Row::read).transpose()
}

/// Every token that was not revoked, the oldest first.
pub async fn find_live(tx: &mut Tx) -> Result<Vec<ScimToken>, StoreError> {
    let rows = on!(tx, all LIVE, [] as Row)?;
    rows.into_iter().map(Row::read).collect()
}

/// The companies that a token was made for.
pub async fn find_companies(tx: &mut Tx, id: ScimTokenId) -> Result<Vec<CompanyId>, StoreError> {
    let rows = on!(tx, all COMPANIES, [id.to_string()] as (String,))?;
    rows.into_iter().map(|(id,)| parsed(&id, "scim_token_companies", "company_id")).collect()
}

/// Notes that a token was used.
pub async fn touch(tx: &mut Tx, id: ScimTokenId, now: Timestamp) -> Result<(), StoreError> {
    on!(tx, execute TOUCH, [now.millis(), id.to_string()])?;
    Ok(())
}

/// Revokes a token; `false` when there is none, or it was revoked already.
pub async fn revoke(tx: &mut Tx, id: ScimTokenId, now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute REVOKE, [now.millis(), id.to_string()])? == 1)
}

impl Row {
    fn read(self) -> Result<ScimToken, StoreError> {
        const TABLE: &str = "scim_tokens";
        let home = self.home_company_id.map(|id| parsed(&id, TABLE, "home_company_id")).transpose()?;
        Ok(ScimToken {
            id: parsed(&self.id, TABLE, "id")?,
            client_id: self.client_id,
            client_name: self.client_name,
            is_for_all: self.is_for_all != 0,
            home,
            created_at: Timestamp::from_millis(self.created_at),
            last_used_at: self.last_used_at.map(Timestamp::from_millis),
        })
    }
}
