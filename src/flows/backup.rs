//! Copies of a running SQLite database, and what happens when one is put back.
//!
//! 1. `write_copy`: a consistent copy, made beside a working server, with a mark that it is one.
//! 2. `settle`: a server that starts on a marked database voids what is open in it: sessions, codes, attempts and invitations
//!    may have ended after the copy was made. What is enrolled stays.
//! 3. `void_open`: the same by command, for a PostgreSQL database that was put back with its own tools.

use std::path::Path;

use super::{Internal, Services};
use crate::domain::audit::AuditEvent;
use crate::domain::time::Timestamp;
use crate::store::db::{Db, Tx};
use crate::store::restore::{self, Voided};
use crate::store::settings;

/// The setting that marks a copy; its value is when it was made.
const COPIED_AT: &str = "copied_at";

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The engine has better tools.
    #[error("the database is PostgreSQL: use pg_dump or a base backup with WAL archiving (docs/operate.md)")]
    Postgres,
    /// Never overwrites.
    #[error("{0} exists already; name a file that does not")]
    Exists(String),
    /// The file cannot be written.
    #[error("writing {path}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Our fault.
    #[error("copying failed")]
    Internal(#[source] Internal),
}

super::from_internal!(BackupError);

/// Step 1. Sign-ins go on meanwhile.
pub async fn write_copy(services: &Services, target: &Path) -> Result<(), BackupError> {
    let path = target.display().to_string();
    if target.exists() {
        return Err(BackupError::Exists(path));
    }
    if !services.db.copy_to(target).await? {
        return Err(BackupError::Postgres);
    }
    let copy = Db::open_sqlite(target, 1).await?;
    let mut tx = copy.write().await?;
    settings::keep_first(&mut tx, COPIED_AT, &services.now().millis().to_string()).await?;
    tx.commit().await?;
    copy.close().await;
    sync(target).map_err(|source| BackupError::File { path, source })
}

/// Step 2. `None` when the database is no copy.
pub async fn settle(services: &Services) -> Result<Option<Voided>, Internal> {
    let mut tx = services.db.write().await?;
    let Some(copied_at) = settings::take(&mut tx, COPIED_AT).await? else { return Ok(None) };
    let copied_at = copied_at.parse().map_or(services.now(), Timestamp::from_millis);
    void(services, tx, copied_at).await.map(Some)
}

/// Step 3.
pub async fn void_open(services: &Services) -> Result<Voided, Internal> {
    let tx = services.db.write().await?;
    void(services, tx, services.now()).await
}

async fn void(services: &Services, mut tx: Tx, copied_at: Timestamp) -> Result<Voided, Internal> {
    let now = services.now();
    let voided = restore::void_open(&mut tx, now).await?;
    services.record(&mut tx, &AuditEvent::DatabaseRestored { copied_at }, now).await?;
    tx.commit().await?;
    Ok(voided)
}

/// The copy and its name are on disk before anybody is told that they are.
fn sync(target: &Path) -> std::io::Result<()> {
    std::fs::File::open(target)?.sync_all()?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
