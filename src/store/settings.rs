//! Rows of `settings`: what an installation keeps for ever.

use super::db::{StoreError, Tx};

const PUT_IF_ABSENT: &str =
    "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
const DELETE: &str = "DELETE FROM settings WHERE name = $1";
const GET: &str = "SELECT value FROM settings WHERE name = $1";

/// Keeps `value` under `name` unless there is one, and gives back the one that is kept.
pub async fn keep_first(tx: &mut Tx, name: &str, value: &str) -> Result<String, StoreError> {
    on!(&mut *tx, execute PUT_IF_ABSENT, [name, value])?;
    find(tx, name).await?.ok_or(StoreError::Inconsistent { table: "settings", what: "value" })
}

/// The value that is kept under `name`.
pub async fn find(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    let row = on!(tx, optional GET, [name] as (String,))?;
    Ok(row.map(|(value,)| value))
}

/// Takes the value that is kept under `name` away.
pub async fn take(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    let value = find(&mut *tx, name).await?;
    let rows = on!(tx, execute DELETE, [name])?;
    Ok(value.filter(|_| rows == 1))
}
