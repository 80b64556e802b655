//! OpenID Connect providers: any plain one, the brokers of the Finnish Trust Network, `BankID` Norway. What differs between them is
//! data: see [`Account`].
//!
//! 1. `begin`: where the browser goes, and what is kept of it.
//! 2. `finish`: the browser is back with a code; the code for an ID token, the ID token for an identity.

mod endpoints;
mod id_token;
mod keys;
mod registration;
mod request;

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Client;
use serde::{Deserialize, Serialize};
use url::Url;

use super::UpstreamError;
use super::http::{self, client, send};
use crate::crypto::code_hash::is_same;
use crate::crypto::jwe::DecryptionKey;
use crate::crypto::jwks::{KeySet, Signed};
use crate::crypto::own_key::OwnKey;
use crate::domain::identity::{Assurance, Country, IdentityRefusal, VerifiedIdentity};
use crate::domain::random::{Random, bytes};
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;
pub use endpoints::Endpoints;
use endpoints::KnownEndpoints;
use id_token::Expectation;
use keys::KnownKeys;
pub use keys::entity_keys;

/// How we say who we are at the token endpoint.
pub enum ClientProof {
    /// `client_secret_basic`.
    Secret(Secret<String>),
    /// `private_key_jwt`; the assertion is made for the issuer or for the token endpoint.
    Key(AssertionAudience),
    /// Not at all; PKCE alone.
    None,
}

/// For whom a client assertion is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssertionAudience {
    /// The issuer (RFC 7523bis).
    Issuer,
    /// The token endpoint.
    TokenEndpoint,
}

/// How the authorization request reaches the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestForm {
    /// As parameters in the address.
    Plain,
    /// As a signed object in the address (RFC 9101).
    Signed,
    /// Sent ahead, as parameters (RFC 9126).
    Pushed,
    /// Sent ahead, as a signed object.
    SignedAndPushed,
}

/// Where the provider's keys come from.
pub enum KeySource {
    /// Its JWK set.
    Published,
    /// A signed JWK set at this address, vouched for by these entity keys (Finnish Trust Network).
    SignedSet {
        /// Where it is.
        address: Url,
        /// The entity keys.
        entity: KeySet,
        /// Who signs it.
        issuer: String,
    },
}

/// Which claims name the person.
pub struct IdentityClaims {
    /// The claims that may hold the identifier; the first one present counts.
    pub identifiers: Vec<String>,
    /// The claim with the country, where it is not always the same.
    pub country_claim: Option<String>,
    /// The country where no claim says it.
    pub country: Option<Country>,
}

/// A registration at a provider.
pub struct Account {
    /// Who issues its tokens.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Where the browser comes back.
    pub redirect_uri: String,
    /// Its addresses; `None`: it tells them itself (OpenID Connect Discovery).
    pub endpoints: Option<Endpoints>,
    /// How we say who we are.
    pub proof: ClientProof,
    /// Our signing key.
    pub own_key: Option<OwnKey>,
    /// How requests reach it.
    pub request: RequestForm,
    /// The scope.
    pub scope: String,
    /// What else is asked with, such as `ftn_spname`.
    pub parameters: BTreeMap<String, String>,
    /// The parameter that carries the person's choice of a bank.
    pub choice_parameter: Option<String>,
    /// The context classes that are accepted; empty: any.
    pub accepted_contexts: Vec<String>,
    /// How its ID tokens may be signed.
    pub signed: Vec<Signed>,
    /// The keys that its ID tokens are encrypted to; empty: they are not. A token that is not encrypted is refused where there are any.
    pub decryption_keys: Vec<DecryptionKey>,
    /// Where its keys come from.
    pub keys: KeySource,
    /// Which claims name the person.
    pub claims: IdentityClaims,
    /// How sure it is of whom it names.
    pub assurance: Assurance,
    /// How old its own sign-in of the person may be; `None`: any age.
    pub freshness: Option<Duration>,
    /// How long a request may take.
    pub timeout: Duration,
}

/// A provider that people can be sent to.
pub struct Provider {
    account: Account,
    client: Client,
    endpoints: KnownEndpoints,
    keys: KnownKeys,
}

/// What is kept while the person is there. None of it leaves the server readable.
#[derive(Clone, Serialize, Deserialize)]
pub struct Kept {
    nonce: String,
    verifier: String,
}

/// Where the browser goes.
pub struct Begun {
    /// The address.
    pub address: String,
    /// What the browser brings back; only its hash is stored.
    pub state: Secret<String>,
    /// What is kept.
    pub kept: Kept,
}

/// What is particular to one request.
pub struct Wish<'a> {
    /// The bank that the person chose, as the provider calls it.
    pub choice: Option<&'a str>,
    /// The person's language.
    pub language: &'a str,
}

/// What the browser brought back.
#[derive(Default)]
pub struct Returned {
    /// The authorization code.
    pub code: Option<Secret<String>>,
    /// The error, instead.
    pub error: Option<String>,
    /// Who says so (RFC 9207).
    pub issuer: Option<String>,
}

#[derive(Deserialize)]
struct TokenAnswer {
    id_token: String,
}

impl Provider {
    /// Checks what can be wrong without asking anybody.
    pub fn new(account: Account) -> Result<Self, UpstreamError> {
        registration::check(&account)?;
        let client = client(account.timeout)?;
        Ok(Self { client, endpoints: KnownEndpoints::default(), keys: KnownKeys::default(), account })
    }

    /// Our public keys, for those who run the provider.
    pub fn own_keys(&self) -> Option<&OwnKey> {
        self.account.own_key.as_ref()
    }

    /// Step 1.
    pub async fn begin(
        &self,
        wish: &Wish<'_>,
        random: &dyn Random,
        now: Timestamp,
    ) -> Result<Begun, BeginError> {
        let state = Secret::new(secret_text(random)?);
        let kept = Kept { nonce: secret_text(random)?, verifier: secret_text(random)? };
        let endpoints = self.endpoints(now).await?;
        let parameters = request::parameters(&self.account, wish, (&state, &kept));
        let address = request::address(self, &endpoints, parameters, (random, now)).await?;
        Ok(Begun { address, state, kept })
    }

    /// Step 2.
    pub async fn finish(
        &self,
        returned: &Returned,
        kept: &Kept,
        random: &dyn Random,
        now: Timestamp,
    ) -> Result<VerifiedIdentity, IdentityRefusal> {
        if returned.issuer.as_ref().is_some_and(|issuer| *issuer != self.account.issuer) {
            return Err(IdentityRefusal::Unverified("another issuer answered"));
        }
        let code = match (&returned.code, returned.error.as_deref()) {
            (Some(code), None) => code,
            (_, Some("access_denied" | "cancel")) => return Err(IdentityRefusal::Cancelled),
            (_, Some(error)) => return Err(IdentityRefusal::Unavailable(short(error))),
            (None, None) => return Err(IdentityRefusal::Unverified("neither code nor error")),
        };
        let endpoints = self.endpoints(now).await?;
        let token = self.redeem(&endpoints, code, kept, (random, now)).await?;
        let signed = id_token::decrypt(&self.account, &token, random)?;
        let payload = self.verified(&endpoints, &signed, now).await?;
        let expectation = Expectation { nonce: &kept.nonce, now };
        id_token::identity(&self.account, &payload, &expectation)
    }

    async fn endpoints(&self, now: Timestamp) -> Result<Endpoints, IdentityRefusal> {
        match &self.account.endpoints {
            Some(endpoints) => Ok(endpoints.clone()),
            None => self.endpoints.find(&self.client, &self.account.issuer, now).await,
        }
    }

    async fn redeem(
        &self,
        endpoints: &Endpoints,
        code: &Secret<String>,
        kept: &Kept,
        (random, now): (&dyn Random, Timestamp),
    ) -> Result<String, IdentityRefusal> {
        let mut form = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.expose().clone()),
            ("redirect_uri", self.account.redirect_uri.clone()),
            ("code_verifier", kept.verifier.clone()),
        ];
        let request = self.client.post(endpoints.token.clone()).header("accept", "application/json");
        let request = request::prove(&self.account, endpoints, (request, &mut form), (random, now))
            .map_err(|error| IdentityRefusal::Unavailable(error.to_string()))?;
        let answered = send(request.form(&form)).await?;
        if answered.status != 200 {
            return Err(IdentityRefusal::Unavailable(refused(&answered)));
        }
        let answer: Result<TokenAnswer, _> = serde_json::from_slice(&answered.body);
        answer.map(|answer| answer.id_token).map_err(|_| IdentityRefusal::Unverified("no ID token"))
    }

    /// The payload of a signed token. A key that is not known may be new: the provider's keys are read again, not too often.
    async fn verified(
        &self,
        endpoints: &Endpoints,
        token: &str,
        now: Timestamp,
    ) -> Result<Vec<u8>, IdentityRefusal> {
        let keys = self.keys.find(&self.client, (&self.account.keys, endpoints), token, now).await?;
        keys.verify(token, &self.account.signed).ok_or(IdentityRefusal::Unverified("signature"))
    }
}

/// Why nobody can be sent there.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// It cannot be reached.
    #[error(transparent)]
    Refused(#[from] IdentityRefusal),
    /// We cannot make what we send.
    #[error(transparent)]
    Ours(#[from] UpstreamError),
}

impl From<crate::domain::random::RandomFailure> for BeginError {
    fn from(failure: crate::domain::random::RandomFailure) -> Self {
        Self::Ours(failure.into())
    }
}

/// 256 random bits.
fn secret_text(random: &dyn Random) -> Result<String, UpstreamError> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>(random)?))
}

/// What the provider said to a request that it refused: the error's name, and no more.
fn refused(answered: &http::Answered) -> String {
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
    }
    let refusal: Option<Refusal> = serde_json::from_slice(&answered.body).ok();
    let error = refusal.map(|refusal| short(&refusal.error)).unwrap_or_default();
    format!("answers {} {error}", answered.status)
}

fn short(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).take(64).collect()
}

fn is_same_text(one: &str, other: &str) -> bool {
    is_same(one.as_bytes(), other.as_bytes())
}
