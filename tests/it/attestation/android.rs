//! Android Key Attestation.

use std::collections::HashSet;
use std::time::Duration;

use avain::attestation::android::{App, Evidence, Expected, Trust, verify};
use avain::attestation::status_list::StatusList;
use avain::attestation::trust::GOOGLE;
use avain::domain::attestation::AttestationRefusal as Refusal;
use avain::domain::time::Timestamp;
use serde_json::Value;

use super::{FIXTURES, certificates, hex, minimum, samples, time};

const SECOND: Duration = Duration::from_secs(1);

/// What is refused before anything is read that the leaf attests.
const OF_THE_CHAIN: [Refusal; 6] = [
    Refusal::RootUntrusted,
    Refusal::NameMismatch,
    Refusal::ChainSignature,
    Refusal::AlgorithmUnsupported,
    Refusal::CertificateExpired,
    Refusal::CertificateRevoked,
];

/// One sample with all that it is verified against.
#[derive(Clone)]
struct Case {
    name: String,
    chain: Vec<Vec<u8>>,
    challenge: Vec<u8>,
    public_key: [u8; 65],
    app: App,
    trust: Trust,
    status: StatusList,
    now: Timestamp,
}

impl Case {
    fn of(name: &str, meta: &Value) -> Self {
        let chain = certificates(&format!("{FIXTURES}/android/{name}.pem"));
        let now = time(&meta["evaluate_at"]);
        let texts = |value: &Value| -> Vec<String> {
            let values = value.as_array().into_iter().flatten();
            values.map(|value| value.as_str().unwrap_or_default().to_owned()).collect()
        };
        let packages = meta["application"]["packages"].as_array().into_iter().flatten();
        let digests = texts(&meta["application"]["digests"]);
        let json = std::fs::read(format!("{FIXTURES}/android/status-list.google-test.json")).unwrap();
        Self {
            name: name.to_owned(),
            public_key: leaf_point(&chain[0]).unwrap_or([4; 65]),
            challenge: meta["challenge_hex"].as_str().map(hex).unwrap_or_default(),
            app: App {
                packages: packages.map(|package| package[0].as_str().unwrap().to_owned()).collect(),
                signers: digests.iter().map(|digest| hex(digest).try_into().unwrap()).collect(),
            },
            trust: Trust {
                roots: GOOGLE.iter().map(|root| root.pin).collect(),
                status_list_life: Duration::from_hours(168),
                boot_keys: HashSet::new(),
            },
            status: StatusList::parse(&json, now).unwrap(),
            chain,
            now,
        }
    }

    fn verify(&self) -> Result<Evidence, Refusal> {
        let expected = Expected { challenge: &self.challenge, public_key: &self.public_key, app: &self.app };
        verify(&self.chain, &expected, &self.trust, &self.status, self.now)
    }

    /// What is refused with one thing changed.
    fn with(&self, change: impl FnOnce(&mut Self)) -> Option<Refusal> {
        let mut changed = self.clone();
        change(&mut changed);
        changed.verify().err()
    }
}

fn leaf_point(leaf: &[u8]) -> Option<[u8; 65]> {
    let (_, certificate) = x509_parser::parse_x509_certificate(leaf).unwrap();
    let key: &[u8] = &certificate.public_key().subject_public_key.data;
    key.try_into().ok()
}

fn cases() -> Vec<(Case, Value)> {
    samples("android").into_iter().map(|(name, meta)| (Case::of(&name, &meta), meta)).collect()
}

fn accepted() -> Vec<(Case, Value)> {
    let accepted = cases().into_iter().filter(|(_, meta)| meta["expect"]["policy"] == "accept");
    accepted.collect()
}

#[test]
fn every_sample_gets_its_verdict() {
    let mut seen = [0; 3];
    for (case, meta) in cases() {
        let name = &case.name;
        let verified = case.verify();
        let is_of_the_chain = verified.as_ref().is_err_and(|refusal| OF_THE_CHAIN.contains(refusal));
        match (meta["expect"]["chain"].as_str().unwrap(), meta["expect"]["policy"].as_str().unwrap()) {
            ("invalid", "reject") => {
                assert!(is_of_the_chain, "{name}: {verified:?}");
                seen[0] += 1;
            }
            ("valid", "reject") => {
                assert!(!is_of_the_chain, "{name}: {verified:?}");
                let is_new_enough = verified.is_ok_and(|told| told.os_version >= minimum().android);
                assert!(!is_new_enough, "{name}");
                seen[1] += 1;
            }
            ("valid", "accept") => {
                let told = verified.unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
                assert_evidence(name, &told, &meta);
                seen[2] += 1;
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    assert!(seen.iter().all(|count| *count >= 4), "{seen:?}");
}

fn assert_evidence(name: &str, told: &Evidence, meta: &Value) {
    assert!(told.os_version >= minimum().android, "{name}");
    let major = meta["os_version"].as_u64().unwrap() / 10_000;
    assert_eq!(told.os_version.to_string(), major.to_string(), "{name}");
    assert_eq!(told.patch_level.map(u64::from), meta["os_patch_level"].as_u64(), "{name}");
    let level = if meta["attestation_security_level"] == "StrongBox" { "strongbox" } else { "tee" };
    assert_eq!(told.key_home.key(), level, "{name}");
    assert_eq!(told.model.as_deref(), meta["ids"]["model"].as_str(), "{name}");
    let serials = meta["serials"].as_array().unwrap();
    assert!(
        told.serials.iter().map(String::as_str).eq(serials.iter().map(|serial| serial.as_str().unwrap()))
    );
}

#[test]
fn a_chain_from_googles_servers_is_refused_one_second_after_its_end() {
    let mut seen = 0;
    for (case, meta) in cases() {
        if meta["provisioning"] != "rkp" || meta["expect"]["chain"] != "valid" {
            continue;
        }
        let end = time(&meta["chain_expires_at"]);
        let at = |now| {
            case.with(|case| {
                case.now = now;
                case.status = StatusList::of([], now);
            })
        };
        assert_ne!(at(end), Some(Refusal::CertificateExpired), "{}", case.name);
        assert_eq!(at(end.plus(SECOND)), Some(Refusal::CertificateExpired), "{}", case.name);
        seen += 1;
    }
    assert!(seen >= 5, "{seen}");
}

#[test]
fn one_changed_input_is_enough_to_be_refused() {
    for (case, meta) in accepted() {
        let name = &case.name;
        let refused = |wanted, change: &dyn Fn(&mut Case)| {
            assert_eq!(case.with(change), Some(wanted), "{name}");
        };
        refused(Refusal::ChallengeMismatch, &|case| case.challenge[0] ^= 1);
        refused(Refusal::ChallengeMismatch, &|case| case.challenge.clear());
        refused(Refusal::KeyMismatch, &|case| case.public_key[64] ^= 1);
        refused(Refusal::AppOther, &|case| case.app.packages = HashSet::from(["org.other".to_owned()]));
        refused(Refusal::AppSigner, &|case| case.app.signers = HashSet::from([[7; 32]]));
        refused(Refusal::RootUntrusted, &|case| case.trust.roots = vec![[7; 32]]);
        refused(Refusal::StatusListStale, &|case| {
            case.status = StatusList::of([], case.now.minus(Duration::from_hours(169)));
        });
        refused(Refusal::CertificateNotYetValid, &|case| {
            case.now = Timestamp::from_millis(0);
            case.status = StatusList::of([], case.now);
        });
        for serial in meta["serials"].as_array().unwrap() {
            let serial = serial.as_str().unwrap().to_owned();
            refused(Refusal::CertificateRevoked, &|case| {
                case.status = StatusList::of([serial.clone()], case.now);
            });
        }
    }
}

#[test]
fn a_chain_is_whole_and_in_order() {
    for (case, _) in accepted() {
        for at in 0..case.chain.len() {
            assert!(case.with(|case| _ = case.chain.remove(at)).is_some(), "{} without {at}", case.name);
            let twice = case.with(|case| case.chain.insert(at, case.chain[at].clone()));
            assert!(twice.is_some(), "{} with {at} twice", case.name);
            let longer = case.with(|case| case.chain[at].push(0));
            assert_eq!(longer, Some(Refusal::CertificateUnreadable), "{} {at}", case.name);
        }
        assert!(case.with(|case| case.chain.reverse()).is_some(), "{}", case.name);
        assert_eq!(case.with(|case| case.chain.clear()), Some(Refusal::ChainTooShort));
        let many = |case: &mut Case| case.chain = vec![case.chain[0].clone(); 7];
        assert_eq!(case.with(many), Some(Refusal::ChainTooLong));
        let long = |case: &mut Case| case.chain[0].resize(8 * 1024 + 1, 0);
        assert_eq!(case.with(long), Some(Refusal::TooLarge));
    }
}

#[test]
fn no_bit_of_a_chain_can_be_turned() {
    let (case, _) = accepted().into_iter().min_by_key(|(case, _)| case.chain.concat().len()).unwrap();
    for certificate in 0..case.chain.len() {
        for at in 0..case.chain[certificate].len() {
            let turned = case.with(|case| case.chain[certificate][at] ^= 1 << (at % 8));
            assert!(turned.is_some(), "{} certificate {certificate}, byte {at}", case.name);
        }
    }
}

#[test]
fn the_published_roots_have_the_built_in_keys() {
    let mut seen = HashSet::new();
    for entry in std::fs::read_dir(format!("{FIXTURES}/android/roots")).unwrap() {
        let root = certificates(entry.unwrap().path().to_str().unwrap()).remove(0);
        let (_, parsed) = x509_parser::parse_x509_certificate(&root).unwrap();
        let pin = avain::crypto::code_hash::sha256(parsed.public_key().raw);
        assert!(GOOGLE.iter().any(|root| root.pin == pin));
        seen.insert(pin);
    }
    assert_eq!(seen.len(), GOOGLE.len());
}
