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

impl Person {
    /// What a search looks through: name, e-mail address and phone number in lower case.
    pub fn search_text(&self) -> String {
        let phone = self.phone.as_ref().map_or("", PhoneNumber::as_str);
        format!("{} {} {phone}", self.name, self.email).to_lowercase()
    }

    /// The e-mail address with all hidden but its first letter, the first one of its domain, and how that ends.
    pub fn masked_email(&self) -> String {
        let (name, host) = self.email.split_once('@').unwrap_or((&self.email, ""));
        let head = |text: &str| text.chars().take(1).collect::<String>();
        let ending = host.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
        format!("{}***@{}***.{ending}", head(name), head(host))
    }
}

/// The e-mail address as it may be written to: one `@` with something before it, a domain with a dot after it, at most 254
/// characters (RFC 5321 section 4.5.3.1), nothing that ends a header line. Whether it exists only a mail can tell.
pub fn parse_email(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let is_plain = |part: &str| {
        !part.is_empty()
            && !part.chars().any(|c| c.is_whitespace() || c.is_control() || "@,;<>()[]\"\\".contains(c))
    };
    let has_dot = domain.split('.').count() > 1 && domain.split('.').all(|label| !label.is_empty());
    (text.len() <= 254 && local.len() <= 64 && is_plain(local) && is_plain(domain) && has_dot)
        .then(|| text.to_owned())
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
    fn mail_addresses_that_could_do_harm_are_refused() {
        for text in ["mart@kuusi.example", " m.t+a@post.kuusi.example ", "õnne@näide.ee"] {
            assert_eq!(parse_email(text).as_deref(), Some(text.trim()), "{text}");
        }
        for text in [
            "",
            "@",
            "mart",
            "mart@",
            "@kuusi.example",
            "mart@kuusi",
            "mart@kuusi.",
            "a@b@c.fi",
            "a b@c.fi",
            "a@b.fi\r\nBcc: x@y.fi",
            "<a@b.fi>",
            "a@b.fi,c@d.fi",
            "\"a\"@b.fi",
        ] {
            assert_eq!(parse_email(text), None, "{text}");
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
