//! What applications are told when a session ends (OpenID Connect Back-Channel Logout 1.0, section 2.5).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{open, queue, retry_after, settle, take};
use crate::crypto::jose;
use crate::domain::message::{Channel, Envelope, MessageKind, Outcome};
use crate::domain::time::Timestamp;
use crate::flows::{Internal, Services};
use crate::store::client;
use crate::store::db::Tx;
use crate::store::outbox;
use crate::store::session::Listener;

/// The one event of a logout token.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// How long a logout token is good; each try has its own.
const TOKEN_LIFE: std::time::Duration = std::time::Duration::from_mins(2);

/// What the body of a queued notice holds.
#[derive(Serialize, Deserialize)]
struct Note {
    client: String,
    session: String,
    person: String,
}

/// Queues what an application is told in the transaction that ends the session.
pub(in crate::flows) async fn queue_logout(
    services: &Services,
    tx: &mut Tx,
    listener: &Listener,
) -> Result<(), Internal> {
    let Listener { id, person_id, client_id, uri } = listener;
    let note = Note { client: client_id.clone(), session: id.clone(), person: person_id.clone() };
    let body = serde_json::to_string(&note).map_err(|_| Internal::Missing("logout as text"))?;
    let envelope = Envelope {
        channel: Channel::Logout,
        to: uri,
        person: person_id.parse().map_err(|_| Internal::Missing("person of the session"))?,
        kind: MessageKind::SessionEnd,
        attempt: None,
    };
    queue(services, tx, envelope, (String::new(), body)).await
}

/// One try; `true` when the application took it.
pub(super) async fn try_logout(
    services: &Services,
    queued: outbox::Queued,
    now: Timestamp,
) -> Result<bool, Internal> {
    let message = open(services, &queued)?;
    if !take(services, &queued, &message, now.plus(retry_after(queued.tries))).await? {
        return Ok(false);
    }
    let note: Note = serde_json::from_str(&message.body).map_err(|_| Internal::Missing("logout as text"))?;
    let found = client::find(&mut services.db.read().await?, &note.client).await?;
    let outcome = match found {
        None => Outcome::Refused("the application was removed".to_owned()),
        Some(client) => {
            let key = services.signing_keys.current(client.metadata.id_token_signed_response_alg, now)?;
            let claims = claims(services, &note, (&queued.id.to_string(), now));
            let token = jose::sign(&key, "logout+jwt", &claims)?;
            services.logout_sender.send(&message.to, &token).await
        }
    };
    settle(services, &queued, outcome).await
}

fn claims(services: &Services, note: &Note, (id, now): (&str, Timestamp)) -> Value {
    json!({
        "iss": services.issuer,
        "aud": note.client,
        "iat": now.seconds(),
        "exp": now.plus(TOKEN_LIFE).seconds(),
        "jti": id,
        "sub": note.person,
        "sid": note.session,
        "events": { EVENT: {} },
    })
}
