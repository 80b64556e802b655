//! Rows of `companies`.

use super::db::{StoreError, Tx, parsed};
use crate::domain::company::Company;
use crate::domain::folded::folded;
use crate::domain::ids::CompanyId;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO companies (id, name, name_key, created_at) VALUES ($1, $2, $3, $4)";
selects_one!(BY_ID, BY_ID_LOCKED = "SELECT id, name FROM companies WHERE id = $1");
const RENAME: &str = "UPDATE companies SET name = $1, name_key = $2 WHERE id = $3";
const DELETE: &str = "DELETE FROM companies WHERE id = $1 \
     AND NOT EXISTS (SELECT 1 FROM memberships WHERE company_id = $1) \
     AND NOT EXISTS (SELECT 1 FROM invitations WHERE company_id = $1) \
     AND NOT EXISTS (SELECT 1 FROM approved_networks WHERE company_id = $1) \
     AND NOT EXISTS (SELECT 1 FROM scim_token_companies WHERE company_id = $1) \
     AND NOT EXISTS (SELECT 1 FROM scim_tokens WHERE home_company_id = $1)";

/// Adds a company.
pub async fn insert(tx: &mut Tx, company: &Company, now: Timestamp) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [company.id.to_string(), &company.name, folded(&company.name), now.millis()])?;
    Ok(())
}

/// The company of that id.
pub async fn find(tx: &mut Tx, id: CompanyId) -> Result<Option<Company>, StoreError> {
    let row = on!(tx, optional BY_ID, [id.to_string()] as (String, String))?;
    row.map(|(id, name)| Ok(Company { id: parsed(&id, "companies", "id")?, name })).transpose()
}

/// The company of that id; nobody else changes it before `tx` ends.
pub async fn find_locked(tx: &mut Tx, id: CompanyId) -> Result<Option<Company>, StoreError> {
    let row = on!(tx, locked BY_ID, BY_ID_LOCKED, [id.to_string()] as (String, String))?;
    row.map(|(id, name)| Ok(Company { id: parsed(&id, "companies", "id")?, name })).transpose()
}

/// Writes the company's name.
pub async fn rename(tx: &mut Tx, company: &Company) -> Result<(), StoreError> {
    on!(tx, execute RENAME, [&company.name, folded(&company.name), company.id.to_string()])?;
    Ok(())
}

/// Deletes a company; `false` when something still points at it.
pub async fn delete(tx: &mut Tx, id: CompanyId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute DELETE, [id.to_string()])? == 1)
}
