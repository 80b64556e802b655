//! `[sms]`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use super::SettingsError;
use super::mail::{check_timeout, default_timeout};

/// The HTTP gateway that SMS leave through, and how many may.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsSettings {
    /// Which gateway: `twilio`, `46elks`, `gatewayapi`, `link`, `kannel` or `custom`.
    pub preset: String,
    /// Its address, where the preset has none of its own.
    pub url: Option<String>,
    /// Who SMS come from: at most eleven letters and digits, or a number.
    pub sender: String,
    /// The account.
    pub user: Option<String>,
    /// The file that holds the account's password or token.
    pub password_file: Option<PathBuf>,
    /// Further fields that the gateway wants; for `custom`, all of them. Values may hold `{to}`, `{from}` and `{text}`.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// `custom`: how the fields are sent: `form`, `json` or `query`.
    pub body: Option<String>,
    /// `custom`: how numbers are written: `e164` (+358…), `msisdn` (358…) or `00` (00358…).
    pub number: Option<String>,
    /// What an answer must contain to count as accepted, besides a status of 200 to 299.
    pub success_contains: Option<String>,
    /// How long a gateway may take to answer, in seconds; at most 25.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
    /// Which countries SMS are sent to, by calling code.
    #[serde(default = "nordic_and_baltic")]
    pub allowed_countries: Vec<String>,
    /// The most SMS in an hour, over all nodes.
    #[serde(default = "default_most_per_hour")]
    pub most_per_hour: u32,
    /// The most SMS in an hour to numbers that begin with the same six digits.
    #[serde(default = "default_most_per_prefix")]
    pub most_per_prefix_per_hour: u32,
}

fn nordic_and_baltic() -> Vec<String> {
    ["+358", "+46", "+47", "+45", "+354", "+372", "+371", "+370"].map(str::to_owned).to_vec()
}

const fn default_most_per_hour() -> u32 {
    500
}

const fn default_most_per_prefix() -> u32 {
    100
}

impl SmsSettings {
    /// Checks what can be wrong without asking the gateway.
    pub fn check(&self) -> Result<(), SettingsError> {
        let is_code = |code: &String| {
            code.strip_prefix('+').is_some_and(|digits| {
                (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        if let Some(wrong) = self.allowed_countries.iter().find(|code| !is_code(code)) {
            let what = format!("{wrong} is no calling code; write for example \"+358\"");
            return Err(SettingsError::Invalid { key: "sms.allowed_countries", what });
        }
        check_timeout("sms.timeout_seconds", self.timeout_seconds)
    }
}
