//! Rows of `pushed_requests`.

use super::db::{StoreError, Tx};
use crate::domain::time::Timestamp;

const INSERT: &str =
    "INSERT INTO pushed_requests (handle_hash, client_id, parameters, expires_at) VALUES ($1, $2, $3, $4)";
const BY_HANDLE: &str =
    "SELECT client_id, parameters, expires_at FROM pushed_requests WHERE handle_hash = $1";

/// An authorization request that an application sent ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushedRequest {
    /// Who sent it.
    pub client_id: String,
    /// The parameters, as a form.
    pub parameters: String,
    /// When it can no longer be used.
    pub expires_at: Timestamp,
}

/// Adds a request.
pub async fn insert(tx: &mut Tx, handle_hash: &[u8; 32], request: &PushedRequest) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        &handle_hash[..], &request.client_id, &request.parameters, request.expires_at.millis(),
    ])?;
    Ok(())
}

/// The request of that handle.
pub async fn find(tx: &mut Tx, handle_hash: &[u8; 32]) -> Result<Option<PushedRequest>, StoreError> {
    let row = on!(tx, optional BY_HANDLE, [&handle_hash[..]] as (String, String, i64))?;
    Ok(row.map(|(client_id, parameters, expires_at)| PushedRequest {
        client_id,
        parameters,
        expires_at: Timestamp::from_millis(expires_at),
    }))
}
