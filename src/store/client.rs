//! Rows of `clients` and `client_redirect_uris`.

use super::db::{StoreError, Tx, fixed, present};
use crate::domain::client::Client;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO clients (id, name, secret_hash, back_channel_logout_uri, metadata, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
const INSERT_URI: &str = "INSERT INTO client_redirect_uris (client_id, redirect_uri) VALUES ($1, $2)";
const INSERT_LOGOUT_URI: &str =
    "INSERT INTO client_post_logout_redirect_uris (client_id, redirect_uri) VALUES ($1, $2)";
const LOGOUT_URIS_OF: &str =
    "SELECT redirect_uri FROM client_post_logout_redirect_uris WHERE client_id = $1 ORDER BY redirect_uri";
const BY_ID: &str = "SELECT id, name, secret_hash, old_secret_hash, old_secret_until, back_channel_logout_uri, metadata FROM clients \
     WHERE id = $1 AND removed_at IS NULL";
const ID_BY_URI: &str = "SELECT c.id FROM clients c JOIN client_redirect_uris u ON u.client_id = c.id \
     WHERE u.redirect_uri = $1 AND c.removed_at IS NULL ORDER BY c.id";
const LIVE_IDS: &str = "SELECT id FROM clients WHERE removed_at IS NULL ORDER BY id";
const SET_SECRET: &str = "UPDATE clients SET old_secret_hash = $1, old_secret_until = $2, secret_hash = $3 \
     WHERE id = $4 AND removed_at IS NULL AND secret_hash = $1";
const REMOVE: &str = "UPDATE clients SET removed_at = $1 WHERE id = $2 AND removed_at IS NULL";
const URIS_OF: &str =
    "SELECT redirect_uri FROM client_redirect_uris WHERE client_id = $1 ORDER BY redirect_uri";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    secret_hash: Option<Vec<u8>>,
    old_secret_hash: Option<Vec<u8>>,
    old_secret_until: Option<i64>,
    back_channel_logout_uri: Option<String>,
    metadata: String,
}

/// Adds a client; `false` when its id is taken.
pub async fn insert(tx: &mut Tx, client: &Client, now: Timestamp) -> Result<bool, StoreError> {
    let secret_hash = client.secret_hash.map(|hash| hash.to_vec());
    let metadata = present(serde_json::to_string(&client.metadata).ok(), "clients", "metadata")?;
    let rows = on!(&mut *tx, execute INSERT, [
        &client.id, &client.name, secret_hash, &client.back_channel_logout_uri, metadata, now.millis(),
    ])?;
    if rows == 0 {
        return Ok(false);
    }
    for uri in &client.redirect_uris {
        on!(&mut *tx, execute INSERT_URI, [&client.id, uri])?;
    }
    for uri in &client.post_logout_redirect_uris {
        on!(&mut *tx, execute INSERT_LOGOUT_URI, [&client.id, uri])?;
    }
    Ok(true)
}

/// The ids of all clients.
pub async fn find_ids(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let rows = on!(tx, all LIVE_IDS, [] as (String,))?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The ids of the clients that registered that redirect URI.
pub async fn find_ids_by_uri(tx: &mut Tx, redirect_uri: &str) -> Result<Vec<String>, StoreError> {
    let rows = on!(tx, all ID_BY_URI, [redirect_uri] as (String,))?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Gives the client another secret; the one that it has now is accepted until then. `false` when it has another one by now.
pub async fn set_secret(
    tx: &mut Tx,
    id: &str,
    (present, until): (&[u8; 32], Timestamp),
    next: &[u8; 32],
) -> Result<bool, StoreError> {
    Ok(on!(tx, execute SET_SECRET, [&present[..], until.millis(), &next[..], id])? == 1)
}

/// Removes the client. Its row stays for the history; its id is never given again. `false` when there is none.
pub async fn remove(tx: &mut Tx, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute REMOVE, [now.millis(), id])? == 1)
}

/// The client of that `client_id`.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Client>, StoreError> {
    let Some(row) = on!(&mut *tx, optional BY_ID, [id] as Row)? else {
        return Ok(None);
    };
    let uris = on!(&mut *tx, all URIS_OF, [id] as (String,))?;
    let logout_uris = on!(tx, all LOGOUT_URIS_OF, [id] as (String,))?;
    let secret_hash = row.secret_hash.map(|hash| fixed(hash, "clients", "secret_hash")).transpose()?;
    let old_secret_hash =
        row.old_secret_hash.map(|hash| fixed(hash, "clients", "old_secret_hash")).transpose()?;
    let metadata = serde_json::from_str(&row.metadata).ok();
    Ok(Some(Client {
        id: row.id,
        name: row.name,
        secret_hash,
        old_secret: old_secret_hash.zip(row.old_secret_until.map(Timestamp::from_millis)),
        redirect_uris: uris.into_iter().map(|(uri,)| uri).collect(),
        back_channel_logout_uri: row.back_channel_logout_uri,
        post_logout_redirect_uris: logout_uris.into_iter().map(|(uri,)| uri).collect(),
        metadata: present(metadata, "clients", "metadata")?,
    }))
}
