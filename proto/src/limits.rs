//! How long each field of a message may be, and of what it may consist. The server refuses what is beyond it before it looks at
//! anything else, and the `OpenAPI` document tells it to the makers of apps.

use crate::v1;

/// Of what a text may consist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// Anything.
    Any,
    /// A version of the app.
    AppVersion,
    /// A UUID in its usual form (RFC 9562 section 4), in either case.
    Uuid,
    /// Printable ASCII without the blank.
    Visible,
}

/// The bounds of one field.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// The message.
    pub message: &'static str,
    /// The field, as the `.proto` file names it.
    pub field: &'static str,
    /// The least and the most characters of a text, or bytes of a `bytes` field.
    pub length: (usize, usize),
    /// Of what a text consists.
    pub alphabet: Alphabet,
}

/// A message that a phone sends.
pub trait Bounded {
    /// The first field that is beyond its bounds, in this message or in one inside it.
    fn beyond_bounds(&self) -> Option<&'static Limit>;
}

impl Alphabet {
    /// The same as a regular expression (ECMA-262), where not everything is allowed.
    pub const fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Any => None,
            Self::AppVersion => Some("^[0-9A-Za-z.+_-]*$"),
            Self::Uuid => {
                Some("^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$")
            }
            Self::Visible => Some("^[!-~]*$"),
        }
    }

    fn allows(self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::AppVersion => {
                text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+_-".contains(&byte))
            }
            Self::Uuid => {
                let groups = text.split('-').map(str::len);
                groups.eq([8, 4, 4, 4, 12])
                    && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
            }
            Self::Visible => text.bytes().all(|byte| byte.is_ascii_graphic()),
        }
    }
}

/// What has a length.
trait Measured {
    fn fits(&self, limit: &Limit) -> bool;
}

impl Measured for String {
    fn fits(&self, limit: &Limit) -> bool {
        let (least, most) = limit.length;
        // A character has one byte to four, so most texts need not be counted.
        let is_bounded = self.len() <= most || self.len() <= 4 * most && self.chars().count() <= most;
        is_bounded && (least == 0 || self.chars().nth(least - 1).is_some()) && limit.alphabet.allows(self)
    }
}

impl Measured for Vec<u8> {
    fn fits(&self, limit: &Limit) -> bool {
        (limit.length.0..=limit.length.1).contains(&self.len())
    }
}

macro_rules! limit {
    ($message:ident, $field:ident, $least:literal, $most:literal) => {
        limit!($message, $field, $least, $most, Any)
    };
    ($message:ident, $field:ident, $least:literal, $most:literal, $alphabet:ident) => {
        Limit {
            message: stringify!($message),
            field: stringify!($field),
            length: ($least, $most),
            alphabet: Alphabet::$alphabet,
        }
    };
}

macro_rules! bounds {
    ($($message:ident [$($inner:ident),*] {
        $($field:ident: $least:literal..=$most:literal $(of $alphabet:ident)?;)*
    })+) => {
        /// The bounds of every field that a phone sends.
        pub const LIMITS: &[Limit] = &[$($(limit!($message, $field, $least, $most $(, $alphabet)?),)*)+];

        $(impl Bounded for v1::$message {
            fn beyond_bounds(&self) -> Option<&'static Limit> {
                $(
                    let limit = const { &limit!($message, $field, $least, $most $(, $alphabet)?) };
                    if !self.$field.fits(limit) {
                        return Some(limit);
                    }
                )*
                $(
                    if let Some(limit) = self.$inner.iter().find_map(Bounded::beyond_bounds) {
                        return Some(limit);
                    }
                )*
                None
            }
        })+
    };
}

// Each message, the messages inside it, and its own fields.
bounds! {
    StartActivation [platform] {
        activation_code: 1..=64;
        installation_secret: 32..=32;
    }
    ResendConfirmation [] {
        enrolment_id: 36..=36 of Uuid;
        installation_secret: 32..=32;
    }
    ConfirmActivation [] {
        enrolment_id: 36..=36 of Uuid;
        installation_secret: 32..=32;
        confirmation_code: 1..=16;
    }
    PlatformFacts [] {
        os_version: 0..=32;
        brand: 1..=64;
        model: 1..=64;
        app_version: 1..=32 of AppVersion;
    }
    Envelope [signatures] {
        payload_type: 1..=128;
        payload: 1..=8192;
    }
    Signature [] {
        keyid: 0..=64;
        sig: 8..=72;
    }
    SignedContext [push] {
        issuer: 1..=256;
        device_id: 0..=36;
        key_thumbprint: 32..=32;
        server_nonce: 0..=32;
        app_version: 1..=32 of AppVersion;
        os_version: 0..=32;
    }
    PushAddress [] {
        token: 1..=4096 of Visible;
    }
    EnrolDevice [context, platform] {
        enrolment_id: 36..=36 of Uuid;
        public_key: 65..=65;
        device_name: 0..=64;
    }
    LoginScan [context] {
        frame: 1..=128;
    }
    LoginCode [context] {
        code: 1..=64;
    }
    ListPending [context] {}
    ClaimPending [context] {
        attempt_id: 36..=36 of Uuid;
    }
    LoginAnswer [context] {
        attempt_id: 36..=36 of Uuid;
        client_id: 1..=64;
        display_sha256: 32..=32;
    }
    DeviceNonceRequest [] {
        device_id: 36..=36 of Uuid;
    }
    ListDevices [context] {}
    RemoveDevice [context] {
        removed_device_id: 36..=36 of Uuid;
    }
    RotateKey [context, possession] {
        new_public_key: 65..=65;
    }
    NewKey [context] {
        replaced_thumbprint: 32..=32;
    }
    OfferMove [context] {}
    TakeMove [context, platform] {
        ticket: 1..=64;
        public_key: 65..=65;
        device_name: 0..=64;
    }
    LookAtMove [context] {
        move_id: 36..=36 of Uuid;
    }
    AnswerMove [context] {
        move_id: 36..=36 of Uuid;
        key_thumbprint: 32..=32;
    }
}

/// The bounds of a field, where it has any.
pub fn find(message: &str, field: &str) -> Option<&'static Limit> {
    LIMITS.iter().find(|limit| limit.message == message && limit.field == field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alphabets_mean_what_their_patterns_say() {
        for (alphabet, good, bad) in [
            (Alphabet::AppVersion, ["1.0.0", "2.1-beta_3+build"], ["1 0", "1.0\n"]),
            (
                Alphabet::Uuid,
                ["0190163d-8694-739b-aea5-966c26f8ad92", "0190163D-8694-739B-AEA5-966C26F8AD92"],
                ["0190163d8694739baea5966c26f8ad92", "0190163g-8694-739b-aea5-966c26f8ad92"],
            ),
            (Alphabet::Visible, ["a:b/c~!", "x"], ["a b", "\u{e4}"]),
        ] {
            let pattern = regex::Regex::new(alphabet.pattern().unwrap()).unwrap();
            for (texts, is_good) in [(good, true), (bad, false)] {
                for text in texts {
                    assert_eq!(
                        (alphabet.allows(text), pattern.is_match(text)),
                        (is_good, is_good),
                        "{text:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn texts_are_counted_in_characters_and_bytes_in_bytes() {
        let code = |code: &str| v1::LoginCode { code: code.to_owned(), context: None }.beyond_bounds();
        assert!(code(&"\u{1f9ff}".repeat(64)).is_none());
        assert_eq!(code(&"\u{1f9ff}".repeat(65)).unwrap().field, "code");
        assert_eq!(code("").unwrap().field, "code");
        let proof =
            |length| v1::NewKey { replaced_thumbprint: vec![0; length], context: None }.beyond_bounds();
        assert!(proof(32).is_none() && proof(31).is_some() && proof(33).is_some());
    }

    #[test]
    fn messages_inside_are_looked_at_too() {
        let signature = v1::Signature { sig: vec![0; 73], keyid: String::new() };
        let inner =
            v1::Envelope { payload_type: "a".to_owned(), payload: vec![1], signatures: vec![signature] };
        let outer = v1::RotateKey { new_public_key: vec![4; 65], possession: Some(inner), context: None };
        assert_eq!(outer.beyond_bounds().unwrap().field, "sig");
    }
}
