//! What a phone says of itself, and the minimum OS that it must have.

use super::os_version::{LONGEST, OsVersion};
use super::text::printable;

/// The phone's operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Platform {
    /// Android.
    Android,
    /// iOS and iPadOS.
    Ios,
}

impl Platform {
    /// The name as people know it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Android => "Android",
            Self::Ios => "iOS",
        }
    }

    /// The name as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Android => "android",
            Self::Ios => "ios",
        }
    }

    /// The version that a phone reports. An API level is an integer that no vendor decorates, so where the phone gives one it
    /// decides.
    pub fn read_os_version(self, os_version: &str, api_level: i32) -> Option<OsVersion> {
        if os_version.len() > LONGEST {
            return None;
        }
        match (self, api_level) {
            (Self::Ios, _) => OsVersion::parse_ios(os_version),
            (Self::Android, 0) => OsVersion::parse_android(os_version),
            (Self::Android, level) => OsVersion::from_android_api_level(level),
        }
    }

    /// The platform of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Android, Self::Ios].into_iter().find(|platform| platform.key() == key)
    }
}

/// A phone's description of itself, checked for form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformFacts {
    /// The operating system.
    pub platform: Platform,
    /// Its version; on Android the one of the API level, where the phone gave one.
    pub os_version: OsVersion,
    /// The maker's name, 1 to 64 printable characters.
    pub brand: String,
    /// The maker's name for the model, 1 to 64 printable characters.
    pub model: String,
    /// The app's own version, 1 to 32 characters out of `0-9 A-Z a-z . + _ -`.
    pub app_version: String,
}

/// The same facts before any check.
#[derive(Clone, Debug)]
pub struct ReportedFacts {
    /// `None`: neither Android nor iOS.
    pub platform: Option<Platform>,
    /// As the system tells it.
    pub os_version: String,
    /// Android's API level; 0: not given.
    pub api_level: i32,
    /// Any text.
    pub brand: String,
    /// Any text.
    pub model: String,
    /// Any text.
    pub app_version: String,
}

/// Why a phone's description of itself is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactsRefusal {
    /// Neither Android nor iOS.
    #[error("the platform is not supported")]
    PlatformUnsupported,
    /// No version can be read from what the phone reported.
    #[error("the OS version cannot be read")]
    OsVersionUnparsable(Platform),
    /// A text is empty, too long, or has characters that it cannot have.
    #[error("the field {0} is invalid")]
    FieldInvalid(&'static str),
}

impl ReportedFacts {
    /// The facts, checked for form.
    pub fn check(self) -> Result<PlatformFacts, FactsRefusal> {
        let platform = self.platform.ok_or(FactsRefusal::PlatformUnsupported)?;
        let os_version = self.read_os_version(platform).ok_or(FactsRefusal::OsVersionUnparsable(platform))?;
        Ok(PlatformFacts {
            platform,
            os_version,
            brand: printable(&self.brand, 64).ok_or(FactsRefusal::FieldInvalid("brand"))?,
            model: printable(&self.model, 64).ok_or(FactsRefusal::FieldInvalid("model"))?,
            app_version: parse_app_version(&self.app_version)
                .ok_or(FactsRefusal::FieldInvalid("app_version"))?,
        })
    }

    fn read_os_version(&self, platform: Platform) -> Option<OsVersion> {
        platform.read_os_version(&self.os_version, self.api_level)
    }
}

/// An app version: 1 to 32 characters out of `0-9 A-Z a-z . + _ -`.
pub fn parse_app_version(text: &str) -> Option<String> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".+_-".contains(&byte);
    ((1..=32).contains(&text.len()) && text.bytes().all(is_allowed)).then(|| text.to_owned())
}

/// The oldest OS that may enrol, per platform.
#[derive(Clone, Copy, Debug)]
pub struct MinimumOs {
    /// Android; 12 unless configured otherwise.
    pub android: OsVersion,
    /// iOS; 16 unless configured otherwise.
    pub ios: OsVersion,
}

/// The phone's OS is below the minimum.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} {has} is older than {needs}", platform.name())]
pub struct OsTooOld {
    /// The phone's operating system.
    pub platform: Platform,
    /// The version that the phone has.
    pub has: OsVersion,
    /// The version that it needs.
    pub needs: OsVersion,
}

impl MinimumOs {
    /// Lets a phone pass whose OS is at least the minimum of its platform.
    pub fn check(&self, facts: &PlatformFacts) -> Result<(), OsTooOld> {
        let needs = match facts.platform {
            Platform::Android => self.android,
            Platform::Ios => self.ios,
        };
        if facts.os_version >= needs {
            return Ok(());
        }
        Err(OsTooOld { platform: facts.platform, has: facts.os_version, needs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(platform: Platform, os_version: &str, api_level: i32) -> Result<PlatformFacts, FactsRefusal> {
        let reported = ReportedFacts {
            platform: Some(platform),
            os_version: os_version.to_owned(),
            api_level,
            brand: "Google".to_owned(),
            model: "Pixel 8".to_owned(),
            app_version: "1.0.0".to_owned(),
        };
        reported.check()
    }

    fn is_new_enough(platform: Platform, os_version: &str, api_level: i32) -> bool {
        let minimum = MinimumOs {
            android: OsVersion::parse_android("12").unwrap(),
            ios: OsVersion::parse_ios("16").unwrap(),
        };
        minimum.check(&facts(platform, os_version, api_level).unwrap()).is_ok()
    }

    #[test]
    fn the_minimum_is_android_12_and_ios_16() {
        let cases = [
            (Platform::Android, "12", 0, true),
            (Platform::Android, "12L", 0, true),
            (Platform::Android, "11", 0, false),
            (Platform::Android, "Tiramisu", 33, true),
            (Platform::Android, "12", 30, false),
            (Platform::Android, "13 (HyperOS)", 33, true),
            (Platform::Ios, "16.0.2", 0, true),
            (Platform::Ios, "16.1-beta", 0, true),
            (Platform::Ios, "15.8.3", 0, false),
            (Platform::Ios, "26.0.1", 31, true),
        ];
        for (platform, os_version, api_level, expected) in cases {
            assert_eq!(is_new_enough(platform, os_version, api_level), expected, "{os_version} {api_level}");
        }
    }

    #[test]
    fn facts_that_cannot_be_are_refused() {
        assert_eq!(
            facts(Platform::Android, "Tiramisu", 0),
            Err(FactsRefusal::OsVersionUnparsable(Platform::Android))
        );
        assert_eq!(
            facts(Platform::Android, "12", -1),
            Err(FactsRefusal::OsVersionUnparsable(Platform::Android))
        );
        assert_eq!(parse_app_version("1.0 <b>"), None);
        assert_eq!(parse_app_version("1.0.0+build_7-x").as_deref(), Some("1.0.0+build_7-x"));
    }
}
