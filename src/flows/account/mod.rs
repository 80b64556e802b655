//! What people see and change about themselves.
//!
//! 1. `authorize`: the browser's session, and whose it is.
//! 2. `look` and `take_data`: everything that is stored about them.
//! 3. `email`, `devices`, and here: what they change. What could lock them out or give them away wants a fresh sign-in.

pub mod data;
pub mod devices;
pub mod email;

use std::time::Duration;

use super::devices::find_active;
use super::devices::removal::is_on_probation;
use super::oidc::{SessionSecret, find_session};
use super::people::FRESH;
use super::{Internal, Services, session_end};
use crate::domain::audit::{AuditEvent, OwnAct};
use crate::domain::device::Device;
use crate::domain::email_change::EmailChange;
use crate::domain::ids::SessionId;
use crate::domain::language::Language;
use crate::domain::person::Person;
use crate::domain::resend::SendRefusal;
use crate::domain::session::Session;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
pub use crate::store::membership::Place;
use crate::store::session::Ending;
pub use crate::store::session::{Visit, Voucher};
use crate::store::{email_change, membership, person, remembered_browser, session};

/// How many sign-ins the page shows.
const VISITS: i64 = 30;
/// How often the use of a session is noted at most.
const TOUCH_PERIOD: Duration = Duration::from_mins(1);

/// Why something is not shown or not done.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// No session, or one that is over.
    #[error("nobody is signed in")]
    SignInNeeded,
    /// The sign-in is too old for this.
    #[error("the sign-in is not fresh")]
    FreshSignInNeeded,
    /// The device that approved the sign-in is on probation, and there is another one.
    #[error("the device is on probation")]
    DeviceOnProbation,
    /// No such device or session of theirs.
    #[error("there is no such thing of this person")]
    NotFound,
    /// A field has a value that it cannot have.
    #[error("the field {0} is invalid")]
    FieldInvalid(&'static str),
    /// No new e-mail address waits for its code.
    #[error("no e-mail address waits for its code")]
    EmailChangeMissing,
    /// Too many wrong codes for the new address.
    #[error("too many wrong codes")]
    EmailCodeLocked,
    /// The code is not sent again.
    #[error("the code is not sent again: {0:?}")]
    EmailSendRefused(SendRefusal),
    /// Too many new addresses in a day.
    #[error("too many new addresses in a day")]
    EmailChangesExhausted,
    /// Our fault.
    #[error("the account could not be changed")]
    Internal(#[source] Internal),
}

super::from_internal!(AccountError);

/// Somebody at work on their own account. Only [`authorize`] makes one.
pub struct Owner {
    person: Person,
    session: Session,
}

impl Owner {
    /// Who it is.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The session of the browser that they use now.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Whether they may still do at `now` what wants a fresh sign-in.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now < self.session.signed_in_at.plus(FRESH)
    }

    fn check_fresh(&self, now: Timestamp) -> Result<(), AccountError> {
        self.is_fresh(now).then_some(()).ok_or(AccountError::FreshSignInNeeded)
    }
}

/// Step 1.
pub async fn authorize(services: &Services, cookie: Option<&SessionSecret>) -> Result<Owner, AccountError> {
    let now = services.now();
    let mut tx = services.db.read().await?;
    let session = find_session(services, &mut tx, cookie, now).await?.ok_or(AccountError::SignInNeeded)?;
    let person = person::find(&mut tx, session.person_id).await?.ok_or(Internal::Missing("person"))?;
    drop(tx);
    if now >= session.last_seen_at.plus(TOUCH_PERIOD) {
        let mut tx = services.db.write().await?;
        session::touch(&mut tx, session.id, now).await?;
        tx.commit().await?;
    }
    Ok(Owner { person, session })
}

/// Everything that the page shows.
pub struct Account {
    /// Where they belong, the basic company first.
    pub places: Vec<Place>,
    /// Their devices that can sign in, the newest first.
    pub devices: Vec<Device>,
    /// Their newest sign-ins.
    pub visits: Vec<Visit>,
    /// A new e-mail address that waits for its code.
    pub wanted: Option<EmailChange>,
}

/// Step 2.
pub async fn look(services: &Services, owner: &Owner) -> Result<Account, AccountError> {
    let id = owner.person.id;
    let mut tx = services.db.read().await?;
    let places = membership::find_places(&mut tx, id).await?;
    let devices = find_active(&mut tx, id).await?;
    let visits = session::find_visits(&mut tx, id, VISITS).await?;
    let wanted = email_change::find_open(&mut tx, id).await?;
    Ok(Account { places, devices, visits, wanted: wanted.filter(|change| change.is_live(services.now())) })
}

/// Sets the language in which they are written to.
pub async fn set_language(
    services: &Services,
    owner: &Owner,
    language: Language,
) -> Result<(), AccountError> {
    let mut tx = services.db.write().await?;
    person::set_language(&mut tx, owner.person.id, language).await?;
    record(services, &mut tx, owner, OwnAct::LanguageSet(language)).await?;
    Ok(tx.commit().await?)
}

/// Signs one browser out.
pub async fn end_session(services: &Services, owner: &Owner, id: SessionId) -> Result<(), AccountError> {
    let mut tx = services.db.write().await?;
    let found = session::find(&mut tx, id).await?;
    // One that has ended meanwhile is what was wanted; another person's is none of theirs.
    if found.is_some_and(|session| session.person_id != owner.person.id) {
        return Err(AccountError::NotFound);
    }
    if session_end::end(services, &mut tx, Ending::Session(id), services.now()).await? > 0 {
        record(services, &mut tx, owner, OwnAct::SessionEnded(id)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Signs every browser out, this one too.
pub async fn sign_out_everywhere(services: &Services, owner: &Owner) -> Result<(), AccountError> {
    let mut tx = services.db.write().await?;
    session_end::end(services, &mut tx, Ending::OfPerson(owner.person.id), services.now()).await?;
    remembered_browser::forget(&mut tx, owner.person.id).await?;
    record(services, &mut tx, owner, OwnAct::SignedOutEverywhere).await?;
    Ok(tx.commit().await?)
}

async fn record(services: &Services, tx: &mut Tx, owner: &Owner, act: OwnAct) -> Result<(), Internal> {
    services.record(tx, &AuditEvent::Own { act, person: owner.person.id }, services.now()).await
}

async fn check_probation(services: &Services, tx: &mut Tx, owner: &Owner) -> Result<(), AccountError> {
    let Some(device) = owner.session.device_id() else { return Ok(()) };
    let is_on_probation = is_on_probation(services, tx, owner.person.id, device).await?;
    if is_on_probation { Err(AccountError::DeviceOnProbation) } else { Ok(()) }
}
