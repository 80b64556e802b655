//! Companies and their people come into being, and are invited.
//!
//! 1. A company with its first KH user is added by command.
//! 2. A person is added to a company.
//! 3. An invitation is sent: its activation code goes out by mail; older open invitations of the person are void.

use super::{Internal, Services, deliver};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::{Act, Actor, AuditEvent};
use crate::domain::company::Company;
use crate::domain::ids::{CompanyId, InvitationId, MembershipId, PersonId};
use crate::domain::invitation::{ACTIVATION_CODE_LIFE, ActivationCode, Invitation, InvitationState};
use crate::domain::language::Language;
use crate::domain::membership::{Access, Membership, Role};
use crate::domain::message::{Envelope, MessageKind};
use crate::domain::person::{Person, PhoneNumber};
use crate::store::db::Tx;
use crate::store::{company, invitation, membership, person};
use crate::texts::Texts;

/// Why somebody cannot be invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// There is no such person.
    #[error("there is no such person")]
    PersonUnknown,
    /// The person has no basic company.
    #[error("the person belongs to no company")]
    NoCompany,
    /// Our fault.
    #[error("inviting failed")]
    Internal(#[source] Internal),
}

super::from_internal!(InviteError);

/// Somebody who is to become a member.
pub struct NewPerson {
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Phone number for confirmation codes.
    pub phone: Option<PhoneNumber>,
    /// The language they are written to in.
    pub language: Language,
    /// What they may do for the company.
    pub role: Role,
    /// Which versions of the applications they may use.
    pub access: Access,
}

/// Step 1: adds a company.
pub async fn add_company(services: &Services, name: &str) -> Result<CompanyId, InviteError> {
    let now = services.now();
    let id = CompanyId::generate(now, services.random.as_ref())?;
    let mut tx = services.db.write().await?;
    company::insert(&mut tx, &Company { id, name: name.to_owned() }, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Step 2: adds a person whose basic company is `company_id`.
pub async fn add_person(
    services: &Services,
    company_id: CompanyId,
    new: NewPerson,
) -> Result<PersonId, InviteError> {
    let mut tx = services.db.write().await?;
    let id = add_in(services, &mut tx, company_id, new, None).await?;
    tx.commit().await?;
    Ok(id)
}

/// Step 2, in the transaction of whoever adds the person.
pub(super) async fn add_in(
    services: &Services,
    tx: &mut Tx,
    company_id: CompanyId,
    new: NewPerson,
    by: impl Into<Actor>,
) -> Result<PersonId, Internal> {
    let now = services.now();
    let random = services.random.as_ref();
    let NewPerson { name, email, phone, language, role, access } = new;
    let added = Person { id: PersonId::generate(now, random)?, name, email, phone, language };
    person::insert(tx, &added, now).await?;
    let place = NewPlace { role, access, is_basic: true };
    join_in(services, tx, (added.id, company_id), place, by).await?;
    Ok(added.id)
}

/// What a new member may do.
pub(super) struct NewPlace {
    pub(super) role: Role,
    pub(super) access: Access,
    pub(super) is_basic: bool,
}

/// Makes somebody who is known already a member of one more company.
pub(super) async fn join_in(
    services: &Services,
    tx: &mut Tx,
    (person_id, company_id): (PersonId, CompanyId),
    NewPlace { role, access, is_basic }: NewPlace,
    by: impl Into<Actor>,
) -> Result<(), Internal> {
    let now = services.now();
    let id = MembershipId::generate(now, services.random.as_ref())?;
    let place = Membership { id, company_id, person_id, role, access, is_basic };
    membership::insert(tx, &place, now).await?;
    let event =
        AuditEvent::Administered { act: Act::Added, person: person_id, company: company_id, by: by.into() };
    services.record(tx, &event, now).await
}

/// Step 3: invites a person to their basic company. The code goes out by mail; it is also given back, for commands that
/// print it once. No page may show it.
pub async fn invite(
    services: &Services,
    person_id: PersonId,
    invited_by: Option<PersonId>,
) -> Result<ActivationCode, InviteError> {
    let mut tx = services.db.write().await?;
    let code = invite_in(services, &mut tx, person_id, invited_by).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(code)
}

/// Step 3, in the transaction of whoever invites. Call [`Services::outbox_filled`] after the commit.
pub(super) async fn invite_in(
    services: &Services,
    tx: &mut Tx,
    person_id: PersonId,
    by: impl Into<Actor>,
) -> Result<ActivationCode, InviteError> {
    let by = by.into();
    let invited_by = if let Actor::Person(id) = by { Some(id) } else { None };
    let now = services.now();
    let random = services.random.as_ref();
    let code = ActivationCode::generate(random)?;
    let code_hash = services.keys.hasher.hash(HashPurpose::ActivationCode, code.expose().as_bytes());
    let place = membership::find_basic(tx, person_id).await?.ok_or(InviteError::NoCompany)?;
    let sent = Invitation {
        id: InvitationId::generate(now, random)?,
        company_id: place.company_id,
        person_id,
        state: InvitationState::Open,
        expires_at: now.plus(ACTIVATION_CODE_LIFE),
        confirmations_sent: 0,
    };
    invitation::void_open(tx, person_id).await?;
    invitation::insert(tx, &sent, invited_by, &code_hash, now).await?;
    queue_mail(services, tx, &sent, invited_by, &code).await?;
    let (act, company) = (Act::Invited(sent.id), sent.company_id);
    let event = AuditEvent::Administered { act, person: person_id, company, by };
    services.record(tx, &event, now).await?;
    Ok(code)
}

async fn queue_mail(
    services: &Services,
    tx: &mut Tx,
    sent: &Invitation,
    invited_by: Option<PersonId>,
    code: &ActivationCode,
) -> Result<(), InviteError> {
    let receiver = person::find(tx, sent.person_id).await?.ok_or(InviteError::PersonUnknown)?;
    let company = company::find(tx, sent.company_id).await?.ok_or(InviteError::NoCompany)?;
    let inviter = match invited_by {
        Some(id) => person::find(tx, id).await?.map(|person| person.name),
        None => None,
    };
    let texts = Texts(receiver.language);
    let code = code.grouped();
    let link = format!("{}/activate#{code}", services.issuer);
    let subject = texts.with("invitation-mail-subject", "company", &company.name);
    let body = texts.fill(
        "invitation-mail-body",
        &[
            ("name", &receiver.name),
            ("company", &company.name),
            ("inviter", inviter.as_deref().unwrap_or(&company.name)),
            ("code", &code),
            ("link", &link),
        ],
    );
    let envelope = Envelope::mail(&receiver.email, receiver.id, MessageKind::Invitation);
    Ok(deliver::queue(services, tx, envelope, (subject, body)).await?)
}
