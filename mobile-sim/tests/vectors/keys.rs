//! Forms of a public key: one is accepted, so that a key has one thumbprint.

use anyhow::Context;
use p256::ecdsa::VerifyingKey;
use serde::Serialize;

use super::case::{Case, Given, Verdict};
use super::material::{hexadecimal, other_key, phone_key, sha256};
use super::purpose::Purpose;

/// The prime of P-256's field (SP 800-186 section 3.2.1.3), big-endian.
const PRIME: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
];

/// `SubjectPublicKeyInfo` up to the point (RFC 5480 section 2), for P-256.
const KEY_INFO_HEAD: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

#[derive(Serialize)]
pub(super) struct ThumbprintFile {
    description: &'static str,
    cases: Vec<ThumbprintCase>,
}

#[derive(Serialize)]
struct ThumbprintCase {
    name: &'static str,
    note: &'static str,
    verdict: &'static str,
    public_key: String,
    thumbprint: Option<String>,
}

/// A key in a form that is refused.
struct WrongForm {
    name: &'static str,
    note: &'static str,
    bytes: Vec<u8>,
}

/// The file of thumbprints.
pub(super) fn all() -> anyhow::Result<ThumbprintFile> {
    let (zero_x, zero_y) = point_with_zero_x()?;
    let good = [
        ("phone", "The phone of all cases.", phone_key()?.public_point()),
        ("another-phone", "", other_key()?.public_point()),
        ("x-is-zero", "A point like any other.", [&[4], &zero_x[..], &zero_y].concat()),
    ];
    let accepted = good.map(|(name, note, bytes)| ThumbprintCase {
        name,
        note,
        verdict: "valid",
        public_key: hexadecimal(&bytes),
        thumbprint: Some(hexadecimal(&sha256(&bytes))),
    });
    let refused = wrong_forms()?.into_iter().map(|WrongForm { name, note, bytes }| ThumbprintCase {
        name,
        note,
        verdict: "device_key_invalid",
        public_key: hexadecimal(&bytes),
        thumbprint: None,
    });
    Ok(ThumbprintFile {
        description: "Public keys as bytes (hexadecimal), and the SHA-256 of those that are accepted.",
        cases: accepted.into_iter().chain(refused).collect(),
    })
}

/// Envelopes that are honest but for the form of the key.
pub(super) fn of(purpose: Purpose) -> anyhow::Result<Vec<Case>> {
    wrong_forms()?.into_iter().map(|form| envelope_case(purpose, form)).collect()
}

fn envelope_case(purpose: Purpose, form: WrongForm) -> anyhow::Result<Case> {
    let payload = purpose.payload(Some(purpose.context()?), &form.bytes);
    let given = Given { public_key: form.bytes, ..purpose.signed(&payload)? };
    Ok(Case::new(purpose, &format!("key-{}", form.name), form.note, Verdict::Key, given))
}

fn wrong_forms() -> anyhow::Result<Vec<WrongForm>> {
    let point = phone_key()?.public_point();
    let forms = [other_spellings(&point)?, no_points(&point)?].concat().into_iter();
    Ok(forms.map(|(name, note, bytes)| WrongForm { name, note, bytes }).collect())
}

type Form = (&'static str, &'static str, Vec<u8>);

/// The same key, written otherwise.
fn other_spellings(point: &[u8]) -> anyhow::Result<Vec<Form>> {
    let (x, y) = coordinates(point)?;
    let sign = y.last().map_or(0, |byte| byte & 1);
    let key_info = [&KEY_INFO_HEAD[..], point].concat();
    Ok(vec![
        ("compressed", "The form 0x02 or 0x03, X.", [&[2 + sign], x].concat()),
        ("compressed-other-sign", "The same X, the other Y.", [&[3 - sign], x].concat()),
        ("compact", "The form 0x05, X.", [&[5], x].concat()),
        ("hybrid", "The form 0x06 or 0x07, X, Y.", [&[6 + sign], x, y].concat()),
        ("hybrid-other-sign", "The hybrid form with the wrong sign.", [&[7 - sign], x, y].concat()),
        ("without-prefix", "X and Y alone, 64 bytes.", [x, y].concat()),
        ("key-info", "SubjectPublicKeyInfo in DER, as Java's getEncoded() gives it.", key_info),
        ("trailing-byte", "", [point, &[0]].concat()),
    ])
}

/// Bytes that name no point, or a point in a way that nobody else would.
fn no_points(point: &[u8]) -> anyhow::Result<Vec<Form>> {
    let (x, y) = coordinates(point)?;
    let mut off_curve = [&[4], x, y].concat();
    if let Some(last) = off_curve.last_mut() {
        *last ^= 1;
    }
    let truncated = point.split_last().map(|(_, head)| head.to_vec()).unwrap_or_default();
    let (_, zero_y) = point_with_zero_x()?;
    let not_reduced = [&[4], &PRIME[..], &zero_y].concat();
    Ok(vec![
        ("off-curve", "Y has its last bit changed.", off_curve),
        ("infinity", "The point at infinity, one byte 0x00.", vec![0]),
        ("zeros", "0x04 and 64 zero bytes.", [&[4_u8][..], &[0; 64]].concat()),
        ("x-not-reduced", "X is the field's prime: 0 written in a second way, on the curve.", not_reduced),
        ("truncated", "", truncated),
        ("empty", "", Vec::new()),
    ])
}

fn coordinates(point: &[u8]) -> anyhow::Result<(&[u8], &[u8])> {
    let xy = point.get(1..).context("a point has coordinates")?;
    xy.split_at_checked(32).context("a point has two coordinates")
}

/// The curve has points with X = 0: the compressed form finds one.
fn point_with_zero_x() -> anyhow::Result<([u8; 32], Vec<u8>)> {
    let compressed = [&[2_u8][..], &[0; 32]].concat();
    let key = VerifyingKey::from_sec1_bytes(&compressed).context("the point with X = 0")?;
    let point = key.to_sec1_point(false);
    let (_, y) = coordinates(point.as_bytes())?;
    Ok(([0; 32], y.to_vec()))
}
