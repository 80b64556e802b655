//! What another identity provider (a bank, an identity card, an electronic identity) says of a person.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::ids::{IdentificationId, LoginAttemptId, PersonId};
use super::time::Timestamp;

/// How long a person may be with another identity provider.
pub const IDENTIFICATION_LIFE: Duration = Duration::from_mins(10);

/// The name of a configured way of signing in: 1 to 32 lower-case letters, digits and dashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MethodId(String);

/// The text names no method.
#[derive(Debug, thiserror::Error)]
#[error("1 to 32 lower-case letters, digits and dashes")]
pub struct NotAMethod;

impl FromStr for MethodId {
    type Err = NotAMethod;

    fn from_str(text: &str) -> Result<Self, NotAMethod> {
        let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_name = (1..=32).contains(&text.len()) && text.bytes().all(is_part);
        is_name.then(|| Self(text.to_owned())).ok_or(NotAMethod)
    }
}

impl MethodId {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MethodId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// How sure a provider is of whom it names (Regulation (EU) 910/2014 article 8, where it says so).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assurance {
    /// It does not say.
    Unrated,
    /// Substantial: Finnish bank credentials.
    Substantial,
    /// High: an identity card.
    High,
}

impl Assurance {
    const ALL: [Self; 3] = [Self::Unrated, Self::Substantial, Self::High];

    /// The level as the database and the configuration know it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unrated => "unrated",
            Self::Substantial => "substantial",
            Self::High => "high",
        }
    }

    /// The level of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.key() == key)
    }

    /// The authentication context class that a sign-in of this level reaches.
    pub const fn context(self) -> &'static str {
        match self {
            Self::Unrated => "urn:avain:acr:eid",
            Self::Substantial => "urn:avain:acr:eid-substantial",
            Self::High => "urn:avain:acr:eid-high",
        }
    }
}

/// Two upper-case letters (ISO 3166-1 alpha-2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country(String);

impl Country {
    /// Reads a country in letters of either case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(Self(text))
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The longest identifier that is taken, in characters.
pub const LONGEST_IDENTIFIER: usize = 64;

/// The one form in which identifiers of people are compared: country, blank, letters and digits in upper case. `None` where
/// nothing is left, or too much.
pub fn canonical_identifier(country: &Country, identifier: &str) -> Option<String> {
    let bare: String = identifier.chars().filter(|character| character.is_alphanumeric()).collect();
    let is_fit = !bare.is_empty() && identifier.chars().count() <= LONGEST_IDENTIFIER;
    is_fit.then(|| format!("{} {}", country.as_str(), bare.to_uppercase()))
}

/// A person as a provider names them, after everything that it sent was verified. People are found by country and identifier
/// alone, never by name or e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedIdentity {
    /// Which country's identifier it is.
    pub country: Country,
    /// The identifier, as the provider writes it.
    pub identifier: String,
    /// How sure the provider is.
    pub assurance: Assurance,
}

/// Why a provider's answer leads to no sign-in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityRefusal {
    /// The person gave up there.
    #[error("the person cancelled")]
    Cancelled,
    /// It cannot be reached, or says that it cannot serve.
    #[error("the provider cannot serve: {0}")]
    Unavailable(String),
    /// What it sent does not verify; the text says what, for the log and support.
    #[error("the answer does not verify: {0}")]
    Unverified(&'static str),
}

/// One visit to another identity provider, begun by a sign-in page.
#[derive(Clone, Debug)]
pub struct Identification {
    /// Its id.
    pub id: IdentificationId,
    /// The attempt that it is to approve.
    pub attempt_id: LoginAttemptId,
    /// Where the person is.
    pub method: MethodId,
    /// Keyed hash of the browser's cookie.
    pub browser_hash: [u8; 32],
    /// What must not be readable: nonce, verifier, order; sealed.
    pub sealed: Vec<u8>,
    /// When it dies.
    pub expires_at: Timestamp,
    /// Who it turned out to be.
    pub person_id: Option<PersonId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_identifier_is_compared_whatever_its_form() {
        let finland = Country::parse("fi").unwrap();
        for text in ["010100-969P", "010100 969p", "010100969P"] {
            assert_eq!(canonical_identifier(&finland, text).as_deref(), Some("FI 010100969P"), "{text}");
        }
        assert_eq!(canonical_identifier(&finland, " - "), None);
        assert_eq!(canonical_identifier(&finland, &"1".repeat(65)), None);
        assert_eq!(Country::parse("FIN"), None);
        assert_eq!(Country::parse("F1"), None);
    }

    proptest! {
        #[test]
        fn a_method_is_named_in_one_way(text in "\\PC{0,40}") {
            if let Ok(method) = text.parse::<MethodId>() {
                prop_assert_eq!(method.as_str(), text.as_str());
                prop_assert!(text.len() <= 32 && !text.is_empty());
            }
        }
    }
}
