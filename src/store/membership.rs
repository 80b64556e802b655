//! Rows of `memberships`.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::ids::PersonId;
use crate::domain::membership::{Access, Membership, Role};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO memberships (id, company_id, person_id, role, access, is_basic, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)";
const BASIC_OF: &str = "SELECT id, company_id, person_id, role, access, is_basic FROM memberships \
     WHERE person_id = $1 AND is_basic = 1";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    company_id: String,
    person_id: String,
    role: String,
    access: String,
    is_basic: i64,
}

/// Adds a membership.
pub async fn insert(tx: &mut Tx, membership: &Membership, now: Timestamp) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        membership.id.to_string(), membership.company_id.to_string(), membership.person_id.to_string(),
        membership.role.key(), membership.access.key(), i64::from(membership.is_basic), now.millis(),
    ])?;
    Ok(())
}

/// The person's place in their basic company.
pub async fn find_basic(tx: &mut Tx, person: PersonId) -> Result<Option<Membership>, StoreError> {
    let row = on!(tx, optional BASIC_OF, [person.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

impl Row {
    fn read(self) -> Result<Membership, StoreError> {
        const TABLE: &str = "memberships";
        Ok(Membership {
            id: parsed(&self.id, TABLE, "id")?,
            company_id: parsed(&self.company_id, TABLE, "company_id")?,
            person_id: parsed(&self.person_id, TABLE, "person_id")?,
            role: present(Role::from_key(&self.role), TABLE, "role")?,
            access: present(Access::from_key(&self.access), TABLE, "access")?,
            is_basic: self.is_basic != 0,
        })
    }
}
