//! What KH users do: the people of their companies, and nobody else's.
//!
//! 1. `authorize`: the browser's session, and whether its person is a KH user of the company in question.
//! 2. `list` and `look`: who is there, and everything about one of them.
//! 3. `change` and `networks`: adds, invites, corrects, takes away. Each wants a sign-in that is fresh, so that a browser left open cannot be used for it.

mod change;
pub mod networks;
mod typed;

use std::time::Duration;

use super::oidc::{SessionSecret, find_session};
use super::{Internal, Services};
use crate::domain::activation::Enrolment;
use crate::domain::company::Company;
use crate::domain::device::Device;
use crate::domain::ids::{CompanyId, PersonId};
use crate::domain::membership::Membership;
use crate::domain::person::Person;
use crate::domain::session::Session;
use crate::domain::time::Timestamp;
pub use crate::store::audit::Done;
use crate::store::db::Tx;
pub use crate::store::membership::{Listed, Order};
pub use crate::store::outbox::Posted;
use crate::store::{activation, audit, company, device, membership, outbox, person, session};
pub(in crate::flows) use change::send_invitation;
pub use change::{Added, add, change_membership, invite_again, issue_confirmation, revoke_device, set_phone};
pub use typed::NewMember;

/// How long after a sign-in a KH user may change something.
pub const FRESH: Duration = Duration::from_mins(15);
/// How many members a page of the list shows.
pub const PAGE: i64 = 50;
/// How often the use of a session is noted at most.
const TOUCH_PERIOD: Duration = Duration::from_mins(1);
/// How many messages the page of a member shows.
const MESSAGES: i64 = 8;
const LONGEST_SEARCH: usize = 100;
const MOST_PAGES: i64 = 1_000_000;

/// Why something is not shown or not done.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// No session, or one that is over.
    #[error("nobody is signed in")]
    SignInNeeded,
    /// The person manages no company at all.
    #[error("the person is no KH user")]
    NotAdministrator,
    /// No such company or person, or another company's.
    #[error("there is no such company or person for this KH user")]
    NotFound,
    /// The sign-in is too old for a change.
    #[error("the sign-in is not fresh")]
    FreshSignInNeeded,
    /// A KH user cannot change their own role or access.
    #[error("the membership is their own")]
    OwnMembership,
    /// Only a KH user of the person's basic company may do it.
    #[error("another company is the person's basic company")]
    OtherBasicCompany,
    /// Whoever has had a device sets their e-mail address themselves.
    #[error("the e-mail address is the person's own matter")]
    EmailFixed,
    /// The person is a member already.
    #[error("the person is a member already")]
    MemberAlready,
    /// No phone waits for its confirmation code.
    #[error("no phone waits for a confirmation code")]
    NoEnrolmentWaiting,
    /// Too many invitations to one person.
    #[error("the person got too many invitations")]
    InvitationsExhausted,
    /// Too many networks are approved.
    #[error("too many networks are approved")]
    NetworksExhausted,
    /// A field has a value that it cannot have.
    #[error("the field {0} is invalid")]
    FieldInvalid(&'static str),
    /// Our fault.
    #[error("managing people failed")]
    Internal(#[source] Internal),
}

super::from_internal!(PeopleError);

/// A KH user at work for one company. Only [`authorize`] makes one.
pub struct Administrator {
    person: Person,
    company: Company,
    companies: Vec<Company>,
    signed_in_at: Timestamp,
}

impl Administrator {
    /// Who it is.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The company whose people they manage now.
    pub fn company(&self) -> &Company {
        &self.company
    }

    /// Every company whose people they manage.
    pub fn companies(&self) -> &[Company] {
        &self.companies
    }

    /// Whether they may still change something at `now`.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now < self.signed_in_at.plus(FRESH)
    }

    fn check_fresh(&self, now: Timestamp) -> Result<(), PeopleError> {
        self.is_fresh(now).then_some(()).ok_or(PeopleError::FreshSignInNeeded)
    }
}

/// The companies whose people the signed-in person manages.
pub async fn companies(
    services: &Services,
    cookie: Option<&SessionSecret>,
) -> Result<Vec<Company>, PeopleError> {
    let now = services.now();
    let mut tx = services.db.read().await?;
    let found = find_working_session(services, &mut tx, cookie, now).await?;
    let companies = membership::find_administered(&mut tx, found.person_id).await?;
    if companies.is_empty() { Err(PeopleError::NotAdministrator) } else { Ok(companies) }
}

/// Step 1.
pub async fn authorize(
    services: &Services,
    cookie: Option<&SessionSecret>,
    company: CompanyId,
) -> Result<Administrator, PeopleError> {
    let now = services.now();
    let mut tx = services.db.read().await?;
    let found = find_working_session(services, &mut tx, cookie, now).await?;
    let companies = membership::find_administered(&mut tx, found.person_id).await?;
    let company =
        companies.iter().find(|managed| managed.id == company).cloned().ok_or(PeopleError::NotFound)?;
    let person = person::find(&mut tx, found.person_id).await?.ok_or(Internal::Missing("person"))?;
    drop(tx);
    if now >= found.last_seen_at.plus(TOUCH_PERIOD) {
        let mut tx = services.db.write().await?;
        session::touch(&mut tx, found.id, now).await?;
        tx.commit().await?;
    }
    Ok(Administrator { person, company, companies, signed_in_at: found.signed_in_at })
}

/// The session of that cookie, as long as it may be used for other people's data.
async fn find_working_session(
    services: &Services,
    tx: &mut Tx,
    cookie: Option<&SessionSecret>,
    now: Timestamp,
) -> Result<Session, PeopleError> {
    let found = find_session(services, tx, cookie, now).await?.ok_or(PeopleError::SignInNeeded)?;
    found.is_live_for_administration(now).then_some(found).ok_or(PeopleError::FreshSignInNeeded)
}

/// One page of a company's members.
pub struct MemberList {
    /// Who.
    pub members: Vec<Listed>,
    /// How many match the search in all.
    pub total: i64,
    /// Which page, from 1.
    pub page: i64,
    /// How many pages there are, at least 1.
    pub pages: i64,
}

/// Step 2: the members of the company who match the search.
pub async fn list(
    services: &Services,
    administrator: &Administrator,
    search: &str,
    order: Order,
    page: i64,
) -> Result<MemberList, PeopleError> {
    let search: String = search.trim().to_lowercase().chars().take(LONGEST_SEARCH).collect();
    let company = administrator.company.id;
    let mut tx = services.db.read().await?;
    let total = membership::count(&mut tx, company, &search).await?;
    let pages = ((total + PAGE - 1) / PAGE).clamp(1, MOST_PAGES);
    let page = page.clamp(1, pages);
    let members = membership::list(&mut tx, company, &search, order, (PAGE, (page - 1) * PAGE)).await?;
    Ok(MemberList { members, total, page, pages })
}

/// Everything that a KH user sees of a member.
pub struct Member {
    /// Who.
    pub person: Person,
    /// Their place in the company.
    pub place: Membership,
    /// Their devices, the newest first, those of long ago too.
    pub devices: Vec<Device>,
    /// A phone that waits for its confirmation code.
    pub waiting: Option<Enrolment>,
    /// The newest messages to them, without what they say.
    pub messages: Vec<Posted>,
    /// What was done to them for the company, the newest first.
    pub history: Vec<Done>,
    /// The company that they sign in through.
    pub basic_company: Option<Company>,
}

impl Member {
    /// Whether the KH user's company looks after contact data, invitations and devices.
    pub fn is_looked_after(&self) -> bool {
        self.place.is_basic
    }

    /// Whether the e-mail address may still be corrected: once a device was enrolled, it is the person's own matter.
    pub fn may_correct_email(&self) -> bool {
        self.place.is_basic && self.devices.is_empty()
    }
}

/// Step 2: one member.
pub async fn look(
    services: &Services,
    administrator: &Administrator,
    id: PersonId,
) -> Result<Member, PeopleError> {
    let company = administrator.company.id;
    let mut tx = services.db.read().await?;
    let place = membership::find(&mut tx, company, id).await?.ok_or(PeopleError::NotFound)?;
    let person = person::find(&mut tx, id).await?.ok_or(Internal::Missing("person"))?;
    let devices = device::find_of_person(&mut tx, id).await?;
    let waiting = activation::find_started(&mut tx, id, services.now()).await?;
    let messages = outbox::find_of_person(&mut tx, id, MESSAGES).await?;
    let history = audit::find_of_member(&mut tx, id, company).await?;
    let basic_company = find_basic_company(&mut tx, id).await?;
    Ok(Member { person, place, devices, waiting, messages, history, basic_company })
}

async fn find_basic_company(tx: &mut Tx, id: PersonId) -> Result<Option<Company>, Internal> {
    let Some(place) = membership::find_basic(tx, id).await? else { return Ok(None) };
    Ok(company::find(tx, place.company_id).await?)
}
