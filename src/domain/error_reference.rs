//! The short id on every error, by which support finds the story behind it.

use std::fmt;
use std::str::FromStr;

use super::base32;
use super::random::{Random, RandomFailure, bytes};

/// The text is no reference.
#[derive(Debug, thiserror::Error)]
#[error("not an error reference")]
pub struct NotAReference;

/// Eight characters of Crockford base32 in two groups, for example `K7QF-29XM`: 40 random bits, speakable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ErrorReference([u8; 5]);

impl ErrorReference {
    /// A new reference.
    pub fn generate(random: &dyn Random) -> Result<Self, RandomFailure> {
        Ok(Self(bytes(random)?))
    }
}

impl FromStr for ErrorReference {
    type Err = NotAReference;

    /// Reads it as somebody says or types it: whatever the case, with or without the dash, O for 0 and I for 1.
    fn from_str(typed: &str) -> Result<Self, NotAReference> {
        if typed.len() > 32 {
            return Err(NotAReference);
        }
        let bare =
            typed.chars().filter(|character| !matches!(character, ' ' | '-' | '\u{2010}'..='\u{2015}'));
        let text: String = bare.map(base32::canonical).collect::<Option<_>>().ok_or(NotAReference)?;
        base32::decode(&text).map(Self).ok_or(NotAReference)
    }
}

impl fmt::Display for ErrorReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = base32::encode(&self.0);
        let (first, second) = text.split_at(4);
        write!(formatter, "{first}-{second}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_reference_is_read_as_people_say_it(bytes in any::<[u8; 5]>()) {
            let reference = ErrorReference(bytes);
            let text = reference.to_string();
            let said = text.to_lowercase().replace('0', "o").replace('-', " ");
            prop_assert_eq!(text.parse::<ErrorReference>().unwrap(), reference);
            prop_assert_eq!(said.parse::<ErrorReference>().unwrap(), reference);
        }

        #[test]
        fn any_text_is_read_without_trouble(text in "\\PC{0,40}") {
            let _ = text.parse::<ErrorReference>();
        }
    }

    #[test]
    fn a_name_is_no_reference() {
        for text in ["", "K7QF", "K7QF-29XU", "Mart Tamme", "K7QF-29XM-1"] {
            assert!(text.parse::<ErrorReference>().is_err(), "{text}");
        }
    }
}
