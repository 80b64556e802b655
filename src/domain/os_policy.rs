//! The minimum OS at sign-in: a phone that was enrolled under an older minimum is warned first, and kept out later.

use super::os_version::OsVersion;
use super::platform::{MinimumOs, OsTooOld, PlatformFacts};
use super::time::Timestamp;

/// From when a phone below the minimum hears of it, and from when it no longer signs in. `None`: never.
#[derive(Clone, Copy, Debug)]
pub struct OsPolicy {
    /// The minimum; a new phone needs it in any case.
    pub minimum: MinimumOs,
    /// The warning.
    pub warn_from: Option<Timestamp>,
    /// The end.
    pub block_from: Option<Timestamp>,
}

/// How a phone stands.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    /// New enough, or nobody minds yet.
    Fine,
    /// Too old; it still signs in.
    Warned(OsWarning),
    /// Too old.
    Blocked(OsTooOld),
}

/// What the owner of a phone that is too old must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OsWarning {
    /// The version that it needs.
    pub needs: OsVersion,
    /// From then on it signs nobody in; `None` where no day is set.
    pub blocked_from: Option<Timestamp>,
}

impl OsPolicy {
    /// How a phone with these facts stands at `now`.
    pub fn judge(&self, facts: &PlatformFacts, now: Timestamp) -> Standing {
        let has_come = |day: Option<Timestamp>| day.is_some_and(|day| now >= day);
        match self.minimum.check(facts) {
            Err(too_old) if has_come(self.block_from) => Standing::Blocked(too_old),
            Err(too_old) if has_come(self.warn_from) => {
                Standing::Warned(OsWarning { needs: too_old.needs, blocked_from: self.block_from })
            }
            Ok(()) | Err(_) => Standing::Fine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::platform::Platform;

    #[test]
    fn a_phone_is_warned_and_then_kept_out() {
        let (warn, block) = (Timestamp::from_millis(100), Timestamp::from_millis(200));
        let version = |text| OsVersion::parse_android(text).unwrap();
        let minimum = MinimumOs { android: version("13"), ios: OsVersion::parse_ios("16").unwrap() };
        let told = |blocked_from| Standing::Warned(OsWarning { needs: version("13"), blocked_from });
        let blocked = || {
            Standing::Blocked(OsTooOld {
                platform: Platform::Android,
                has: version("12"),
                needs: version("13"),
            })
        };
        let cases = [
            ("12", 0, None, None, Standing::Fine),
            ("12", 99, Some(warn), Some(block), Standing::Fine),
            ("12", 100, Some(warn), Some(block), told(Some(block))),
            ("12", 199, Some(warn), Some(block), told(Some(block))),
            ("12", 200, Some(warn), Some(block), blocked()),
            ("12", 150, Some(warn), None, told(None)),
            ("12", 150, None, Some(block), Standing::Fine),
            ("12", 200, None, Some(block), blocked()),
            ("13", 300, Some(warn), Some(block), Standing::Fine),
        ];
        for (has, now, warn_from, block_from, expected) in cases {
            let facts = PlatformFacts {
                platform: Platform::Android,
                os_version: version(has),
                brand: "Google".to_owned(),
                model: "Pixel 5".to_owned(),
                app_version: "1.0.0".to_owned(),
            };
            let policy = OsPolicy { minimum, warn_from, block_from };
            assert_eq!(policy.judge(&facts, Timestamp::from_millis(now)), expected, "{has} at {now}");
        }
    }
}
