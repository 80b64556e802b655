//! Names as a search compares them: lower case, without accents, word by word.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// How many words of a name are looked for.
const MOST_WORDS: usize = 8;
const LONGEST_WORD: usize = 32;

/// The text in lower case without accents: `Žofia Ähtäri` is `zofia ahtari`.
pub fn folded(text: &str) -> String {
    let plain = text.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase);
    let spelled = plain.flat_map(|character| spelling(character).chars().collect::<Vec<_>>());
    spelled.collect()
}

/// Letters that have no accent to be taken away.
fn spelling(character: char) -> String {
    match character {
        'ø' => "o".to_owned(),
        'æ' => "ae".to_owned(),
        'œ' => "oe".to_owned(),
        'ß' => "ss".to_owned(),
        'đ' | 'ð' => "d".to_owned(),
        'ł' => "l".to_owned(),
        'þ' => "th".to_owned(),
        other => other.to_string(),
    }
}

/// The words of a text, folded, each once.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let folded = folded(text);
    for word in folded.split(|character: char| !character.is_alphanumeric()) {
        let word: String = word.chars().take(LONGEST_WORD).collect();
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
        if words.len() == MOST_WORDS {
            break;
        }
    }
    words
}

/// The first text, in the order of bytes, that does not begin with `prefix`.
pub fn after_prefix(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_and_case_do_not_matter() {
        for (text, expected) in [
            ("Žofia Ähtäri", "zofia ahtari"),
            ("Bjørn-Åge ÆRØ", "bjorn-age aero"),
            ("Weiß", "weiss"),
            ("Õnne Šmidt", "onne smidt"),
        ] {
            assert_eq!(folded(text), expected);
        }
        assert_eq!(words("O’Neil, Mart  mart"), ["o", "neil", "mart"]);
    }

    proptest! {
        #[test]
        fn a_word_lies_before_what_follows_its_prefix(text in "\\PC{1,30}") {
            for word in words(&text) {
                let prefix: String = word.chars().take(2).collect();
                prop_assert!(word >= prefix && word < after_prefix(&prefix));
                prop_assert_eq!(folded(&word), word.clone());
            }
        }
    }
}
