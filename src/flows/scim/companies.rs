//! Step 3, companies: a token that is good for all of them also adds, renames and deletes them, through the group of everybody.

use super::super::Services;
use super::groups::{Group, GroupWish, change_in, group, shown_name};
use super::{Provisioner, ScimError};
use crate::domain::audit::{AuditEvent, CompanyChange};
use crate::domain::company::Company;
use crate::domain::ids::CompanyId;
use crate::domain::membership::Role;
use crate::domain::scim::GroupId;
use crate::domain::text::printable;
use crate::store::db::Tx;
use crate::store::{company, scim_group};

const LONGEST_NAME: usize = 100;

/// Adds a company, for a token that is good for all; gives back the group of everybody.
pub async fn add_company(
    services: &Services,
    provisioner: &Provisioner,
    wish: GroupWish,
) -> Result<Group, ScimError> {
    if !provisioner.token.is_for_all {
        return Err(ScimError::Forbidden);
    }
    let now = services.now();
    let name = read_name(wish.name.as_deref().unwrap_or_default())?;
    let added = Company { id: CompanyId::generate(now, services.random.as_ref())?, name };
    let id = GroupId { company: added.id, role: Role::User };
    let mut tx = services.db.write().await?;
    company::insert(&mut tx, &added, now).await?;
    record_company(services, &mut tx, provisioner, (added.id, CompanyChange::Added)).await?;
    change_in(services, &mut tx, provisioner, id, GroupWish { name: None, ..wish }).await?;
    let group = group(&mut tx, provisioner, id, true).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(group)
}

/// Renames a company; the same name again is no change.
pub(super) async fn rename(
    services: &Services,
    tx: &mut Tx,
    provisioner: &Provisioner,
    id: GroupId,
    wished: &str,
) -> Result<(), ScimError> {
    let company = company::find_locked(tx, id.company).await?.ok_or(ScimError::NotFound)?;
    if wished == shown_name(id.role, &company.name) {
        return Ok(());
    }
    if id.role == Role::UserAdministrator {
        return Err(ScimError::AttributeFixed("displayName"));
    }
    if !provisioner.token.is_for_all {
        return Err(ScimError::Forbidden);
    }
    let renamed = Company { name: read_name(wished)?, ..company };
    company::rename(tx, &renamed).await?;
    record_company(services, tx, provisioner, (id.company, CompanyChange::Renamed)).await
}

fn read_name(wished: &str) -> Result<String, ScimError> {
    printable(wished, LONGEST_NAME).ok_or(ScimError::FieldInvalid("displayName"))
}

/// Deletes a company that nobody ever belonged to, for a token that is good for all.
pub async fn delete_company(
    services: &Services,
    provisioner: &Provisioner,
    id: GroupId,
) -> Result<(), ScimError> {
    let mut tx = services.db.write().await?;
    group(&mut tx, provisioner, id, false).await?;
    if !provisioner.token.is_for_all || id.role == Role::UserAdministrator {
        return Err(ScimError::Forbidden);
    }
    for role in Role::ALL {
        let group = GroupId { role, ..id };
        scim_group::set_external_id(&mut tx, &provisioner.token.client_id, group, None).await?;
    }
    if !company::delete(&mut tx, id.company).await? {
        return Err(ScimError::CompanyNotEmpty);
    }
    record_company(services, &mut tx, provisioner, (id.company, CompanyChange::Deleted)).await?;
    tx.commit().await?;
    Ok(())
}

async fn record_company(
    services: &Services,
    tx: &mut Tx,
    provisioner: &Provisioner,
    (company, change): (CompanyId, CompanyChange),
) -> Result<(), ScimError> {
    let client = provisioner.token.client_id.clone();
    let event = AuditEvent::CompanyProvisioned { change, company, client };
    Ok(services.record(tx, &event, services.now()).await?)
}
