//! What the audit log says happened.

use std::time::Duration;

use super::device::{Removal, UserVerification};
use super::identity::MethodId;
use super::ids::{
    CompanyId, DeviceId, EmailChangeId, EnrolmentId, InvitationId, LoginAttemptId, PersonId, ScimTokenId,
    SessionId,
};
use super::language::Language;
use super::login::{DenyReason, Flow};
use super::membership::{Access, Role};
use super::network::Network;
use super::objection::ObjectionKind;
use super::session::Proof;
use super::staff::StaffRole;
use super::time::Timestamp;

/// What is done to a member of a company.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// The person was added.
    Added,
    /// An invitation was sent.
    Invited(InvitationId),
    /// The e-mail address of somebody who has never had a device was corrected.
    EmailCorrected,
    /// The phone number used for communication was set.
    PhoneChanged,
    /// What the member may do was changed to this.
    MembershipChanged(Role, Access),
    /// The name was changed.
    NameChanged,
    /// The language that the person is written to in was set.
    LanguageSet(Language),
    /// The membership was ended.
    Ended,
    /// A device was taken away.
    DeviceRevoked(DeviceId),
    /// The confirmation code was shown, to be read to a person whom the SMS did not reach.
    ConfirmationIssued(EnrolmentId),
}

/// What is done to the networks of a company.
#[derive(Clone, Copy, Debug)]
pub enum NetworkAct {
    /// One was approved until then.
    Approved(Network, Timestamp),
    /// The approval of one was taken back.
    Removed(Network),
}

/// What a web application does to a company.
#[derive(Clone, Copy, Debug)]
pub enum CompanyChange {
    /// It was added.
    Added,
    /// It has another name.
    Renamed,
    /// It was deleted; it had nobody.
    Deleted,
}

/// What people change about themselves.
#[derive(Clone, Copy, Debug)]
pub enum OwnAct {
    /// A code was sent to a new e-mail address.
    EmailAsked(EmailChangeId),
    /// A wrong code for the new e-mail address, so many by now.
    EmailCodeWrong(EmailChangeId, i64),
    /// The code from the new e-mail address was right, and the address is theirs.
    EmailChanged(EmailChangeId),
    /// The language that they are written to in.
    LanguageSet(Language),
    /// A device got another name.
    DeviceRenamed(DeviceId),
    /// A device was taken away.
    DeviceRemoved(DeviceId, Removal),
    /// A device got another key.
    KeyReplaced(DeviceId),
    /// A step of a move from that device to a new phone.
    DeviceMoved(DeviceId, MoveStep),
    /// A browser was signed out from afar.
    SessionEnded(SessionId),
    /// Every browser was signed out.
    SignedOutEverywhere,
    /// Everything that is stored about them was downloaded.
    DataTaken,
    /// They said of something that they were told: it was not me.
    Objected(ObjectionKind),
}

/// What the support staff does to a person.
#[derive(Clone, Copy, Debug)]
pub enum SupportAct {
    /// A device was taken away.
    DeviceRevoked(DeviceId),
    /// The person may not sign in.
    Blocked,
    /// The person may sign in again.
    Unblocked,
    /// The invitations that wait for their code to be entered are void.
    InvitationCancelled,
    /// A new invitation was sent.
    InvitationResent,
    /// Everything that was signed in has ended.
    SessionsEnded,
}

/// How far a move to a new phone has come.
#[derive(Clone, Copy, Debug)]
pub enum MoveStep {
    /// The old phone shows a ticket.
    Offered,
    /// A phone took it.
    Taken,
    /// The old phone said no.
    Denied,
    /// The number that was picked was not the new phone's.
    NumberWrong,
    /// The new phone is that device, and the old one is none any longer.
    Done(DeviceId),
}

/// Who did something to a member of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The operator, by command.
    Command,
    /// A KH user.
    Person(PersonId),
    /// A web application, by its `client_id`.
    Client(String),
}

impl From<Option<PersonId>> for Actor {
    fn from(by: Option<PersonId>) -> Self {
        by.map_or(Self::Command, Self::Person)
    }
}

/// Something that happened, worth keeping.
#[expect(missing_docs, reason = "a field is the id of the noun that it names")]
#[derive(Clone, Debug)]
pub enum AuditEvent {
    /// Something was done to the networks of a company.
    Networks { act: NetworkAct, company: CompanyId, by: PersonId },
    /// A person came to the staff, by command.
    StaffAdded { person: PersonId, role: StaffRole },
    /// A person left the staff, by command.
    StaffRemoved { person: PersonId },
    /// Something was done to a member of a company.
    Administered { act: Act, person: PersonId, company: CompanyId, by: Actor },
    /// The support staff did something to a person, for that reason.
    Supported { act: SupportAct, person: PersonId, by: PersonId, reason: String },
    /// A person changed something about themselves.
    Own { act: OwnAct, person: PersonId },
    /// A phone entered the activation code.
    EnrolmentStarted { enrolment: EnrolmentId, invitation: InvitationId, person: PersonId },
    /// The confirmation code was sent once more.
    ConfirmationResent { enrolment: EnrolmentId, person: PersonId },
    /// A wrong confirmation code.
    ConfirmationWrong { enrolment: EnrolmentId, person: PersonId, wrong_codes: i64 },
    /// One wrong confirmation code too many.
    EnrolmentLocked { enrolment: EnrolmentId, person: PersonId },
    /// The confirmation code was right.
    EnrolmentConfirmed { enrolment: EnrolmentId, person: PersonId },
    /// A device was enrolled.
    DeviceEnrolled { device: DeviceId, enrolment: EnrolmentId, person: PersonId },
    /// A sign-in page was opened.
    AttemptBegun { attempt: LoginAttemptId },
    /// A device claimed an attempt, by a frame of that age or in another way.
    AttemptScanned {
        attempt: LoginAttemptId,
        device: DeviceId,
        person: PersonId,
        flow: Flow,
        frame_age: Option<Duration>,
    },
    /// A second device scanned an attempt that another one owns.
    AttemptContested { attempt: LoginAttemptId, device: DeviceId, person: PersonId },
    /// A device was asked by a push.
    AttemptPushed { attempt: LoginAttemptId, device: DeviceId, person: PersonId },
    /// The owner of the device approved.
    AttemptApproved {
        attempt: LoginAttemptId,
        device: DeviceId,
        person: PersonId,
        user_verification: UserVerification,
    },
    /// The owner of the device refused.
    AttemptDenied { attempt: LoginAttemptId, device: DeviceId, person: PersonId, reason: DenyReason },
    /// Given up in the browser.
    AttemptCancelled { attempt: LoginAttemptId },
    /// A step of a visit to another identity provider.
    Identified { attempt: LoginAttemptId, method: MethodId, step: IdentificationStep },
    /// A sign-in from a place that is not remembered, and the code that it waits for.
    SecondFactor { attempt: LoginAttemptId, person: PersonId, step: SecondFactorStep },
    /// The browser got its session.
    SignedIn { attempt: LoginAttemptId, session: SessionId, person: PersonId, proof: Proof },
    /// Access rights kept a person out.
    SignInRefused { attempt: LoginAttemptId, person: PersonId, reason: &'static str },
    /// A web application got its tokens.
    TokenIssued { session: SessionId, person: PersonId, client: String },
    /// An authorization code was used twice; what it gave is void.
    CodeReused { session: SessionId, client: String },
    /// A web application refreshed its tokens.
    TokenRefreshed { session: SessionId, person: PersonId, client: String },
    /// A refresh token was used twice; every token of that sign-in at the application is void.
    RefreshReused { session: SessionId, person: PersonId, client: String },
    /// A web application gave its tokens back.
    TokenRevoked { session: SessionId, person: PersonId, client: String },
    /// A person signed out of a browser's session.
    SignedOut { session: SessionId, person: PersonId },
    /// A web application was registered.
    ClientAdded { client: String },
    /// A web application got another secret.
    ClientSecretReplaced { client: String },
    /// A web application was removed.
    ClientRemoved { client: String },
    /// A web application got a token by which it looks after people.
    ScimTokenMade { client: String, token: ScimTokenId },
    /// Such a token was revoked.
    ScimTokenRevoked { client: String, token: ScimTokenId },
    /// A web application added, renamed or deleted a company.
    CompanyProvisioned { change: CompanyChange, company: CompanyId, client: String },
    /// A copy of the database was put in its place; what was open in it is void.
    DatabaseRestored { copied_at: Timestamp },
    /// A key that will sign tokens was made.
    SigningKeyMade { key: String },
}

/// How far a visit to another identity provider has come.
#[derive(Clone, Copy, Debug)]
pub enum IdentificationStep {
    /// The browser went there.
    Begun,
    /// It named this person.
    Named(PersonId),
    /// It named somebody whom nobody here has registered.
    Unknown,
    /// The person gave up there.
    Cancelled,
    /// It could not be reached, or could not serve.
    Unavailable,
    /// What it sent does not verify: this is what is wrong.
    Refused(&'static str),
}

/// What became of a code that is asked for in a new place.
#[derive(Clone, Copy, Debug)]
pub enum SecondFactorStep {
    /// It is asked for, for this reason.
    Asked(&'static str),
    /// It is asked for, and there is no way to send it.
    Unreachable,
    /// It was sent, so many times by now.
    Sent(i64),
    /// Wrong digits, so many times by now.
    Wrong(i64),
    /// Wrong once too often.
    Locked,
    /// Right.
    Passed,
}
