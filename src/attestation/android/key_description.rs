//! Step 2: what the leaf attests (`KeyDescription`, schema versions 3 and later).

use asn1_rs::{Oid, oid};

use super::super::certificate::Certificate;
use super::super::der::{Element, Malformed};
use super::authorization_list::AuthorizationList;
use super::chain::Chain;
use crate::domain::attestation::AttestationRefusal as Refusal;

const EXTENSION: Oid<'static> = oid!(1.3.6.1.4.1.11129.2.1.17);

/// The oldest schema that has all that is looked at here. Later ones are taken unseen: they have only grown so far.
const OLDEST_SCHEMA: i64 = 3;

/// Who answers for a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecurityLevel {
    Software,
    TrustedEnvironment,
    StrongBox,
}

/// What the leaf says.
pub(super) struct KeyDescription<'a> {
    /// Who made the attestation.
    pub(super) attestation_level: SecurityLevel,
    /// Who keeps the key.
    pub(super) key_level: SecurityLevel,
    /// For what it was made.
    pub(super) challenge: &'a [u8],
    /// What the system says.
    pub(super) software: AuthorizationList<'a>,
    /// What the hardware says.
    pub(super) hardware: AuthorizationList<'a>,
}

/// The leaf's description. That no other certificate has one is what stops a phone's own key from signing another leaf.
pub(super) fn find<'a>(chain: &'a Chain<'_>) -> Result<KeyDescription<'a>, Refusal> {
    if chain.above.iter().any(has_one) {
        return Err(Refusal::ExtensionMisplaced);
    }
    let bytes = chain.leaf.extension(&EXTENSION)?.ok_or(Refusal::ExtensionMissing)?;
    Ok(read(bytes)?)
}

fn has_one(certificate: &Certificate<'_>) -> bool {
    !matches!(certificate.extension(&EXTENSION), Ok(None))
}

fn read(bytes: &[u8]) -> Result<KeyDescription<'_>, Malformed> {
    let parts = Element::read_all(bytes)?.sequence()?;
    let [schema, attestation_level, _, key_level, challenge, unique_id, software, hardware] = parts[..]
    else {
        return Err(Malformed);
    };
    if schema.integer()? < OLDEST_SCHEMA {
        return Err(Malformed);
    }
    unique_id.octets()?;
    Ok(KeyDescription {
        attestation_level: level(attestation_level)?,
        key_level: level(key_level)?,
        challenge: challenge.octets()?,
        software: AuthorizationList::read(software)?,
        hardware: AuthorizationList::read(hardware)?,
    })
}

fn level(element: Element<'_>) -> Result<SecurityLevel, Malformed> {
    match element.enumerated()? {
        0 => Ok(SecurityLevel::Software),
        1 => Ok(SecurityLevel::TrustedEnvironment),
        2 => Ok(SecurityLevel::StrongBox),
        _ => Err(Malformed),
    }
}
