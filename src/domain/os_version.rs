//! Operating-system versions as phones report them: one grammar, one comparison.

use std::cmp::Ordering;
use std::fmt;

/// A version of up to four numbers; missing numbers are zero, so `16`, `16.0` and `16.0.0` are equal.
#[derive(Clone, Copy, Debug)]
pub struct OsVersion {
    numbers: [u16; 4],
    given: usize,
    is_android_12l: bool,
}

/// The longest text that a phone may report, in bytes.
pub const LONGEST: usize = 32;

impl OsVersion {
    /// Reads what iOS reports: `16`, `16.0.2`, `26.0.1`. A beta such as `16.1-beta` or `16.1-beta2` counts as its number,
    /// as Apple's own certificates count it. Numbers have no leading zero and at most three digits.
    pub fn parse_ios(text: &str) -> Option<Self> {
        let text = text_to_read(text)?;
        let number = match text.split_once("-beta") {
            Some((number, suffix)) if is_beta_suffix(suffix) => number,
            Some(_) => return None,
            None => text,
        };
        Self::parse_numbers(number)
    }

    /// Reads what Android reports: `12`, `8.1.0`, and `12L`, which is Android 12 with API level 32.
    pub fn parse_android(text: &str) -> Option<Self> {
        match text_to_read(text)? {
            "12L" => Some(Self::ANDROID_12L),
            number => Self::parse_numbers(number),
        }
    }

    /// The version behind Android's API level (`Build.VERSION.SDK_INT`); levels after the last one known here go on counting
    /// one version each. `None` for a level that no phone reports.
    pub fn from_android_api_level(level: i32) -> Option<Self> {
        match level {
            1..=23 => Some(Self::of(6, 0)),
            24 => Some(Self::of(7, 0)),
            25 => Some(Self::of(7, 1)),
            26 => Some(Self::of(8, 0)),
            27 => Some(Self::of(8, 1)),
            28 => Some(Self::of(9, 0)),
            29..=31 => Some(Self::of(u16::try_from(level - 19).ok()?, 0)),
            32 => Some(Self::ANDROID_12L),
            33..=999 => Some(Self::of(u16::try_from(level - 20).ok()?, 0)),
            _ => None,
        }
    }

    /// The version of an Android Key Attestation: `MMmmss` as an integer. 12L attests as 12; a build without a number attests 0.
    pub fn from_android_attestation(value: i64) -> Option<Self> {
        let value = u32::try_from(value).ok().filter(|value| (10_000..=990_000).contains(value))?;
        let part = |divisor| u16::try_from(value / divisor % 100).ok();
        let numbers = [part(10_000)?, part(100)?, part(1)?, 0];
        let given = 3 - numbers.iter().skip(1).take(2).rev().take_while(|number| **number == 0).count();
        Some(Self { numbers, given, is_android_12l: false })
    }

    /// The release of iOS whose builds begin with that number (`20A362` is of iOS 16): the train counts by one each year, the
    /// releases skipped from 18 to 26.
    pub fn from_ios_build(build: &str) -> Option<Self> {
        let digits = build.bytes().take_while(u8::is_ascii_digit).count();
        let (train, rest) = build.split_at_checked(digits)?;
        let is_build = rest.starts_with(|letter: char| letter.is_ascii_uppercase())
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && rest.bytes().any(|byte| byte.is_ascii_digit());
        match parse_number(train).filter(|_| is_build)? {
            train @ 18..=22 => Some(Self::of(train - 4, 0)),
            train @ 23..=99 => Some(Self::of(train + 3, 0)),
            _ => None,
        }
    }

    const ANDROID_12L: Self = Self { numbers: [12, 0, 0, 0], given: 1, is_android_12l: true };

    const fn of(major: u16, minor: u16) -> Self {
        let given = if minor == 0 { 1 } else { 2 };
        Self { numbers: [major, minor, 0, 0], given, is_android_12l: false }
    }

    fn parse_numbers(text: &str) -> Option<Self> {
        let mut version = Self { numbers: [0; 4], given: 0, is_android_12l: false };
        for part in text.split('.') {
            *version.numbers.get_mut(version.given)? = parse_number(part)?;
            version.given += 1;
        }
        (version.numbers != [0; 4]).then_some(version)
    }
}

fn text_to_read(text: &str) -> Option<&str> {
    (text.len() <= LONGEST).then(|| text.trim_matches(' '))
}

fn parse_number(text: &str) -> Option<u16> {
    let is_number = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let has_leading_zero = text.len() > 1 && text.starts_with('0');
    (is_number && !has_leading_zero).then(|| text.parse().ok()).flatten()
}

fn is_beta_suffix(text: &str) -> bool {
    let digits = text.strip_prefix('.').unwrap_or(text);
    text.is_empty() || parse_number(digits).is_some()
}

impl PartialEq for OsVersion {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for OsVersion {}

impl PartialOrd for OsVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OsVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        self.numbers.cmp(&other.numbers)
    }
}

impl fmt::Display for OsVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, number) in self.numbers.iter().take(self.given).enumerate() {
            let dot = if index == 0 { "" } else { "." };
            write!(formatter, "{dot}{number}")?;
        }
        if self.is_android_12l { formatter.write_str("L") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn versions_that_are_not_versions_are_refused() {
        let refused = [
            "",
            " ",
            "null",
            "unknown",
            "0",
            "0.0",
            "-1",
            "12.",
            ".12",
            "12..0",
            "12,0",
            "12 0",
            "+12",
            "0x0C",
            "1e2",
            "012",
            "16.1b2",
            "16.1 (20B82)",
            "iOS 16.1",
            "iPadOS",
            "v16",
            "１６.0",
            "١٦",
            "16\0",
            "16\n",
            "16\u{202E}",
            "99999999999999999999",
            "16.0.0.0.0",
            "16.1-",
            "16.1-rc1",
            "-beta",
            "16.1-beta-2",
            "S",
            "Tiramisu",
        ];
        for text in refused {
            assert_eq!(OsVersion::parse_ios(text), None, "{text:?}");
            assert_eq!(OsVersion::parse_android(text), None, "{text:?}");
        }
        assert_eq!(OsVersion::parse_ios(&"1".repeat(10_000)), None);
        assert_eq!(OsVersion::parse_ios("12L"), None, "only Android has 12L");
        assert_eq!(OsVersion::parse_android("16.1-beta"), None, "only Apple's betas are spelt so");
    }

    #[test]
    fn versions_compare_number_by_number() {
        let ios = |text: &str| OsVersion::parse_ios(text).unwrap();
        assert!(ios("16") == ios("16.0") && ios("16.0") == ios("16.0.0"));
        assert!(ios("16.10") > ios("16.9") && ios("9") < ios("12") && ios("26.0.1") > ios("18.6.2"));
        assert!(ios("15.8.3") < ios("16") && ios("15.99") < ios("16"));
        assert!(ios("16.1-beta") == ios("16.1") && ios("16.1-beta.2") == ios("16.1"));
        assert_eq!(OsVersion::parse_android("12L"), OsVersion::parse_android("12"));
        assert_eq!(OsVersion::parse_android("12L").unwrap().to_string(), "12L");
        assert_eq!(ios("16.0.2").to_string(), "16.0.2");
    }

    #[test]
    fn api_levels_are_versions() {
        let shown = |level| OsVersion::from_android_api_level(level).map(|version| version.to_string());
        let expected =
            [(24, "7"), (25, "7.1"), (27, "8.1"), (28, "9"), (29, "10"), (30, "11"), (31, "12"), (32, "12L")];
        for (level, version) in expected {
            assert_eq!(shown(level).as_deref(), Some(version), "{level}");
        }
        assert_eq!(shown(33).as_deref(), Some("13"));
        assert_eq!(shown(37).as_deref(), Some("17"));
        assert_eq!(shown(0), None);
        assert_eq!(shown(-31), None);
        assert_eq!(shown(10_000), None, "a preview build");
    }

    #[test]
    fn attested_versions_are_versions() {
        let shown = |value| OsVersion::from_android_attestation(value).map(|version| version.to_string());
        for (value, version) in [(120_000, "12"), (80_100, "8.1"), (70_101, "7.1.1"), (160_001, "16.0.1")] {
            assert_eq!(shown(value).as_deref(), Some(version), "{value}");
        }
        for value in [0, 1, -120_000, 990_001, 1 << 31, i64::MAX, i64::MIN] {
            assert_eq!(shown(value), None, "{value}");
        }
        let twelve = OsVersion::parse_android("12").unwrap();
        assert!(OsVersion::from_android_attestation(119_999).unwrap() < twelve);
        assert!(OsVersion::from_android_attestation(120_000).unwrap() >= twelve);
    }

    #[test]
    fn builds_tell_the_release() {
        let shown = |build| OsVersion::from_ios_build(build).map(|version| version.to_string());
        for (build, version) in [("20A362", "16"), ("19H12", "15"), ("22B5069a", "18"), ("23A341", "26")] {
            assert_eq!(shown(build).as_deref(), Some(version), "{build}");
        }
        for build in ["", "garbage", "20", "20a362", "17A1", "200A1", "20A", "20A 1", "A20"] {
            assert_eq!(shown(build), None, "{build}");
        }
    }

    proptest! {
        #[test]
        fn a_shown_version_reads_as_itself(major in 1_u16..999, minor in 0_u16..999, patch in 0_u16..999) {
            let text = format!("{major}.{minor}.{patch}");
            let version = OsVersion::parse_ios(&text).unwrap();
            prop_assert_eq!(version.to_string(), text);
            prop_assert_eq!(OsVersion::parse_android(&version.to_string()), Some(version));
        }

        #[test]
        fn any_text_is_read_without_trouble(text in "\\PC{0,64}", level in any::<i32>()) {
            let _ = (OsVersion::parse_ios(&text), OsVersion::parse_android(&text));
            let _ = OsVersion::from_android_api_level(level);
        }
    }
}
