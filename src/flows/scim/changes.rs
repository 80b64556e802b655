//! Step 3: what an application changes about a user.
//!
//! The e-mail address can be corrected until a phone was enrolled; then it is the person's own matter. The phone number belongs to
//! the basic company. A request that takes access away is never refused for these: whoever leaves must leave.

use super::super::Services;
use super::super::notice::{self, Notice, Offer};
use super::users::{LONGEST_NAME, User, UserWish, find, is_taken, release};
use super::{Held, Provisioner, ScimError, record, send_invitation, write_place};
use crate::domain::audit::Act;
use crate::domain::ids::{CompanyId, PersonId};
use crate::domain::membership::{Access, Membership};
use crate::domain::objection::ObjectionKind;
use crate::domain::person::{Person, PhoneNumber, parse_email};
use crate::domain::text::printable;
use crate::store::db::Tx;
use crate::store::{device, membership, person, scim_user};

/// A change under way.
struct Change<'a> {
    services: &'a Services,
    provisioner: &'a Provisioner,
    before: User,
    /// The person's basic company, where the token is good for it.
    basic: Option<CompanyId>,
    has_had_device: bool,
    is_leaving: bool,
}

/// Changes a user as the application wishes.
pub async fn change_user(
    services: &Services,
    provisioner: &Provisioner,
    id: PersonId,
    wish: UserWish,
) -> Result<User, ScimError> {
    let mut tx = services.db.write().await?;
    let before = find(&mut tx, provisioner, id).await?;
    let held = Held::take(&mut tx, before.places.iter().map(|(place, _)| place.company_id)).await?;
    // Somebody else may have changed the user while the companies were waited for.
    let before = find(&mut tx, provisioner, id).await?;
    let basic = before.places.iter().find(|(place, _)| place.is_basic).map(|(place, _)| place.company_id);
    let has_had_device = !device::find_of_person(&mut tx, id).await?.is_empty();
    let is_leaving = wish.is_active == Some(false);
    let change = Change { services, provisioner, before, basic, has_had_device, is_leaving };
    change.check_company(wish.company)?;
    change.names(&mut tx, &wish).await?;
    let is_readdressed = change.email(&mut tx, wish.email.as_deref()).await?;
    change.phone(&mut tx, &wish).await?;
    change.self_description(&mut tx, &wish).await?;
    let is_let_in = change.access(&mut tx, wish.is_active).await?;
    if basic.is_some() && !has_had_device && !is_leaving && (is_readdressed || is_let_in) {
        send_invitation(services, &mut tx, provisioner, id).await?;
    }
    held.check(&mut tx).await?;
    let after = find(&mut tx, provisioner, id).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(after)
}

impl Change<'_> {
    fn person(&self) -> &Person {
        &self.before.seen.person
    }

    /// The person as the database has them now, within this change.
    async fn current(&self, tx: &mut Tx) -> Result<Person, ScimError> {
        person::find(tx, self.person().id).await?.ok_or(ScimError::NotFound)
    }

    fn refuse(&self, attribute: &'static str) -> Result<(), ScimError> {
        if self.is_leaving { Ok(()) } else { Err(ScimError::AttributeFixed(attribute)) }
    }

    /// A company is joined through its group; here it can only be named again.
    fn check_company(&self, wished: Option<CompanyId>) -> Result<(), ScimError> {
        match wished {
            Some(id) if !self.before.places.iter().any(|(place, _)| place.company_id == id) => {
                self.refuse("company")
            }
            _ => Ok(()),
        }
    }

    async fn names(&self, tx: &mut Tx, wish: &UserWish) -> Result<(), ScimError> {
        let seen = &self.before.seen;
        let name = wish.user_name.as_deref().unwrap_or(seen.shown_name());
        let external_id = wish.external_id.clone().unwrap_or_else(|| seen.external_id.clone());
        let is_new = name != seen.shown_name() || external_id != seen.external_id;
        if !is_new {
            return Ok(());
        }
        if is_taken(tx, self.provisioner, name, Some(seen.person.id)).await? {
            return Err(ScimError::UserTaken);
        }
        let client = &self.provisioner.token.client_id;
        // A name of somebody who left is free again.
        if let Some(other) = scim_user::find_named(tx, client, name).await?
            && other != seen.person.id
        {
            release(tx, client, other).await?;
        }
        let is_put = scim_user::put(tx, client, seen.person.id, (name, external_id.as_deref())).await?;
        is_put.then_some(()).ok_or(ScimError::UserTaken)
    }

    async fn email(&self, tx: &mut Tx, wished: Option<&str>) -> Result<bool, ScimError> {
        let Some(wished) = wished.filter(|wished| *wished != self.person().email) else { return Ok(false) };
        let email = parse_email(wished).ok_or(ScimError::FieldInvalid("emails"))?;
        let Some(basic) = self.basic.filter(|_| !self.has_had_device) else {
            return self.refuse("emails").map(|()| false);
        };
        let addressed = Person { email, ..self.current(tx).await? };
        person::set_contact(tx, &addressed).await?;
        self.record(tx, basic, Act::EmailCorrected).await?;
        Ok(true)
    }

    async fn phone(&self, tx: &mut Tx, wish: &UserWish) -> Result<(), ScimError> {
        let wished = wish.phone.clone();
        let Some(phone) = wished.filter(|wished| *wished != self.person().phone) else { return Ok(()) };
        let Some(basic) = self.basic else { return self.refuse("phoneNumbers") };
        let owner = Person { phone, ..self.current(tx).await? };
        person::set_contact(tx, &owner).await?;
        self.record(tx, basic, Act::PhoneChanged).await?;
        self.tell_of_phone(tx, &owner).await
    }

    /// Name and language follow the basic company; another company's application is not refused for having older ones.
    async fn self_description(&self, tx: &mut Tx, wish: &UserWish) -> Result<(), ScimError> {
        let Some(basic) = self.basic else { return Ok(()) };
        if let Some(wished) = wish.name.as_deref().filter(|wished| *wished != self.person().name) {
            let name = printable(wished, LONGEST_NAME).ok_or(ScimError::FieldInvalid("displayName"))?;
            let named = Person { name, ..self.current(tx).await? };
            person::set_name(tx, &named).await?;
            self.record(tx, basic, Act::NameChanged).await?;
        }
        if let Some(language) = wish.language.filter(|wished| *wished != self.person().language) {
            person::set_language(tx, self.person().id, language).await?;
            self.record(tx, basic, Act::LanguageSet(language)).await?;
        }
        Ok(())
    }

    /// Takes access away or gives it back; `true` when the basic company lets the person in again.
    async fn access(&self, tx: &mut Tx, is_active: Option<bool>) -> Result<bool, ScimError> {
        let Some(is_active) = is_active.filter(|wished| *wished != self.before.is_active()) else {
            return Ok(false);
        };
        let mut is_let_in = false;
        for (place, _) in &self.before.places {
            let locked = membership::find_locked(tx, place.company_id, place.person_id).await?;
            let Some(place) = locked else { continue };
            let access = match (is_active, place.access) {
                (false, _) => Access::Removed,
                (true, Access::Removed) => Access::Browser,
                (true, given) => given,
            };
            if access != place.access {
                let place = Membership { access, ..place };
                write_place(self.services, tx, self.provisioner, &place).await?;
                is_let_in |= is_active && place.is_basic;
            }
        }
        Ok(is_let_in)
    }

    async fn record(&self, tx: &mut Tx, company: CompanyId, act: Act) -> Result<(), ScimError> {
        record(self.services, tx, self.provisioner, (self.person().id, company, act)).await
    }

    /// The person hears by mail and on the old number of a new one, and from which application it came.
    async fn tell_of_phone(&self, tx: &mut Tx, owner: &Person) -> Result<(), ScimError> {
        let shown = owner.phone.as_ref().map_or_else(|| "–".to_owned(), PhoneNumber::masked);
        let company = self.before.company().map(|company| company.name.as_str()).unwrap_or_default();
        let values = [
            ("administrator", self.provisioner.token.client_name.as_str()),
            ("company", company),
            ("what", &shown),
        ];
        let kind = ObjectionKind::PhoneChanged;
        let notice = Notice {
            key: "phone-changed",
            values: &values,
            kind,
            offer: Offer::Unexpected,
            is_by_sms_too: true,
        };
        let told = Person { phone: self.person().phone.clone(), ..owner.clone() };
        Ok(notice::tell(self.services, tx, &told, notice).await?)
    }
}
