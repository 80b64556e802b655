//! The attributes of a group.

use serde_json::Value;

use super::super::super::Problem;
use super::{Operation, external_id, member, read_only, text, unknown};
use crate::domain::error_code::ErrorCode;
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
        // A whole group that does not say who is in it says nothing about them.
        "members" if !is_change && value.is_null() => {}
        "members" => wish.members.push(members(path, operation, value)?),
        "schemas" => {}
        "id" => return read_only(is_change, "id"),
        "meta" => return read_only(is_change, "meta"),
        _ => return unknown(is_change),
    }
    Ok(())
}

/// A slip here could empty a company, so whatever is not meant for sure is refused.
fn members(path: &Path, operation: Operation, value: &Value) -> Result<MemberWish, Problem> {
    let invalid = || Problem::new(ErrorCode::ScimPathInvalid);
    if path.part.is_some() {
        return Err(invalid());
    }
    match (operation, path.conditions.as_slice()) {
        (Operation::Add, []) => ids(value).map(MemberWish::Add),
        (Operation::Replace, []) => ids(value).map(MemberWish::Replace),
        // Entra ID removes by value; without one everybody goes (RFC 7644 section 3.5.2.2).
        (Operation::Remove, []) if value.is_null() => Ok(MemberWish::Replace(Vec::new())),
        (Operation::Remove, []) => ids(value).map(MemberWish::Remove),
        // Okta removes by path: members[value eq "…"].
        (Operation::Remove, [condition]) if condition.attribute == "value" => {
            read_id(&condition.value).map(|id| MemberWish::Remove(vec![id]))
        }
        _ => Err(invalid()),
    }
}

fn ids(value: &Value) -> Result<Vec<PersonId>, Problem> {
    let entries = match value {
        Value::Null => return Err(Problem::field("members")),
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
