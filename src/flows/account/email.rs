//! Step 3: a new e-mail address. It is theirs once the code that was sent to it comes back; the old address is told.

use super::super::notice::{self, Notice, Offer};
use super::super::{Internal, Services, deliver};
use super::{AccountError, Owner, check_probation, record};
use crate::crypto::code_hash::is_same;
use crate::domain::activation::ConfirmationCode;
use crate::domain::audit::OwnAct;
use crate::domain::email_change::{CHANGES_PER_DAY, DAY, EmailChange};
use crate::domain::ids::EmailChangeId;
use crate::domain::message::{Envelope, MessageKind};
use crate::domain::objection::ObjectionKind;
use crate::domain::person::{Person, parse_email};
use crate::domain::random::bytes;
use crate::domain::resend::{SendRefusal, check_send};
use crate::store::db::Tx;
use crate::store::{email_change, person};
use crate::texts::Texts;

/// What comes of typed digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// The new address is theirs.
    Changed,
    /// The digits are wrong.
    Wrong,
    /// They are not six digits; no try is counted.
    Malformed,
}

/// Sends a code to the new address; an address that waited before is given up.
pub async fn ask(services: &Services, owner: &Owner, typed: &str) -> Result<(), AccountError> {
    let now = services.now();
    owner.check_fresh(now)?;
    let email = parse_email(typed).ok_or(AccountError::FieldInvalid("email"))?;
    if email.to_lowercase() == owner.person.email.to_lowercase() {
        return Err(AccountError::FieldInvalid("email"));
    }
    let mut tx = services.db.write().await?;
    check_probation(services, &mut tx, owner).await?;
    if email_change::count_since(&mut tx, owner.person.id, now.minus(DAY)).await? >= CHANGES_PER_DAY {
        return Err(AccountError::EmailChangesExhausted);
    }
    let change = EmailChange {
        id: EmailChangeId::generate(now, services.random.as_ref())?,
        person_id: owner.person.id,
        email,
        salt: bytes(services.random.as_ref())?,
        wrong_codes: 0,
        sends: 1,
        last_sent_at: now,
        created_at: now,
    };
    email_change::supersede(&mut tx, owner.person.id).await?;
    email_change::insert(&mut tx, &change).await?;
    record(services, &mut tx, owner, OwnAct::EmailAsked(change.id)).await?;
    send(services, tx, owner, &change).await
}

/// Sends the same digits again.
pub async fn send_again(services: &Services, owner: &Owner) -> Result<(), AccountError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let change = find_live(services, &mut tx, owner).await?;
    check_send(change.sends, change.last_sent_at, now).map_err(AccountError::EmailSendRefused)?;
    if !email_change::count_send(&mut tx, change.id, change.sends, now).await? {
        return Err(AccountError::EmailSendRefused(SendRefusal::TooSoon));
    }
    send(services, tx, owner, &change).await
}

/// Gives the new address up.
pub async fn give_up(services: &Services, owner: &Owner) -> Result<(), AccountError> {
    let mut tx = services.db.write().await?;
    email_change::supersede(&mut tx, owner.person.id).await?;
    Ok(tx.commit().await?)
}

/// Compares typed digits with the code. The try is counted and committed first, so that no race and no crash gives one more.
pub async fn check(services: &Services, owner: &Owner, typed: &str) -> Result<Checked, AccountError> {
    owner.check_fresh(services.now())?;
    let Some(typed) = ConfirmationCode::parse(typed) else { return Ok(Checked::Malformed) };
    let change = spend_try(services, owner).await?;
    let code = services.keys.hasher.email_code(change.id, &change.salt);
    if is_same(code.expose().as_bytes(), typed.expose().as_bytes()) {
        return finish(services, owner, &change).await;
    }
    let mut tx = services.db.write().await?;
    record(services, &mut tx, owner, OwnAct::EmailCodeWrong(change.id, change.wrong_codes)).await?;
    let is_over = change.tries_left() <= 0;
    if is_over {
        email_change::supersede(&mut tx, owner.person.id).await?;
    }
    tx.commit().await?;
    if is_over { Err(AccountError::EmailCodeLocked) } else { Ok(Checked::Wrong) }
}

async fn finish(services: &Services, owner: &Owner, change: &EmailChange) -> Result<Checked, AccountError> {
    let mut tx = services.db.write().await?;
    let before = person::find(&mut tx, owner.person.id).await?.ok_or(Internal::Missing("person"))?;
    if !email_change::finish(&mut tx, change.id, &before.email).await? {
        return Err(AccountError::EmailChangeMissing);
    }
    let after = Person { email: change.email.clone(), ..before.clone() };
    person::set_contact(&mut tx, &after).await?;
    record(services, &mut tx, owner, OwnAct::EmailChanged(change.id)).await?;
    let shown = after.masked_email();
    let values = [("email", shown.as_str())];
    let kind = ObjectionKind::EmailChanged(change.id);
    let notice =
        Notice { key: "email-changed", values: &values, kind, offer: Offer::NotMe, is_by_sms_too: true };
    notice::tell(services, &mut tx, &before, notice).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(Checked::Changed)
}

/// Gives back the wish as it stands after the try.
async fn spend_try(services: &Services, owner: &Owner) -> Result<EmailChange, AccountError> {
    let mut tx = services.db.write().await?;
    let mut change = find_live(services, &mut tx, owner).await?;
    if !email_change::spend_try(&mut tx, change.id).await? {
        return Err(AccountError::EmailCodeLocked);
    }
    change.wrong_codes += 1;
    tx.commit().await?;
    Ok(change)
}

async fn find_live(services: &Services, tx: &mut Tx, owner: &Owner) -> Result<EmailChange, AccountError> {
    let found = email_change::find_open_locked(tx, owner.person.id).await?;
    found.filter(|change| change.is_live(services.now())).ok_or(AccountError::EmailChangeMissing)
}

async fn send(
    services: &Services,
    mut tx: Tx,
    owner: &Owner,
    change: &EmailChange,
) -> Result<(), AccountError> {
    let code = services.keys.hasher.email_code(change.id, &change.salt);
    let texts = Texts(owner.person.language);
    let values = [("name", owner.person.name.as_str()), ("code", code.expose())];
    let contents = (texts.get("email-code-mail-subject"), texts.fill("email-code-mail-body", &values));
    let envelope = Envelope::mail(&change.email, owner.person.id, MessageKind::EmailCode);
    deliver::queue(services, &mut tx, envelope, contents).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(())
}
