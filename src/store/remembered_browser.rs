//! Rows of `remembered_browsers`: browsers that signed in by QR, one row for each.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::ids::{DeviceId, PersonId};
use crate::domain::push::PushProvider;
use crate::domain::time::Timestamp;

const TABLE: &str = "remembered_browsers";
const REMEMBER: &str = "INSERT INTO remembered_browsers (browser_hash, secret_hash, person_id, device_id, expires_at) \
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (browser_hash) DO UPDATE SET secret_hash = excluded.secret_hash, \
     person_id = excluded.person_id, device_id = excluded.device_id, expires_at = excluded.expires_at";
const FIND: &str = "SELECT r.person_id, r.device_id, d.name, d.push_provider FROM remembered_browsers r \
     JOIN devices d ON d.id = r.device_id \
     WHERE r.browser_hash = $1 AND r.secret_hash = $2 AND r.expires_at > $3 \
     AND d.state = 'active' AND d.push_hash IS NOT NULL";
const OF_PERSON: &str = "SELECT d.name, r.expires_at FROM remembered_browsers r JOIN devices d ON d.id = r.device_id \
     WHERE r.person_id = $1 AND r.expires_at > $2 ORDER BY r.expires_at DESC";
const FORGET: &str = "DELETE FROM remembered_browsers WHERE person_id = $1";

/// The two cookies of a browser, as keyed hashes: the one that binds its attempts, and the one that a sign-in by QR gave it.
#[derive(Clone, Copy, Debug)]
pub struct BrowserHashes {
    /// Of the first.
    pub browser: [u8; 32],
    /// Of the second.
    pub secret: [u8; 32],
}

/// Whom a browser remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// The person.
    pub person: PersonId,
    /// The phone that they signed in with.
    pub device: DeviceId,
    /// What its owner calls it.
    pub device_name: String,
    /// Who carries pushes to it.
    pub provider: PushProvider,
}

/// Remembers who signed in last.
pub async fn remember(
    tx: &mut Tx,
    hashes: &BrowserHashes,
    person: PersonId,
    device: DeviceId,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, execute REMEMBER, [
        &hashes.browser[..], &hashes.secret[..], person.to_string(), device.to_string(), expires_at.millis(),
    ])?;
    Ok(())
}

/// Whom the browser remembers, if their phone can be pushed to.
pub async fn find(
    tx: &mut Tx,
    hashes: &BrowserHashes,
    now: Timestamp,
) -> Result<Option<Remembered>, StoreError> {
    let row = on!(tx, optional FIND, [
        &hashes.browser[..], &hashes.secret[..], now.millis(),
    ] as (String, String, String, String))?;
    row.map(|(person, device, device_name, provider)| {
        let (person, device) = (parsed(&person, TABLE, "person_id")?, parsed(&device, TABLE, "device_id")?);
        let provider = present(PushProvider::from_key(&provider), "devices", "push_provider")?;
        Ok(Remembered { person, device, device_name, provider })
    })
    .transpose()
}

/// The browsers that remember a person: by which phone, and until when.
pub async fn find_of_person(
    tx: &mut Tx,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<(String, Timestamp)>, StoreError> {
    let rows = on!(tx, all OF_PERSON, [person.to_string(), now.millis()] as (String, i64))?;
    Ok(rows.into_iter().map(|(device, until)| (device, Timestamp::from_millis(until))).collect())
}

/// Lets every browser forget a person.
pub async fn forget(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    Ok(on!(tx, execute FORGET, [person.to_string()])?)
}
