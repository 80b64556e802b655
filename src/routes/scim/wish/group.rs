//! The attributes of a group.

use serde_json::Value;

use super::super::super::Problem;
use super::{Operation, external_id, member, read_only, text, unknown};
use crate::domain::ids::PersonId;
use crate::domain::scim_path::Path;
use crate::flows::scim::{GroupWish, MemberWish};

const MOST_MEMBERS: usize = 2000;

/// Reads what is done at `path`.
pub(super) fn read(
    wish: &mut GroupWish,
    path: &Path,
    operation: Operation,
    value: &Value,
    is_change: bool,
) -> Result<(), Problem> {
    match path.attribute.as_str() {
        "displayname" if operation != Operation::Remove => wish.name = Some(text(value, "displayName")?),
        "displayname" => return read_only(is_change, "displayName"),
        "externalid" => wish.external_id = Some(external_id(operation, value)?),
        "members" => wish.members.push(members(path, operation, value)?),
        "schemas" => {}
        "id" => return read_only(is_change, "id"),
        "meta" => return read_only(is_change, "meta"),
        _ => return unknown(is_change),
    }
    Ok(())
}

fn members(path: &Path, operation: Operation, value: &Value) -> Result<MemberWish, Problem> {
    // Okta and Entra ID remove by path: members[value eq "…"].
    if operation == Operation::Remove && !path.conditions.is_empty() {
        let named = path.conditions.iter().filter(|condition| condition.attribute == "value");
        return named
            .map(|condition| read_id(&condition.value))
            .collect::<Result<_, _>>()
            .map(MemberWish::Remove);
    }
    let ids = ids(value)?;
    Ok(match operation {
        Operation::Add => MemberWish::Add(ids),
        Operation::Replace => MemberWish::Replace(ids),
        // Entra ID also removes by value; without one everybody goes.
        Operation::Remove if value.is_null() => MemberWish::Replace(Vec::new()),
        Operation::Remove => MemberWish::Remove(ids),
    })
}

fn ids(value: &Value) -> Result<Vec<PersonId>, Problem> {
    let entries = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(entries) => entries.as_slice(),
        single => std::slice::from_ref(single),
    };
    if entries.len() > MOST_MEMBERS {
        return Err(Problem::field("members"));
    }
    let id = |entry: &Value| {
        let value = entry.as_object().and_then(|members| member(members, "value"));
        read_id(value.and_then(Value::as_str).unwrap_or_default())
    };
    entries.iter().map(id).collect()
}

fn read_id(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::field("members"))
}
