//! Google's list of attestation certificates that are no longer worth anything
//! (`https://android.googleapis.com/attestation/status`).

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use serde::Deserialize;

use crate::domain::time::Timestamp;

/// A longer list is not read.
pub const LONGEST: usize = 16 * 1024 * 1024;

/// Why a list is not taken; the one before it is kept.
#[derive(Debug, thiserror::Error)]
pub enum ListInvalid {
    /// More than [`LONGEST`] bytes.
    #[error("the status list is longer than 16 MiB")]
    TooLong,
    /// Not the JSON that it must be.
    #[error("the status list cannot be read: {0}")]
    Malformed(#[from] serde_json::Error),
    /// A key that is no serial number.
    #[error("the status list has an entry that is no serial number: {0:?}")]
    Serial(String),
}

/// The serial numbers on the list, and as of when.
#[derive(Clone, Debug)]
pub struct StatusList {
    serials: HashSet<String>,
    as_of: Timestamp,
}

#[derive(Deserialize)]
struct Document {
    entries: BTreeMap<String, Entry>,
}

/// Whatever else stands in an entry, it is not wanted: any entry means that the certificate is refused, a suspended one and one
/// of an unknown status too.
#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "status")]
    _status: String,
}

impl StatusList {
    /// Reads the list whole, or not at all.
    pub fn parse(json: &[u8], as_of: Timestamp) -> Result<Self, ListInvalid> {
        if json.len() > LONGEST {
            return Err(ListInvalid::TooLong);
        }
        let document: Document = serde_json::from_slice(json)?;
        let serials = document.entries.into_keys().map(check_serial).collect::<Result<_, _>>()?;
        Ok(Self { serials, as_of })
    }

    /// A list of those serial numbers, each in lower-case hexadecimal without leading zeros.
    pub fn of(serials: impl IntoIterator<Item = String>, as_of: Timestamp) -> Self {
        Self { serials: serials.into_iter().collect(), as_of }
    }

    /// Whether a certificate's serial number stands on it.
    pub fn has(&self, serial: &str) -> bool {
        self.serials.contains(serial)
    }

    /// As of when it was told.
    pub const fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.serials.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.serials.is_empty()
    }

    /// Whether it is too old to be relied on.
    pub fn is_stale(&self, now: Timestamp, life: Duration) -> bool {
        now > self.as_of.plus(life)
    }
}

/// Some serial numbers look decimal; they are hexadecimal all the same.
fn check_serial(text: String) -> Result<String, ListInvalid> {
    let is_hex = text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if is_hex && !text.is_empty() && !text.starts_with('0') {
        Ok(text)
    } else {
        Err(ListInvalid::Serial(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    #[test]
    fn a_list_is_read_whole_or_not_at_all() {
        let list = |text: &str| StatusList::parse(text.as_bytes(), NOW);
        let good =
            list(r#"{"entries": {"6681152659205225093": {"status": "REVOKED"}, "c8": {"status": "NEW"}}}"#);
        let good = good.unwrap();
        assert!(good.has("6681152659205225093") && good.has("c8") && !good.has("c9"));
        for bad in [
            "",
            "{}",
            r#"{"entries": []}"#,
            r#"{"entries": {"C8": {"status": "REVOKED"}}}"#,
            r#"{"entries": {"0c8": {"status": "REVOKED"}}}"#,
            r#"{"entries": {"": {"status": "REVOKED"}}}"#,
            r#"{"entries": {"c8": {"reason": "KEY_COMPROMISE"}}}"#,
            r#"{"entries": {"c8": {"status": 1}}}"#,
        ] {
            assert!(list(bad).is_err(), "{bad}");
        }
        assert!(matches!(StatusList::parse(&vec![b' '; LONGEST + 1], NOW), Err(ListInvalid::TooLong)));
    }

    #[test]
    fn a_list_grows_old() {
        let list = StatusList::of([], NOW);
        let life = Duration::from_hours(168);
        assert!(!list.is_stale(NOW.plus(life), life));
        assert!(list.is_stale(NOW.plus(life).plus(Duration::from_millis(1)), life));
    }
}
