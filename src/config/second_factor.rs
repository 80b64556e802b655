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
}

impl Default for SecondFactorSettings {
    fn default() -> Self {
        Self { ipv4_prefix: 24, ipv6_prefix: 48, memory_days: 180, codes: "same".to_owned() }
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
        Ok(SecondFactorRule { prefixes, memory: DAY * self.memory_days, codes })
    }
}
