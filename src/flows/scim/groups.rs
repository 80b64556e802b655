//! Step 3, groups: each company has two, everybody and its KH users.
//!
//! Whoever is added to either belongs to the company; whoever is taken out of the KH users stays in it as a user; whoever is
//! taken out of everybody leaves it.

use super::super::Services;
use super::companies::rename;
use super::users::find;
use super::{Held, Provisioner, ScimError, end_place, send_invitation, write_place};
use crate::domain::ids::PersonId;
use crate::domain::membership::{Access, Membership, Role};
use crate::domain::scim::GroupId;
use crate::domain::scim_path::Condition;
use crate::domain::time::Timestamp;
use crate::flows::invite::{self, NewPlace};
use crate::store::db::Tx;
use crate::store::{device, membership, scim_group};

const ADMINISTRATORS: &str = " (administrators)";

/// A group as the application sees it.
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name: the company's, with a mark when it is the group of the KH users.
    pub name: String,
    /// When the company was added.
    pub created_at: Timestamp,
    /// The application's id for it.
    pub external_id: Option<String>,
    /// Who belongs to it.
    pub members: Vec<PersonId>,
}

/// What becomes of members, in this order.
#[derive(Clone, Debug)]
pub enum MemberWish {
    /// These come in.
    Add(Vec<PersonId>),
    /// These go.
    Remove(Vec<PersonId>),
    /// These, and nobody else.
    Replace(Vec<PersonId>),
}

/// What an application wants a group to be; what it does not mention stays as it is.
#[derive(Clone, Debug, Default)]
pub struct GroupWish {
    /// Its name.
    pub name: Option<String>,
    /// The application's id for it, or none.
    pub external_id: Option<Option<String>>,
    /// Changes of members.
    pub members: Vec<MemberWish>,
}

pub(super) fn shown_name(role: Role, name: &str) -> String {
    let mark = if role == Role::UserAdministrator { ADMINISTRATORS } else { "" };
    format!("{name}{mark}")
}

pub(super) async fn group(
    tx: &mut Tx,
    provisioner: &Provisioner,
    id: GroupId,
    with_members: bool,
) -> Result<Group, ScimError> {
    let found = scim_group::find_company(tx, &provisioner.token, id.company).await?;
    let (company, created_at) = found.ok_or(ScimError::NotFound)?;
    let external_id = scim_group::find_external_id(tx, &provisioner.token.client_id, id).await?;
    let members = if with_members { scim_group::find_members(tx, id).await? } else { Vec::new() };
    Ok(Group { id, name: shown_name(id.role, &company.name), created_at, external_id, members })
}

/// One group.
pub async fn look_at_group(
    services: &Services,
    provisioner: &Provisioner,
    id: GroupId,
) -> Result<Group, ScimError> {
    let mut tx = services.db.read().await?;
    group(&mut tx, provisioner, id, true).await
}

/// The groups that meet all conditions: how many, and up to `most` of them after the first `skipped`.
pub async fn list_groups(
    services: &Services,
    provisioner: &Provisioner,
    conditions: &[Condition],
    (most, skipped): (usize, usize),
    with_members: bool,
) -> Result<(usize, Vec<Group>), ScimError> {
    let mut tx = services.db.read().await?;
    let mut ids = Vec::new();
    for (company, _) in scim_group::find_companies(&mut tx, &provisioner.token).await? {
        for role in Role::ALL {
            let id = GroupId { company: company.id, role };
            if meets_all(&mut tx, provisioner, (id, &company.name), conditions).await? {
                ids.push(id);
            }
        }
    }
    let total = ids.len();
    let mut groups = Vec::new();
    for id in ids.into_iter().skip(skipped).take(most) {
        groups.push(group(&mut tx, provisioner, id, with_members).await?);
    }
    Ok((total, groups))
}

async fn meets_all(
    tx: &mut Tx,
    provisioner: &Provisioner,
    (id, company_name): (GroupId, &str),
    conditions: &[Condition],
) -> Result<bool, ScimError> {
    for Condition { attribute, value } in conditions {
        let is_met = match attribute.as_str() {
            "id" => id.to_string() == *value,
            "displayname" => shown_name(id.role, company_name).to_lowercase() == value.to_lowercase(),
            "externalid" => {
                let known = scim_group::find_external_id(tx, &provisioner.token.client_id, id).await?;
                known.as_ref() == Some(value)
            }
            _ => return Err(ScimError::FilterInvalid),
        };
        if !is_met {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Changes a group as the application wishes.
pub async fn change_group(
    services: &Services,
    provisioner: &Provisioner,
    id: GroupId,
    wish: GroupWish,
) -> Result<Group, ScimError> {
    let mut tx = services.db.write().await?;
    group(&mut tx, provisioner, id, false).await?;
    change_in(services, &mut tx, provisioner, id, wish).await?;
    let group = group(&mut tx, provisioner, id, true).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(group)
}

pub(super) async fn change_in(
    services: &Services,
    tx: &mut Tx,
    provisioner: &Provisioner,
    id: GroupId,
    wish: GroupWish,
) -> Result<(), ScimError> {
    let held = Held::take(tx, [id.company]).await?;
    if let Some(name) = wish.name {
        rename(services, tx, provisioner, id, &name).await?;
    }
    if let Some(external_id) = wish.external_id {
        let client = &provisioner.token.client_id;
        scim_group::set_external_id(tx, client, id, external_id.as_deref()).await?;
    }
    for change in wish.members {
        let (coming, going) = match change {
            MemberWish::Add(coming) => (coming, Vec::new()),
            MemberWish::Remove(going) => (Vec::new(), going),
            MemberWish::Replace(coming) => {
                let present = scim_group::find_members(tx, id).await?;
                let going = present.into_iter().filter(|member| !coming.contains(member)).collect();
                (coming, going)
            }
        };
        for person in coming {
            bring_in(services, tx, provisioner, id, person).await?;
        }
        for person in going {
            take_out(services, tx, provisioner, id, person).await?;
        }
    }
    held.check(tx).await
}

async fn bring_in(
    services: &Services,
    tx: &mut Tx,
    provisioner: &Provisioner,
    id: GroupId,
    person: PersonId,
) -> Result<(), ScimError> {
    if let Some(place) = membership::find_locked(tx, id.company, person).await? {
        if id.role == Role::User || place.role == id.role {
            return Ok(());
        }
        return write_place(services, tx, provisioner, &Membership { role: id.role, ..place }).await;
    }
    // Only people whom the token sees can be brought in.
    let seen = find(tx, provisioner, person).await.map_err(|error| match error {
        ScimError::NotFound => ScimError::FieldInvalid("members"),
        other => other,
    })?;
    let is_basic = membership::find_basic(tx, person).await?.is_none();
    let access = if seen.is_active() { Access::Browser } else { Access::Removed };
    let place = NewPlace { role: id.role, access, is_basic };
    invite::join_in(services, tx, (person, id.company), place, provisioner.actor()).await?;
    if is_basic && access == Access::Browser && device::find_of_person(tx, person).await?.is_empty() {
        send_invitation(services, tx, provisioner, person).await?;
    }
    Ok(())
}

async fn take_out(
    services: &Services,
    tx: &mut Tx,
    provisioner: &Provisioner,
    id: GroupId,
    person: PersonId,
) -> Result<(), ScimError> {
    let Some(place) = membership::find_locked(tx, id.company, person).await? else { return Ok(()) };
    if id.role == Role::User {
        return end_place(services, tx, provisioner, &place).await;
    }
    if place.role != id.role {
        return Ok(());
    }
    write_place(services, tx, provisioner, &Membership { role: Role::User, ..place }).await
}
