//! Rows of `scim_groups`, and the companies that a token may see.

use super::db::{StoreError, Tx, parsed};
use crate::domain::company::Company;
use crate::domain::ids::{CompanyId, PersonId};
use crate::domain::membership::Role;
use crate::domain::scim::{GroupId, ScimToken};
use crate::domain::time::Timestamp;

const COMPANIES: &str = "SELECT c.id, c.name, c.created_at FROM companies c WHERE ($1 = 1 OR c.id IN \
     (SELECT t.company_id FROM scim_token_companies t WHERE t.token_id = $2)) ORDER BY c.id";
const COMPANY: &str = "SELECT c.id, c.name, c.created_at FROM companies c WHERE ($1 = 1 OR c.id IN \
     (SELECT t.company_id FROM scim_token_companies t WHERE t.token_id = $2)) AND c.id = $3";
const MEMBERS: &str = "SELECT person_id FROM memberships WHERE company_id = $1 AND ($2 = 1 OR role = 'user_administrator') ORDER BY person_id";
const EXTERNAL_ID: &str = "SELECT external_id FROM scim_groups WHERE client_id = $1 AND group_id = $2";
const FORGET: &str = "DELETE FROM scim_groups WHERE client_id = $1 AND group_id = $2";
const INSERT: &str = "INSERT INTO scim_groups (client_id, group_id, external_id) VALUES ($1, $2, $3)";

/// A company, and when it was added.
pub type SeenCompany = (Company, Timestamp);

fn read((id, name, created_at): (String, String, i64)) -> Result<SeenCompany, StoreError> {
    Ok((Company { id: parsed(&id, "companies", "id")?, name }, Timestamp::from_millis(created_at)))
}

/// The companies that the token may see, the oldest first.
pub async fn find_companies(tx: &mut Tx, token: &ScimToken) -> Result<Vec<SeenCompany>, StoreError> {
    let rows = on!(tx, all COMPANIES, [
        i64::from(token.is_for_all), token.id.to_string(),
    ] as (String, String, i64))?;
    rows.into_iter().map(read).collect()
}

/// The company of that id, if the token may see it.
pub async fn find_company(
    tx: &mut Tx,
    token: &ScimToken,
    id: CompanyId,
) -> Result<Option<SeenCompany>, StoreError> {
    let row = on!(tx, optional COMPANY, [
        i64::from(token.is_for_all), token.id.to_string(), id.to_string(),
    ] as (String, String, i64))?;
    row.map(read).transpose()
}

/// Who belongs to a group.
pub async fn find_members(tx: &mut Tx, group: GroupId) -> Result<Vec<PersonId>, StoreError> {
    let is_everybody = i64::from(group.role == Role::User);
    let rows = on!(tx, all MEMBERS, [group.company.to_string(), is_everybody] as (String,))?;
    rows.into_iter().map(|(id,)| parsed(&id, "memberships", "person_id")).collect()
}

/// The application's id for a group.
pub async fn find_external_id(
    tx: &mut Tx,
    client: &str,
    group: GroupId,
) -> Result<Option<String>, StoreError> {
    let row = on!(tx, optional EXTERNAL_ID, [client, group.to_string()] as (String,))?;
    Ok(row.map(|(id,)| id))
}

/// Notes the application's id for a group, or forgets it.
pub async fn set_external_id(
    tx: &mut Tx,
    client: &str,
    group: GroupId,
    external_id: Option<&str>,
) -> Result<(), StoreError> {
    on!(&mut *tx, execute FORGET, [client, group.to_string()])?;
    if let Some(external_id) = external_id {
        on!(&mut *tx, execute INSERT, [client, group.to_string(), external_id])?;
    }
    Ok(())
}
