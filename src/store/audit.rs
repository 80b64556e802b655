//! Rows of `audit`.

use super::db::{StoreError, Tx};
use crate::domain::audit::AuditEvent;
use crate::domain::ids::{AuditId, DeviceId, EnrolmentId, LoginAttemptId, PersonId, SessionId};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO audit \
     (id, at, event, company_id, person_id, device_id, enrolment_id, attempt_id, session_id, detail) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

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
    detail: Option<String>,
}

/// Adds what happened.
pub async fn insert(tx: &mut Tx, id: AuditId, event: &AuditEvent, now: Timestamp) -> Result<(), StoreError> {
    let row = Columns::of(event);
    on!(tx, execute INSERT, [
        id.to_string(), now.millis(), row.event, row.company, row.person, row.device, row.enrolment, row.attempt,
        row.session, row.detail,
    ])?;
    Ok(())
}

impl Columns {
    fn of(event: &AuditEvent) -> Self {
        match event {
            AuditEvent::InvitationSent { invitation, person, company } => {
                Self { company: Some(company.to_string()), ..Self::new("invitation.sent").person(person) }
                    .detail(invitation)
            }
            AuditEvent::EnrolmentStarted { enrolment, invitation, person } => {
                Self::new("enrolment.started").enrolment(enrolment).person(person).detail(invitation)
            }
            AuditEvent::ConfirmationResent { enrolment, person } => {
                Self::new("confirmation.resent").enrolment(enrolment).person(person)
            }
            AuditEvent::ConfirmationWrong { enrolment, person, wrong_codes } => {
                Self::new("confirmation.wrong").enrolment(enrolment).person(person).detail(wrong_codes)
            }
            AuditEvent::EnrolmentLocked { enrolment, person } => {
                Self::new("enrolment.locked").enrolment(enrolment).person(person)
            }
            AuditEvent::EnrolmentConfirmed { enrolment, person } => {
                Self::new("enrolment.confirmed").enrolment(enrolment).person(person)
            }
            AuditEvent::DeviceEnrolled { device, enrolment, person } => {
                Self::new("device.enrolled").device(device).enrolment(enrolment).person(person)
            }
            AuditEvent::AttemptBegun { attempt } => Self::new("attempt.begun").attempt(attempt),
            AuditEvent::AttemptScanned { attempt, device, person, frame_age_millis } => {
                Self::new("attempt.scanned")
                    .attempt(attempt)
                    .device(device)
                    .person(person)
                    .detail(frame_age_millis)
            }
            AuditEvent::AttemptApproved { attempt, device, person, user_verification } => {
                let row = Self::new("attempt.approved").attempt(attempt).device(device).person(person);
                row.detail(&user_verification.key())
            }
            AuditEvent::AttemptDenied { attempt, device, person, reason } => Self::new("attempt.denied")
                .attempt(attempt)
                .device(device)
                .person(person)
                .detail(&reason.key()),
            AuditEvent::AttemptCancelled { attempt } => Self::new("attempt.cancelled").attempt(attempt),
            AuditEvent::SignedIn { attempt, session, person, device } => {
                Self::new("login.success").attempt(attempt).session(session).person(person).device(device)
            }
            AuditEvent::SignInRefused { attempt, person, reason } => {
                Self::new("login.refused").attempt(attempt).person(person).detail(reason)
            }
            AuditEvent::TokenIssued { session, person, client } => {
                Self::new("token.issued").session(session).person(person).detail(client)
            }
            AuditEvent::CodeReused { session, client } => {
                Self::new("code.reused").session(session).detail(client)
            }
            AuditEvent::ClientAdded { client } => Self::new("client.added").detail(client),
        }
    }

    fn new(event: &'static str) -> Self {
        Self { event, ..Self::default() }
    }

    fn person(self, id: &PersonId) -> Self {
        Self { person: Some(id.to_string()), ..self }
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
