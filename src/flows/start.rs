//! What happens once, when a server starts on its database.
//!
//! 1. The tables are brought up to date.
//! 2. The issuer is compared with the one that the database was made for.
//! 3. The server's own pages become a client, so that people sign in to them as to any application.
//! 4. Signing keys are made at first start, kept sealed, and read.

use super::Internal;
use super::signing_keys::{self, KeyRing};
use crate::crypto::master::Keys;
use crate::domain::client::{Client, ClientMetadata, OWN_PAGES};
use crate::domain::time::Timestamp;
use crate::store::db::Db;
use crate::store::{client, settings};

/// The setting that holds the issuer.
const ISSUER: &str = "issuer";

/// Why a server cannot start on this database.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Every token and every phone knows the server by its issuer.
    #[error(
        "the database was made for the issuer {kept}, the configuration says {configured}: enrolled phones and \
         connected applications know the server by that name; set server.issuer back to {kept}"
    )]
    IssuerChanged {
        /// The issuer in the database.
        kept: String,
        /// The issuer in the configuration.
        configured: String,
    },
    /// Everything else.
    #[error(transparent)]
    Internal(Internal),
}

super::from_internal!(StartError);

/// Brings the tables up to date, and says whether no server has started on them before.
pub async fn is_new(db: &Db) -> Result<bool, Internal> {
    db.migrate().await?;
    let mut tx = db.read().await?;
    Ok(settings::find(&mut tx, ISSUER).await?.is_none())
}

/// Makes `db` ready for `issuer` and gives back the keys that sign its tokens.
pub async fn prepare(db: &Db, keys: &Keys, issuer: &str, now: Timestamp) -> Result<KeyRing, StartError> {
    let mut tx = db.write().await?;
    let kept = settings::keep_first(&mut tx, ISSUER, issuer).await?;
    if kept != issuer {
        return Err(StartError::IssuerChanged { kept, configured: issuer.to_owned() });
    }
    let own_pages = Client {
        id: OWN_PAGES.to_owned(),
        name: "Avain".to_owned(),
        secret_hash: None,
        old_secret: None,
        redirect_uris: Vec::new(),
        post_logout_redirect_uris: Vec::new(),
        back_channel_logout_uri: None,
        metadata: ClientMetadata::default(),
    };
    client::insert(&mut tx, &own_pages, now).await?;
    let signing_keys = signing_keys::prepare(&mut tx, &keys.sealer, now).await?;
    tx.commit().await?;
    Ok(signing_keys)
}

/// Whether the database answers.
pub async fn check(db: &Db) -> Result<(), Internal> {
    let mut tx = db.read().await?;
    settings::find(&mut tx, ISSUER).await?;
    Ok(())
}
