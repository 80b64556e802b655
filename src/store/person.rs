//! Rows of `persons`.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::ids::PersonId;
use crate::domain::language::Language;
use crate::domain::person::{Person, PhoneNumber};
use crate::domain::time::Timestamp;

const INSERT: &str =
    "INSERT INTO persons (id, name, email, phone, language, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
const BY_ID: &str = "SELECT id, name, email, phone, language FROM persons WHERE id = $1";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    email: String,
    phone: Option<String>,
    language: String,
}

/// Adds a person.
pub async fn insert(tx: &mut Tx, person: &Person, now: Timestamp) -> Result<(), StoreError> {
    let phone = person.phone.as_ref().map(PhoneNumber::as_str);
    on!(tx, execute INSERT, [
        person.id.to_string(), &person.name, &person.email, phone, person.language.tag(), now.millis(),
    ])?;
    Ok(())
}

/// The person of that id.
pub async fn find(tx: &mut Tx, id: PersonId) -> Result<Option<Person>, StoreError> {
    let row = on!(tx, optional BY_ID, [id.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

impl Row {
    fn read(self) -> Result<Person, StoreError> {
        let phone =
            self.phone.map(|phone| present(PhoneNumber::parse(&phone), "persons", "phone")).transpose()?;
        Ok(Person {
            id: parsed(&self.id, "persons", "id")?,
            name: self.name,
            email: self.email,
            phone,
            language: present(Language::from_tag(&self.language), "persons", "language")?,
        })
    }
}
