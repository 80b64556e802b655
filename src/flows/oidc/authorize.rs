//! Steps 1 and 9: the authorization request and its answer (OpenID Connect Core section 3.1.2, RFC 7636, RFC 9207).

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::super::{Internal, Services};
use super::answer::{self, Answer, Destination, Refusal, refusal};
use super::id_token::read_hint;
use super::parameters::Parameters;
use super::pushed;
use super::{SessionSecret, find_session};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::client::{Client, OWN_PAGES};
use crate::domain::grant::{CODE_LIFE, Grant, REQUEST_LIFE, ResponseMode, Scope, SignInRequest};
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
    /// No ID token of this server, or another client's.
    #[error("the id_token_hint is not good")]
    HintInvalid,
    /// Our fault.
    #[error("authorizing failed")]
    Internal(#[source] Internal),
}

super::super::from_internal!(AuthorizeError);

/// Step 1.
pub async fn ask(
    services: &Services,
    pairs: Vec<(String, String)>,
    cookie: Option<&SessionSecret>,
) -> Result<Answer, AuthorizeError> {
    let parameters = Parameters::read(pairs)?;
    let now = services.now();
    let mut tx = services.db.read().await?;
    let parameters = pushed::resolve(services, &mut tx, parameters, now).await?;
    let client = find_client(&mut tx, &parameters).await?;
    let redirect_uri = parameters.get("redirect_uri").unwrap_or_default();
    if !client.redirect_uris.iter().any(|uri| uri == redirect_uri) {
        return Err(AuthorizeError::RedirectUriInvalid);
    }
    let state = parameters.get("state").filter(|state| state.len() <= 2048);
    let found = find_session(services, &mut tx, cookie, now).await?;
    drop(tx);
    let usable = found.filter(|session| {
        is_fresh_enough(session, &parameters, now) && is_expected(services, session, &parameters)
    });
    let mode = parameters.response_mode();
    let checked = check(&parameters).and_then(|scope| may_ask(&parameters, usable.as_ref()).map(|()| scope));
    let scope = match checked {
        Ok(scope) => scope,
        Err(refusal) => {
            let destination = Destination { redirect_uri, mode: mode.unwrap_or(ResponseMode::Query), state };
            return Ok(answer::refuse(services, &destination, &refusal)?);
        }
    };
    let request = SignInRequest {
        id: SignInRequestId::generate(now, services.random.as_ref())?,
        client_id: client.id,
        redirect_uri: redirect_uri.to_owned(),
        scope,
        response_mode: mode.unwrap_or(ResponseMode::Query),
        state: state.map(str::to_owned),
        nonce: parameters.get("nonce").map(str::to_owned),
        code_challenge: parameters.get("code_challenge").unwrap_or_default().to_owned(),
        is_fresh_sign_in_required: parameters.asks_for_fresh_sign_in(),
        session_id: None,
        expires_at: now.plus(REQUEST_LIFE),
    };
    if let Some(session) = usable
        && let Some(answer) = issue_code(services, &request, &session, now).await?
    {
        return Ok(answer);
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
        response_mode: ResponseMode::Query,
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
        && let Some(answer) = issue_code(services, &request, &session, now).await?
    {
        return Ok(answer);
    }
    Ok(Answer::SignIn { request: id, language: None })
}

/// The person gave up: the application is told (`access_denied`).
pub async fn give_up(services: &Services, id: SignInRequestId) -> Result<Answer, AuthorizeError> {
    let request = find_request(&mut services.db.read().await?, id, services.now()).await?;
    if request.client_id == OWN_PAGES {
        return Ok(Answer::Redirect("/".to_owned()));
    }
    let refusal = refusal("access_denied", "the person cancelled the sign-in");
    Ok(answer::refuse(services, &Destination::of(&request), &refusal)?)
}

/// Whether an authorization request keeps to the rules that need neither a client nor a session.
pub(super) fn check(parameters: &Parameters) -> Result<Scope, Refusal> {
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
    if parameters.response_mode().is_none() {
        return Err(refusal("invalid_request", "response_mode must be query or form_post"));
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
    scope.ok_or(refusal("invalid_scope", "the scope must contain openid"))
}

/// Nobody is asked who is not to be asked (`prompt=none`).
fn may_ask(parameters: &Parameters, session: Option<&Session>) -> Result<(), Refusal> {
    if parameters.has_prompt("none") && session.is_none() {
        return Err(refusal("login_required", "the person is not signed in"));
    }
    Ok(())
}

fn is_fresh_enough(session: &Session, parameters: &Parameters, now: Timestamp) -> bool {
    let max_age = parameters.get("max_age").and_then(|age| age.parse().ok()).map(Duration::from_secs);
    let is_young = max_age.is_none_or(|max_age| now.since(session.signed_in_at) < max_age);
    is_young && !parameters.has_prompt("login") && !parameters.has_prompt("select_account")
}

/// Whether the session is of the person whom the application expects (`id_token_hint`); a hint that is not ours expects nobody.
fn is_expected(services: &Services, session: &Session, parameters: &Parameters) -> bool {
    let Some(token) = parameters.get("id_token_hint") else { return true };
    read_hint(services, token).is_some_and(|hint| hint.sub == session.person_id.to_string())
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

/// The way back to the application with a code; `None` when the session has ended meanwhile.
async fn issue_code(
    services: &Services,
    request: &SignInRequest,
    session: &Session,
    now: Timestamp,
) -> Result<Option<Answer>, Internal> {
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
    answer::give(services, &Destination::of(request), &[("code", &code)]).map(Some)
}
