//! Rows of `identifications`.

use super::db::{StoreError, Tx, fixed, parsed};
use crate::domain::identity::{Identification, MethodId};
use crate::domain::ids::{IdentificationId, PersonId};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO identifications \
     (id, state_hash, attempt_id, method, browser_hash, sealed, state, created_at, expires_at) \
     VALUES ($1, $2, $3, $4, $5, $6, 'begun', $7, $8)";
const BY_STATE: &str = "SELECT id, attempt_id, method, browser_hash, sealed, expires_at, person_id FROM identifications \
     WHERE state_hash = $1 AND method = $2";
const ANSWER: &str =
    "UPDATE identifications SET state = 'answered' WHERE id = $1 AND state = 'begun' AND expires_at > $2";
const NAME: &str =
    "UPDATE identifications SET state = 'identified', person_id = $1 WHERE id = $2 AND state = 'answered'";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    attempt_id: String,
    method: String,
    browser_hash: Vec<u8>,
    sealed: Vec<u8>,
    expires_at: i64,
    person_id: Option<String>,
}

/// Adds a visit; `state_hash` is the keyed hash of what the browser brings back.
pub async fn insert(
    tx: &mut Tx,
    begun: &Identification,
    state_hash: &[u8; 32],
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        begun.id.to_string(), &state_hash[..], begun.attempt_id.to_string(), begun.method.as_str(),
        &begun.browser_hash[..], &begun.sealed, now.millis(), begun.expires_at.millis(),
    ])?;
    Ok(())
}

/// The visit to that provider with that state.
pub async fn find(
    tx: &mut Tx,
    state_hash: &[u8; 32],
    method: &MethodId,
) -> Result<Option<Identification>, StoreError> {
    let row = on!(tx, optional BY_STATE, [&state_hash[..], method.as_str()] as Row)?;
    row.map(Row::read).transpose()
}

/// Notes that the browser came back, once; `false` when it had, or too late.
pub async fn answer(tx: &mut Tx, id: IdentificationId, now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute ANSWER, [id.to_string(), now.millis()])? == 1)
}

/// Notes whom the provider named.
pub async fn name(tx: &mut Tx, id: IdentificationId, person: PersonId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute NAME, [person.to_string(), id.to_string()])? == 1)
}

impl Row {
    fn read(self) -> Result<Identification, StoreError> {
        const TABLE: &str = "identifications";
        Ok(Identification {
            id: parsed(&self.id, TABLE, "id")?,
            attempt_id: parsed(&self.attempt_id, TABLE, "attempt_id")?,
            method: parsed(&self.method, TABLE, "method")?,
            browser_hash: fixed(self.browser_hash, TABLE, "browser_hash")?,
            sealed: self.sealed,
            expires_at: Timestamp::from_millis(self.expires_at),
            person_id: self.person_id.map(|id| parsed(&id, TABLE, "person_id")).transpose()?,
        })
    }
}
