//! The chain of audit rows: each row's hash covers the one before it, under a key that the database does not hold.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};

/// The hash that stands before the first row of a chain.
pub const START: [u8; 32] = [0; 32];

/// HMAC-SHA-256 under the server's key, so that nobody who can only write to the database can make a row fit.
pub struct ChainKey(Key);

impl ChainKey {
    /// A chain under this key.
    pub fn new(key: &[u8; 32]) -> Self {
        Self(Key::new(HMAC_SHA256, key))
    }

    /// The hash of `row`, which follows the row with the hash `previous`.
    pub fn link(&self, previous: &[u8; 32], row: &[u8]) -> [u8; 32] {
        let covered: Vec<u8> = previous.iter().chain(row).copied().collect();
        let mut hash = [0; 32];
        for (slot, byte) in hash.iter_mut().zip(sign(&self.0, &covered).as_ref()) {
            *slot = *byte;
        }
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_depends_on_the_row_its_forerunner_and_the_key() {
        let key = ChainKey::new(&[1; 32]);
        let link = key.link(&START, b"row");
        assert_eq!(link, key.link(&START, b"row"));
        assert_ne!(link, key.link(&START, b"another row"));
        assert_ne!(link, key.link(&[1; 32], b"row"));
        assert_ne!(link, ChainKey::new(&[2; 32]).link(&START, b"row"));
    }
}
