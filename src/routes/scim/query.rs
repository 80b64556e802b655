//! What a request may ask of a list, and which attributes of an answer it wants.

use actix_web::HttpRequest;
use serde_json::{Map, Value, json};

use super::super::Problem;
use crate::domain::error_code::ErrorCode;
use crate::domain::scim_path::{Condition, parse_filter, parse_path};

/// How many resources an answer holds at most.
pub(super) const PAGE: usize = 200;

/// The query of a request, read.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// All of these must hold.
    pub(super) conditions: Vec<Condition>,
    /// How many are wanted, and how many are passed over.
    pub(super) turn: (usize, usize),
    wanted: Vec<String>,
    unwanted: Vec<String>,
}

impl Query {
    /// Everything, from the beginning.
    pub(super) fn all() -> Self {
        Self { turn: (PAGE, 0), ..Self::default() }
    }

    /// What the request asks for.
    pub(super) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let mut query = Self::all();
        for (name, value) in url::form_urlencoded::parse(request.query_string().as_bytes()) {
            match name.as_ref() {
                "filter" => {
                    query.conditions =
                        parse_filter(&value).ok_or(Problem::new(ErrorCode::ScimFilterInvalid))?;
                }
                // RFC 7644 section 3.4.2.4: less than 1 counts as 1, less than 0 as 0.
                "startIndex" => {
                    query.turn.1 = usize::try_from(number(&value)?.max(1) - 1).unwrap_or(usize::MAX);
                }
                "count" => query.turn.0 = usize::try_from(number(&value)?.max(0)).unwrap_or(PAGE).min(PAGE),
                "attributes" => query.wanted = names(&value),
                "excludedAttributes" => query.unwanted = names(&value),
                _ => {}
            }
        }
        Ok(query)
    }

    /// Whether the answer shows that attribute (in lower case).
    pub(super) fn shows(&self, name: &str) -> bool {
        let is_named = |list: &[String]| list.iter().any(|listed| listed == name);
        (self.wanted.is_empty() || is_named(&self.wanted)) && !is_named(&self.unwanted)
    }

    /// The resource with the attributes that are wanted; `id` and `schemas` are always there.
    pub(super) fn select(&self, resource: Value) -> Value {
        let Value::Object(members) = resource else { return resource };
        let is_shown = |name: &str| matches!(name, "id" | "schemas") || self.shows(&lowered(name));
        Value::Object(members.into_iter().filter(|(name, _)| is_shown(name)).collect::<Map<_, _>>())
    }

    /// A list response (RFC 7644 section 3.4.2).
    pub(super) fn list(&self, total: usize, resources: Vec<Value>) -> Value {
        let resources: Vec<Value> = resources.into_iter().map(|resource| self.select(resource)).collect();
        json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": total,
            "startIndex": self.turn.1.saturating_add(1),
            "itemsPerPage": resources.len(),
            "Resources": resources,
        })
    }
}

fn number(text: &str) -> Result<i64, Problem> {
    text.trim().parse().map_err(|_| Problem::field("startIndex, count"))
}

/// The attributes of a list, without their parts: a part is asked for by the whole.
fn names(text: &str) -> Vec<String> {
    text.split(',').take(100).map(lowered).collect()
}

fn lowered(name: &str) -> String {
    match parse_path(name) {
        Some(path) if !path.attribute.is_empty() => path.attribute,
        _ => name.trim().to_ascii_lowercase(),
    }
}
