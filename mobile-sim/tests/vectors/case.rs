//! The shape of one known answer; `proto/vectors/README.md` explains the fields to app developers.

use avain_proto::v1::Envelope;
use serde::Serialize;

use super::material::hexadecimal;
use super::purpose::Purpose;

/// Where a verifier stops, and the error code that it answers with.
#[derive(Clone, Copy)]
pub(super) enum Verdict {
    Valid,
    Envelope(&'static str),
    Key,
    Signature,
    Context(&'static str),
}

impl Verdict {
    const fn stage(self) -> Option<&'static str> {
        match self {
            Self::Valid => None,
            Self::Envelope(_) => Some("envelope"),
            Self::Key => Some("key"),
            Self::Signature => Some("signature"),
            Self::Context(_) => Some("context"),
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Key => "device_key_invalid",
            Self::Signature => "signature_invalid",
            Self::Envelope(code) | Self::Context(code) => code,
        }
    }
}

/// What the verifier is given, before it has a name and a verdict.
pub(super) struct Given {
    pub(super) public_key: Vec<u8>,
    pub(super) envelope: Envelope,
}

#[derive(Serialize)]
pub(super) struct Case {
    pub(super) name: String,
    note: &'static str,
    verdict: &'static str,
    stage: Option<&'static str>,
    expected: Expected,
    public_key: String,
    envelope: Envelope,
    /// Instead of the payload's bytes, where those would be long: that many zero bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    payload_zeros: Option<usize>,
    pae: Option<String>,
}

/// What the verifier asks for.
#[derive(Serialize)]
struct Expected {
    payload_type: &'static str,
    issuer: &'static str,
    server_nonce: String,
}

impl Case {
    pub(super) fn new(
        purpose: Purpose,
        name: &str,
        note: &'static str,
        verdict: Verdict,
        given: Given,
    ) -> Self {
        let Given { public_key, envelope } = given;
        let expected = Expected {
            payload_type: purpose.payload_type(),
            issuer: super::material::ISSUER,
            server_nonce: hexadecimal(&purpose.server_nonce()),
        };
        let covered =
            avain_proto::dsse::pre_authentication_encoding(&envelope.payload_type, &envelope.payload);
        Self {
            name: format!("{}/{name}", purpose.name()),
            note,
            verdict: verdict.code(),
            stage: verdict.stage(),
            expected,
            public_key: hexadecimal(&public_key),
            envelope,
            payload_zeros: None,
            pae: Some(hexadecimal(&covered)),
        }
    }

    /// The same case with its payload, which must be zeros, told by its length.
    pub(super) fn with_payload_told_by_length(mut self) -> Self {
        self.payload_zeros = Some(self.envelope.payload.len());
        self.envelope.payload = Vec::new();
        self.pae = None;
        self
    }
}
