//! Messages where people can see them: on standard output, or in memory.

use std::collections::VecDeque;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use crate::domain::message::Message;

/// How many messages a mailbox keeps; older ones are dropped.
const MOST: usize = 500;

/// Messages kept in memory, newest last.
#[derive(Default)]
pub struct Mailbox(Mutex<VecDeque<Message>>);

impl Mailbox {
    /// Adds a message.
    pub fn put(&self, message: Message) {
        let mut messages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if messages.len() == MOST {
            messages.pop_front();
        }
        messages.push_back(message);
    }

    /// All messages, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

/// Writes the message to standard output (never to the log).
pub(super) fn print(message: &Message) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "--- {} to {} {}", message.channel.key(), message.to, message.subject)?;
    writeln!(out, "{}", message.body)?;
    writeln!(out, "---")?;
    out.flush()
}
