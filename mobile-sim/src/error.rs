//! What can go wrong between phone and server.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::key::KeyError;
use crate::link::LinkRefusal;

/// Why a step of the phone failed.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// The server understood and said no.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// No answer: wrong address, no network, no server, or it took too long.
    #[error("cannot reach {server}")]
    Unreachable {
        /// The server's address.
        server: String,
        /// What the network said.
        #[source]
        source: reqwest::Error,
    },
    /// An answer that breaks the contract, for example a proxy's own error page.
    #[error("the answer of {server} cannot be understood: {reason}")]
    Garbled {
        /// The server's address.
        server: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The text is no address of a server.
    #[error("{0:?} is no address of a server; it looks like https://login.example.com")]
    AddressInvalid(String),
    /// The scanned text is not a link of this phone's server.
    #[error(transparent)]
    Link(#[from] LinkRefusal),
    /// The phone's own key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl PhoneError {
    /// The server's refusal, if it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The stable code of the server's refusal, if it is one.
    pub fn code(&self) -> Option<&str> {
        self.refusal().map(|refusal| refusal.code.as_str())
    }
}

/// A problem document (RFC 9457) as Avain writes it.
#[derive(Clone, Debug, PartialEq, Deserialize, thiserror::Error)]
#[error("{title}: {detail} [{code}, error reference {error_reference}]")]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The stable code that apps may rely on, for example `os_version_too_old`.
    pub code: String,
    /// A short text in the person's language.
    pub title: String,
    /// What happened and what to do, in the person's language.
    pub detail: String,
    /// By which support finds the story behind it, for example `K7QF-29XM`.
    pub error_reference: String,
    /// Every other member of the document, for example `tries_left`.
    #[serde(flatten)]
    pub members: Map<String, Value>,
}

impl Refusal {
    /// A whole number among the other members.
    pub fn number(&self, member: &str) -> Option<i64> {
        self.members.get(member).and_then(Value::as_i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_document_keeps_its_extra_members() {
        let document = r#"{"type":"about:blank","title":"Wrong code","status":403,"detail":"Try again.",
            "code":"confirmation_code_wrong","error_reference":"K7QF-29XM","tries_left":3}"#;
        let refusal: Refusal = serde_json::from_str(document).unwrap();
        assert_eq!(refusal.number("tries_left"), Some(3));
        assert_eq!(
            refusal.to_string(),
            "Wrong code: Try again. [confirmation_code_wrong, error reference K7QF-29XM]"
        );
    }
}
