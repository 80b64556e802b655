//! Rows of `scim_users`, and the people whom a token may see.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::company::Company;
use crate::domain::ids::PersonId;
use crate::domain::language::Language;
use crate::domain::membership::{Access, Membership, Role};
use crate::domain::person::{Person, PhoneNumber};
use crate::domain::scim::ScimToken;
use crate::domain::time::Timestamp;

macro_rules! seen {
    ($what:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM persons p LEFT JOIN scim_users s ON s.person_id = p.id AND s.client_id = $1 ",
            "WHERE EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = p.id AND ($2 = 1 OR m.company_id IN ",
            "(SELECT t.company_id FROM scim_token_companies t WHERE t.token_id = $3)))",
            $rest
        )
    };
}

macro_rules! users {
    ($rest:literal) => {
        seen!("p.id, p.name, p.email, p.phone, p.language, p.created_at, s.user_name, s.external_id", $rest)
    };
}

const BY_ID: &str = users!(" AND p.id = $4");
const PAGE: &str = users!(" ORDER BY p.id LIMIT $4 OFFSET $5");
const MATCHING: &str = users!(
    " AND (s.folded_name = $4 OR s.external_id = $5 OR p.search LIKE $6 ESCAPE '\\') \
     ORDER BY CASE WHEN s.folded_name = $4 OR s.external_id = $5 THEN 0 ELSE 1 END, p.id LIMIT 1000"
);
const COUNT: &str = seen!("COUNT(*)", "");
const HIDDEN: &str = "SELECT person_id FROM scim_users WHERE client_id = $1 AND folded_name = $2";
const PLACES: &str = "SELECT m.id, m.company_id, m.person_id, m.role, m.access, m.is_basic, c.name AS company_name \
     FROM memberships m JOIN companies c ON c.id = m.company_id WHERE m.person_id = $1 AND ($2 = 1 OR m.company_id IN \
     (SELECT t.company_id FROM scim_token_companies t WHERE t.token_id = $3)) ORDER BY m.company_id";
const FORGET: &str = "DELETE FROM scim_users WHERE client_id = $1 AND person_id = $2";
const INSERT: &str = "INSERT INTO scim_users (client_id, person_id, user_name, folded_name, external_id) \
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";

/// A person as a web application sees them.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Who.
    pub person: Person,
    /// When they were added.
    pub created_at: Timestamp,
    /// The application's name for them, if it has given one.
    pub user_name: Option<String>,
    /// The application's id for them.
    pub external_id: Option<String>,
}

impl Seen {
    /// The application's name for the person; the e-mail address until it has given one.
    pub fn shown_name(&self) -> &str {
        self.user_name.as_deref().unwrap_or(&self.person.email)
    }
}

/// A company that a person belongs to, and its name.
pub type NamedPlace = (Membership, Company);

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    email: String,
    phone: Option<String>,
    language: String,
    created_at: i64,
    user_name: Option<String>,
    external_id: Option<String>,
}

#[derive(sqlx::FromRow)]
struct PlaceRow {
    id: String,
    company_id: String,
    person_id: String,
    role: String,
    access: String,
    is_basic: i64,
    company_name: String,
}

/// The person of that id, if the token may see them.
pub async fn find(tx: &mut Tx, token: &ScimToken, id: PersonId) -> Result<Option<Seen>, StoreError> {
    let row = on!(tx, optional BY_ID, [
        &token.client_id, i64::from(token.is_for_all), token.id.to_string(), id.to_string(),
    ] as Row)?;
    row.map(Row::read).transpose()
}

/// How many people the token may see.
pub async fn count(tx: &mut Tx, token: &ScimToken) -> Result<i64, StoreError> {
    let row = on!(tx, optional COUNT, [
        &token.client_id, i64::from(token.is_for_all), token.id.to_string(),
    ] as (i64,))?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Up to `most` people whom the token may see, after the first `skipped`.
pub async fn list(
    tx: &mut Tx,
    token: &ScimToken,
    (most, skipped): (i64, i64),
) -> Result<Vec<Seen>, StoreError> {
    let rows = on!(tx, all PAGE, [
        &token.client_id, i64::from(token.is_for_all), token.id.to_string(), most, skipped,
    ] as Row)?;
    rows.into_iter().map(Row::read).collect()
}

/// People who may be meant by a text: by the application's name or id for them, or anything that contains it. At most a thousand.
pub async fn search(tx: &mut Tx, token: &ScimToken, text: &str) -> Result<Vec<Seen>, StoreError> {
    let folded = text.to_lowercase();
    let escaped = folded.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let rows = on!(tx, all MATCHING, [
        &token.client_id, i64::from(token.is_for_all), token.id.to_string(), &folded, text, format!("%{escaped}%"),
    ] as Row)?;
    rows.into_iter().map(Row::read).collect()
}

/// Whom the application calls so, whether the token may see them or not any longer.
pub async fn find_named(tx: &mut Tx, client: &str, name: &str) -> Result<Option<PersonId>, StoreError> {
    let row = on!(tx, optional HIDDEN, [client, name.to_lowercase()] as (String,))?;
    row.map(|(id,)| parsed(&id, "scim_users", "person_id")).transpose()
}

/// The places of a person that the token may see.
pub async fn find_places(
    tx: &mut Tx,
    token: &ScimToken,
    id: PersonId,
) -> Result<Vec<NamedPlace>, StoreError> {
    let rows = on!(tx, all PLACES, [
        id.to_string(), i64::from(token.is_for_all), token.id.to_string(),
    ] as PlaceRow)?;
    rows.into_iter().map(PlaceRow::read).collect()
}

/// Forgets how the application calls a person.
pub async fn forget(tx: &mut Tx, client: &str, id: PersonId) -> Result<(), StoreError> {
    on!(tx, execute FORGET, [client, id.to_string()])?;
    Ok(())
}

/// Notes how the application calls a person; `false` when it calls somebody else so.
pub async fn put(
    tx: &mut Tx,
    client: &str,
    id: PersonId,
    (name, external_id): (&str, Option<&str>),
) -> Result<bool, StoreError> {
    forget(tx, client, id).await?;
    let rows = on!(tx, execute INSERT, [client, id.to_string(), name, name.to_lowercase(), external_id])?;
    Ok(rows == 1)
}

impl Row {
    fn read(self) -> Result<Seen, StoreError> {
        let phone =
            self.phone.map(|phone| present(PhoneNumber::parse(&phone), "persons", "phone")).transpose()?;
        let person = Person {
            id: parsed(&self.id, "persons", "id")?,
            name: self.name,
            email: self.email,
            phone,
            language: present(Language::from_tag(&self.language), "persons", "language")?,
        };
        let created_at = Timestamp::from_millis(self.created_at);
        Ok(Seen { person, created_at, user_name: self.user_name, external_id: self.external_id })
    }
}

impl PlaceRow {
    fn read(self) -> Result<NamedPlace, StoreError> {
        const TABLE: &str = "memberships";
        let place = Membership {
            id: parsed(&self.id, TABLE, "id")?,
            company_id: parsed(&self.company_id, TABLE, "company_id")?,
            person_id: parsed(&self.person_id, TABLE, "person_id")?,
            role: present(Role::from_key(&self.role), TABLE, "role")?,
            access: present(Access::from_key(&self.access), TABLE, "access")?,
            is_basic: self.is_basic != 0,
        };
        let company = Company { id: place.company_id, name: self.company_name };
        Ok((place, company))
    }
}
