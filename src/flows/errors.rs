//! Errors that people and apps are told of: each leaves a row, by which its reference leads to the story.
//!
//! A request hands its error over and goes on: the row is written later, in bulk, and never holds a request up. What comes
//! faster than can be of use is not kept; the log line has it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value};
use tokio::sync::Notify;

use super::{Internal, Services};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::error_code::ErrorCode;
use crate::domain::error_reference::ErrorReference;
use crate::domain::text::shortened;
use crate::domain::time::Timestamp;
use crate::domain::trail::Trail;
use crate::store::db::Tx;
use crate::store::error_event::ErrorEvent;
use crate::store::{activation, device, error_event, invitation, login};

/// How many wait to be written at most.
const MOST_WAITING: usize = 1_000;
/// How many are kept in a minute that lead somewhere.
const MOST_TRACED: u32 = 1_200;
/// How many are kept in a minute that lead nowhere, such as addresses that strangers try.
const MOST_COLD: u32 = 120;
/// How many are written in one transaction.
const BATCH: usize = 50;
const LONGEST_VALUE: usize = 200;

/// An error as it was told.
pub struct Seen {
    /// Its reference.
    pub reference: ErrorReference,
    /// Its code.
    pub code: ErrorCode,
    /// The route that it came from.
    pub route: String,
    /// The values that its text names.
    pub values: Vec<(&'static str, String)>,
    /// Where it belongs.
    pub trail: Trail,
}

/// Errors that wait to be written.
#[derive(Default)]
pub struct Inbox {
    waiting: Mutex<Waiting>,
    arrived: Notify,
    writing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Waiting {
    seen: VecDeque<(Timestamp, Seen)>,
    minute: i64,
    traced: u32,
    cold: u32,
}

impl Waiting {
    /// Counts one more of this minute; `false` when there are enough.
    fn has_room(&mut self, now: Timestamp, is_cold: bool) -> bool {
        let minute = now.seconds().div_euclid(60);
        if minute != self.minute {
            (self.minute, self.traced, self.cold) = (minute, 0, 0);
        }
        let (count, most) =
            if is_cold { (&mut self.cold, MOST_COLD) } else { (&mut self.traced, MOST_TRACED) };
        *count = count.saturating_add(1);
        *count <= most && self.seen.len() < MOST_WAITING
    }
}

impl Inbox {
    fn take(&self) -> Vec<(Timestamp, Seen)> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let most = waiting.seen.len().min(BATCH);
        waiting.seen.drain(..most).collect()
    }

    /// Waits until there is something to write.
    pub async fn arrival(&self) {
        self.arrived.notified().await;
    }
}

/// Hands an error over to be written. Never waits, and never fails.
pub fn keep(services: &Services, seen: Seen) {
    let now = services.now();
    let mut waiting = services.errors.waiting.lock().unwrap_or_else(PoisonError::into_inner);
    if waiting.has_room(now, seen.trail.is_cold()) {
        waiting.seen.push_back((now, seen));
        services.errors.arrived.notify_one();
    }
}

/// Writes what waits. What cannot be written is lost to support, and stays in the log.
pub async fn write(services: &Services) -> Result<(), Internal> {
    let _turn = services.errors.writing.lock().await;
    loop {
        let batch = services.errors.take();
        if batch.is_empty() {
            return Ok(());
        }
        let mut tx = services.db.read().await?;
        let mut events = Vec::with_capacity(batch.len());
        for (at, seen) in batch {
            events.push(resolve(services, &mut tx, at, seen).await?);
        }
        drop(tx);
        let mut tx = services.db.write().await?;
        for event in &events {
            error_event::insert(&mut tx, event).await?;
        }
        tx.commit().await?;
    }
}

/// Follows the trail as far as it leads. Ids that nothing here has are somebody's invention.
async fn resolve(
    services: &Services,
    tx: &mut Tx,
    at: Timestamp,
    seen: Seen,
) -> Result<ErrorEvent, Internal> {
    let Seen { reference, code, route, values, trail } = seen;
    let mut values: Map<String, Value> = values
        .into_iter()
        .map(|(name, value)| (name.to_owned(), Value::from(shortened(&value, LONGEST_VALUE))))
        .collect();
    let mut event = ErrorEvent {
        reference,
        at,
        code: code.as_str().to_owned(),
        route,
        person: trail.person,
        device: None,
        enrolment: None,
        invitation: None,
        attempt: None,
        facts: trail.facts.clone().unwrap_or_default(),
        detail: String::new(),
    };
    follow_attempt(tx, &trail, &mut event, &mut values).await?;
    follow_device(tx, &trail, &mut event).await?;
    follow_activation(services, tx, &trail, &mut event).await?;
    event.detail = Value::Object(values).to_string();
    Ok(event)
}

async fn follow_attempt(
    tx: &mut Tx,
    trail: &Trail,
    event: &mut ErrorEvent,
    values: &mut Map<String, Value>,
) -> Result<(), Internal> {
    let Some(id) = trail.attempt else { return Ok(()) };
    let Some(owner) = login::find_owner(tx, id).await? else { return Ok(()) };
    event.attempt = Some(id);
    event.device = owner.device;
    event.person = event.person.or(owner.person);
    if let Some(frame) = trail.frame {
        let age = event.at.since(frame.shown_at(owner.begun_at)).as_millis();
        values.insert("frame_age".to_owned(), Value::from(age.to_string()));
    }
    Ok(())
}

/// The phone that asks comes before the one that owns the attempt: the error is the former's.
async fn follow_device(tx: &mut Tx, trail: &Trail, event: &mut ErrorEvent) -> Result<(), Internal> {
    let Some(id) = trail.device else { return Ok(()) };
    if let Some(found) = device::find(tx, id).await? {
        event.device = Some(id);
        event.person = Some(found.person_id);
    }
    Ok(())
}

async fn follow_activation(
    services: &Services,
    tx: &mut Tx,
    trail: &Trail,
    event: &mut ErrorEvent,
) -> Result<(), Internal> {
    if let Some(code) = &trail.activation_code {
        let hash = services.keys.hasher.hash(HashPurpose::ActivationCode, code.expose().as_bytes());
        if let Some(found) = invitation::find_by_code(tx, &hash).await? {
            event.invitation = Some(found.id);
            event.person = Some(found.person_id);
        }
    }
    let Some(id) = trail.enrolment else { return Ok(()) };
    if let Some((found, _)) = activation::find(tx, id).await? {
        event.enrolment = Some(id);
        event.invitation = Some(found.invitation_id);
        event.person = Some(found.person_id);
    }
    Ok(())
}
