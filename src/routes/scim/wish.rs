//! What a body asks for: a whole resource (POST, PUT), or changes of one (PATCH, RFC 7644 section 3.5.2) in the forms that
//! identity providers really send.

mod group;
mod user;

use serde_json::{Map, Value};

use super::super::Problem;
use super::fixed;
use crate::domain::error_code::ErrorCode;
use crate::domain::scim_path::{Path, parse_path};
use crate::flows::scim::{GroupWish, UserWish};

const MOST_OPERATIONS: usize = 100;
const LONGEST_TEXT: usize = 256;

/// What is done at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Add,
    Remove,
    Replace,
}

/// A user as POST and PUT send it; attributes that are not kept are read over.
pub(super) fn user(body: &[u8]) -> Result<UserWish, Problem> {
    let mut reader = user::Reader::default();
    for (name, value) in object(body)? {
        if let Some(path) = parse_path(&name) {
            reader.read(&path, Operation::Replace, &value, false)?;
        }
    }
    Ok(reader.finish())
}

/// Changes of a user.
pub(super) fn user_change(body: &[u8]) -> Result<UserWish, Problem> {
    let mut reader = user::Reader::default();
    each_operation(body, |path, operation, value| reader.read(path, operation, value, true))?;
    Ok(reader.finish())
}

/// A group as POST and PUT send it.
pub(super) fn group(body: &[u8]) -> Result<GroupWish, Problem> {
    let mut wish = GroupWish::default();
    for (name, value) in object(body)? {
        if let Some(path) = parse_path(&name) {
            group::read(&mut wish, &path, Operation::Replace, &value, false)?;
        }
    }
    Ok(wish)
}

/// Changes of a group.
pub(super) fn group_change(body: &[u8]) -> Result<GroupWish, Problem> {
    let mut wish = GroupWish::default();
    each_operation(body, |path, operation, value| group::read(&mut wish, path, operation, value, true))?;
    Ok(wish)
}

fn object(body: &[u8]) -> Result<Map<String, Value>, Problem> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(Problem::new(ErrorCode::MessageMalformed)),
    }
}

fn each_operation(
    body: &[u8],
    mut read: impl FnMut(&Path, Operation, &Value) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let malformed = || Problem::new(ErrorCode::MessageMalformed);
    let members = object(body)?;
    let operations = member(&members, "operations").and_then(Value::as_array).ok_or_else(malformed)?;
    if operations.is_empty() || operations.len() > MOST_OPERATIONS {
        return Err(malformed());
    }
    for operation in operations {
        let operation = operation.as_object().ok_or_else(malformed)?;
        let done = member(operation, "op").and_then(Value::as_str).unwrap_or_default();
        let done = match done.to_ascii_lowercase().as_str() {
            "add" => Operation::Add,
            "remove" => Operation::Remove,
            "replace" => Operation::Replace,
            _ => return Err(malformed()),
        };
        let value = member(operation, "value").unwrap_or(&Value::Null);
        match member(operation, "path") {
            Some(Value::String(path)) => read(&path_of(path)?, done, value)?,
            Some(Value::Null) | None => {
                // Without a path the value names the attributes (section 3.5.2.1); a removal has to say what.
                let named = value.as_object().filter(|_| done != Operation::Remove);
                for (name, value) in named.ok_or_else(|| Problem::new(ErrorCode::ScimPathInvalid))? {
                    read(&path_of(name)?, done, value)?;
                }
            }
            Some(_) => return Err(Problem::new(ErrorCode::ScimPathInvalid)),
        }
    }
    Ok(())
}

fn path_of(text: &str) -> Result<Path, Problem> {
    parse_path(text).ok_or(Problem::new(ErrorCode::ScimPathInvalid))
}

/// A member of an object, whatever the case of its name (RFC 7643 section 2.1).
fn member<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    members.iter().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// A text of bounded length without control characters; databases refuse some of these.
fn text(value: &Value, field: &'static str) -> Result<String, Problem> {
    let text = value.as_str().map(str::trim).unwrap_or_default();
    let is_fit =
        !text.is_empty() && text.chars().count() <= LONGEST_TEXT && !text.chars().any(char::is_control);
    if is_fit { Ok(text.to_owned()) } else { Err(Problem::field(field)) }
}

/// The application's id for something: nothing when it is removed.
fn external_id(operation: Operation, value: &Value) -> Result<Option<String>, Problem> {
    if operation == Operation::Remove || value.is_null() {
        return Ok(None);
    }
    text(value, "externalId").map(Some)
}

/// What nobody but the server sets: refused in a change, read over in a whole resource.
fn read_only(is_change: bool, name: &'static str) -> Result<(), Problem> {
    if is_change { Err(fixed(name)) } else { Ok(()) }
}

fn unknown(is_change: bool) -> Result<(), Problem> {
    if is_change { Err(Problem::new(ErrorCode::ScimPathInvalid)) } else { Ok(()) }
}
