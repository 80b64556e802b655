//! What became of a token: an application gives it back (RFC 7009), or asks whether it is good (RFC 7662).

use serde::Serialize;

use super::super::{Internal, Services};
use super::refresh;
use super::token::{ClientCredentials, TokenError, authenticate};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::AuditEvent;
use crate::domain::grant::Scope;
use crate::domain::ids::SessionId;
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::{grant, session};

/// What an application learns of a token (RFC 7662 section 2.2).
#[derive(Serialize)]
pub struct Standing {
    active: bool,
    #[serde(flatten)]
    details: Option<Details>,
}

#[derive(Serialize)]
struct Details {
    iss: String,
    client_id: String,
    aud: String,
    sub: String,
    scope: String,
    iat: i64,
    exp: i64,
    auth_time: i64,
    sid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_type: Option<&'static str>,
}

/// A token of either kind.
struct Known {
    client_id: String,
    session_id: SessionId,
    scope: Scope,
    created_at: Timestamp,
    expires_at: Timestamp,
    kind: Kind,
}

enum Kind {
    Access { token_hash: [u8; 32] },
    Refresh { code_hash: [u8; 32], is_good: bool },
}

/// Takes a token back. With a refresh token, everything that came of its sign-in goes; what is unknown or another's is let be
/// (RFC 7009 section 2.2).
pub async fn revoke(
    services: &Services,
    credentials: &ClientCredentials,
    token: &Secret<String>,
) -> Result<(), TokenError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let client = authenticate(services, &mut tx, credentials).await?;
    let Some(known) = find(services, &mut tx, token).await?.filter(|known| known.client_id == client.id)
    else {
        return Ok(());
    };
    let is_done = match known.kind {
        Kind::Access { token_hash } => grant::delete_access_token(&mut tx, &token_hash).await?,
        Kind::Refresh { code_hash, .. } => grant::end(&mut tx, &code_hash, now).await?,
    };
    if let (true, Some(found)) = (is_done, session::find(&mut tx, known.session_id).await?) {
        let event =
            AuditEvent::TokenRevoked { session: found.id, person: found.person_id, client: client.id };
        services.record(&mut tx, &event, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Whether a token is good now. An application with a secret learns of its own tokens; all others are not active to it.
pub async fn introspect(
    services: &Services,
    credentials: &ClientCredentials,
    token: &Secret<String>,
) -> Result<Standing, TokenError> {
    let now = services.now();
    let mut tx = services.db.read().await?;
    let client = authenticate(services, &mut tx, credentials).await?;
    if client.secret_hash.is_none() {
        return Err(TokenError::ClientAuthenticationFailed);
    }
    let known = find(services, &mut tx, token).await?;
    let Some(known) = known.filter(|known| known.client_id == client.id && known.is_good(now)) else {
        return Ok(Standing { active: false, details: None });
    };
    let Some(session) = session::find(&mut tx, known.session_id).await? else {
        return Ok(Standing { active: false, details: None });
    };
    let details = Details {
        iss: services.issuer.clone(),
        aud: known.client_id.clone(),
        client_id: known.client_id,
        sub: session.person_id.to_string(),
        scope: known.scope.text(),
        iat: known.created_at.seconds(),
        exp: known.expires_at.seconds(),
        auth_time: session.signed_in_at.seconds(),
        sid: session.id.to_string(),
        token_type: matches!(known.kind, Kind::Access { .. }).then_some("Bearer"),
    };
    Ok(Standing { active: true, details: Some(details) })
}

impl Known {
    fn is_good(&self, now: Timestamp) -> bool {
        let is_unspent = match self.kind {
            Kind::Access { .. } => true,
            Kind::Refresh { is_good, .. } => is_good,
        };
        is_unspent && now < self.expires_at
    }
}

/// The hashes of the two kinds differ, so a token is found whatever its client says it is.
async fn find(services: &Services, tx: &mut Tx, token: &Secret<String>) -> Result<Option<Known>, Internal> {
    let token_hash = services.keys.hasher.hash(HashPurpose::AccessToken, token.expose().as_bytes());
    if let Some(access) = grant::find_access_token(tx, &token_hash).await? {
        return Ok(Some(Known {
            client_id: access.client_id,
            session_id: access.session_id,
            scope: access.scope,
            created_at: access.created_at,
            expires_at: access.expires_at,
            kind: Kind::Access { token_hash },
        }));
    }
    let found = refresh::find(tx, &refresh::hash(services, token.expose())).await?;
    Ok(found.map(|(kept, granted)| Known {
        client_id: granted.client_id,
        session_id: granted.session_id,
        scope: granted.scope,
        created_at: kept.created_at,
        expires_at: kept.expires_at,
        kind: Kind::Refresh {
            code_hash: kept.code_hash,
            is_good: kept.spent_at.is_none() && granted.ended_at.is_none(),
        },
    }))
}
