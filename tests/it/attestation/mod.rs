//! Attestations of genuine phones, from public samples (`tests/fixtures/attestation`): each gets the verdict of its index at its
//! own time, and each that is accepted is refused when one input changes.

mod android;
mod apple;

use avain::domain::os_version::OsVersion;
use avain::domain::platform::MinimumOs;
use avain::domain::time::Timestamp;
use serde_json::Value;

const FIXTURES: &str = "tests/fixtures/attestation";

/// The descriptions of a folder's samples, each with its name.
fn samples(folder: &str) -> Vec<(String, Value)> {
    let mut found: Vec<_> = std::fs::read_dir(format!("{FIXTURES}/{folder}"))
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name()?.to_str()?.strip_suffix(".meta.json")?.to_owned();
            Some((name, serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap()))
        })
        .collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// The certificates of a PEM file, in its order.
fn certificates(path: &str) -> Vec<Vec<u8>> {
    let text = std::fs::read(path).unwrap();
    x509_parser::pem::Pem::iter_from_buffer(&text).map(|pem| pem.unwrap().contents).collect()
}

fn time(text: &Value) -> Timestamp {
    let text = text.as_str().unwrap();
    let format = time::format_description::well_known::Rfc3339;
    let parsed = time::OffsetDateTime::parse(text, &format).unwrap();
    Timestamp::from_millis(i64::try_from(parsed.unix_timestamp_nanos() / 1_000_000).unwrap())
}

fn minimum() -> MinimumOs {
    MinimumOs { android: OsVersion::parse_android("12").unwrap(), ios: OsVersion::parse_ios("16").unwrap() }
}
