//! What the support staff do: find somebody's story, explain it, and help, without ever seeing a secret.
//!
//! 1. `authorize`: the browser's session, and whether its person is on the staff.
//! 2. `search`: by whatever a caller says.
//! 3. `look`: everything about one person, device, enrolment, attempt or error.
//! 4. `act`: what helps, each time with a reason; the person is told.

pub mod act;
pub mod look;
pub mod search;
pub mod views;

use std::time::Duration;

use super::oidc::{SessionSecret, find_session};
use super::{Internal, Services};
use crate::domain::person::Person;
use crate::domain::staff::StaffRole;
use crate::domain::time::Timestamp;
use crate::store::{person, session, staff};

/// How long after a sign-in somebody of the staff may act.
pub const FRESH: Duration = Duration::from_mins(15);
/// How often the use of a session is noted at most.
const TOUCH_PERIOD: Duration = Duration::from_mins(1);

/// Why something is not shown or not done.
#[derive(Debug, thiserror::Error)]
pub enum SupportError {
    /// No session, or one that is over.
    #[error("nobody is signed in")]
    SignInNeeded,
    /// The person is not on the staff.
    #[error("the person is not on the staff")]
    NotStaff,
    /// The sign-in is too old: for an action, or for these pages at all.
    #[error("the sign-in is not fresh")]
    FreshSignInNeeded,
    /// The person acted on stands higher, or is the one who acts.
    #[error("the person is on the staff and stands higher")]
    Outranked,
    /// No such person, device, enrolment, attempt or reference.
    #[error("there is no such thing")]
    NotFound,
    /// Too many invitations to one person.
    #[error("the person got too many invitations")]
    InvitationsExhausted,
    /// A field has a value that it cannot have.
    #[error("the field {0} is invalid")]
    FieldInvalid(&'static str),
    /// Our fault.
    #[error("supporting failed")]
    Internal(#[source] Internal),
}

super::from_internal!(SupportError);

/// Somebody of the staff at work. Only [`authorize`] makes one.
pub struct Supporter {
    person: Person,
    role: StaffRole,
    signed_in_at: Timestamp,
}

impl Supporter {
    /// Who it is.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// What they may do.
    pub fn role(&self) -> StaffRole {
        self.role
    }

    /// Whether they may still act at `now`.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now < self.signed_in_at.plus(FRESH)
    }

    /// Refuses an action when the sign-in is too old for it.
    pub fn check_fresh(&self, now: Timestamp) -> Result<(), SupportError> {
        self.is_fresh(now).then_some(()).ok_or(SupportError::FreshSignInNeeded)
    }
}

/// Step 1.
pub async fn authorize(
    services: &Services,
    cookie: Option<&SessionSecret>,
) -> Result<Supporter, SupportError> {
    let now = services.now();
    let mut tx = services.db.read().await?;
    let found = find_session(services, &mut tx, cookie, now).await?.ok_or(SupportError::SignInNeeded)?;
    let role = staff::find_role(&mut tx, found.person_id).await?.ok_or(SupportError::NotStaff)?;
    if !found.is_live_for_administration(now) {
        return Err(SupportError::FreshSignInNeeded);
    }
    let person = person::find(&mut tx, found.person_id).await?.ok_or(Internal::Missing("person"))?;
    drop(tx);
    if now >= found.last_seen_at.plus(TOUCH_PERIOD) {
        let mut tx = services.db.write().await?;
        session::touch(&mut tx, found.id, now).await?;
        tx.commit().await?;
    }
    Ok(Supporter { person, role, signed_in_at: found.signed_in_at })
}
