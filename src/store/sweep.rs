//! Deletes what is over and proves nothing: each call a bounded number of rows, so that no sign-in waits long behind it.

use super::db::{StoreError, Tx};
use crate::domain::time::Timestamp;

/// How many rows one call deletes at most.
pub const BATCH: u32 = 50;

const ACCESS_TOKENS: &str = "DELETE FROM access_tokens WHERE token_hash IN \
     (SELECT token_hash FROM access_tokens WHERE expires_at < $1 LIMIT $2)";
const REFRESH_TOKENS: &str = "DELETE FROM refresh_tokens WHERE token_hash IN \
     (SELECT token_hash FROM refresh_tokens WHERE expires_at < $1 LIMIT $2)";
const PUSHED_REQUESTS: &str = "DELETE FROM pushed_requests WHERE handle_hash IN \
     (SELECT handle_hash FROM pushed_requests WHERE expires_at < $1 LIMIT $2)";
const FORWARD_SESSIONS: &str = "DELETE FROM forward_sessions WHERE token_hash IN \
     (SELECT token_hash FROM forward_sessions WHERE last_seen_at < $1 LIMIT $2)";
const REMEMBERED_BROWSERS: &str = "DELETE FROM remembered_browsers WHERE browser_hash IN \
     (SELECT browser_hash FROM remembered_browsers WHERE expires_at < $1 LIMIT $2)";
const IDENTIFICATIONS: &str = "DELETE FROM identifications WHERE id IN (SELECT i.id FROM identifications i WHERE i.expires_at < $1 \
     AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.attempt_id = i.attempt_id) LIMIT $2)";
const KNOWN_ORIGINS: &str = "DELETE FROM known_origins WHERE (person_id, kind, origin_hash) IN \
     (SELECT person_id, kind, origin_hash FROM known_origins WHERE expires_at < $1 LIMIT $2)";
const SPENT_NONCES: &str = "DELETE FROM spent_nonces WHERE nonce IN \
     (SELECT nonce FROM spent_nonces WHERE expires_at < $1 LIMIT $2)";
const DEVICE_MOVES: &str = "DELETE FROM device_moves WHERE id IN \
     (SELECT id FROM device_moves WHERE new_device_id IS NULL AND expires_at < $1 LIMIT $2)";
const PUSH_STARTS: &str = "DELETE FROM push_starts WHERE attempt_id IN \
     (SELECT attempt_id FROM push_starts WHERE started_at < $1 LIMIT $2)";

const SUSPICIONS: &str =
    "DELETE FROM suspicions WHERE id IN (SELECT id FROM suspicions WHERE raised_at < $1 LIMIT $2)";
const ERRORS: &str =
    "DELETE FROM error_events WHERE reference IN (SELECT reference FROM error_events WHERE at < $1 LIMIT $2)";

/// What is deleted, in this order: a row goes after those that point at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leftover {
    /// Access tokens.
    AccessTokens,
    /// Refresh tokens, spent or not.
    RefreshTokens,
    /// Authorization codes without any token.
    Grants,
    /// Codes on top of the phone.
    SecondFactors,
    /// Wrong codes in a row that are long forgiven.
    FactorCounters,
    /// Browsers and networks that are not remembered any longer.
    KnownOrigins,
    /// Approvals of networks that are over.
    ApprovedNetworks,
    /// Notices that can no longer be objected to.
    Objections,
    /// E-mail addresses that were wanted, once nobody can object any longer.
    EmailChanges,
    /// Visits to other identity providers that no session came of.
    Identifications,
    /// Attempts that no session came of.
    Attempts,
    /// Sign-in requests without an attempt.
    Requests,
    /// Authorization requests that were sent ahead.
    PushedRequests,
    /// Browsers that are signed in no longer at applications behind a reverse proxy.
    ForwardSessions,
    /// Browsers that may no longer ask for a push.
    RememberedBrowsers,
    /// Pushes that nobody counts any longer.
    PushStarts,
    /// Nonces of phones that are too old to be used.
    SpentNonces,
    /// Moves to a new phone that no device came of.
    DeviceMoves,
    /// Suspicions that nobody counts any longer.
    Suspicions,
    /// Messages that were sent.
    Messages,
    /// Errors that nobody asks about any longer.
    Errors,
    /// Counts of SMS.
    SmsCounts,
}

impl Leftover {
    /// All kinds, in the order in which they go.
    pub const ALL: [Self; 22] = [
        Self::AccessTokens,
        Self::RefreshTokens,
        Self::Grants,
        Self::SecondFactors,
        Self::FactorCounters,
        Self::KnownOrigins,
        Self::ApprovedNetworks,
        Self::Objections,
        Self::EmailChanges,
        Self::Identifications,
        Self::Attempts,
        Self::Requests,
        Self::PushedRequests,
        Self::ForwardSessions,
        Self::RememberedBrowsers,
        Self::PushStarts,
        Self::SpentNonces,
        Self::DeviceMoves,
        Self::Suspicions,
        Self::Messages,
        Self::Errors,
        Self::SmsCounts,
    ];

    const fn sql(self) -> &'static str {
        match self {
            Self::AccessTokens => ACCESS_TOKENS,
            Self::RefreshTokens => REFRESH_TOKENS,
            Self::Grants => {
                "DELETE FROM grants WHERE code_hash IN (SELECT g.code_hash FROM grants g WHERE g.expires_at < $1 \
                 AND NOT EXISTS (SELECT 1 FROM access_tokens t WHERE t.code_hash = g.code_hash) \
                 AND NOT EXISTS (SELECT 1 FROM refresh_tokens r WHERE r.code_hash = g.code_hash) LIMIT $2)"
            }
            Self::SecondFactors => {
                "DELETE FROM second_factors WHERE attempt_id IN \
                 (SELECT attempt_id FROM second_factors WHERE asked_at < $1 LIMIT $2)"
            }
            // A row without a stop is a count that goes on; it has no age of its own, and there is one at most for each person.
            Self::FactorCounters => {
                "DELETE FROM factor_counters WHERE (person_id, factor) IN (SELECT person_id, factor FROM factor_counters \
                 WHERE stopped_until > 0 AND stopped_until < $1 LIMIT $2)"
            }
            Self::KnownOrigins => KNOWN_ORIGINS,
            Self::ApprovedNetworks => {
                "DELETE FROM approved_networks WHERE (company_id, network) IN \
                 (SELECT company_id, network FROM approved_networks WHERE expires_at < $1 LIMIT $2)"
            }
            Self::Objections => {
                "DELETE FROM objections WHERE code_hash IN \
                 (SELECT code_hash FROM objections WHERE expires_at < $1 LIMIT $2)"
            }
            Self::EmailChanges => {
                "DELETE FROM email_changes WHERE id IN (SELECT e.id FROM email_changes e WHERE e.created_at < $1 \
                 AND NOT EXISTS (SELECT 1 FROM objections o WHERE o.subject = e.id) LIMIT $2)"
            }
            Self::Identifications => IDENTIFICATIONS,
            Self::Attempts => {
                "DELETE FROM login_attempts WHERE id IN \
                 (SELECT a.id FROM login_attempts a WHERE a.session_id IS NULL AND a.begun_at < $1 \
                 AND NOT EXISTS (SELECT 1 FROM second_factors f WHERE f.attempt_id = a.id) \
                 AND NOT EXISTS (SELECT 1 FROM identifications i WHERE i.attempt_id = a.id) LIMIT $2)"
            }
            Self::Requests => {
                "DELETE FROM sign_in_requests WHERE id IN (SELECT r.id FROM sign_in_requests r \
                 WHERE r.session_id IS NULL AND r.expires_at < $1 \
                 AND NOT EXISTS (SELECT 1 FROM login_attempts a WHERE a.request_id = r.id) LIMIT $2)"
            }
            Self::PushedRequests => PUSHED_REQUESTS,
            Self::ForwardSessions => FORWARD_SESSIONS,
            Self::RememberedBrowsers => REMEMBERED_BROWSERS,
            Self::PushStarts => PUSH_STARTS,
            Self::SpentNonces => SPENT_NONCES,
            Self::DeviceMoves => DEVICE_MOVES,
            Self::Suspicions => SUSPICIONS,
            Self::Messages => {
                "DELETE FROM outbox WHERE id IN \
                 (SELECT id FROM outbox WHERE state <> 'queued' AND next_try_at < $1 LIMIT $2)"
            }
            Self::Errors => ERRORS,
            Self::SmsCounts => {
                "DELETE FROM sms_counts WHERE (scope, hour) IN \
                 (SELECT scope, hour FROM sms_counts WHERE hour * 3600000 < $1 LIMIT $2)"
            }
        }
    }
}

/// Deletes up to [`BATCH`] rows that were over before `cutoff`; gives back how many.
pub async fn delete(tx: &mut Tx, leftover: Leftover, cutoff: Timestamp) -> Result<u64, StoreError> {
    Ok(on!(tx, execute leftover.sql(), [cutoff.millis(), i64::from(BATCH)])?)
}
