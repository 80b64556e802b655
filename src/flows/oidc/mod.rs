//! OpenID Connect: how web applications get the person's identity.
//!
//! 1. `authorize::ask`: an application sends the browser; with a session it gets a code at once, otherwise the sign-in page opens.
//! 9. `authorize::resume`: after the sign-in, the code; `token::redeem`: the code for tokens; `token::user_info`: claims once more.
//!    `forward` signs people in to applications that know nothing of this: their reverse proxy asks.
//!    `refresh::refresh` gives fresh tokens, `standing` takes tokens back and tells whether they are good.

pub mod answer;
pub mod authorize;
pub mod claims;
pub mod forward;
mod id_token;
pub mod logout;
mod parameters;
pub mod pushed;
pub mod refresh;
pub mod standing;
pub mod token;

use super::Internal;
use crate::domain::session::Session;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::session;
use crate::{crypto::code_hash::HashPurpose, domain::secret::Secret};

/// The secret in a session cookie.
pub type SessionSecret = Secret<[u8; 32]>;

/// The live session of that cookie.
pub(super) async fn find_session(
    services: &super::Services,
    tx: &mut Tx,
    secret: Option<&SessionSecret>,
    now: Timestamp,
) -> Result<Option<Session>, Internal> {
    let Some(secret) = secret else { return Ok(None) };
    let hash = services.keys.hasher.hash(HashPurpose::SessionCookie, secret.expose());
    Ok(session::find_by_token(tx, &hash).await?.filter(|session| session.is_live(now)))
}
