//! An outgoing message.

use super::ids::{LoginAttemptId, MessageId, PersonId};
use super::person::PhoneNumber;
use super::time::Timestamp;

/// By which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// E-mail.
    Mail,
    /// SMS.
    Sms,
    /// A push to the app; it says nothing that a person reads.
    Push,
    /// To a web application: a session has ended.
    Logout,
}

impl Channel {
    /// The channel as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
            Self::Push => "push",
            Self::Logout => "logout",
        }
    }

    /// The channel of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Mail, Self::Sms, Self::Push, Self::Logout].into_iter().find(|channel| channel.key() == key)
    }
}

/// What a message is about, for whoever looks after its receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// An invitation.
    Invitation,
    /// The code that confirms an activation.
    ConfirmationCode,
    /// The code that is asked for in a new place.
    SignInCode,
    /// The code that proves a new e-mail address.
    EmailCode,
    /// Something that was done.
    Notice,
    /// A sign-in that waits for the phone.
    SignInRequest,
    /// The end of a session.
    SessionEnd,
}

impl MessageKind {
    const ALL: [Self; 7] = [
        Self::Invitation,
        Self::ConfirmationCode,
        Self::SignInCode,
        Self::EmailCode,
        Self::Notice,
        Self::SignInRequest,
        Self::SessionEnd,
    ];

    /// The kind as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::ConfirmationCode => "confirmation_code",
            Self::SignInCode => "sign_in_code",
            Self::EmailCode => "email_code",
            Self::Notice => "notice",
            Self::SignInRequest => "sign_in_request",
            Self::SessionEnd => "session_end",
        }
    }

    /// The kind of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Where a message goes, and on whose account.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// By which way.
    pub channel: Channel,
    /// An e-mail address, a phone number in E.164 form, a phone's push address, or a web application's address.
    pub to: &'a str,
    /// Whose message it is.
    pub person: PersonId,
    /// What it is about.
    pub kind: MessageKind,
    /// The sign-in whose page shows what becomes of it.
    pub attempt: Option<LoginAttemptId>,
}

impl<'a> Envelope<'a> {
    /// A mail.
    pub const fn mail(to: &'a str, person: PersonId, kind: MessageKind) -> Self {
        Self { channel: Channel::Mail, to, person, kind, attempt: None }
    }

    /// An SMS.
    pub fn sms(to: &'a PhoneNumber, person: PersonId, kind: MessageKind) -> Self {
        Self { channel: Channel::Sms, to: to.as_str(), person, kind, attempt: None }
    }

    /// The same for a sign-in whose page shows what becomes of it.
    #[must_use]
    pub const fn of_attempt(self, attempt: LoginAttemptId) -> Self {
        Self { attempt: Some(attempt), ..self }
    }
}

/// A message to one address. It may hold a code: sealed where it is stored, never logged.
#[derive(Clone)]
pub struct Message {
    /// Its id; gateways see it as the idempotency key.
    pub id: MessageId,
    /// By which way it goes.
    pub channel: Channel,
    /// An e-mail address, a phone number in E.164 form, or a phone's push address.
    pub to: String,
    /// The subject of a mail; empty for an SMS.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// What became of one try to hand a message over. The words are the provider's own, made harmless by [`short`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Taken: it is never sent again.
    Accepted(String),
    /// Refused for ever: it is not tried again.
    Refused(String),
    /// Not now: it is tried again later.
    NotNow(String),
}

/// How far a message has come, as its receiver may know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It waits, or is being tried.
    OnItsWay,
    /// The mail server or the gateway took it at that time.
    Taken(Timestamp),
    /// It will not be sent any more.
    Failed,
    /// It was never tried: the country is not allowed, or a budget is spent.
    HeldBack,
}

/// What a provider said, short enough to keep: without the receiver's address, and without digits that could be a code or a
/// number.
pub fn short(said: &str, receiver: &str) -> String {
    const MOST: usize = 160;
    let bare = receiver.trim_start_matches('+');
    let without =
        if bare.is_empty() { said.to_owned() } else { said.replace(receiver, "…").replace(bare, "…") };
    let mut kept = String::new();
    let mut digits = String::new();
    for character in without.chars().filter(|character| !character.is_control()).chain([' ']) {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        kept.push_str(if digits.len() > 5 { "…" } else { &digits });
        digits.clear();
        kept.push(character);
    }
    kept.trim().chars().take(MOST).collect()
}

/// How many SMS may leave, and where to.
#[derive(Clone, Debug)]
pub struct SmsLimits {
    /// Calling codes, such as `+358`.
    pub countries: Vec<String>,
    /// The most in an hour.
    pub per_hour: u32,
    /// The most in an hour to numbers that begin alike.
    pub per_prefix: u32,
}

impl SmsLimits {
    /// Whether SMS are sent to the country of that number.
    pub fn allows(&self, number: &str) -> bool {
        self.countries.iter().any(|code| number.starts_with(code.as_str()))
    }
}

/// Why an SMS is never tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsObstacle {
    /// The country is not on the list.
    CountryNotAllowed,
    /// Too many in this hour to numbers that begin alike.
    PrefixBudgetSpent,
    /// Too many in this hour.
    HourlyBudgetSpent,
}

impl SmsObstacle {
    const ALL: [Self; 3] = [Self::CountryNotAllowed, Self::PrefixBudgetSpent, Self::HourlyBudgetSpent];

    /// The reason as the outbox keeps it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::CountryNotAllowed => "country_not_allowed",
            Self::PrefixBudgetSpent => "prefix_budget_spent",
            Self::HourlyBudgetSpent => "hourly_budget_spent",
        }
    }

    /// The reason of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|obstacle| obstacle.key() == key)
    }
}

/// The first six digits of a number: country, network and a little of the rest.
pub fn sms_prefix(number: &str) -> String {
    number.chars().take(7).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_an_answer_names_nobody_and_no_code() {
        let said = "550 5.1.1 <mart@kuusi.example>: no such user\r\n";
        assert_eq!(short(said, "mart@kuusi.example"), "550 5.1.1 <…>: no such user");
        assert_eq!(short("to 358401234567 code 123456 id 42", "+358401234567"), "to … code … id 42");
        assert_eq!(short(&"x".repeat(500), "").len(), 160);
    }

    #[test]
    fn only_listed_countries_get_sms() {
        let limits =
            SmsLimits { countries: vec!["+358".to_owned(), "+46".to_owned()], per_hour: 1, per_prefix: 1 };
        assert!(limits.allows("+358401234567") && limits.allows("+46701234567"));
        assert!(!limits.allows("+2525551234") && !limits.allows("358401234567") && !limits.allows(""));
        assert_eq!(sms_prefix("+358401234567"), "+358401");
    }
}
