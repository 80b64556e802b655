//! A server with a bank at its side, and whoever presses the bank's button.

use std::collections::BTreeMap;

use avain::config::{ChoiceSettings, MethodSettings, OidcMethodSettings, Settings};
use avain::crypto::code_hash::HashPurpose;
use avain::domain::identity::{Country, canonical_identifier};
use avain::domain::ids::PersonId;
use avain::domain::membership::Access;
use avain::store::person;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use url::Url;

use super::provider::Provider;
use crate::harness::TestApp;
use crate::harness::browser::{Browser, Page};
use crate::harness::database::Engine;

pub(super) const CLIENT: &str = "avain-at-the-bank";
pub(super) const HETU: &str = "010100-969P";
pub(super) const LEVEL: &str = "http://ftn.ficora.fi/2017/loa2";

/// A server with a bank, and somebody registered with a Finnish personal identity code.
pub(super) struct Bank {
    pub(super) app: TestApp,
    pub(super) provider: Provider,
    pub(super) person: PersonId,
}

/// Somebody who has pressed the bank's button.
pub(super) struct Visit {
    pub(super) browser: Browser,
    pub(super) attempt: String,
    /// What the bank was asked.
    pub(super) asked: BTreeMap<String, String>,
}

pub(super) fn label(name: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("en".to_owned(), name.to_owned())])
}

pub(super) fn settings(issuer: &str) -> OidcMethodSettings {
    let text = format!(
        "id = \"bank\"\nissuer = \"{issuer}\"\nclient_id = \"{CLIENT}\"\nidentifier_claims = [\"hetu\", \"nin\"]\n\
         country = \"FI\"\ncountry_claim = \"nin_issuing_country\"\naccepted_acr = [\"{LEVEL}\"]\nassurance = \"substantial\"\n\
         freshness_seconds = 600\nchoice_parameter = \"ftn_idp_id\"\ntimeout_seconds = 2\n[label]\nen = \"Bank\"\n"
    );
    let source =
        config::Config::builder().add_source(config::File::from_str(&text, config::FileFormat::Toml));
    let mut settings: OidcMethodSettings = source.build().unwrap().try_deserialize().unwrap();
    settings.choices = [("nordea", "Nordea"), ("op", "Osuuspankki")]
        .map(|(id, name)| ChoiceSettings { id: id.to_owned(), label: label(name), value: format!("fi-{id}") })
        .into();
    settings
}

impl Bank {
    pub(super) async fn start(engine: Engine) -> Self {
        Self::start_with(engine, Provider::start(false), |_, _| {}).await
    }

    pub(super) async fn start_with(
        engine: Engine,
        provider: Provider,
        set: impl FnOnce(&mut OidcMethodSettings, &mut Settings),
    ) -> Self {
        let mut method = settings(&provider.issuer);
        let app = TestApp::start_with(engine, |all| {
            set(&mut method, all);
            all.methods = vec![MethodSettings::Oidc(Box::new(method))];
        })
        .await;
        let person = register(&app, HETU).await;
        Self { app, provider, person }
    }

    /// Presses a bank's button.
    pub(super) async fn visit(&self) -> Visit {
        let browser = self.app.browser();
        let attempt = browser.start_sign_in().await.attempt;
        let sent = press(&browser, &attempt, "nordea").await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert!(
            sent.location.starts_with(&format!("{}/authorize?", self.provider.issuer)),
            "{}",
            sent.location
        );
        let asked = Url::parse(&sent.location).unwrap().query_pairs().into_owned().collect();
        Visit { browser, attempt, asked }
    }

    /// What an honest bank says of the person.
    pub(super) fn claims(&self, visit: &Visit) -> Value {
        let now = self.app.services.clock.now().seconds();
        json!({
            "iss": self.provider.issuer, "aud": CLIENT, "sub": "changes every time", "nonce": visit.asked["nonce"],
            "iat": now, "exp": now + 60, "auth_time": now, "acr": LEVEL, "hetu": HETU,
        })
    }

    /// The browser comes back with a code.
    pub(super) async fn come_back(&self, visit: &Visit) -> Page {
        visit.browser.get(&self.callback(visit)).await
    }

    pub(super) fn callback(&self, visit: &Visit) -> String {
        let issuer: String = url::form_urlencoded::byte_serialize(self.provider.issuer.as_bytes()).collect();
        format!("/methods/bank/callback?code=a-code&state={}&iss={issuer}", visit.asked["state"])
    }

    /// Comes back and types the code that a new place costs; gives back the address with the application's code.
    pub(super) async fn finish(&self, visit: &Visit) -> String {
        let back = self.come_back(visit).await;
        assert_eq!(back.location, format!("/login/collect?attempt={}", visit.attempt), "{}", back.body);
        let asked = visit.browser.get(&back.location).await;
        assert!(asked.location.starts_with("/login/second-factor"), "{} {}", asked.location, asked.body);
        let code = self.app.confirmation_code().await;
        let form = [("attempt", visit.attempt.as_str()), ("code", &code)];
        let entered = visit.browser.post("/login/second-factor", &form).await;
        visit.browser.get(&entered.location).await.location
    }

    pub(super) async fn refusals(&self) -> Vec<String> {
        self.app
            .database
            .texts("SELECT detail FROM audit WHERE event = 'identification.refused' ORDER BY position")
            .await
    }

    pub(super) async fn sessions(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM sessions").await
    }
}

pub(super) async fn press(browser: &Browser, attempt: &str, choice: &str) -> Page {
    browser.post("/methods/bank", &[("attempt", attempt), ("choice", choice)]).await
}

pub(super) async fn register(app: &TestApp, identifier: &str) -> PersonId {
    let person = app.add_person(Access::Browser, Some("+358 40 555 0101")).await;
    let finland = Country::parse("FI").unwrap();
    let text = canonical_identifier(&finland, identifier).unwrap();
    let hash = app.services.keys.hasher.hash(HashPurpose::Identifier, text.as_bytes());
    let mut tx = app.services.db.write().await.unwrap();
    person::set_identifier(&mut tx, person, "FI", Some(&hash)).await.unwrap();
    tx.commit().await.unwrap();
    person
}

/// What a token claims.
pub(super) fn claims_of(token: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}
