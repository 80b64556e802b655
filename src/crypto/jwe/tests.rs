use serde_json::Value;

use super::*;
use crate::domain::random::RandomFailure;

struct Zeros;

impl Random for Zeros {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomFailure> {
        bytes.fill(0);
        Ok(())
    }
}

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../tests/fixtures/eid/jose/", $name))
    };
}

fn key(pem: &str) -> DecryptionKey {
    DecryptionKey::read(&Secret::new(pem.to_owned()), None).unwrap()
}

fn opened(key: &DecryptionKey, token: &str) -> Option<String> {
    key.open(token, &Zeros).ok().map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn what_the_cookbook_encrypted_is_read() {
    let vector: Value =
        serde_json::from_str(fixture!("rfc7520-5_2.key_encryption_using_rsa-oaep_with_aes-gcm.json"))
            .unwrap();
    let text = opened(&key(fixture!("rfc7520-5_2.pem")), vector["output"]["compact"].as_str().unwrap());
    assert_eq!(text.as_deref(), vector["input"]["plaintext"].as_str());
    let vector: Value =
        serde_json::from_str(fixture!("rfc7520-6.nesting_signatures_and_encryption.json")).unwrap();
    let token = vector["encrypt"]["output"]["compact"].as_str().unwrap();
    let text = opened(&key(fixture!("rfc7520-6.pem")), token);
    assert_eq!(text.as_deref(), vector["sign"]["output"]["compact"].as_str());
}

#[test]
fn a_provider_s_token_is_read_and_nothing_like_it() {
    let made: Value = serde_json::from_str(fixture!("generated-oidc-provider-9.13.3-id-token.json")).unwrap();
    let (token, key) = (made["id_token"].as_str().unwrap(), key(fixture!("generated-oidc-provider.pem")));
    assert_eq!(opened(&key, token).unwrap().split('.').count(), 3);
    for part in 0..5 {
        let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
        let changed = if parts[part].starts_with('A') { "B" } else { "A" };
        parts[part].replace_range(0..1, changed);
        assert!(opened(&key, &parts.join(".")).is_none(), "part {part} changed");
        parts[part].clear();
        assert!(opened(&key, &parts.join(".")).is_none(), "part {part} empty");
    }
    assert!(opened(&key, &format!("{token}.")).is_none());
    let stranger = DecryptionKey::read(&Secret::new(fixture!("rfc7520-6.pem").to_owned()), None).unwrap();
    assert!(opened(&stranger, token).is_none());
    let renamed = DecryptionKey::read(
        &Secret::new(fixture!("generated-oidc-provider.pem").to_owned()),
        Some("x".to_owned()),
    );
    assert!(opened(&renamed.unwrap(), token).is_none(), "encrypted to a key of another name");
}

#[test]
fn other_ways_of_encrypting_are_refused() {
    let made: Value = serde_json::from_str(fixture!("generated-oidc-provider-9.13.3-id-token.json")).unwrap();
    let key = key(fixture!("generated-oidc-provider.pem"));
    let (_, rest) = made["id_token"].as_str().unwrap().split_once('.').unwrap();
    for header in [
        r#"{"alg":"RSA1_5","enc":"A128CBC-HS256"}"#,
        r#"{"alg":"dir","enc":"A128CBC-HS256"}"#,
        r#"{"alg":"RSA-OAEP","enc":"A256CBC-HS512"}"#,
        r#"{"alg":"RSA-OAEP","enc":"A192GCM"}"#,
        r#"{"alg":"RSA-OAEP","enc":"A128CBC-HS256","zip":"DEF"}"#,
        r#"{"alg":"RSA-OAEP","enc":"A128CBC-HS256","crit":["exp"]}"#,
        r#"{"alg":"none"}"#,
        "[]",
    ] {
        assert!(opened(&key, &format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header))).is_none(), "{header}");
    }
}
