//! What can be wrong with a registration without asking anybody.

use super::{Account, ClientProof, RequestForm};
use crate::upstream::UpstreamError;
use crate::upstream::http::checked;

/// Refuses what would be unsafe or cannot work; the text says what to do.
pub(super) fn check(account: &Account) -> Result<(), UpstreamError> {
    let refuse = |what: &str| Err(UpstreamError::Setting(what.to_owned()));
    if checked(&account.issuer).is_none() {
        return refuse("issuer: an address that begins with https://");
    }
    let signs = matches!(account.proof, ClientProof::Key(_))
        || matches!(account.request, RequestForm::Signed | RequestForm::SignedAndPushed);
    if signs && account.own_key.is_none() {
        return refuse("signing_key_file: private_key_jwt and signed requests need a key");
    }
    if account.claims.identifiers.is_empty() {
        return refuse("identifier_claims: name the claim that identifies a person");
    }
    if account.claims.country.is_none() && account.claims.country_claim.is_none() {
        return refuse("country or country_claim: whose identifiers are they?");
    }
    if account.signed.is_empty() {
        return refuse("id_token_algorithms: RS256, PS256 or ES256");
    }
    Ok(())
}
