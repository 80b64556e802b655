//! The five languages that everything is written in.

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Finnish.
    Finnish,
    /// Swedish.
    Swedish,
    /// English.
    #[default]
    English,
    /// Estonian.
    Estonian,
    /// Norwegian (Bokmål).
    Norwegian,
}

impl Language {
    /// All five, in the order in which pages offer them.
    pub const ALL: [Self; 5] = [Self::Finnish, Self::Swedish, Self::English, Self::Estonian, Self::Norwegian];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Finnish => "fi",
            Self::Swedish => "sv",
            Self::English => "en",
            Self::Estonian => "et",
            Self::Norwegian => "nb",
        }
    }

    /// The language's name in itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Finnish => "Suomi",
            Self::Swedish => "Svenska",
            Self::English => "English",
            Self::Estonian => "Eesti",
            Self::Norwegian => "Norsk",
        }
    }

    /// The language of a BCP 47 tag such as `sv-FI`; `no` counts as Bokmål.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        let primary = if primary == "no" { "nb" } else { primary.as_str() };
        Self::ALL.into_iter().find(|language| language.tag() == primary)
    }

    /// The best match for an `Accept-Language` header (RFC 9110 section 12.5.4), or `None`.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for range in header.split(',').take(20) {
            let mut parts = range.split(';');
            let Some(language) = parts.next().and_then(Self::from_tag) else {
                continue;
            };
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q=").and_then(|value| value.parse::<f32>().ok()))
                .unwrap_or(1.0);
            let is_better = best.is_none_or(|(best_quality, _)| quality > best_quality);
            if quality > 0.0 && is_better {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }

    /// The first language named in `ui_locales` (OpenID Connect Core section 3.1.2.1: tags separated by blanks) that we have.
    pub fn from_ui_locales(locales: &str) -> Option<Self> {
        locales.split(' ').find_map(Self::from_tag)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_header_is_read_without_trouble(header in "\\PC{0,200}") {
            let _ = (Language::from_accept_language(&header), Language::from_ui_locales(&header), Language::from_tag(&header));
        }
    }

    #[test]
    fn the_browser_gets_the_language_it_prefers_most() {
        let cases = [
            ("fi-FI,fi;q=0.9,en;q=0.8", Some(Language::Finnish)),
            ("de, sv-FI;q=0.5, en;q=0.4", Some(Language::Swedish)),
            ("no", Some(Language::Norwegian)),
            ("et;q=0", None),
            ("en;q=x, fi;q=0.9", Some(Language::English)),
            ("*", None),
            (";;,,=", None),
        ];
        for (header, expected) in cases {
            assert_eq!(Language::from_accept_language(header), expected, "{header}");
        }
        assert_eq!(Language::from_ui_locales("de nb fi"), Some(Language::Norwegian));
    }
}
