//! Wakes the browsers that wait, on this node and, by way of PostgreSQL, on every other one.
//!
//! A notice carries the attempt's id and nothing else: whoever is woken reads the database again. A notice that is lost with
//! its connection costs nothing but time, for everybody is woken when the connection is there again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::postgres::{PgListener, PgPool};
use tokio::sync::watch;

use super::db::{Db, Engine, OnEngine, StoreError, Tx};
use crate::domain::ids::LoginAttemptId;

const CHANNEL: &str = "avain_attempt";
const NOTIFY: &str = "SELECT pg_notify('avain_attempt', $1)";
const RECONNECT_AFTER: Duration = Duration::from_secs(1);

type Waiting = Mutex<HashMap<LoginAttemptId, watch::Sender<()>>>;

/// Who waits for which attempt. A wake-up carries nothing: whoever is woken reads the database again.
#[derive(Clone, Default)]
pub struct Wakes(Arc<Waiting>);

/// One browser's wait; ends when dropped.
pub struct Wait {
    wakes: Wakes,
    attempt: LoginAttemptId,
    receiver: Option<watch::Receiver<()>>,
}

impl Wakes {
    /// Begins to wait. Begin before reading the state, so that no change falls between.
    pub fn wait(&self, attempt: LoginAttemptId) -> Wait {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let receiver = waiting.entry(attempt).or_insert_with(|| watch::Sender::new(())).subscribe();
        Wait { wakes: self.clone(), attempt, receiver: Some(receiver) }
    }

    /// Wakes everyone who waits for `attempt`. Call it after the commit.
    pub fn wake(&self, attempt: LoginAttemptId) {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = waiting.get(&attempt) {
            sender.send_replace(());
        }
    }

    /// Wakes everyone.
    pub fn wake_all(&self) {
        for sender in self.0.lock().unwrap_or_else(PoisonError::into_inner).values() {
            sender.send_replace(());
        }
    }

    /// How many attempts are waited for.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

/// Tells the other nodes that `attempt` has changed, at the moment when `tx` commits.
pub async fn announce(tx: &mut Tx, attempt: LoginAttemptId) -> Result<(), StoreError> {
    if let OnEngine::Postgres(tx) = &mut tx.on {
        sqlx::query(NOTIFY).bind(attempt.to_string()).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Hears what other nodes announce, until the database is closed. SQLite has no other nodes.
pub async fn listen(db: &Db, wakes: &Wakes) {
    let Engine::Postgres(pool) = &db.engine else { return };
    while !pool.is_closed() {
        if let Err(error) = hear(pool, wakes).await
            && !pool.is_closed()
        {
            tracing::warn!(error = %error, "other nodes are not heard; browsers hear of their phones up to thirty seconds late");
            tokio::time::sleep(RECONNECT_AFTER).await;
        }
    }
}

async fn hear(pool: &PgPool, wakes: &Wakes) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    // What was announced while nobody listened is in the database.
    wakes.wake_all();
    while let Some(notice) = listener.try_recv().await? {
        if let Ok(attempt) = notice.payload().parse() {
            wakes.wake(attempt);
        }
    }
    Ok(())
}

impl Wait {
    /// Returns after the next wake-up.
    pub async fn woken(&mut self) {
        if let Some(receiver) = &mut self.receiver {
            // The sender lives as long as a receiver does, so a closed channel cannot happen while we hold one.
            let _ = receiver.changed().await;
        }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.receiver = None;
        let mut waiting = self.wakes.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.get(&self.attempt).is_some_and(|sender| sender.receiver_count() == 0) {
            waiting.remove(&self.attempt);
        }
    }
}
