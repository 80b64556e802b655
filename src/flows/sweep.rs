//! Deletes what is over: codes, tokens, attempts without a session, sent messages. The audit log keeps the story, and
//! whatever a session rests on stays for ever.

use std::time::Duration;

use super::{Internal, Services};
use crate::store::sweep::{BATCH, Leftover, delete};

/// How long something stays after it is over, so that support still finds it.
const KEPT: Duration = Duration::from_hours(24);
/// Between two batches others have the database to themselves: a million rows take some minutes, and nobody notices.
const PAUSE: Duration = Duration::from_millis(10);
const MESSAGES_KEPT: Duration = Duration::from_hours(30 * 24);

/// Deletes everything that is over, batch by batch, each in a transaction of its own; gives back how many rows.
pub async fn run(services: &Services) -> Result<u64, Internal> {
    let mut deleted = 0;
    for leftover in Leftover::ALL {
        let kept = if leftover == Leftover::Messages { MESSAGES_KEPT } else { KEPT };
        let cutoff = services.now().minus(kept);
        loop {
            let mut tx = services.db.write().await?;
            let rows = delete(&mut tx, leftover, cutoff).await?;
            tx.commit().await?;
            deleted += rows;
            if rows < u64::from(BATCH) {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
    Ok(deleted)
}
