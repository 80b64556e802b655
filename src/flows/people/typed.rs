//! What a KH user types about somebody, read and checked.

use super::super::Services;
use super::PeopleError;
use crate::crypto::code_hash::HashPurpose;
use crate::domain::language::Language;
use crate::domain::membership::{Access, Role};
use crate::domain::person::{PhoneNumber, parse_email};
use crate::domain::text::printable;
use crate::flows::invite::NewPerson;

const LONGEST_NAME: usize = 100;
const LONGEST_IDENTIFIER: usize = 64;

/// Somebody to be added, as the KH user typed it.
pub struct NewMember {
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Phone number, or nothing.
    pub phone: String,
    /// Two letters (ISO 3166-1), or nothing.
    pub country: String,
    /// What identifies the person in that country, or nothing.
    pub identifier: String,
    /// The language they are written to in.
    pub language: Language,
    /// What they may do.
    pub role: Role,
    /// Which versions of the applications they may use.
    pub access: Access,
}

/// Where somebody comes from, and the keyed hash of what identifies them there.
pub(super) struct Identity {
    pub(super) country: Option<String>,
    pub(super) hash: Option<[u8; 32]>,
}

impl Identity {
    pub(super) fn read(services: &Services, typed: &NewMember) -> Result<Self, PeopleError> {
        let country = typed.country.trim().to_ascii_uppercase();
        let bare: String = typed.identifier.chars().filter(|c| c.is_alphanumeric()).collect();
        if country.is_empty() && bare.is_empty() {
            return Ok(Self { country: None, hash: None });
        }
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(PeopleError::FieldInvalid("country"));
        }
        if typed.identifier.chars().count() > LONGEST_IDENTIFIER {
            return Err(PeopleError::FieldInvalid("identifier"));
        }
        let text = format!("{country} {}", bare.to_uppercase());
        let hash = services.keys.hasher.hash(HashPurpose::Identifier, text.as_bytes());
        Ok(Self { country: Some(country), hash: (!bare.is_empty()).then_some(hash) })
    }
}

pub(super) fn check_new(typed: &NewMember) -> Result<NewPerson, PeopleError> {
    let NewMember { language, role, access, .. } = *typed;
    Ok(NewPerson {
        name: printable(&typed.name, LONGEST_NAME).ok_or(PeopleError::FieldInvalid("name"))?,
        email: parse_email(&typed.email).ok_or(PeopleError::FieldInvalid("email"))?,
        phone: read_phone(&typed.phone)?,
        language,
        role,
        access,
    })
}

pub(super) fn read_phone(typed: &str) -> Result<Option<PhoneNumber>, PeopleError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    PhoneNumber::parse(typed).map(Some).ok_or(PeopleError::FieldInvalid("phone"))
}
