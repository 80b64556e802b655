//! Signing out: on our own pages, and when an application asks (OpenID Connect RP-Initiated Logout 1.0).

use super::super::{Internal, Services, session_end};
use super::answer::with_query;
use super::authorize::AuthorizeError;
use super::id_token::{Hint, read_hint};
use super::parameters::Parameters;
use super::{SessionSecret, find_session};
use crate::domain::audit::AuditEvent;
use crate::domain::client::Client;
use crate::domain::ids::SessionId;
use crate::domain::session::Session;
use crate::store::db::Tx;
use crate::store::session::Ending;
use crate::store::{client, session};

/// What the browser sees next.
#[derive(Debug, PartialEq, Eq)]
pub enum LogoutAnswer {
    /// There is no session any longer; the application may want the browser back.
    SignedOut(Option<String>),
    /// The person is asked, since the application does not prove that it means them; with the application, where it is known.
    Ask(Option<String>),
}

/// Ends the session of the browser, if it has one.
pub async fn sign_out(services: &Services, cookie: Option<&SessionSecret>) -> Result<(), AuthorizeError> {
    let mut tx = services.db.write().await?;
    if let Some(found) = find_session(services, &mut tx, cookie, services.now()).await? {
        end(services, &mut tx, &found).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// An application asks to sign its person out. Its ID token (`id_token_hint`) names session and person, so nobody is asked; a session
/// that the same person began later in this browser ends as well.
pub async fn ask(
    services: &Services,
    pairs: Vec<(String, String)>,
    cookie: Option<&SessionSecret>,
) -> Result<LogoutAnswer, AuthorizeError> {
    let parameters = Parameters::read(pairs)?;
    let hint = match parameters.get("id_token_hint") {
        Some(token) => Some(read_hint(services, token).ok_or(AuthorizeError::HintInvalid)?),
        None => None,
    };
    let mut tx = services.db.write().await?;
    let client = find_client(&mut tx, &parameters, hint.as_ref()).await?;
    let to = find_destination(client.as_ref(), &parameters)?;
    let own = find_session(services, &mut tx, cookie, services.now()).await?;
    let is_meant = |own: &Session| hint.as_ref().is_some_and(|hint| hint.sub == own.person_id.to_string());
    if own.as_ref().is_some_and(|own| !is_meant(own)) {
        return Ok(LogoutAnswer::Ask(client.map(|client| client.id)));
    }
    let named: Option<SessionId> = hint.and_then(|hint| hint.sid.parse().ok());
    let named = match named {
        Some(named) => session::find(&mut tx, named).await?,
        None => None,
    };
    for found in own.iter().chain(&named) {
        end(services, &mut tx, found).await?;
    }
    tx.commit().await?;
    Ok(LogoutAnswer::SignedOut(to))
}

/// The person was asked and signs out.
pub async fn confirm(
    services: &Services,
    pairs: Vec<(String, String)>,
    cookie: Option<&SessionSecret>,
) -> Result<Option<String>, AuthorizeError> {
    let parameters = Parameters::read(pairs)?;
    let client = find_client(&mut services.db.read().await?, &parameters, None).await?;
    let to = find_destination(client.as_ref(), &parameters)?;
    sign_out(services, cookie).await?;
    Ok(to)
}

async fn end(services: &Services, tx: &mut Tx, found: &Session) -> Result<(), Internal> {
    let now = services.now();
    if session_end::end(services, tx, Ending::Session(found.id), now).await? > 0 {
        let event = AuditEvent::SignedOut { session: found.id, person: found.person_id };
        services.record(tx, &event, now).await?;
    }
    Ok(())
}

async fn find_client(
    tx: &mut Tx,
    parameters: &Parameters,
    hint: Option<&Hint>,
) -> Result<Option<Client>, AuthorizeError> {
    let audience = hint.map(|hint| hint.aud.as_str());
    let id = match (parameters.get("client_id"), audience) {
        (Some(id), Some(audience)) if id != audience => return Err(AuthorizeError::HintInvalid),
        (Some(id), _) | (None, Some(id)) => id,
        (None, None) => return Ok(None),
    };
    client::find(tx, id).await?.ok_or(AuthorizeError::ClientUnknown).map(Some)
}

/// Nobody is sent to an address that the application has not registered.
fn find_destination(
    client: Option<&Client>,
    parameters: &Parameters,
) -> Result<Option<String>, AuthorizeError> {
    let Some(uri) = parameters.get("post_logout_redirect_uri") else { return Ok(None) };
    let client = client.ok_or(AuthorizeError::RedirectUriInvalid)?;
    if !client.post_logout_redirect_uris.iter().any(|registered| registered == uri) {
        return Err(AuthorizeError::RedirectUriInvalid);
    }
    let state = parameters.get("state").filter(|state| state.len() <= 2048).map(|state| ("state", state));
    match state {
        None => Ok(Some(uri.to_owned())),
        Some(state) => Ok(Some(with_query(uri, [state].into_iter())?)),
    }
}
