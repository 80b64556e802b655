//! Pushes in the outbox. They live as long as the sign-in that they are for, a minute or two, so they are tried again sooner than
//! mails, and never later than it ends. A phone that gets none finds the sign-in by looking for it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{LEASE, open, queue, take};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::ids::{DeviceId, LoginAttemptId, PersonId};
use crate::domain::message::{Channel, Envelope, Message, MessageKind};
use crate::domain::push::{PushAddress, PushProvider};
use crate::domain::push_request::{PushOutcome, PushRequest};
use crate::domain::random::bytes;
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;
use crate::flows::{Internal, Services};
use crate::store::db::Tx;
use crate::store::device;
use crate::store::device::SealedPush;
use crate::store::outbox::{self, End};

const FIRST_RETRY: Duration = Duration::from_secs(2);

/// Which phone is asked, and for which sign-in.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// The phone.
    pub device: DeviceId,
    /// Its owner.
    pub person: PersonId,
    /// The sign-in.
    pub attempt: LoginAttemptId,
    /// When it is over.
    pub expires_at: Timestamp,
}

/// What the body of a queued push holds.
#[derive(Serialize, Deserialize)]
struct Note {
    provider: String,
    device: String,
    attempt: String,
    expires_at: i64,
}

/// A queued push, read.
struct Opened {
    provider: PushProvider,
    device: DeviceId,
    request: PushRequest,
}

/// Keeps the address at which a phone can be pushed to; a phone that had it before loses it. `false` when the phone is not active.
pub async fn register(
    services: &Services,
    tx: &mut Tx,
    id: DeviceId,
    address: &PushAddress,
) -> Result<bool, Internal> {
    let kept = SealedPush {
        provider: address.provider,
        sealed: services.keys.sealer.seal(&address_place(id), address.token.expose().as_bytes())?,
        hash: token_hash(services, &address.token),
        set_at: services.now(),
    };
    Ok(device::set_push(tx, id, &kept).await?)
}

/// Queues a push in the transaction of its cause; `false` when the phone cannot be pushed to. Call
/// [`Services::outbox_filled`] after the commit.
pub async fn queue_push(services: &Services, tx: &mut Tx, call: Call) -> Result<bool, Internal> {
    let Some(kept) = device::find_push(tx, call.device).await? else { return Ok(false) };
    if !services.push.has(kept.provider) {
        return Ok(false);
    }
    let token = services.keys.sealer.open(&address_place(call.device), &kept.sealed)?;
    let token = Secret::new(String::from_utf8(token).map_err(|_| Internal::Missing("push token as text"))?);
    let note = Note {
        provider: kept.provider.key().to_owned(),
        device: call.device.to_string(),
        attempt: call.attempt.to_string(),
        expires_at: call.expires_at.millis(),
    };
    let body = serde_json::to_string(&note).map_err(|_| Internal::Missing("push as text"))?;
    let envelope = Envelope {
        channel: Channel::Push,
        to: token.expose(),
        person: call.person,
        kind: MessageKind::SignInRequest,
        attempt: Some(call.attempt),
    };
    queue(services, tx, envelope, (String::new(), body)).await?;
    Ok(true)
}

/// One try; `true` when the provider took the push.
pub(super) async fn try_push(
    services: &Services,
    queued: outbox::Queued,
    now: Timestamp,
) -> Result<bool, Internal> {
    let message = open(services, &queued)?;
    if !take(services, &queued, &message, now.plus(LEASE)).await? {
        return Ok(false);
    }
    let opened = read(message)?;
    let outcome = if opened.request.seconds_left(now) == 0 {
        PushOutcome::Retry { after: None, said: "the sign-in is over".to_owned() }
    } else {
        services.push.send(opened.provider, &opened.request, now).await
    };
    settle(services, &queued, &opened, outcome).await
}

fn read(message: Message) -> Result<Opened, Internal> {
    let unreadable = Internal::Missing("push as text");
    let note: Note = serde_json::from_str(&message.body).map_err(|_| Internal::Missing("push as text"))?;
    let attempt = note.attempt.parse().map_err(|_| Internal::Missing("push as text"))?;
    let request = PushRequest {
        id: message.id,
        token: Secret::new(message.to),
        attempt,
        expires_at: Timestamp::from_millis(note.expires_at),
    };
    let provider = PushProvider::from_key(&note.provider).ok_or(unreadable)?;
    let device = note.device.parse().map_err(|_| Internal::Missing("push as text"))?;
    Ok(Opened { provider, device, request })
}

/// Writes down what became of a try; `true` when the provider took the push.
async fn settle(
    services: &Services,
    queued: &outbox::Queued,
    opened: &Opened,
    outcome: PushOutcome,
) -> Result<bool, Internal> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let is_sent = match outcome {
        PushOutcome::Delivered => outbox::mark_sent(&mut tx, queued.id, "", now).await?,
        PushOutcome::Gone { since } => {
            let hash = token_hash(services, &opened.request.token);
            device::drop_push(&mut tx, opened.device, &hash, since.unwrap_or(now)).await?;
            tracing::info!(device.id = %opened.device, "a push address is dead");
            outbox::end(&mut tx, queued.id, End::Refused, "the address is dead").await?;
            false
        }
        PushOutcome::Refused(said) => {
            tracing::error!(message.id = %queued.id, said, "a push was refused: are the accounts in [push] right?");
            outbox::end(&mut tx, queued.id, End::Refused, &said).await?;
            false
        }
        PushOutcome::Retry { after, said } => {
            let pause = pause(services, queued.tries)?.max(after.unwrap_or_default());
            retry(&mut tx, queued, &said, (now.plus(pause), opened.request.expires_at)).await?;
            false
        }
    };
    tx.commit().await?;
    Ok(is_sent)
}

/// A push that could only come too late is given up at once.
async fn retry(
    tx: &mut Tx,
    queued: &outbox::Queued,
    said: &str,
    (next_try_at, expires_at): (Timestamp, Timestamp),
) -> Result<(), Internal> {
    if next_try_at >= expires_at {
        tracing::warn!(message.id = %queued.id, said, "a push was given up");
        outbox::end(tx, queued.id, End::GivenUp, said).await?;
    } else {
        tracing::warn!(message.id = %queued.id, said, "a push was not handed over; it is tried again");
        outbox::postpone(tx, queued.id, said, next_try_at).await?;
    }
    Ok(())
}

/// Twice as long each time, and up to half as long again, so that what failed together does not come again together.
fn pause(services: &Services, tries: i64) -> Result<Duration, Internal> {
    let doublings = u32::try_from(tries).unwrap_or(u32::MAX).min(6);
    let [jitter] = bytes::<1>(services.random.as_ref())?;
    let pause = FIRST_RETRY * 2_u32.pow(doublings);
    Ok(pause + pause * u32::from(jitter) / 512)
}

fn token_hash(services: &Services, token: &Secret<String>) -> [u8; 32] {
    services.keys.hasher.hash(HashPurpose::PushToken, token.expose().as_bytes())
}

fn address_place(id: DeviceId) -> String {
    format!("devices/{id}/push")
}
