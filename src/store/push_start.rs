//! Rows of `push_starts`: which phone was asked for which attempt. They are counted, so that nobody is asked too often.

use super::db::{StoreError, Tx, parsed};
use crate::domain::ids::{DeviceId, LoginAttemptId, PersonId};
use crate::domain::push_budget::{LONG_SPAN, PushesSoFar, SHORT_SPAN};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO push_starts (attempt_id, device_id, person_id, browser_hash, started_at) \
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
const DEVICE_OF: &str = "SELECT device_id FROM push_starts WHERE attempt_id = $1";
const WAITING_FOR: &str = "SELECT p.attempt_id FROM push_starts p JOIN login_attempts a ON a.id = p.attempt_id \
     WHERE p.person_id = $1 AND p.device_id = $2 AND p.started_at > $3 AND a.state = 'waiting' ORDER BY p.started_at DESC, p.attempt_id DESC";
selects_one!(PERSON, PERSON_LOCKED = "SELECT id FROM persons WHERE id = $1");
const OF_PERSON: &str = "SELECT COUNT(*) FROM push_starts WHERE person_id = $1 AND started_at > $2";
const OF_BROWSER: &str = "SELECT COUNT(*) FROM push_starts WHERE browser_hash = $1 AND started_at > $2";
const FAILED: &str = "SELECT COUNT(*) FROM push_starts p WHERE p.person_id = $1 AND p.started_at > $2 \
     AND NOT EXISTS (SELECT 1 FROM login_attempts a WHERE a.id = p.attempt_id AND a.state = 'collected')";

/// One phone that was asked.
#[derive(Clone, Copy, Debug)]
pub struct PushStart {
    /// For which attempt.
    pub attempt: LoginAttemptId,
    /// Which phone.
    pub device: DeviceId,
    /// Its owner.
    pub person: PersonId,
    /// The browser that asked.
    pub browser_hash: [u8; 32],
}

/// Notes that a phone is asked; `false` when one was asked for the attempt already.
pub async fn insert(tx: &mut Tx, start: &PushStart, now: Timestamp) -> Result<bool, StoreError> {
    let rows = on!(tx, execute INSERT, [
        start.attempt.to_string(), start.device.to_string(), start.person.to_string(), &start.browser_hash[..],
        now.millis(),
    ])?;
    Ok(rows == 1)
}

/// The phone that was asked for an attempt.
pub async fn find_device(tx: &mut Tx, attempt: LoginAttemptId) -> Result<Option<DeviceId>, StoreError> {
    let row = on!(tx, optional DEVICE_OF, [attempt.to_string()] as (String,))?;
    row.map(|(id,)| parsed(&id, "push_starts", "device_id")).transpose()
}

/// The attempts that wait for a phone which was asked after `since`, the newest first.
pub async fn find_waiting(
    tx: &mut Tx,
    (person, device): (PersonId, DeviceId),
    since: Timestamp,
) -> Result<Vec<LoginAttemptId>, StoreError> {
    let rows =
        on!(tx, all WAITING_FOR, [person.to_string(), device.to_string(), since.millis()] as (String,))?;
    rows.iter().map(|(id,)| parsed(id, "push_starts", "attempt_id")).collect()
}

/// The pushes so far. Nobody else counts those of the person before `tx` ends.
pub async fn count_locked(
    tx: &mut Tx,
    person: PersonId,
    browser_hash: &[u8; 32],
    now: Timestamp,
) -> Result<PushesSoFar, StoreError> {
    on!(tx, locked PERSON, PERSON_LOCKED, [person.to_string()] as (String,))?;
    let (short, long) = (now.minus(SHORT_SPAN).millis(), now.minus(LONG_SPAN).millis());
    let of_person = on!(tx, optional OF_PERSON, [person.to_string(), short] as (i64,))?;
    let of_browser = on!(tx, optional OF_BROWSER, [&browser_hash[..], short] as (i64,))?;
    let failed = on!(tx, optional FAILED, [person.to_string(), long] as (i64,))?;
    let number = |row: Option<(i64,)>| row.map_or(0, |(number,)| number);
    Ok(PushesSoFar { of_person: number(of_person), of_browser: number(of_browser), failed: number(failed) })
}
