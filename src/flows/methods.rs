//! Signing in through another identity provider: a bank, an identity card, an electronic identity.
//!
//! 1. `begin`: the attempt leaves the phone's way, the visit is noted, bound to this browser, and the browser goes there.
//! 2. `finish`: the browser is back, once. What the provider says is verified outside any transaction.
//! 3. `name`: the verified identifier leads to a person, or to the advice to ask the company's administrator; the attempt is approved.
//!
//! What follows is [`super::login::collect`], as after a phone's yes: access rights, a code in a new place, the session.

use std::collections::HashMap;

use super::login::{BrowserSecret, LoginError, browser_hash, own};
use super::{Internal, Services};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::{AuditEvent, IdentificationStep};
use crate::domain::identity::{
    IDENTIFICATION_LIFE, Identification, IdentityRefusal, MethodId, VerifiedIdentity, canonical_identifier,
};
use crate::domain::ids::{IdentificationId, LoginAttemptId, PersonId, SignInRequestId};
use crate::domain::language::Language;
use crate::domain::membership::Access;
use crate::domain::secret::Secret;
use crate::store::db::Tx;
use crate::store::{identification, login, membership, person};
pub use crate::upstream::oidc::Returned;
use crate::upstream::oidc::{BeginError, Kept, Provider, Wish};

/// Names by language.
pub struct Labels(pub HashMap<Language, String>);

impl Labels {
    /// The name in that language, or in English.
    pub fn of(&self, language: Language) -> &str {
        let found = self.0.get(&language).or_else(|| self.0.get(&Language::English));
        found.map_or("", String::as_str)
    }
}

/// A bank, or another choice that is made before the person is sent on.
pub struct Choice {
    /// Its name in addresses.
    pub id: MethodId,
    /// Its name on the page.
    pub labels: Labels,
    /// What the provider calls it.
    pub value: String,
}

/// A way of signing in.
pub struct Method {
    /// Its name in addresses and in the database.
    pub id: MethodId,
    /// Its name on the page.
    pub labels: Labels,
    /// The banks behind it; where there are any, each is a button.
    pub choices: Vec<Choice>,
    /// Who is asked.
    pub provider: Provider,
}

/// All ways of signing in besides the app, in the order in which the page shows them.
#[derive(Default)]
pub struct Methods(pub Vec<Method>);

impl Methods {
    /// The method of that name.
    pub fn find(&self, id: &MethodId) -> Option<&Method> {
        self.0.iter().find(|method| method.id == *id)
    }

    /// What people call it; its name where it is not configured any longer.
    pub fn label(&self, id: &MethodId, language: Language) -> String {
        self.find(id).map_or_else(|| id.to_string(), |method| method.labels.of(language).to_owned())
    }
}

/// Why another provider does not lead to a sign-in.
#[derive(Debug, thiserror::Error)]
pub enum MethodError {
    /// No such method, or no such choice.
    #[error("no such way of signing in")]
    MethodUnknown,
    /// Not a visit of this browser, or it is over, or it came back before.
    #[error("no such visit to an identity provider")]
    VisitUnknown,
    /// The person gave up there; the sign-in page waits.
    #[error("the person cancelled")]
    Cancelled(SignInRequestId),
    /// The provider cannot be reached, or says that it cannot serve.
    #[error("the provider cannot serve: {1}")]
    Unavailable(SignInRequestId, String),
    /// What it sent does not verify.
    #[error("the provider's answer does not verify: {1}")]
    Unverified(SignInRequestId, &'static str),
    /// It named somebody whom nobody has registered.
    #[error("nobody is registered with that identity")]
    IdentityUnknown(SignInRequestId),
    /// The attempt says no.
    #[error(transparent)]
    Login(#[from] LoginError),
    /// Our fault.
    #[error("signing in through another provider failed")]
    Internal(#[source] Internal),
}

super::from_internal!(MethodError);

/// Step 1. Gives back where the browser goes.
pub async fn begin(
    services: &Services,
    id: LoginAttemptId,
    secret: &BrowserSecret,
    (method, choice): (&MethodId, Option<&MethodId>),
    language: Language,
) -> Result<String, MethodError> {
    let now = services.now();
    let method = services.methods.find(method).ok_or(MethodError::MethodUnknown)?;
    let chosen = choice.map(|wanted| method.choices.iter().find(|choice| choice.id == *wanted));
    let chosen = chosen.map(|found| found.ok_or(MethodError::MethodUnknown)).transpose()?;
    let attempt = own(services, login::find(&mut services.db.read().await?, id).await?, secret)?;
    attempt.leave(now).map_err(LoginError::from)?;
    let wish = Wish { choice: chosen.map(|choice| choice.value.as_str()), language: language.tag() };
    let begun = method.provider.begin(&wish, services.random.as_ref(), now).await;
    let begun = begun.map_err(|error| begin_error(attempt.request_id, error))?;
    let id = IdentificationId::generate(now, services.random.as_ref())?;
    let kept = Secret::new(serde_json::to_vec(&begun.kept).map_err(|_| Internal::Missing("visit as JSON"))?);
    let visit = Identification {
        id,
        attempt_id: attempt.id,
        method: method.id.clone(),
        browser_hash: attempt.browser_hash,
        sealed: services.keys.sealer.seal(&place(id), kept.expose())?,
        expires_at: now.plus(IDENTIFICATION_LIFE),
        person_id: None,
    };
    let state_hash =
        services.keys.hasher.hash(HashPurpose::IdentificationState, begun.state.expose().as_bytes());
    let mut tx = services.db.write().await?;
    if !login::leave(&mut tx, attempt.id, &method.id).await? {
        return Err(Internal::LostRace.into());
    }
    identification::insert(&mut tx, &visit, &state_hash, now).await?;
    record(services, &mut tx, &visit, IdentificationStep::Begun).await?;
    services.commit_and_wake(tx, attempt.id).await?;
    Ok(begun.address)
}

/// Steps 2 and 3. Gives back the attempt that the browser may now collect.
pub async fn finish(
    services: &Services,
    method: &MethodId,
    secret: &BrowserSecret,
    (state, returned): (&Secret<String>, &Returned),
) -> Result<LoginAttemptId, MethodError> {
    let now = services.now();
    let method = services.methods.find(method).ok_or(MethodError::MethodUnknown)?;
    let state_hash = services.keys.hasher.hash(HashPurpose::IdentificationState, state.expose().as_bytes());
    let mut tx = services.db.write().await?;
    let found = identification::find(&mut tx, &state_hash, &method.id).await?;
    let found = found.filter(|visit| visit.browser_hash == browser_hash(services, secret));
    let visit = found.ok_or(MethodError::VisitUnknown)?;
    if !identification::answer(&mut tx, visit.id, now).await? {
        return Err(MethodError::VisitUnknown);
    }
    let attempt = login::find(&mut tx, visit.attempt_id).await?.ok_or(Internal::Missing("attempt"))?;
    tx.commit().await?;
    let kept = Secret::new(services.keys.sealer.open(&place(visit.id), &visit.sealed)?);
    let kept: Kept = serde_json::from_slice(kept.expose()).map_err(|_| Internal::Missing("visit as JSON"))?;
    let identity = method.provider.finish(returned, &kept, services.random.as_ref(), now).await;
    match identity {
        Ok(identity) => name(services, &visit, attempt.request_id, &identity).await,
        Err(refusal) => Err(refuse(services, &visit, attempt.request_id, refusal).await?),
    }
}

/// Step 3.
async fn name(
    services: &Services,
    visit: &Identification,
    request: SignInRequestId,
    identity: &VerifiedIdentity,
) -> Result<LoginAttemptId, MethodError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let Some(person) = find_person(services, &mut tx, identity).await? else {
        record(services, &mut tx, visit, IdentificationStep::Unknown).await?;
        tx.commit().await?;
        return Err(MethodError::IdentityUnknown(request));
    };
    let attempt = login::find_locked(&mut tx, visit.attempt_id).await?.ok_or(Internal::Missing("attempt"))?;
    attempt.identify(&visit.method, now).map_err(LoginError::from)?;
    let vouched = (&visit.method, identity.assurance);
    if !login::identify(&mut tx, attempt.id, vouched, person, now).await?
        || !identification::name(&mut tx, visit.id, person).await?
    {
        return Err(Internal::LostRace.into());
    }
    record(services, &mut tx, visit, IdentificationStep::Named(person)).await?;
    services.commit_and_wake(tx, attempt.id).await?;
    Ok(attempt.id)
}

/// Whoever is registered with that identifier. It may have been registered twice, by two companies, for the same human being: the
/// account that was there first and may use the browser version counts.
async fn find_person(
    services: &Services,
    tx: &mut Tx,
    identity: &VerifiedIdentity,
) -> Result<Option<PersonId>, Internal> {
    let Some(text) = canonical_identifier(&identity.country, &identity.identifier) else { return Ok(None) };
    let hash = services.keys.hasher.hash(HashPurpose::Identifier, text.as_bytes());
    let registered = person::find_by_identifier(tx, &hash).await?;
    for found in &registered {
        let place = membership::find_basic(tx, found.id).await?;
        if place.is_some_and(|place| place.access == Access::Browser) {
            return Ok(Some(found.id));
        }
    }
    Ok(registered.first().map(|found| found.id))
}

async fn refuse(
    services: &Services,
    visit: &Identification,
    request: SignInRequestId,
    refusal: IdentityRefusal,
) -> Result<MethodError, Internal> {
    let step = match &refusal {
        IdentityRefusal::Cancelled => IdentificationStep::Cancelled,
        IdentityRefusal::Unavailable(_) => IdentificationStep::Unavailable,
        IdentityRefusal::Unverified(what) => IdentificationStep::Refused(what),
    };
    let mut tx = services.db.write().await?;
    record(services, &mut tx, visit, step).await?;
    tx.commit().await?;
    Ok(refused(request, refusal))
}

fn refused(request: SignInRequestId, refusal: IdentityRefusal) -> MethodError {
    match refusal {
        IdentityRefusal::Cancelled => MethodError::Cancelled(request),
        IdentityRefusal::Unavailable(said) => MethodError::Unavailable(request, said),
        IdentityRefusal::Unverified(what) => MethodError::Unverified(request, what),
    }
}

fn begin_error(request: SignInRequestId, error: BeginError) -> MethodError {
    match error {
        BeginError::Refused(refusal) => refused(request, refusal),
        BeginError::Ours(error) => MethodError::Unavailable(request, error.to_string()),
    }
}

async fn record(
    services: &Services,
    tx: &mut Tx,
    visit: &Identification,
    step: IdentificationStep,
) -> Result<(), Internal> {
    let event = AuditEvent::Identified { attempt: visit.attempt_id, method: visit.method.clone(), step };
    services.record(tx, &event, services.now()).await
}

fn place(id: IdentificationId) -> String {
    format!("identifications/{id}")
}
