//! What each event says in the columns of its `audit` row.

use crate::domain::audit::{
    Act, Actor, AuditEvent, CompanyChange, IdentificationStep, MoveStep, NetworkAct, OwnAct,
    SecondFactorStep, SupportAct,
};
use crate::domain::identity::MethodId;
use crate::domain::ids::{
    CompanyId, DeviceId, EnrolmentId, LoginAttemptId, PersonId, ScimTokenId, SessionId,
};
use crate::domain::session::Proof;

/// The columns of one row, as far as the event fills them.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) event: &'static str,
    pub(super) company: Option<String>,
    pub(super) person: Option<String>,
    pub(super) device: Option<String>,
    pub(super) enrolment: Option<String>,
    pub(super) attempt: Option<String>,
    pub(super) session: Option<String>,
    pub(super) actor: Option<String>,
    pub(super) detail: Option<String>,
}

/// How an actor is kept: a person by id, a web application by its marked `client_id`, the operator not at all.
fn actor_key(by: &Actor) -> Option<String> {
    match by {
        Actor::Command => None,
        Actor::Person(id) => Some(id.to_string()),
        Actor::Client(id) => Some(format!("client:{id}")),
    }
}

impl Columns {
    /// The columns of an event.
    #[expect(clippy::too_many_lines, reason = "a table: one line for each event")]
    pub(super) fn of(event: &AuditEvent) -> Self {
        let new = Self::new;
        match event {
            AuditEvent::Administered { act, person, company, by } => {
                Self { actor: actor_key(by), ..Self::of_act(act) }.person(person).company(company)
            }
            AuditEvent::Networks { act, company, by } => Self::of_networks(*act).company(company).actor(by),
            AuditEvent::StaffAdded { person, role } => new("staff.added").person(person).detail(&role.key()),
            AuditEvent::StaffRemoved { person } => new("staff.removed").person(person),
            AuditEvent::Supported { act, person, by, reason } => {
                Self::of_support(*act).person(person).actor(by).detail(reason)
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
            AuditEvent::AttemptScanned { attempt, device, person, flow, frame_age } => {
                let how = frame_age.map_or_else(|| flow.key().to_owned(), |age| age.as_millis().to_string());
                new("attempt.scanned").attempt(attempt).device(device).person(person).detail(&how)
            }
            AuditEvent::AttemptContested { attempt, device, person } => {
                new("attempt.contested").attempt(attempt).device(device).person(person)
            }
            AuditEvent::AttemptPushed { attempt, device, person } => {
                new("attempt.pushed").attempt(attempt).device(device).person(person)
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
            AuditEvent::Identified { attempt, method, step } => {
                Self::of_identification(*step, method).attempt(attempt)
            }
            AuditEvent::SignedIn { attempt, session, person, proof } => {
                let row = new("login.success").attempt(attempt).session(session).person(person);
                match proof {
                    Proof::Device { device_id, .. } => row.device(device_id),
                    Proof::Identity { method, .. } => row.detail(method),
                }
            }
            AuditEvent::SignInRefused { attempt, person, reason } => {
                new("login.refused").attempt(attempt).person(person).detail(reason)
            }
            AuditEvent::TokenIssued { session, person, client } => {
                new("token.issued").session(session).person(person).detail(client)
            }
            AuditEvent::CodeReused { session, client } => new("code.reused").session(session).detail(client),
            AuditEvent::SignedOut { session, person } => {
                new("session.signed_out").session(session).person(person)
            }
            AuditEvent::TokenRefreshed { session, person, client } => {
                new("token.refreshed").session(session).person(person).detail(client)
            }
            AuditEvent::RefreshReused { session, person, client } => {
                new("refresh.reused").session(session).person(person).detail(client)
            }
            AuditEvent::TokenRevoked { session, person, client } => {
                new("token.revoked").session(session).person(person).detail(client)
            }
            AuditEvent::ClientAdded { client } => new("client.added").detail(client),
            AuditEvent::ClientSecretReplaced { client } => new("client.secret_replaced").detail(client),
            AuditEvent::ClientRemoved { client } => new("client.removed").detail(client),
            AuditEvent::ScimTokenMade { client, token } => new("scim_token.made").token(client, token),
            AuditEvent::ScimTokenRevoked { client, token } => new("scim_token.revoked").token(client, token),
            AuditEvent::CompanyProvisioned { change, company, client } => {
                Self::of_company(*change, client).company(company)
            }
            AuditEvent::DatabaseRestored { copied_at } => {
                new("database.restored").detail(&copied_at.millis())
            }
            AuditEvent::SigningKeyMade { key } => new("signing_key.made").detail(key),
        }
    }

    fn of_company(change: CompanyChange, client: &str) -> Self {
        let event = match change {
            CompanyChange::Added => "company.added",
            CompanyChange::Renamed => "company.renamed",
            CompanyChange::Deleted => "company.deleted",
        };
        Self { actor: actor_key(&Actor::Client(client.to_owned())), ..Self::new(event) }
    }

    fn of_networks(act: NetworkAct) -> Self {
        match act {
            NetworkAct::Approved(network, until) => {
                Self::new("network.approved").detail(&format!("{network} {}", until.millis()))
            }
            NetworkAct::Removed(network) => Self::new("network.removed").detail(&network),
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
            OwnAct::KeyReplaced(device) => new("own.key_replaced").device(&device),
            OwnAct::DeviceMoved(old, step) => Self::of_move(step).device(&old),
            OwnAct::SessionEnded(session) => new("own.session_ended").session(&session),
            OwnAct::SignedOutEverywhere => new("own.signed_out_everywhere"),
            OwnAct::DataTaken => new("own.data_taken"),
            OwnAct::Objected(kind) => new("own.objected").detail(&kind.key()),
        }
    }

    fn of_support(act: SupportAct) -> Self {
        match act {
            SupportAct::DeviceRevoked(device) => Self::new("support.device_revoked").device(&device),
            SupportAct::Blocked => Self::new("support.blocked"),
            SupportAct::Unblocked => Self::new("support.unblocked"),
            SupportAct::InvitationCancelled => Self::new("support.invitation_cancelled"),
            SupportAct::InvitationResent => Self::new("support.invitation_resent"),
            SupportAct::SessionsEnded => Self::new("support.sessions_ended"),
        }
    }

    fn of_move(step: MoveStep) -> Self {
        match step {
            MoveStep::Offered => Self::new("own.move_offered"),
            MoveStep::Taken => Self::new("own.move_taken"),
            MoveStep::Denied => Self::new("own.move_refused").detail(&"denied"),
            MoveStep::NumberWrong => Self::new("own.move_refused").detail(&"number"),
            MoveStep::Done(new) => Self::new("own.device_moved").detail(&new),
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
            Act::NameChanged => Self::new("name.changed"),
            Act::LanguageSet(language) => Self::new("language.set").detail(&language.tag()),
            Act::Ended => Self::new("membership.ended"),
            Act::DeviceRevoked(device) => Self::new("device.revoked").device(device),
            Act::ConfirmationIssued(enrolment) => Self::new("confirmation.issued").enrolment(enrolment),
        }
    }

    fn of_identification(step: IdentificationStep, method: &MethodId) -> Self {
        let row = |event| Self::new(event).detail(method);
        match step {
            IdentificationStep::Begun => row("identification.begun"),
            IdentificationStep::Named(person) => row("identification.named").person(&person),
            IdentificationStep::Unknown => row("identification.unknown"),
            IdentificationStep::Cancelled => row("identification.cancelled"),
            IdentificationStep::Unavailable => row("identification.unavailable"),
            IdentificationStep::Refused(what) => {
                Self::new("identification.refused").detail(&format!("{method}: {what}"))
            }
        }
    }

    fn of_step(step: SecondFactorStep, attempt: &LoginAttemptId, person: &PersonId) -> Self {
        let row = match step {
            SecondFactorStep::Asked(reason) => Self::new("second_factor.asked").detail(&reason),
            SecondFactorStep::Unreachable => Self::new("second_factor.unreachable"),
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

    fn actor(self, id: &PersonId) -> Self {
        Self { actor: Some(id.to_string()), ..self }
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

    fn token(self, client: &str, token: &ScimTokenId) -> Self {
        self.detail(&format!("{client} {token}"))
    }

    fn detail(self, detail: &impl ToString) -> Self {
        Self { detail: Some(detail.to_string()), ..self }
    }
}
