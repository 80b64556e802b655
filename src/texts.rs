//! Every text that people read, in five languages: Fluent files in `pages/locales`, compiled in.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader as _, static_loader};
use unic_langid::{LanguageIdentifier, langid};

use crate::domain::language::Language;

static_loader! {
    static LOCALES = {
        locales: "./src/pages/locales",
        fallback_language: "en",
        // Isolation marks would end up in mails and in what the phone shows.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static FINNISH: LanguageIdentifier = langid!("fi");
static SWEDISH: LanguageIdentifier = langid!("sv");
static ENGLISH: LanguageIdentifier = langid!("en");
static ESTONIAN: LanguageIdentifier = langid!("et");
static NORWEGIAN: LanguageIdentifier = langid!("nb");

/// The texts of one language.
#[derive(Clone, Copy, Debug, Default)]
pub struct Texts(pub Language);

impl Texts {
    /// The text of `key`.
    pub fn get(&self, key: &str) -> String {
        LOCALES.lookup(self.identifier(), key)
    }

    /// The text of `key`; `None` where there is none.
    pub fn find(&self, key: &str) -> Option<String> {
        LOCALES.try_lookup(self.identifier(), key)
    }

    /// The text of `key` with one value put in.
    pub fn with(&self, key: &str, name: &'static str, value: &str) -> String {
        self.fill(key, &[(name, value)])
    }

    /// The text of `key` with values put in.
    pub fn fill(&self, key: &str, values: &[(&'static str, &str)]) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
            values.iter().map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(*value))).collect();
        LOCALES.lookup_with_args(self.identifier(), key, &values)
    }

    /// The same with values whose names are not known beforehand.
    pub fn fill_named(&self, key: &str, values: &[(&str, &str)]) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> = values
            .iter()
            .map(|(name, value)| (Cow::Owned((*name).to_owned()), FluentValue::from(*value)))
            .collect();
        LOCALES.lookup_with_args(self.identifier(), key, &values)
    }

    /// The BCP 47 tag of the language.
    pub const fn language(&self) -> &'static str {
        self.0.tag()
    }

    fn identifier(self) -> &'static LanguageIdentifier {
        match self.0 {
            Language::Finnish => &FINNISH,
            Language::Swedish => &SWEDISH,
            Language::English => &ENGLISH,
            Language::Estonian => &ESTONIAN,
            Language::Norwegian => &NORWEGIAN,
        }
    }
}
