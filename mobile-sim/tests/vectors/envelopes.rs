//! Whole envelopes: every purpose, honest, and wrong in one thing each.

use anyhow::Context as _;
use avain_proto::limits;
use avain_proto::v1::SignedContext;
use serde::Serialize;

use super::case::{Case, Given, Verdict};
use super::material::{hexadecimal, other_key, phone_key, private_scalars, sha256};
use super::purpose::Purpose;
use super::{keys, signatures};

/// Field 2047, a varint of 1: what a newer app may add.
const UNKNOWN_FIELD: [u8; 3] = [0xf8, 0x7f, 0x01];

#[derive(Serialize)]
pub(super) struct EnvelopeFile {
    description: &'static str,
    /// Of the phone and of the other phone, in hexadecimal.
    private_scalars: [String; 2],
    other_public_key: String,
    cases: Vec<Case>,
}

/// The file of envelopes.
pub(super) fn all() -> anyhow::Result<EnvelopeFile> {
    let mut cases = Vec::new();
    for purpose in Purpose::ALL {
        cases.extend(valid(purpose)?);
        cases.extend(types(purpose)?);
        cases.extend(structures(purpose)?);
        cases.extend(payloads(purpose)?);
        cases.extend(keys::of(purpose)?);
        cases.extend(signatures::of(purpose)?);
        cases.extend(signatures::of_other_bytes(purpose)?);
        cases.extend(thumbprints(purpose)?);
        cases.extend(issuers(purpose)?);
        cases.extend(nonces(purpose)?);
    }
    Ok(EnvelopeFile {
        description: "Signed envelopes and what a verifier says of them; README.md explains the fields.",
        private_scalars: private_scalars(),
        other_public_key: hexadecimal(&other_key()?.public_point()),
        cases,
    })
}

fn valid(purpose: Purpose) -> anyhow::Result<Vec<Case>> {
    let payload = purpose.honest_payload()?;
    let with_unknown_field = [&payload[..], &UNKNOWN_FIELD].concat();
    let mut without_hint = purpose.honest()?;
    without_hint.envelope.signatures.iter_mut().for_each(|signature| signature.keyid.clear());
    let mut with_wrong_hint = purpose.honest()?;
    let wrong_hint = hexadecimal(&other_key()?.thumbprint());
    with_wrong_hint
        .envelope
        .signatures
        .iter_mut()
        .for_each(|signature| signature.keyid.clone_from(&wrong_hint));
    let case = |name, note, given| Case::new(purpose, name, note, Verdict::Valid, given);
    Ok(vec![
        case("honest", "", purpose.honest()?),
        case(
            "unknown-field",
            "A newer app's field: ignored, and covered by the signature.",
            purpose.signed(&with_unknown_field)?,
        ),
        case("without-keyid", "The hint may be empty.", without_hint),
        case("wrong-keyid", "The hint decides nothing.", with_wrong_hint),
    ])
}

fn types(purpose: Purpose) -> anyhow::Result<Vec<Case>> {
    let mut swapped_before = purpose.honest()?;
    purpose.other().payload_type().clone_into(&mut swapped_before.envelope.payload_type);
    let mut swapped_after = purpose.signed_as(purpose.other().payload_type())?;
    purpose.payload_type().clone_into(&mut swapped_after.envelope.payload_type);
    let upper_case = purpose.signed_as(&purpose.payload_type().to_uppercase())?;
    let wrong = Verdict::Envelope("payload_type_wrong");
    let case = |name, note, verdict, given| Case::new(purpose, name, note, verdict, given);
    Ok(vec![
        case("other-purpose", "A whole message of another purpose.", wrong, purpose.other().honest()?),
        case("type-swapped", "Signed for this purpose, the type then changed.", wrong, swapped_before),
        case(
            "type-swapped-back",
            "Signed for another purpose, the type then changed to this one.",
            Verdict::Signature,
            swapped_after,
        ),
        case("type-in-upper-case", "", wrong, upper_case),
        case("type-empty", "", wrong, purpose.signed_as("")?),
    ])
}

fn structures(purpose: Purpose) -> anyhow::Result<Vec<Case>> {
    let invalid = Verdict::Envelope("envelope_invalid");
    let mut unsigned = purpose.honest()?;
    unsigned.envelope.signatures.clear();
    let mut twice = purpose.honest()?;
    let copies = twice.envelope.signatures.clone();
    twice.envelope.signatures.extend(copies);
    let most = limits::find("Envelope", "payload").context("the payload has a limit")?.length.1;
    let oversized = purpose.signed(&vec![0; most + 1])?;
    let case = |name, note, given| Case::new(purpose, name, note, invalid, given);
    Ok(vec![
        case("no-signature", "", unsigned),
        case("two-signatures", "Both good; exactly one is accepted.", twice),
        case("payload-empty", "", purpose.signed(&[])?),
        case("payload-too-long", "8193 bytes.", oversized).with_payload_told_by_length(),
    ])
}

fn payloads(purpose: Purpose) -> anyhow::Result<Vec<Case>> {
    let payload = purpose.honest_payload()?;
    let mut altered = purpose.honest()?;
    if let Some(last) = altered.envelope.payload.last_mut() {
        *last ^= 1;
    }
    let truncated = payload.split_last().map(|(_, head)| head).unwrap_or_default();
    let malformed = Verdict::Envelope("message_malformed");
    let mut without_context = purpose.payload(None, &phone_key()?.public_point());
    if without_context.is_empty() {
        without_context.extend(UNKNOWN_FIELD);
    }
    let case = |name, note, verdict, given| Case::new(purpose, name, note, verdict, given);
    Ok(vec![
        case("payload-altered", "One bit of the last byte.", Verdict::Signature, altered),
        case("payload-no-protobuf", "", malformed, purpose.signed(&[0xff; 16])?),
        case("payload-truncated", "Cut before it was signed.", malformed, purpose.signed(truncated)?),
        case("context-of-wrong-wire-type", "Field 1 as a number.", malformed, purpose.signed(&[0x08, 0x01])?),
        case("issuer-not-utf-8", "", malformed, purpose.signed(&[0x0a, 0x03, 0x0a, 0x01, 0xff])?),
        case("context-missing", "", Verdict::Envelope("field_invalid"), purpose.signed(&without_context)?),
    ])
}

fn thumbprints(purpose: Purpose) -> anyhow::Result<Vec<Case>> {
    let point = phone_key()?.public_point();
    let mut altered = phone_key()?.thumbprint();
    if let Some(first) = altered.first_mut() {
        *first ^= 0x80;
    }
    let cases = [
        ("thumbprint-altered", "One bit.", altered),
        ("thumbprint-of-another-key", "", other_key()?.thumbprint()),
        (
            "thumbprint-without-prefix",
            "SHA-256 of X and Y alone.",
            sha256(point.get(1..).unwrap_or_default()).to_vec(),
        ),
        ("thumbprint-empty", "", Vec::new()),
    ];
    let verdict = Verdict::Context("key_thumbprint_mismatch");
    let changed = cases.map(|(name, note, key_thumbprint)| {
        in_context(purpose, name, note, verdict, |context| SignedContext { key_thumbprint, ..context })
    });
    changed.into_iter().collect()
}

fn issuers(purpose: Purpose) -> anyhow::Result<Vec<Case>> {
    let cases = [
        ("issuer-other", "Signed for another server.", "https://login.example.net"),
        ("issuer-with-slash", "The issuer is compared byte for byte.", "https://login.example.com/"),
        ("issuer-in-upper-case", "", "https://LOGIN.EXAMPLE.COM"),
        ("issuer-without-tls", "", "http://login.example.com"),
        ("issuer-with-port", "", "https://login.example.com:443"),
        ("issuer-empty", "", ""),
    ];
    let verdict = Verdict::Context("issuer_mismatch");
    let changed = cases.map(|(name, note, issuer)| {
        in_context(purpose, name, note, verdict, |context| SignedContext {
            issuer: issuer.to_owned(),
            ..context
        })
    });
    changed.into_iter().collect()
}

/// A frame and a typed code are the server's fresh value themselves: their messages carry no nonce.
fn nonces(purpose: Purpose) -> anyhow::Result<Vec<Case>> {
    let verdict = Verdict::Context("nonce_mismatch");
    if purpose.server_nonce().is_empty() {
        let given = in_context(purpose, "nonce-given", "This message has none.", verdict, |context| {
            SignedContext { server_nonce: vec![0x5a; 32], ..context }
        });
        return Ok(vec![given?]);
    }
    let mut altered = purpose.server_nonce();
    if let Some(last) = altered.last_mut() {
        *last ^= 1;
    }
    let cases = [("nonce-altered", "One bit.", altered), ("nonce-empty", "", Vec::new())];
    let changed = cases.map(|(name, note, server_nonce)| {
        in_context(purpose, name, note, verdict, |context| SignedContext { server_nonce, ..context })
    });
    changed.into_iter().collect()
}

fn in_context(
    purpose: Purpose,
    name: &str,
    note: &'static str,
    verdict: Verdict,
    change: impl FnOnce(SignedContext) -> SignedContext,
) -> anyhow::Result<Case> {
    let context = change(purpose.context()?);
    let given: Given = purpose.signed(&purpose.payload(Some(context), &phone_key()?.public_point()))?;
    Ok(Case::new(purpose, name, note, verdict, given))
}
