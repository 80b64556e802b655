//! Encrypted tokens (RFC 7516, compact form), as Finnish identity brokers send them. No kept library decrypts with RSA-OAEP over
//! a sound RSA (docs/decisions/0001), so the frame is ours and every operation is aws-lc-rs's.

use aws_lc_rs::aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::cipher::{AES_128, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::rsa::{
    OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepAlgorithm, OaepPrivateDecryptingKey, PrivateDecryptingKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::CryptoFailure;
use super::pem::private_key_der;
use crate::domain::random::{Random, bytes};
use crate::domain::secret::Secret;

/// The longest encrypted token that is looked at, in characters.
pub const LONGEST_JWE: usize = 64 * 1024;

/// An RSA key that tokens are encrypted to.
pub struct DecryptionKey {
    id: Option<String>,
    key: PrivateDecryptingKey,
}

/// Members that are not named here are allowed; those that change how a token is read are refused.
#[derive(Deserialize)]
struct Header {
    alg: String,
    enc: String,
    kid: Option<String>,
    cty: Option<String>,
    zip: Option<serde::de::IgnoredAny>,
    crit: Option<serde::de::IgnoredAny>,
}

/// How the contents are encrypted (RFC 7518 section 5).
#[derive(Clone, Copy)]
enum ContentEncryption {
    Aes128CbcHmacSha256,
    Aes128Gcm,
    Aes256Gcm,
}

impl ContentEncryption {
    fn from_name(name: &str) -> Option<Self> {
        match name {
            "A128CBC-HS256" => Some(Self::Aes128CbcHmacSha256),
            "A128GCM" => Some(Self::Aes128Gcm),
            "A256GCM" => Some(Self::Aes256Gcm),
            _ => None,
        }
    }

    const fn key_length(self) -> usize {
        match self {
            Self::Aes128Gcm => 16,
            Self::Aes128CbcHmacSha256 | Self::Aes256Gcm => 32,
        }
    }
}

/// The five parts of a compact token.
struct Parts<'a> {
    protected: &'a str,
    wrapped_key: Vec<u8>,
    vector: Vec<u8>,
    ciphertext: Vec<u8>,
    tag: Vec<u8>,
}

const FAILURE: CryptoFailure = CryptoFailure("decrypting a token");

impl DecryptionKey {
    /// Reads an RSA private key, PKCS #8 in PEM. `id` is the `kid` under which the other side knows it.
    pub fn read(pem: &Secret<String>, id: Option<String>) -> Result<Self, CryptoFailure> {
        let der = private_key_der(pem)?;
        let key = PrivateDecryptingKey::from_pkcs8(der.expose())
            .map_err(|_| CryptoFailure("reading a decryption key: RSA of at least 2048 bits, PKCS #8"))?;
        Ok(Self { id, key })
    }

    /// What `token` holds, where it is encrypted in an allowed way: RSA-OAEP or RSA-OAEP-256, and A128CBC-HS256, A128GCM or A256GCM.
    /// All else is refused, and why is not told.
    pub fn open(&self, token: &str, random: &dyn Random) -> Result<Vec<u8>, CryptoFailure> {
        let parts = Parts::split(token).ok_or(FAILURE)?;
        let header: Header =
            decode(parts.protected).and_then(|json| serde_json::from_slice(&json).ok()).ok_or(FAILURE)?;
        let is_for_us = header.kid.is_none() || self.id.is_none() || header.kid == self.id;
        let is_nested = header.cty.as_deref().is_none_or(|kind| kind.eq_ignore_ascii_case("jwt"));
        if !is_for_us || !is_nested || header.zip.is_some() || header.crit.is_some() {
            return Err(FAILURE);
        }
        let wrapping: &'static OaepAlgorithm = match header.alg.as_str() {
            "RSA-OAEP" => &OAEP_SHA1_MGF1SHA1,
            "RSA-OAEP-256" => &OAEP_SHA256_MGF1SHA256,
            _ => return Err(FAILURE),
        };
        let encryption = ContentEncryption::from_name(&header.enc).ok_or(FAILURE)?;
        let key = self.unwrap_key(wrapping, encryption, &parts.wrapped_key, random)?;
        parts.open(encryption, key.expose())
    }

    /// The content key; a random one where the wrapped one does not open, so that nobody learns which of the two steps failed (RFC
    /// 7516 section 11.5).
    fn unwrap_key(
        &self,
        wrapping: &'static OaepAlgorithm,
        encryption: ContentEncryption,
        wrapped: &[u8],
        random: &dyn Random,
    ) -> Result<Secret<Vec<u8>>, CryptoFailure> {
        let stand_in = bytes::<32>(random).map_err(|_| FAILURE)?;
        let key = OaepPrivateDecryptingKey::new(self.key.clone()).map_err(|_| FAILURE)?;
        let mut room = vec![0; key.min_output_size()];
        let opened = key.decrypt(wrapping, wrapped, &mut room, None).ok();
        let fits = opened.filter(|key| key.len() == encryption.key_length());
        let stand_in = stand_in.into_iter().take(encryption.key_length()).collect();
        Ok(Secret::new(fits.map_or(stand_in, |key| key.to_vec())))
    }
}

impl<'a> Parts<'a> {
    fn split(token: &'a str) -> Option<Self> {
        if token.len() > LONGEST_JWE {
            return None;
        }
        let mut parts = token.split('.');
        let protected = parts.next()?;
        let found = Self {
            protected,
            wrapped_key: decode(parts.next()?)?,
            vector: decode(parts.next()?)?,
            ciphertext: decode(parts.next()?)?,
            tag: decode(parts.next()?)?,
        };
        parts.next().is_none().then_some(found)
    }

    fn open(&self, encryption: ContentEncryption, key: &[u8]) -> Result<Vec<u8>, CryptoFailure> {
        match encryption {
            ContentEncryption::Aes128CbcHmacSha256 => self.open_cbc(key),
            ContentEncryption::Aes128Gcm => self.open_gcm(UnboundKey::new(&AES_128_GCM, key)),
            ContentEncryption::Aes256Gcm => self.open_gcm(UnboundKey::new(&AES_256_GCM, key)),
        }
    }

    fn open_gcm(
        &self,
        key: Result<UnboundKey, aws_lc_rs::error::Unspecified>,
    ) -> Result<Vec<u8>, CryptoFailure> {
        let key = LessSafeKey::new(key.map_err(|_| FAILURE)?);
        let vector: [u8; NONCE_LEN] = self.vector.as_slice().try_into().map_err(|_| FAILURE)?;
        if self.tag.len() != 16 {
            return Err(FAILURE);
        }
        let mut sealed = [self.ciphertext.as_slice(), &self.tag].concat();
        let nonce = Nonce::assume_unique_for_key(vector);
        let opened = key.open_in_place(nonce, Aad::from(self.protected.as_bytes()), &mut sealed);
        opened.map(|plain| plain.to_vec()).map_err(|_| FAILURE)
    }

    /// AES-128-CBC, authenticated by HMAC-SHA-256 cut to half (RFC 7518 section 5.2.3).
    fn open_cbc(&self, key: &[u8]) -> Result<Vec<u8>, CryptoFailure> {
        let (mac_key, encryption_key) = key.split_at_checked(16).ok_or(FAILURE)?;
        let bits = u64::try_from(self.protected.len()).map_err(|_| FAILURE)? * 8;
        let mut mac = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, mac_key));
        for part in [self.protected.as_bytes(), &self.vector, &self.ciphertext, &bits.to_be_bytes()] {
            mac.update(part);
        }
        let expected = mac.sign();
        let half = expected.as_ref().get(..16).ok_or(FAILURE)?;
        verify_slices_are_equal(half, &self.tag).map_err(|_| FAILURE)?;
        let key = UnboundCipherKey::new(&AES_128, encryption_key).map_err(|_| FAILURE)?;
        let key = PaddedBlockDecryptingKey::cbc_pkcs7(key).map_err(|_| FAILURE)?;
        let vector: [u8; 16] = self.vector.as_slice().try_into().map_err(|_| FAILURE)?;
        let mut text = self.ciphertext.clone();
        let context = DecryptionContext::Iv128(FixedLength::from(&vector));
        key.decrypt(&mut text, context).map(|plain| plain.to_vec()).map_err(|_| FAILURE)
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests;
