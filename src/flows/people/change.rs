//! Step 3: what a KH user changes. Each change, its audit row and the notices that it causes commit together.

use std::time::Duration;

use super::super::notice::{self, Notice, Offer};
use super::super::{Internal, Services, deliver, invite, session_end};
use super::typed::{Identity, NewMember, check_new, read_phone};
use super::{Administrator, PeopleError};
use crate::domain::activation::ConfirmationCode;
use crate::domain::audit::{Act, AuditEvent};
use crate::domain::ids::{DeviceId, PersonId};
use crate::domain::invitation::{MOST_PER_DAY, MOST_PER_HOUR};
use crate::domain::membership::{Access, Membership, Role};
use crate::domain::message::{Envelope, MessageKind};
use crate::domain::objection::ObjectionKind;
use crate::domain::person::{Person, PhoneNumber, parse_email};
use crate::flows::invite::{InviteError, NewPlace};
use crate::store::db::Tx;
use crate::store::session::Ending;
use crate::store::{activation, device, invitation, membership, person};
use crate::texts::Texts;

/// How somebody was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// A new person, to whom an invitation was sent.
    Invited(PersonId),
    /// Somebody who signs in already, and now belongs to this company too.
    Joined(PersonId),
}

/// Adds a person and invites them. Whoever is known already by identifier and e-mail address becomes a member instead.
pub async fn add(
    services: &Services,
    administrator: &Administrator,
    typed: NewMember,
) -> Result<Added, PeopleError> {
    administrator.check_fresh(services.now())?;
    let (by, company) = (Some(administrator.person.id), administrator.company.id);
    let identity = Identity::read(services, &typed)?;
    let (role, access) = (typed.role, typed.access);
    let new = check_new(&typed)?;
    let mut tx = services.db.write().await?;
    if let Some(known) = find_known(&mut tx, identity.hash.as_ref(), &new.email).await? {
        if membership::find_locked(&mut tx, company, known).await?.is_some() {
            return Err(PeopleError::MemberAlready);
        }
        let is_basic = membership::find_basic(&mut tx, known).await?.is_none();
        let place = NewPlace { role, access, is_basic };
        invite::join_in(services, &mut tx, (known, company), place, by).await?;
        tx.commit().await?;
        return Ok(Added::Joined(known));
    }
    let added = invite::add_in(services, &mut tx, company, new, by).await?;
    if let Some(country) = &identity.country {
        person::set_identifier(&mut tx, added, country, identity.hash.as_ref()).await?;
    }
    send_invitation(services, &mut tx, added, by).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(Added::Invited(added))
}

/// Invites somebody again; the old code is void. The address may be corrected as long as no device was ever enrolled.
pub async fn invite_again(
    services: &Services,
    administrator: &Administrator,
    id: PersonId,
    email: &str,
) -> Result<(), PeopleError> {
    let by = administrator.person.id;
    let mut tx = services.db.write().await?;
    let mut receiver = find_looked_after(services, &mut tx, administrator, id).await?;
    if !email.is_empty() && email != receiver.email {
        if !device::find_of_person(&mut tx, id).await?.is_empty() {
            return Err(PeopleError::EmailFixed);
        }
        receiver.email = parse_email(email).ok_or(PeopleError::FieldInvalid("email"))?;
        person::set_contact(&mut tx, &receiver).await?;
        record(services, &mut tx, administrator, (id, Act::EmailCorrected)).await?;
    }
    send_invitation(services, &mut tx, id, Some(by)).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(())
}

/// Sets the phone number used for communication, or takes it away; the person hears of it by mail and on the old number.
pub async fn set_phone(
    services: &Services,
    administrator: &Administrator,
    id: PersonId,
    typed: &str,
) -> Result<(), PeopleError> {
    let number = read_phone(typed)?;
    let mut tx = services.db.write().await?;
    let mut owner = find_looked_after(services, &mut tx, administrator, id).await?;
    if owner.phone == number {
        return Ok(());
    }
    let before = std::mem::replace(&mut owner.phone, number);
    person::set_contact(&mut tx, &owner).await?;
    record(services, &mut tx, administrator, (id, Act::PhoneChanged)).await?;
    let shown = owner.phone.as_ref().map_or_else(|| "–".to_owned(), PhoneNumber::masked);
    let told = Person { phone: before, ..owner };
    warn(services, &mut tx, administrator, (&told, "phone-changed", &shown, ObjectionKind::PhoneChanged))
        .await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(())
}

/// Changes what a member may do. Whoever may no longer use browsers through their basic company is signed out everywhere.
pub async fn change_membership(
    services: &Services,
    administrator: &Administrator,
    id: PersonId,
    (role, access): (Role, Access),
) -> Result<(), PeopleError> {
    let now = services.now();
    administrator.check_fresh(now)?;
    if id == administrator.person.id {
        return Err(PeopleError::OwnMembership);
    }
    let mut tx = services.db.write().await?;
    let found = membership::find_locked(&mut tx, administrator.company.id, id).await?;
    let changed = Membership { role, access, ..found.ok_or(PeopleError::NotFound)? };
    membership::change(&mut tx, &changed).await?;
    if changed.is_basic && access != Access::Browser {
        session_end::end(services, &mut tx, Ending::OfPerson(id), now).await?;
    }
    record(services, &mut tx, administrator, (id, Act::MembershipChanged(role, access))).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a device away, and ends what was signed in with; the owner hears of it.
pub async fn revoke_device(
    services: &Services,
    administrator: &Administrator,
    id: PersonId,
    device_id: DeviceId,
) -> Result<(), PeopleError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let owner = find_looked_after(services, &mut tx, administrator, id).await?;
    let found = device::find(&mut tx, device_id).await?.filter(|device| device.person_id == id);
    let name = found.ok_or(PeopleError::NotFound)?.name;
    if !device::revoke(&mut tx, device_id, id).await? {
        return Ok(());
    }
    session_end::end(services, &mut tx, Ending::OfPerson(id), now).await?;
    record(services, &mut tx, administrator, (id, Act::DeviceRevoked(device_id))).await?;
    warn(services, &mut tx, administrator, (&owner, "device-removed", &name, ObjectionKind::DeviceRemoved))
        .await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(())
}

/// The confirmation code of the phone that waits for it, to be read to the person; they hear of it by mail.
pub async fn issue_confirmation(
    services: &Services,
    administrator: &Administrator,
    id: PersonId,
) -> Result<ConfirmationCode, PeopleError> {
    let mut tx = services.db.write().await?;
    let owner = find_looked_after(services, &mut tx, administrator, id).await?;
    let waiting = activation::find_started(&mut tx, id, services.now()).await?;
    let waiting = waiting.ok_or(PeopleError::NoEnrolmentWaiting)?;
    let code = services.keys.hasher.confirmation_code(waiting.id, &waiting.confirmation_salt);
    record(services, &mut tx, administrator, (id, Act::ConfirmationIssued(waiting.id))).await?;
    let phone = format!("{} {}", waiting.facts.brand, waiting.facts.model);
    tell(services, &mut tx, administrator, (&owner, "confirmation-issued", &phone)).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(code)
}

async fn find_known(
    tx: &mut Tx,
    identifier: Option<&[u8; 32]>,
    email: &str,
) -> Result<Option<PersonId>, Internal> {
    let Some(hash) = identifier else { return Ok(None) };
    let known = person::find_by_identifier(tx, hash).await?;
    let email = email.to_lowercase();
    Ok(known.into_iter().find(|person| person.email.to_lowercase() == email).map(|person| person.id))
}

/// The person, if the sign-in is fresh and the KH user's company is the one that looks after them.
async fn find_looked_after(
    services: &Services,
    tx: &mut Tx,
    administrator: &Administrator,
    id: PersonId,
) -> Result<Person, PeopleError> {
    administrator.check_fresh(services.now())?;
    let place = membership::find_locked(tx, administrator.company.id, id).await?;
    if !place.ok_or(PeopleError::NotFound)?.is_basic {
        return Err(PeopleError::OtherBasicCompany);
    }
    Ok(person::find(tx, id).await?.ok_or(Internal::Missing("person"))?)
}

/// Invites, unless the person was invited too often of late. Call [`Services::outbox_filled`] after the commit.
pub(in crate::flows) async fn send_invitation(
    services: &Services,
    tx: &mut Tx,
    id: PersonId,
    by: Option<PersonId>,
) -> Result<(), PeopleError> {
    for (time, most) in [(Duration::from_hours(1), MOST_PER_HOUR), (Duration::from_hours(24), MOST_PER_DAY)] {
        if invitation::count_since(tx, id, services.now().minus(time)).await? >= most {
            return Err(PeopleError::InvitationsExhausted);
        }
    }
    match invite::invite_in(services, tx, id, by).await {
        Ok(_) => Ok(()),
        Err(InviteError::Internal(internal)) => Err(PeopleError::Internal(internal)),
        Err(InviteError::PersonUnknown | InviteError::NoCompany) => Err(PeopleError::NotFound),
    }
}

async fn record(
    services: &Services,
    tx: &mut Tx,
    administrator: &Administrator,
    (person, act): (PersonId, Act),
) -> Result<(), Internal> {
    let (company, by) = (administrator.company.id, Some(administrator.person.id));
    services
        .record(tx, &AuditEvent::Administered { act, person, company, by: by.into() }, services.now())
        .await
}

/// Mails a person what was shown to the KH user.
async fn tell(
    services: &Services,
    tx: &mut Tx,
    administrator: &Administrator,
    (receiver, key, what): (&Person, &str, &str),
) -> Result<(), Internal> {
    let texts = Texts(receiver.language);
    let mut values = vec![("name", receiver.name.as_str())];
    values.extend(named(administrator, what));
    let subject = texts.fill(&format!("{key}-mail-subject"), &values);
    let body = texts.fill(&format!("{key}-mail-body"), &values);
    let envelope = Envelope::mail(&receiver.email, receiver.id, MessageKind::Notice);
    deliver::queue(services, tx, envelope, (subject, body)).await
}

/// Tells a person by every way what was done to them, and how to object.
async fn warn(
    services: &Services,
    tx: &mut Tx,
    administrator: &Administrator,
    (receiver, key, what, kind): (&Person, &'static str, &str, ObjectionKind),
) -> Result<(), Internal> {
    let values = named(administrator, what);
    let notice = Notice { key, values: &values, kind, offer: Offer::Unexpected, is_by_sms_too: true };
    notice::tell(services, tx, receiver, notice).await
}

fn named<'a>(administrator: &'a Administrator, what: &'a str) -> [(&'static str, &'a str); 3] {
    let Administrator { person, company, .. } = administrator;
    [("administrator", &person.name), ("company", &company.name), ("what", what)]
}
