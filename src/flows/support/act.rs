//! Step 4: what the support staff does to a person. The change, its audit row with the reason, and what the person is told commit
//! together. Nothing here reads or sets a code, a key, an e-mail address or a phone number.

use super::{SupportError, Supporter};
use crate::domain::audit::{AuditEvent, SupportAct};
use crate::domain::ids::{DeviceId, PersonId};
use crate::domain::person::Person;
use crate::domain::text::printable;
use crate::flows::people::{self, PeopleError};
use crate::flows::{Internal, Services, notice, session_end};
use crate::store::db::Tx;
use crate::store::session::Ending;
use crate::store::{device, invitation, person, remembered_browser, staff};
use crate::texts::Texts;

const LONGEST_REASON: usize = 500;

/// What is to be done.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Takes a device away, and ends what was signed in.
    RevokeDevice(DeviceId),
    /// Keeps the person from signing in, and ends what was signed in.
    Block,
    /// Lets the person sign in again.
    Unblock,
    /// Voids the invitations whose code nobody has used up.
    CancelInvitation,
    /// Sends a new invitation; older ones are void.
    Resend,
    /// Signs the person out everywhere.
    EndSessions,
}

/// Does it. What is done already stays as it is, and nobody is told again.
pub async fn act(
    services: &Services,
    supporter: &Supporter,
    (id, action): (PersonId, Action),
    reason: &str,
) -> Result<(), SupportError> {
    supporter.check_fresh(services.now())?;
    let reason = printable(reason, LONGEST_REASON).ok_or(SupportError::FieldInvalid("reason"))?;
    let mut tx = services.db.write().await?;
    let receiver = person::find(&mut tx, id).await?.ok_or(SupportError::NotFound)?;
    let standing = staff::find_role(&mut tx, id).await?;
    if id == supporter.person.id || !supporter.role.may_act_on(standing) {
        return Err(SupportError::Outranked);
    }
    let Some((act, told)) = perform(services, &mut tx, supporter, (&receiver, action)).await? else {
        return Ok(());
    };
    let by = supporter.person.id;
    let event = AuditEvent::Supported { act, person: id, by, reason: reason.clone() };
    services.record(&mut tx, &event, services.now()).await?;
    if let Some(told) = told {
        let values = [("what", told.as_str()), ("reason", &reason)];
        notice::tell_plainly(services, &mut tx, &receiver, ("support-notice", &values)).await?;
    }
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(())
}

/// What was done, and the sentence that tells the person; `None` when there was nothing to do.
type Done = Option<(SupportAct, Option<String>)>;

async fn perform(
    services: &Services,
    tx: &mut Tx,
    supporter: &Supporter,
    (receiver, action): (&Person, Action),
) -> Result<Done, SupportError> {
    let (id, now, texts) = (receiver.id, services.now(), Texts(receiver.language));
    Ok(match action {
        Action::RevokeDevice(device) => {
            let found = device::find(tx, device).await?.filter(|found| found.person_id == id);
            let name = found.ok_or(SupportError::NotFound)?.name;
            if !device::revoke(tx, device, id).await? {
                return Ok(None);
            }
            end_everything(services, tx, id).await?;
            let told = texts.with("support-told-device-revoked", "device", &name);
            Some((SupportAct::DeviceRevoked(device), Some(told)))
        }
        Action::Block => {
            if !person::block(tx, id, now).await? {
                return Ok(None);
            }
            end_everything(services, tx, id).await?;
            Some((SupportAct::Blocked, Some(texts.get("support-told-blocked"))))
        }
        Action::Unblock => person::unblock(tx, id)
            .await?
            .then(|| (SupportAct::Unblocked, Some(texts.get("support-told-unblocked")))),
        Action::CancelInvitation => (invitation::void_open(tx, id).await? > 0)
            .then(|| (SupportAct::InvitationCancelled, Some(texts.get("support-told-invitation-cancelled")))),
        Action::Resend => {
            people::send_invitation(services, tx, id, Some(supporter.person.id)).await?;
            Some((SupportAct::InvitationResent, None))
        }
        Action::EndSessions => {
            end_everything(services, tx, id).await?;
            Some((SupportAct::SessionsEnded, Some(texts.get("support-told-sessions-ended"))))
        }
    })
}

async fn end_everything(services: &Services, tx: &mut Tx, id: PersonId) -> Result<(), Internal> {
    session_end::end(services, tx, Ending::OfPerson(id), services.now()).await?;
    remembered_browser::forget(tx, id).await?;
    Ok(())
}

impl From<PeopleError> for SupportError {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Internal(internal) => Self::Internal(internal),
            PeopleError::InvitationsExhausted => Self::InvitationsExhausted,
            _ => Self::NotFound,
        }
    }
}
