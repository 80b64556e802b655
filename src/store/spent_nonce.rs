//! Rows of `spent_nonces`: nonces of phones that were used.

use super::db::{StoreError, Tx};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO spent_nonces (nonce, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";

/// Uses a nonce up; `false` when it was used before.
pub async fn insert(tx: &mut Tx, nonce: &[u8; 32], expires_at: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute INSERT, [&nonce[..], expires_at.millis()])? == 1)
}
