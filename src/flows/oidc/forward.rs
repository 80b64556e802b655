//! Applications that know no OpenID Connect: the reverse proxy in front of them asks here, request by request, who is there.
//!
//! 1. [`check`]: with a cookie of this application the proxy learns who it is. It asks the database each time, so that the end of a
//!    session counts at once.
//! 2. [`enter`]: without one the browser goes to `/oauth2/authorize`, like that of any application. The state is sealed and says where
//!    it wanted to go; the PKCE verifier comes of it and of a cookie, so the way back is good in this very browser alone.
//! 3. [`come_back`]: the code is redeemed here, and the browser gets a cookie for this application's host.
//! 4. [`leave`]: signing out ends the session behind it, for every application.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use super::super::{Internal, Services, session_end};
use super::claims::{PersonClaims, of_person};
use super::parameters::Parameters;
use super::token::{self, CodeExchange, TokenError};
use crate::crypto::code_hash::{HashPurpose, sha256};
use crate::domain::audit::AuditEvent;
use crate::domain::client::Client;
use crate::domain::forward::{ForwardTarget, address};
use crate::domain::grant::{REQUEST_LIFE, Scope};
use crate::domain::random::bytes;
use crate::domain::secret::Secret;
use crate::domain::session::{ABSOLUTE_LIFE, IDLE_LIFE, Session};
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::session::Ending;
use crate::store::{client, forward_session, grant, session};

/// What the proxy is told about a person, and so what is asked for.
const SCOPE: Scope = Scope { profile: true, email: true, phone: false, offline_access: false };
/// A use is noted this much later than the one before, so that most requests write nothing.
const NOTED_EVERY: Duration = Duration::from_mins(1);

/// A secret in a cookie on the application's host.
pub type ForwardSecret = Secret<[u8; 32]>;

/// Why nobody gets in.
#[derive(Debug, thiserror::Error)]
pub enum ForwardError {
    /// No application behind a proxy has this address.
    #[error("no application is registered for this address")]
    OriginUnknown,
    /// Too old, begun in another browser, or changed on the way.
    #[error("the way back is not good: {0}")]
    WayInvalid(&'static str),
    /// The person gave up, or may not.
    #[error("the sign-in was not finished")]
    Refused,
    /// Our fault.
    #[error("asking who is there failed")]
    Internal(#[source] Internal),
}

super::super::from_internal!(ForwardError);

/// The way to the sign-in.
pub struct Way {
    /// Where the browser goes.
    pub location: String,
    /// What binds the way back to it.
    pub secret: ForwardSecret,
}

/// The person is in.
pub struct Entered {
    /// Where the browser wanted to go.
    pub location: String,
    /// Its cookie at the application.
    pub secret: ForwardSecret,
}

/// Step 1: who is there; `None` when nobody is.
pub async fn check(
    services: &Services,
    target: &ForwardTarget,
    cookie: Option<&ForwardSecret>,
) -> Result<Option<PersonClaims>, ForwardError> {
    let mut tx = services.db.read().await?;
    let Some((session, is_due)) = find(services, &mut tx, target, cookie).await? else {
        find_client(&mut tx, &target.redirect_uri()).await?;
        return Ok(None);
    };
    let person = of_person(&mut tx, &session, SCOPE).await?;
    drop(tx);
    if let Some(token_hash) = is_due {
        let mut tx = services.db.write().await?;
        forward_session::touch(&mut tx, &token_hash, services.now()).await?;
        tx.commit().await?;
    }
    Ok(Some(person))
}

/// Step 2. A browser that is on its way in another tab keeps its secret.
pub async fn enter(
    services: &Services,
    target: &ForwardTarget,
    way: Option<ForwardSecret>,
) -> Result<Way, ForwardError> {
    let redirect_uri = target.redirect_uri();
    let client = find_client(&mut services.db.read().await?, &redirect_uri).await?;
    let secret = match way {
        Some(secret) => secret,
        None => Secret::new(bytes::<32>(services.random.as_ref())?),
    };
    let until = services.now().plus(REQUEST_LIFE).millis().to_be_bytes();
    let sealed =
        services.keys.sealer.seal(&place(&redirect_uri), &[&until, target.path().as_bytes()].concat())?;
    let state = URL_SAFE_NO_PAD.encode(sealed);
    let challenge = URL_SAFE_NO_PAD.encode(sha256(verifier(services, &secret, &state).expose().as_bytes()));
    let mut url = Url::parse(&services.issuer).map_err(|_| Internal::Missing("issuer as URL"))?;
    url.set_path("/oauth2/authorize");
    url.query_pairs_mut().extend_pairs([
        ("response_type", "code"),
        ("client_id", &client.id),
        ("redirect_uri", &redirect_uri),
        ("scope", &SCOPE.text()),
        ("state", &state),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    Ok(Way { location: url.into(), secret })
}

/// Step 3.
pub async fn come_back(
    services: &Services,
    target: &ForwardTarget,
    pairs: Vec<(String, String)>,
    way: Option<ForwardSecret>,
) -> Result<Entered, ForwardError> {
    let parameters = Parameters::read(pairs).map_err(|_| ForwardError::WayInvalid("repeated parameter"))?;
    let redirect_uri = target.redirect_uri();
    let state = parameters.get("state").ok_or(ForwardError::WayInvalid("no state"))?;
    let path = open_state(services, &redirect_uri, state)?;
    let location = address(&redirect_uri, &path).ok_or(ForwardError::WayInvalid("no path"))?;
    if parameters.get("iss") != Some(&services.issuer) {
        return Err(ForwardError::WayInvalid("another server's answer"));
    }
    let code = parameters.get("code").ok_or(ForwardError::Refused)?;
    let way = way.ok_or(ForwardError::WayInvalid("another browser"))?;
    let exchange = CodeExchange {
        code: Secret::new(code.to_owned()),
        redirect_uri,
        code_verifier: verifier(services, &way, state),
    };
    let secret = redeem(services, &exchange).await?;
    Ok(Entered { location, secret })
}

/// Step 4.
pub async fn leave(
    services: &Services,
    target: &ForwardTarget,
    cookie: Option<&ForwardSecret>,
) -> Result<(), ForwardError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let Some((session, _)) = find(services, &mut tx, target, cookie).await? else { return Ok(()) };
    session_end::end(services, &mut tx, Ending::Session(session.id), now).await?;
    let event = AuditEvent::SignedOut { session: session.id, person: session.person_id };
    services.record(&mut tx, &event, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The session behind a cookie; with the cookie's hash when its use is to be noted.
async fn find(
    services: &Services,
    tx: &mut Tx,
    target: &ForwardTarget,
    cookie: Option<&ForwardSecret>,
) -> Result<Option<(Session, Option<[u8; 32]>)>, Internal> {
    let Some(cookie) = cookie else { return Ok(None) };
    let now = services.now();
    let token_hash = services.keys.hasher.hash(HashPurpose::ForwardSession, cookie.expose());
    let found = forward_session::find(tx, &token_hash, &target.redirect_uri()).await?;
    let Some(found) = found.filter(|found| now < found.last_seen_at.plus(IDLE_LIFE)) else { return Ok(None) };
    let session = session::find(tx, found.session_id).await?;
    // The person is busy at the application, not at this server's pages: that session's own idle time does not count.
    let live = session.filter(|session| now < session.signed_in_at.plus(ABSOLUTE_LIFE));
    let is_due = now >= found.last_seen_at.plus(NOTED_EVERY);
    Ok(live.map(|session| (session, is_due.then_some(token_hash))))
}

async fn find_client(tx: &mut Tx, redirect_uri: &str) -> Result<Client, ForwardError> {
    for id in client::find_ids_by_uri(tx, redirect_uri).await? {
        if let Some(found) = client::find(tx, &id).await?.filter(|client| client.metadata.forward_auth) {
            return Ok(found);
        }
    }
    Err(ForwardError::OriginUnknown)
}

fn open_state(services: &Services, redirect_uri: &str, state: &str) -> Result<String, ForwardError> {
    let changed = || ForwardError::WayInvalid("changed state");
    let sealed = URL_SAFE_NO_PAD.decode(state).map_err(|_| changed())?;
    let opened = services.keys.sealer.open(&place(redirect_uri), &sealed).map_err(|_| changed())?;
    let (until, path) = opened.split_first_chunk::<8>().ok_or_else(changed)?;
    if services.now() >= Timestamp::from_millis(i64::from_be_bytes(*until)) {
        return Err(ForwardError::WayInvalid("too late"));
    }
    String::from_utf8(path.to_vec()).map_err(|_| changed())
}

/// A state is good at one address alone.
fn place(redirect_uri: &str) -> String {
    ["forward/", redirect_uri].concat()
}

fn verifier(services: &Services, way: &ForwardSecret, state: &str) -> Secret<String> {
    Secret::new(URL_SAFE_NO_PAD.encode(services.keys.hasher.forward_verifier(way.expose(), state)))
}

/// The code, once, for a cookie.
async fn redeem(services: &Services, exchange: &CodeExchange) -> Result<ForwardSecret, ForwardError> {
    let now = services.now();
    let code = exchange.code.expose().as_bytes();
    let code_hash = services.keys.hasher.hash(HashPurpose::AuthorizationCode, code);
    let mut tx = services.db.write().await?;
    let client = find_client(&mut tx, &exchange.redirect_uri).await?;
    let found = grant::find(&mut tx, &code_hash).await?.ok_or(ForwardError::WayInvalid("unknown code"))?;
    token::check(&found, &client, exchange, now).map_err(as_way)?;
    if !grant::redeem(&mut tx, &code_hash, now).await? {
        drop(tx);
        return Err(as_way(
            token::take_back(services, &code_hash, found.session_id, client).await.map_err(as_way)?,
        ));
    }
    let session = session::find(&mut tx, found.session_id).await?.filter(|session| session.is_live(now));
    let session = session.ok_or(ForwardError::WayInvalid("the session has ended"))?;
    let secret = Secret::new(bytes::<32>(services.random.as_ref())?);
    let token_hash = services.keys.hasher.hash(HashPurpose::ForwardSession, secret.expose());
    let place = (client.id.as_str(), exchange.redirect_uri.as_str());
    forward_session::insert(&mut tx, &token_hash, place, session.id, now).await?;
    let event = AuditEvent::TokenIssued { session: session.id, person: session.person_id, client: client.id };
    services.record(&mut tx, &event, now).await?;
    tx.commit().await?;
    Ok(secret)
}

fn as_way(error: TokenError) -> ForwardError {
    match error {
        TokenError::Internal(internal) => ForwardError::Internal(internal),
        TokenError::GrantInvalid(why) => ForwardError::WayInvalid(why),
        _ => ForwardError::WayInvalid("not a code of this application"),
    }
}
