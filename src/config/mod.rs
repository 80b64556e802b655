//! Settings: a TOML file, overlaid by environment variables such as `AVAIN__SERVER__LISTEN`. Unknown keys are refused.

mod activation;
mod app;
mod database;
mod geoip;
mod mail;
mod methods;
mod push;
mod second_factor;
mod secrets;
mod server;
mod sms;

use std::path::Path;

use serde::Deserialize;

pub use activation::ActivationSettings;
pub use app::AppSettings;
pub use database::DatabaseSettings;
pub use geoip::GeoIpSettings;
pub use mail::{Encryption, MailSettings};
pub use methods::{ChoiceSettings, MethodSettings, OidcMethodSettings};
pub use push::{ApnsSettings, FcmSettings, PushSettings};
pub use second_factor::SecondFactorSettings;
pub use secrets::SecretSettings;
pub use server::ServerSettings;
pub use sms::SmsSettings;

/// Everything that an operator sets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the server listens, and under which name it is known.
    pub server: ServerSettings,
    /// Where data is kept.
    #[serde(default)]
    pub database: DatabaseSettings,
    /// What protects the data.
    #[serde(default)]
    pub secrets: SecretSettings,
    /// Which phones may be enrolled.
    #[serde(default)]
    pub activation: ActivationSettings,
    /// The app: who may open this server's links, and where it can be had.
    #[serde(default)]
    pub app: AppSettings,
    /// The mail server; without it, mails are printed.
    pub mail: Option<MailSettings>,
    /// The SMS gateway; without it, SMS are printed.
    pub sms: Option<SmsSettings>,
    /// What wakes phones; without it nobody is offered a push.
    #[serde(default)]
    pub push: PushSettings,
    /// When a code is asked for on top of the phone.
    #[serde(default)]
    pub second_factor: SecondFactorSettings,
    /// Other ways of signing in, in the order in which the page shows them.
    #[serde(default)]
    pub methods: Vec<MethodSettings>,
    /// Where addresses are; without it, pages and phones show the address alone.
    pub geoip: Option<GeoIpSettings>,
}

/// The settings cannot be used; the text says which and why.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file or the environment does not fit.
    #[error("reading the configuration: {0}")]
    Unreadable(#[from] config::ConfigError),
    /// A value that cannot be.
    #[error("{key}: {what}")]
    Invalid {
        /// Which setting.
        key: &'static str,
        /// What is wrong with it.
        what: String,
    },
}

impl Settings {
    /// Reads the file and the environment.
    pub fn load(file: &Path) -> Result<Self, SettingsError> {
        let environment = config::Environment::with_prefix("AVAIN").prefix_separator("__").separator("__");
        let source = config::Config::builder()
            .add_source(config::File::from(file).format(config::FileFormat::Toml))
            .add_source(environment)
            .build()?;
        let settings: Self = source.try_deserialize()?;
        settings.server.check()?;
        settings.server.proxies()?;
        settings.second_factor.rule()?;
        settings.activation.os_policy()?;
        settings.app.app(&settings.server.issuer)?;
        settings.mail.as_ref().map_or(Ok(()), MailSettings::check)?;
        settings.sms.as_ref().map_or(Ok(()), SmsSettings::check)?;
        settings.push.check()?;
        settings.methods.iter().try_for_each(MethodSettings::check)?;
        Ok(settings)
    }
}
