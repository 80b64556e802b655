//! Step 1: tokens are made, listed and revoked by command.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::super::{Internal, Services};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::AuditEvent;
use crate::domain::ids::{CompanyId, ScimTokenId};
use crate::domain::random::bytes;
use crate::domain::scim::ScimToken;
use crate::domain::secret::Secret;
use crate::store::{client, company, scim_token};

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// No such application.
    #[error("there is no application with the client id {0}: avain client add registers one")]
    ClientUnknown(String),
    /// No such company.
    #[error("there is no company {0}")]
    CompanyUnknown(CompanyId),
    /// No such token, or revoked already.
    #[error("there is no token {0} that could be revoked: avain scim token list shows them")]
    TokenUnknown(ScimTokenId),
    /// Our fault.
    #[error("the database did not answer as it should")]
    Internal(#[source] Internal),
}

super::super::from_internal!(TokenError);

/// A token to be made.
pub struct NewToken {
    /// For which application.
    pub client: String,
    /// For which companies; new people go to the first, unless the application names another.
    pub companies: Vec<CompanyId>,
    /// For every company, now and later.
    pub is_for_all: bool,
}

/// Makes a token and gives it back; the database keeps its keyed hash alone.
pub async fn add_token(
    services: &Services,
    new: NewToken,
) -> Result<(ScimTokenId, Secret<String>), TokenError> {
    let (now, random) = (services.now(), services.random.as_ref());
    let secret = Secret::new(format!("avain_scim_{}", URL_SAFE_NO_PAD.encode(bytes::<32>(random)?)));
    let hash = services.keys.hasher.hash(HashPurpose::ScimToken, secret.expose().as_bytes());
    let mut tx = services.db.write().await?;
    let found = client::find(&mut tx, &new.client).await?;
    let owner = found.ok_or(TokenError::ClientUnknown(new.client))?;
    for id in &new.companies {
        company::find(&mut tx, *id).await?.ok_or(TokenError::CompanyUnknown(*id))?;
    }
    let token = ScimToken {
        id: ScimTokenId::generate(now, random)?,
        client_id: owner.id,
        client_name: owner.name,
        is_for_all: new.is_for_all,
        home: new.companies.first().copied(),
        created_at: now,
        last_used_at: None,
    };
    scim_token::insert(&mut tx, &token, &hash, &new.companies).await?;
    let event = AuditEvent::ScimTokenMade { client: token.client_id, token: token.id };
    services.record(&mut tx, &event, now).await?;
    tx.commit().await?;
    Ok((token.id, secret))
}

/// Every token that was not revoked, with the companies that it was made for.
pub async fn list_tokens(services: &Services) -> Result<Vec<(ScimToken, Vec<CompanyId>)>, TokenError> {
    let mut tx = services.db.read().await?;
    let mut listed = Vec::new();
    for token in scim_token::find_live(&mut tx).await? {
        let companies = scim_token::find_companies(&mut tx, token.id).await?;
        listed.push((token, companies));
    }
    Ok(listed)
}

/// Revokes a token; the next request with it is refused.
pub async fn revoke_token(services: &Services, id: ScimTokenId) -> Result<(), TokenError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let live = scim_token::find_live(&mut tx).await?;
    let token = live.into_iter().find(|token| token.id == id).ok_or(TokenError::TokenUnknown(id))?;
    if !scim_token::revoke(&mut tx, id, now).await? {
        return Err(TokenError::TokenUnknown(id));
    }
    let event = AuditEvent::ScimTokenRevoked { client: token.client_id, token: id };
    services.record(&mut tx, &event, now).await?;
    tx.commit().await?;
    Ok(())
}
