//! Rows of `signing_keys`.

use super::db::{StoreError, Tx};
use crate::domain::client::TokenAlgorithm;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO signing_keys (id, algorithm, sealed, created_at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT DO NOTHING";
const BY_ALGORITHM: &str = "SELECT sealed FROM signing_keys WHERE algorithm = $1";

/// Keeps a sealed private key unless its algorithm has one.
pub async fn insert(
    tx: &mut Tx,
    id: &str,
    algorithm: TokenAlgorithm,
    sealed: &[u8],
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(on!(tx, execute INSERT, [id, algorithm.name(), sealed, now.millis()])? == 1)
}

/// The sealed private key of an algorithm.
pub async fn find(tx: &mut Tx, algorithm: TokenAlgorithm) -> Result<Option<Vec<u8>>, StoreError> {
    let row = on!(tx, optional BY_ALGORITHM, [algorithm.name()] as (Vec<u8>,))?;
    Ok(row.map(|(sealed,)| sealed))
}
