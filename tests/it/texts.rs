//! Every text exists in every language, with the same values; every error code has its row in the docs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use avain::domain::error_code::ErrorCode;

const LANGUAGES: [&str; 5] = ["fi", "sv", "en", "et", "nb"];

/// The keys of a language, each with the values that its text names.
fn keys(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new("src/pages/locales").join(language);
    let mut keys = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut current = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =")
                && !line.starts_with(' ')
            {
                current = key.to_owned();
                assert!(
                    keys.insert(current.clone(), BTreeSet::new()).is_none(),
                    "{language}: {current} stands twice"
                );
            }
            for part in line.split('{').skip(1) {
                let name = part.trim_start().strip_prefix('$').unwrap_or_default();
                let name: String =
                    name.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                if !name.is_empty() {
                    keys.get_mut(&current).unwrap().insert(name);
                }
            }
        }
    }
    keys
}

#[test]
fn no_language_lacks_a_text_or_a_value() {
    let english = keys("en");
    assert!(english.len() > 150, "{}", english.len());
    for language in LANGUAGES {
        let theirs = keys(language);
        let missing: Vec<_> = english.keys().filter(|key| !theirs.contains_key(*key)).collect();
        let extra: Vec<_> = theirs.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{language}: missing {missing:?}, extra {extra:?}");
        for (key, values) in &english {
            assert_eq!(&theirs[key], values, "{language}: values of {key}");
        }
    }
}

/// The texts of a language as they stand in its files.
fn texts(language: &str) -> BTreeMap<String, String> {
    let folder = Path::new("src/pages/locales").join(language);
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let mut current = String::new();
        for line in std::fs::read_to_string(file.unwrap().path()).unwrap().lines() {
            match line.split_once(" =") {
                Some((key, rest)) if !line.starts_with([' ', '#']) => {
                    current = key.to_owned();
                    texts.insert(current.clone(), rest.trim().to_owned());
                }
                _ if line.starts_with(' ') => texts.get_mut(&current).unwrap().push_str(line),
                _ => {}
            }
        }
    }
    texts
}

#[test]
fn nothing_is_left_in_english() {
    // The same word in Swedish and Norwegian; a device's name alone.
    const SAME: [&str; 3] = ["account-device-system", "admin-device-system", "account-method-none"];
    let english = texts("en");
    for language in LANGUAGES.into_iter().filter(|language| *language != "en") {
        let theirs = texts(language);
        let left: Vec<_> = english
            .iter()
            .filter(|(key, text)| theirs[*key] == **text && !SAME.contains(&key.as_str()))
            .collect();
        assert!(left.is_empty(), "{language}: {left:?}");
    }
}

#[test]
fn every_error_code_has_texts_and_a_row_in_the_docs() {
    let english = keys("en");
    let docs = std::fs::read_to_string("docs/errors.md").unwrap();
    for code in ErrorCode::ALL {
        let key = format!("error-{}", code.as_str().replace('_', "-"));
        assert!(english.contains_key(&key), "{key}");
        assert!(english.contains_key(&format!("{key}-title")), "{key}-title");
        assert!(docs.contains(&format!("`{}`", code.as_str())), "docs/errors.md: {}", code.as_str());
    }
}

#[test]
fn a_confirmation_code_fits_one_text_message() {
    for language in LANGUAGES {
        let tag = avain::domain::language::Language::from_tag(language).unwrap();
        let text = avain::texts::Texts(tag).with("confirmation-sms", "code", "123456");
        let most = if text.is_ascii() || language != "et" { 160 } else { 70 };
        assert!(text.chars().count() <= most, "{language}: {} characters: {text}", text.chars().count());
        assert!(text.contains("123456"));
    }
}
