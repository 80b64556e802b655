//! Rows of `outbox`: messages that leave after the transaction that wrote them.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::ids::{LoginAttemptId, MessageId, PersonId};
use crate::domain::message::{Channel, Envelope, MessageKind, Progress, SmsObstacle};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO outbox \
     (id, channel, state, sealed, tries, next_try_at, created_at, sent_at, attempt_id, person_id, kind) \
     VALUES ($1, $2, 'queued', $3, 0, $4, $4, NULL, $5, $6, $7)";
const OF_ATTEMPT: &str = "SELECT channel, state, sent_at, said FROM outbox WHERE attempt_id = $1 ORDER BY created_at DESC, id DESC";
const OF_PERSON: &str = "SELECT channel, kind, state, sent_at, said, created_at FROM outbox WHERE person_id = $1 \
     AND channel IN ('mail', 'sms') ORDER BY created_at DESC, id DESC LIMIT $2";
const DUE: &str = "SELECT id, channel, sealed, tries, created_at FROM outbox \
     WHERE state = 'queued' AND next_try_at <= $1 ORDER BY created_at, id LIMIT 50";
const LEASE: &str = "UPDATE outbox SET tries = tries + 1, next_try_at = $1 \
     WHERE id = $2 AND state = 'queued' AND tries = $3";
const SENT: &str = "UPDATE outbox SET state = 'sent', sealed = NULL, sent_at = $1, said = $2 \
     WHERE id = $3 AND state = 'queued'";
const END: &str = "UPDATE outbox SET state = $1, sealed = NULL, said = $2 WHERE id = $3 AND state = 'queued'";
const NOTE: &str = "UPDATE outbox SET said = $1 WHERE id = $2 AND state = 'queued'";
const POSTPONE: &str = "UPDATE outbox SET said = $1, next_try_at = $2 WHERE id = $3 AND state = 'queued'";
const COUNT_SMS: &str = "INSERT INTO sms_counts (scope, hour, sent) VALUES ($1, $2, 1) \
     ON CONFLICT (scope, hour) DO UPDATE SET sent = sms_counts.sent + 1 WHERE sms_counts.sent < $3";

/// How a message ends that was not handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The provider will not have it, or it was over the budget.
    Refused,
    /// It was tried for too long.
    GivenUp,
}

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
    /// When it was queued.
    pub created_at: Timestamp,
}

/// Queues a sealed message.
pub async fn insert(
    tx: &mut Tx,
    id: MessageId,
    envelope: &Envelope<'_>,
    sealed: &[u8],
    now: Timestamp,
) -> Result<(), StoreError> {
    let Envelope { channel, person, kind, attempt, .. } = envelope;
    on!(tx, execute INSERT, [
        id.to_string(), channel.key(), sealed, now.millis(), attempt.map(|id| id.to_string()), person.to_string(),
        kind.key(),
    ])?;
    Ok(())
}

/// A message, without what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    /// By which way it goes.
    pub channel: Channel,
    /// What it is about.
    pub kind: MessageKind,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// How far it has come.
    pub progress: Progress,
}

/// The newest messages of a person that they can read.
pub async fn find_of_person(tx: &mut Tx, person: PersonId, most: i64) -> Result<Vec<Posted>, StoreError> {
    const TABLE: &str = "outbox";
    type Row = (String, String, String, Option<i64>, Option<String>, i64);
    let rows = on!(tx, all OF_PERSON, [person.to_string(), most] as Row)?;
    rows.into_iter()
        .map(|(channel, kind, state, sent_at, said, queued_at)| {
            Ok(Posted {
                channel: present(Channel::from_key(&channel), TABLE, "channel")?,
                kind: present(MessageKind::from_key(&kind), TABLE, "kind")?,
                queued_at: Timestamp::from_millis(queued_at),
                progress: progress(&state, sent_at, said.as_deref())?,
            })
        })
        .collect()
}

pub(super) fn progress(
    state: &str,
    sent_at: Option<i64>,
    said: Option<&str>,
) -> Result<Progress, StoreError> {
    let is_held_back = said.is_some_and(|said| SmsObstacle::from_key(said).is_some());
    let progress = match (state, sent_at) {
        ("refused", _) if is_held_back => Some(Progress::HeldBack),
        ("queued", _) => Some(Progress::OnItsWay),
        ("sent", Some(at)) => Some(Progress::Taken(Timestamp::from_millis(at))),
        ("refused" | "given_up" | "dropped", _) => Some(Progress::Failed),
        _ => None,
    };
    present(progress, "outbox", "state")
}

/// What became of the messages of a sign-in, the newest first.
pub async fn find_of_attempt(
    tx: &mut Tx,
    attempt: LoginAttemptId,
) -> Result<Vec<(Channel, Progress)>, StoreError> {
    const TABLE: &str = "outbox";
    let rows =
        on!(tx, all OF_ATTEMPT, [attempt.to_string()] as (String, String, Option<i64>, Option<String>))?;
    rows.into_iter()
        .map(|(channel, state, sent_at, said)| {
            let channel = present(Channel::from_key(&channel), TABLE, "channel")?;
            Ok((channel, progress(&state, sent_at, said.as_deref())?))
        })
        .collect()
}

/// The oldest messages that are due.
pub async fn find_due(tx: &mut Tx, now: Timestamp) -> Result<Vec<Queued>, StoreError> {
    const TABLE: &str = "outbox";
    let rows = on!(tx, all DUE, [now.millis()] as (String, String, Option<Vec<u8>>, i64, i64))?;
    rows.into_iter()
        .map(|(id, channel, sealed, tries, created_at)| {
            Ok(Queued {
                id: parsed(&id, TABLE, "id")?,
                channel: present(Channel::from_key(&channel), TABLE, "channel")?,
                sealed: present(sealed, TABLE, "sealed")?,
                tries,
                created_at: Timestamp::from_millis(created_at),
            })
        })
        .collect()
}

/// Takes a message for one try; until `next_try_at` nobody else does. `false` when somebody was faster.
pub async fn lease(tx: &mut Tx, message: &Queued, next_try_at: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute LEASE, [next_try_at.millis(), message.id.to_string(), message.tries])? == 1)
}

/// Notes that a message was handed over and what the provider said, and forgets what it said itself.
pub async fn mark_sent(tx: &mut Tx, id: MessageId, said: &str, now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute SENT, [now.millis(), said, id.to_string()])? == 1)
}

/// Ends a message that will not be sent, with the reason, and forgets what it said.
pub async fn end(tx: &mut Tx, id: MessageId, end: End, said: &str) -> Result<bool, StoreError> {
    let state = match end {
        End::Refused => "refused",
        End::GivenUp => "given_up",
    };
    Ok(on!(tx, execute END, [state, said, id.to_string()])? == 1)
}

/// Notes what the provider said to a try after which the message stays queued.
pub async fn note(tx: &mut Tx, id: MessageId, said: &str) -> Result<(), StoreError> {
    on!(tx, execute NOTE, [said, id.to_string()])?;
    Ok(())
}

/// Notes what the provider said to a try, and when the next one is due.
pub async fn postpone(
    tx: &mut Tx,
    id: MessageId,
    said: &str,
    next_try_at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(on!(tx, execute POSTPONE, [said, next_try_at.millis(), id.to_string()])? == 1)
}

/// Counts one more SMS of that hour; `false` when `most` were counted already.
pub async fn count_sms(tx: &mut Tx, scope: &str, hour: i64, most: u32) -> Result<bool, StoreError> {
    Ok(most > 0 && on!(tx, execute COUNT_SMS, [scope, hour, i64::from(most)])? == 1)
}
