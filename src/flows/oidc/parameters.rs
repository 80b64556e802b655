//! What applications ask for in an address or a form.

use std::collections::HashMap;

use super::authorize::AuthorizeError;
use crate::domain::grant::ResponseMode;

/// The parameters of a request, each at most once.
pub(super) struct Parameters(HashMap<String, String>);

impl Parameters {
    /// Reads them; what is empty counts as missing (RFC 6749 section 3.1).
    pub(super) fn read(pairs: Vec<(String, String)>) -> Result<Self, AuthorizeError> {
        let mut parameters = HashMap::new();
        for (name, value) in pairs {
            if value.is_empty() {
                continue;
            }
            if parameters.contains_key(&name) {
                return Err(AuthorizeError::Repeated(name));
            }
            parameters.insert(name, value);
        }
        Ok(Self(parameters))
    }

    /// The value of that name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Whether an existing session is not enough.
    pub(super) fn asks_for_fresh_sign_in(&self) -> bool {
        let is_asked = self.has_prompt("login") || self.has_prompt("select_account");
        is_asked || self.get("max_age").is_some() || self.get("id_token_hint").is_some()
    }

    /// Whether `prompt` has that word.
    pub(super) fn has_prompt(&self, value: &str) -> bool {
        self.get("prompt").is_some_and(|prompt| prompt.split(' ').any(|word| word == value))
    }

    /// How the answer is wanted; `None` for a way that is not offered.
    pub(super) fn response_mode(&self) -> Option<ResponseMode> {
        self.get("response_mode").map_or(Some(ResponseMode::Query), ResponseMode::from_name)
    }
}
