//! Tokens that somebody else signed, checked with the keys that somebody else published (RFC 7515, RFC 7517). The algorithms that
//! are taken come from our configuration, the key from the published set; what a token's header offers instead is not looked at.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::verify;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

/// The longest token that is looked at, in characters.
const LONGEST_TOKEN: usize = 64 * 1024;
/// So many keys of a set are looked at.
const MOST_KEYS: usize = 32;

/// How tokens may be signed by others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// ECDSA P-256 with SHA-256.
    Es256,
}

impl Signed {
    const ALL: [Self; 3] = [Self::Rs256, Self::Ps256, Self::Es256];

    /// The name in RFC 7518 section 3.1.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
        }
    }

    /// The algorithm of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    const fn algorithm(self) -> Algorithm {
        match self {
            Self::Rs256 => Algorithm::RS256,
            Self::Ps256 => Algorithm::PS256,
            Self::Es256 => Algorithm::ES256,
        }
    }

    fn fits(self, key: &Jwk) -> bool {
        let is_of_kind = match (self, &key.algorithm) {
            (Self::Rs256 | Self::Ps256, AlgorithmParameters::RSA(_)) => true,
            (Self::Es256, AlgorithmParameters::EllipticCurve(curve)) => curve.curve == EllipticCurve::P256,
            _ => false,
        };
        let common = &key.common;
        let is_named = common.key_algorithm.is_none_or(|named| named.to_string() == self.name());
        let is_for_signatures =
            common.public_key_use.as_ref().is_none_or(|of| *of == PublicKeyUse::Signature);
        let may_verify =
            common.key_operations.as_ref().is_none_or(|may| may.contains(&KeyOperations::Verify));
        is_of_kind && is_named && is_for_signatures && may_verify
    }
}

/// Published keys.
#[derive(Clone, Debug)]
pub struct KeySet(Vec<Jwk>);

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<serde::de::IgnoredAny>,
}

impl KeySet {
    /// Reads a JWK set (RFC 7517 section 5). Keys of kinds that are not known here are passed over.
    pub fn read(json: &[u8]) -> Option<Self> {
        let document: Document = serde_json::from_slice(json).ok()?;
        let keys = document.keys.into_iter().take(MOST_KEYS);
        Some(Self(keys.filter_map(|key| serde_json::from_value(key).ok()).collect()))
    }

    /// Whether one of the keys has that id.
    pub fn has(&self, id: &str) -> bool {
        self.0.iter().any(|key| key.common.key_id.as_deref() == Some(id))
    }

    /// What `token` carries, if one of the keys signed it in one of these ways. Its claims are not judged.
    pub fn verify(&self, token: &str, ways: &[Signed]) -> Option<Vec<u8>> {
        let (message, signature) = split(token)?;
        let (head, payload) = message.split_once('.')?;
        let header = read_header(head)?;
        let way = ways.iter().copied().find(|way| way.name() == header.alg)?;
        let is_named = |key: &&Jwk| match (&header.kid, &key.common.key_id) {
            (Some(wanted), Some(id)) => wanted == id,
            _ => true,
        };
        let signs = |key: &Jwk| {
            let decoding = DecodingKey::from_jwk(key);
            decoding.is_ok_and(|key| {
                verify(signature, message.as_bytes(), &key, way.algorithm()).unwrap_or(false)
            })
        };
        let mut candidates = self.0.iter().filter(|key| way.fits(key)).filter(is_named);
        candidates.any(signs).then(|| URL_SAFE_NO_PAD.decode(payload).ok()).flatten()
    }
}

/// The id of the key that a token says it was signed with, and the kind of token that it says it is. Nothing is verified.
pub fn hints(token: &str) -> Option<(Option<String>, Option<String>)> {
    let (message, _) = split(token)?;
    let header = read_header(message.split_once('.')?.0)?;
    Some((header.kid, header.typ))
}

/// What a token claims. Nothing is verified: only to find the keys with which a self-signed statement is then verified.
pub fn claimed(token: &str) -> Option<Vec<u8>> {
    let (message, _) = split(token)?;
    URL_SAFE_NO_PAD.decode(message.split_once('.')?.1).ok()
}

/// The signed part and the signature; `None` where there are not exactly three parts.
fn split(token: &str) -> Option<(&str, &str)> {
    let is_token = token.len() <= LONGEST_TOKEN && token.bytes().filter(|byte| *byte == b'.').count() == 2;
    if is_token { token.rsplit_once('.') } else { None }
}

/// An extension that must be understood is not (RFC 7515 section 4.1.11).
fn read_header(encoded: &str) -> Option<Header> {
    let json = URL_SAFE_NO_PAD.decode(encoded).ok()?;
    let header: Header = serde_json::from_slice(&json).ok()?;
    header.crit.is_none().then_some(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_of_wycheproof_is_ours() {
        let text = include_str!("../../tests/fixtures/eid/jose/wycheproof-json_web_signature_test.json");
        let vectors: Value = serde_json::from_str(text).unwrap();
        let mut judged = [0, 0];
        for group in vectors["testGroups"].as_array().unwrap() {
            let set = serde_json::to_vec(&serde_json::json!({ "keys": [group["public"]] })).unwrap();
            let keys = KeySet::read(&set).unwrap();
            for test in group["tests"].as_array().unwrap() {
                let token = test["jws"].as_str().unwrap();
                // Two of the RFC's own examples use algorithms that are not taken: PS384 and ES512.
                let is_taken =
                    !token.starts_with("eyJhbGciOiJQUzM4NC") && !token.starts_with("eyJhbGciOiJFUzUxMi");
                let is_valid = test["result"] == "valid" && is_taken;
                assert_eq!(
                    keys.verify(token, &Signed::ALL).is_some(),
                    is_valid,
                    "{}: {test}",
                    group["comment"]
                );
                judged[usize::from(is_valid)] += 1;
            }
        }
        assert!(judged[0] > 100 && judged[1] > 10, "{judged:?}");
    }
}
