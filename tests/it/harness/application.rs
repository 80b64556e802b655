//! A web application as a test plays it.

use avain::domain::client::ClientMetadata;
use avain::flows::clients::{self, NewClient};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::browser::{Browser, VERIFIER, authorize_parameters};
use super::{CLIENT_ID, REDIRECT_URI, TestApp};
use crate::open_id_connect::{exchange, parameter};

/// Where [`draft`] lets browsers go that have signed out.
pub(crate) const GOODBYE_URI: &str = "http://127.0.0.1:1/goodbye?from=avain";

/// A registered application.
pub(crate) struct Application<'a> {
    pub(crate) app: &'a TestApp,
    pub(crate) base_url: String,
    pub(crate) id: String,
    pub(crate) secret: Option<String>,
}

impl<'a> Application<'a> {
    pub(crate) fn new(app: &'a TestApp) -> Self {
        let (base_url, secret) = (app.base_url.clone(), Some(app.client_secret.clone()));
        Self { app, base_url, id: CLIENT_ID.to_owned(), secret }
    }

    /// Registers another one.
    pub(crate) async fn register(app: &'a TestApp, new: NewClient) -> Self {
        let id = new.id.clone();
        let secret = clients::add(&app.services, new).await.unwrap();
        let secret = secret.map(|secret| secret.expose().clone());
        Self { app, base_url: app.base_url.clone(), id, secret }
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
        let mut form = form.to_vec();
        let request = reqwest::Client::new().post(format!("{}{path}", self.base_url));
        let request = request.header("host", self.app.base_url.trim_start_matches("http://"));
        let request = if let Some(secret) = &self.secret {
            request.basic_auth(&self.id, Some(secret))
        } else {
            form.push(("client_id", &self.id));
            request
        };
        let response = request.form(&form).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap_or_default())
    }

    /// Signs the browser's person in at this application, without the phone where there is a session.
    pub(crate) async fn sign_in(&self, browser: &Browser, scope: &str) -> Value {
        let mut parameters = authorize_parameters();
        for (name, value) in &mut parameters {
            match *name {
                "client_id" => *value = self.id.clone(),
                "scope" => *value = scope.to_owned(),
                _ => {}
            }
        }
        let location = browser.authorize(&parameters).await.location;
        let (status, tokens) =
            self.post("/oauth2/token", &exchange(&parameter(&location, "code"), VERIFIER)).await;
        assert_eq!(status, 200, "{tokens}");
        tokens
    }

    pub(crate) async fn refresh(&self, token: &Value) -> (u16, Value) {
        let token = token.as_str().unwrap();
        self.post("/oauth2/token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    pub(crate) async fn refresh_error(&self, token: &Value) -> String {
        let (status, answer) = self.refresh(token).await;
        assert_eq!(status, 400, "{answer}");
        answer["error"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn is_active(&self, token: &Value) -> bool {
        let (status, answer) = self.post("/oauth2/introspect", &[("token", token.as_str().unwrap())]).await;
        assert_eq!(status, 200, "{answer}");
        answer["active"].as_bool().unwrap()
    }

    pub(crate) async fn user_info(&self, token: &Value) -> u16 {
        let request = reqwest::Client::new().get(format!("{}/oauth2/userinfo", self.base_url));
        request.bearer_auth(token.as_str().unwrap()).send().await.unwrap().status().as_u16()
    }
}

/// An application to be registered.
pub(crate) fn draft(id: &str) -> NewClient {
    NewClient {
        id: id.to_owned(),
        name: id.to_owned(),
        redirect_uris: vec![REDIRECT_URI.to_owned()],
        post_logout_redirect_uris: vec![GOODBYE_URI.to_owned()],
        back_channel_logout_uri: None,
        metadata: ClientMetadata::default(),
    }
}

/// A browser whose person has signed in by phone.
pub(crate) async fn signed_in(app: &TestApp) -> Browser {
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    browser.finish_sign_in(&attempt).await;
    browser
}

/// What an ID token says; whether it is signed is tested elsewhere.
pub(crate) fn claims(token: &Value) -> Value {
    let body = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap()
}
