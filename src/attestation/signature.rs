//! The signature of one certificate by the key of another: the algorithms that genuine phones use, and no others.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use x509_parser::certificate::X509Certificate;
use x509_parser::oid_registry::{
    OID_EC_P256, OID_KEY_TYPE_EC_PUBLIC_KEY, OID_NIST_EC_P384, OID_PKCS1_RSAENCRYPTION,
    OID_PKCS1_SHA256WITHRSA, OID_SIG_ECDSA_WITH_SHA256, OID_SIG_ECDSA_WITH_SHA384,
};
use x509_parser::x509::SubjectPublicKeyInfo;

use crate::domain::attestation::AttestationRefusal as Refusal;

/// The DER of an RSA key of 4096 bits with the usual exponent.
const LONGEST_RSA_KEY: usize = 526;

#[derive(Clone, Copy)]
enum Hash {
    Sha256,
    Sha384,
}

/// Verifies a certificate's signature with its issuer's key.
pub(super) fn verify(
    certificate: &X509Certificate<'_>,
    key: &SubjectPublicKeyInfo<'_>,
) -> Result<(), Refusal> {
    let algorithm = choose(certificate, key).ok_or(Refusal::AlgorithmUnsupported)?;
    let signed = certificate.tbs_certificate.as_ref();
    UnparsedPublicKey::new(algorithm, key.subject_public_key.data.as_ref())
        .verify(signed, certificate.signature_value.data.as_ref())
        .map_err(|_| Refusal::ChainSignature)
}

/// The algorithm by the signature's name and the key's kind. What stands as parameter beside an ECDSA name is not looked at:
/// it should be nothing, and some security chips write NULL.
fn choose(
    certificate: &X509Certificate<'_>,
    key: &SubjectPublicKeyInfo<'_>,
) -> Option<&'static dyn VerificationAlgorithm> {
    let named = &certificate.signature_algorithm.algorithm;
    if *named == OID_PKCS1_SHA256WITHRSA {
        let is_rsa = key.algorithm.algorithm == OID_PKCS1_RSAENCRYPTION
            && key.subject_public_key.data.len() <= LONGEST_RSA_KEY;
        return is_rsa.then_some(&RSA_PKCS1_2048_8192_SHA256);
    }
    let hash = match named {
        named if *named == OID_SIG_ECDSA_WITH_SHA256 => Hash::Sha256,
        named if *named == OID_SIG_ECDSA_WITH_SHA384 => Hash::Sha384,
        _ => return None,
    };
    let curve = key.algorithm.parameters.as_ref()?.as_oid().ok()?;
    if key.algorithm.algorithm != OID_KEY_TYPE_EC_PUBLIC_KEY {
        return None;
    }
    match (curve, hash) {
        (curve, Hash::Sha256) if curve == OID_EC_P256 => Some(&ECDSA_P256_SHA256_ASN1),
        (curve, Hash::Sha384) if curve == OID_EC_P256 => Some(&ECDSA_P256_SHA384_ASN1),
        (curve, Hash::Sha256) if curve == OID_NIST_EC_P384 => Some(&ECDSA_P384_SHA256_ASN1),
        (curve, Hash::Sha384) if curve == OID_NIST_EC_P384 => Some(&ECDSA_P384_SHA384_ASN1),
        _ => None,
    }
}
