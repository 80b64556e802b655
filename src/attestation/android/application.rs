//! Step 7: who asked for the key (`AttestationApplicationId`).

use super::super::der::{Element, Malformed};
use super::App;
use super::key_description::KeyDescription;
use crate::domain::attestation::AttestationRefusal as Refusal;

/// One package, which is ours, signed by nobody but us. The system shares a key among all packages of one user id, so that a
/// list of several is never one app.
pub(super) fn check(description: &KeyDescription<'_>, app: &App) -> Result<(), Refusal> {
    let bytes = description.software.application.ok_or(Refusal::AppMissing)?;
    let (packages, signers) = read(bytes)?;
    let [package] = packages[..] else { return Err(Refusal::AppOther) };
    if !app.packages.iter().any(|name| name.as_bytes() == package) {
        return Err(Refusal::AppOther);
    }
    let is_ours = |digest: &&[u8]| app.signers.iter().any(|signer| signer == digest);
    if signers.is_empty() || !signers.iter().all(is_ours) {
        return Err(Refusal::AppSigner);
    }
    Ok(())
}

type PackagesAndSigners<'a> = (Vec<&'a [u8]>, Vec<&'a [u8]>);

fn read(bytes: &[u8]) -> Result<PackagesAndSigners<'_>, Malformed> {
    let parts = Element::read_all(bytes)?.sequence()?;
    let [packages, signers] = parts[..] else { return Err(Malformed) };
    let packages = packages.set()?.into_iter().map(read_package).collect::<Result<_, _>>()?;
    let signers = signers.set()?.into_iter().map(Element::octets).collect::<Result<_, _>>()?;
    Ok((packages, signers))
}

fn read_package(element: Element<'_>) -> Result<&[u8], Malformed> {
    let parts = element.sequence()?;
    let [name, version] = parts[..] else { return Err(Malformed) };
    version.integer()?;
    name.octets()
}
