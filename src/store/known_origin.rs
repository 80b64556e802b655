//! Rows of `known_origins`: the browsers and networks that a person signed in from.

use super::db::{StoreError, Tx, fixed, present};
use crate::domain::ids::PersonId;
use crate::domain::second_factor::OriginKind;
use crate::domain::time::Timestamp;

const REMEMBER: &str = "INSERT INTO known_origins (person_id, kind, origin_hash, last_seen_at, expires_at) \
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person_id, kind, origin_hash) \
     DO UPDATE SET last_seen_at = excluded.last_seen_at, expires_at = excluded.expires_at";
const LIVE: &str = "SELECT kind, origin_hash FROM known_origins WHERE person_id = $1 AND expires_at > $2";

const FORGET_ONE: &str = "DELETE FROM known_origins WHERE person_id = $1 AND kind = $2 AND origin_hash = $3";
const FORGET: &str = "DELETE FROM known_origins WHERE person_id = $1";

/// A browser or a network, as a keyed hash.
pub type Origin = (OriginKind, [u8; 32]);

/// Remembers where a person signed in from until `expires_at`.
pub async fn remember(
    tx: &mut Tx,
    person: PersonId,
    (kind, hash): &Origin,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, execute REMEMBER, [
        person.to_string(), kind.key(), &hash[..], now.millis(), expires_at.millis(),
    ])?;
    Ok(())
}

/// Everywhere that a person signed in from and that is still remembered.
pub async fn find_live(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<Vec<Origin>, StoreError> {
    const TABLE: &str = "known_origins";
    let rows = on!(tx, all LIVE, [person.to_string(), now.millis()] as (String, Vec<u8>))?;
    let read = |(kind, hash): (String, Vec<u8>)| {
        Ok((present(OriginKind::from_key(&kind), TABLE, "kind")?, fixed(hash, TABLE, "origin_hash")?))
    };
    rows.into_iter().map(read).collect()
}

/// Forgets everywhere that a person signed in from; gives back how many places there were.
pub async fn forget(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    Ok(on!(tx, execute FORGET, [person.to_string()])?)
}

/// Forgets one browser or network of a person.
pub async fn forget_one(tx: &mut Tx, person: PersonId, (kind, hash): &Origin) -> Result<(), StoreError> {
    on!(tx, execute FORGET_ONE, [person.to_string(), kind.key(), &hash[..]])?;
    Ok(())
}
