//! Wakes the browsers that wait on this node.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use crate::domain::ids::LoginAttemptId;

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

    /// How many attempts are waited for.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
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
