//! Filters and PATCH paths of SCIM (RFC 7644 sections 3.4.2.2 and 3.5.2), as far as they are offered: `eq` and `and`.

use serde_json::Value;

/// Our own attributes of a user.
pub const EXTENSION: &str = "urn:ietf:params:scim:schemas:extension:avain:2.0:User";
/// The schema of users.
pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The schema of groups.
pub const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// Attributes of employees, which are read over.
pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

const LONGEST: usize = 2048;
const MOST_CONDITIONS: usize = 10;

/// One comparison: this attribute (in lower case, as `name` or `name.part`) equals this text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Which attribute.
    pub attribute: String,
    /// The value it must have.
    pub value: String,
}

/// What a PATCH operation is about; names are in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    /// The attribute; empty for the extension as a whole.
    pub attribute: String,
    /// Which of its values: all conditions hold.
    pub conditions: Vec<Condition>,
    /// Which part of it.
    pub part: Option<String>,
}

/// Reads a filter: conditions that all must hold. `None` when it cannot be read or asks for more than is offered.
pub fn parse_filter(text: &str) -> Option<Vec<Condition>> {
    let mut rest = text.trim();
    let mut conditions = Vec::new();
    if text.len() > LONGEST || text.chars().any(char::is_control) {
        return None;
    }
    loop {
        let (condition, after) = parse_condition(rest)?;
        conditions.push(condition);
        let after = after.trim_start();
        if after.is_empty() {
            return Some(conditions);
        }
        let (word, next) = after.split_once(' ')?;
        if !word.eq_ignore_ascii_case("and") || conditions.len() == MOST_CONDITIONS {
            return None;
        }
        rest = next.trim_start();
    }
}

fn parse_condition(text: &str) -> Option<(Condition, &str)> {
    let (attribute, rest) = text.split_once(' ')?;
    let (operator, rest) = rest.trim_start().split_once(' ')?;
    if !operator.eq_ignore_ascii_case("eq") || !is_name(attribute) {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
    let value = match values.next()?.ok()? {
        Value::String(text) => text,
        Value::Bool(truth) => truth.to_string(),
        _ => return None,
    };
    let rest = rest.get(values.byte_offset()..)?;
    let attribute = bare(attribute).to_ascii_lowercase();
    Some((Condition { attribute, value }, rest))
}

/// Reads a path: `attribute`, `attribute.part`, `attribute[filter]`, `attribute[filter].part`, with or without its schema.
pub fn parse_path(text: &str) -> Option<Path> {
    let text = text.trim();
    if text.len() > LONGEST || text.chars().any(char::is_control) {
        return None;
    }
    if text.eq_ignore_ascii_case(EXTENSION) {
        return Some(Path::default());
    }
    if is_of_enterprise(text) {
        return Some(Path { attribute: ENTERPRISE.to_ascii_lowercase(), ..Path::default() });
    }
    let text = bare(text);
    let (head, conditions, tail) = match text.split_once('[') {
        None => (text, Vec::new(), ""),
        Some((head, rest)) => {
            let (filter, tail) = rest.rsplit_once(']')?;
            (head, parse_filter(filter)?, tail)
        }
    };
    let (attribute, part) = match (head.split_once('.'), tail.strip_prefix('.')) {
        (Some((attribute, part)), None) if tail.is_empty() && conditions.is_empty() => {
            (attribute, Some(part))
        }
        (None, Some(part)) => (head, Some(part)),
        (None, None) if tail.is_empty() => (head, None),
        _ => return None,
    };
    let is_plain = |name: &str| is_name(name) && !name.contains(['.', ':']);
    if !is_plain(attribute) || part.is_some_and(|part| !is_plain(part)) {
        return None;
    }
    Some(Path {
        attribute: attribute.to_ascii_lowercase(),
        conditions,
        part: part.map(str::to_ascii_lowercase),
    })
}

fn is_of_enterprise(text: &str) -> bool {
    text.get(..ENTERPRISE.len()).is_some_and(|head| head.eq_ignore_ascii_case(ENTERPRISE))
}

/// The name without the schema in front of it.
fn bare(name: &str) -> &str {
    let without = |schema: &str| {
        let head = name.get(..schema.len())?;
        head.eq_ignore_ascii_case(schema).then(|| name.get(schema.len()..)?.strip_prefix(':')).flatten()
    };
    [EXTENSION, USER, GROUP].into_iter().find_map(without).unwrap_or(name)
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '$')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_$.:".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn condition(attribute: &str, value: &str) -> Condition {
        Condition { attribute: attribute.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn filters_are_read_as_identity_providers_send_them() {
        let read = [
            (r#"userName eq "A@b.fi""#, vec![condition("username", "A@b.fi")]),
            (r#" UserName EQ "a \" and b" "#, vec![condition("username", "a \" and b")]),
            (r#"id eq "1" and active eq true"#, vec![condition("id", "1"), condition("active", "true")]),
            (
                r#"urn:ietf:params:scim:schemas:core:2.0:User:userName eq "x""#,
                vec![condition("username", "x")],
            ),
        ];
        for (text, expected) in read {
            assert_eq!(parse_filter(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "userName",
            "userName eq",
            r#"userName co "a""#,
            r#"a eq "1" or b eq "2""#,
            "a eq 1",
            r#"a eq "1" and"#,
            r#"not (a eq "1")"#,
            "a eq \"\0\"",
            r#"a eq "x"#,
            r#"a eq "x" b"#,
        ] {
            assert_eq!(parse_filter(text), None, "{text}");
        }
    }

    #[test]
    fn paths_are_read_as_identity_providers_send_them() {
        let plain = |attribute: &str, part: Option<&str>| Path {
            attribute: attribute.to_owned(),
            conditions: Vec::new(),
            part: part.map(str::to_owned),
        };
        assert_eq!(parse_path("displayName"), Some(plain("displayname", None)));
        assert_eq!(parse_path("name.givenName"), Some(plain("name", Some("givenname"))));
        assert_eq!(parse_path(&format!("{EXTENSION}:company")), Some(plain("company", None)));
        assert_eq!(parse_path(EXTENSION), Some(Path::default()));
        let work = Path { conditions: vec![condition("type", "work")], ..plain("emails", Some("value")) };
        assert_eq!(parse_path(r#"emails[type eq "work"].value"#), Some(work));
        for text in ["", "a[", "a]", "a[b eq 1]", "a.b.c", r#"a.b[c eq "d"]"#, r#"a[b eq "c"]d"#, "1a", "a b"]
        {
            assert_eq!(parse_path(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_trouble(text in any::<String>()) {
            let _ = (parse_filter(&text), parse_path(&text));
        }

        #[test]
        fn every_value_reads_back_as_it_was_written(value in "\\PC{0,40}") {
            let text = format!("userName eq {}", serde_json::to_string(&value).unwrap());
            prop_assert_eq!(parse_filter(&text), Some(vec![condition("username", &value)]));
        }
    }
}
