//! What looks as if a sign-in was relayed: somebody shows a victim the QR code of a page that the victim does not see.

use std::time::Duration;

/// Something that stands out about a scan. It refuses nothing; a code is asked for on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// The frame was older than frames are that come straight from a screen.
    OldFrame,
    /// A second phone scanned the same attempt.
    SecondPhone,
    /// Phone and browser are in different countries.
    OtherCountry,
}

/// What is known of a scan.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScanFacts<'a> {
    /// How long before the scan the frame was first shown; `None` where none was scanned.
    pub frame_age: Option<Duration>,
    /// Whether another phone tried too.
    pub has_rival: bool,
    /// The country of the phone's address.
    pub phone_country: Option<&'a str>,
    /// The country of the browser's address.
    pub browser_country: Option<&'a str>,
}

impl Oddity {
    /// The oddity as the audit log knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::OldFrame => "old_frame",
            Self::SecondPhone => "second_phone",
            Self::OtherCountry => "other_country",
        }
    }

    /// The first oddity of a scan; frames up to `oldest_frame` are ordinary. A country that is not known is like any other.
    pub fn of(facts: ScanFacts<'_>, oldest_frame: Duration) -> Option<Self> {
        if facts.has_rival {
            return Some(Self::SecondPhone);
        }
        if facts.frame_age.is_some_and(|age| age > oldest_frame) {
            return Some(Self::OldFrame);
        }
        let countries = facts.phone_country.zip(facts.browser_country);
        countries.is_some_and(|(phone, browser)| phone != browser).then_some(Self::OtherCountry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_is_odd_when_it_looks_relayed() {
        let limit = Duration::from_secs(3);
        let frame_age =
            |millis| ScanFacts { frame_age: Some(Duration::from_millis(millis)), ..ScanFacts::default() };
        let countries =
            |phone, browser| ScanFacts { phone_country: phone, browser_country: browser, ..frame_age(0) };
        for (facts, expected) in [
            (ScanFacts::default(), None),
            (frame_age(0), None),
            (frame_age(3_000), None),
            (frame_age(3_001), Some(Oddity::OldFrame)),
            (ScanFacts { has_rival: true, ..frame_age(0) }, Some(Oddity::SecondPhone)),
            (countries(Some("FI"), Some("FI")), None),
            (countries(Some("FI"), None), None),
            (countries(None, Some("FI")), None),
            (countries(Some("FI"), Some("NL")), Some(Oddity::OtherCountry)),
        ] {
            assert_eq!(Oddity::of(facts, limit), expected, "{facts:?}");
        }
    }
}
