//! One certificate of a chain; `x509-parser` reads it.

use asn1_rs::Oid;
use x509_parser::certificate::X509Certificate;
use x509_parser::oid_registry::{OID_EC_P256, OID_KEY_TYPE_EC_PUBLIC_KEY};
use x509_parser::prelude::FromDer as _;
use x509_parser::x509::X509Name;

use super::der::{Element, Malformed};
use super::{hex, sha256, signature};
use crate::domain::attestation::AttestationRefusal as Refusal;
use crate::domain::time::Timestamp;

/// RSA of 4096 bits.
const LONGEST_SIGNATURE: usize = 512;

/// A certificate that was read; nothing of it is trusted yet.
pub(super) struct Certificate<'a>(X509Certificate<'a>);

impl<'a> Certificate<'a> {
    /// Reads it, and nothing but it.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let (rest, parsed) = X509Certificate::from_der(bytes).map_err(|_| Refusal::CertificateUnreadable)?;
        if !rest.is_empty() || !is_framed_in_one_way(bytes).unwrap_or_default() {
            return Err(Refusal::CertificateUnreadable);
        }
        Ok(Self(parsed))
    }

    /// SHA-256 of the public key's DER: by this a root is known, since several certificates share the key.
    pub(super) fn key_sha256(&self) -> [u8; 32] {
        sha256(self.0.public_key().raw)
    }

    /// Whether the other one's key signed this one, and its name is the issuer's here.
    pub(super) fn check_issued_by(&self, issuer: &Self) -> Result<(), Refusal> {
        if self.0.issuer().as_raw() != issuer.0.subject().as_raw() {
            return Err(Refusal::NameMismatch);
        }
        signature::verify(&self.0, issuer.0.public_key())
    }

    /// Refuses one that is not valid yet.
    pub(super) fn check_begun(&self, now: Timestamp) -> Result<(), Refusal> {
        let begins = self.0.validity().not_before.timestamp();
        if now.seconds() < begins { Err(Refusal::CertificateNotYetValid) } else { Ok(()) }
    }

    /// Refuses one that has run out.
    pub(super) fn check_not_over(&self, now: Timestamp) -> Result<(), Refusal> {
        let ends = self.0.validity().not_after.timestamp();
        if now.seconds() > ends { Err(Refusal::CertificateExpired) } else { Ok(()) }
    }

    /// The serial number as status lists write it: lower-case hexadecimal without leading zeros.
    pub(super) fn serial(&self) -> String {
        hex(self.0.raw_serial()).trim_start_matches('0').to_owned()
    }

    /// The subject.
    pub(super) fn subject(&self) -> &X509Name<'_> {
        self.0.subject()
    }

    /// Whether it may sign other certificates.
    pub(super) fn is_authority(&self) -> bool {
        self.0.is_ca()
    }

    /// The value of an extension; twice the same one is refused.
    pub(super) fn extension(&self, oid: &Oid<'_>) -> Result<Option<&[u8]>, Refusal> {
        let mut found = self.0.extensions().iter().filter(|extension| extension.oid == *oid);
        let first = found.next().map(|extension| extension.value);
        if found.next().is_some() { Err(Refusal::ExtensionUnreadable) } else { Ok(first) }
    }

    /// The uncompressed point of a key on P-256 (SEC 1 section 2.3.3).
    pub(super) fn point(&self) -> Result<[u8; 65], Refusal> {
        let key = self.0.public_key();
        let curve = key.algorithm.parameters.as_ref().and_then(|parameters| parameters.as_oid().ok());
        if key.algorithm.algorithm != OID_KEY_TYPE_EC_PUBLIC_KEY || curve != Some(OID_EC_P256) {
            return Err(Refusal::KeyNotP256);
        }
        let point: [u8; 65] =
            key.subject_public_key.data.as_ref().try_into().map_err(|_| Refusal::KeyNotP256)?;
        if point.first() == Some(&4) { Ok(point) } else { Err(Refusal::KeyNotP256) }
    }
}

/// What the signature does not cover has one form too: the algorithm beside it is the one that was signed (RFC 5280 section
/// 4.1.1.2), byte for byte, and the signature is a BIT STRING of whole bytes.
fn is_framed_in_one_way(certificate: &[u8]) -> Result<bool, Malformed> {
    let parts = Element::read_all(certificate)?.sequence()?;
    let [signed, algorithm, signature] = parts[..] else { return Ok(false) };
    let signed = signed.sequence()?;
    Ok(signed.get(2) == Some(&algorithm) && signature.whole_bits()?.len() <= LONGEST_SIGNATURE)
}
