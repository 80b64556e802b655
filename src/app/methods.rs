//! The other ways of signing in out of their settings.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use url::Url;

use super::providers::read_secret;
use crate::config::{ChoiceSettings, MethodSettings, OidcMethodSettings};
use crate::crypto::jwe::DecryptionKey;
use crate::crypto::jwks::{KeySet, Signed};
use crate::crypto::own_key::OwnKey;
use crate::domain::identity::{Assurance, Country};
use crate::domain::language::Language;
use crate::flows::methods::{Choice, Labels, Method, Methods};
use crate::upstream::oidc::{
    Account, AssertionAudience, ClientProof, Endpoints, IdentityClaims, KeySource, Provider, RequestForm,
    entity_keys,
};

/// All of them, in the order of the file.
pub(super) fn methods(settings: &[MethodSettings], issuer: &str) -> anyhow::Result<Methods> {
    let mut made: Vec<Method> = Vec::new();
    for settings in settings {
        let MethodSettings::Oidc(oidc) = settings;
        let method = method(oidc, issuer).with_context(|| format!("[[methods]] {}", oidc.id))?;
        ensure!(
            made.iter().all(|other| other.id != method.id),
            "[[methods]] {}: the id stands twice",
            oidc.id
        );
        made.push(method);
    }
    Ok(Methods(made))
}

fn method(settings: &OidcMethodSettings, issuer: &str) -> anyhow::Result<Method> {
    let id = settings.id.parse()?;
    let own_key = settings.signing_key_file.as_deref().map(|file| own_key(file, &settings.signing_key_id));
    let decryption_keys = settings.decryption_key_files.iter().map(|file| decryption_key(file));
    let account = Account {
        issuer: settings.issuer.clone(),
        client_id: settings.client_id.clone(),
        redirect_uri: format!("{issuer}/methods/{id}/callback"),
        endpoints: endpoints(settings)?,
        proof: proof(settings)?,
        own_key: own_key.transpose()?,
        request: request_form(&settings.request)?,
        scope: settings.scope.clone(),
        parameters: settings.parameters.clone(),
        choice_parameter: settings.choice_parameter.clone(),
        accepted_contexts: settings.accepted_acr.clone(),
        signed: settings
            .id_token_algorithms
            .iter()
            .map(|name| Signed::from_name(name).context("id_token_algorithms: RS256, PS256 or ES256"))
            .collect::<anyhow::Result<_>>()?,
        decryption_keys: decryption_keys.collect::<anyhow::Result<_>>()?,
        keys: key_source(settings)?,
        claims: IdentityClaims {
            identifiers: settings.identifier_claims.clone(),
            country_claim: settings.country_claim.clone(),
            country: settings.country.as_deref().map(country).transpose()?,
        },
        assurance: assurance(settings)?,
        freshness: settings.freshness_seconds.map(Duration::from_secs),
        timeout: Duration::from_secs(settings.timeout_seconds),
    };
    let choices = settings.choices.iter().map(choice).collect::<anyhow::Result<_>>()?;
    Ok(Method { id, labels: labels(&settings.label), choices, provider: Provider::new(account)? })
}

/// Test levels name people who do not exist: nothing that rests on them says that it is sure.
fn assurance(settings: &OidcMethodSettings) -> anyhow::Result<Assurance> {
    let assurance = Assurance::from_key(&settings.assurance).context("assurance")?;
    Ok(if settings.is_test_environment { Assurance::Unrated } else { assurance })
}

fn country(text: &str) -> anyhow::Result<Country> {
    Country::parse(text).context("country: two letters, for example FI")
}

fn labels(names: &std::collections::BTreeMap<String, String>) -> Labels {
    let label = |language: Language| names.get(language.tag()).map(|name| (language, name.clone()));
    Labels(Language::ALL.into_iter().filter_map(label).collect())
}

fn choice(settings: &ChoiceSettings) -> anyhow::Result<Choice> {
    Ok(Choice { id: settings.id.parse()?, labels: labels(&settings.label), value: settings.value.clone() })
}

fn own_key(file: &Path, id: &str) -> anyhow::Result<OwnKey> {
    OwnKey::read(&read_secret(file)?, id).with_context(|| format!("signing_key_file {}", file.display()))
}

fn decryption_key(file: &Path) -> anyhow::Result<DecryptionKey> {
    DecryptionKey::read(&read_secret(file)?, None)
        .with_context(|| format!("decryption_key_files {}", file.display()))
}

fn proof(settings: &OidcMethodSettings) -> anyhow::Result<ClientProof> {
    if let Some(file) = &settings.client_secret_file {
        return Ok(ClientProof::Secret(read_secret(file)?));
    }
    if settings.signing_key_file.is_none() {
        return Ok(ClientProof::None);
    }
    match settings.assertion_audience.as_str() {
        "issuer" => Ok(ClientProof::Key(AssertionAudience::Issuer)),
        "token_endpoint" => Ok(ClientProof::Key(AssertionAudience::TokenEndpoint)),
        other => anyhow::bail!("assertion_audience: issuer or token_endpoint, not {other}"),
    }
}

fn request_form(name: &str) -> anyhow::Result<RequestForm> {
    match name {
        "plain" => Ok(RequestForm::Plain),
        "signed" => Ok(RequestForm::Signed),
        "pushed" => Ok(RequestForm::Pushed),
        "signed-and-pushed" => Ok(RequestForm::SignedAndPushed),
        other => anyhow::bail!("request: plain, signed, pushed or signed-and-pushed, not {other}"),
    }
}

/// All addresses, or none: half a list would hide a slip.
fn endpoints(settings: &OidcMethodSettings) -> anyhow::Result<Option<Endpoints>> {
    let (authorization, token) = match (&settings.authorization_endpoint, &settings.token_endpoint) {
        (None, None) => return Ok(None),
        (Some(authorization), Some(token)) => (authorization, token),
        _ => anyhow::bail!("authorization_endpoint and token_endpoint: both, or neither"),
    };
    let url = |text: &String| Url::parse(text).with_context(|| format!("the address {text}"));
    Ok(Some(Endpoints {
        authorization: url(authorization)?,
        token: url(token)?,
        keys: settings.jwks_uri.as_ref().map(url).transpose()?,
        pushed: settings.pushed_authorization_request_endpoint.as_ref().map(url).transpose()?,
    }))
}

fn key_source(settings: &OidcMethodSettings) -> anyhow::Result<KeySource> {
    let (address, file) = match (&settings.signed_jwks_uri, &settings.entity_statement_file) {
        (None, None) => return Ok(KeySource::Published),
        (Some(address), Some(file)) => (address, file),
        _ => anyhow::bail!("signed_jwks_uri and entity_statement_file: both, or neither"),
    };
    let statement =
        std::fs::read_to_string(file).with_context(|| format!("entity_statement_file {}", file.display()))?;
    let (entity, issuer): (KeySet, String) = entity_keys(statement.trim()).with_context(|| {
        format!("entity_statement_file {}: no entity statement that is signed by its own key", file.display())
    })?;
    Ok(KeySource::SignedSet { address: Url::parse(address)?, entity, issuer })
}
