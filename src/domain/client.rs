//! A web application registered for OpenID Connect (relying party).

use serde::{Deserialize, Serialize};

use super::time::Timestamp;

/// How a client's ID tokens are signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TokenAlgorithm {
    /// RSA 2048 with SHA-256: what every client accepts at its defaults.
    #[default]
    Rs256,
    /// ECDSA P-256 with SHA-256, where the client says so.
    Es256,
}

impl TokenAlgorithm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Rs256, Self::Es256];

    /// The name in RFC 7518 section 3.1.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }

    /// The algorithm of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }
}

/// The `client_id` of this server's own pages. It has no redirect URI: whoever signs in through it comes back to a page.
pub const OWN_PAGES: &str = "avain";

/// How a client says who it is at the token endpoint (OpenID Connect Core section 9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuthentication {
    /// By a secret, in the `Authorization` header or in the form.
    #[default]
    ClientSecret,
    /// Not at all: a script in the browser, a native app. It has PKCE alone.
    None,
}

/// What a client chose beyond its addresses. Names and values are those of RFC 7591 section 2 and OpenID Connect Registration
/// section 2 where these have one; kept as one JSON document, where what is missing has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClientMetadata {
    /// How it says who it is.
    pub token_endpoint_auth_method: ClientAuthentication,
    /// How its ID tokens are signed.
    pub id_token_signed_response_alg: TokenAlgorithm,
    /// It knows no OpenID Connect: a reverse proxy in front of it asks this server who is there. Our own name.
    pub forward_auth: bool,
}

impl ClientMetadata {
    /// Of a client that cannot keep a secret.
    pub fn public() -> Self {
        Self { token_endpoint_auth_method: ClientAuthentication::None, ..Self::default() }
    }

    /// Of an application behind a reverse proxy that asks for it.
    pub fn behind_proxy() -> Self {
        Self { forward_auth: true, ..Self::public() }
    }

    /// Of a client with a secret whose ID tokens are signed in this way.
    pub fn signed_with(algorithm: TokenAlgorithm) -> Self {
        Self { id_token_signed_response_alg: algorithm, ..Self::default() }
    }
}

/// A registered web application.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its `client_id`.
    pub id: String,
    /// Its name as people know it.
    pub name: String,
    /// Keyed hash of its secret, where it has one.
    pub secret_hash: Option<[u8; 32]>,
    /// Keyed hash of the secret before, and until when it is accepted.
    pub old_secret: Option<([u8; 32], Timestamp)>,
    /// Where codes may be sent, compared byte for byte.
    pub redirect_uris: Vec<String>,
    /// Where a browser may be sent that has signed out, compared byte for byte.
    pub post_logout_redirect_uris: Vec<String>,
    /// Where it is told that a session has ended (OpenID Connect Back-Channel Logout 1.0); `None`: it is not.
    pub back_channel_logout_uri: Option<String>,
    /// What else it chose.
    pub metadata: ClientMetadata,
}
