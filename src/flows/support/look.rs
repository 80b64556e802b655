//! Step 3: what is known of a person, a device, an enrolment, an attempt, or an error.

use super::SupportError;
use crate::domain::activation::Enrolment;
use crate::domain::company::Company;
use crate::domain::device::Device;
use crate::domain::error_reference::ErrorReference;
use crate::domain::ids::{DeviceId, EnrolmentId, LoginAttemptId, PersonId, SessionId};
use crate::domain::membership::Membership;
use crate::domain::person::Person;
use crate::domain::push::PushProvider;
use crate::domain::staff::StaffRole;
use crate::domain::time::Timestamp;
use crate::flows::{Internal, Services, errors};
use crate::store::db::Tx;
pub use crate::store::error_event::ErrorEvent;
pub use crate::store::login::Facts as AttemptFacts;
pub use crate::store::membership::Place;
pub use crate::store::outbox::Posted;
pub use crate::store::session::Visit;
pub use crate::store::story::{Event, Invited};
use crate::store::{
    activation, company, device, error_event, login, membership, outbox, person, session, staff, story,
};

/// How many events a page of a person shows.
pub const EVENTS: i64 = 200;
const LETTERS: i64 = 10;
const VISITS: i64 = 200;

/// A person, and everything around them.
pub struct PersonStory {
    /// Who.
    pub person: Person,
    /// Since when they are blocked.
    pub blocked_at: Option<Timestamp>,
    /// Their standing, when they are on the staff.
    pub role: Option<StaffRole>,
    /// Where they belong, the basic company first.
    pub places: Vec<Place>,
    /// Their devices, the newest first.
    pub devices: Vec<Device>,
    /// Their invitations, the newest first.
    pub invitations: Vec<Invited>,
    /// What happened, the newest first.
    pub events: Vec<Event>,
    /// Errors that they were told of, the newest first.
    pub errors: Vec<ErrorEvent>,
    /// The newest messages to them, without what they say.
    pub letters: Vec<Posted>,
    /// Whether something is signed in.
    pub is_signed_in: bool,
}

/// A person, with what happened until then.
pub async fn person(
    services: &Services,
    id: PersonId,
    until: Option<Timestamp>,
) -> Result<PersonStory, SupportError> {
    errors::write(services).await?;
    let now = services.now();
    let until = until.unwrap_or(now);
    let mut tx = services.db.read().await?;
    let found = person::find(&mut tx, id).await?.ok_or(SupportError::NotFound)?;
    let visits = session::find_visits(&mut tx, id, VISITS).await?;
    Ok(PersonStory {
        blocked_at: person::find_block(&mut tx, id).await?,
        role: staff::find_role(&mut tx, id).await?,
        places: membership::find_places(&mut tx, id).await?,
        devices: device::find_of_person(&mut tx, id).await?,
        invitations: story::find_invitations(&mut tx, id).await?,
        events: story::find_of_person(&mut tx, id, until, EVENTS).await?,
        errors: error_event::find_of_person(&mut tx, id, until, EVENTS).await?,
        letters: outbox::find_of_person(&mut tx, id, LETTERS).await?,
        is_signed_in: visits.iter().any(|visit| visit.is_live(now)),
        person: found,
    })
}

/// Whose something is.
pub struct Owner {
    /// Who.
    pub person: Person,
    /// Their place in the company that they sign in through, and the company.
    pub home: Option<(Membership, Company)>,
    /// Since when they are blocked.
    pub blocked_at: Option<Timestamp>,
}

/// A device, and everything around it.
pub struct DeviceStory {
    /// The device.
    pub device: Device,
    /// Its owner.
    pub owner: Owner,
    /// By whom it can be pushed to, and since when.
    pub push: Option<(PushProvider, Timestamp)>,
    /// The sign-ins that it approved, the newest first.
    pub visits: Vec<Visit>,
    /// What happened with it, the newest first.
    pub events: Vec<Event>,
}

/// A device.
pub async fn device(services: &Services, id: DeviceId) -> Result<DeviceStory, SupportError> {
    let mut tx = services.db.read().await?;
    let found = device::find(&mut tx, id).await?.ok_or(SupportError::NotFound)?;
    let owner = find_owner(&mut tx, found.person_id).await?;
    let mut visits = session::find_visits(&mut tx, owner.person.id, VISITS).await?;
    visits.retain(|visit| visit.voucher.device_id() == Some(id));
    let push = device::find_push(&mut tx, id).await?;
    Ok(DeviceStory {
        push: push.map(|push| (push.provider, push.set_at)),
        visits,
        events: story::find_of_device(&mut tx, owner.person.id, id).await?,
        device: found,
        owner,
    })
}

/// An enrolment, and every step of it.
pub struct EnrolmentStory {
    /// The enrolment.
    pub enrolment: Enrolment,
    /// Its person.
    pub owner: Owner,
    /// The invitation whose code began it.
    pub invited: Option<Invited>,
    /// What happened, in its order.
    pub events: Vec<Event>,
    /// The messages of its time, in their order.
    pub letters: Vec<Posted>,
    /// Errors that the phone was told of, the newest first.
    pub errors: Vec<ErrorEvent>,
}

/// An enrolment.
pub async fn enrolment(services: &Services, id: EnrolmentId) -> Result<EnrolmentStory, SupportError> {
    errors::write(services).await?;
    let mut tx = services.db.read().await?;
    let (found, _) = activation::find(&mut tx, id).await?.ok_or(SupportError::NotFound)?;
    let owner = find_owner(&mut tx, found.person_id).await?;
    let invitations = story::find_invitations(&mut tx, found.person_id).await?;
    let invited = invitations.into_iter().find(|invited| invited.invitation.id == found.invitation_id);
    let from = invited.as_ref().map_or(found.expires_at, |invited| invited.sent_at);
    Ok(EnrolmentStory {
        events: story::find_of_enrolment(&mut tx, id).await?,
        letters: story::find_letters_between(&mut tx, found.person_id, (from, found.expires_at)).await?,
        errors: error_event::find_of_enrolment(&mut tx, id).await?,
        enrolment: found,
        owner,
        invited,
    })
}

/// A login attempt, and every step of it.
pub struct AttemptStory {
    /// The attempt.
    pub id: LoginAttemptId,
    /// What is kept of it; a day after one that failed, nothing is, and the events tell the story.
    pub facts: Option<AttemptFacts>,
    /// Whose it is; nobody's when no phone scanned it.
    pub owner: Option<Owner>,
    /// The device that owns it.
    pub device: Option<Device>,
    /// What happened, in its order.
    pub events: Vec<Event>,
    /// What happened in its session afterwards.
    pub later: Vec<Event>,
    /// The messages of it, in their order.
    pub letters: Vec<Posted>,
    /// Errors that were told, the newest first.
    pub errors: Vec<ErrorEvent>,
}

/// A login attempt.
pub async fn attempt(services: &Services, id: LoginAttemptId) -> Result<AttemptStory, SupportError> {
    errors::write(services).await?;
    let mut tx = services.db.read().await?;
    let facts = login::find_facts(&mut tx, id).await?;
    let events = story::find_of_attempt(&mut tx, id).await?;
    let first = events.first().ok_or(SupportError::NotFound)?.at;
    let of_event = |read: fn(&Event) -> Option<&String>| events.iter().rev().find_map(read).cloned();
    let scanned = events.iter().find(|event| event.event == "attempt.scanned");
    let person = of_event(|event| event.person_id.as_ref()).and_then(|id| id.parse::<PersonId>().ok());
    let device_id = scanned.and_then(|event| event.device_id.as_ref()).and_then(|id| id.parse().ok());
    let session = of_event(|event| event.session_id.as_ref()).and_then(|id| id.parse::<SessionId>().ok());
    let owner = match person {
        Some(person) => Some(find_owner(&mut tx, person).await?),
        None => None,
    };
    let device = match device_id {
        Some(id) => device::find(&mut tx, id).await?,
        None => None,
    };
    let later = match (person, session) {
        (Some(person), Some(session)) => {
            story::find_of_session(&mut tx, person, Timestamp::from_millis(first), session).await?
        }
        _ => Vec::new(),
    };
    Ok(AttemptStory {
        id,
        facts,
        owner,
        device,
        letters: story::find_letters_of_attempt(&mut tx, id).await?,
        errors: error_event::find_of_attempt(&mut tx, id).await?,
        events,
        later,
    })
}

/// An error that somebody was told of.
pub struct ErrorStory {
    /// The error.
    pub error: ErrorEvent,
    /// Whose it is.
    pub owner: Option<Owner>,
}

/// An error, by what the caller reads aloud.
pub async fn error(services: &Services, reference: ErrorReference) -> Result<ErrorStory, SupportError> {
    errors::write(services).await?;
    let mut tx = services.db.read().await?;
    let error = error_event::find(&mut tx, reference).await?.ok_or(SupportError::NotFound)?;
    let owner = match error.person {
        Some(person) => Some(find_owner(&mut tx, person).await?),
        None => None,
    };
    Ok(ErrorStory { error, owner })
}

async fn find_owner(tx: &mut Tx, id: PersonId) -> Result<Owner, Internal> {
    let person = person::find(tx, id).await?.ok_or(Internal::Missing("person"))?;
    let blocked_at = person::find_block(tx, id).await?;
    let Some(place) = membership::find_basic(tx, id).await? else {
        return Ok(Owner { person, home: None, blocked_at });
    };
    let company = company::find(tx, place.company_id).await?.ok_or(Internal::Missing("company"))?;
    Ok(Owner { person, home: Some((place, company)), blocked_at })
}
