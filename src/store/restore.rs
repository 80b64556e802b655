//! What must not live on in a database that was put back from a copy.

use super::db::{StoreError, Tx};
use crate::domain::time::Timestamp;

const END_SESSIONS: &str = "UPDATE sessions SET ended_at = $1 WHERE ended_at IS NULL";
const SPEND_CODES: &str = "UPDATE grants SET redeemed_at = $1 WHERE redeemed_at IS NULL";
const FORGET_TOKENS: &str = "DELETE FROM access_tokens";
const CANCEL_ATTEMPTS: &str = "UPDATE login_attempts SET state = 'cancelled' WHERE state IN ('waiting', 'elsewhere', 'scanned', 'approved')";
const VOID_INVITATIONS: &str = "UPDATE invitations SET state = 'void' WHERE state IN ('open', 'claimed')";
const END_ENROLMENTS: &str =
    "UPDATE enrolments SET state = 'superseded' WHERE state IN ('started', 'confirmed')";
const VOID_MOVES: &str = "UPDATE device_moves SET state = 'void' WHERE state IN ('offered', 'taken')";
const FORGET_BROWSERS: &str = "DELETE FROM remembered_browsers";
const DROP_MESSAGES: &str = "UPDATE outbox SET state = 'dropped', sealed = NULL WHERE state = 'queued'";

/// What was voided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Voided {
    /// Sessions.
    pub sessions: u64,
    /// Authorization codes.
    pub codes: u64,
    /// Sign-in attempts.
    pub attempts: u64,
    /// Invitations with an activation code that could still be used.
    pub invitations: u64,
    /// Messages that would have been sent a second time.
    pub messages: u64,
}

/// Voids everything that is open: it may have been used, or ended, after the copy was made.
pub async fn void_open(tx: &mut Tx, now: Timestamp) -> Result<Voided, StoreError> {
    on!(&mut *tx, execute FORGET_TOKENS, [])?;
    on!(&mut *tx, execute END_ENROLMENTS, [])?;
    on!(&mut *tx, execute VOID_MOVES, [])?;
    on!(&mut *tx, execute FORGET_BROWSERS, [])?;
    Ok(Voided {
        sessions: on!(&mut *tx, execute END_SESSIONS, [now.millis()])?,
        codes: on!(&mut *tx, execute SPEND_CODES, [now.millis()])?,
        attempts: on!(&mut *tx, execute CANCEL_ATTEMPTS, [])?,
        invitations: on!(&mut *tx, execute VOID_INVITATIONS, [])?,
        messages: on!(&mut *tx, execute DROP_MESSAGES, [])?,
    })
}
