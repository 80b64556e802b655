//! Authorization requests that applications send ahead: `/oauth2/par`.

use avain::domain::client::ClientMetadata;
use avain::flows::clients::NewClient;
use rstest::rstest;
use serde_json::Value;

use crate::harness::TestApp;
use crate::harness::application::{Application, draft, signed_in};
use crate::harness::browser::{Browser, Page, VERIFIER, authorize_parameters};
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::open_id_connect::{exchange, parameter};

/// Sends an ordinary request ahead, changed in one thing.
async fn push(application: &Application<'_>, (name, value): (&'static str, &str)) -> (u16, Value) {
    let mut parameters = authorize_parameters();
    parameters.retain(|(key, _)| ![name, "client_id"].contains(key));
    let mut form: Vec<(&str, &str)> =
        parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form.push((name, value));
    application.post("/oauth2/par", &form).await
}

async fn authorize(browser: &Browser, client: &str, request_uri: &Value) -> Page {
    let request_uri = request_uri.as_str().unwrap().to_owned();
    // What stands in the address beside the handle counts for nothing.
    let pairs = [
        ("client_id", client.to_owned()),
        ("request_uri", request_uri),
        ("redirect_uri", "https://evil.example/".to_owned()),
        ("scope", "openid phone".to_owned()),
    ];
    browser.authorize(&pairs).await
}

#[rstest]
#[actix_web::test]
async fn a_request_may_be_sent_ahead(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = signed_in(&app).await;
    let ledger = Application::new(&app);
    let script =
        Application::register(&app, NewClient { metadata: ClientMetadata::public(), ..draft("script") })
            .await;
    for application in [&ledger, &script] {
        let (status, pushed) = push(application, ("state", "another state")).await;
        assert_eq!((status, pushed["expires_in"].as_i64()), (201, Some(300)), "{pushed}");
        for visit in ["first", "reloaded"] {
            let answer = authorize(&browser, &application.id, &pushed["request_uri"]).await;
            assert_eq!(parameter(&answer.location, "state"), "another state", "{visit}: {}", answer.body);
            let code = parameter(&answer.location, "code");
            let (status, tokens) = application.post("/oauth2/token", &exchange(&code, VERIFIER)).await;
            assert_eq!((status, tokens["scope"].as_str()), (200, Some("openid profile email")), "{tokens}");
        }
        let other = if application.id == "script" { "ledger" } else { "script" };
        let foreign = authorize(&browser, other, &pushed["request_uri"]).await;
        assert!(foreign.status == 404 && foreign.location.is_empty(), "another client's: {}", foreign.body);
        app.pass(300);
        let late = authorize(&browser, &application.id, &pushed["request_uri"]).await;
        assert!(late.status == 410 && late.location.is_empty(), "five minutes: {}", late.body);
    }
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_would_be_refused_in_the_address_is_refused_ahead(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let ledger = Application::new(&app);
    let before = app.database.row_counts().await;
    let long = "x".repeat(9_000);
    for (name, value, code) in [
        ("redirect_uri", "https://evil.example/", "redirect_uri_invalid"),
        ("response_type", "token", "authorize_request_invalid"),
        ("code_challenge", "short", "authorize_request_invalid"),
        ("code_challenge_method", "plain", "authorize_request_invalid"),
        ("scope", "profile", "authorize_request_invalid"),
        ("request_uri", "urn:ietf:params:oauth:request_uri:x", "authorize_request_invalid"),
        ("request", "e30.e30.", "authorize_request_invalid"),
        ("state", &long, "authorize_request_invalid"),
    ] {
        let (status, refusal) = push(&ledger, (name, value)).await;
        assert_eq!((status, refusal["code"].as_str()), (400, Some(code)), "{name}: {refusal}");
        assert_eq!(refusal["error"], "invalid_request", "{name}");
    }
    let guesser = Application { secret: Some("wrong".to_owned()), ..Application::new(&app) };
    let (status, refusal) = push(&guesser, ("state", "x")).await;
    assert_eq!((status, refusal["error"].as_str()), (401, Some("invalid_client")));
    let none = ledger.post("/oauth2/par", &[("state", "a"), ("state", "b")]).await;
    assert_eq!((none.0, none.1["error"].as_str()), (400, Some("invalid_request")));
    assert_eq!(app.database.row_counts().await, before);
    app.stop().await;
}
