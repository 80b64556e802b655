//! Apple's App Attest.

use std::collections::HashSet;
use std::time::Duration;

use avain::attestation::apple::{
    APPLE_ROOT, App, CategoryRule, Environment, Evidence, Expected, Trust, assertion, verify, vouched_os,
};
use avain::crypto::code_hash::sha256;
use avain::domain::attestation::AttestationRefusal as Refusal;
use avain::domain::time::Timestamp;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{FIXTURES, certificates, minimum, samples, time};

const SECOND: Duration = Duration::from_secs(1);

/// One sample with all that it is verified against.
#[derive(Clone)]
struct Case {
    name: String,
    object: Vec<u8>,
    client_data_hash: Vec<u8>,
    app: App,
    trust: Trust,
    now: Timestamp,
}

fn base64(text: &Value) -> Vec<u8> {
    STANDARD.decode(text.as_str().unwrap().trim()).unwrap()
}

fn trust() -> Trust {
    Trust { roots: vec![APPLE_ROOT.to_vec()] }
}

impl Case {
    fn of(name: &str, meta: &Value) -> Self {
        let object = std::fs::read_to_string(format!("{FIXTURES}/apple/{name}.attestation.b64")).unwrap();
        let challenge = base64(&meta["challenge_b64"]);
        let is_production = meta["environment"] == "production";
        Self {
            name: name.to_owned(),
            object: STANDARD.decode(object.trim()).unwrap(),
            client_data_hash: match meta["client_data_hash_rule"].as_str().unwrap() {
                "raw" => challenge,
                _ => sha256(&challenge).to_vec(),
            },
            app: App {
                ids: HashSet::from([meta["app_id"].as_str().unwrap().to_owned()]),
                environment: if is_production { Environment::Production } else { Environment::Development },
                categories: CategoryRule::Off,
            },
            trust: trust(),
            now: time(&meta["evaluate_at"]),
        }
    }

    fn verify(&self) -> Result<Evidence, Refusal> {
        let expected = Expected { client_data_hash: &self.client_data_hash, app: &self.app };
        verify(&self.object, &expected, &self.trust, self.now)
    }

    /// What is refused with one thing changed.
    fn with(&self, change: impl FnOnce(&mut Self)) -> Option<Refusal> {
        let mut changed = self.clone();
        change(&mut changed);
        changed.verify().err()
    }
}

fn cases() -> Vec<(Case, Value)> {
    let objects = samples("apple").into_iter().filter(|(_, meta)| !meta["key_id_b64"].is_null());
    objects.map(|(name, meta)| (Case::of(&name, &meta), meta)).collect()
}

/// When the sample's leaf begins and ends.
fn life(meta: &Value) -> (Timestamp, Timestamp) {
    (time(&meta["leaf_not_before"]), time(&meta["leaf_not_after"]))
}

#[test]
fn every_sample_gets_its_verdict() {
    let cases = cases();
    assert!(cases.len() >= 6, "{}", cases.len());
    for (case, meta) in cases {
        let told = case.verify().unwrap_or_else(|refusal| panic!("{}: {refusal:?}", case.name));
        assert_eq!(meta["expect"]["attestation"], "valid", "{}", case.name);
        let os_version = told.os_version.unwrap();
        assert_eq!(os_version.to_string(), meta["os_version"].as_str().unwrap(), "{}", case.name);
        let is_new_enough = os_version >= minimum().ios;
        assert_eq!(is_new_enough, meta["expect"]["min_ios_16"] == "accept", "{}", case.name);
        assert_eq!(told.key_name.to_vec(), base64(&meta["key_id_b64"]), "{}", case.name);
        let extensions = &meta["auth_data_extensions"];
        assert_eq!(told.bundle_version.as_deref(), extensions["apple_bundle_version_01"].as_str());
        let category = extensions["apple_validation_category_01"].as_str();
        assert_eq!(category.map(|_| 1), told.category, "{}", case.name);
    }
}

#[test]
fn chains_without_an_object_tell_the_version() {
    let mut seen = 0;
    for (name, meta) in samples("apple").into_iter().filter(|(_, meta)| meta["key_id_b64"].is_null()) {
        let chain = certificates(&format!("{FIXTURES}/apple/{name}.pem"));
        let at = |now| vouched_os(&chain, &trust(), now);
        let os_version = at(time(&meta["evaluate_at"])).unwrap().unwrap();
        assert_eq!(os_version.to_string(), meta["os_version"].as_str().unwrap(), "{name}");
        assert!(os_version >= minimum().ios, "{name}");
        assert_eq!(at(life(&meta).1.plus(SECOND)), Err(Refusal::CertificateExpired), "{name}");
        assert_eq!(
            vouched_os(&chain[..1], &trust(), time(&meta["evaluate_at"])),
            Err(Refusal::ChainTooShort)
        );
        seen += 1;
    }
    assert!(seen >= 2, "{seen}");
}

#[test]
fn one_changed_input_is_enough_to_be_refused() {
    for (case, meta) in cases() {
        let (begin, end) = life(&meta);
        let refused = |wanted, change: &dyn Fn(&mut Case)| {
            assert_eq!(case.with(change), Some(wanted), "{}", case.name);
        };
        assert_eq!(case.with(|case| case.now = end), None, "{}", case.name);
        refused(Refusal::CertificateExpired, &|case| case.now = end.plus(SECOND));
        refused(Refusal::CertificateNotYetValid, &|case| case.now = begin.minus(SECOND));
        refused(Refusal::ObjectNonce, &|case| case.client_data_hash[0] ^= 1);
        refused(Refusal::ObjectNonce, &|case| case.client_data_hash.clear());
        refused(Refusal::AppOther, &|case| case.app.ids = HashSet::from(["1234567890.org.other".to_owned()]));
        refused(Refusal::Environment, &|case| {
            case.app.environment = match case.app.environment {
                Environment::Production => Environment::Development,
                Environment::Development => Environment::Production,
            };
        });
        refused(Refusal::RootUntrusted, &|case| case.trust.roots.clear());
        refused(Refusal::RootUntrusted, &|case| {
            let google = format!("{FIXTURES}/android/roots/google-roots.json-0.pem");
            case.trust.roots = certificates(&google);
        });
        refused(Refusal::ObjectTrailing, &|case| case.object.push(0));
        refused(Refusal::TooLarge, &|case| case.object.resize(16 * 1024 + 1, 0));
        let required = CategoryRule::Required(HashSet::from([2, 4]));
        refused(Refusal::CategoryNotAllowed, &|case| case.app.categories = required.clone());
        let is_told = !meta["auth_data_extensions"].is_null();
        let if_present = CategoryRule::IfPresent(HashSet::from([2, 4]));
        assert_eq!(case.with(|case| case.app.categories = if_present).is_some(), is_told, "{}", case.name);
    }
}

/// The receipt is for Apple, and not covered: what is covered cannot be turned.
#[test]
fn no_bit_of_what_is_covered_can_be_turned() {
    let (case, _) = cases().into_iter().min_by_key(|(case, _)| case.object.len()).unwrap();
    let receipt = find(&case.object, b"receipt").unwrap();
    let data = find(&case.object, b"hauthData").unwrap();
    let covered = (0..receipt).chain(data..case.object.len());
    for at in covered {
        let turned = case.with(|case| case.object[at] ^= 1 << (at % 8));
        assert!(turned.is_some(), "{}, byte {at}", case.name);
    }
    for length in 0..case.object.len() {
        assert!(case.with(|case| case.object.truncate(length)).is_some(), "{length} bytes");
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Every sample with an assertion: the bytes, the hash, and how often the key was used.
fn assertions() -> Vec<(Case, Evidence, Vec<u8>, Vec<u8>)> {
    let with_assertions = cases().into_iter().filter_map(|(case, _)| {
        let text = std::fs::read(format!("{FIXTURES}/apple/{}.assertion.json", case.name)).ok()?;
        let value: Value = serde_json::from_slice(&text).unwrap();
        let client_data = match &value["client_data_b64"] {
            Value::Null => base64(&value["secondary_public_key_spki_b64"]),
            text => base64(text),
        };
        let told = case.verify().unwrap();
        Some((case, told, base64(&value["assertion_b64"]), sha256(&client_data).to_vec()))
    });
    with_assertions.collect()
}

#[test]
fn assertions_count() {
    let assertions = assertions();
    assert!(assertions.len() >= 4, "{}", assertions.len());
    for (case, told, bytes, hash) in assertions {
        let check = |bytes: &[u8], hash: &[u8], app: &App, last| {
            assertion::verify(bytes, hash, &told.public_key, app, last)
        };
        assert_eq!(check(&bytes, &hash, &case.app, 0), Ok(1), "{}", case.name);
        assert_eq!(check(&bytes, &hash, &case.app, 1), Err(Refusal::Counter), "{}", case.name);
        assert_eq!(check(&bytes, &[7; 32], &case.app, 0), Err(Refusal::ObjectNonce));
        assert_eq!(check(&bytes, &hash, &App::default(), 0), Err(Refusal::AppOther));
        assert_eq!(check(&vec![0; 4097], &hash, &case.app, 0), Err(Refusal::TooLarge));
        for at in 0..bytes.len() {
            let mut turned = bytes.clone();
            turned[at] ^= 1 << (at % 8);
            assert!(check(&turned, &hash, &case.app, 0).is_err(), "{} {at}", case.name);
        }
    }
}

#[test]
fn the_built_in_root_is_apples() {
    let published = "1cb9823ba28ba6ad2d33a006941de2ae4f513ef1d4e831b9f7e0fa7b6242c932";
    assert_eq!(sha256(APPLE_ROOT).to_vec(), super::hex(published));
}
