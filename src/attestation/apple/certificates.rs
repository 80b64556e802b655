//! Step 2: the chain. Its purposes (extended key usage) are not looked at: there were none before 2026, and then an unknown one.

use super::super::certificate::Certificate;
use super::Trust;
use crate::domain::attestation::AttestationRefusal as Refusal;
use crate::domain::time::Timestamp;

const LONGEST_CERTIFICATE: usize = 8 * 1024;

/// A chain that holds.
pub(super) struct Chain<'a> {
    /// What attests the key.
    pub(super) leaf: Certificate<'a>,
}

impl<'a> Chain<'a> {
    /// Verifies leaf and intermediate.
    pub(super) fn verify(
        certificates: &'a [Vec<u8>],
        trust: &Trust,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let (leaf, intermediate) = match certificates {
            [leaf, intermediate] => (leaf, intermediate),
            [] | [_] => return Err(Refusal::ChainTooShort),
            _ => return Err(Refusal::ChainTooLong),
        };
        if leaf.len() > LONGEST_CERTIFICATE || intermediate.len() > LONGEST_CERTIFICATE {
            return Err(Refusal::TooLarge);
        }
        let (leaf, intermediate) = (Certificate::parse(leaf)?, Certificate::parse(intermediate)?);
        let is_trusted = trust.roots.iter().any(|root| {
            Certificate::parse(root).is_ok_and(|root| intermediate.check_issued_by(&root).is_ok())
        });
        if !is_trusted || !intermediate.is_authority() {
            return Err(Refusal::RootUntrusted);
        }
        leaf.check_issued_by(&intermediate)?;
        for certificate in [&intermediate, &leaf] {
            certificate.check_begun(now)?;
            certificate.check_not_over(now)?;
        }
        Ok(Self { leaf })
    }
}
