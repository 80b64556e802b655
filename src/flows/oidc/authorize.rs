//! Steps 1 and 9: the authorization request and its answer (OpenID Connect Core section 3.1.2, RFC 7636, RFC 9207).

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use super::super::{Internal, Services};
use super::{SessionSecret, find_session};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::client::{Client, OWN_PAGES};
use crate::domain::grant::{CODE_LIFE, Grant, REQUEST_LIFE, Scope, SignInRequest};
use crate::domain::ids::SignInRequestId;
use crate::domain::language::Language;
use crate::domain::random::bytes;
use crate::domain::session::Session;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::{client, grant, session};

/// Why an authorization request is answered with a page instead of a redirect.
#[derive(Debug, thiserror::Error)]
pub enum AuthorizeError {
    /// No such client.
    #[error("the client is unknown")]
    ClientUnknown,
    /// Not one of the client's redirect URIs.
    #[error("the redirect URI is not the client's")]
    RedirectUriInvalid,
    /// A parameter stands twice.
    #[error("a parameter stands twice: {0}")]
    Repeated(String),
    /// No such sign-in request.
    #[error("the sign-in request is unknown")]
    RequestUnknown,
    /// The sign-in request is too old.
    #[error("the sign-in request has expired")]
    RequestExpired,
    /// Our fault.
    #[error("authorizing failed")]
    Internal(#[source] Internal),
}

super::super::from_internal!(AuthorizeError);

/// Where the browser goes.
pub enum Answer {
    /// To the application.
    Redirect(String),
    /// To the sign-in page.
    SignIn {
        /// For this request.
        request: SignInRequestId,
        /// In this language, where the application asked for one.
        language: Option<Language>,
    },
}

/// A refusal that the application is told (RFC 6749 section 4.1.2.1).
struct Refusal {
    error: &'static str,
    description: &'static str,
}

const fn refusal(error: &'static str, description: &'static str) -> Refusal {
    Refusal { error, description }
}

/// The parameters of the request, each at most once.
struct Parameters(HashMap<String, String>);

impl Parameters {
    fn read(pairs: Vec<(String, String)>) -> Result<Self, AuthorizeError> {
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

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn asks_for_fresh_sign_in(&self) -> bool {
        self.has_prompt("login") || self.has_prompt("select_account") || self.get("max_age").is_some()
    }

    fn has_prompt(&self, value: &str) -> bool {
        self.get("prompt").is_some_and(|prompt| prompt.split(' ').any(|word| word == value))
    }
}

/// Step 1.
pub async fn ask(
    services: &Services,
    pairs: Vec<(String, String)>,
    cookie: Option<&SessionSecret>,
) -> Result<Answer, AuthorizeError> {
    let parameters = Parameters::read(pairs)?;
    let now = services.now();
    let mut tx = services.db.read().await?;
    let client = find_client(&mut tx, &parameters).await?;
    let redirect_uri = parameters.get("redirect_uri").unwrap_or_default();
    if !client.redirect_uris.iter().any(|uri| uri == redirect_uri) {
        return Err(AuthorizeError::RedirectUriInvalid);
    }
    let state = parameters.get("state").filter(|state| state.len() <= 2048);
    let found = find_session(services, &mut tx, cookie, now).await?;
    drop(tx);
    let usable = found.filter(|session| is_fresh_enough(session, &parameters, now));
    let checked = check(&parameters, usable.as_ref());
    let scope = match checked {
        Ok(scope) => scope,
        Err(refusal) => return Ok(Answer::Redirect(refuse(services, redirect_uri, state, &refusal)?)),
    };
    let request = SignInRequest {
        id: SignInRequestId::generate(now, services.random.as_ref())?,
        client_id: client.id,
        redirect_uri: redirect_uri.to_owned(),
        scope,
        state: state.map(str::to_owned),
        nonce: parameters.get("nonce").map(str::to_owned),
        code_challenge: parameters.get("code_challenge").unwrap_or_default().to_owned(),
        is_fresh_sign_in_required: parameters.asks_for_fresh_sign_in(),
        session_id: None,
        expires_at: now.plus(REQUEST_LIFE),
    };
    if let Some(session) = usable
        && let Some(location) = issue_code(services, &request, &session, now).await?
    {
        return Ok(Answer::Redirect(location));
    }
    let mut tx = services.db.write().await?;
    grant::insert_request(&mut tx, &request, now).await?;
    tx.commit().await?;
    let language = parameters.get("ui_locales").and_then(Language::from_ui_locales);
    Ok(Answer::SignIn { request: request.id, language })
}

/// Step 1 for this server's own pages: whoever has signed in comes back to `path`.
pub async fn ask_for_page(
    services: &Services,
    path: &str,
    is_fresh_sign_in_required: bool,
) -> Result<SignInRequestId, AuthorizeError> {
    let now = services.now();
    let request = SignInRequest {
        id: SignInRequestId::generate(now, services.random.as_ref())?,
        client_id: OWN_PAGES.to_owned(),
        redirect_uri: path.to_owned(),
        scope: Scope::default(),
        state: None,
        nonce: None,
        code_challenge: String::new(),
        is_fresh_sign_in_required,
        session_id: None,
        expires_at: now.plus(REQUEST_LIFE),
    };
    let mut tx = services.db.write().await?;
    grant::insert_request(&mut tx, &request, now).await?;
    tx.commit().await?;
    Ok(request.id)
}

/// Ends the session of the browser, if it has one.
pub async fn sign_out(services: &Services, cookie: Option<&SessionSecret>) -> Result<(), AuthorizeError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    if let Some(found) = find_session(services, &mut tx, cookie, now).await? {
        session::end(&mut tx, found.id, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Step 9: the browser comes back from the sign-in page.
pub async fn resume(
    services: &Services,
    id: SignInRequestId,
    cookie: Option<&SessionSecret>,
) -> Result<Answer, AuthorizeError> {
    let now = services.now();
    let mut tx = services.db.read().await?;
    let request = find_request(&mut tx, id, now).await?;
    let found = find_session(services, &mut tx, cookie, now).await?;
    drop(tx);
    let usable =
        found.filter(|session| !request.is_fresh_sign_in_required || request.session_id == Some(session.id));
    if request.client_id == OWN_PAGES && usable.is_some() {
        return Ok(Answer::Redirect(request.redirect_uri));
    }
    if let Some(session) = usable
        && let Some(location) = issue_code(services, &request, &session, now).await?
    {
        return Ok(Answer::Redirect(location));
    }
    Ok(Answer::SignIn { request: id, language: None })
}

/// The person gave up: the application is told (`access_denied`).
pub async fn give_up(services: &Services, id: SignInRequestId) -> Result<String, AuthorizeError> {
    let request = find_request(&mut services.db.read().await?, id, services.now()).await?;
    if request.client_id == OWN_PAGES {
        return Ok("/".to_owned());
    }
    let refusal = refusal("access_denied", "the person cancelled the sign-in");
    Ok(refuse(services, &request.redirect_uri, request.state.as_deref(), &refusal)?)
}

fn check(parameters: &Parameters, session: Option<&Session>) -> Result<Scope, Refusal> {
    let is_long = |name: &str, most: usize| parameters.get(name).is_some_and(|value| value.len() > most);
    if parameters.get("request").is_some() {
        return Err(refusal("request_not_supported", "request objects are not supported"));
    }
    if parameters.get("request_uri").is_some() {
        return Err(refusal("request_uri_not_supported", "request_uri is not supported"));
    }
    if parameters.get("response_type") != Some("code") {
        return Err(refusal("unsupported_response_type", "response_type must be code"));
    }
    if parameters.get("response_mode").is_some_and(|mode| mode != "query") {
        return Err(refusal("invalid_request", "response_mode must be query"));
    }
    if parameters.get("max_age").is_some_and(|age| age.parse::<u32>().is_err()) {
        return Err(refusal("invalid_request", "max_age must be a number of seconds"));
    }
    let has_control =
        |name: &str| parameters.get(name).is_some_and(|value| value.chars().any(char::is_control));
    if has_control("state") || has_control("nonce") {
        return Err(refusal("invalid_request", "state and nonce have no control characters"));
    }
    if is_long("state", 2048) || is_long("nonce", 512) {
        return Err(refusal("invalid_request", "state has at most 2048 characters, nonce at most 512"));
    }
    let challenge = parameters.get("code_challenge").unwrap_or_default();
    let is_sha256 = URL_SAFE_NO_PAD.decode(challenge).is_ok_and(|hash| hash.len() == 32);
    if parameters.get("code_challenge_method") != Some("S256") || !is_sha256 {
        return Err(refusal(
            "invalid_request",
            "PKCE is required: code_challenge with code_challenge_method S256",
        ));
    }
    let scope = parameters.get("scope").and_then(Scope::parse);
    let scope = scope.ok_or(refusal("invalid_scope", "the scope must contain openid"))?;
    if parameters.has_prompt("none") && session.is_none() {
        return Err(refusal("login_required", "the person is not signed in"));
    }
    Ok(scope)
}

fn is_fresh_enough(session: &Session, parameters: &Parameters, now: Timestamp) -> bool {
    let max_age = parameters.get("max_age").and_then(|age| age.parse().ok()).map(Duration::from_secs);
    let is_young = max_age.is_none_or(|max_age| now.since(session.signed_in_at) < max_age);
    is_young && !parameters.has_prompt("login") && !parameters.has_prompt("select_account")
}

async fn find_client(tx: &mut Tx, parameters: &Parameters) -> Result<Client, AuthorizeError> {
    let is_id = |id: &&str| id.len() <= 128 && id.bytes().all(|byte| byte.is_ascii_graphic());
    let id = parameters.get("client_id").filter(is_id).ok_or(AuthorizeError::ClientUnknown)?;
    client::find(tx, id).await?.ok_or(AuthorizeError::ClientUnknown)
}

async fn find_request(
    tx: &mut Tx,
    id: SignInRequestId,
    now: Timestamp,
) -> Result<SignInRequest, AuthorizeError> {
    let request = grant::find_request(tx, id).await?.ok_or(AuthorizeError::RequestUnknown)?;
    if now >= request.expires_at { Err(AuthorizeError::RequestExpired) } else { Ok(request) }
}

/// The address of the application with a code; `None` when the session has ended meanwhile.
async fn issue_code(
    services: &Services,
    request: &SignInRequest,
    session: &Session,
    now: Timestamp,
) -> Result<Option<String>, Internal> {
    let code = URL_SAFE_NO_PAD.encode(bytes::<32>(services.random.as_ref())?);
    let code_hash = services.keys.hasher.hash(HashPurpose::AuthorizationCode, code.as_bytes());
    let issued = Grant {
        client_id: request.client_id.clone(),
        redirect_uri: request.redirect_uri.clone(),
        scope: request.scope,
        nonce: request.nonce.clone(),
        code_challenge: request.code_challenge.clone(),
        session_id: session.id,
        expires_at: now.plus(CODE_LIFE),
        redeemed_at: None,
        ended_at: None,
    };
    let mut tx = services.db.write().await?;
    if !session::touch(&mut tx, session.id, now).await? {
        return Ok(None);
    }
    grant::insert(&mut tx, &code_hash, &issued, now).await?;
    tx.commit().await?;
    answer_url(services, &request.redirect_uri, request.state.as_deref(), &[("code", &code)]).map(Some)
}

fn refuse(
    services: &Services,
    redirect_uri: &str,
    state: Option<&str>,
    refusal: &Refusal,
) -> Result<String, Internal> {
    let values = [("error", refusal.error), ("error_description", refusal.description)];
    answer_url(services, redirect_uri, state, &values)
}

fn answer_url(
    services: &Services,
    redirect_uri: &str,
    state: Option<&str>,
    values: &[(&str, &str)],
) -> Result<String, Internal> {
    let mut url = Url::parse(redirect_uri).map_err(|_| Internal::Missing("redirect URI as URL"))?;
    {
        let mut query = url.query_pairs_mut();
        query.extend_pairs(values);
        if let Some(state) = state {
            query.append_pair("state", state);
        }
        query.append_pair("iss", &services.issuer);
    }
    Ok(url.into())
}
