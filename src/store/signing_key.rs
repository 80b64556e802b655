//! Rows of `signing_keys`.

use super::db::{StoreError, Tx, present};
use crate::domain::client::TokenAlgorithm;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO signing_keys (id, algorithm, generation, sealed, created_at, active_from) \
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
const ALL: &str = "SELECT id, algorithm, generation, sealed, created_at, active_from FROM signing_keys \
     ORDER BY algorithm DESC, generation";

/// A signing key as it is kept.
pub struct KeptKey {
    /// Its `kid`.
    pub id: String,
    /// What it signs with.
    pub algorithm: TokenAlgorithm,
    /// Which key of its algorithm, from 1.
    pub generation: i64,
    /// The private key, sealed.
    pub sealed: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it begins to sign.
    pub active_from: Timestamp,
}

/// Adds a key; `false` when its generation is there already.
pub async fn insert(tx: &mut Tx, key: &KeptKey) -> Result<bool, StoreError> {
    let rows = on!(tx, execute INSERT, [
        &key.id, key.algorithm.name(), key.generation, &key.sealed, key.created_at.millis(), key.active_from.millis(),
    ])?;
    Ok(rows == 1)
}

/// Every key, the oldest of each algorithm first.
pub async fn find_all(tx: &mut Tx) -> Result<Vec<KeptKey>, StoreError> {
    let rows = on!(tx, all ALL, [] as (String, String, i64, Vec<u8>, i64, i64))?;
    rows.into_iter()
        .map(|(id, algorithm, generation, sealed, created_at, active_from)| {
            let algorithm = present(TokenAlgorithm::from_name(&algorithm), "signing_keys", "algorithm")?;
            let (created_at, active_from) =
                (Timestamp::from_millis(created_at), Timestamp::from_millis(active_from));
            Ok(KeptKey { id, algorithm, generation, sealed, created_at, active_from })
        })
        .collect()
}
