//! Rows of `memberships`.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::company::Company;
use crate::domain::ids::{CompanyId, MembershipId, PersonId};
use crate::domain::membership::{Access, Membership, Role};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO memberships (id, company_id, person_id, role, access, is_basic, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)";
const BASIC_OF: &str = "SELECT id, company_id, person_id, role, access, is_basic FROM memberships \
     WHERE person_id = $1 AND is_basic = 1";

selects_one!(
    OF,
    OF_LOCKED = "SELECT id, company_id, person_id, role, access, is_basic FROM memberships \
     WHERE company_id = $1 AND person_id = $2"
);
const CHANGE: &str = "UPDATE memberships SET role = $1, access = $2 WHERE id = $3";
const DELETE: &str = "DELETE FROM memberships WHERE id = $1";
const ADMINISTERED_BY: &str = "SELECT c.id, c.name FROM memberships m JOIN companies c ON c.id = m.company_id \
     WHERE m.person_id = $1 AND m.role = 'user_administrator' AND m.access = 'browser' ORDER BY c.name, c.id";
const PLACES: &str = "SELECT c.name, m.role, m.access, m.is_basic FROM memberships m JOIN companies c ON c.id = m.company_id \
     WHERE m.person_id = $1 ORDER BY m.is_basic DESC, c.name, c.id";
const ADMINISTRATORS: &str = "SELECT m.person_id FROM memberships m \
     WHERE m.company_id = $1 AND m.role = 'user_administrator' AND m.access = 'browser' ORDER BY m.person_id LIMIT 20";
const COUNT_MATCHING: &str = "SELECT COUNT(*) FROM memberships m JOIN persons p ON p.id = m.person_id \
     WHERE m.company_id = $1 AND p.search LIKE $2 ESCAPE '\\'";

macro_rules! listing {
    ($order:literal) => {
        concat!(
            "SELECT p.id, p.name, p.email, m.role, m.access, ",
            "(SELECT COUNT(*) FROM devices d WHERE d.person_id = p.id AND d.state = 'active') AS devices, ",
            "(SELECT MAX(i.expires_at) FROM invitations i ",
            "WHERE i.person_id = p.id AND i.state IN ('open', 'claimed')) AS invited_until ",
            "FROM memberships m JOIN persons p ON p.id = m.person_id ",
            "WHERE m.company_id = $1 AND p.search LIKE $2 ESCAPE '\\' ORDER BY ",
            $order,
            " LIMIT $3 OFFSET $4"
        )
    };
}

const BY_NAME: &str = listing!("p.search, p.id");
const NEWEST_FIRST: &str = listing!("m.created_at DESC, p.id DESC");

/// In which order members are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By name.
    #[default]
    Name,
    /// Who was added last comes first.
    Newest,
}

/// A member as the list shows them.
pub struct Listed {
    /// Who.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Which versions of the applications they may use.
    pub access: Access,
    /// How many devices can sign in as them.
    pub devices: i64,
    /// Until when the newest open invitation can be used.
    pub invited_until: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    id: String,
    name: String,
    email: String,
    role: String,
    access: String,
    devices: i64,
    invited_until: Option<i64>,
}

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

/// The person's place in that company; nobody else changes it before `tx` ends.
pub async fn find_locked(
    tx: &mut Tx,
    company: CompanyId,
    person: PersonId,
) -> Result<Option<Membership>, StoreError> {
    let row = on!(tx, locked OF, OF_LOCKED, [company.to_string(), person.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// The person's place in that company.
pub async fn find(
    tx: &mut Tx,
    company: CompanyId,
    person: PersonId,
) -> Result<Option<Membership>, StoreError> {
    let row = on!(tx, optional OF, [company.to_string(), person.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// Writes role and access.
pub async fn change(tx: &mut Tx, membership: &Membership) -> Result<(), StoreError> {
    let Membership { id, role, access, .. } = membership;
    on!(tx, execute CHANGE, [role.key(), access.key(), id.to_string()])?;
    Ok(())
}

/// Ends a membership; `false` when it was ended already.
pub async fn delete(tx: &mut Tx, id: MembershipId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute DELETE, [id.to_string()])? == 1)
}

/// The companies whose people the person manages.
pub async fn find_administered(tx: &mut Tx, person: PersonId) -> Result<Vec<Company>, StoreError> {
    let rows = on!(tx, all ADMINISTERED_BY, [person.to_string()] as (String, String))?;
    rows.into_iter().map(|(id, name)| Ok(Company { id: parsed(&id, "companies", "id")?, name })).collect()
}

/// A company that somebody belongs to, as they may see it.
pub struct Place {
    /// The company's name.
    pub company_name: String,
    /// What they may do there.
    pub role: Role,
    /// Which versions of the applications they may use.
    pub access: Access,
    /// Whether they sign in through it.
    pub is_basic: bool,
}

/// Every company that a person belongs to, the basic one first.
pub async fn find_places(tx: &mut Tx, person: PersonId) -> Result<Vec<Place>, StoreError> {
    const TABLE: &str = "memberships";
    let rows = on!(tx, all PLACES, [person.to_string()] as (String, String, String, i64))?;
    let read = |(company_name, role, access, is_basic): (String, String, String, i64)| {
        let role = present(Role::from_key(&role), TABLE, "role")?;
        let access = present(Access::from_key(&access), TABLE, "access")?;
        Ok(Place { company_name, role, access, is_basic: is_basic != 0 })
    };
    rows.into_iter().map(read).collect()
}

/// The KH users of a company, twenty at most.
pub async fn find_administrators(tx: &mut Tx, company: CompanyId) -> Result<Vec<PersonId>, StoreError> {
    let rows = on!(tx, all ADMINISTRATORS, [company.to_string()] as (String,))?;
    rows.into_iter().map(|(id,)| parsed(&id, "memberships", "person_id")).collect()
}

/// How many members of the company match the search (a text in lower case; empty matches all).
pub async fn count(tx: &mut Tx, company: CompanyId, search: &str) -> Result<i64, StoreError> {
    let row = on!(tx, optional COUNT_MATCHING, [company.to_string(), pattern(search)] as (i64,))?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Up to `most` members who match the search, after the first `skipped`.
pub async fn list(
    tx: &mut Tx,
    company: CompanyId,
    search: &str,
    order: Order,
    (most, skipped): (i64, i64),
) -> Result<Vec<Listed>, StoreError> {
    let sql = match order {
        Order::Name => BY_NAME,
        Order::Newest => NEWEST_FIRST,
    };
    let rows = on!(tx, all sql, [company.to_string(), pattern(search), most, skipped] as ListedRow)?;
    rows.into_iter().map(ListedRow::read).collect()
}

/// Matches what contains the text; its own `%` and `_` stand for themselves.
fn pattern(search: &str) -> String {
    let escaped = search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

impl ListedRow {
    fn read(self) -> Result<Listed, StoreError> {
        const TABLE: &str = "memberships";
        Ok(Listed {
            id: parsed(&self.id, "persons", "id")?,
            name: self.name,
            email: self.email,
            role: present(Role::from_key(&self.role), TABLE, "role")?,
            access: present(Access::from_key(&self.access), TABLE, "access")?,
            devices: self.devices,
            invited_until: self.invited_until.map(Timestamp::from_millis),
        })
    }
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
