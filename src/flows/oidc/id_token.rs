//! The ID token (OpenID Connect Core section 2).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::super::{Internal, Services};
use super::claims::PersonClaims;
use crate::crypto::code_hash::sha256;
use crate::crypto::jose;
use crate::domain::client::Client;
use crate::domain::grant::TOKEN_LIFE;
use crate::domain::session::Session;
use crate::domain::time::Timestamp;

/// What an ID token is made of.
pub(super) struct Statement<'a> {
    /// To whom it is made.
    pub(super) client: &'a Client,
    /// What happened.
    pub(super) session: &'a Session,
    /// Who the person is.
    pub(super) person: PersonClaims,
    /// The application's nonce; none in the answer to a refresh (section 12.2).
    pub(super) nonce: Option<&'a str>,
}

#[derive(Serialize)]
struct IdTokenClaims<'a> {
    iss: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    auth_time: i64,
    acr: &'static str,
    amr: Vec<&'static str>,
    sid: String,
    at_hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(flatten)]
    person: PersonClaims,
}

/// Signs the statement, bound to the access token that goes with it.
pub(super) fn sign(
    services: &Services,
    statement: Statement,
    (now, access_token): (Timestamp, &str),
) -> Result<String, Internal> {
    let Statement { client, session, person, nonce } = statement;
    let key = services.signing_keys.current(client.metadata.id_token_signed_response_alg, now)?;
    let [left_half, _] = halves(sha256(access_token.as_bytes()));
    let claims = IdTokenClaims {
        iss: &services.issuer,
        aud: &client.id,
        iat: now.seconds(),
        exp: now.plus(TOKEN_LIFE).seconds(),
        auth_time: session.signed_in_at.seconds(),
        acr: session.authentication_context(),
        amr: session.authentication_methods(),
        sid: session.id.to_string(),
        at_hash: URL_SAFE_NO_PAD.encode(left_half),
        nonce,
        person,
    };
    Ok(jose::sign(&key, "JWT", &claims)?)
}

/// What an ID token says when an application gives it back (`id_token_hint`). Its times are not judged: people come back, and sign
/// out, long after they signed in.
#[derive(Clone, Deserialize)]
pub(super) struct Hint {
    iss: String,
    /// The application that got it.
    pub(super) aud: String,
    /// The person.
    pub(super) sub: String,
    /// The session.
    pub(super) sid: String,
}

/// Reads an ID token that this server signed, with whichever key.
pub(super) fn read_hint(services: &Services, token: &str) -> Option<Hint> {
    let hint: Option<Hint> = services.signing_keys.verify("JWT", token);
    hint.filter(|hint| hint.iss == services.issuer)
}

fn halves(hash: [u8; 32]) -> [[u8; 16]; 2] {
    let mut halves = [[0; 16]; 2];
    for (slot, byte) in halves.iter_mut().flatten().zip(hash) {
        *slot = byte;
    }
    halves
}
