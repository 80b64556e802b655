//! Rows of `sessions`.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::device::UserVerification;
use crate::domain::ids::{PersonId, SessionId};
use crate::domain::session::Session;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO sessions \
     (id, token_hash, person_id, attempt_id, device_id, user_verification, is_device_on_probation, signed_in_at, last_seen_at, ended_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)";
const BY_TOKEN: &str = "SELECT id, person_id, attempt_id, device_id, user_verification, is_device_on_probation, signed_in_at, \
     last_seen_at FROM sessions WHERE token_hash = $1 AND ended_at IS NULL";
const BY_ID: &str = "SELECT id, person_id, attempt_id, device_id, user_verification, is_device_on_probation, signed_in_at, \
     last_seen_at FROM sessions WHERE id = $1 AND ended_at IS NULL";
const TOUCH: &str = "UPDATE sessions SET last_seen_at = $1 WHERE id = $2 AND ended_at IS NULL";

const END: &str = "UPDATE sessions SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
const END_OF_PERSON: &str = "UPDATE sessions SET ended_at = $1 WHERE person_id = $2 AND ended_at IS NULL";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: String,
    attempt_id: String,
    device_id: String,
    user_verification: String,
    is_device_on_probation: i64,
    signed_in_at: i64,
    last_seen_at: i64,
}

/// Adds a session; `token_hash` is the keyed hash of its cookie.
pub async fn insert(tx: &mut Tx, session: &Session, token_hash: &[u8; 32]) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        session.id.to_string(), &token_hash[..], session.person_id.to_string(), session.attempt_id.to_string(),
        session.device_id.to_string(), session.user_verification.key(), i64::from(session.is_device_on_probation),
        session.signed_in_at.millis(), session.last_seen_at.millis(),
    ])?;
    Ok(())
}

/// The session with that cookie, unless it was ended.
pub async fn find_by_token(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
    let row = on!(tx, optional BY_TOKEN, [&token_hash[..]] as Row)?;
    row.map(Row::read).transpose()
}

/// The session of that id, unless it was ended.
pub async fn find(tx: &mut Tx, id: SessionId) -> Result<Option<Session>, StoreError> {
    let row = on!(tx, optional BY_ID, [id.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// Notes that a session was used.
pub async fn touch(tx: &mut Tx, id: SessionId, now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute TOUCH, [now.millis(), id.to_string()])? == 1)
}

/// Ends a session.
pub async fn end(tx: &mut Tx, id: SessionId, now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute END, [now.millis(), id.to_string()])? == 1)
}

/// Ends every session of a person; gives back how many there were.
pub async fn end_of_person(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<u64, StoreError> {
    Ok(on!(tx, execute END_OF_PERSON, [now.millis(), person.to_string()])?)
}

impl Row {
    fn read(self) -> Result<Session, StoreError> {
        const TABLE: &str = "sessions";
        let user_verification = UserVerification::from_key(&self.user_verification);
        Ok(Session {
            id: parsed(&self.id, TABLE, "id")?,
            person_id: parsed(&self.person_id, TABLE, "person_id")?,
            attempt_id: parsed(&self.attempt_id, TABLE, "attempt_id")?,
            device_id: parsed(&self.device_id, TABLE, "device_id")?,
            user_verification: present(user_verification, TABLE, "user_verification")?,
            is_device_on_probation: self.is_device_on_probation != 0,
            signed_in_at: Timestamp::from_millis(self.signed_in_at),
            last_seen_at: Timestamp::from_millis(self.last_seen_at),
        })
    }
}
