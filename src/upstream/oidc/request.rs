//! The authorization request in each of its forms, and how we say who we are.

use std::time::Duration;

use reqwest::RequestBuilder;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::endpoints::Endpoints;
use super::{
    Account, AssertionAudience, BeginError, ClientProof, Kept, Provider, RequestForm, Wish, refused,
    secret_text,
};
use crate::crypto::code_hash::sha256;
use crate::domain::identity::IdentityRefusal;
use crate::domain::random::Random;
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;
use crate::upstream::UpstreamError;
use crate::upstream::http::send;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// How long a signed request or assertion may be used.
const SIGNED_FOR: Duration = Duration::from_mins(5);
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A request's parameters.
pub(super) type Parameters = Vec<(String, String)>;

#[derive(Deserialize)]
struct Pushed {
    request_uri: String,
}

/// What is asked for.
pub(super) fn parameters(
    account: &Account,
    wish: &Wish<'_>,
    (state, kept): (&Secret<String>, &Kept),
) -> Parameters {
    let challenge = URL_SAFE_NO_PAD.encode(sha256(kept.verifier.as_bytes()));
    let mut parameters: Parameters = [
        ("client_id", account.client_id.as_str()),
        ("response_type", "code"),
        ("scope", &account.scope),
        ("redirect_uri", &account.redirect_uri),
        ("state", state.expose()),
        ("nonce", &kept.nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("ui_locales", wish.language),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    parameters.extend(account.parameters.iter().map(|(name, value)| (name.clone(), value.clone())));
    if let (Some(name), Some(choice)) = (&account.choice_parameter, wish.choice) {
        parameters.retain(|(present, _)| present != name);
        parameters.push((name.clone(), choice.to_owned()));
    }
    parameters
}

/// Where the browser goes with these parameters.
pub(super) async fn address(
    provider: &Provider,
    endpoints: &Endpoints,
    parameters: Parameters,
    (random, now): (&dyn Random, Timestamp),
) -> Result<String, BeginError> {
    let account = &provider.account;
    let carried = match account.request {
        RequestForm::Plain => parameters,
        RequestForm::Signed => signed(account, parameters, (random, now))?,
        RequestForm::Pushed => push(provider, endpoints, parameters, (random, now)).await?,
        RequestForm::SignedAndPushed => {
            let object = signed(account, parameters, (random, now))?;
            push(provider, endpoints, object, (random, now)).await?
        }
    };
    let mut address = endpoints.authorization.clone();
    address.query_pairs_mut().extend_pairs(carried);
    Ok(address.into())
}

/// The parameters as a signed object (RFC 9101 section 4). The client's name stands outside, too, and nothing else does.
fn signed(
    account: &Account,
    parameters: Parameters,
    (random, now): (&dyn Random, Timestamp),
) -> Result<Parameters, UpstreamError> {
    let key = account.own_key.as_ref().ok_or(UpstreamError::Setting("signing_key_file".to_owned()))?;
    let mut claims: Map<String, Value> =
        parameters.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
    claims.insert("iss".to_owned(), json!(account.client_id));
    claims.insert("aud".to_owned(), json!(account.issuer));
    claims.insert("iat".to_owned(), json!(now.seconds()));
    claims.insert("exp".to_owned(), json!(now.plus(SIGNED_FOR).seconds()));
    claims.insert("jti".to_owned(), json!(secret_text(random)?));
    let object = key.sign("oauth-authz-req+jwt", &claims)?;
    Ok(vec![("client_id".to_owned(), account.client_id.clone()), ("request".to_owned(), object)])
}

/// The parameters sent ahead (RFC 9126); what is left of them for the browser.
async fn push(
    provider: &Provider,
    endpoints: &Endpoints,
    parameters: Parameters,
    sources: (&dyn Random, Timestamp),
) -> Result<Parameters, BeginError> {
    let account = &provider.account;
    let missing = || IdentityRefusal::Unavailable("it takes no requests ahead".to_owned());
    let address = endpoints.pushed.clone().ok_or_else(missing)?;
    let request = provider.client.post(address).header("accept", "application/json");
    let mut form = Vec::new();
    let request = prove(account, endpoints, (request, &mut form), sources)?;
    let proof = form.into_iter().map(|(name, value)| (name.to_owned(), value));
    let mut form: Parameters = parameters;
    for (name, value) in proof {
        if !form.iter().any(|(present, _)| *present == name) {
            form.push((name, value));
        }
    }
    let answered = send(request.form(&form)).await?;
    if !(200..300).contains(&answered.status) {
        return Err(IdentityRefusal::Unavailable(refused(&answered)).into());
    }
    let pushed: Pushed = serde_json::from_slice(&answered.body).map_err(|_| missing())?;
    Ok(vec![
        ("client_id".to_owned(), account.client_id.clone()),
        ("request_uri".to_owned(), pushed.request_uri),
    ])
}

/// Says who we are, in the header or in the form (OpenID Connect Core section 9).
pub(super) fn prove(
    account: &Account,
    endpoints: &Endpoints,
    (request, form): (RequestBuilder, &mut Vec<(&'static str, String)>),
    (random, now): (&dyn Random, Timestamp),
) -> Result<RequestBuilder, UpstreamError> {
    match &account.proof {
        ClientProof::Secret(secret) => {
            Ok(request.basic_auth(form_encoded(&account.client_id), Some(form_encoded(secret.expose()))))
        }
        ClientProof::None => {
            form.push(("client_id", account.client_id.clone()));
            Ok(request)
        }
        ClientProof::Key(audience) => {
            let key =
                account.own_key.as_ref().ok_or(UpstreamError::Setting("signing_key_file".to_owned()))?;
            let audience = match audience {
                AssertionAudience::Issuer => account.issuer.as_str(),
                AssertionAudience::TokenEndpoint => endpoints.token.as_str(),
            };
            let claims = json!({
                "iss": account.client_id,
                "sub": account.client_id,
                "aud": audience,
                "iat": now.seconds(),
                "exp": now.plus(SIGNED_FOR).seconds(),
                "jti": secret_text(random)?,
            });
            form.push(("client_id", account.client_id.clone()));
            form.push(("client_assertion_type", ASSERTION.to_owned()));
            form.push(("client_assertion", key.sign("JWT", &claims)?));
            Ok(request)
        }
    }
}

/// RFC 6749 section 2.3.1: both halves are form-encoded before they meet in the header.
fn form_encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
