//! `[push.fcm]` and `[push.apns]`.

use std::path::PathBuf;

use serde::Deserialize;

use super::SettingsError;
use super::mail::{check_timeout, default_timeout};

/// What phones are woken by; without it they find a sign-in only by looking for it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PushSettings {
    /// Android phones.
    pub fcm: Option<FcmSettings>,
    /// iPhones.
    pub apns: Option<ApnsSettings>,
}

/// Firebase Cloud Messaging.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FcmSettings {
    /// The service account's file (JSON), as the Firebase console makes it.
    pub service_account_file: PathBuf,
    /// Another address than Google's.
    pub base_url: Option<String>,
    /// How long a push may take, in seconds; at most 25.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
}

/// The Apple Push Notification service.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApnsSettings {
    /// The key's file (`.p8`), as Apple's developer pages make it.
    pub key_file: PathBuf,
    /// The key's id: ten letters and digits.
    pub key_id: String,
    /// The team's id: ten letters and digits.
    pub team_id: String,
    /// The app's bundle id, for example `com.example.keys`.
    pub topic: String,
    /// Whether the app is a development build.
    #[serde(default)]
    pub sandbox: bool,
    /// Another address than Apple's; not together with `sandbox`.
    pub base_url: Option<String>,
    /// How long a push may take, in seconds; at most 25.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
}

impl PushSettings {
    /// Checks what can be wrong without asking anybody.
    pub fn check(&self) -> Result<(), SettingsError> {
        if let Some(fcm) = &self.fcm {
            check_timeout("push.fcm.timeout_seconds", fcm.timeout_seconds)?;
        }
        self.apns.as_ref().map_or(Ok(()), ApnsSettings::check)
    }
}

impl ApnsSettings {
    fn check(&self) -> Result<(), SettingsError> {
        let refuse = |key, what: &str| Err(SettingsError::Invalid { key, what: what.to_owned() });
        let is_id = |id: &str| id.len() == 10 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_name_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        if !is_id(&self.key_id) {
            return refuse("push.apns.key_id", "ten letters and digits, as in the key's file name");
        }
        if !is_id(&self.team_id) {
            return refuse("push.apns.team_id", "ten letters and digits");
        }
        if self.topic.is_empty() || !self.topic.bytes().all(is_name_part) {
            return refuse("push.apns.topic", "the app's bundle id, for example com.example.keys");
        }
        if self.sandbox && self.base_url.is_some() {
            return refuse("push.apns.base_url", "sandbox or base_url, not both");
        }
        check_timeout("push.apns.timeout_seconds", self.timeout_seconds)
    }
}
