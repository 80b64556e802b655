//! Signatures that are wrong, or unusual and right.

use mobile_sim::twin;

use super::case::{Case, Given, Verdict};
use super::der::{
    ORDER, SEQUENCE, element, integer, is_negative, join, padded_integer, plus_order, raw_integer, split,
};
use super::material::{other_key, phone_key, sha256};
use super::purpose::Purpose;

const ONE: [u8; 1] = [1];
const ZERO: [u8; 0] = [];

/// Cases whose envelope is honest but for the signature's bytes.
pub(super) fn of(purpose: Purpose) -> anyhow::Result<Vec<Case>> {
    let signature = shorter_twin(purpose)?;
    let cases = [not_der(&signature)?, out_of_range(&signature)?].concat().into_iter();
    let refused = cases.map(|(name, note, bytes)| case(purpose, name, note, Verdict::Signature, &bytes));
    refused
        .chain([
            case(purpose, "empty-signature", "", Verdict::Envelope("envelope_invalid"), &[]),
            case(
                purpose,
                "signature-of-73-bytes",
                "Longer than any.",
                Verdict::Envelope("envelope_invalid"),
                &padded_to(&signature, 73),
            ),
            case(purpose, "twin-signature", TWIN_NOTE, Verdict::Valid, &twin(&honest_signature(purpose)?)?),
        ])
        .collect()
}

/// A case's name and note, and a signature that does not verify.
type Refused = (&'static str, &'static str, Vec<u8>);

/// The right numbers in a form that is not DER (X.690 sections 8.3 and 10.1).
fn not_der(signature: &[u8]) -> anyhow::Result<Vec<Refused>> {
    let (r, s) = split(signature)?;
    let (_, large_s) = split(&twin(signature)?)?;
    let (first, body) = (integer(&r)?, [integer(&r)?, integer(&s)?].concat());
    let length = u8::try_from(body.len())?;
    let truncated = signature.split_last().map(|(_, head)| head.to_vec()).unwrap_or_default();
    let superfluous = element(SEQUENCE, &[&first[..], &padded_integer(&s)?].concat())?;
    let negative = element(SEQUENCE, &[&first[..], &raw_integer(&large_s)?].concat())?;
    let long_form = [&[SEQUENCE, 0x81, length], &body[..]].concat();
    Ok(vec![
        ("trailing-byte", "One byte after the SEQUENCE.", [signature, &[0]].concat()),
        (
            "trailing-byte-inside",
            "One byte after s, inside the SEQUENCE.",
            element(SEQUENCE, &[&body[..], &[0]].concat())?,
        ),
        ("truncated", "The last byte is missing.", truncated),
        ("raw-64-bytes", "r and s without DER, as WebCrypto gives them.", [r, s].concat()),
        ("negative-integer", "The zero byte that keeps a large s positive is missing.", negative),
        ("superfluous-zero", "s has a leading zero byte that it does not need.", superfluous),
        ("long-form-length", "The SEQUENCE's length in two bytes where one is enough.", long_form),
        ("octet-string", "The right content in an OCTET STRING.", element(0x04, &body)?),
    ])
}

/// DER of other numbers than the signature's.
fn out_of_range(signature: &[u8]) -> anyhow::Result<Vec<Refused>> {
    let (r, s) = split(signature)?;
    Ok(vec![
        ("r-and-s-swapped", "", join(&s, &r)?),
        ("r-zero", "", join(&ZERO, &s)?),
        ("s-zero", "", join(&r, &ZERO)?),
        ("r-and-s-zero", "", join(&ZERO, &ZERO)?),
        ("r-and-s-one", "Small numbers that are in range.", join(&ONE, &ONE)?),
        ("r-is-the-order", "r must be below the order n.", join(&ORDER, &s)?),
        ("s-is-the-order", "s must be below the order n.", join(&r, &ORDER)?),
        ("s-plus-the-order", "The same s modulo n, out of range.", join(&r, &plus_order(&s))?),
    ])
}

const TWIN_NOTE: &str = "(r, n-s) in place of (r, s): anybody can make it, and it verifies. So the message is accepted once, \
    however often it comes in new bytes: a signature is no identity.";

/// Cases whose signature is sound, over something else than it should be.
pub(super) fn of_other_bytes(purpose: Purpose) -> anyhow::Result<Vec<Case>> {
    let key = phone_key()?;
    let payload_type = purpose.payload_type();
    let payload = purpose.honest_payload()?;
    let covered = avain_proto::dsse::pre_authentication_encoding(payload_type, &payload);
    let (head, last) = payload_type.split_at(payload_type.len() - 1);
    let moved = avain_proto::dsse::pre_authentication_encoding(head, &[last.as_bytes(), &payload].concat());
    let headed = |text: String| [text.as_bytes(), &payload].concat();
    let (type_length, length) = (payload_type.len(), payload.len());
    let over =
        |name, note, bytes: &[u8]| case(purpose, name, note, Verdict::Signature, &key.sign_message(bytes));
    Ok(vec![
        over("signed-without-encoding", "Over the payload alone.", &payload)?,
        over(
            "signed-without-lengths",
            "Over DSSEv1, type and payload without their lengths.",
            &headed(format!("DSSEv1 {payload_type} ")),
        )?,
        over(
            "signed-with-boundary-moved",
            "The type's last character counted as the payload's first.",
            &moved,
        )?,
        over(
            "signed-with-length-plus-one",
            "",
            &headed(format!("DSSEv1 {type_length} {payload_type} {} ", length + 1)),
        )?,
        over(
            "signed-with-length-padded",
            "The length written with a leading zero.",
            &headed(format!("DSSEv1 {type_length} {payload_type} 0{length} ")),
        )?,
        over(
            "signed-with-other-version",
            "",
            &headed(format!("DSSEv2 {type_length} {payload_type} {length} ")),
        )?,
        over("signed-hash", "Over the SHA-256 of the encoding, so hashed twice.", &sha256(&covered))?,
        case(purpose, "signed-by-another-key", "", Verdict::Signature, &other_key()?.sign_message(&covered))?,
    ])
}

fn case(
    purpose: Purpose,
    name: &str,
    note: &'static str,
    verdict: Verdict,
    signature: &[u8],
) -> anyhow::Result<Case> {
    let mut given = purpose.honest()?;
    replace(&mut given, signature);
    Ok(Case::new(purpose, name, note, verdict, given))
}

fn replace(given: &mut Given, signature: &[u8]) {
    for slot in &mut given.envelope.signatures {
        slot.sig = signature.to_vec();
    }
}

fn honest_signature(purpose: Purpose) -> anyhow::Result<Vec<u8>> {
    let given = purpose.honest()?;
    Ok(given.envelope.signatures.into_iter().map(|signature| signature.sig).next().unwrap_or_default())
}

/// The honest signature or its twin: the one with the small s, which leaves room for one more byte within 72.
fn shorter_twin(purpose: Purpose) -> anyhow::Result<Vec<u8>> {
    let one = honest_signature(purpose)?;
    let other = twin(&one)?;
    let (_, s) = split(&one)?;
    Ok(if s.first().is_some_and(|first| is_negative(*first)) { other } else { one })
}

fn padded_to(signature: &[u8], length: usize) -> Vec<u8> {
    let mut padded = signature.to_vec();
    padded.resize(length, 0);
    padded
}
