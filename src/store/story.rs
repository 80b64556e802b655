//! Rows of `audit`, `outbox` and `invitations`, read as the story of an attempt, an enrolment, a device or a person.

use super::db::{StoreError, Tx, parsed, present};
use super::outbox::{Posted, progress};
use crate::domain::ids::{DeviceId, EnrolmentId, InvitationId, LoginAttemptId, PersonId, SessionId};
use crate::domain::invitation::{Invitation, InvitationState};
use crate::domain::message::{Channel, MessageKind};
use crate::domain::time::Timestamp;

macro_rules! events {
    ($rest:literal) => {
        concat!(
            "SELECT a.at, a.event, a.detail, a.person_id, a.device_id, a.enrolment_id, a.attempt_id, a.session_id, \
             COALESCE(p.name, c.name) AS actor FROM audit a LEFT JOIN persons p ON p.id = a.actor_id \
             LEFT JOIN clients c ON 'client:' || c.id = a.actor_id ",
            $rest
        )
    };
}
const OF_ATTEMPT: &str = events!("WHERE a.attempt_id = $1 ORDER BY a.at, a.position LIMIT 200");
const OF_ENROLMENT: &str = events!("WHERE a.enrolment_id = $1 ORDER BY a.at, a.position LIMIT 200");
const OF_SESSION: &str = events!(
    "WHERE a.person_id = $1 AND a.at >= $2 AND a.session_id = $3 AND a.attempt_id IS NULL \
     ORDER BY a.at, a.position LIMIT 50"
);
const OF_DEVICE: &str =
    events!("WHERE a.person_id = $1 AND a.device_id = $2 ORDER BY a.at DESC, a.position DESC LIMIT 60");
const OF_PERSON: &str =
    events!("WHERE a.person_id = $1 AND a.at <= $2 ORDER BY a.at DESC, a.position DESC LIMIT $3");
const LETTERS_OF_ATTEMPT: &str = "SELECT channel, kind, state, sent_at, said, created_at FROM outbox WHERE attempt_id = $1 \
     ORDER BY created_at, id LIMIT 50";
const LETTERS_BETWEEN: &str = "SELECT channel, kind, state, sent_at, said, created_at FROM outbox WHERE person_id = $1 \
     AND created_at >= $2 AND created_at <= $3 AND kind IN ('invitation', 'confirmation_code') ORDER BY created_at, id LIMIT 50";
const INVITATIONS: &str = "SELECT i.id, i.company_id, i.state, i.enrolment_id, i.confirmations_sent, i.created_at, i.expires_at, \
     p.name AS inviter FROM invitations i LEFT JOIN persons p ON p.id = i.invited_by WHERE i.person_id = $1 \
     ORDER BY i.created_at DESC, i.id DESC LIMIT 20";
const ENROLMENTS: &str =
    "SELECT id FROM enrolments WHERE person_id = $1 ORDER BY created_at DESC, id DESC LIMIT 20";

/// Something that happened.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Event {
    /// When, in milliseconds.
    pub at: i64,
    /// What, as the audit log knows it.
    pub event: String,
    /// More about it.
    pub detail: Option<String>,
    /// Whose it is.
    pub person_id: Option<String>,
    /// Which device.
    pub device_id: Option<String>,
    /// Which enrolment.
    pub enrolment_id: Option<String>,
    /// Which attempt.
    pub attempt_id: Option<String>,
    /// Which session.
    pub session_id: Option<String>,
    /// The name of whoever did it to the person.
    pub actor: Option<String>,
}

/// What happened in an attempt, in its order.
pub async fn find_of_attempt(tx: &mut Tx, id: LoginAttemptId) -> Result<Vec<Event>, StoreError> {
    Ok(on!(tx, all OF_ATTEMPT, [id.to_string()] as Event)?)
}

/// What happened in an enrolment, in its order.
pub async fn find_of_enrolment(tx: &mut Tx, id: EnrolmentId) -> Result<Vec<Event>, StoreError> {
    Ok(on!(tx, all OF_ENROLMENT, [id.to_string()] as Event)?)
}

/// What happened in a session of a person that began then, besides what its attempt tells.
pub async fn find_of_session(
    tx: &mut Tx,
    person: PersonId,
    since: Timestamp,
    id: SessionId,
) -> Result<Vec<Event>, StoreError> {
    Ok(on!(tx, all OF_SESSION, [person.to_string(), since.millis(), id.to_string()] as Event)?)
}

/// The newest that happened with a device of a person.
pub async fn find_of_device(tx: &mut Tx, person: PersonId, id: DeviceId) -> Result<Vec<Event>, StoreError> {
    Ok(on!(tx, all OF_DEVICE, [person.to_string(), id.to_string()] as Event)?)
}

/// The newest that happened to a person until then.
pub async fn find_of_person(
    tx: &mut Tx,
    id: PersonId,
    until: Timestamp,
    most: i64,
) -> Result<Vec<Event>, StoreError> {
    Ok(on!(tx, all OF_PERSON, [id.to_string(), until.millis(), most] as Event)?)
}

type LetterRow = (String, String, String, Option<i64>, Option<String>, i64);

fn read_letters(rows: Vec<LetterRow>) -> Result<Vec<Posted>, StoreError> {
    const TABLE: &str = "outbox";
    rows.into_iter()
        .map(|(channel, kind, state, sent_at, said, queued_at)| {
            Ok(Posted {
                channel: present(Channel::from_key(&channel), TABLE, "channel")?,
                kind: present(MessageKind::from_key(&kind), TABLE, "kind")?,
                queued_at: Timestamp::from_millis(queued_at),
                progress: progress(&state, sent_at, said.as_deref())?,
            })
        })
        .collect()
}

/// The messages of an attempt, in their order.
pub async fn find_letters_of_attempt(tx: &mut Tx, id: LoginAttemptId) -> Result<Vec<Posted>, StoreError> {
    read_letters(on!(tx, all LETTERS_OF_ATTEMPT, [id.to_string()] as LetterRow)?)
}

/// The invitations and confirmation codes that a person was sent in that time, in their order.
pub async fn find_letters_between(
    tx: &mut Tx,
    id: PersonId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Posted>, StoreError> {
    read_letters(on!(tx, all LETTERS_BETWEEN, [id.to_string(), from.millis(), to.millis()] as LetterRow)?)
}

/// An invitation, without its code.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The invitation.
    pub invitation: Invitation,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Who sent it; nobody by name when it was sent by command or by an application.
    pub inviter: Option<String>,
}

#[derive(sqlx::FromRow)]
struct InvitedRow {
    id: String,
    company_id: String,
    state: String,
    enrolment_id: Option<String>,
    confirmations_sent: i64,
    created_at: i64,
    expires_at: i64,
    inviter: Option<String>,
}

/// The newest invitations of a person.
pub async fn find_invitations(tx: &mut Tx, person: PersonId) -> Result<Vec<Invited>, StoreError> {
    let rows = on!(tx, all INVITATIONS, [person.to_string()] as InvitedRow)?;
    rows.into_iter().map(|row| row.read(person)).collect()
}

/// The newest enrolments of a person.
pub async fn find_enrolments(tx: &mut Tx, person: PersonId) -> Result<Vec<EnrolmentId>, StoreError> {
    let rows = on!(tx, all ENROLMENTS, [person.to_string()] as (String,))?;
    rows.into_iter().map(|(id,)| parsed(&id, "enrolments", "id")).collect()
}

impl InvitedRow {
    fn read(self, person: PersonId) -> Result<Invited, StoreError> {
        const TABLE: &str = "invitations";
        let id: InvitationId = parsed(&self.id, TABLE, "id")?;
        let enrolment =
            self.enrolment_id.map(|id| parsed::<EnrolmentId>(&id, TABLE, "enrolment_id")).transpose()?;
        let state = match (self.state.as_str(), enrolment) {
            ("open", None) => Some(InvitationState::Open),
            ("claimed", Some(enrolment)) => Some(InvitationState::Claimed(enrolment)),
            ("redeemed", Some(enrolment)) => Some(InvitationState::Redeemed(enrolment)),
            ("void", _) => Some(InvitationState::Void),
            _ => None,
        };
        Ok(Invited {
            invitation: Invitation {
                id,
                company_id: parsed(&self.company_id, TABLE, "company_id")?,
                person_id: person,
                state: present(state, TABLE, "state")?,
                expires_at: Timestamp::from_millis(self.expires_at),
                confirmations_sent: self.confirmations_sent,
            },
            sent_at: Timestamp::from_millis(self.created_at),
            inviter: self.inviter,
        })
    }
}
