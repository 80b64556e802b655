//! `[secrets]`.

use std::path::PathBuf;

use serde::Deserialize;

/// What protects the data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SecretSettings {
    /// The file with the master secret: 64 hexadecimal digits. Made at first start. Default: `master.key` in the data
    /// folder; better on another disk. Without it the database cannot be read.
    pub master_secret_file: Option<PathBuf>,
}
