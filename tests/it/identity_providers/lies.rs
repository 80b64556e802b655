//! ID tokens that prove nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::bank::{Bank, CLIENT, Visit};
use super::provider::{Answer, OUR_KEY, PROVIDER_KEY, encrypt, sign};

/// What is wrong with an ID token, and what the audit log says of it.
pub(super) fn lies(bank: &Bank, visit: &Visit) -> Vec<(Answer, &'static str)> {
    let now = bank.app.services.clock.now().seconds();
    let with = |name: &str, value: Value| {
        let mut claims = bank.claims(visit);
        claims[name] = value;
        Answer::Claims(claims)
    };
    let without = |name: &str| {
        let mut claims = bank.claims(visit);
        claims.as_object_mut().unwrap().remove(name);
        Answer::Claims(claims)
    };
    let honest = bank.claims(visit);
    let signed = sign(&honest, "JWT", ("p1", PROVIDER_KEY));
    let (head, rest) = signed.split_once('.').unwrap();
    let (payload, _) = rest.split_once('.').unwrap();
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
    let critical = URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","kid":"p1","crit":["b64"],"b64":false}"#);
    let symmetric = jsonwebtoken::encode(
        &jsonwebtoken::Header::default(),
        &honest,
        &jsonwebtoken::EncodingKey::from_secret(PROVIDER_KEY.as_bytes()),
    );
    vec![
        (with("nonce", json!("another")), "nonce"),
        (without("nonce"), "nonce"),
        (with("iss", json!("https://elsewhere.example")), "issuer"),
        (without("iss"), "issuer"),
        (with("aud", json!("somebody-else")), "audience"),
        (with("aud", json!([CLIENT, "somebody-else"])), "audience"),
        (with("azp", json!("somebody-else")), "audience"),
        (with("exp", json!(now - 61)), "times"),
        (without("exp"), "times"),
        (without("iat"), "times"),
        (with("iat", json!(now + 120)), "times"),
        (with("nbf", json!(now + 120)), "times"),
        (with("iat", json!(now - 661)), "age of the sign-in"),
        (with("auth_time", json!(now - 661)), "age of the sign-in"),
        (with("acr", json!("http://ftn.ficora.fi/2017/loatest2")), "level of assurance"),
        (without("acr"), "level of assurance"),
        (without("hetu"), "identifier"),
        (with("hetu", json!("")), "identifier"),
        (with("hetu", json!("1".repeat(65))), "identifier"),
        (with("hetu", json!(10_100_969)), "identifier"),
        (with("nin_issuing_country", json!("Finland")), "country"),
        (Answer::Token(sign(&honest, "JWT", ("p1", OUR_KEY))), "signature"),
        (Answer::Token(sign(&honest, "JWT", ("p2", PROVIDER_KEY))), "signature"),
        (Answer::Token(format!("{none}.{payload}.")), "signature"),
        (Answer::Token(symmetric.unwrap()), "signature"),
        (Answer::Token(format!("{head}.{payload}.AAAA")), "signature"),
        (Answer::Token(format!("{critical}.{rest}")), "not a signed token"),
        (Answer::Token(encrypt(&signed)), "not a signed token"),
        (Answer::Token("nothing".to_owned()), "not a signed token"),
        (Answer::Token(String::new()), "not a signed token"),
    ]
}
