//! `[activation]`.

use serde::Deserialize;
use time::Date;
use time::format_description::well_known::Iso8601;

use super::SettingsError;
use crate::domain::os_policy::OsPolicy;
use crate::domain::os_version::OsVersion;
use crate::domain::platform::MinimumOs;
use crate::domain::time::Timestamp;

/// Which phones may be enrolled.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ActivationSettings {
    /// The oldest Android, for example `12`.
    pub minimum_android: String,
    /// The oldest iOS, for example `16` or `16.4`.
    pub minimum_ios: String,
    /// The day, for example `2027-01-31`, from which enrolled phones below the minimum are warned at sign-in. It begins at
    /// midnight UTC.
    pub warn_from: Option<String>,
    /// The day from which they no longer sign in.
    pub block_from: Option<String>,
}

impl Default for ActivationSettings {
    fn default() -> Self {
        Self {
            minimum_android: "12".to_owned(),
            minimum_ios: "16".to_owned(),
            warn_from: None,
            block_from: None,
        }
    }
}

impl ActivationSettings {
    /// The minimum, and from when it counts for phones that are enrolled.
    pub fn os_policy(&self) -> Result<OsPolicy, SettingsError> {
        let warn_from = day("activation.warn_from", self.warn_from.as_deref())?;
        let block_from = day("activation.block_from", self.block_from.as_deref())?;
        if warn_from.zip(block_from).is_some_and(|(warn, block)| block < warn) {
            let what = "phones would be kept out before they are warned".to_owned();
            return Err(SettingsError::Invalid { key: "activation.block_from", what });
        }
        Ok(OsPolicy { minimum: self.minimum_os()?, warn_from, block_from })
    }

    fn minimum_os(&self) -> Result<MinimumOs, SettingsError> {
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

/// Midnight UTC at the beginning of a day.
fn day(key: &'static str, text: Option<&str>) -> Result<Option<Timestamp>, SettingsError> {
    let Some(text) = text else { return Ok(None) };
    let date = Date::parse(text, &Iso8601::DATE);
    let date = date.map_err(|_| SettingsError::Invalid {
        key,
        what: format!("{text} is no day; write for example 2027-01-31"),
    })?;
    Ok(Some(Timestamp::from_millis(date.midnight().assume_utc().unix_timestamp() * 1000)))
}
