//! What the support staff searches: people by words of their names, companies and phones by the beginning of theirs. Every statement
//! walks one index from a place in it, so that a page costs the same in a table of a million rows as in one of ten.

use super::db::{StoreError, Tx, parsed, present};
use super::device::read_facts;
use crate::domain::company::Company;
use crate::domain::device::DeviceState;
use crate::domain::ids::{DeviceId, PersonId};
use crate::domain::platform::PlatformFacts;
use crate::domain::time::Timestamp;

/// How many rows one statement reads at most.
pub const CHUNK: usize = 500;

macro_rules! people {
    ($from:literal, $rest:literal) => {
        concat!(
            "SELECT k.place, p.id, p.name, p.blocked_at, (SELECT c.name FROM memberships m JOIN companies c ON c.id = m.company_id \
             WHERE m.person_id = p.id AND m.is_basic = 1 LIMIT 1) AS company FROM ",
            $from,
            " k JOIN persons p ON p.id = k.person_id ",
            $rest
        )
    };
}
const PEOPLE_BY_WORD: &str = people!(
    "(SELECT word AS place, person_id FROM person_words WHERE (word, person_id) > ($1, $2) AND word < $3 \
     ORDER BY word, person_id LIMIT 500)",
    "ORDER BY k.place, p.id"
);
const PEOPLE_BY_EMAIL: &str = people!(
    "(SELECT '' AS place, id AS person_id FROM persons WHERE email_key = $1 ORDER BY id LIMIT 25)",
    "ORDER BY p.id"
);
const PEOPLE_BY_PHONE: &str = people!(
    "(SELECT '' AS place, id AS person_id FROM persons WHERE phone = $1 ORDER BY id LIMIT 25)",
    "ORDER BY p.id"
);
const PEOPLE_OF_COMPANY: &str = people!(
    "(SELECT '' AS place, person_id FROM memberships WHERE company_id = $1 AND person_id > $2 ORDER BY person_id LIMIT 26)",
    "ORDER BY p.id"
);
const COMPANIES: &str =
    "SELECT id, name FROM companies WHERE name_key >= $1 AND name_key < $2 ORDER BY name_key, id LIMIT 10";

macro_rules! phones {
    ($from:literal, $order:literal) => {
        concat!(
            "SELECT k.place, d.id, d.name, d.platform, d.os_version, d.brand, d.model, d.app_version, d.state, d.last_seen_at, \
             p.name AS person FROM ",
            $from,
            " k JOIN devices d ON d.id = k.id JOIN persons p ON p.id = d.person_id ORDER BY ",
            $order
        )
    };
}
const PHONES_BY_MODEL: &str = phones!(
    "(SELECT model_key AS place, id FROM devices WHERE (model_key, id) > ($1, $2) AND model_key < $3 \
     ORDER BY model_key, id LIMIT 500)",
    "k.place, d.id"
);
const PHONES_BY_OS: &str = phones!(
    "(SELECT '' AS place, id FROM devices WHERE platform = $1 AND os_version = $2 AND id < $3 ORDER BY id DESC LIMIT 500)",
    "d.id DESC"
);
const PHONES_BY_APP: &str = phones!(
    "(SELECT '' AS place, id FROM devices WHERE app_version = $1 AND id < $2 ORDER BY id DESC LIMIT 500)",
    "d.id DESC"
);
const PHONES_BY_AGE: &str =
    phones!("(SELECT '' AS place, id FROM devices WHERE id < $1 ORDER BY id DESC LIMIT 500)", "d.id DESC");
const PHONES_OF_COMPANY: &str = phones!(
    "(SELECT m.person_id AS place, o.id FROM memberships m JOIN devices o ON o.person_id = m.person_id \
     WHERE m.company_id = $1 AND m.person_id >= $2 AND (m.person_id > $2 OR o.id > $3) ORDER BY m.person_id, o.id LIMIT 500)",
    "k.place, d.id"
);

/// A place in an index, after which the next page begins; empty at its beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The key that the index is ordered by, where that is not the id alone.
    pub key: String,
    /// The id.
    pub id: String,
}

/// A person that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPerson {
    /// Where in the index.
    pub place: Place,
    /// Who.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// The company that they sign in through.
    pub company: String,
    /// Whether they are blocked.
    pub is_blocked: bool,
}

/// A phone that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPhone {
    /// Where in the index.
    pub place: Place,
    /// Which.
    pub id: DeviceId,
    /// What its owner calls it.
    pub name: String,
    /// What it said of itself, last.
    pub facts: PlatformFacts,
    /// Whether it may be used.
    pub state: DeviceState,
    /// When it last proved its key.
    pub last_seen_at: Timestamp,
    /// Its owner's name.
    pub person: String,
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    place: String,
    id: String,
    name: String,
    blocked_at: Option<i64>,
    company: Option<String>,
}

#[derive(sqlx::FromRow)]
struct PhoneRow {
    place: String,
    id: String,
    name: String,
    platform: String,
    os_version: String,
    brand: String,
    model: String,
    app_version: String,
    state: String,
    last_seen_at: i64,
    person: String,
}

/// Up to [`CHUNK`] people with a word of that beginning in their name, after a place; ordered by that word.
pub async fn people_by_word(
    tx: &mut Tx,
    (from, to): (&str, &str),
    after: &Place,
) -> Result<Vec<FoundPerson>, StoreError> {
    let key = if after.key.is_empty() { from } else { &after.key };
    let rows = on!(tx, all PEOPLE_BY_WORD, [key, &after.id, to] as PersonRow)?;
    rows.into_iter().map(PersonRow::read).collect()
}

/// The people with that e-mail address, in lower case.
pub async fn people_by_email(tx: &mut Tx, email: &str) -> Result<Vec<FoundPerson>, StoreError> {
    let rows = on!(tx, all PEOPLE_BY_EMAIL, [email] as PersonRow)?;
    rows.into_iter().map(PersonRow::read).collect()
}

/// The people with that phone number in E.164 form.
pub async fn people_by_phone(tx: &mut Tx, phone: &str) -> Result<Vec<FoundPerson>, StoreError> {
    let rows = on!(tx, all PEOPLE_BY_PHONE, [phone] as PersonRow)?;
    rows.into_iter().map(PersonRow::read).collect()
}

/// The next members of a company, at most 26.
pub async fn people_of_company(
    tx: &mut Tx,
    company: &str,
    after: &Place,
) -> Result<Vec<FoundPerson>, StoreError> {
    let rows = on!(tx, all PEOPLE_OF_COMPANY, [company, &after.id] as PersonRow)?;
    rows.into_iter().map(PersonRow::read).collect()
}

/// The first ten companies whose folded name lies in that range.
pub async fn companies(tx: &mut Tx, (from, to): (&str, &str)) -> Result<Vec<Company>, StoreError> {
    let rows = on!(tx, all COMPANIES, [from, to] as (String, String))?;
    rows.into_iter().map(|(id, name)| Ok(Company { id: parsed(&id, "companies", "id")?, name })).collect()
}

/// By which index phones are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhoneOrder {
    /// By the beginning of maker and model, folded, as a range.
    Model(String, String),
    /// Those of a company's members.
    Company(String),
    /// By platform and exact OS version, the newest first.
    Os(&'static str, String),
    /// By exact version of the app, the newest first.
    App(String),
    /// The newest first.
    Newest,
}

/// Up to [`CHUNK`] phones, after a place in their order.
pub async fn phones(tx: &mut Tx, order: &PhoneOrder, after: &Place) -> Result<Vec<FoundPhone>, StoreError> {
    // Ids are lower-case hexadecimal, so "g" lies after all of them.
    let before = if after.id.is_empty() { "g" } else { &after.id };
    let rows = match order {
        PhoneOrder::Model(from, to) => {
            let key = if after.key.is_empty() { from } else { &after.key };
            on!(tx, all PHONES_BY_MODEL, [key, &after.id, to] as PhoneRow)?
        }
        PhoneOrder::Company(id) => on!(tx, all PHONES_OF_COMPANY, [id, &after.key, &after.id] as PhoneRow)?,
        PhoneOrder::Os(platform, version) => {
            on!(tx, all PHONES_BY_OS, [*platform, version, before] as PhoneRow)?
        }
        PhoneOrder::App(version) => on!(tx, all PHONES_BY_APP, [version, before] as PhoneRow)?,
        PhoneOrder::Newest => on!(tx, all PHONES_BY_AGE, [before] as PhoneRow)?,
    };
    rows.into_iter().map(PhoneRow::read).collect()
}

impl PersonRow {
    fn read(self) -> Result<FoundPerson, StoreError> {
        Ok(FoundPerson {
            id: parsed(&self.id, "persons", "id")?,
            place: Place { key: self.place, id: self.id },
            name: self.name,
            company: self.company.unwrap_or_default(),
            is_blocked: self.blocked_at.is_some(),
        })
    }
}

impl PhoneRow {
    fn read(self) -> Result<FoundPhone, StoreError> {
        const TABLE: &str = "devices";
        let said = [self.brand, self.model, self.app_version];
        Ok(FoundPhone {
            id: parsed(&self.id, TABLE, "id")?,
            place: Place { key: self.place, id: self.id },
            name: self.name,
            facts: read_facts(TABLE, &self.platform, &self.os_version, said)?,
            state: present(DeviceState::from_key(&self.state), TABLE, "state")?,
            last_seen_at: Timestamp::from_millis(self.last_seen_at),
            person: self.person,
        })
    }
}
