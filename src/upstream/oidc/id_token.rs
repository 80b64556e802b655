//! What an ID token proves: whom the provider names, to us, now, for this very request (OpenID Connect Core section 3.1.3.7).

use std::time::Duration;

use serde_json::{Map, Value};

use super::{Account, is_same_text};
use crate::domain::identity::{Country, IdentityRefusal, LONGEST_IDENTIFIER, VerifiedIdentity};
use crate::domain::random::Random;
use crate::domain::time::Timestamp;

/// How far the clocks may differ.
const SKEW: Duration = Duration::from_mins(1);

/// What the token must fit.
pub(super) struct Expectation<'a> {
    /// The nonce of the request.
    pub(super) nonce: &'a str,
    /// The time.
    pub(super) now: Timestamp,
}

/// The signed token inside an encrypted one. Where a decryption key is set, a token that is only signed is refused.
pub(super) fn decrypt(
    account: &Account,
    token: &str,
    random: &dyn Random,
) -> Result<String, IdentityRefusal> {
    if account.decryption_keys.is_empty() {
        return Ok(token.to_owned());
    }
    let mut opened = account.decryption_keys.iter().filter_map(|key| key.open(token, random).ok());
    let inner = opened.next().ok_or(IdentityRefusal::Unverified("encryption"))?;
    String::from_utf8(inner).map_err(|_| IdentityRefusal::Unverified("encryption"))
}

/// Whom the claims of a token name, whose signature is verified.
pub(super) fn identity(
    account: &Account,
    payload: &[u8],
    expectation: &Expectation<'_>,
) -> Result<VerifiedIdentity, IdentityRefusal> {
    let claims: Map<String, Value> =
        serde_json::from_slice(payload).map_err(|_| IdentityRefusal::Unverified("claims"))?;
    let claims = Claims(&claims);
    claims.check_parties(account)?;
    claims.check_times(account, expectation.now)?;
    if !claims.text("nonce").is_some_and(|nonce| is_same_text(nonce, expectation.nonce)) {
        return Err(IdentityRefusal::Unverified("nonce"));
    }
    let accepted = &account.accepted_contexts;
    let is_accepted = |context: &str| accepted.iter().any(|accepted| accepted == context);
    if !accepted.is_empty() && !claims.text("acr").is_some_and(is_accepted) {
        return Err(IdentityRefusal::Unverified("level of assurance"));
    }
    claims.identity(account)
}

struct Claims<'a>(&'a Map<String, Value>);

impl Claims<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    fn time(&self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    /// Made by this provider, for us and for nobody else.
    fn check_parties(&self, account: &Account) -> Result<(), IdentityRefusal> {
        if self.text("iss") != Some(&account.issuer) {
            return Err(IdentityRefusal::Unverified("issuer"));
        }
        let client = account.client_id.as_str();
        let (is_for_us, is_for_others) = match self.0.get("aud") {
            Some(Value::String(audience)) => (audience == client, false),
            Some(Value::Array(several)) => {
                let is_ours = |audience: &&Value| audience.as_str() == Some(client);
                (
                    several.iter().any(|audience| is_ours(&audience)),
                    !several.iter().all(|audience| is_ours(&audience)),
                )
            }
            _ => (false, false),
        };
        let party = self.text("azp");
        let is_party =
            if is_for_others { party == Some(client) } else { party.is_none_or(|party| party == client) };
        (is_for_us && is_party).then_some(()).ok_or(IdentityRefusal::Unverified("audience"))
    }

    fn check_times(&self, account: &Account, now: Timestamp) -> Result<(), IdentityRefusal> {
        let (Some(made), Some(ends)) = (self.time("iat"), self.time("exp")) else {
            return Err(IdentityRefusal::Unverified("times"));
        };
        let is_begun = made <= now.plus(SKEW).seconds()
            && self.time("nbf").is_none_or(|begins| begins <= now.plus(SKEW).seconds());
        if !is_begun || ends <= now.minus(SKEW).seconds() {
            return Err(IdentityRefusal::Unverified("times"));
        }
        let Some(freshness) = account.freshness else { return Ok(()) };
        let oldest = now.minus(freshness + SKEW).seconds();
        let is_fresh = self.time("auth_time").is_none_or(|at| at >= oldest) && made >= oldest;
        is_fresh.then_some(()).ok_or(IdentityRefusal::Unverified("age of the sign-in"))
    }

    fn identity(&self, account: &Account) -> Result<VerifiedIdentity, IdentityRefusal> {
        let rule = &account.claims;
        let present = rule.identifiers.iter().find_map(|name| self.text(name));
        let is_fit = |text: &&str| !text.is_empty() && text.chars().count() <= LONGEST_IDENTIFIER;
        let identifier = present.filter(is_fit).ok_or(IdentityRefusal::Unverified("identifier"))?;
        let told = rule.country_claim.as_deref().and_then(|name| self.text(name));
        let country = match told {
            Some(told) => Country::parse(told),
            None => rule.country.clone(),
        };
        let country = country.ok_or(IdentityRefusal::Unverified("country"))?;
        Ok(VerifiedIdentity { country, identifier: identifier.to_owned(), assurance: account.assurance })
    }
}
