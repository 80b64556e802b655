//! Deletes what is over: codes, tokens, attempts without a session, sent messages. The audit log keeps the story, and
//! whatever a session rests on stays for ever.

use std::time::Duration;

use super::{Internal, Services};
use crate::domain::time::Timestamp;
use crate::store::error_event;
use crate::store::sweep::{BATCH, Leftover, delete};

/// How long something stays after it is over, so that support still finds it.
const KEPT: Duration = Duration::from_hours(24);
/// Between two batches others have the database to themselves: a million rows take some minutes, and nobody notices.
const PAUSE: Duration = Duration::from_millis(10);
const MESSAGES_KEPT: Duration = Duration::from_hours(30 * 24);
const ERRORS_KEPT: Duration = Duration::from_hours(30 * 24);

/// Errors beyond the newest million go earlier.
const MOST_ERRORS: i64 = 1_000_000;

/// Until when things of that kind are deleted.
async fn cutoff(services: &Services, leftover: Leftover) -> Result<Timestamp, Internal> {
    let now = services.now();
    Ok(match leftover {
        Leftover::Messages => now.minus(MESSAGES_KEPT),
        Leftover::Errors => {
            let cut = error_event::find_cut(&mut services.db.read().await?, MOST_ERRORS).await?;
            cut.map_or(now.minus(ERRORS_KEPT), |cut| cut.max(now.minus(ERRORS_KEPT)))
        }
        _ => now.minus(KEPT),
    })
}

/// Deletes everything that is over, batch by batch, each in a transaction of its own; gives back how many rows.
pub async fn run(services: &Services) -> Result<u64, Internal> {
    let mut deleted = 0;
    for leftover in Leftover::ALL {
        let cutoff = cutoff(services, leftover).await?;
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
