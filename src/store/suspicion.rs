//! Rows of `suspicions`: from which network somebody tried to get into another person's account.

use super::db::{StoreError, Tx, present};
use crate::domain::ids::{LoginAttemptId, PersonId};
use crate::domain::suspicion::{SuspicionKind, Suspicions};
use crate::domain::time::Timestamp;

const INSERT: &str =
    "INSERT INTO suspicions (id, network_hash, kind, person_id, raised_at) VALUES ($1, $2, $3, $4, $5)";
const OF_NETWORK: &str =
    "SELECT kind, COUNT(*) FROM suspicions WHERE network_hash = $1 AND raised_at > $2 GROUP BY kind";
const ABOUT: &str =
    "SELECT kind, raised_at FROM suspicions WHERE person_id = $1 ORDER BY raised_at DESC, id DESC";
const OF_PERSON: &str =
    "SELECT COUNT(*) FROM suspicions WHERE person_id = $1 AND raised_at > $2 AND kind = 'not_me'";

/// A suspicion that an attempt raises; it has the attempt's id.
pub struct Suspicion {
    /// The attempt.
    pub attempt_id: LoginAttemptId,
    /// Keyed hash of the browser's network.
    pub network_hash: [u8; 32],
    /// What raises it.
    pub kind: SuspicionKind,
    /// Whose phone.
    pub person_id: PersonId,
}

/// Adds one.
pub async fn insert(tx: &mut Tx, raised: &Suspicion, now: Timestamp) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        raised.attempt_id.to_string(), &raised.network_hash[..], raised.kind.key(), raised.person_id.to_string(),
        now.millis(),
    ])?;
    Ok(())
}

/// What came from a network after `since`.
pub async fn count_of_network(
    tx: &mut Tx,
    network_hash: &[u8; 32],
    since: Timestamp,
) -> Result<Suspicions, StoreError> {
    let rows = on!(tx, all OF_NETWORK, [&network_hash[..], since.millis()] as (String, i64))?;
    let count = |kind: SuspicionKind| {
        rows.iter().find(|(found, _)| found == kind.key()).map(|(_, count)| *count).unwrap_or_default()
    };
    Ok(Suspicions { not_me: count(SuspicionKind::NotMe), wrong_numbers: count(SuspicionKind::WrongNumber) })
}

/// How often a person said after `since` that it was not them.
pub async fn count_not_me(tx: &mut Tx, person: PersonId, since: Timestamp) -> Result<i64, StoreError> {
    let row = on!(tx, optional OF_PERSON, [person.to_string(), since.millis()] as (i64,))?;
    Ok(row.map(|(count,)| count).unwrap_or_default())
}

/// What is kept of somebody's attempts to get into a person's account, the newest first.
pub async fn find_of_person(
    tx: &mut Tx,
    person: PersonId,
) -> Result<Vec<(SuspicionKind, Timestamp)>, StoreError> {
    let rows = on!(tx, all ABOUT, [person.to_string()] as (String, i64))?;
    let read = |(kind, raised_at): (String, i64)| {
        let kind = present(SuspicionKind::from_key(&kind), "suspicions", "kind")?;
        Ok((kind, Timestamp::from_millis(raised_at)))
    };
    rows.into_iter().map(read).collect()
}
