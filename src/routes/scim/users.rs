//! `/scim/v2/Users`: people who belong to a company of the token.

use serde_json::{Map, Value, json};

use super::super::Problem;
use super::query::Query;
use super::resource::Resource;
use super::{meta, wish};
use crate::domain::ids::PersonId;
use crate::domain::membership::Role;
use crate::domain::scim::GroupId;
use crate::domain::scim_path::{EXTENSION, USER};
use crate::flows::Services;
use crate::flows::scim::{self, Provisioner, ScimError, User, UserWish};

impl Resource for User {
    type Id = PersonId;
    type Wish = UserWish;

    fn read(body: &[u8]) -> Result<UserWish, Problem> {
        wish::user(body)
    }

    fn read_change(body: &[u8]) -> Result<UserWish, Problem> {
        wish::user_change(body)
    }

    fn show(&self, issuer: &str) -> Value {
        resource(issuer, self)
    }

    async fn list(
        services: &Services,
        by: &Provisioner,
        query: &Query,
    ) -> Result<(usize, Vec<Self>), ScimError> {
        scim::list_users(services, by, &query.conditions, query.turn).await
    }

    async fn look(services: &Services, by: &Provisioner, id: PersonId) -> Result<Self, ScimError> {
        scim::look_at_user(services, by, id).await
    }

    async fn add(services: &Services, by: &Provisioner, wish: UserWish) -> Result<Self, ScimError> {
        scim::add_user(services, by, wish).await
    }

    async fn change(
        services: &Services,
        by: &Provisioner,
        id: PersonId,
        wish: UserWish,
    ) -> Result<Self, ScimError> {
        scim::change_user(services, by, id, wish).await
    }

    async fn end(services: &Services, by: &Provisioner, id: PersonId) -> Result<(), ScimError> {
        scim::end_user(services, by, id).await
    }
}

fn resource(issuer: &str, user: &User) -> Value {
    let person = &user.seen.person;
    let location = format!("{issuer}/scim/v2/Users/{}", person.id);
    let mut shown = json!({
        "schemas": [USER, EXTENSION],
        "id": person.id.to_string(),
        "userName": user.seen.shown_name(),
        "displayName": person.name,
        "name": { "formatted": person.name },
        "emails": [{ "value": person.email, "type": "work" }],
        "preferredLanguage": person.language.tag(),
        "active": user.is_active(),
        "groups": groups(issuer, user),
        "meta": meta("User", user.seen.created_at, &location),
    });
    if let Value::Object(members) = &mut shown {
        add_optional(members, user);
    }
    shown
}

fn add_optional(members: &mut Map<String, Value>, user: &User) {
    if let Some(external_id) = &user.seen.external_id {
        members.insert("externalId".to_owned(), json!(external_id));
    }
    if let Some(phone) = user.phone() {
        members.insert("phoneNumbers".to_owned(), json!([{ "value": phone.as_str(), "type": "mobile" }]));
    }
    if let Some(company) = user.company() {
        members.insert(EXTENSION.to_owned(), json!({ "company": company.id.to_string() }));
    }
}

fn groups(issuer: &str, user: &User) -> Vec<Value> {
    let mut groups = Vec::new();
    for (place, company) in &user.places {
        for role in Role::ALL {
            let id = GroupId { company: company.id, role };
            if role == Role::User || place.role == role {
                groups.push(json!({
                    "value": id.to_string(),
                    "$ref": format!("{issuer}/scim/v2/Groups/{id}"),
                    "display": company.name,
                }));
            }
        }
    }
    groups
}
