//! Crockford's base32 (<https://www.crockford.com/base32.html>): no I, L, O or U, so that codes survive being read aloud,
//! and upper case only, so that a QR code stays in its alphanumeric mode.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many characters `bytes` bytes take.
pub const fn encoded_len(bytes: usize) -> usize {
    (bytes * 8).div_ceil(5)
}

/// Encodes `bytes`; the last character is padded with zero bits.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(encoded_len(bytes.len()));
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(character(buffer >> bits));
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(character(buffer << (5 - bits)));
    }
    text
}

/// Decodes exactly `N` bytes from upper-case text; `None` for another length, another character, or set padding bits,
/// so that each value has one spelling.
pub fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != encoded_len(N) {
        return None;
    }
    let mut decoded = [0; N];
    let mut slots = decoded.iter_mut();
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for byte in text.bytes() {
        buffer = (buffer << 5) | value(byte)?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            *slots.next()? = u8::try_from((buffer >> bits) & 0xff).ok()?;
            buffer &= (1 << bits) - 1;
        }
    }
    (buffer == 0).then_some(decoded)
}

/// The character as a person may have typed it, in its canonical form: lower case raised, I and L read as 1, O as 0.
/// `None` for a character outside the alphabet.
pub fn canonical(typed: char) -> Option<char> {
    let raised = match typed.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    value(u8::try_from(raised).ok()?).map(|_| raised)
}

/// The character for the lowest five bits of `value`.
pub fn character(value: u32) -> char {
    ALPHABET.get((value & 31) as usize).map_or('0', |byte| char::from(*byte))
}

/// The five bits that an upper-case character stands for.
pub fn value(character: u8) -> Option<u32> {
    let index = ALPHABET.iter().position(|candidate| *candidate == character)?;
    u32::try_from(index).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_itself(bytes in any::<[u8; 16]>()) {
            prop_assert_eq!(decode::<16>(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn each_value_has_one_spelling(text in "[0-9A-Z]{13}") {
            if let Some(bytes) = decode::<8>(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }

        #[test]
        fn any_text_decodes_without_trouble(text in "\\PC{0,40}") {
            let _ = decode::<16>(&text);
            let _ = text.chars().map(canonical).collect::<Vec<_>>();
        }
    }

    #[test]
    fn letters_that_look_like_digits_are_read_as_digits() {
        let typed: Option<String> = "oOiIlL7z".chars().map(canonical).collect();
        assert_eq!(typed.as_deref(), Some("0011117Z"));
        assert_eq!(canonical('U'), None);
        assert_eq!(canonical('-'), None);
    }
}
