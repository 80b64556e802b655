//! An outgoing message.

use super::ids::MessageId;

/// By which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// E-mail.
    Mail,
    /// SMS.
    Sms,
}

impl Channel {
    /// The channel as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
        }
    }

    /// The channel of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Mail, Self::Sms].into_iter().find(|channel| channel.key() == key)
    }
}

/// A message to one address. It may hold a code: sealed where it is stored, never logged.
#[derive(Clone)]
pub struct Message {
    /// Its id; gateways see it as the idempotency key.
    pub id: MessageId,
    /// By which way it goes.
    pub channel: Channel,
    /// An e-mail address, or a phone number in E.164 form.
    pub to: String,
    /// The subject of a mail; empty for an SMS.
    pub subject: String,
    /// Plain text.
    pub body: String,
}
