//! Rows of `device_keys`: every key that a device ever had. They stay, so that what it signed can be verified for ever.

use super::db::{StoreError, Tx};
use crate::domain::device::Thumbprint;
use crate::domain::ids::DeviceId;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO device_keys (thumbprint, device_id, public_key, proof_payload, proof_signature, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
const POINT: &str = "SELECT public_key FROM device_keys WHERE thumbprint = $1 AND device_id = $2";
const PROOF: &str = "SELECT proof_payload FROM device_keys WHERE thumbprint = $1";

/// A key on its way to a device.
pub struct NewKey {
    /// Whose it will be.
    pub device: DeviceId,
    /// The uncompressed SEC1 point.
    pub public_key: [u8; 65],
    /// Its one name.
    pub thumbprint: Thumbprint,
}

/// Keeps a key with the signed bytes that make it the device's; `false` when a device has it, or once had it.
pub async fn insert(
    tx: &mut Tx,
    key: &NewKey,
    (payload, signature): (&[u8], &[u8]),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let rows = on!(tx, execute INSERT, [
        &key.thumbprint[..], key.device.to_string(), &key.public_key[..], payload, signature, now.millis(),
    ])?;
    Ok(rows == 1)
}

/// The point of a key that the device of that id has, or once had.
pub async fn find_point(
    tx: &mut Tx,
    device_id: &str,
    thumbprint: &[u8],
) -> Result<Option<Vec<u8>>, StoreError> {
    let row = on!(tx, optional POINT, [thumbprint, device_id] as (Vec<u8>,))?;
    Ok(row.map(|(point,)| point))
}

/// The payload that made a key a device's.
pub async fn find_proof(tx: &mut Tx, thumbprint: &Thumbprint) -> Result<Option<Vec<u8>>, StoreError> {
    let row = on!(tx, optional PROOF, [&thumbprint[..]] as (Vec<u8>,))?;
    Ok(row.map(|(payload,)| payload))
}
