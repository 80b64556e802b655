//! The keys at which a chain must end. They are pinned by the SHA-256 of their public key: five certificates of Google's share
//! two keys, and genuine phones still send the one that ran out in 2026.

/// A root key: SHA-256 of its `SubjectPublicKeyInfo` in DER.
pub type Pin = [u8; 32];

/// A root key that is built in, and whose it is.
pub struct BuiltIn {
    /// Whose.
    pub name: &'static str,
    /// The key.
    pub pin: Pin,
}

/// Google's hardware attestation roots: RSA of 2016, and ECDSA P-384 of 2025, from which phones got their chains as of 2026.
pub const GOOGLE: [BuiltIn; 2] = [
    BuiltIn {
        name: "Google, RSA-4096, serialNumber=f92009e853b6b045",
        pin: pin("feb2ea7551ee316ed4bb443c8293b884dbfdea40b603ee3e4f4a897e4580fbae"),
    },
    BuiltIn {
        name: "Google, P-384, CN=Key Attestation CA1",
        pin: pin("3ee44512a1af2beb39c889490c60ea3f82e43f5d5a5532f5ab9419f676cd07ec"),
    },
];

const fn pin(text: &str) -> Pin {
    match read_pin(text.as_bytes()) {
        Some(pin) => pin,
        None => [0; 32],
    }
}

/// Sixty-four hexadecimal digits.
pub const fn read_pin(text: &[u8]) -> Option<Pin> {
    let (pairs, rest) = text.as_chunks::<2>();
    if pairs.len() != 32 || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; 32];
    let (mut to, mut from): (&mut [u8], &[[u8; 2]]) = (&mut bytes, pairs);
    while let ([byte, next @ ..], [[high, low], others @ ..]) = (to, from) {
        match (digit(*high), digit(*low)) {
            (Some(high), Some(low)) => *byte = high << 4 | low,
            _ => return None,
        }
        (to, from) = (next, others);
    }
    Some(bytes)
}

const fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        b'A'..=b'F' => Some(character - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_pins_are_what_they_say() {
        assert!(GOOGLE.iter().all(|root| root.pin != [0; 32]));
        assert_eq!(read_pin(&[b'A'; 64]), Some([0xaa; 32]));
        assert_eq!(read_pin(&[b'a'; 63]), None);
        assert_eq!(read_pin(&[b'g'; 64]), None);
    }
}
