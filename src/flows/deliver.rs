//! The outbox: messages are queued in the transaction of their cause, and leave after it.
//!
//! 1. `queue` seals a message into the transaction.
//! 2. `run_due` takes each due message for one try; whoever takes it first has it until the lease ends.
//! 3. Handed over: what it said is forgotten. Not handed over: it is tried again, later each time.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Internal, Services};
use crate::domain::ids::MessageId;
use crate::domain::message::{Channel, Message};
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::outbox;

const FIRST_RETRY: Duration = Duration::from_secs(30);
const LONGEST_RETRY: Duration = Duration::from_mins(30);

#[derive(Serialize, Deserialize)]
struct Contents {
    to: String,
    subject: String,
    body: String,
}

/// Queues a message in the transaction of its cause. Call [`Services::outbox_filled`] after the commit.
pub(super) async fn queue(
    services: &Services,
    tx: &mut Tx,
    channel: Channel,
    to: &str,
    (subject, body): (String, String),
) -> Result<(), Internal> {
    let now = services.now();
    let id = MessageId::generate(now, services.random.as_ref())?;
    let contents = Contents { to: to.to_owned(), subject, body };
    let plain = serde_json::to_vec(&contents).map_err(|_| Internal::Missing("message as text"))?;
    let sealed = services.keys.sealer.seal(&place(id), &plain)?;
    Ok(outbox::insert(tx, id, channel, &sealed, now).await?)
}

/// Sends what is due; gives back how many messages were handed over.
pub async fn run_due(services: &Services) -> Result<usize, Internal> {
    let now = services.now();
    let due = outbox::find_due(&mut services.db.read().await?, now).await?;
    let mut sent = 0;
    for message in due {
        if take(services, &message, now).await? && send(services, message).await? {
            sent += 1;
        }
    }
    Ok(sent)
}

async fn take(services: &Services, message: &outbox::Queued, now: Timestamp) -> Result<bool, Internal> {
    let mut tx = services.db.write().await?;
    let is_ours = outbox::lease(&mut tx, message, now.plus(retry_after(message.tries))).await?;
    tx.commit().await?;
    Ok(is_ours)
}

async fn send(services: &Services, queued: outbox::Queued) -> Result<bool, Internal> {
    let plain = services.keys.sealer.open(&place(queued.id), &queued.sealed)?;
    let contents: Contents =
        serde_json::from_slice(&plain).map_err(|_| Internal::Missing("message as text"))?;
    let Contents { to, subject, body } = contents;
    let message = Message { id: queued.id, channel: queued.channel, to, subject, body };
    if let Err(error) = services.delivery.send(&message) {
        tracing::warn!(message.id = %queued.id, error = %error, "a message was not handed over; it is tried again");
        return Ok(false);
    }
    let mut tx = services.db.write().await?;
    outbox::mark_sent(&mut tx, queued.id, services.now()).await?;
    tx.commit().await?;
    Ok(true)
}

fn retry_after(tries: i64) -> Duration {
    let doublings = u32::try_from(tries).unwrap_or(u32::MAX).min(10);
    (FIRST_RETRY * 2_u32.pow(doublings)).min(LONGEST_RETRY)
}

fn place(id: MessageId) -> String {
    format!("outbox/{id}")
}
