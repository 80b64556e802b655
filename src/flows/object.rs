//! "It was not me": undoes what a notice told of, as far as it can be undone, and calls the KH users.

use super::notice::{self, Alarm};
use super::{Internal, Services, session_end};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::{AuditEvent, OwnAct};
use crate::domain::ids::{DeviceId, EmailChangeId};
use crate::domain::objection::{Objection, ObjectionCode, ObjectionKind, ObjectionRefusal};
use crate::domain::person::Person;
use crate::store::db::Tx;
use crate::store::session::Ending;
use crate::store::{
    device, email_change, invitation, known_origin, objection, person, remembered_browser, session,
};

/// Why an objection is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// Not a code of ours.
    #[error("the code is unknown")]
    CodeUnknown,
    /// Too late.
    #[error("the objection is refused: {0:?}")]
    Refused(ObjectionRefusal),
    /// Our fault.
    #[error("objecting failed")]
    Internal(#[source] Internal),
}

super::from_internal!(ObjectError);

/// Objects by the code of a notice: everything that was signed in ends, and what the notice told of is undone.
pub async fn object(services: &Services, typed: &str) -> Result<ObjectionKind, ObjectError> {
    let now = services.now();
    let code = ObjectionCode::parse(typed).ok_or(ObjectError::CodeUnknown)?;
    let hash = services.keys.hasher.hash(HashPurpose::ObjectionCode, code.expose().as_bytes());
    let mut tx = services.db.write().await?;
    let right = objection::find(&mut tx, &hash).await?.ok_or(ObjectError::CodeUnknown)?;
    let kind = right.check(now).map_err(ObjectError::Refused)?;
    if !objection::spend(&mut tx, &hash, now).await? {
        return Err(ObjectError::Refused(ObjectionRefusal::Used));
    }
    if matches!(kind, ObjectionKind::EmailChanged(_)) {
        // A later change may be the thief's own, whose notice would bring the thief's address back.
        objection::spend_later(&mut tx, &hash, &right, now).await?;
    }
    let owner = undo(services, &mut tx, &right).await?;
    session_end::end(services, &mut tx, Ending::OfPerson(owner.id), now).await?;
    remembered_browser::forget(&mut tx, owner.id).await?;
    let event = AuditEvent::Own { act: OwnAct::Objected(kind), person: owner.id };
    services.record(&mut tx, &event, now).await?;
    let what = format!("objection-what-{}", kind.key().replace('_', "-"));
    let alarm = Alarm { key: "objection", what: Some(&what), values: &[] };
    notice::alarm_administrators(services, &mut tx, &owner, alarm).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(kind)
}

/// Gives back the person as they are after it.
async fn undo(services: &Services, tx: &mut Tx, right: &Objection) -> Result<Person, Internal> {
    let mut owner = person::find(tx, right.person_id).await?.ok_or(Internal::Missing("person"))?;
    match right.kind {
        ObjectionKind::DeviceAdded(id) | ObjectionKind::KeyReplaced(id) => {
            remove_device(services, tx, &owner, id).await?;
        }
        ObjectionKind::EmailChanged(id) => restore_email(tx, &mut owner, id).await?,
        ObjectionKind::SignedIn(id) => {
            let device = session::find_device(tx, id).await?.ok_or(Internal::Missing("session"))?;
            remove_device(services, tx, &owner, device).await?;
            known_origin::forget(tx, owner.id).await?;
        }
        ObjectionKind::DeviceRemoved | ObjectionKind::PhoneChanged => {}
    }
    Ok(owner)
}

/// An invitation that is open may be in the same hands.
async fn remove_device(
    services: &Services,
    tx: &mut Tx,
    owner: &Person,
    id: DeviceId,
) -> Result<(), Internal> {
    device::revoke(tx, id, owner.id).await?;
    session_end::end(services, tx, Ending::OfDevice(id), services.now()).await?;
    Ok(invitation::void_open(tx, owner.id).await.map(drop)?)
}

async fn restore_email(tx: &mut Tx, owner: &mut Person, id: EmailChangeId) -> Result<(), Internal> {
    email_change::supersede(tx, owner.id).await?;
    if let Some(email) = email_change::undo(tx, id).await? {
        owner.email = email;
        person::set_contact(tx, owner).await?;
    }
    Ok(())
}
