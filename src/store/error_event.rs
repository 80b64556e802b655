//! Rows of `error_events`: every error that a person or an app was told of, for a while.

use super::db::{StoreError, Tx, parsed};
use crate::domain::error_reference::ErrorReference;
use crate::domain::ids::{DeviceId, EnrolmentId, InvitationId, LoginAttemptId, PersonId};
use crate::domain::time::Timestamp;
use crate::domain::trail::SaidFacts;

const INSERT: &str = "INSERT INTO error_events (reference, at, code, route, person_id, device_id, enrolment_id, invitation_id, \
     attempt_id, platform, os_version, brand, model, app_version, detail) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING";
macro_rules! selects {
    ($rest:literal) => {
        concat!(
            "SELECT reference, at, code, route, person_id, device_id, enrolment_id, invitation_id, attempt_id, platform, \
             os_version, brand, model, app_version, detail FROM error_events ",
            $rest
        )
    };
}
const BY_REFERENCE: &str = selects!("WHERE reference = $1");
const OF_ATTEMPT: &str = selects!("WHERE attempt_id = $1 ORDER BY at DESC, reference LIMIT 100");
const OF_ENROLMENT: &str = selects!("WHERE enrolment_id = $1 ORDER BY at DESC, reference LIMIT 100");
const OF_PERSON: &str = selects!("WHERE person_id = $1 AND at <= $2 ORDER BY at DESC, reference LIMIT $3");
const CUT: &str = "SELECT at FROM error_events ORDER BY at DESC LIMIT 1 OFFSET $1";

/// An error, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorEvent {
    /// What the person was shown.
    pub reference: ErrorReference,
    /// When.
    pub at: Timestamp,
    /// Its code.
    pub code: String,
    /// The route, without what stood in its place-holders.
    pub route: String,
    /// Whose it is.
    pub person: Option<PersonId>,
    /// The phone that asked, or said so.
    pub device: Option<DeviceId>,
    /// The enrolment.
    pub enrolment: Option<EnrolmentId>,
    /// The invitation whose code was entered.
    pub invitation: Option<InvitationId>,
    /// The login attempt.
    pub attempt: Option<LoginAttemptId>,
    /// What an unknown phone said of itself.
    pub facts: SaidFacts,
    /// The values that its text names, as a JSON object.
    pub detail: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    reference: String,
    at: i64,
    code: String,
    route: String,
    person_id: Option<String>,
    device_id: Option<String>,
    enrolment_id: Option<String>,
    invitation_id: Option<String>,
    attempt_id: Option<String>,
    platform: String,
    os_version: String,
    brand: String,
    model: String,
    app_version: String,
    detail: String,
}

/// Adds an error.
pub async fn insert(tx: &mut Tx, event: &ErrorEvent) -> Result<(), StoreError> {
    let facts = &event.facts;
    on!(tx, execute INSERT, [
        event.reference.to_string(), event.at.millis(), &event.code, &event.route, event.person.map(|id| id.to_string()),
        event.device.map(|id| id.to_string()), event.enrolment.map(|id| id.to_string()),
        event.invitation.map(|id| id.to_string()), event.attempt.map(|id| id.to_string()), &facts.platform,
        &facts.os_version, &facts.brand, &facts.model, &facts.app_version, &event.detail,
    ])?;
    Ok(())
}

/// The error of that reference.
pub async fn find(tx: &mut Tx, reference: ErrorReference) -> Result<Option<ErrorEvent>, StoreError> {
    let row = on!(tx, optional BY_REFERENCE, [reference.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// The newest errors of an attempt, at most a hundred.
pub async fn find_of_attempt(tx: &mut Tx, id: LoginAttemptId) -> Result<Vec<ErrorEvent>, StoreError> {
    let rows = on!(tx, all OF_ATTEMPT, [id.to_string()] as Row)?;
    rows.into_iter().map(Row::read).collect()
}

/// The newest errors of an enrolment, at most a hundred.
pub async fn find_of_enrolment(tx: &mut Tx, id: EnrolmentId) -> Result<Vec<ErrorEvent>, StoreError> {
    let rows = on!(tx, all OF_ENROLMENT, [id.to_string()] as Row)?;
    rows.into_iter().map(Row::read).collect()
}

/// The newest errors of a person until then.
pub async fn find_of_person(
    tx: &mut Tx,
    id: PersonId,
    until: Timestamp,
    most: i64,
) -> Result<Vec<ErrorEvent>, StoreError> {
    let rows = on!(tx, all OF_PERSON, [id.to_string(), until.millis(), most] as Row)?;
    rows.into_iter().map(Row::read).collect()
}

/// When the error was that has `most` newer ones; `None` when there are not so many.
pub async fn find_cut(tx: &mut Tx, most: i64) -> Result<Option<Timestamp>, StoreError> {
    let row = on!(tx, optional CUT, [most] as (i64,))?;
    Ok(row.map(|(at,)| Timestamp::from_millis(at)))
}

impl Row {
    fn read(self) -> Result<ErrorEvent, StoreError> {
        const TABLE: &str = "error_events";
        Ok(ErrorEvent {
            reference: parsed(&self.reference, TABLE, "reference")?,
            at: Timestamp::from_millis(self.at),
            code: self.code,
            route: self.route,
            person: self.person_id.map(|id| parsed(&id, TABLE, "person_id")).transpose()?,
            device: self.device_id.map(|id| parsed(&id, TABLE, "device_id")).transpose()?,
            enrolment: self.enrolment_id.map(|id| parsed(&id, TABLE, "enrolment_id")).transpose()?,
            invitation: self.invitation_id.map(|id| parsed(&id, TABLE, "invitation_id")).transpose()?,
            attempt: self.attempt_id.map(|id| parsed(&id, TABLE, "attempt_id")).transpose()?,
            facts: SaidFacts {
                platform: self.platform,
                os_version: self.os_version,
                brand: self.brand,
                model: self.model,
                app_version: self.app_version,
            },
            detail: self.detail,
        })
    }
}
