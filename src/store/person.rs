//! Rows of `persons`.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::folded::words;
use crate::domain::ids::PersonId;
use crate::domain::language::Language;
use crate::domain::person::{Person, PhoneNumber};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO persons (id, name, email, email_key, phone, language, search, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const BY_ID: &str = "SELECT id, name, email, phone, language FROM persons WHERE id = $1";
const BY_IDENTIFIER: &str =
    "SELECT id, name, email, phone, language FROM persons WHERE identifier_hash = $1 ORDER BY id";
const SET_CONTACT: &str =
    "UPDATE persons SET email = $1, email_key = $2, phone = $3, search = $4 WHERE id = $5";
const SET_NAME: &str = "UPDATE persons SET name = $1, search = $2 WHERE id = $3";
const SET_LANGUAGE: &str = "UPDATE persons SET language = $1 WHERE id = $2";
const ADD_WORD: &str = "INSERT INTO person_words (word, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const REMOVE_WORD: &str = "DELETE FROM person_words WHERE word = $1 AND person_id = $2";
const BLOCK_OF: &str = "SELECT blocked_at FROM persons WHERE id = $1";
const BLOCK: &str = "UPDATE persons SET blocked_at = $1 WHERE id = $2 AND blocked_at IS NULL";
const UNBLOCK: &str = "UPDATE persons SET blocked_at = NULL WHERE id = $1 AND blocked_at IS NOT NULL";
selects_one!(LOCK, LOCK_LOCKED = "SELECT blocked_at FROM persons WHERE id = $1");
const SET_IDENTIFIER: &str = "UPDATE persons SET country = $1, identifier_hash = $2 WHERE id = $3";

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
        person.id.to_string(), &person.name, &person.email, person.email.to_lowercase(), phone, person.language.tag(), person.search_text(),
        now.millis(),
    ])?;
    insert_words(tx, person.id, &person.name).await
}

async fn insert_words(tx: &mut Tx, id: PersonId, name: &str) -> Result<(), StoreError> {
    for word in words(name) {
        on!(tx, execute ADD_WORD, [word, id.to_string()])?;
    }
    Ok(())
}

/// The person of that id.
pub async fn find(tx: &mut Tx, id: PersonId) -> Result<Option<Person>, StoreError> {
    let row = on!(tx, optional BY_ID, [id.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// The people with that identifier, given by its keyed hash.
pub async fn find_by_identifier(tx: &mut Tx, hash: &[u8; 32]) -> Result<Vec<Person>, StoreError> {
    let rows = on!(tx, all BY_IDENTIFIER, [&hash[..]] as Row)?;
    rows.into_iter().map(Row::read).collect()
}

/// Notes where the person comes from, and the keyed hash of the identifier that they have there.
pub async fn set_identifier(
    tx: &mut Tx,
    id: PersonId,
    country: &str,
    hash: Option<&[u8; 32]>,
) -> Result<(), StoreError> {
    on!(tx, execute SET_IDENTIFIER, [country, hash.map(|hash| hash.to_vec()), id.to_string()])?;
    Ok(())
}

/// Writes the person's e-mail address and phone number.
pub async fn set_contact(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    let phone = person.phone.as_ref().map(PhoneNumber::as_str);
    on!(tx, execute SET_CONTACT, [
        &person.email, person.email.to_lowercase(), phone, person.search_text(), person.id.to_string(),
    ])?;
    Ok(())
}

/// Writes the person's name.
pub async fn set_name(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    let before = on!(tx, optional BY_ID, [person.id.to_string()] as Row)?;
    for word in before.map(|row| words(&row.name)).unwrap_or_default() {
        on!(tx, execute REMOVE_WORD, [word, person.id.to_string()])?;
    }
    on!(tx, execute SET_NAME, [&person.name, person.search_text(), person.id.to_string()])?;
    insert_words(tx, person.id, &person.name).await
}

/// Writes the language that the person is written to in.
pub async fn set_language(tx: &mut Tx, id: PersonId, language: Language) -> Result<(), StoreError> {
    on!(tx, execute SET_LANGUAGE, [language.tag(), id.to_string()])?;
    Ok(())
}

/// Since when the person is blocked.
pub async fn find_block(tx: &mut Tx, id: PersonId) -> Result<Option<Timestamp>, StoreError> {
    let row = on!(tx, optional BLOCK_OF, [id.to_string()] as (Option<i64>,))?;
    Ok(row.and_then(|(at,)| at).map(Timestamp::from_millis))
}

/// Whether the person is blocked; nobody blocks them before `tx` ends.
pub async fn is_blocked_locked(tx: &mut Tx, id: PersonId) -> Result<bool, StoreError> {
    let row = on!(tx, locked LOCK, LOCK_LOCKED, [id.to_string()] as (Option<i64>,))?;
    Ok(row.is_some_and(|(at,)| at.is_some()))
}

/// Keeps the person from signing in; `false` when they are kept already.
pub async fn block(tx: &mut Tx, id: PersonId, now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute BLOCK, [now.millis(), id.to_string()])? == 1)
}

/// Lets the person sign in again; `false` when nothing kept them.
pub async fn unblock(tx: &mut Tx, id: PersonId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute UNBLOCK, [id.to_string()])? == 1)
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
