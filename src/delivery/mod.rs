//! One message to one address. No database.

mod access_token;
pub mod apns;
pub mod fcm;
mod http;
pub mod logout;
pub mod mail;
pub mod print;
mod provider_token;
pub mod push;
pub mod sms;

use std::sync::Arc;

use crate::domain::message::{Channel, Message, Outcome};
use mail::MailServer;
use print::Mailbox;
use sms::SmsGateway;

/// By which means messages leave.
pub enum Delivery {
    /// Through a mail server and a gateway; what has none is printed on standard output.
    Providers {
        /// The mail server.
        mail: Option<Box<MailServer>>,
        /// The SMS gateway.
        sms: Option<Box<SmsGateway>>,
    },
    /// Kept in memory and shown on a page, for the demo and for tests.
    Mailbox(Arc<Mailbox>),
}

/// A provider's settings cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ProviderError(pub(super) String);

impl Delivery {
    /// Everything is printed.
    pub const PRINT: Self = Self::Providers { mail: None, sms: None };

    /// Hands `message` over.
    pub async fn send(&self, message: &Message) -> Outcome {
        match (self, message.channel) {
            (Self::Mailbox(mailbox), _) => {
                mailbox.put(message.clone());
                Outcome::Accepted(String::new())
            }
            (Self::Providers { mail: Some(server), .. }, Channel::Mail) => server.send(message).await,
            (Self::Providers { sms: Some(gateway), .. }, Channel::Sms) => gateway.send(message).await,
            (Self::Providers { .. }, _) => match print::print(message) {
                Ok(()) => Outcome::Accepted("printed".to_owned()),
                Err(error) => Outcome::NotNow(error.to_string()),
            },
        }
    }
}
