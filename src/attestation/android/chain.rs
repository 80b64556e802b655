//! Step 1: the chain.

use x509_parser::oid_registry::OID_X509_SERIALNUMBER;
use x509_parser::x509::X509Name;

use super::super::certificate::Certificate;
use super::super::status_list::StatusList;
use super::{LONGEST_CERTIFICATE, LONGEST_CHAIN, MOST_CERTIFICATES, Trust};
use crate::domain::attestation::AttestationRefusal as Refusal;
use crate::domain::time::Timestamp;

/// Who gave the phone its attestation key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provisioning {
    /// Its maker, for life. Nobody renews these certificates, so that they are used long after they ran out.
    Factory,
    /// Google's servers, for some weeks.
    Remote,
}

impl Provisioning {
    /// How many certificates such a chain has.
    const fn certificates(self) -> usize {
        match self {
            Self::Factory => 4,
            Self::Remote => 5,
        }
    }
}

/// A chain that holds.
pub(super) struct Chain<'a> {
    /// What attests the key.
    pub(super) leaf: Certificate<'a>,
    /// What is above it, the root last.
    pub(super) above: Vec<Certificate<'a>>,
    /// Its kind.
    pub(super) provisioning: Provisioning,
}

impl Chain<'_> {
    /// All serial numbers, the leaf's first.
    pub(super) fn serials(&self) -> Vec<String> {
        std::iter::once(&self.leaf).chain(&self.above).map(Certificate::serial).collect()
    }
}

/// Verifies the chain.
pub(super) fn verify<'a>(
    certificates: &'a [Vec<u8>],
    trust: &Trust,
    status: &StatusList,
    now: Timestamp,
) -> Result<Chain<'a>, Refusal> {
    check_sizes(certificates)?;
    let mut parsed = certificates.iter().map(|bytes| Certificate::parse(bytes));
    let leaf = parsed.next().ok_or(Refusal::ChainTooShort)??;
    let above: Vec<_> = parsed.collect::<Result<_, _>>()?;
    check_root(&above, trust)?;
    check_signatures(&leaf, &above)?;
    let provisioning = classify(&above)?;
    check_length(certificates.len(), provisioning)?;
    check_validity(&above, provisioning, now)?;
    let chain = Chain { leaf, above, provisioning };
    if status.is_stale(now, trust.status_list_life) {
        return Err(Refusal::StatusListStale);
    }
    if chain.serials().iter().any(|serial| status.has(serial)) {
        return Err(Refusal::CertificateRevoked);
    }
    Ok(chain)
}

fn check_sizes(certificates: &[Vec<u8>]) -> Result<(), Refusal> {
    if certificates.len() > MOST_CERTIFICATES {
        return Err(Refusal::ChainTooLong);
    }
    if certificates.len() < 2 {
        return Err(Refusal::ChainTooShort);
    }
    let total: usize = certificates.iter().map(Vec::len).sum();
    let is_too_large = total > LONGEST_CHAIN
        || certificates.iter().any(|certificate| certificate.len() > LONGEST_CERTIFICATE);
    if is_too_large { Err(Refusal::TooLarge) } else { Ok(()) }
}

/// The root's key is one of ours, and it signed this certificate: others could have put the key into one of their own.
fn check_root(above: &[Certificate<'_>], trust: &Trust) -> Result<(), Refusal> {
    let root = above.last().ok_or(Refusal::ChainTooShort)?;
    if !trust.roots.contains(&root.key_sha256()) {
        return Err(Refusal::RootUntrusted);
    }
    root.check_issued_by(root).map_err(|_| Refusal::RootUntrusted)
}

fn check_signatures(leaf: &Certificate<'_>, above: &[Certificate<'_>]) -> Result<(), Refusal> {
    let below: Vec<_> = std::iter::once(leaf).chain(above).collect();
    let links: Vec<_> = below.into_iter().zip(above).collect();
    links.into_iter().rev().try_for_each(|(certificate, issuer)| certificate.check_issued_by(issuer))
}

/// The kind of chain, by the certificate below the root.
fn classify(above: &[Certificate<'_>]) -> Result<Provisioning, Refusal> {
    let (_, below_root) = above.split_last().ok_or(Refusal::ChainTooShort)?;
    let subject = below_root.last().ok_or(Refusal::ChainTooShort)?.subject();
    let is_googles = has(subject.iter_common_name().map(|name| name.as_str().ok()), "Droid CA2")
        && has(subject.iter_organization().map(|name| name.as_str().ok()), "Google LLC");
    if is_googles {
        return Ok(Provisioning::Remote);
    }
    let is_a_makers = subject.iter_by_oid(&OID_X509_SERIALNUMBER).next().is_some();
    if is_a_makers { Ok(Provisioning::Factory) } else { Err(Refusal::ProvisioningUnknown) }
}

/// Whether the one value there is, is that one.
fn has<'a>(mut values: impl Iterator<Item = Option<&'a str>>, wanted: &str) -> bool {
    values.next() == Some(Some(wanted)) && values.next().is_none()
}

/// A longer chain is one that somebody extended below a phone's own key.
fn check_length(certificates: usize, provisioning: Provisioning) -> Result<(), Refusal> {
    match certificates.cmp(&provisioning.certificates()) {
        std::cmp::Ordering::Less => Err(Refusal::ChainTooShort),
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(Refusal::ChainTooLong),
    }
}

/// Neither the leaf, whose times any app may choose, nor the root, which is pinned; and the end counts only where somebody renews.
fn check_validity(
    above: &[Certificate<'_>],
    provisioning: Provisioning,
    now: Timestamp,
) -> Result<(), Refusal> {
    let (_, between) = above.split_last().ok_or(Refusal::ChainTooShort)?;
    between.iter().try_for_each(|certificate| {
        certificate.check_begun(now)?;
        match provisioning {
            Provisioning::Factory => Ok(()),
            Provisioning::Remote => certificate.check_not_over(now),
        }
    })
}

/// Whether any of the texts of a name has that in it, whatever the case.
pub(super) fn mentions(name: &X509Name<'_>, wanted: &str) -> bool {
    let mut texts = name.iter_attributes().filter_map(|attribute| attribute.as_str().ok());
    texts.any(|text| text.to_ascii_lowercase().contains(wanted))
}

/// Whether that is the one organization of a name.
pub(super) fn is_of(name: &X509Name<'_>, organization: &str) -> bool {
    has(name.iter_organization().map(|value| value.as_str().ok()), organization)
}
