//! Text that strangers send: bounded, printable, harmless to show.

/// The text as it may be stored and shown: control characters, and characters that change the reading direction or are
/// invisible, are dropped; blanks at the ends are cut. `None` when nothing is left or more than `most` characters remain.
pub fn printable(text: &str, most: usize) -> Option<String> {
    let clean: String = text.chars().filter(|character| is_harmless(*character)).collect();
    let clean = clean.trim();
    let fits = !clean.is_empty() && clean.chars().count() <= most;
    fits.then(|| clean.to_owned())
}

/// The first `most` characters of what is [`printable`]; empty when nothing is.
pub fn shortened(text: &str, most: usize) -> String {
    text.chars().filter(|character| is_harmless(*character)).take(most).collect::<String>().trim().to_owned()
}

fn is_harmless(character: char) -> bool {
    let is_invisible = matches!(character,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    !character.is_control() && !is_invisible
}

#[cfg(test)]
mod tests {
    use super::printable;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_printable_stays_as_it_is(text in any::<String>()) {
            if let Some(clean) = printable(&text, 64) {
                prop_assert!(clean.chars().count() <= 64 && !clean.chars().any(char::is_control));
                prop_assert_eq!(printable(&clean, 64), Some(clean.clone()));
            }
        }
    }

    #[test]
    fn control_and_direction_characters_are_dropped() {
        assert_eq!(printable(" Pixel\u{202E} 8\r\n\0 ", 64).as_deref(), Some("Pixel 8"));
        assert_eq!(printable("\u{200B}\u{FEFF}", 64), None);
        assert_eq!(printable("", 64), None);
        assert_eq!(printable("abc", 2), None);
        assert_eq!(printable("Ähtäri 9️", 64).as_deref(), Some("Ähtäri 9️"));
    }
}
