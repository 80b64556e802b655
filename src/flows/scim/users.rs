//! Step 3, users: a user is a person who belongs to a company of the token.

use super::super::Services;
use super::{Held, Provisioner, ScimError, end_place, send_invitation};
use crate::domain::company::Company;
use crate::domain::ids::{CompanyId, PersonId};
use crate::domain::language::Language;
use crate::domain::membership::{Access, Role};
use crate::domain::person::{PhoneNumber, parse_email};
use crate::domain::scim_path::Condition;
use crate::domain::text::printable;
use crate::flows::invite::{self, NewPerson, NewPlace};
use crate::store::db::Tx;
use crate::store::scim_user::{NamedPlace, Seen};
use crate::store::{device, membership, person, scim_user};

/// The longest full name.
pub(super) const LONGEST_NAME: usize = 100;

/// What an application wants a user to be; what it does not mention stays as it is.
#[derive(Clone, Debug, Default)]
pub struct UserWish {
    /// The application's name for the person.
    pub user_name: Option<String>,
    /// The application's id for the person, or none.
    pub external_id: Option<Option<String>>,
    /// Full name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Phone number, or none.
    pub phone: Option<Option<PhoneNumber>>,
    /// The language they are written to in.
    pub language: Option<Language>,
    /// Whether they may sign in.
    pub is_active: Option<bool>,
    /// The company that they join.
    pub company: Option<CompanyId>,
}

/// A user as the application sees it.
pub struct User {
    /// Who.
    pub seen: Seen,
    /// Their places in the token's companies.
    pub places: Vec<NamedPlace>,
}

impl User {
    /// Whether any of the token's companies lets them in.
    pub fn is_active(&self) -> bool {
        self.places.iter().any(|(place, _)| place.access != Access::Removed)
    }

    /// The phone number, where one of the token's companies is the basic one: it is nobody else's matter.
    pub fn phone(&self) -> Option<&PhoneNumber> {
        let is_looked_after = self.places.iter().any(|(place, _)| place.is_basic);
        self.seen.person.phone.as_ref().filter(|_| is_looked_after)
    }

    /// The company to name: the basic one, else the first.
    pub fn company(&self) -> Option<&Company> {
        let basic = self.places.iter().find(|(place, _)| place.is_basic);
        basic.or(self.places.first()).map(|(_, company)| company)
    }
}

async fn user(tx: &mut Tx, provisioner: &Provisioner, seen: Seen) -> Result<User, ScimError> {
    let places = scim_user::find_places(tx, &provisioner.token, seen.person.id).await?;
    Ok(User { seen, places })
}

/// One user.
pub async fn look_at_user(
    services: &Services,
    provisioner: &Provisioner,
    id: PersonId,
) -> Result<User, ScimError> {
    let mut tx = services.db.read().await?;
    find(&mut tx, provisioner, id).await
}

pub(super) async fn find(tx: &mut Tx, provisioner: &Provisioner, id: PersonId) -> Result<User, ScimError> {
    let seen = scim_user::find(tx, &provisioner.token, id).await?.ok_or(ScimError::NotFound)?;
    user(tx, provisioner, seen).await
}

/// The users who meet all conditions: how many, and up to `most` of them after the first `skipped`.
pub async fn list_users(
    services: &Services,
    provisioner: &Provisioner,
    conditions: &[Condition],
    (most, skipped): (usize, usize),
) -> Result<(usize, Vec<User>), ScimError> {
    let mut tx = services.db.read().await?;
    let (total, page) = if let Some(first) = conditions.first() {
        let mut found = candidates(&mut tx, provisioner, first).await?;
        for condition in conditions {
            check_offered(condition)?;
            found.retain(|seen| meets(seen, condition));
        }
        (found.len(), found.into_iter().skip(skipped).take(most).collect())
    } else {
        let total = scim_user::count(&mut tx, &provisioner.token).await?;
        let turn = (i64::try_from(most).unwrap_or(0), i64::try_from(skipped).unwrap_or(i64::MAX));
        let page = scim_user::list(&mut tx, &provisioner.token, turn).await?;
        (usize::try_from(total).unwrap_or(0), page)
    };
    let mut users = Vec::new();
    for seen in page {
        users.push(user(&mut tx, provisioner, seen).await?);
    }
    Ok((total, users))
}

async fn candidates(
    tx: &mut Tx,
    provisioner: &Provisioner,
    first: &Condition,
) -> Result<Vec<Seen>, ScimError> {
    if first.attribute != "id" {
        return Ok(scim_user::search(tx, &provisioner.token, &first.value).await?);
    }
    let Ok(id) = first.value.parse() else { return Ok(Vec::new()) };
    Ok(scim_user::find(tx, &provisioner.token, id).await?.into_iter().collect())
}

fn check_offered(condition: &Condition) -> Result<(), ScimError> {
    let offered = ["id", "username", "externalid", "emails.value", "emails", "displayname"];
    offered.contains(&condition.attribute.as_str()).then_some(()).ok_or(ScimError::FilterInvalid)
}

fn meets(seen: &Seen, Condition { attribute, value }: &Condition) -> bool {
    let is_alike = |text: &str| text.to_lowercase() == value.to_lowercase();
    match attribute.as_str() {
        "id" => seen.person.id.to_string() == *value,
        "username" => is_alike(seen.shown_name()),
        "externalid" => seen.external_id.as_deref() == Some(value),
        "emails.value" | "emails" => is_alike(&seen.person.email),
        _ => is_alike(&seen.person.name),
    }
}

/// Whether the application, as far as the token sees, calls anybody but `but` so.
pub(super) async fn is_taken(
    tx: &mut Tx,
    provisioner: &Provisioner,
    name: &str,
    but: Option<PersonId>,
) -> Result<bool, ScimError> {
    let folded = name.to_lowercase();
    let found = scim_user::search(tx, &provisioner.token, name).await?;
    let is_other = |seen: &Seen| Some(seen.person.id) != but;
    Ok(found.iter().any(|seen| is_other(seen) && seen.shown_name().to_lowercase() == folded))
}

/// Adds a user and invites them. Whom the application looked after before under the same name and address joins again.
pub async fn add_user(
    services: &Services,
    provisioner: &Provisioner,
    wish: UserWish,
) -> Result<User, ScimError> {
    let company = wish.company.or(provisioner.token.home).ok_or(ScimError::FieldInvalid("company"))?;
    let user_name = wish.user_name.clone().ok_or(ScimError::FieldInvalid("userName"))?;
    let access = if wish.is_active == Some(false) { Access::Removed } else { Access::Browser };
    let new = read_new(&wish, &user_name, access)?;
    let mut tx = services.db.write().await?;
    let visible = crate::store::scim_group::find_company(&mut tx, &provisioner.token, company).await?;
    visible.ok_or(ScimError::FieldInvalid("company"))?;
    Held::take(&mut tx, [company]).await?;
    if is_taken(&mut tx, provisioner, &user_name, None).await?
        || is_member(&mut tx, provisioner, company, &new.email).await?
    {
        return Err(ScimError::UserTaken);
    }
    let client = &provisioner.token.client_id;
    let known = find_known(&mut tx, provisioner, &user_name, &new.email).await?;
    let id = if let Some(known) = known {
        let is_basic = membership::find_basic(&mut tx, known).await?.is_none();
        let place = NewPlace { role: Role::User, access, is_basic };
        invite::join_in(services, &mut tx, (known, company), place, provisioner.actor()).await?;
        known
    } else {
        invite::add_in(services, &mut tx, company, new, provisioner.actor()).await?
    };
    let external_id = wish.external_id.flatten();
    if !scim_user::put(&mut tx, client, id, (&user_name, external_id.as_deref())).await? {
        return Err(ScimError::UserTaken);
    }
    if access == Access::Browser && device::find_of_person(&mut tx, id).await?.is_empty() {
        send_invitation(services, &mut tx, provisioner, id).await?;
    }
    let added = find(&mut tx, provisioner, id).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(added)
}

fn read_new(wish: &UserWish, user_name: &str, access: Access) -> Result<NewPerson, ScimError> {
    let name = wish.name.as_deref().unwrap_or(user_name);
    let email = wish.email.as_deref().unwrap_or(user_name);
    Ok(NewPerson {
        name: printable(name, LONGEST_NAME).ok_or(ScimError::FieldInvalid("displayName"))?,
        email: parse_email(email).ok_or(ScimError::FieldInvalid("emails"))?,
        phone: wish.phone.clone().flatten(),
        language: wish.language.unwrap_or_default(),
        role: Role::User,
        access,
    })
}

/// Whether somebody with that address belongs to the company already, however they came there.
async fn is_member(
    tx: &mut Tx,
    provisioner: &Provisioner,
    company: CompanyId,
    email: &str,
) -> Result<bool, ScimError> {
    let folded = email.to_lowercase();
    for seen in scim_user::search(tx, &provisioner.token, email).await? {
        let is_same = seen.person.email.to_lowercase() == folded;
        if is_same && membership::find(tx, company, seen.person.id).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whom the application called so before; with another address it is somebody else, and the old name is forgotten.
async fn find_known(
    tx: &mut Tx,
    provisioner: &Provisioner,
    user_name: &str,
    email: &str,
) -> Result<Option<PersonId>, ScimError> {
    let client = &provisioner.token.client_id;
    let Some(id) = scim_user::find_named(tx, client, user_name).await? else { return Ok(None) };
    // Another request may have added the user since the name was looked for.
    if scim_user::find(tx, &provisioner.token, id).await?.is_some() {
        return Err(ScimError::UserTaken);
    }
    let known = person::find(tx, id).await?;
    if known.is_some_and(|person| person.email.to_lowercase() == email.to_lowercase()) {
        return Ok(Some(id));
    }
    release(tx, client, id).await?;
    Ok(None)
}

/// Makes the name of somebody who belongs nowhere any longer free for another.
pub(super) async fn release(tx: &mut Tx, client: &str, id: PersonId) -> Result<(), ScimError> {
    if !membership::find_places(tx, id).await?.is_empty() {
        return Err(ScimError::UserTaken);
    }
    Ok(scim_user::forget(tx, client, id).await?)
}

/// Ends a user's memberships in the token's companies. The person stays, for other companies and for the audit log.
pub async fn end_user(services: &Services, provisioner: &Provisioner, id: PersonId) -> Result<(), ScimError> {
    let mut tx = services.db.write().await?;
    let before = find(&mut tx, provisioner, id).await?;
    let held = Held::take(&mut tx, before.places.iter().map(|(place, _)| place.company_id)).await?;
    for (place, _) in before.places {
        if let Some(place) = membership::find_locked(&mut tx, place.company_id, id).await? {
            end_place(services, &mut tx, provisioner, &place).await?;
        }
    }
    held.check(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}
