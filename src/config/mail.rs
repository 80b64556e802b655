//! `[mail]`.

use std::path::PathBuf;

use serde::Deserialize;

use super::SettingsError;

/// The mail server that mails leave through.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// Its name or address.
    pub host: String,
    /// Its port; 587 for STARTTLS, 465 for TLS and 25 for none when it is left out.
    pub port: Option<u16>,
    /// How the connection is protected.
    #[serde(default)]
    pub encryption: Encryption,
    /// A file with certificates (PEM) of a private authority that the server's certificate comes from.
    pub ca_file: Option<PathBuf>,
    /// The account, where the server wants one.
    pub user: Option<String>,
    /// The file that holds the account's password.
    pub password_file: Option<PathBuf>,
    /// Who mails come from, for example `Kuusi Books <signin@kuusi.example>`.
    pub from: String,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// How long a mail may take, in seconds; at most 25.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
}

/// How a connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// Begun plain, then encrypted before anything is said (RFC 3207); refused where the server does not offer it.
    #[default]
    Starttls,
    /// Encrypted from the beginning (RFC 8314).
    Tls,
    /// Not at all: for a server on this machine alone.
    None,
}

/// Shorter than the first pause between two tries, so that a message is never tried twice at a time.
pub(super) const LONGEST_TIMEOUT: u64 = 25;

pub(super) const fn default_timeout() -> u64 {
    10
}

impl MailSettings {
    /// Checks what can be wrong without asking the mail server.
    pub fn check(&self) -> Result<(), SettingsError> {
        let is_local = matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        if self.encryption == Encryption::None && !is_local {
            let what =
                "\"none\" is accepted for localhost, 127.0.0.1 and ::1 alone: mails hold codes".to_owned();
            return Err(SettingsError::Invalid { key: "mail.encryption", what });
        }
        if self.user.is_some() != self.password_file.is_some() {
            let what = "user and password_file belong together".to_owned();
            return Err(SettingsError::Invalid { key: "mail.user", what });
        }
        check_timeout("mail.timeout_seconds", self.timeout_seconds)
    }
}

pub(super) fn check_timeout(key: &'static str, seconds: u64) -> Result<(), SettingsError> {
    if (1..=LONGEST_TIMEOUT).contains(&seconds) {
        return Ok(());
    }
    Err(SettingsError::Invalid { key, what: format!("from 1 to {LONGEST_TIMEOUT} seconds") })
}
