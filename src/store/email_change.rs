//! Rows of `email_changes`.

use super::db::{StoreError, Tx, fixed, parsed};
use crate::domain::email_change::{EMAIL_CODE_TRIES, EmailChange};
use crate::domain::ids::{EmailChangeId, PersonId};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO email_changes \
     (id, person_id, email, old_email, state, salt, wrong_codes, sends, last_sent_at, created_at) \
     VALUES ($1, $2, $3, '', 'open', $4, 0, 1, $5, $5)";
const SUPERSEDE: &str =
    "UPDATE email_changes SET state = 'superseded' WHERE person_id = $1 AND state = 'open'";
const COUNT_SINCE: &str = "SELECT COUNT(*) FROM email_changes WHERE person_id = $1 AND created_at > $2";

selects_one!(
    OPEN,
    OPEN_LOCKED = "SELECT id, person_id, email, salt, wrong_codes, sends, last_sent_at, created_at FROM email_changes \
     WHERE person_id = $1 AND state = 'open'"
);
const COUNT_SEND: &str = "UPDATE email_changes SET sends = sends + 1, last_sent_at = $1 \
     WHERE id = $2 AND sends = $3 AND state = 'open'";
const SPEND_TRY: &str = "UPDATE email_changes SET wrong_codes = wrong_codes + 1 \
     WHERE id = $1 AND wrong_codes < $2 AND state = 'open'";
const FINISH: &str =
    "UPDATE email_changes SET state = 'done', old_email = $1 WHERE id = $2 AND state = 'open'";
const UNDO: &str = "UPDATE email_changes SET state = 'undone' WHERE id = $1 AND state = 'done'";
const OLD_EMAIL: &str = "SELECT old_email FROM email_changes WHERE id = $1 AND state = 'done'";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: String,
    email: String,
    salt: Vec<u8>,
    wrong_codes: i64,
    sends: i64,
    last_sent_at: i64,
    created_at: i64,
}

/// Adds a wish, whose code is sent with it.
pub async fn insert(tx: &mut Tx, change: &EmailChange) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        change.id.to_string(), change.person_id.to_string(), &change.email, &change.salt[..],
        change.created_at.millis(),
    ])?;
    Ok(())
}

/// Gives up the open wish of a person; gives back how many there were.
pub async fn supersede(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    Ok(on!(tx, execute SUPERSEDE, [person.to_string()])?)
}

/// How many wishes the person had after `since`.
pub async fn count_since(tx: &mut Tx, person: PersonId, since: Timestamp) -> Result<i64, StoreError> {
    let row = on!(tx, optional COUNT_SINCE, [person.to_string(), since.millis()] as (i64,))?;
    Ok(row.map_or(0, |(count,)| count))
}

/// The open wish of a person.
pub async fn find_open(tx: &mut Tx, person: PersonId) -> Result<Option<EmailChange>, StoreError> {
    let row = on!(tx, optional OPEN, [person.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// The open wish of a person; nobody else changes it before `tx` ends.
pub async fn find_open_locked(tx: &mut Tx, person: PersonId) -> Result<Option<EmailChange>, StoreError> {
    let row = on!(tx, locked OPEN, OPEN_LOCKED, [person.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// Counts one more send, unless somebody else was faster.
pub async fn count_send(
    tx: &mut Tx,
    id: EmailChangeId,
    sends: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(on!(tx, execute COUNT_SEND, [now.millis(), id.to_string(), sends])? == 1)
}

/// Takes one of the tries of its code; `false` when none is left.
pub async fn spend_try(tx: &mut Tx, id: EmailChangeId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute SPEND_TRY, [id.to_string(), EMAIL_CODE_TRIES])? == 1)
}

/// The wish came true; notes the address that was before. `false` when it is not open.
pub async fn finish(tx: &mut Tx, id: EmailChangeId, old_email: &str) -> Result<bool, StoreError> {
    Ok(on!(tx, execute FINISH, [old_email, id.to_string()])? == 1)
}

/// The address that was before a wish that came true, and the wish is undone. `None` when it never came true, or is undone.
pub async fn undo(tx: &mut Tx, id: EmailChangeId) -> Result<Option<String>, StoreError> {
    let row = on!(tx, optional OLD_EMAIL, [id.to_string()] as (String,))?;
    let is_undone = on!(tx, execute UNDO, [id.to_string()])? == 1;
    Ok(row.map(|(email,)| email).filter(|_| is_undone))
}

impl Row {
    fn read(self) -> Result<EmailChange, StoreError> {
        const TABLE: &str = "email_changes";
        Ok(EmailChange {
            id: parsed(&self.id, TABLE, "id")?,
            person_id: parsed(&self.person_id, TABLE, "person_id")?,
            email: self.email,
            salt: fixed(self.salt, TABLE, "salt")?,
            wrong_codes: self.wrong_codes,
            sends: self.sends,
            last_sent_at: Timestamp::from_millis(self.last_sent_at),
            created_at: Timestamp::from_millis(self.created_at),
        })
    }
}
