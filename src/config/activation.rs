//! `[activation]`.

use serde::Deserialize;

use super::SettingsError;
use crate::domain::os_version::OsVersion;
use crate::domain::platform::MinimumOs;

/// Which phones may be enrolled.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ActivationSettings {
    /// The oldest Android, for example `12`.
    pub minimum_android: String,
    /// The oldest iOS, for example `16` or `16.4`.
    pub minimum_ios: String,
}

impl Default for ActivationSettings {
    fn default() -> Self {
        Self { minimum_android: "12".to_owned(), minimum_ios: "16".to_owned() }
    }
}

impl ActivationSettings {
    /// The two versions.
    pub fn minimum_os(&self) -> Result<MinimumOs, SettingsError> {
        let invalid = |key, text: &str| SettingsError::Invalid {
            key,
            what: format!("{text} is no version; write for example 12"),
        };
        let android = OsVersion::parse_android(&self.minimum_android);
        let ios = OsVersion::parse_ios(&self.minimum_ios);
        Ok(MinimumOs {
            android: android.ok_or_else(|| invalid("activation.minimum_android", &self.minimum_android))?,
            ios: ios.ok_or_else(|| invalid("activation.minimum_ios", &self.minimum_ios))?,
        })
    }
}
