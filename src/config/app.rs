//! `[app]`.

use serde::Deserialize;

use super::SettingsError;
use crate::domain::mobile_app::{AndroidApp, MobileApp};

/// The app: who may open this server's links, and where it can be had.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AppSettings {
    /// What a link begins with that opens the app; by default `/s/` of this server. iOS opens no app from a page of the app's own
    /// host, so give the app a second host name that leads to this server, for example `https://app.example.com/s/`.
    pub open_url: Option<String>,
    /// The Android package.
    pub android_package: Option<String>,
    /// SHA-256 fingerprints of the certificates that sign it, 32 bytes in hexadecimal with colons.
    pub android_fingerprints: Vec<String>,
    /// Team and bundle identifiers.
    pub ios_app_ids: Vec<String>,
    /// The app's page in the Play Store.
    pub android_store: Option<String>,
    /// The app's page in the App Store.
    pub ios_store: Option<String>,
}

impl AppSettings {
    /// The app that they describe, at a server of that name.
    pub fn app(&self, issuer: &str) -> Result<MobileApp, SettingsError> {
        let open_url = self.open_url.clone().unwrap_or_else(|| format!("{issuer}/s/"));
        check_address("app.open_url", &open_url)?;
        for (key, store) in [("app.android_store", &self.android_store), ("app.ios_store", &self.ios_store)] {
            store.as_ref().map_or(Ok(()), |store| check_address(key, store))?;
        }
        for fingerprint in &self.android_fingerprints {
            let is_hex = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
            let is_whole = fingerprint.split(':').count() == 32 && fingerprint.split(':').all(is_hex);
            check("app.android_fingerprints", is_whole, || {
                format!("{fingerprint} is no SHA-256 fingerprint; write 32 bytes such as 14:6D:E9:…")
            })?;
        }
        let has_fingerprint = self.android_package.is_none() || !self.android_fingerprints.is_empty();
        check("app.android_fingerprints", has_fingerprint, || {
            "Android wants one for app.android_package".to_owned()
        })?;
        Ok(MobileApp {
            open_url,
            android: self
                .android_package
                .clone()
                .map(|package| AndroidApp { package, fingerprints: self.android_fingerprints.clone() }),
            ios_app_ids: self.ios_app_ids.clone(),
            android_store: self.android_store.clone(),
            ios_store: self.ios_store.clone(),
        })
    }
}

/// An own scheme such as `avain://open/` is an address too.
fn check_address(key: &'static str, address: &str) -> Result<(), SettingsError> {
    let is_address =
        url::Url::parse(address).is_ok_and(|url| url.scheme() != "javascript" && url.scheme() != "data");
    check(key, is_address, || format!("{address} is no address"))
}

fn check(key: &'static str, is_right: bool, what: impl FnOnce() -> String) -> Result<(), SettingsError> {
    if is_right { Ok(()) } else { Err(SettingsError::Invalid { key, what: what() }) }
}
