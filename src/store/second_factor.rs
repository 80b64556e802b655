//! Rows of `second_factors`, a code that is asked for, and of `factor_counters`, the wrong ones in a row of a person.

use super::db::{StoreError, Tx, fixed};
use crate::domain::ids::{LoginAttemptId, PersonId};
use crate::domain::second_factor::{CODE_TRIES, FAILURES_IN_A_ROW, SecondFactor};
use crate::domain::time::Timestamp;

/// What a person got wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// The code on top of the phone.
    SecondFactor,
    /// The code of a sign-in page, typed into the app.
    TypedCode,
}

impl Counted {
    const fn key(self) -> &'static str {
        match self {
            Self::SecondFactor => "code",
            Self::TypedCode => "typed_code",
        }
    }
}

const INSERT: &str = "INSERT INTO second_factors (attempt_id, person_id, salt, wrong_codes, sends, last_sent_at, asked_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $6)";
const BY_ATTEMPT: &str =
    "SELECT salt, wrong_codes, sends, last_sent_at FROM second_factors WHERE attempt_id = $1";
const COUNT_SEND: &str =
    "UPDATE second_factors SET sends = sends + 1, last_sent_at = $1 WHERE attempt_id = $2 AND sends = $3";
const SPEND_TRY: &str =
    "UPDATE second_factors SET wrong_codes = wrong_codes + 1 WHERE attempt_id = $1 AND wrong_codes < $2";
const COUNT_FAILURE: &str = "INSERT INTO factor_counters (person_id, factor, failures, stopped_until) VALUES ($1, $2, 1, 0) \
     ON CONFLICT (person_id, factor) DO UPDATE SET \
     failures = CASE WHEN factor_counters.failures >= $3 THEN 1 ELSE factor_counters.failures + 1 END, \
     stopped_until = CASE WHEN factor_counters.failures + 1 = $3 THEN $4 ELSE 0 END \
     WHERE factor_counters.stopped_until <= $5";
const FORGIVE: &str = "DELETE FROM factor_counters WHERE person_id = $1 AND factor = $2";

#[derive(sqlx::FromRow)]
struct Row {
    salt: Vec<u8>,
    wrong_codes: i64,
    sends: i64,
    last_sent_at: i64,
}

/// Adds the code that an attempt waits for.
pub async fn insert(
    tx: &mut Tx,
    attempt: LoginAttemptId,
    person: PersonId,
    asked: &SecondFactor,
) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        attempt.to_string(), person.to_string(), &asked.salt[..], asked.wrong_codes, asked.sends,
        asked.last_sent_at.millis(),
    ])?;
    Ok(())
}

/// The code that an attempt waits for.
pub async fn find(tx: &mut Tx, attempt: LoginAttemptId) -> Result<Option<SecondFactor>, StoreError> {
    let row = on!(tx, optional BY_ATTEMPT, [attempt.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// Counts one more send, unless somebody else was faster.
pub async fn count_send(
    tx: &mut Tx,
    attempt: LoginAttemptId,
    sends: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(on!(tx, execute COUNT_SEND, [now.millis(), attempt.to_string(), sends])? == 1)
}

/// Takes one of the tries of a code; `false` when none is left.
pub async fn spend_try(tx: &mut Tx, attempt: LoginAttemptId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute SPEND_TRY, [attempt.to_string(), CODE_TRIES])? == 1)
}

/// Counts a failure of a person. One too many in a row stops them until `stop_until`; `false` while they are stopped.
pub async fn count_failure(
    tx: &mut Tx,
    person: PersonId,
    counted: Counted,
    (now, stop_until): (Timestamp, Timestamp),
) -> Result<bool, StoreError> {
    let rows = on!(tx, execute COUNT_FAILURE, [
        person.to_string(), counted.key(), FAILURES_IN_A_ROW, stop_until.millis(), now.millis(),
    ])?;
    Ok(rows == 1)
}

/// Forgets a person's failures.
pub async fn forgive(tx: &mut Tx, person: PersonId, counted: Counted) -> Result<(), StoreError> {
    on!(tx, execute FORGIVE, [person.to_string(), counted.key()])?;
    Ok(())
}

impl Row {
    fn read(self) -> Result<SecondFactor, StoreError> {
        Ok(SecondFactor {
            salt: fixed(self.salt, "second_factors", "salt")?,
            wrong_codes: self.wrong_codes,
            sends: self.sends,
            last_sent_at: Timestamp::from_millis(self.last_sent_at),
        })
    }
}
