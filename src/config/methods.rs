//! `[[methods]]`: other ways of signing in.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use super::SettingsError;
use crate::domain::identity::{Assurance, MethodId};
use crate::domain::language::Language;

/// One way of signing in besides the app.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum MethodSettings {
    /// An OpenID Connect provider: a Finnish Trust Network broker, `BankID` Norway, any other.
    Oidc(Box<OidcMethodSettings>),
}

/// A bank, or another choice that the person makes before they are sent on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceSettings {
    /// Its name in our addresses: lower-case letters, digits and dashes.
    pub id: String,
    /// Its name on the page, by language; `en` where a language has none.
    pub label: BTreeMap<String, String>,
    /// What the provider calls it.
    pub value: String,
}

/// An OpenID Connect provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcMethodSettings {
    /// Its name in our addresses and in the database: lower-case letters, digits and dashes. It never changes.
    pub id: String,
    /// Its name on the page, by language; `en` where a language has none.
    pub label: BTreeMap<String, String>,
    /// Who issues its tokens.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// The file with the client secret, where it gave us one.
    pub client_secret_file: Option<PathBuf>,
    /// Our RSA signing key (PEM), for `private_key_jwt` and signed requests.
    pub signing_key_file: Option<PathBuf>,
    /// The `kid` of that key.
    #[serde(default = "default_signing_key_id")]
    pub signing_key_id: String,
    /// Our RSA decryption keys (PKCS #8 in PEM), newest first. Where there are any, ID tokens must be encrypted.
    #[serde(default)]
    pub decryption_key_files: Vec<PathBuf>,
    /// Where browsers go; without it the provider's discovery document tells all addresses.
    pub authorization_endpoint: Option<String>,
    /// Where codes are redeemed.
    pub token_endpoint: Option<String>,
    /// Where its keys are.
    pub jwks_uri: Option<String>,
    /// Where requests are sent ahead.
    pub pushed_authorization_request_endpoint: Option<String>,
    /// Where its signed key set is (Finnish Trust Network); with `entity_statement_file`.
    pub signed_jwks_uri: Option<String>,
    /// Its entity statement, as it was handed over and its fingerprint compared.
    pub entity_statement_file: Option<PathBuf>,
    /// `plain`, `signed`, `pushed` or `signed-and-pushed`.
    #[serde(default = "default_request")]
    pub request: String,
    /// For whom our assertions are made: `issuer` or `token_endpoint`.
    #[serde(default = "default_audience")]
    pub assertion_audience: String,
    /// The scope.
    #[serde(default = "default_scope")]
    pub scope: String,
    /// Further parameters of every request, such as `ftn_spname` or `acr_values`.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// The parameter that carries the person's choice: `acr_values` or `ftn_idp_id`.
    pub choice_parameter: Option<String>,
    /// The banks on the page.
    #[serde(default)]
    pub choices: Vec<ChoiceSettings>,
    /// The `acr` values that are accepted; none: any.
    #[serde(default)]
    pub accepted_acr: Vec<String>,
    /// Accepts the test levels of the Finnish Trust Network. Never with real people.
    #[serde(default)]
    pub is_test_environment: bool,
    /// How its ID tokens may be signed: `RS256`, `PS256`, `ES256`.
    #[serde(default = "default_algorithms")]
    pub id_token_algorithms: Vec<String>,
    /// The claims that may hold the identifier; the first one present counts.
    pub identifier_claims: Vec<String>,
    /// Whose identifiers they are: two letters (ISO 3166-1).
    pub country: Option<String>,
    /// The claim with the country, where it is not always the same.
    pub country_claim: Option<String>,
    /// How sure it is of whom it names: `unrated`, `substantial` or `high`.
    #[serde(default = "default_assurance")]
    pub assurance: String,
    /// How old its own sign-in of the person may be, in seconds.
    pub freshness_seconds: Option<u64>,
    /// How long a request may take, in seconds; at most 20.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
}

fn default_signing_key_id() -> String {
    "avain".to_owned()
}

fn default_request() -> String {
    "plain".to_owned()
}

fn default_audience() -> String {
    "issuer".to_owned()
}

fn default_scope() -> String {
    "openid".to_owned()
}

fn default_algorithms() -> Vec<String> {
    vec!["RS256".to_owned()]
}

fn default_assurance() -> String {
    "unrated".to_owned()
}

const fn default_timeout() -> u64 {
    10
}

impl MethodSettings {
    /// Its name.
    pub fn id(&self) -> &str {
        match self {
            Self::Oidc(settings) => &settings.id,
        }
    }

    /// Checks what can be wrong without reading a file.
    pub fn check(&self) -> Result<(), SettingsError> {
        let refuse = |key, what: &str| Err(SettingsError::Invalid { key, what: what.to_owned() });
        if self.id().parse::<MethodId>().is_err() {
            return refuse("methods.id", "1 to 32 lower-case letters, digits and dashes");
        }
        let Self::Oidc(settings) = self;
        let mut names = settings.choices.iter().map(|choice| &choice.label).chain([&settings.label]);
        if !names.all(is_label) {
            return refuse("methods.label", "a name for en, and for fi, sv, et and nb where they differ");
        }
        if settings.choices.iter().any(|choice| choice.id.parse::<MethodId>().is_err()) {
            return refuse("methods.choices.id", "1 to 32 lower-case letters, digits and dashes");
        }
        if !settings.choices.is_empty() && settings.choice_parameter.is_none() {
            return refuse("methods.choice_parameter", "the parameter that carries the choice");
        }
        let asked = settings.parameters.get("acr_values").into_iter();
        let asked = asked.chain(settings.choices.iter().map(|choice| &choice.value));
        let has_test_level = asked.chain(&settings.accepted_acr).any(|level| level.contains("loatest"));
        if has_test_level && !settings.is_test_environment {
            return refuse(
                "methods.accepted_acr",
                "a test level names people who do not exist; is_test_environment = true accepts it",
            );
        }
        if Assurance::from_key(&settings.assurance).is_none() {
            return refuse("methods.assurance", "unrated, substantial or high");
        }
        if !(1..=20).contains(&settings.timeout_seconds) {
            return refuse("methods.timeout_seconds", "1 to 20");
        }
        Ok(())
    }
}

fn is_label(names: &BTreeMap<String, String>) -> bool {
    let is_known = |tag: &String| Language::ALL.iter().any(|language| language.tag() == tag);
    names.contains_key("en") && names.keys().all(is_known)
}
