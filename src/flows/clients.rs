//! Web applications are registered.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::{Host, Url};

use super::{Internal, Services};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::AuditEvent;
use crate::domain::client::{Client, TokenAlgorithm};
use crate::domain::random::bytes;
use crate::domain::secret::Secret;
use crate::store::client;

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
    /// How its ID tokens are signed.
    pub id_token_algorithm: TokenAlgorithm,
    /// Whether it cannot keep a secret (a script in the browser, a native app).
    pub is_public: bool,
}

/// Registers an application and gives back its secret, which is kept as a keyed hash only; `None` for a public one.
pub async fn add(services: &Services, new: NewClient) -> Result<Option<Secret<String>>, ClientError> {
    let mut uris = new.redirect_uris.iter().chain(&new.post_logout_redirect_uris);
    if let Some(uri) = uris.find(|uri| !is_acceptable(uri)) {
        return Err(ClientError::RedirectUri(uri.clone()));
    }
    let secret = if new.is_public {
        None
    } else {
        Some(Secret::new(URL_SAFE_NO_PAD.encode(bytes::<32>(services.random.as_ref())?)))
    };
    let hash = |secret: &Secret<String>| {
        services.keys.hasher.hash(HashPurpose::ClientSecret, secret.expose().as_bytes())
    };
    let added = Client {
        id: new.id,
        name: new.name,
        secret_hash: secret.as_ref().map(hash),
        redirect_uris: new.redirect_uris,
        post_logout_redirect_uris: new.post_logout_redirect_uris,
        id_token_algorithm: new.id_token_algorithm,
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
