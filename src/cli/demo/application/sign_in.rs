//! The application's side of OpenID Connect: discovery, code with PKCE, verification of the ID token.

use anyhow::{Context as _, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use super::{Application, Pending};
use crate::crypto::code_hash::sha256;
use crate::domain::random::bytes;

/// What the server's discovery document says, as far as it is needed.
#[derive(Deserialize)]
struct Provider {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct TokenAnswer {
    id_token: String,
}

/// What comes back with the browser.
#[derive(Deserialize)]
pub(super) struct Callback {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

/// Where to send the browser, and what to remember meanwhile.
pub(super) async fn begin(application: &Application, is_fresh: bool) -> anyhow::Result<(String, Pending)> {
    let provider = discover(application).await?;
    let pending = Pending {
        state: random(application)?,
        nonce: random(application)?,
        code_verifier: random(application)?,
    };
    let mut url = Url::parse(&provider.authorization_endpoint)?;
    let challenge = URL_SAFE_NO_PAD.encode(sha256(pending.code_verifier.as_bytes()));
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &application.settings.client_id)
        .append_pair("redirect_uri", &redirect_uri(application))
        .append_pair("scope", "openid profile email")
        .append_pair("state", &pending.state)
        .append_pair("nonce", &pending.nonce)
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256");
    if is_fresh {
        url.query_pairs_mut().append_pair("prompt", "login");
    }
    Ok((url.into(), pending))
}

/// The claims of the verified ID token.
pub(super) async fn finish(
    application: &Application,
    pending: Option<Pending>,
    answer: &Callback,
) -> anyhow::Result<Map<String, Value>> {
    let pending = pending.context("no sign-in is under way in this browser; press Sign in again")?;
    ensure!(
        answer.state.as_ref() == Some(&pending.state),
        "the answer belongs to another sign-in; press Sign in again"
    );
    if let Some(error) = &answer.error {
        bail!("{} ({error})", answer.error_description.as_deref().unwrap_or("the sign-in was refused"));
    }
    let provider = discover(application).await?;
    ensure!(answer.iss.as_ref() == Some(&provider.issuer), "the answer comes from another server");
    let code = answer.code.as_deref().context("the answer has no code")?;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &redirect_uri(application)),
        ("code_verifier", &pending.code_verifier),
    ];
    let settings = &application.settings;
    let request = application.http.post(&provider.token_endpoint).form(&form);
    let response = request.basic_auth(&settings.client_id, Some(&settings.client_secret)).send().await?;
    let tokens: TokenAnswer = response.error_for_status().context("the server gave no token")?.json().await?;
    verify(application, &provider, &tokens.id_token, &pending.nonce).await
}

async fn verify(
    application: &Application,
    provider: &Provider,
    token: &str,
    nonce: &str,
) -> anyhow::Result<Map<String, Value>> {
    let keys: JwkSet = application.http.get(&provider.jwks_uri).send().await?.json().await?;
    let key_id = decode_header(token)?.kid.context("the ID token names no key")?;
    let key = keys.find(&key_id).context("the ID token's key is not the server's")?;
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[&provider.issuer]);
    validation.set_audience(&[&application.settings.client_id]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let verified = decode::<Map<String, Value>>(token, &DecodingKey::from_jwk(key)?, &validation)?;
    ensure!(
        verified.claims.get("nonce").and_then(Value::as_str) == Some(nonce),
        "the ID token belongs to another sign-in"
    );
    Ok(verified.claims)
}

async fn discover(application: &Application) -> anyhow::Result<Provider> {
    let issuer = &application.settings.issuer;
    let response = application.http.get(format!("{issuer}/.well-known/openid-configuration")).send().await?;
    let provider: Provider = response.json().await.context("reading the server's discovery document")?;
    ensure!(provider.issuer == *issuer, "the server calls itself {}", provider.issuer);
    Ok(provider)
}

fn redirect_uri(application: &Application) -> String {
    format!("{}/callback", application.settings.own_url)
}

fn random(application: &Application) -> anyhow::Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>(application.settings.random.as_ref())?))
}
