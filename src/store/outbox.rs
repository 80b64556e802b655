//! Rows of `outbox`: messages that leave after the transaction that wrote them.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::ids::MessageId;
use crate::domain::message::Channel;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO outbox (id, channel, state, sealed, tries, next_try_at, created_at, sent_at) \
     VALUES ($1, $2, 'queued', $3, 0, $4, $4, NULL)";
const DUE: &str = "SELECT id, channel, sealed, tries FROM outbox WHERE state = 'queued' AND next_try_at <= $1 \
     ORDER BY created_at, id LIMIT 50";
const LEASE: &str = "UPDATE outbox SET tries = tries + 1, next_try_at = $1 \
     WHERE id = $2 AND state = 'queued' AND tries = $3";
const SENT: &str =
    "UPDATE outbox SET state = 'sent', sealed = NULL, sent_at = $1 WHERE id = $2 AND state = 'queued'";

/// A message on its way.
pub struct Queued {
    /// Its id.
    pub id: MessageId,
    /// By which way it goes.
    pub channel: Channel,
    /// Address, subject and body, sealed for `outbox/<id>`.
    pub sealed: Vec<u8>,
    /// How often it was tried.
    pub tries: i64,
}

/// Queues a sealed message.
pub async fn insert(
    tx: &mut Tx,
    id: MessageId,
    channel: Channel,
    sealed: &[u8],
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [id.to_string(), channel.key(), sealed, now.millis()])?;
    Ok(())
}

/// The oldest messages that are due.
pub async fn find_due(tx: &mut Tx, now: Timestamp) -> Result<Vec<Queued>, StoreError> {
    const TABLE: &str = "outbox";
    let rows = on!(tx, all DUE, [now.millis()] as (String, String, Option<Vec<u8>>, i64))?;
    rows.into_iter()
        .map(|(id, channel, sealed, tries)| {
            Ok(Queued {
                id: parsed(&id, TABLE, "id")?,
                channel: present(Channel::from_key(&channel), TABLE, "channel")?,
                sealed: present(sealed, TABLE, "sealed")?,
                tries,
            })
        })
        .collect()
}

/// Takes a message for one try; until `next_try_at` nobody else does. `false` when somebody was faster.
pub async fn lease(tx: &mut Tx, message: &Queued, next_try_at: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute LEASE, [next_try_at.millis(), message.id.to_string(), message.tries])? == 1)
}

/// Notes that a message was handed over, and forgets what it said.
pub async fn mark_sent(tx: &mut Tx, id: MessageId, now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute SENT, [now.millis(), id.to_string()])? == 1)
}
