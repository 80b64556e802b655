//! The outbox: messages are queued in the transaction of their cause, and leave after it.
//!
//! 1. `queue` seals a message into the transaction.
//! 2. `run_due` takes each due message for one try; whoever takes it first has it until the lease ends, and the lease is longer
//!    than any try. Mail, SMS, pushes and what applications are told go side by side, so that a provider that hangs holds up its own messages alone.
//! 3. Handed over or refused: what it said is forgotten. Otherwise it is tried again, later each time, and given up in the end.

mod logout;
mod push;

use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::iter;
use serde::{Deserialize, Serialize};

use super::{Internal, Services};
use crate::domain::ids::MessageId;
use crate::domain::message::{Channel, Envelope, Message, Outcome, SmsLimits, SmsObstacle, sms_prefix};
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::outbox::{self, End};
pub(super) use logout::queue_logout;
pub use push::{Call, queue_push, register};

/// Longer than any try.
const LEASE: Duration = Duration::from_secs(30);
const FIRST_RETRY: Duration = Duration::from_secs(30);
const LONGEST_RETRY: Duration = Duration::from_mins(30);
/// How long a mail is tried: as long as the code in it lives.
const MAIL_TRIED: Duration = Duration::from_hours(24);
/// How long an SMS is tried: as long as the code in it lives.
const SMS_TRIED: Duration = Duration::from_mins(10);
/// How long an application is told that a session has ended: by then its own session is over, too.
const LOGOUT_TRIED: Duration = Duration::from_hours(24);
const TRIES_AT_A_TIME: usize = 8;
/// The scope under which all SMS are counted; the others are the beginnings of numbers.
const ALL_SMS: &str = "all";
const MILLIS_PER_HOUR: i64 = 3_600_000;

#[derive(Serialize, Deserialize)]
struct Contents {
    to: String,
    subject: String,
    body: String,
}

/// Queues a message in the transaction of its cause. Call [`Services::outbox_filled`] after the commit.
pub async fn queue(
    services: &Services,
    tx: &mut Tx,
    envelope: Envelope<'_>,
    (subject, body): (String, String),
) -> Result<(), Internal> {
    let now = services.now();
    let id = MessageId::generate(now, services.random.as_ref())?;
    let contents = Contents { to: envelope.to.to_owned(), subject, body };
    let plain = serde_json::to_vec(&contents).map_err(|_| Internal::Missing("message as text"))?;
    let sealed = services.keys.sealer.seal(&place(id), &plain)?;
    Ok(outbox::insert(tx, id, &envelope, &sealed, now).await?)
}

/// Sends what is due; gives back how many messages were handed over.
pub async fn run_due(services: &Services) -> Result<usize, Internal> {
    let now = services.now();
    let due = outbox::find_due(&mut services.db.read().await?, now).await?;
    let (mails, others): (Vec<_>, Vec<_>) =
        due.into_iter().partition(|message| message.channel == Channel::Mail);
    let (sms, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|message| message.channel == Channel::Sms);
    let (pushes, logouts): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|message| message.channel == Channel::Push);
    let (mails, sms, pushes, logouts) = tokio::join!(
        send_all(services, mails, now),
        send_all(services, sms, now),
        send_all(services, pushes, now),
        send_all(services, logouts, now)
    );
    Ok(mails? + sms? + pushes? + logouts?)
}

async fn send_all(services: &Services, due: Vec<outbox::Queued>, now: Timestamp) -> Result<usize, Internal> {
    let tries = iter(due).map(|message| async move { try_one(services, message, now).await });
    let done: Vec<_> = tries.buffer_unordered(TRIES_AT_A_TIME).collect().await;
    done.into_iter().try_fold(0, |sent, is_sent| is_sent.map(|is_sent| sent + usize::from(is_sent)))
}

/// One try; `true` when the message was handed over.
async fn try_one(services: &Services, queued: outbox::Queued, now: Timestamp) -> Result<bool, Internal> {
    match queued.channel {
        Channel::Push => return push::try_push(services, queued, now).await,
        Channel::Logout => return logout::try_logout(services, queued, now).await,
        Channel::Mail | Channel::Sms => {}
    }
    let message = open(services, &queued)?;
    if !take(services, &queued, &message, now.plus(retry_after(queued.tries))).await? {
        return Ok(false);
    }
    let outcome = services.delivery.send(&message).await;
    settle(services, &queued, outcome).await
}

fn open(services: &Services, queued: &outbox::Queued) -> Result<Message, Internal> {
    let plain = services.keys.sealer.open(&place(queued.id), &queued.sealed)?;
    let contents: Contents =
        serde_json::from_slice(&plain).map_err(|_| Internal::Missing("message as text"))?;
    let Contents { to, subject, body } = contents;
    Ok(Message { id: queued.id, channel: queued.channel, to, subject, body })
}

/// Takes the message for one try; `false` when somebody was faster, or when it may not be sent at all.
async fn take(
    services: &Services,
    queued: &outbox::Queued,
    message: &Message,
    leased_until: Timestamp,
) -> Result<bool, Internal> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    if !outbox::lease(&mut tx, queued, leased_until).await? {
        return Ok(false);
    }
    let limits = services.sms_limits.as_ref().filter(|_| queued.channel == Channel::Sms);
    let obstacle = match limits {
        Some(limits) => find_obstacle(&mut tx, limits, &message.to, now).await?,
        None => None,
    };
    if let Some(obstacle) = obstacle {
        outbox::end(&mut tx, queued.id, End::Refused, obstacle.key()).await?;
        warn_once_an_hour(services, obstacle, now);
    }
    tx.commit().await?;
    Ok(obstacle.is_none())
}

/// Whoever pumps SMS makes thousands of refusals; one line an hour is enough to act on.
fn warn_once_an_hour(services: &Services, obstacle: SmsObstacle, now: Timestamp) {
    let hour = now.millis() / MILLIS_PER_HOUR;
    if services.sms_warned_hour.swap(hour, Ordering::Relaxed) != hour {
        tracing::warn!(
            obstacle = obstacle.key(),
            "SMS are refused: see sms.allowed_countries and the hourly budgets; the outbox has each one"
        );
    }
}

/// Why an SMS may not be sent (SMS pumping: numbers that somebody earns by are made to receive many). Counts it otherwise.
async fn find_obstacle(
    tx: &mut Tx,
    limits: &SmsLimits,
    number: &str,
    now: Timestamp,
) -> Result<Option<SmsObstacle>, Internal> {
    let hour = now.millis() / MILLIS_PER_HOUR;
    if !limits.allows(number) {
        return Ok(Some(SmsObstacle::CountryNotAllowed));
    }
    if !outbox::count_sms(tx, &sms_prefix(number), hour, limits.per_prefix).await? {
        return Ok(Some(SmsObstacle::PrefixBudgetSpent));
    }
    if !outbox::count_sms(tx, ALL_SMS, hour, limits.per_hour).await? {
        return Ok(Some(SmsObstacle::HourlyBudgetSpent));
    }
    Ok(None)
}

/// Writes down what became of a try; `true` when the message was handed over.
async fn settle(services: &Services, queued: &outbox::Queued, outcome: Outcome) -> Result<bool, Internal> {
    let now = services.now();
    let tried = match queued.channel {
        Channel::Mail => MAIL_TRIED,
        Channel::Logout => LOGOUT_TRIED,
        Channel::Sms | Channel::Push => SMS_TRIED,
    };
    let mut tx = services.db.write().await?;
    let is_sent = match outcome {
        Outcome::Accepted(said) => outbox::mark_sent(&mut tx, queued.id, &said, now).await?,
        Outcome::Refused(said) => {
            tracing::warn!(message.id = %queued.id, said, "a message was refused");
            outbox::end(&mut tx, queued.id, End::Refused, &said).await?;
            false
        }
        Outcome::NotNow(said) if now >= queued.created_at.plus(tried) => {
            tracing::warn!(message.id = %queued.id, said, "a message was given up");
            outbox::end(&mut tx, queued.id, End::GivenUp, &said).await?;
            false
        }
        Outcome::NotNow(said) => {
            tracing::warn!(message.id = %queued.id, said, "a message was not handed over; it is tried again");
            outbox::note(&mut tx, queued.id, &said).await?;
            false
        }
    };
    tx.commit().await?;
    Ok(is_sent)
}

fn retry_after(tries: i64) -> Duration {
    let doublings = u32::try_from(tries).unwrap_or(u32::MAX).min(10);
    (FIRST_RETRY * 2_u32.pow(doublings)).min(LONGEST_RETRY)
}

fn place(id: MessageId) -> String {
    format!("outbox/{id}")
}
