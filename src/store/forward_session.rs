//! Rows of `forward_sessions`.

use super::db::{StoreError, Tx, parsed};
use crate::domain::ids::SessionId;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO forward_sessions \
     (token_hash, client_id, redirect_uri, session_id, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $5)";
// It ends with the session behind it, with the application, and with the address that it is for.
const LIVE: &str = "SELECT f.session_id, f.last_seen_at FROM forward_sessions f \
     JOIN sessions s ON s.id = f.session_id AND s.ended_at IS NULL \
     JOIN clients c ON c.id = f.client_id AND c.removed_at IS NULL \
     JOIN client_redirect_uris u ON u.client_id = f.client_id AND u.redirect_uri = f.redirect_uri \
     WHERE f.token_hash = $1 AND f.redirect_uri = $2";
const TOUCH: &str =
    "UPDATE forward_sessions SET last_seen_at = $1 WHERE token_hash = $2 AND last_seen_at < $1";

/// Who is signed in at an application behind a reverse proxy.
pub struct ForwardSession {
    /// The session that it rests on.
    pub session_id: SessionId,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
}

/// Adds one.
pub async fn insert(
    tx: &mut Tx,
    token_hash: &[u8; 32],
    (client_id, redirect_uri): (&str, &str),
    session: SessionId,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [&token_hash[..], client_id, redirect_uri, session.to_string(), now.millis()])?;
    Ok(())
}

/// The one with that cookie at that address, unless something that it rests on is gone.
pub async fn find(
    tx: &mut Tx,
    token_hash: &[u8; 32],
    redirect_uri: &str,
) -> Result<Option<ForwardSession>, StoreError> {
    let row = on!(tx, optional LIVE, [&token_hash[..], redirect_uri] as (String, i64))?;
    let read = |(session, seen): (String, i64)| {
        let session_id = parsed(&session, "forward_sessions", "session_id")?;
        Ok(ForwardSession { session_id, last_seen_at: Timestamp::from_millis(seen) })
    };
    row.map(read).transpose()
}

/// Notes that it was used; `false` when that was noted later already.
pub async fn touch(tx: &mut Tx, token_hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute TOUCH, [now.millis(), &token_hash[..]])? == 1)
}
