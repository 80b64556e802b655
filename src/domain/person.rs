//! A human being and how to reach them.

use super::ids::PersonId;
use super::language::Language;

/// A human being.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their id; the `sub` of their tokens.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Set by the person alone.
    pub email: String,
    /// The phone number used for communication; set by a KH user.
    pub phone: Option<PhoneNumber>,
    /// The language they are written to in.
    pub language: Language,
}

/// A phone number in E.164 form: `+` and 7 to 15 digits (ITU-T E.164 section 6.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads a number with its country code; blanks, dots, dashes and round brackets are tolerated, and `00` for `+`.
    pub fn parse(text: &str) -> Option<Self> {
        let bare: String = text.chars().filter(|character| !" .-()\u{a0}".contains(*character)).collect();
        let digits = bare.strip_prefix('+').or_else(|| bare.strip_prefix("00"))?;
        let is_number = (7..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
        is_number.then(|| Self(format!("+{digits}")))
    }

    /// The number in E.164 form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number with all but its first three and last two digits hidden.
    pub fn masked(&self) -> String {
        let digits: Vec<char> = self.0.chars().collect();
        let hidden = digits.len().saturating_sub(6);
        let head: String = digits.iter().take(4).collect();
        let tail: String = digits.iter().skip(4 + hidden).collect();
        format!("{head} {} {tail}", "*".repeat(hidden))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in ["+358 40 123 4567", "00358-40-1234567", "+358 (40) 123.4567"] {
            assert_eq!(PhoneNumber::parse(text).unwrap().as_str(), "+358401234567", "{text}");
        }
        for text in [
            "",
            "+",
            "040 1234567",
            "+0401234567",
            "+35840",
            "+3584012345678901",
            "+358x",
            "+３５８401234567",
        ] {
            assert_eq!(PhoneNumber::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_masked_number_shows_six_characters_and_no_more() {
        assert_eq!(PhoneNumber::parse("+358401234567").unwrap().masked(), "+358 ******* 67");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_trouble(text in "\\PC{0,40}") {
            if let Some(number) = PhoneNumber::parse(&text) {
                prop_assert_eq!(PhoneNumber::parse(number.as_str()), Some(number.clone()));
                prop_assert!(!number.masked().contains(number.as_str()));
            }
        }
    }
}
