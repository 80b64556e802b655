//! Authorization requests that applications send ahead, so that nobody reads or changes them in the browser's address (RFC 9126).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use url::form_urlencoded;

use super::super::{Internal, Services};
use super::authorize::{AuthorizeError, check};
use super::parameters::Parameters;
use super::token::{ClientCredentials, TokenError, authenticate};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::grant::PUSHED_LIFE;
use crate::domain::random::bytes;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::pushed_request::{self, PushedRequest};

/// What every handle begins with (RFC 9126 section 2.2).
const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";
/// In bytes, as a form.
const LONGEST: usize = 8192;

/// Why a request is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// The client is not who it says.
    #[error(transparent)]
    Client(#[from] TokenError),
    /// The client or the redirect URI.
    #[error(transparent)]
    Authorize(#[from] AuthorizeError),
    /// Another rule.
    #[error("the request breaks a rule: {0}")]
    Refused(&'static str),
    /// Our fault.
    #[error("taking the request failed")]
    Internal(#[source] Internal),
}

super::super::from_internal!(PushError);

/// What the client gets.
#[derive(Serialize)]
pub struct Pushed {
    request_uri: String,
    expires_in: u64,
}

/// Takes a request of an authenticated client, judged as it would be judged in the browser's address.
pub async fn push(
    services: &Services,
    credentials: &ClientCredentials,
    pairs: Vec<(String, String)>,
) -> Result<Pushed, PushError> {
    let is_asked = |(name, _): &(String, String)| name != "client_secret" && name != "client_id";
    let own = ("client_id".to_owned(), credentials.id.clone());
    let pairs: Vec<_> = pairs.into_iter().filter(is_asked).chain([own]).collect();
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
    if form.len() > LONGEST {
        return Err(PushError::Refused("it is longer than 8192 bytes"));
    }
    let parameters = Parameters::read(pairs)?;
    let mut tx = services.db.write().await?;
    let client = authenticate(services, &mut tx, credentials).await?;
    if !client.redirect_uris.iter().any(|uri| Some(uri.as_str()) == parameters.get("redirect_uri")) {
        return Err(AuthorizeError::RedirectUriInvalid.into());
    }
    check(&parameters).map_err(|refusal| PushError::Refused(refusal.description))?;
    let handle = URL_SAFE_NO_PAD.encode(bytes::<32>(services.random.as_ref())?);
    let expires_at = services.now().plus(PUSHED_LIFE);
    let kept = PushedRequest { client_id: client.id, parameters: form, expires_at };
    pushed_request::insert(&mut tx, &hash(services, &handle), &kept).await?;
    tx.commit().await?;
    Ok(Pushed { request_uri: format!("{PREFIX}{handle}"), expires_in: PUSHED_LIFE.as_secs() })
}

/// The parameters that stand behind a `request_uri` of ours; those in the address count no longer. It may be asked for again as long
/// as it lives, since people reload pages.
pub(super) async fn resolve(
    services: &Services,
    tx: &mut Tx,
    parameters: Parameters,
    now: Timestamp,
) -> Result<Parameters, AuthorizeError> {
    let Some(handle) = parameters.get("request_uri").and_then(|uri| uri.strip_prefix(PREFIX)) else {
        return Ok(parameters);
    };
    let found = pushed_request::find(tx, &hash(services, handle)).await?;
    let found = found.filter(|found| now < found.expires_at).ok_or(AuthorizeError::RequestExpired)?;
    if parameters.get("client_id") != Some(&found.client_id) {
        return Err(AuthorizeError::RequestUnknown);
    }
    Parameters::read(form_urlencoded::parse(found.parameters.as_bytes()).into_owned().collect())
}

fn hash(services: &Services, handle: &str) -> [u8; 32] {
    services.keys.hasher.hash(HashPurpose::PushedRequest, handle.as_bytes())
}
