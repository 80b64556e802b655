//! Rows of `companies`.

use super::db::{StoreError, Tx, parsed};
use crate::domain::company::Company;
use crate::domain::ids::CompanyId;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO companies (id, name, created_at) VALUES ($1, $2, $3)";
const BY_ID: &str = "SELECT id, name FROM companies WHERE id = $1";

/// Adds a company.
pub async fn insert(tx: &mut Tx, company: &Company, now: Timestamp) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [company.id.to_string(), &company.name, now.millis()])?;
    Ok(())
}

/// The company of that id.
pub async fn find(tx: &mut Tx, id: CompanyId) -> Result<Option<Company>, StoreError> {
    let row = on!(tx, optional BY_ID, [id.to_string()] as (String, String))?;
    row.map(|(id, name)| Ok(Company { id: parsed(&id, "companies", "id")?, name })).transpose()
}
