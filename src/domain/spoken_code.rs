//! Codes that people read aloud, type, or find behind the `#` of a link.

use super::base32;
use super::random::{Random, RandomFailure, bytes};
use super::secret::Secret;

/// `N` characters of Crockford base32, five random bits each; sent once, and stored as a keyed hash alone.
#[derive(Clone)]
pub struct SpokenCode<const N: usize>(Secret<String>);

impl<const N: usize> SpokenCode<N> {
    /// A new code.
    pub fn generate(random: &dyn Random) -> Result<Self, RandomFailure> {
        Ok(Self::from_bytes(bytes::<N>(random)?))
    }

    /// The code that these bytes make, five bits of each: for codes that are computed and never stored.
    pub fn from_bytes(characters: [u8; N]) -> Self {
        let code = characters.iter().map(|byte| base32::character(u32::from(*byte))).collect();
        Self(Secret::new(code))
    }

    /// Reads a code as a person typed it, or as it stands behind the `#` of a link.
    /// `None` when it is not `N` characters of the alphabet after blanks and dashes are dropped.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > 64 {
            return None;
        }
        let code = typed
            .chars()
            .filter(|character| !matches!(character, ' ' | '-' | '\u{a0}' | '\u{2010}'..='\u{2015}'))
            .map(base32::canonical)
            .collect::<Option<String>>()?;
        (code.len() == N).then(|| Self(Secret::new(code)))
    }

    /// The bare characters, for hashing.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The form that people read: `XXXX-XXXX-XXXX`.
    pub fn grouped(&self) -> String {
        let characters: Vec<char> = self.expose().chars().collect();
        let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::SpokenCode;
    use proptest::prelude::*;

    type Twelve = SpokenCode<12>;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["abcd-efgh-1l0o", " ABCD EFGH 1100", "abcdefgh-iloO", "ABCD–EFGH–1L00"] {
            assert_eq!(Twelve::parse(typed).unwrap().grouped(), "ABCD-EFGH-1100", "{typed}");
        }
        for typed in
            ["", "ABCD-EFGH-110", "ABCD-EFGH-11000", "ABCD-EFGH-110U", "ABCD_EFGH_1100", "АBCD-EFGH-1100"]
        {
            assert!(Twelve::parse(typed).is_none(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_trouble(typed in "\\PC{0,80}") {
            if let Some(code) = Twelve::parse(&typed) {
                prop_assert_eq!(code.grouped().len(), 14);
                prop_assert_eq!(Twelve::parse(&code.grouped()).unwrap().grouped(), code.grouped());
            }
        }

        #[test]
        fn case_and_dashes_do_not_matter(code in "[0-9A-HJKMNP-TV-Z]{12}") {
            let grouped = Twelve::parse(&code).unwrap().grouped();
            prop_assert_eq!(Twelve::parse(&grouped.to_lowercase()).unwrap().grouped(), grouped);
        }
    }
}
