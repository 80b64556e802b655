//! Rows of `objections`.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::objection::{Objection, ObjectionKind};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO objections (code_hash, person_id, kind, subject, created_at, expires_at, used_at) \
     VALUES ($1, $2, $3, $4, $5, $6, NULL)";
const BY_CODE: &str =
    "SELECT person_id, kind, subject, expires_at, used_at FROM objections WHERE code_hash = $1";
const USE: &str = "UPDATE objections SET used_at = $1 WHERE code_hash = $2 AND used_at IS NULL";
const USE_LATER: &str = "UPDATE objections SET used_at = $1 WHERE person_id = $2 AND kind = $3 AND used_at IS NULL \
     AND created_at >= (SELECT o.created_at FROM objections o WHERE o.code_hash = $4)";

#[derive(sqlx::FromRow)]
struct Row {
    person_id: String,
    kind: String,
    subject: Option<String>,
    expires_at: i64,
    used_at: Option<i64>,
}

/// Adds the right to object, under the keyed hash of its code.
pub async fn insert(
    tx: &mut Tx,
    code_hash: &[u8; 32],
    objection: &Objection,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        &code_hash[..], objection.person_id.to_string(), objection.kind.key(), objection.kind.subject(), now.millis(),
        objection.expires_at.millis(),
    ])?;
    Ok(())
}

/// The right to object that has this code.
pub async fn find(tx: &mut Tx, code_hash: &[u8; 32]) -> Result<Option<Objection>, StoreError> {
    let row = on!(tx, optional BY_CODE, [&code_hash[..]] as Row)?;
    row.map(Row::read).transpose()
}

/// Uses it up; `false` when it was used before.
pub async fn spend(tx: &mut Tx, code_hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute USE, [now.millis(), &code_hash[..]])? == 1)
}

/// Uses up those of the same person and kind that are as new, or newer; gives back how many there were.
pub async fn spend_later(
    tx: &mut Tx,
    code_hash: &[u8; 32],
    objection: &Objection,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let Objection { person_id, kind, .. } = objection;
    Ok(on!(tx, execute USE_LATER, [now.millis(), person_id.to_string(), kind.key(), &code_hash[..]])?)
}

impl Row {
    fn read(self) -> Result<Objection, StoreError> {
        const TABLE: &str = "objections";
        let kind = ObjectionKind::from_parts(&self.kind, self.subject.as_deref());
        Ok(Objection {
            person_id: parsed(&self.person_id, TABLE, "person_id")?,
            kind: present(kind, TABLE, "kind")?,
            expires_at: Timestamp::from_millis(self.expires_at),
            is_used: self.used_at.is_some(),
        })
    }
}
