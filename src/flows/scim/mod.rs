//! Provisioning: a web application looks after the people of companies, in the words of SCIM 2.0.
//!
//! 1. `tokens`: the operator gives the application a token for certain companies, or for all.
//! 2. [`authorize`]: whoever holds the token may see and change the people of these companies, and nobody else's.
//! 3. `users` and `groups`: people, companies and roles. Each change, its audit row and the mails that it causes commit together.
//!
//! Every change takes its companies first, in the order of their ids, so that two changes never wait for each other in a
//! circle, and the last KH user of a company cannot be removed by two of them at once.

mod changes;
mod companies;
mod groups;
mod tokens;
mod users;

use std::time::Duration;

use super::{Internal, Services, session_end};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::{Act, Actor, AuditEvent};
use crate::domain::ids::{CompanyId, PersonId};
use crate::domain::membership::Membership;
use crate::domain::scim::ScimToken;
use crate::domain::secret::Secret;
use crate::flows::invite::{self, InviteError};
use crate::store::db::Tx;
pub use crate::store::scim_user::Seen;
use crate::store::session::Ending;
use crate::store::{company, invitation, membership, scim_token};
pub use changes::change_user;
pub use companies::{add_company, delete_company};
pub use groups::{Group, GroupWish, MemberWish, change_group, list_groups, look_at_group};
pub use tokens::{NewToken, TokenError, add_token, list_tokens, revoke_token};
pub use users::{User, UserWish, add_user, end_user, list_users, look_at_user};

/// How often the use of a token is noted at most.
const TOUCH_PERIOD: Duration = Duration::from_mins(1);

/// Why something is not shown or not done.
#[derive(Debug, thiserror::Error)]
pub enum ScimError {
    /// No token, or not a valid one.
    #[error("the token is not accepted")]
    TokenInvalid,
    /// No such user or group, or not for this token.
    #[error("there is no such user or group for this token")]
    NotFound,
    /// The filter asks for more than is offered.
    #[error("the filter is not offered")]
    FilterInvalid,
    /// The application calls somebody else so, or the person is a member already.
    #[error("there is such a user already")]
    UserTaken,
    /// The application may not change this attribute.
    #[error("the attribute {0} is not for the application to change")]
    AttributeFixed(&'static str),
    /// An attribute has a value that it cannot have.
    #[error("the attribute {0} is invalid")]
    FieldInvalid(&'static str),
    /// The company would be left without a KH user.
    #[error("the company would be left without a KH user")]
    LastAdministrator,
    /// The company has people, or had some.
    #[error("the company is not empty")]
    CompanyNotEmpty,
    /// The token is not good for it.
    #[error("the token does not allow it")]
    Forbidden,
    /// Our fault.
    #[error("provisioning failed")]
    Internal(#[source] Internal),
}

super::from_internal!(ScimError);

/// A web application at work. Only [`authorize`] makes one.
pub struct Provisioner {
    token: ScimToken,
}

impl Provisioner {
    fn actor(&self) -> Actor {
        Actor::Client(self.token.client_id.clone())
    }
}

/// Step 2.
pub async fn authorize(services: &Services, bearer: &Secret<String>) -> Result<Provisioner, ScimError> {
    let now = services.now();
    let hash = services.keys.hasher.hash(HashPurpose::ScimToken, bearer.expose().as_bytes());
    let mut tx = services.db.read().await?;
    let token = scim_token::find_by_hash(&mut tx, &hash).await?.ok_or(ScimError::TokenInvalid)?;
    drop(tx);
    if token.last_used_at.is_none_or(|used| now >= used.plus(TOUCH_PERIOD)) {
        let mut tx = services.db.write().await?;
        scim_token::touch(&mut tx, token.id, now).await?;
        tx.commit().await?;
    }
    Ok(Provisioner { token })
}

/// The companies that a change touches, held until it ends, each with how many KH users it had.
struct Held(Vec<(CompanyId, usize)>);

impl Held {
    /// Takes the companies in the order of their ids.
    async fn take(tx: &mut Tx, companies: impl IntoIterator<Item = CompanyId>) -> Result<Self, ScimError> {
        let mut ids: Vec<CompanyId> = companies.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut held = Vec::new();
        for id in ids {
            company::find_locked(tx, id).await?.ok_or(ScimError::NotFound)?;
            held.push((id, membership::find_administrators(tx, id).await?.len()));
        }
        Ok(Self(held))
    }

    /// Refuses a change that leaves a company without the KH users that it had.
    async fn check(&self, tx: &mut Tx) -> Result<(), ScimError> {
        for (id, before) in &self.0 {
            if *before > 0 && membership::find_administrators(tx, *id).await?.is_empty() {
                return Err(ScimError::LastAdministrator);
            }
        }
        Ok(())
    }
}

/// Writes what a member may do, and signs out whoever may no longer use browsers.
async fn write_place(
    services: &Services,
    tx: &mut Tx,
    provisioner: &Provisioner,
    place: &Membership,
) -> Result<(), ScimError> {
    membership::change(tx, place).await?;
    if place.is_basic && place.access != crate::domain::membership::Access::Browser {
        session_end::end(services, tx, Ending::OfPerson(place.person_id), services.now()).await?;
    }
    let act = Act::MembershipChanged(place.role, place.access);
    record(services, tx, provisioner, (place.person_id, place.company_id, act)).await
}

/// Ends a membership; through the basic company the person can no longer sign in or activate a phone.
async fn end_place(
    services: &Services,
    tx: &mut Tx,
    provisioner: &Provisioner,
    place: &Membership,
) -> Result<(), ScimError> {
    membership::delete(tx, place.id).await?;
    if place.is_basic {
        invitation::void_open(tx, place.person_id).await?;
        session_end::end(services, tx, Ending::OfPerson(place.person_id), services.now()).await?;
    }
    record(services, tx, provisioner, (place.person_id, place.company_id, Act::Ended)).await
}

async fn send_invitation(
    services: &Services,
    tx: &mut Tx,
    provisioner: &Provisioner,
    id: PersonId,
) -> Result<(), ScimError> {
    match invite::invite_in(services, tx, id, provisioner.actor()).await {
        Ok(_) => Ok(()),
        Err(InviteError::Internal(internal)) => Err(ScimError::Internal(internal)),
        Err(InviteError::PersonUnknown | InviteError::NoCompany) => Err(ScimError::NotFound),
    }
}

async fn record(
    services: &Services,
    tx: &mut Tx,
    provisioner: &Provisioner,
    (person, company, act): (PersonId, CompanyId, Act),
) -> Result<(), ScimError> {
    let event = AuditEvent::Administered { act, person, company, by: provisioner.actor() };
    Ok(services.record(tx, &event, services.now()).await?)
}
