//! Apple's App Attest: Apple says of a key of the app's that the app is genuine and runs on genuine hardware. The key cannot sign
//! what the app wants, so it is never the device's key; the device's key is bound to it by the hash that the app hands in.
//!
//! 1. `object`: the size; the object is read.
//! 2. `certificates`: the leaf is the intermediate's, the intermediate is Apple's, neither has run out.
//! 3. The leaf was made for these bytes: its nonce is the hash of the authenticator data and of the hash that was handed in.
//! 4. `authenticator_data`: it names the leaf's key, our app, and the environment, and the key has never been used.
//! 5. `authenticator_data`: as of iOS 27, how the app came onto the phone.
//! 6. `device_information`: the OS.
//!
//! `assertion` verifies what the key signs later on, and counts.

pub mod assertion;
mod authenticator_data;
mod certificates;
mod device_information;
mod object;

use std::collections::HashSet;

use asn1_rs::{Oid, oid};

use self::authenticator_data::{AuthenticatorData, Credential};
use self::certificates::Chain;
use super::certificate::Certificate;
use super::der::Element;
use super::sha256;
use crate::domain::attestation::AttestationRefusal as Refusal;
use crate::domain::os_version::OsVersion;
use crate::domain::time::Timestamp;

/// The most bytes of an object; phones send less than six thousand.
pub const LONGEST_OBJECT: usize = 16 * 1024;

/// Apple App Attestation Root CA, P-384, until 2045.
pub const APPLE_ROOT: &[u8] = include_bytes!("root.der");

const NONCE: Oid<'static> = oid!(1.2.840.113635.100.8.2);

/// Whom the server trusts: root certificates, of which the name and the key count.
#[derive(Clone, Debug)]
pub struct Trust {
    /// The certificates, in DER.
    pub roots: Vec<Vec<u8>>,
}

/// Which of Apple's two environments the app was built for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Environment {
    /// The store, `TestFlight`, and enterprise distribution.
    #[default]
    Production,
    /// Builds of the app's makers.
    Development,
}

/// What is asked of the way in which the app came onto the phone (as of iOS 27).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CategoryRule {
    /// Nothing.
    #[default]
    Off,
    /// One of these, where the phone says it.
    IfPresent(HashSet<u32>),
    /// One of these: an older iOS, which does not say it, is refused.
    Required(HashSet<u32>),
}

/// The app, as the server's operator knows it.
#[derive(Clone, Debug, Default)]
pub struct App {
    /// Team id, dot, bundle id.
    pub ids: HashSet<String>,
    /// For what it was built.
    pub environment: Environment,
    /// How it came onto the phone.
    pub categories: CategoryRule,
}

/// What the attestation must be for.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The hash that the app hands in: of the server's nonce and of the device's key.
    pub client_data_hash: &'a [u8],
    /// The app.
    pub app: &'a App,
}

/// What Apple vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The OS, where the leaf has it.
    pub os_version: Option<OsVersion>,
    /// The name of the App Attest key, which is good for one attestation.
    pub key_name: [u8; 32],
    /// The key, for assertions to come: its uncompressed point.
    pub public_key: [u8; 65],
    /// How the app came onto the phone, where the phone says it.
    pub category: Option<u32>,
    /// The app's build, where the phone says it.
    pub bundle_version: Option<String>,
}

/// Verifies an object.
pub fn verify(
    object: &[u8],
    expected: &Expected<'_>,
    trust: &Trust,
    now: Timestamp,
) -> Result<Evidence, Refusal> {
    let object = object::read(object)?;
    let chain = Chain::verify(&object.certificates, trust, now)?;
    check_nonce(&chain.leaf, &object.authenticator_data, expected.client_data_hash)?;
    let data = AuthenticatorData::read(&object.authenticator_data)?;
    check_app(&data, expected.app)?;
    let credential = data.credential(expected.app.environment)?;
    check_credential(&chain.leaf, &credential)?;
    check_category(credential.category, &expected.app.categories)?;
    Ok(Evidence {
        os_version: device_information::os_version(&chain.leaf)?,
        key_name: credential.key_name,
        public_key: credential.public_key,
        category: credential.category,
        bundle_version: credential.bundle_version,
    })
}

/// Steps 2 and 6 alone: the OS that those certificates vouch for, the leaf first.
pub fn vouched_os(
    certificates: &[Vec<u8>],
    trust: &Trust,
    now: Timestamp,
) -> Result<Option<OsVersion>, Refusal> {
    device_information::os_version(&Chain::verify(certificates, trust, now)?.leaf)
}

/// Step 3.
fn check_nonce(leaf: &Certificate<'_>, data: &[u8], client_data_hash: &[u8]) -> Result<(), Refusal> {
    let value = leaf.extension(&NONCE)?.ok_or(Refusal::ExtensionMissing)?;
    let parts = Element::read_all(value)?.sequence()?;
    let [part] = parts[..] else { return Err(Refusal::ExtensionUnreadable) };
    let (1, tagged) = part.tagged()? else { return Err(Refusal::ExtensionUnreadable) };
    let nonce = Element::read_all(tagged)?.octets()?;
    if nonce == sha256(&[data, client_data_hash].concat()) { Ok(()) } else { Err(Refusal::ObjectNonce) }
}

/// Step 4: our app, and a key that has never been used.
fn check_app(data: &AuthenticatorData<'_>, app: &App) -> Result<(), Refusal> {
    if !app.ids.iter().any(|id| sha256(id.as_bytes()) == *data.app_hash) {
        return Err(Refusal::AppOther);
    }
    if data.counter == 0 { Ok(()) } else { Err(Refusal::Counter) }
}

/// Step 4: the key is the leaf's, and its name is its own.
fn check_credential(leaf: &Certificate<'_>, credential: &Credential) -> Result<(), Refusal> {
    let point = leaf.point()?;
    if credential.public_key != point {
        return Err(Refusal::KeyMismatch);
    }
    if credential.key_name == sha256(&point) { Ok(()) } else { Err(Refusal::KeyNameMismatch) }
}

/// Step 5.
fn check_category(category: Option<u32>, rule: &CategoryRule) -> Result<(), Refusal> {
    let is_allowed = match (rule, category) {
        (CategoryRule::Off, _) | (CategoryRule::IfPresent(_), None) => true,
        (CategoryRule::Required(_), None) => false,
        (CategoryRule::IfPresent(allowed) | CategoryRule::Required(allowed), Some(category)) => {
            allowed.contains(&category)
        }
    };
    if is_allowed { Ok(()) } else { Err(Refusal::CategoryNotAllowed) }
}
