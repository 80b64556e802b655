//! The staff of whoever runs the server. They sign in like everybody else, through a company of their own.

use super::{Internal, Services, invite, session_end};
use crate::domain::audit::AuditEvent;
use crate::domain::company::Company;
use crate::domain::ids::{CompanyId, PersonId};
use crate::domain::invitation::ActivationCode;
use crate::domain::membership::{Access, Membership};
use crate::domain::staff::StaffRole;
use crate::flows::invite::{InviteError, NewPerson};
use crate::store::db::Tx;
use crate::store::session::Ending;
pub use crate::store::staff::Member;
use crate::store::{company, membership, settings, staff};

/// The setting that names the staff's company.
const COMPANY: &str = "staff_company";

/// Adds somebody to the staff and invites them; with the first one the staff's company comes into being under that name.
pub async fn add(
    services: &Services,
    new: NewPerson,
    role: StaffRole,
    company_name: &str,
) -> Result<(PersonId, ActivationCode), InviteError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let company = find_or_add_company(services, &mut tx, company_name).await?;
    let person = invite::add_in(services, &mut tx, company, new, None).await?;
    staff::insert(&mut tx, person, role, now).await?;
    services.record(&mut tx, &AuditEvent::StaffAdded { person, role }, now).await?;
    let code = invite::invite_in(services, &mut tx, person, None).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok((person, code))
}

/// Everybody of the staff.
pub async fn list(services: &Services) -> Result<Vec<Member>, Internal> {
    Ok(staff::list(&mut services.db.read().await?).await?)
}

/// Takes somebody off the staff, with their access and everything that they are signed in to; `false` when they were not on it.
pub async fn remove(services: &Services, person: PersonId) -> Result<bool, Internal> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    if !staff::remove(&mut tx, person).await? {
        return Ok(false);
    }
    if let Some(place) = membership::find_basic(&mut tx, person).await? {
        membership::change(&mut tx, &Membership { access: Access::Removed, ..place }).await?;
    }
    session_end::end(services, &mut tx, Ending::OfPerson(person), now).await?;
    services.record(&mut tx, &AuditEvent::StaffRemoved { person }, now).await?;
    tx.commit().await?;
    Ok(true)
}

async fn find_or_add_company(services: &Services, tx: &mut Tx, name: &str) -> Result<CompanyId, Internal> {
    let now = services.now();
    let id = CompanyId::generate(now, services.random.as_ref())?;
    let kept = settings::keep_first(tx, COMPANY, &id.to_string()).await?;
    if kept == id.to_string() {
        company::insert(tx, &Company { id, name: name.to_owned() }, now).await?;
        return Ok(id);
    }
    kept.parse().map_err(|_| Internal::Missing("staff company"))
}
