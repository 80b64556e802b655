//! What happens once, when a server starts on its database.
//!
//! 1. The tables are brought up to date.
//! 2. The issuer is compared with the one that the database was made for.
//! 3. Signing keys are made at first start, and kept sealed.

use super::Internal;
use crate::crypto::master::Keys;
use crate::crypto::signing_key::{SigningKey, generate};
use crate::domain::client::TokenAlgorithm;
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;
use crate::store::db::{Db, Tx};
use crate::store::{settings, signing_key};

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
pub async fn prepare(
    db: &Db,
    keys: &Keys,
    issuer: &str,
    now: Timestamp,
) -> Result<Vec<SigningKey>, StartError> {
    let mut tx = db.write().await?;
    let kept = settings::keep_first(&mut tx, ISSUER, issuer).await?;
    if kept != issuer {
        return Err(StartError::IssuerChanged { kept, configured: issuer.to_owned() });
    }
    let mut signing_keys = Vec::new();
    for algorithm in TokenAlgorithm::ALL {
        signing_keys.push(load_or_make(&mut tx, keys, algorithm, now).await?);
    }
    tx.commit().await?;
    Ok(signing_keys)
}

async fn load_or_make(
    tx: &mut Tx,
    keys: &Keys,
    algorithm: TokenAlgorithm,
    now: Timestamp,
) -> Result<SigningKey, Internal> {
    let place = format!("signing_keys/{}", algorithm.name());
    if let Some(sealed) = signing_key::find(tx, algorithm).await? {
        let private = Secret::new(keys.sealer.open(&place, &sealed)?);
        return Ok(SigningKey::read(algorithm, &private)?);
    }
    let private = generate(algorithm)?;
    let key = SigningKey::read(algorithm, &private)?;
    let sealed = keys.sealer.seal(&place, private.expose())?;
    if signing_key::insert(tx, &key.id, algorithm, &sealed, now).await? {
        return Ok(key);
    }
    // Another node made it first.
    let sealed = signing_key::find(tx, algorithm).await?.ok_or(Internal::Missing("signing key"))?;
    Ok(SigningKey::read(algorithm, &Secret::new(keys.sealer.open(&place, &sealed)?))?)
}

/// Whether the database answers.
pub async fn check(db: &Db) -> Result<(), Internal> {
    let mut tx = db.read().await?;
    settings::find(&mut tx, ISSUER).await?;
    Ok(())
}
