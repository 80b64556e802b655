//! `/scim/v2/Groups`: for each company everybody, and its KH users.

use serde_json::{Value, json};

use super::super::Problem;
use super::query::Query;
use super::resource::Resource;
use super::{meta, wish};
use crate::domain::ids::PersonId;
use crate::domain::scim::GroupId;
use crate::domain::scim_path::GROUP;
use crate::flows::Services;
use crate::flows::scim::{self, Group, GroupWish, Provisioner, ScimError};

impl Resource for Group {
    type Id = GroupId;
    type Wish = GroupWish;

    fn read(body: &[u8]) -> Result<GroupWish, Problem> {
        wish::group(body)
    }

    fn read_change(body: &[u8]) -> Result<GroupWish, Problem> {
        wish::group_change(body)
    }

    fn show(&self, issuer: &str) -> Value {
        resource(issuer, self)
    }

    async fn list(
        services: &Services,
        by: &Provisioner,
        query: &Query,
    ) -> Result<(usize, Vec<Self>), ScimError> {
        let with_members = query.shows("members");
        scim::list_groups(services, by, &query.conditions, query.turn, with_members).await
    }

    async fn look(services: &Services, by: &Provisioner, id: GroupId) -> Result<Self, ScimError> {
        scim::look_at_group(services, by, id).await
    }

    /// A group that is added is a company.
    async fn add(services: &Services, by: &Provisioner, wish: GroupWish) -> Result<Self, ScimError> {
        scim::add_company(services, by, wish).await
    }

    async fn change(
        services: &Services,
        by: &Provisioner,
        id: GroupId,
        wish: GroupWish,
    ) -> Result<Self, ScimError> {
        scim::change_group(services, by, id, wish).await
    }

    async fn end(services: &Services, by: &Provisioner, id: GroupId) -> Result<(), ScimError> {
        scim::delete_company(services, by, id).await
    }
}

fn resource(issuer: &str, group: &Group) -> Value {
    let location = format!("{issuer}/scim/v2/Groups/{}", group.id);
    let member = |id: &PersonId| json!({ "value": id.to_string(), "$ref": format!("{issuer}/scim/v2/Users/{id}"), "type": "User" });
    let mut shown = json!({
        "schemas": [GROUP],
        "id": group.id.to_string(),
        "displayName": group.name,
        "members": group.members.iter().map(member).collect::<Vec<_>>(),
        "meta": meta("Group", group.created_at, &location),
    });
    if let (Some(external_id), Value::Object(members)) = (&group.external_id, &mut shown) {
        members.insert("externalId".to_owned(), json!(external_id));
    }
    shown
}
