//! Steps 3 to 6: what must be true of key and phone.

use std::collections::HashSet;

use super::Expected;
use super::Provisioning;
use super::chain::{Chain, is_of, mentions};
use super::key_description::{KeyDescription, SecurityLevel};
use crate::domain::attestation::{AttestationRefusal as Refusal, KeyHome};
use crate::domain::os_version::OsVersion;

const SIGN: i64 = 2;
/// Verifying, and agreeing on keys, come with keys of authenticators on some phones, and harm nobody.
const HARMLESS: [i64; 3] = [SIGN, 3, 6];
const GENERATED: i64 = 0;
const VERIFIED: i64 = 0;
const SELF_SIGNED: i64 = 1;

/// Step 3: it was made for this enrolment and this key.
pub(super) fn check_binding(
    chain: &Chain<'_>,
    description: &KeyDescription<'_>,
    expected: &Expected<'_>,
) -> Result<(), Refusal> {
    if expected.challenge.is_empty() || description.challenge != expected.challenge {
        return Err(Refusal::ChallengeMismatch);
    }
    if chain.leaf.point()? == *expected.public_key { Ok(()) } else { Err(Refusal::KeyMismatch) }
}

/// Step 4: one hardware keeps the key and answers for it. Software that vouches for hardware, or the other way round, is what
/// forgeries look like.
pub(super) fn check_level(chain: &Chain<'_>, description: &KeyDescription<'_>) -> Result<KeyHome, Refusal> {
    let is_strongbox = match (description.attestation_level, description.key_level) {
        (SecurityLevel::Software, _) | (_, SecurityLevel::Software) => {
            return Err(Refusal::SecurityLevelSoftware);
        }
        (SecurityLevel::StrongBox, SecurityLevel::StrongBox) => true,
        (SecurityLevel::TrustedEnvironment, SecurityLevel::TrustedEnvironment) => false,
        _ => return Err(Refusal::SecurityLevelMixed),
    };
    let is_the_chains = match chain.provisioning {
        Provisioning::Remote => {
            let organization = if is_strongbox { "StrongBox" } else { "TEE" };
            chain.above.first().is_some_and(|issuer| is_of(issuer.subject(), organization))
        }
        Provisioning::Factory => {
            let mut above = chain.above.iter().take(2);
            is_strongbox == above.any(|certificate| mentions(certificate.subject(), "strongbox"))
        }
    };
    match (is_the_chains, is_strongbox) {
        (false, _) => Err(Refusal::SecurityLevelChain),
        (true, true) => Ok(KeyHome::StrongBox),
        (true, false) => Ok(KeyHome::TrustedEnvironment),
    }
}

/// Step 5: the key was made in there, signs and does nothing else, for one app.
pub(super) fn check_key(description: &KeyDescription<'_>) -> Result<(), Refusal> {
    let KeyDescription { hardware, software, .. } = description;
    if hardware.origin != Some(GENERATED) {
        return Err(Refusal::KeyNotGenerated);
    }
    let is_for_signing = hardware.purposes.contains(&SIGN)
        && hardware.purposes.iter().all(|purpose| HARMLESS.contains(purpose));
    if !is_for_signing {
        return Err(Refusal::PurposeUnexpected);
    }
    if hardware.is_for_all_applications || software.is_for_all_applications {
        return Err(Refusal::AllApplications);
    }
    Ok(())
}

/// Step 6: whether the system is another than the maker's, with a boot key that the operator allows. A verified system need not
/// tell its key: some phones send zeros.
pub(super) fn check_boot(
    description: &KeyDescription<'_>,
    allowed: &HashSet<[u8; 32]>,
) -> Result<bool, Refusal> {
    let root = description.hardware.root_of_trust.ok_or(Refusal::RootOfTrustMissing)?;
    if !root.is_locked {
        return Err(Refusal::DeviceUnlocked);
    }
    match root.boot_state {
        VERIFIED => Ok(false),
        SELF_SIGNED if allowed.iter().any(|key| key == root.boot_key) => Ok(true),
        SELF_SIGNED => Err(Refusal::BootKeyNotAllowed),
        _ => Err(Refusal::BootState),
    }
}

/// Step 6: the version, as the boot loader gave it to the hardware. What stands in the software's list anyone can write.
pub(super) fn check_os(description: &KeyDescription<'_>) -> Result<(OsVersion, Option<u32>), Refusal> {
    let attested = description.hardware.os_version.and_then(OsVersion::from_android_attestation);
    let patch_level = description.hardware.patch_level.and_then(|level| u32::try_from(level).ok());
    Ok((attested.ok_or(Refusal::OsVersionUnknown)?, patch_level))
}

/// A text that the phone's maker wrote.
pub(super) fn to_text(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    crate::domain::text::printable(text, 64)
}
