//! Web applications are registered, get another secret, and are removed.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::{Host, Url};

use super::{Internal, Services};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::AuditEvent;
use crate::domain::client::{Client, ClientAuthentication, ClientMetadata, OWN_PAGES};
use crate::domain::forward;
use crate::domain::random::bytes;
use crate::domain::secret::Secret;
use crate::store::db::Tx;
use crate::store::{client, grant, scim_token};

/// Why an application cannot be registered.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The id is taken.
    #[error("there is an application with the client id {0} already; choose another id")]
    IdTaken(String),
    /// A redirect URI that would let codes leak, or lead to a page that anybody may change.
    #[error(
        "the redirect URI {0} is not accepted: write it as an absolute https URL without a fragment (http is accepted for 127.0.0.1, [::1] and localhost)"
    )]
    RedirectUri(String),
    /// An application behind a reverse proxy whose address another one has, or that is none.
    #[error(
        "{0} is not accepted: write the origin alone, such as https://wiki.example.com, that no other application has"
    )]
    ForwardOrigin(String),
    /// No such application.
    #[error("there is no application with the client id {0}; `avain client list` shows them")]
    Unknown(String),
    /// A public client has no secret.
    #[error("the application {0} is a public client, which has no secret")]
    Public(String),
    /// Our fault.
    #[error("registering the application failed")]
    Internal(#[source] Internal),
}

super::from_internal!(ClientError);

/// An application to be registered.
pub struct NewClient {
    /// Its `client_id`.
    pub id: String,
    /// Its name as people know it.
    pub name: String,
    /// Where codes may be sent.
    pub redirect_uris: Vec<String>,
    /// Where browsers may be sent that have signed out.
    pub post_logout_redirect_uris: Vec<String>,
    /// Where it is told that a session has ended.
    pub back_channel_logout_uri: Option<String>,
    /// What else it chose.
    pub metadata: ClientMetadata,
}

/// Registers an application and gives back its secret, which is kept as a keyed hash only; `None` where it has none.
pub async fn add(services: &Services, new: NewClient) -> Result<Option<Secret<String>>, ClientError> {
    let logout_uris = new.post_logout_redirect_uris.iter().chain(&new.back_channel_logout_uri);
    let mut uris = new.redirect_uris.iter().chain(logout_uris);
    if let Some(uri) = uris.find(|uri| !is_acceptable(uri)) {
        return Err(ClientError::RedirectUri(uri.clone()));
    }
    check_forward(services, &new).await?;
    let secret = match new.metadata.token_endpoint_auth_method {
        ClientAuthentication::ClientSecret => Some(make_secret(services)?),
        ClientAuthentication::None => None,
    };
    let added = Client {
        id: new.id,
        name: new.name,
        secret_hash: secret.as_ref().map(|secret| hash(services, secret)),
        old_secret: None,
        redirect_uris: new.redirect_uris,
        post_logout_redirect_uris: new.post_logout_redirect_uris,
        back_channel_logout_uri: new.back_channel_logout_uri,
        metadata: new.metadata,
    };
    let now = services.now();
    let mut tx = services.db.write().await?;
    if !client::insert(&mut tx, &added, now).await? {
        return Err(ClientError::IdTaken(added.id));
    }
    services.record(&mut tx, &AuditEvent::ClientAdded { client: added.id }, now).await?;
    tx.commit().await?;
    Ok(secret)
}

/// An application behind a reverse proxy is found by its address, so that it has that address alone and for itself.
async fn check_forward(services: &Services, new: &NewClient) -> Result<(), ClientError> {
    let mut tx = services.db.read().await?;
    for uri in new.redirect_uris.iter().filter(|_| new.metadata.forward_auth) {
        let is_taken = !client::find_ids_by_uri(&mut tx, uri).await?.is_empty();
        if is_taken || !forward::is_callback(uri) {
            return Err(ClientError::ForwardOrigin(uri.clone()));
        }
    }
    Ok(())
}

/// All applications; this server's own pages are none.
pub async fn list(services: &Services) -> Result<Vec<Client>, ClientError> {
    let mut tx = services.db.read().await?;
    let mut found = Vec::new();
    for id in client::find_ids(&mut tx).await? {
        if id != OWN_PAGES {
            found.extend(client::find(&mut tx, &id).await?);
        }
    }
    Ok(found)
}

/// Gives an application another secret. The present one is accepted for `overlap` longer, so that nobody is locked out meanwhile;
/// one before that is not.
pub async fn replace_secret(
    services: &Services,
    id: &str,
    overlap: Duration,
) -> Result<Secret<String>, ClientError> {
    let now = services.now();
    let secret = make_secret(services)?;
    let mut tx = services.db.write().await?;
    let found = find(&mut tx, id).await?;
    let present = found.secret_hash.ok_or_else(|| ClientError::Public(id.to_owned()))?;
    let until = now.plus(overlap);
    if !client::set_secret(&mut tx, id, (&present, until), &hash(services, &secret)).await? {
        return Err(Internal::Missing("the client as it was read").into());
    }
    services.record(&mut tx, &AuditEvent::ClientSecretReplaced { client: id.to_owned() }, now).await?;
    tx.commit().await?;
    Ok(secret)
}

/// Removes an application: its codes and tokens, those for provisioning too, are good no longer. Its id is never given again.
pub async fn remove(services: &Services, id: &str) -> Result<(), ClientError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let found = find(&mut tx, id).await?;
    client::remove(&mut tx, &found.id, now).await?;
    grant::end_of_client(&mut tx, &found.id, now).await?;
    for token in scim_token::find_live(&mut tx).await?.into_iter().filter(|token| token.client_id == id) {
        scim_token::revoke(&mut tx, token.id, now).await?;
        let event = AuditEvent::ScimTokenRevoked { client: token.client_id, token: token.id };
        services.record(&mut tx, &event, now).await?;
    }
    services.record(&mut tx, &AuditEvent::ClientRemoved { client: found.id }, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn find(tx: &mut Tx, id: &str) -> Result<Client, ClientError> {
    let found = if id == OWN_PAGES { None } else { client::find(tx, id).await? };
    found.ok_or_else(|| ClientError::Unknown(id.to_owned()))
}

fn make_secret(services: &Services) -> Result<Secret<String>, Internal> {
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(bytes::<32>(services.random.as_ref())?)))
}

fn hash(services: &Services, secret: &Secret<String>) -> [u8; 32] {
    services.keys.hasher.hash(HashPurpose::ClientSecret, secret.expose().as_bytes())
}

fn is_acceptable(uri: &str) -> bool {
    let Ok(url) = Url::parse(uri) else { return false };
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback);
    let is_plain =
        uri.is_ascii() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    is_safe && is_plain && uri.len() <= 2048
}

#[cfg(test)]
mod tests {
    use super::is_acceptable;

    #[test]
    fn redirect_uris_that_would_let_codes_leak_are_refused() {
        for uri in [
            "https://app.example.com/callback?x=1",
            "http://127.0.0.1:3000/cb",
            "http://localhost/cb",
            "http://[::1]/cb",
        ] {
            assert!(is_acceptable(uri), "{uri}");
        }
        let refused = [
            "",
            "/callback",
            "http://app.example.com/cb",
            "https://app.example.com/cb#part",
            "javascript:alert(1)",
            "https://user@app.example.com/",
            "https://äpp.example.com/",
            "http://127.0.0.1.example.com/",
            "app://callback",
        ];
        for uri in refused {
            assert!(!is_acceptable(uri), "{uri}");
        }
    }
}
