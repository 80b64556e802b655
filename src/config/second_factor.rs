//! `[second_factor]`.

use std::time::Duration;

use serde::Deserialize;

use super::SettingsError;
use crate::domain::network::PrefixLengths;
use crate::domain::second_factor::SecondFactorRule;

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
}

impl Default for SecondFactorSettings {
    fn default() -> Self {
        Self { ipv4_prefix: 24, ipv6_prefix: 48, memory_days: 180 }
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
        Ok(SecondFactorRule { prefixes, memory: DAY * self.memory_days })
    }
}
