//! Rows of `staff`.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::ids::PersonId;
use crate::domain::staff::StaffRole;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO staff (person_id, role, created_at) VALUES ($1, $2, $3)";
const LIST: &str = "SELECT s.person_id, s.role, p.name, p.email FROM staff s JOIN persons p ON p.id = s.person_id \
     ORDER BY p.name, p.id";
const ROLE: &str = "SELECT role FROM staff WHERE person_id = $1";
const REMOVE: &str = "DELETE FROM staff WHERE person_id = $1";

/// Somebody of the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: PersonId,
    /// What they may do.
    pub role: StaffRole,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// Makes a person a member of the staff.
pub async fn insert(tx: &mut Tx, id: PersonId, role: StaffRole, now: Timestamp) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [id.to_string(), role.key(), now.millis()])?;
    Ok(())
}

/// What a person may do; `None` when they are not on the staff.
pub async fn find_role(tx: &mut Tx, id: PersonId) -> Result<Option<StaffRole>, StoreError> {
    let row = on!(tx, optional ROLE, [id.to_string()] as (String,))?;
    row.map(|(role,)| present(StaffRole::from_key(&role), "staff", "role")).transpose()
}

/// Everybody of the staff, by name.
pub async fn list(tx: &mut Tx) -> Result<Vec<Member>, StoreError> {
    let rows = on!(tx, all LIST, [] as (String, String, String, String))?;
    let read = |(id, role, name, email): (String, String, String, String)| {
        let role = present(StaffRole::from_key(&role), "staff", "role")?;
        Ok(Member { id: parsed(&id, "staff", "person_id")?, role, name, email })
    };
    rows.into_iter().map(read).collect()
}

/// Takes a person off the staff; `false` when they were not on it.
pub async fn remove(tx: &mut Tx, id: PersonId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute REMOVE, [id.to_string()])? == 1)
}
