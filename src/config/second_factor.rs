//! `[second_factor]`.

use std::time::Duration;

use serde::Deserialize;

use super::SettingsError;
use crate::domain::network::PrefixLengths;
use crate::domain::second_factor::{CodePolicy, SecondFactorRule};

const DAY: Duration = Duration::from_hours(24);

/// When a code is asked for on top of the phone.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SecondFactorSettings {
    /// How many bits of an IPv4 address make one network.
    pub ipv4_prefix: u8,
    /// How many bits of an IPv6 address make one network.
    pub ipv6_prefix: u8,
    /// How many days browsers and networks are remembered after their last sign-in.
    pub memory_days: u32,
    /// `same`: one code by SMS and mail. `different`: two codes, and both are asked for.
    pub codes: String,
    /// How many seconds after it was shown a frame is still scanned as it is at a real screen, 1 to 5; a later scan makes a code
    /// needed. 5: frames are never too old for that.
    pub oldest_frame_seconds: u8,
}

impl Default for SecondFactorSettings {
    fn default() -> Self {
        Self {
            ipv4_prefix: 24,
            ipv6_prefix: 48,
            memory_days: 180,
            codes: "same".to_owned(),
            oldest_frame_seconds: 3,
        }
    }
}

impl SecondFactorSettings {
    /// The rule that they make.
    pub fn rule(&self) -> Result<SecondFactorRule, SettingsError> {
        let check = |key, length: u8, most: u8| {
            let what = format!("{length} is no length; write 1 to {most}");
            (1..=most).contains(&length).then_some(length).ok_or(SettingsError::Invalid { key, what })
        };
        let prefixes = PrefixLengths {
            ipv4: check("second_factor.ipv4_prefix", self.ipv4_prefix, 32)?,
            ipv6: check("second_factor.ipv6_prefix", self.ipv6_prefix, 128)?,
        };
        let codes = match self.codes.as_str() {
            "same" => CodePolicy::Same,
            "different" => CodePolicy::Different,
            other => {
                let what = format!("{other:?} is no policy; write \"same\" or \"different\"");
                return Err(SettingsError::Invalid { key: "second_factor.codes", what });
            }
        };
        let oldest_frame = check("second_factor.oldest_frame_seconds", self.oldest_frame_seconds, 5)?;
        let oldest_frame = Duration::from_secs(oldest_frame.into());
        Ok(SecondFactorRule { prefixes, memory: DAY * self.memory_days, codes, oldest_frame })
    }
}
