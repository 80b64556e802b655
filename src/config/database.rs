//! `[database]`.

use std::path::PathBuf;

use serde::Deserialize;

/// Where data is kept.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseSettings {
    /// A folder for the SQLite file `avain.db` and the master secret; made when missing.
    pub data_dir: PathBuf,
    /// `postgres://…`: keep data in PostgreSQL instead of SQLite.
    pub url: Option<String>,
    /// How many writes that wait together share one commit on SQLite; 1 gives each its own.
    pub most_writes_per_commit: usize,
}

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self { data_dir: PathBuf::from("data"), url: None, most_writes_per_commit: 64 }
    }
}
