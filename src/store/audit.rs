//! Rows of `audit`.

use serde::Serialize;

use super::db::{StoreError, Tx};
use crate::domain::audit::{Act, AuditEvent, OwnAct, SecondFactorStep};
use crate::domain::ids::{AuditId, CompanyId, DeviceId, EnrolmentId, LoginAttemptId, PersonId, SessionId};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO audit \
     (id, at, event, company_id, person_id, device_id, enrolment_id, attempt_id, session_id, actor_id, detail, chain, position, hash) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
const AFTER: &str = "SELECT id, at, event, company_id, person_id, device_id, enrolment_id, attempt_id, session_id, \
     actor_id, detail, chain, position, hash FROM audit WHERE (chain, position) > ($1, $2) ORDER BY chain, position LIMIT 1000";
const HEAD: &str = "SELECT position, hash FROM audit WHERE chain = $1 ORDER BY position DESC LIMIT 1";
const INSERT_HEAD: &str = "INSERT INTO audit_heads (chain, position, signed_at, statement) VALUES ($1, $2, $3, $4) \
     ON CONFLICT DO NOTHING";
const HEADS_AFTER: &str = "SELECT chain, position, statement FROM audit_heads WHERE (chain, position) > ($1, $2) \
     ORDER BY chain, position LIMIT 1000";
const NEWEST_HEADS: &str = "SELECT chain, position, statement FROM audit_heads h \
     WHERE NOT EXISTS (SELECT 1 FROM audit_heads l WHERE l.chain = h.chain AND l.position > h.position) ORDER BY chain";
const DELETE_HEADS: &str = "DELETE FROM audit_heads WHERE chain = $1 AND position < $2";
const OF_MEMBER: &str = "SELECT a.at, a.event, a.detail, p.name FROM audit a LEFT JOIN persons p ON p.id = a.actor_id \
     WHERE a.person_id = $1 AND a.company_id = $2 ORDER BY a.at DESC, a.position DESC LIMIT 100";
const OF_PERSON: &str = "SELECT a.at, a.event, a.detail, p.name FROM audit a LEFT JOIN persons p ON p.id = a.actor_id \
     WHERE a.person_id = $1 ORDER BY a.at DESC, a.position DESC LIMIT $2";
const HASH_AT: &str = "SELECT hash FROM audit WHERE chain = $1 AND position = $2";

/// One row, as it is written and as it is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// When it happened, in milliseconds.
    pub at: i64,
    /// What happened.
    pub event: String,
    company_id: Option<String>,
    person_id: Option<String>,
    device_id: Option<String>,
    enrolment_id: Option<String>,
    attempt_id: Option<String>,
    session_id: Option<String>,
    actor_id: Option<String>,
    detail: Option<String>,
    /// The chain that it belongs to.
    pub chain: String,
    /// Its place in the chain, from 1.
    pub position: i64,
    /// The keyed hash of all this and of the row before it.
    #[serde(skip)]
    pub hash: Vec<u8>,
}

/// A signed statement that a chain has so many rows and ends with that hash.
#[derive(sqlx::FromRow)]
pub struct Head {
    /// The chain.
    pub chain: String,
    /// How many rows it had.
    pub position: i64,
    /// A JSON Web Signature.
    pub statement: String,
}

/// The columns of one row, as far as the event fills them.
#[derive(Default)]
struct Columns {
    event: &'static str,
    company: Option<String>,
    person: Option<String>,
    device: Option<String>,
    enrolment: Option<String>,
    attempt: Option<String>,
    session: Option<String>,
    actor: Option<String>,
    detail: Option<String>,
}

/// The row that says what happened, at the end of the transaction's chain; its hash is still to be made.
/// Gives back also the hash of the row before it.
pub fn next(tx: &mut Tx, id: AuditId, event: &AuditEvent, now: Timestamp) -> (Row, [u8; 32]) {
    let chain = tx.chain(id);
    let Columns { event, company, person, device, enrolment, attempt, session, actor, detail } =
        Columns::of(event);
    let row = Row {
        id: id.to_string(),
        at: now.millis(),
        event: event.to_owned(),
        company_id: company,
        person_id: person,
        device_id: device,
        enrolment_id: enrolment,
        attempt_id: attempt,
        session_id: session,
        actor_id: actor,
        detail,
        chain: chain.id.to_string(),
        position: chain.length + 1,
        hash: Vec::new(),
    };
    (row, chain.head)
}

/// Adds the row that [`next`] made, with its hash.
pub async fn insert(tx: &mut Tx, id: AuditId, row: &Row, hash: [u8; 32]) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        &row.id, row.at, &row.event, &row.company_id, &row.person_id, &row.device_id, &row.enrolment_id, &row.attempt_id,
        &row.session_id, &row.actor_id, &row.detail, &row.chain, row.position, &hash[..],
    ])?;
    tx.chain(id).grow(hash);
    Ok(())
}

/// The next thousand rows after that place, chain by chain, each in its order.
pub async fn find_after(tx: &mut Tx, chain: &str, position: i64) -> Result<Vec<Row>, StoreError> {
    Ok(on!(tx, all AFTER, [chain, position] as Row)?)
}

/// The newest statement of each chain.
pub async fn find_newest_heads(tx: &mut Tx) -> Result<Vec<Head>, StoreError> {
    Ok(on!(tx, all NEWEST_HEADS, [] as Head)?)
}

/// How many rows a chain has, and the hash of its last one.
pub async fn find_head(tx: &mut Tx, chain: AuditId) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    Ok(on!(tx, optional HEAD, [chain.to_string()] as (i64, Vec<u8>))?)
}

/// The hash of the row at that place.
pub async fn find_hash(tx: &mut Tx, chain: &str, position: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let row = on!(tx, optional HASH_AT, [chain, position] as (Vec<u8>,))?;
    Ok(row.map(|(hash,)| hash))
}

/// Something that was done to a member.
#[derive(sqlx::FromRow)]
pub struct Done {
    /// When, in milliseconds.
    pub at: i64,
    /// What.
    pub event: String,
    /// More about it.
    pub detail: Option<String>,
    /// Who did it; nobody by name when it was done by command.
    pub name: Option<String>,
}

/// The hundred newest things that were done to a person for a company.
pub async fn find_of_member(
    tx: &mut Tx,
    person: PersonId,
    company: CompanyId,
) -> Result<Vec<Done>, StoreError> {
    Ok(on!(tx, all OF_MEMBER, [person.to_string(), company.to_string()] as Done)?)
}

/// The newest things that happened to a person.
pub async fn find_of_person(tx: &mut Tx, person: PersonId, most: i64) -> Result<Vec<Done>, StoreError> {
    Ok(on!(tx, all OF_PERSON, [person.to_string(), most] as Done)?)
}

/// Adds a signed head; `false` when it is there already.
pub async fn insert_head(tx: &mut Tx, head: &Head, now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute INSERT_HEAD, [&head.chain, head.position, now.millis(), &head.statement])? == 1)
}

/// Forgets the heads of a chain before that place: a later one covers all rows before it.
pub async fn delete_heads_before(tx: &mut Tx, chain: &str, position: i64) -> Result<(), StoreError> {
    on!(tx, execute DELETE_HEADS, [chain, position])?;
    Ok(())
}

/// The next thousand signed heads after that place.
pub async fn find_heads_after(tx: &mut Tx, chain: &str, position: i64) -> Result<Vec<Head>, StoreError> {
    Ok(on!(tx, all HEADS_AFTER, [chain, position] as Head)?)
}

impl Columns {
    fn of(event: &AuditEvent) -> Self {
        let new = Self::new;
        match event {
            AuditEvent::Administered { act, person, company, by } => {
                Self { actor: by.map(|by| by.to_string()), ..Self::of_act(act) }
                    .person(person)
                    .company(company)
            }
            AuditEvent::Own { act, person } => Self::of_own(*act).person(person),
            AuditEvent::EnrolmentStarted { enrolment, invitation, person } => {
                new("enrolment.started").enrolment(enrolment).person(person).detail(invitation)
            }
            AuditEvent::ConfirmationResent { enrolment, person } => {
                new("confirmation.resent").enrolment(enrolment).person(person)
            }
            AuditEvent::ConfirmationWrong { enrolment, person, wrong_codes } => {
                new("confirmation.wrong").enrolment(enrolment).person(person).detail(wrong_codes)
            }
            AuditEvent::EnrolmentLocked { enrolment, person } => {
                new("enrolment.locked").enrolment(enrolment).person(person)
            }
            AuditEvent::EnrolmentConfirmed { enrolment, person } => {
                new("enrolment.confirmed").enrolment(enrolment).person(person)
            }
            AuditEvent::DeviceEnrolled { device, enrolment, person } => {
                new("device.enrolled").device(device).enrolment(enrolment).person(person)
            }
            AuditEvent::AttemptBegun { attempt } => new("attempt.begun").attempt(attempt),
            AuditEvent::AttemptScanned { attempt, device, person, frame_age_millis } => {
                new("attempt.scanned").attempt(attempt).device(device).person(person).detail(frame_age_millis)
            }
            AuditEvent::AttemptApproved { attempt, device, person, user_verification } => {
                let row = new("attempt.approved").attempt(attempt).device(device).person(person);
                row.detail(&user_verification.key())
            }
            AuditEvent::AttemptDenied { attempt, device, person, reason } => {
                new("attempt.denied").attempt(attempt).device(device).person(person).detail(&reason.key())
            }
            AuditEvent::SecondFactor { attempt, person, step } => Self::of_step(*step, attempt, person),
            AuditEvent::AttemptCancelled { attempt } => new("attempt.cancelled").attempt(attempt),
            AuditEvent::SignedIn { attempt, session, person, device } => {
                new("login.success").attempt(attempt).session(session).person(person).device(device)
            }
            AuditEvent::SignInRefused { attempt, person, reason } => {
                new("login.refused").attempt(attempt).person(person).detail(reason)
            }
            AuditEvent::TokenIssued { session, person, client } => {
                new("token.issued").session(session).person(person).detail(client)
            }
            AuditEvent::CodeReused { session, client } => new("code.reused").session(session).detail(client),
            AuditEvent::ClientAdded { client } => new("client.added").detail(client),
            AuditEvent::DatabaseRestored { copied_at } => {
                new("database.restored").detail(&copied_at.millis())
            }
            AuditEvent::SigningKeyMade { key } => new("signing_key.made").detail(key),
        }
    }

    fn of_own(act: OwnAct) -> Self {
        let new = Self::new;
        match act {
            OwnAct::EmailAsked(change) => new("own.email_asked").detail(&change),
            OwnAct::EmailCodeWrong(change, wrong_codes) => {
                new("own.email_code_wrong").detail(&format!("{change} {wrong_codes}"))
            }
            OwnAct::EmailChanged(change) => new("own.email_changed").detail(&change),
            OwnAct::LanguageSet(language) => new("own.language_set").detail(&language.tag()),
            OwnAct::DeviceRenamed(device) => new("own.device_renamed").device(&device),
            OwnAct::DeviceRemoved(device, removal) => {
                new("own.device_removed").device(&device).detail(&removal.key())
            }
            OwnAct::SessionEnded(session) => new("own.session_ended").session(&session),
            OwnAct::SignedOutEverywhere => new("own.signed_out_everywhere"),
            OwnAct::DataTaken => new("own.data_taken"),
            OwnAct::Objected(kind) => new("own.objected").detail(&kind.key()),
        }
    }

    fn of_act(act: &Act) -> Self {
        match act {
            Act::Added => Self::new("person.added"),
            Act::Invited(invitation) => Self::new("invitation.sent").detail(invitation),
            Act::EmailCorrected => Self::new("email.corrected"),
            Act::PhoneChanged => Self::new("phone.changed"),
            Act::MembershipChanged(role, access) => {
                Self::new("membership.changed").detail(&format!("{} {}", role.key(), access.key()))
            }
            Act::DeviceRevoked(device) => Self::new("device.revoked").device(device),
            Act::ConfirmationIssued(enrolment) => Self::new("confirmation.issued").enrolment(enrolment),
        }
    }

    fn of_step(step: SecondFactorStep, attempt: &LoginAttemptId, person: &PersonId) -> Self {
        let row = match step {
            SecondFactorStep::Asked(reason) => Self::new("second_factor.asked").detail(&reason),
            SecondFactorStep::Sent(sends) => Self::new("second_factor.sent").detail(&sends),
            SecondFactorStep::Wrong(wrong_codes) => Self::new("second_factor.wrong").detail(&wrong_codes),
            SecondFactorStep::Locked => Self::new("second_factor.locked"),
            SecondFactorStep::Passed => Self::new("second_factor.passed"),
        };
        row.attempt(attempt).person(person)
    }

    fn new(event: &'static str) -> Self {
        Self { event, ..Self::default() }
    }

    fn person(self, id: &PersonId) -> Self {
        Self { person: Some(id.to_string()), ..self }
    }

    fn company(self, id: &CompanyId) -> Self {
        Self { company: Some(id.to_string()), ..self }
    }

    fn device(self, id: &DeviceId) -> Self {
        Self { device: Some(id.to_string()), ..self }
    }

    fn enrolment(self, id: &EnrolmentId) -> Self {
        Self { enrolment: Some(id.to_string()), ..self }
    }

    fn attempt(self, id: &LoginAttemptId) -> Self {
        Self { attempt: Some(id.to_string()), ..self }
    }

    fn session(self, id: &SessionId) -> Self {
        Self { session: Some(id.to_string()), ..self }
    }

    fn detail(self, detail: &impl ToString) -> Self {
        Self { detail: Some(detail.to_string()), ..self }
    }
}
