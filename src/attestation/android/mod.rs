//! Android Key Attestation: the phone's security chip says of one key where it lives, who asked for it, and how the phone started.
//!
//! 1. `chain`: sizes; every certificate read; the last key is a pinned root's; names and signatures hold from the root to the
//!    leaf; the chain is one of the two kinds that exist; what may run out has not; no serial number is on the status list.
//! 2. `key_description`: the leaf, and only the leaf, attests something; it is read.
//! 3. `facts`: challenge and key are the ones of this enrolment.
//! 4. `facts`: key and attestation live in the same hardware, and the chain is that hardware's.
//! 5. `facts`: the key was made there, for signing, for one app.
//! 6. `facts`: the boot loader is locked and the system verified, or one that the operator allows; it has a version.
//! 7. `application`: the app is ours. The system wrote this, so it is worth what step 6 is worth.

mod application;
mod authorization_list;
mod chain;
mod facts;
mod key_description;

use std::collections::HashSet;
use std::time::Duration;

use super::status_list::StatusList;
use super::trust::Pin;
use crate::domain::attestation::{AttestationRefusal as Refusal, KeyHome};
use crate::domain::os_version::OsVersion;
use crate::domain::time::Timestamp;

pub use chain::Provisioning;

/// The most certificates of a chain that is looked at.
pub const MOST_CERTIFICATES: usize = 6;
/// The most bytes of one certificate.
pub const LONGEST_CERTIFICATE: usize = 8 * 1024;
/// The most bytes of a chain.
pub const LONGEST_CHAIN: usize = 32 * 1024;

/// Whom the server trusts.
#[derive(Clone, Debug)]
pub struct Trust {
    /// The root keys.
    pub roots: Vec<Pin>,
    /// After that long without a newer list no chain is taken.
    pub status_list_life: Duration,
    /// Boot keys of systems that are not the phone maker's, for example of `GrapheneOS`.
    pub boot_keys: HashSet<[u8; 32]>,
}

/// The app, as the server's operator knows it.
#[derive(Clone, Debug, Default)]
pub struct App {
    /// Its package names.
    pub packages: HashSet<String>,
    /// SHA-256 of the certificates that it may be signed with.
    pub signers: HashSet<[u8; 32]>,
}

/// What the attestation must be for.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The server's challenge; an empty one is never met.
    pub challenge: &'a [u8],
    /// The key that is enrolled: its uncompressed point on P-256.
    pub public_key: &'a [u8; 65],
    /// The app.
    pub app: &'a App,
}

/// What the phone's hardware vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where the key lives.
    pub key_home: KeyHome,
    /// The OS, as it was when the key was made.
    pub os_version: OsVersion,
    /// Its security patch level, `YYYYMM`.
    pub patch_level: Option<u32>,
    /// Who gave the phone its attestation key.
    pub provisioning: Provisioning,
    /// Whether the system is another than the maker's, with a boot key that the operator allows.
    pub is_self_signed: bool,
    /// Brand and model, where the app had them attested.
    pub brand: Option<String>,
    /// See `brand`.
    pub model: Option<String>,
    /// The serial numbers of the chain, the leaf's first: to be held against status lists to come.
    pub serials: Vec<String>,
}

/// Verifies a chain, the leaf first.
pub fn verify(
    certificates: &[Vec<u8>],
    expected: &Expected<'_>,
    trust: &Trust,
    status: &StatusList,
    now: Timestamp,
) -> Result<Evidence, Refusal> {
    let chain = chain::verify(certificates, trust, status, now)?;
    let description = key_description::find(&chain)?;
    facts::check_binding(&chain, &description, expected)?;
    let key_home = facts::check_level(&chain, &description)?;
    facts::check_key(&description)?;
    let is_self_signed = facts::check_boot(&description, &trust.boot_keys)?;
    let (os_version, patch_level) = facts::check_os(&description)?;
    application::check(&description, expected.app)?;
    Ok(Evidence {
        key_home,
        os_version,
        patch_level,
        provisioning: chain.provisioning,
        is_self_signed,
        brand: description.hardware.brand.and_then(facts::to_text),
        model: description.hardware.model.and_then(facts::to_text),
        serials: chain.serials(),
    })
}
