//! What a web application meets: `/oauth2/…`.

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::application::{Application, signed_in};
use crate::harness::browser::{VERIFIER, authorize_parameters, value_after};
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{CLIENT_ID, REDIRECT_URI, TestApp};

/// Signs somebody in and gives back the authorization code.
async fn code(app: &TestApp) -> String {
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    parameter(&browser.finish_sign_in(&attempt).await, "code")
}

pub(crate) fn parameter(location: &str, name: &str) -> String {
    let url = url::Url::parse(location).unwrap();
    let found = url.query_pairs().find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}

async fn redeem(app: &TestApp, form: &[(&str, &str)], secret: &str) -> (u16, Value) {
    redeem_at(app, &app.base_url, form, secret).await
}

/// Signs somebody new in, to the end.
pub(crate) async fn signed_in_tokens(app: &TestApp) -> (u16, Value) {
    let code = code(app).await;
    redeem(app, &exchange(&code, VERIFIER), &app.client_secret).await
}

/// Redeems a code at one of the nodes.
pub(crate) async fn redeem_at(
    app: &TestApp,
    base_url: &str,
    form: &[(&str, &str)],
    secret: &str,
) -> (u16, Value) {
    let request = reqwest::Client::new().post(format!("{base_url}/oauth2/token")).form(form);
    let request = request.header("host", app.base_url.trim_start_matches("http://"));
    let response = request.basic_auth(CLIENT_ID, Some(secret)).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

pub(crate) fn exchange<'a>(code: &'a str, verifier: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", verifier),
    ]
}

#[rstest]
#[actix_web::test]
async fn the_application_gets_a_verifiable_id_token_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let code = code(&app).await;
    let (status, tokens) = redeem(&app, &exchange(&code, VERIFIER), &app.client_secret).await;
    assert_eq!(status, 200, "{tokens}");
    let token = tokens["id_token"].as_str().unwrap();
    let keys: JwkSet =
        reqwest::get(format!("{}/oauth2/jwks", app.base_url)).await.unwrap().json().await.unwrap();
    let key = keys.find(&decode_header(token).unwrap().kid.unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[CLIENT_ID]);
    validation.set_issuer(&[&app.base_url]);
    // The server's clock stands still in this test, so the token's times are checked by hand.
    validation.validate_exp = false;
    let claims = decode::<Value>(token, &DecodingKey::from_jwk(key).unwrap(), &validation).unwrap().claims;
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 300);
    assert_eq!((claims["name"].as_str(), claims["nonce"].as_str()), (Some("Mart Tamm"), Some("a-nonce")));
    assert_eq!(claims["acr"], "urn:avain:acr:device-on-probation", "a new device is on probation for a day");
    assert_eq!(claims["amr"], json!(["swk", "user", "mfa"]));
    assert_eq!(claims["company"]["name"], "Kuusi Books Oy");

    let access_token = tokens["access_token"].as_str().unwrap();
    assert_eq!(user_info(&app, access_token).await.1["email"], "mart.tamm@kuusi.example");

    let (status, answer) = redeem(&app, &exchange(&code, VERIFIER), &app.client_secret).await;
    assert_eq!((status, answer["error"].as_str()), (400, Some("invalid_grant")));
    assert_eq!(user_info(&app, access_token).await.0, 401, "a second use takes back what the first one gave");
    app.stop().await;
}

async fn user_info(app: &TestApp, token: &str) -> (u16, Value) {
    let request = reqwest::Client::new().get(format!("{}/oauth2/userinfo", app.base_url)).bearer_auth(token);
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

/// A form, the client's secret, and the status and error that they meet.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, u16, &'a str);

#[rstest]
#[actix_web::test]
async fn a_code_is_worth_nothing_in_other_hands(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let code = code(&app).await;
    let other_uri = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", "http://127.0.0.1:2/callback"),
        ("code_verifier", VERIFIER),
    ];
    let without_verifier =
        [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", REDIRECT_URI)];
    let wrong_verifier = "another-verifier-that-is-long-enough-0123456789-01";
    let cases: [Case; 6] = [
        (&exchange(&code, VERIFIER), "wrong secret", 401, "invalid_client"),
        (&exchange(&code, wrong_verifier), &app.client_secret, 400, "invalid_grant"),
        (&without_verifier, &app.client_secret, 400, "invalid_grant"),
        (&other_uri, &app.client_secret, 400, "invalid_grant"),
        (&exchange("unknown", VERIFIER), &app.client_secret, 400, "invalid_grant"),
        (&[("grant_type", "password"), ("username", "x")], &app.client_secret, 400, "unsupported_grant_type"),
    ];
    for (form, secret, status, error) in cases {
        let (given, answer) = redeem(&app, form, secret).await;
        assert_eq!((given, answer["error"].as_str()), (status, Some(error)), "{answer}");
        assert!(answer["error_reference"].as_str().is_some_and(|reference| reference.len() == 9), "{answer}");
    }
    app.pass(60);
    let (status, answer) = redeem(&app, &exchange(&code, VERIFIER), &app.client_secret).await;
    assert_eq!((status, answer["error"].as_str()), (400, Some("invalid_grant")), "a code lives a minute");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_request_that_breaks_a_rule_never_redirects_to_a_stranger(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let browser = app.browser();
    let changed = |name: &str, value: Option<&str>| {
        let mut parameters = authorize_parameters();
        parameters.retain(|(key, _)| *key != name);
        let mut owned: Vec<(&str, String)> = parameters;
        if let Some(value) = value {
            owned.push((Box::leak(name.to_owned().into_boxed_str()), value.to_owned()));
        }
        owned
    };
    for uri in [
        "http://127.0.0.1:1/callback/",
        "http://127.0.0.1:1/Callback",
        "http://127.0.0.1:1/callback?x=1",
        "http://127.0.0.1:1@evil.example/callback",
        "https://evil.example/",
        "//evil.example",
        "",
    ] {
        let page = browser.authorize(&changed("redirect_uri", Some(uri))).await;
        assert_eq!((page.status, page.location.as_str()), (400, ""), "{uri}");
        assert!(page.body.contains("redirect_uri_invalid"), "{}", page.body);
    }
    assert_eq!(browser.authorize(&changed("client_id", Some("nobody"))).await.status, 400);
    let mut twice = authorize_parameters();
    twice.push(("scope", "openid".to_owned()));
    assert_eq!(browser.authorize(&twice).await.status, 400);

    let told = [
        ("response_type", Some("token"), "unsupported_response_type"),
        ("scope", Some("profile"), "invalid_scope"),
        ("code_challenge", None, "invalid_request"),
        ("code_challenge_method", Some("plain"), "invalid_request"),
        ("prompt", Some("none"), "login_required"),
        ("request", Some("e30.e30."), "request_not_supported"),
        ("request_uri", Some("http://127.0.0.1:1/r"), "request_uri_not_supported"),
        ("response_mode", Some("fragment"), "invalid_request"),
        ("max_age", Some("soon"), "invalid_request"),
        ("nonce", Some("a\0b"), "invalid_request"),
    ];
    for (name, value, error) in told {
        let page = browser.authorize(&changed(name, value)).await;
        assert_eq!(page.status, 303, "{name}");
        assert!(page.location.starts_with(REDIRECT_URI), "{}", page.location);
        assert_eq!(parameter(&page.location, "error"), error, "{name}");
        assert_eq!(parameter(&page.location, "state"), "a state");
    }
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_session_signs_in_again_without_the_phone_until_it_ends_or_is_not_wanted(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    browser.finish_sign_in(&attempt).await;

    let again = browser.authorize(&authorize_parameters()).await;
    assert_ne!(parameter(&again.location, "code"), "", "{}", again.location);
    let mut fresh = authorize_parameters();
    fresh.push(("prompt", "login".to_owned()));
    let sent = browser.authorize(&fresh).await;
    assert!(sent.location.starts_with("/login?request="), "{}", sent.location);
    let resumed = browser.get(&sent.location.replace("/login?", "/oauth2/resume?")).await;
    assert!(
        resumed.location.starts_with("/login?request="),
        "prompt=login is not satisfied by the old session"
    );

    app.pass(30 * 60);
    let sent = browser.authorize(&authorize_parameters()).await;
    assert!(sent.location.starts_with("/login?request="), "idle for half an hour: {}", sent.location);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_second_tab_is_signed_in_by_the_first_unless_a_fresh_sign_in_was_asked_for(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let first = browser.start_sign_in().await;
    let second = browser.start_sign_in().await;
    let mut old_enough = authorize_parameters();
    old_enough.push(("max_age", "60".to_owned()));
    let strict = browser.authorize(&old_enough).await;
    browser.approve(&phone, &first.attempt).await;
    browser.finish_sign_in(&first.attempt).await;
    let resumed = browser.get(&format!("/oauth2/resume?request={}", second.request)).await;
    assert_ne!(parameter(&resumed.location, "code"), "", "{}", resumed.location);
    let resumed = browser.get(&strict.location.replace("/login?", "/oauth2/resume?")).await;
    assert!(resumed.location.starts_with("/login?request="), "{}", resumed.location);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_answer_may_be_posted_as_a_form(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let mut asked = authorize_parameters();
    asked.retain(|(name, _)| *name != "state");
    asked.extend([("response_mode", "form_post".to_owned()), ("state", "\"><script>".to_owned())]);
    let mut silently = asked.clone();
    silently.push(("prompt", "none".to_owned()));
    let refused = browser.authorize(&silently).await;
    assert_eq!(
        (refused.status, value_after(&refused.body, "name=\"error\" value=\"").as_str()),
        (200, "login_required")
    );

    let sent = browser.authorize(&asked).await;
    let page = browser.get(&sent.location).await;
    let attempt = value_after(&page.body, "name=\"attempt\" value=\"");
    browser.approve(&phone, &attempt).await;
    let collected = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    let answer = browser.get(&collected.location).await;
    assert_eq!((answer.status, answer.location.as_str()), (200, ""));
    assert_eq!(value_after(&answer.body, "method=\"post\" action=\""), REDIRECT_URI);
    assert!(!answer.body.contains("\"><script>"), "the state is escaped: {}", answer.body);
    assert_eq!(value_after(&answer.body, "name=\"iss\" value=\""), app.base_url);
    let code = value_after(&answer.body, "name=\"code\" value=\"");
    assert_eq!(redeem(&app, &exchange(&code, VERIFIER), &app.client_secret).await.0, 200);

    let again = browser.authorize(&asked).await;
    assert_ne!(value_after(&again.body, "name=\"code\" value=\""), code, "with a session, at once");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_session_of_somebody_else_is_not_taken(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let ledger = Application::new(&app);
    let (browser, other) = (signed_in(&app).await, signed_in(&app).await);
    let own = ledger.sign_in(&browser, "openid").await;
    let foreign = ledger.sign_in(&other, "openid").await;
    for (hint, is_taken) in
        [(&own["id_token"], true), (&foreign["id_token"], false), (&json!("no token"), false)]
    {
        let mut asked = authorize_parameters();
        asked.extend([("prompt", "none".to_owned()), ("id_token_hint", hint.as_str().unwrap().to_owned())]);
        let answer = browser.authorize(&asked).await;
        let error = if is_taken { "" } else { "login_required" };
        assert_eq!(parameter(&answer.location, "error"), error, "{}", answer.location);
        assert_eq!(parameter(&answer.location, "code").is_empty(), !is_taken);
        asked.retain(|(name, _)| *name != "prompt");
        let sent = browser.authorize(&asked).await;
        assert_eq!(sent.location.starts_with("/login?request="), !is_taken, "{}", sent.location);
        if !is_taken {
            let resumed = browser.get(&sent.location.replace("/login?", "/oauth2/resume?")).await;
            assert!(resumed.location.starts_with("/login?request="), "nor later: {}", resumed.location);
        }
    }
    app.stop().await;
}
