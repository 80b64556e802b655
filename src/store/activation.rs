//! Rows of `enrolments`.

use super::db::{StoreError, Tx, fixed, parsed, present};
use super::device::read_facts;
use crate::domain::activation::{Enrolment, EnrolmentState};
use crate::domain::ids::{DeviceId, EnrolmentId, PersonId};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO enrolments \
     (id, invitation_id, person_id, state, secret_hash, platform, os_version, brand, model, app_version, \
     confirmation_salt, wrong_codes, server_nonce, device_id, created_at, expires_at) \
     VALUES ($1, $2, $3, 'started', $4, $5, $6, $7, $8, $9, $10, $11, NULL, NULL, $12, $13)";
const BY_ID: &str = "SELECT id, invitation_id, person_id, state, secret_hash, platform, os_version, brand, model, app_version, \
     confirmation_salt, wrong_codes, server_nonce, device_id, expires_at FROM enrolments WHERE id = $1";
const STARTED_OF: &str = "SELECT id, invitation_id, person_id, state, secret_hash, platform, os_version, brand, model, app_version, \
     confirmation_salt, wrong_codes, server_nonce, device_id, expires_at FROM enrolments \
     WHERE person_id = $1 AND state = 'started' AND expires_at > $2 ORDER BY expires_at DESC LIMIT 1";
const SUPERSEDE: &str =
    "UPDATE enrolments SET state = 'superseded' WHERE id = $1 AND state IN ('started', 'confirmed')";
const COUNT_WRONG: &str = "UPDATE enrolments SET wrong_codes = wrong_codes + 1 \
     WHERE id = $1 AND state = 'started' AND wrong_codes = $2";
const LOCK: &str = "UPDATE enrolments SET state = 'locked' WHERE id = $1 AND state = 'started'";
const CONFIRM: &str = "UPDATE enrolments SET state = 'confirmed', server_nonce = $1, expires_at = $2 \
     WHERE id = $3 AND state = 'started'";
const FINISH: &str =
    "UPDATE enrolments SET state = 'enrolled', device_id = $1 WHERE id = $2 AND state = 'confirmed'";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    invitation_id: String,
    person_id: String,
    state: String,
    secret_hash: Vec<u8>,
    platform: String,
    os_version: String,
    brand: String,
    model: String,
    app_version: String,
    confirmation_salt: Vec<u8>,
    wrong_codes: i64,
    server_nonce: Option<Vec<u8>>,
    device_id: Option<String>,
    expires_at: i64,
}

/// Adds a started enrolment. `secret_hash` is the keyed hash of the phone's installation secret.
pub async fn insert(
    tx: &mut Tx,
    enrolment: &Enrolment,
    secret_hash: &[u8; 32],
    now: Timestamp,
) -> Result<(), StoreError> {
    let facts = &enrolment.facts;
    on!(tx, execute INSERT, [
        enrolment.id.to_string(), enrolment.invitation_id.to_string(), enrolment.person_id.to_string(),
        &secret_hash[..], facts.platform.key(), facts.os_version.to_string(), &facts.brand, &facts.model,
        &facts.app_version, &enrolment.confirmation_salt[..], enrolment.wrong_codes, now.millis(), enrolment.expires_at.millis(),
    ])?;
    Ok(())
}

/// The enrolment of that id, and the keyed hash of its phone's installation secret.
pub async fn find(tx: &mut Tx, id: EnrolmentId) -> Result<Option<(Enrolment, [u8; 32])>, StoreError> {
    let row = on!(tx, optional BY_ID, [id.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// The enrolment of a person that waits for its confirmation code.
pub async fn find_started(
    tx: &mut Tx,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<Enrolment>, StoreError> {
    let row = on!(tx, optional STARTED_OF, [person.to_string(), now.millis()] as Row)?;
    row.map(|row| row.read().map(|(enrolment, _)| enrolment)).transpose()
}

/// Ends an unfinished enrolment whose code another phone takes over.
pub async fn supersede(tx: &mut Tx, id: EnrolmentId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute SUPERSEDE, [id.to_string()])? == 1)
}

/// Counts a wrong confirmation code, if `so_far` were counted before.
pub async fn count_wrong_code(tx: &mut Tx, id: EnrolmentId, so_far: i64) -> Result<bool, StoreError> {
    Ok(on!(tx, execute COUNT_WRONG, [id.to_string(), so_far])? == 1)
}

/// Ends a started enrolment after too many wrong codes.
pub async fn lock(tx: &mut Tx, id: EnrolmentId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute LOCK, [id.to_string()])? == 1)
}

/// Confirms a started enrolment: from now the key is waited for, signed over `nonce`.
pub async fn confirm(
    tx: &mut Tx,
    id: EnrolmentId,
    nonce: &[u8; 32],
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(on!(tx, execute CONFIRM, [&nonce[..], expires_at.millis(), id.to_string()])? == 1)
}

/// Finishes a confirmed enrolment with its device.
pub async fn finish(tx: &mut Tx, id: EnrolmentId, device: DeviceId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute FINISH, [device.to_string(), id.to_string()])? == 1)
}

impl Row {
    fn read(self) -> Result<(Enrolment, [u8; 32]), StoreError> {
        const TABLE: &str = "enrolments";
        let nonce = self.server_nonce.map(|nonce| fixed(nonce, TABLE, "server_nonce")).transpose()?;
        let device = self.device_id.map(|id| parsed(&id, TABLE, "device_id")).transpose()?;
        let state = match (self.state.as_str(), nonce, device) {
            ("started", None, None) => Some(EnrolmentState::Started),
            ("confirmed", Some(server_nonce), None) => Some(EnrolmentState::Confirmed { server_nonce }),
            ("enrolled", Some(server_nonce), Some(device_id)) => {
                Some(EnrolmentState::Enrolled { server_nonce, device_id })
            }
            ("locked", ..) => Some(EnrolmentState::Locked),
            ("superseded", ..) => Some(EnrolmentState::Superseded),
            _ => None,
        };
        let enrolment = Enrolment {
            id: parsed(&self.id, TABLE, "id")?,
            invitation_id: parsed(&self.invitation_id, TABLE, "invitation_id")?,
            person_id: parsed(&self.person_id, TABLE, "person_id")?,
            state: present(state, TABLE, "state")?,
            facts: read_facts(
                TABLE,
                &self.platform,
                &self.os_version,
                [self.brand, self.model, self.app_version],
            )?,
            confirmation_salt: fixed(self.confirmation_salt, TABLE, "confirmation_salt")?,
            wrong_codes: self.wrong_codes,
            expires_at: Timestamp::from_millis(self.expires_at),
        };
        Ok((enrolment, fixed(self.secret_hash, TABLE, "secret_hash")?))
    }
}
