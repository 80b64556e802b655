//! The attributes of a user.

use serde_json::Value;

use super::super::super::Problem;
use super::super::fixed;
use super::{Operation, external_id, member, read_only, text, unknown};
use crate::domain::language::Language;
use crate::domain::person::PhoneNumber;
use crate::domain::scim_path::{ENTERPRISE, EXTENSION, Path, parse_path};
use crate::flows::scim::UserWish;

/// Attributes of RFC 7643 section 4.1 that nothing is kept of; mappings of identity providers send them by default.
const NOT_KEPT: [&str; 16] = [
    "nickname",
    "profileurl",
    "title",
    "usertype",
    "locale",
    "timezone",
    "password",
    "ims",
    "photos",
    "addresses",
    "entitlements",
    "roles",
    "x509certificates",
    "manager",
    "department",
    "organization",
];

/// Reads one attribute after the other. Names come in several forms; which of them counts is known at the end.
#[derive(Default)]
pub(super) struct Reader {
    wish: UserWish,
    formatted: Option<String>,
    given: Option<String>,
    family: Option<String>,
}

impl Reader {
    /// Reads what is done at `path`.
    pub(super) fn read(
        &mut self,
        path: &Path,
        operation: Operation,
        value: &Value,
        is_change: bool,
    ) -> Result<(), Problem> {
        let is_removed = operation == Operation::Remove || value.is_null();
        match path.attribute.as_str() {
            "externalid" => self.wish.external_id = Some(external_id(operation, value)?),
            "phonenumbers" => self.phone(path, if is_removed { &Value::Null } else { value })?,
            "name" if is_removed => {}
            "schemas" => {}
            "username" if !is_removed => self.wish.user_name = Some(text(value, "userName")?),
            "displayname" if !is_removed => self.wish.name = Some(text(value, "displayName")?),
            "name" => self.name(path, value)?,
            "emails" if !is_removed => self.email(path, value)?,
            "preferredlanguage" if !is_removed => self.wish.language = Some(language(value)?),
            "active" if !is_removed => self.wish.is_active = Some(truth(value)?),
            "company" if !is_removed => self.wish.company = Some(company(value)?),
            "" if !is_removed => self.extension(operation, value, is_change)?,
            "username" => return emptied(is_change, "userName"),
            "displayname" => return emptied(is_change, "displayName"),
            "emails" => return emptied(is_change, "emails"),
            "preferredlanguage" => return emptied(is_change, "preferredLanguage"),
            "active" => return emptied(is_change, "active"),
            "company" | "" => return emptied(is_change, "company"),
            "id" => return read_only(is_change, "id"),
            "meta" => return read_only(is_change, "meta"),
            "groups" => return read_only(is_change, "groups"),
            other if NOT_KEPT.contains(&other) || other.eq_ignore_ascii_case(ENTERPRISE) => {}
            _ => return unknown(is_change),
        }
        Ok(())
    }

    /// What was read: the display name counts before the formatted name, and that before its parts.
    pub(super) fn finish(self) -> UserWish {
        let parts = [self.given, self.family].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let joined = (!parts.is_empty()).then_some(parts);
        let name = self.wish.name.or(self.formatted).or(joined);
        UserWish { name, ..self.wish }
    }

    fn name(&mut self, path: &Path, value: &Value) -> Result<(), Problem> {
        let read = |value: Option<&Value>| {
            let given = value.filter(|value| !value.is_null() && value.as_str() != Some(""));
            given.map(|value| text(value, "name")).transpose()
        };
        match path.part.as_deref() {
            Some("formatted") => self.formatted = read(Some(value))?,
            // Parts alone change nothing of a name that is kept whole.
            Some(_) => {}
            None => {
                let parts = value.as_object().ok_or(Problem::field("name"))?;
                self.formatted = read(member(parts, "formatted"))?;
                self.given = read(member(parts, "givenname"))?;
                self.family = read(member(parts, "familyname"))?;
            }
        }
        Ok(())
    }

    fn email(&mut self, path: &Path, value: &Value) -> Result<(), Problem> {
        if matches!(path.part.as_deref(), None | Some("value")) {
            let chosen = chosen(value, "work").ok_or(Problem::field("emails"))?;
            self.wish.email = Some(text(chosen, "emails")?);
        }
        Ok(())
    }

    /// The number that people are reached at: a mobile one before others. A fax or a pager is none.
    fn phone(&mut self, path: &Path, value: &Value) -> Result<(), Problem> {
        let is_other =
            |kind: &str| path.conditions.iter().any(|condition| condition.value.eq_ignore_ascii_case(kind));
        let is_beside = is_other("work") && matches!(self.wish.phone, Some(Some(_)));
        if is_other("fax")
            || is_other("pager")
            || is_beside
            || !matches!(path.part.as_deref(), None | Some("value"))
        {
            return Ok(());
        }
        let is_empty =
            value.is_null() || value.as_array().is_some_and(Vec::is_empty) || value.as_str() == Some("");
        if is_empty {
            self.wish.phone = Some(None);
            return Ok(());
        }
        let chosen = chosen(value, "mobile").ok_or(Problem::field("phoneNumbers"))?;
        let typed = text(chosen, "phoneNumbers")?;
        let number = typed.strip_prefix("tel:").unwrap_or(&typed);
        self.wish.phone = Some(Some(PhoneNumber::parse(number).ok_or(Problem::field("phoneNumbers"))?));
        Ok(())
    }

    fn extension(&mut self, operation: Operation, value: &Value, is_change: bool) -> Result<(), Problem> {
        let members = value.as_object().ok_or(Problem::field("company"))?;
        for (name, value) in members {
            if let Some(path) =
                parse_path(&format!("{EXTENSION}:{name}")).filter(|path| path.attribute == "company")
            {
                self.read(&path, operation, value, is_change)?;
            }
        }
        Ok(())
    }
}

/// The value that counts of a list: the one of that kind, else the primary one, else the first.
fn chosen<'a>(value: &'a Value, kind: &str) -> Option<&'a Value> {
    let of = |entry: &'a Value| match entry {
        Value::Object(members) => member(members, "value"),
        Value::String(_) => Some(entry),
        _ => None,
    };
    let Value::Array(entries) = value else { return of(value) };
    let is_kind = |entry: &&Value| {
        let given = entry.as_object().and_then(|members| member(members, "type")).and_then(Value::as_str);
        given.is_some_and(|given| given.eq_ignore_ascii_case(kind))
    };
    let is_primary = |entry: &&Value| {
        let primary = entry.as_object().and_then(|members| member(members, "primary"));
        primary.is_some_and(|primary| truth(primary).unwrap_or(false))
    };
    let found = entries.iter().find(is_kind).or_else(|| entries.iter().find(is_primary)).or(entries.first());
    found.and_then(of)
}

/// A required attribute cannot be taken away; in a whole resource `null` is the same as nothing.
fn emptied(is_change: bool, name: &'static str) -> Result<(), Problem> {
    if is_change { Err(fixed(name)) } else { Ok(()) }
}

/// Entra ID sends truth values as texts.
fn truth(value: &Value) -> Result<bool, Problem> {
    match value {
        Value::Bool(truth) => Ok(*truth),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err(Problem::field("active")),
    }
}

fn language(value: &Value) -> Result<Language, Problem> {
    value.as_str().and_then(Language::from_tag).ok_or(Problem::field("preferredLanguage"))
}

fn company(value: &Value) -> Result<crate::domain::ids::CompanyId, Problem> {
    value.as_str().and_then(|id| id.parse().ok()).ok_or(Problem::field("company"))
}
