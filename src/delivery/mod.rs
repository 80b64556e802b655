//! One message to one address. No database.

pub mod print;

use std::sync::Arc;

use crate::domain::message::Message;
use print::Mailbox;

/// By which means messages leave.
pub enum Delivery {
    /// Printed on standard output, for a server that has no mail and SMS service yet.
    Print,
    /// Kept in memory and shown on a page, for the demo and for tests.
    Mailbox(Arc<Mailbox>),
}

/// A message could not be handed over; try again later.
#[derive(Debug, thiserror::Error)]
#[error("the message could not be handed over")]
pub struct DeliveryFailure(#[from] std::io::Error);

impl Delivery {
    /// Hands `message` over.
    pub fn send(&self, message: &Message) -> Result<(), DeliveryFailure> {
        match self {
            Self::Print => print::print(message).map_err(DeliveryFailure::from),
            Self::Mailbox(mailbox) => {
                mailbox.put(message.clone());
                Ok(())
            }
        }
    }
}
