//! A sign-in that failed: at which step, of which kind.

use std::error::Error as _;

use serde_json::Value;

use super::step::Step;
use crate::error::PhoneError;

const LONGEST_DETAIL: usize = 200;
/// Before the stable code on an error page.
const CODE_ON_PAGE: &str = "<dd><code>";

/// Why a sign-in failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// Where.
    pub(super) step: Step,
    /// By what failures are counted: the server's stable code, or `http_…`, `network`, `timeout`, `garbled`, `ended_…`.
    pub(super) kind: String,
    /// For the few that are shown.
    pub(super) detail: String,
}

impl Failure {
    pub(super) fn new(step: Step, kind: impl Into<String>, detail: impl Into<String>) -> Self {
        let detail: String = detail.into();
        Self { step, kind: kind.into(), detail: detail.chars().take(LONGEST_DETAIL).collect() }
    }

    /// No answer.
    pub(super) fn network(step: Step, error: &reqwest::Error) -> Self {
        let kind = if error.is_timeout() { "timeout" } else { "network" };
        Self::new(step, kind, innermost(error))
    }

    /// An answer with another status than the step promises.
    pub(super) fn answer(step: Step, status: u16, body: &str) -> Self {
        let kind = code_in(body).unwrap_or_else(|| format!("http_{status}"));
        Self::new(step, kind, format!("status {status}"))
    }

    /// An answer that lacks something.
    pub(super) fn garbled(step: Step, detail: impl Into<String>) -> Self {
        Self::new(step, "garbled", detail)
    }

    /// What the phone met.
    pub(super) fn phone(step: Step, error: &PhoneError) -> Self {
        match error {
            PhoneError::Refused(refusal) => Self::new(step, &refusal.code, refusal.to_string()),
            PhoneError::Unreachable { source, .. } => Self::network(step, source),
            PhoneError::Garbled { .. } => Self::garbled(step, error.to_string()),
            PhoneError::AddressInvalid(_) | PhoneError::Link(_) | PhoneError::Key(_) => {
                Self::new(step, "phone", error.to_string())
            }
        }
    }
}

/// The stable code in an error page, a problem document or an OAuth error.
fn code_in(body: &str) -> Option<String> {
    if let Some((_, after)) = body.split_once(CODE_ON_PAGE) {
        return after.split('<').next().map(str::to_owned);
    }
    let document: Value = serde_json::from_str(body).ok()?;
    let code = document.get("code").or_else(|| document.get("error"))?;
    code.as_str().map(str::to_owned)
}

fn innermost(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = error.to_string();
        source = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_counted_by_the_servers_code_where_there_is_one() {
        let kind = |body| Failure::answer(Step::Page, 503, body).kind;
        assert_eq!(kind(r#"{"code":"busy","title":"Busy"}"#), "busy");
        assert_eq!(kind(r#"{"error":"invalid_grant"}"#), "invalid_grant");
        assert_eq!(
            kind(r#"<dt>Code</dt><dd><code class="reference">K7QF</code></dd><dd><code>busy</code></dd>"#),
            "busy"
        );
        assert_eq!(kind("<h1>Bad gateway</h1>"), "http_503");
    }
}
