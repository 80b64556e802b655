//! What stands behind a session: rows of `sessions`, with their attempt, request and device.

use super::db::{StoreError, Tx};

const AFTER: &str = "SELECT s.id AS session_id, s.attempt_id, s.person_id, s.user_verification, a.device_id, a.server_nonce, \
     a.display_text, a.flow, a.right_number, a.answer_payload, a.answer_signature, r.client_id, s.device_id AS signing_device_id, d.person_id AS device_person_id, \
     s.method, i.method AS vouching_method, i.person_id AS vouched_person_id \
     FROM sessions s JOIN login_attempts a ON a.id = s.attempt_id JOIN sign_in_requests r ON r.id = a.request_id \
     LEFT JOIN devices d ON d.id = s.device_id \
     LEFT JOIN identifications i ON i.attempt_id = s.attempt_id AND i.state = 'identified' WHERE s.id > $1 ORDER BY s.id LIMIT 500";

/// Everything that must fit together, as it is kept.
#[expect(missing_docs, reason = "each field is the column that it names")]
#[derive(Debug, sqlx::FromRow)]
pub struct Evidence {
    pub session_id: String,
    pub attempt_id: String,
    pub person_id: String,
    pub user_verification: Option<String>,
    pub device_id: Option<String>,
    pub server_nonce: Option<Vec<u8>>,
    pub display_text: Option<String>,
    pub flow: Option<String>,
    pub right_number: Option<i64>,
    pub answer_payload: Option<Vec<u8>>,
    pub answer_signature: Option<Vec<u8>>,
    pub client_id: String,
    pub signing_device_id: Option<String>,
    pub device_person_id: Option<String>,
    pub method: Option<String>,
    pub vouching_method: Option<String>,
    pub vouched_person_id: Option<String>,
}

/// The evidence of the next five hundred sessions after `session`.
pub async fn find_after(tx: &mut Tx, session: &str) -> Result<Vec<Evidence>, StoreError> {
    Ok(on!(tx, all AFTER, [session] as Evidence)?)
}
