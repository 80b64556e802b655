//! Steps 4 and 5: the authenticator data (W3C Web Authentication section 6.1), as Apple writes it.
//!
//! iOS 27 appends a map without always setting the flag that says so, and sets the flag for a credential in assertions, which have
//! none. So the flags are not looked at.

use ciborium::Value;

use super::Environment;
use super::object::{Map, read_only_map, read_value};
use crate::domain::attestation::AttestationRefusal as Refusal;

const PRODUCTION: &[u8; 16] = b"appattest\0\0\0\0\0\0\0";
const DEVELOPMENT: &[u8; 16] = b"appattestdevelop";

/// The part that attestations and assertions share.
pub(super) struct AuthenticatorData<'a> {
    /// SHA-256 of the app's id.
    pub(super) app_hash: &'a [u8; 32],
    /// How often the key was used.
    pub(super) counter: u32,
    rest: &'a [u8],
}

/// What an attestation has on top.
pub(super) struct Credential {
    /// The key's name.
    pub(super) key_name: [u8; 32],
    /// The key: its uncompressed point.
    pub(super) public_key: [u8; 65],
    /// How the app came onto the phone, where the phone says it.
    pub(super) category: Option<u32>,
    /// The app's build, where the phone says it.
    pub(super) bundle_version: Option<String>,
}

impl<'a> AuthenticatorData<'a> {
    /// Reads the shared part.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let (app_hash, rest) = split(bytes)?;
        let ([_flags], rest) = split(rest)?;
        let (counter, rest) = split(rest)?;
        Ok(Self { app_hash, counter: u32::from_be_bytes(*counter), rest })
    }

    /// Reads the credential. The length of its id is not looked at: the id is 32 bytes, and some phones are said to write another.
    pub(super) fn credential(&self, wanted: Environment) -> Result<Credential, Refusal> {
        let (environment, rest) = split(self.rest)?;
        let environment = match environment {
            PRODUCTION => Environment::Production,
            DEVELOPMENT => Environment::Development,
            _ => return Err(Refusal::ObjectUnreadable),
        };
        if environment != wanted {
            return Err(Refusal::Environment);
        }
        let ([_, _], rest) = split(rest)?;
        let (key_name, mut rest) = split(rest)?;
        let public_key = read_key(Map::of(read_value(&mut rest)?)?)?;
        let extensions = if rest.is_empty() { None } else { Some(read_only_map(rest)?) };
        let (category, bundle_version) = extensions.map(read_extensions).unwrap_or_default();
        Ok(Credential { key_name: *key_name, public_key, category, bundle_version })
    }

    /// Refuses what is neither nothing nor one map (assertions).
    pub(super) fn check_end(&self) -> Result<(), Refusal> {
        if self.rest.is_empty() { Ok(()) } else { read_only_map(self.rest).map(|_| ()) }
    }
}

fn split<const N: usize>(bytes: &[u8]) -> Result<(&[u8; N], &[u8]), Refusal> {
    bytes.split_first_chunk().ok_or(Refusal::ObjectUnreadable)
}

/// A COSE key (RFC 9053 section 7.1.1): EC2, ES256, P-256, x, y.
fn read_key(mut key: Map) -> Result<[u8; 65], Refusal> {
    let is_p256 = [(1, 2), (3, -7), (-1, 1)]
        .into_iter()
        .all(|(label, value)| key.take(label) == Some(Value::from(value)));
    if !is_p256 {
        return Err(Refusal::KeyNotP256);
    }
    let (x, y) = (key.take_bytes(-2)?, key.take_bytes(-3)?);
    if x.len() != 32 {
        return Err(Refusal::KeyNotP256);
    }
    [&[4][..], &x, &y].concat().try_into().map_err(|_| Refusal::KeyNotP256)
}

/// A known name with a value of another type says nothing.
fn read_extensions(mut extensions: Map) -> (Option<u32>, Option<String>) {
    let category = extensions.take("apple_validation_category_01").and_then(|value| {
        let bytes: [u8; 4] = value.into_bytes().ok()?.try_into().ok()?;
        Some(u32::from_le_bytes(bytes))
    });
    let bundle_version = extensions.take("apple_bundle_version_01");
    (category, bundle_version.and_then(|value| value.into_text().ok()))
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;

    use super::*;

    const DEVELOPMENT_FLAGGED: &str =
        include_str!("../../../tests/fixtures/attestation/apple/authdata-ios27.json");

    fn samples() -> Vec<Vec<u8>> {
        let samples: serde_json::Value = serde_json::from_str(DEVELOPMENT_FLAGGED).unwrap();
        let texts =
            samples["vectors"].as_array().unwrap().iter().map(|vector| vector["b64"].as_str().unwrap());
        texts.map(|text| base64::engine::general_purpose::STANDARD.decode(text).unwrap()).collect()
    }

    #[test]
    fn what_ios_27_appends_is_read_with_and_without_its_flag() {
        let samples = samples();
        let [cleared, flagged] = &samples[..] else { panic!("{}", samples.len()) };
        for (bytes, flags, environment, category) in
            [(cleared, 0x40, Environment::Production, 1), (flagged, 0xc0, Environment::Development, 3)]
        {
            assert_eq!(bytes[32], flags);
            let data = AuthenticatorData::read(bytes).unwrap();
            let credential = data.credential(environment).unwrap();
            assert_eq!((data.counter, credential.category), (0, Some(category)));
            assert_eq!(credential.bundle_version.as_deref(), Some("1"));
            assert_eq!(credential.key_name, super::super::sha256(&credential.public_key));
        }
    }

    #[test]
    fn nothing_but_one_map_may_follow() {
        let bytes = &samples()[0];
        let credential = |bytes: &[u8]| {
            AuthenticatorData::read(bytes)?.credential(Environment::Production).map(|read| read.category)
        };
        assert_eq!(credential(&bytes[..164]), Ok(None));
        assert_eq!(credential(&[bytes, &[0xa0][..]].concat()), Err(Refusal::ObjectTrailing));
        assert_eq!(credential(&[&bytes[..164], &[0xa0]].concat()), Ok(None));
        assert_eq!(credential(&[&bytes[..164], &[0x00]].concat()), Err(Refusal::ObjectUnreadable));
        let twice = [&bytes[..164], &[0xa2, 0x61, b'a', 0, 0x61, b'a', 0]].concat();
        assert_eq!(credential(&twice), Err(Refusal::ObjectUnreadable));
        let deep = [&bytes[..164], &[0xa1, 0x61, b'a'], &[0x81; 60][..], &[0]].concat();
        assert_eq!(credential(&deep), Err(Refusal::ObjectUnreadable));
        for length in 0..164 {
            assert!(credential(&bytes[..length]).is_err(), "{length}");
        }
        let wrong_type =
            [&bytes[..164], &[0xa1, 0x78, 28], &b"apple_validation_category_01"[..], &[4]].concat();
        assert_eq!(credential(&wrong_type), Ok(None));
    }
}
