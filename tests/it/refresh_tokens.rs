//! Refresh tokens, and tokens that are given back or asked about: `/oauth2/token`, `/oauth2/revoke`, `/oauth2/introspect`.

use avain::domain::client::ClientMetadata;
use avain::flows::clients::NewClient;
use avain_proto::v1::RemovalReason;
use futures_util::future::join_all;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::application::{Application, claims, draft, signed_in};
use crate::harness::browser::{VERIFIER, authorize_parameters};
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{CLIENT_ID, TestApp};
use crate::open_id_connect::{exchange, parameter};

const SCOPE: &str = "openid profile email offline_access";

#[rstest]
#[actix_web::test]
async fn each_token_works_once_and_a_stolen_one_ends_them_all(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = signed_in(&app).await;
    let ledger = Application::new(&app);
    let first = ledger.sign_in(&browser, SCOPE).await;
    assert_eq!(first["scope"], "openid profile email offline_access");
    app.pass(240);
    let (status, second) = ledger.refresh(&first["refresh_token"]).await;
    assert_eq!(status, 200, "{second}");
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    let (before, after) = (claims(&first["id_token"]), claims(&second["id_token"]));
    for claim in ["iss", "aud", "sub", "sid", "auth_time", "acr", "amr", "name", "email"] {
        assert_eq!(before[claim], after[claim], "{claim}");
    }
    assert_eq!(after["iat"].as_i64().unwrap() - before["iat"].as_i64().unwrap(), 240);
    assert_eq!((before["nonce"].as_str(), &after["nonce"]), (Some("a-nonce"), &Value::Null));
    assert_eq!(ledger.user_info(&second["access_token"]).await, 200);

    app.pass(10);
    assert_eq!(ledger.refresh_error(&first["refresh_token"]).await, "invalid_grant");
    assert_eq!(ledger.refresh_error(&second["refresh_token"]).await, "invalid_grant", "they all ended");
    assert_eq!(ledger.user_info(&second["access_token"]).await, 401);
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'refresh.reused'").await, 1);
    let again = ledger.sign_in(&browser, SCOPE).await;
    assert_eq!(ledger.refresh(&again["refresh_token"]).await.0, 200, "the session itself goes on");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_lost_answer_is_given_again(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = signed_in(&app).await;
    let ledger = Application::new(&app);
    let first = ledger.sign_in(&browser, SCOPE).await["refresh_token"].clone();
    let second = ledger.refresh(&first).await.1["refresh_token"].clone();
    app.pass(9);
    assert_eq!(ledger.refresh(&first).await.1["refresh_token"], second, "the same successor");
    let (status, third) = ledger.refresh(&second).await;
    assert_eq!(status, 200, "{third}");
    assert_eq!(ledger.refresh_error(&first).await, "invalid_grant", "the successor has been used");
    assert_eq!(ledger.refresh_error(&third["refresh_token"]).await, "invalid_grant");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn twenty_refreshes_at_once_leave_one_good_token(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = signed_in(&app).await;
    let ledger = Application::new(&app);
    let other = if engine == Postgres { Some(app.start_node().await) } else { None };
    let base_url = other.as_ref().map_or(&app.base_url, |node| &node.base_url).clone();
    let through_other = Application { base_url, ..Application::new(&app) };
    let mut token = ledger.sign_in(&browser, SCOPE).await["refresh_token"].clone();
    for round in 0..10 {
        let racers = (0..20).map(|racer| {
            let application = if racer % 2 == 0 { &ledger } else { &through_other };
            application.refresh(&token)
        });
        let answers = join_all(racers).await;
        let next = answers[0].1["refresh_token"].clone();
        for (status, answer) in &answers {
            assert_eq!((*status, &answer["refresh_token"]), (200, &next), "round {round}: {answer}");
        }
        let unspent = app.count("SELECT COUNT(*) FROM refresh_tokens WHERE spent_at IS NULL").await;
        assert_eq!(unspent, 1, "round {round}");
        token = next;
    }
    if let Some(node) = other {
        node.stop().await;
    }
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn whatever_ends_the_session_ends_its_tokens(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let ledger = Application::new(&app);
    let phone = app.enrolled_phone().await;
    for ending in ["sign out", "removed phone"] {
        let browser = app.browser();
        let attempt = browser.start_sign_in().await.attempt;
        browser.approve(&phone, &attempt).await;
        browser.finish_sign_in(&attempt).await;
        let tokens = ledger.sign_in(&browser, SCOPE).await;
        assert!(ledger.is_active(&tokens["access_token"]).await);
        if ending == "sign out" {
            assert_eq!(browser.post("/sign-out", &[]).await.status, 303);
        } else {
            phone.remove_device(&phone.profile.device_id, RemovalReason::Unused).await.unwrap();
        }
        assert_eq!(ledger.refresh_error(&tokens["refresh_token"]).await, "invalid_grant", "{ending}");
        assert_eq!(ledger.user_info(&tokens["access_token"]).await, 401, "{ending}");
        assert!(!ledger.is_active(&tokens["access_token"]).await, "{ending}");
        assert!(!ledger.is_active(&tokens["refresh_token"]).await, "{ending}");
    }
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_application_goes_on_for_a_working_day(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = signed_in(&app).await;
    let ledger = Application::new(&app);
    let without = ledger.sign_in(&browser, "openid profile").await;
    assert_eq!(without["refresh_token"], Value::Null, "only with offline_access");
    let mut token = ledger.sign_in(&browser, SCOPE).await["refresh_token"].clone();
    for _ in 0..11 {
        app.pass(60 * 60);
        let (status, answer) = ledger.refresh(&token).await;
        assert_eq!(status, 200, "the browser's session is long idle: {answer}");
        token = answer["refresh_token"].clone();
    }
    app.pass(60 * 60);
    assert_eq!(ledger.refresh_error(&token).await, "invalid_grant", "twelve hours after the sign-in");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_token_is_worth_nothing_in_other_hands_and_opens_no_more(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let browser = signed_in(&app).await;
    let ledger = Application::new(&app);
    let payroll = Application::register(&app, draft("payroll")).await;
    let script =
        Application::register(&app, NewClient { metadata: ClientMetadata::public(), ..draft("script") })
            .await;
    let token = ledger.sign_in(&browser, "openid profile offline_access").await["refresh_token"].clone();
    for stranger in [&payroll, &script] {
        assert_eq!(stranger.refresh_error(&token).await, "invalid_grant", "{}", stranger.id);
    }
    let guesser = Application { secret: Some("wrong".to_owned()), ..Application::new(&app) };
    let (status, answer) = guesser.refresh(&token).await;
    assert_eq!((status, answer["error"].as_str()), (401, Some("invalid_client")));
    let narrowed = |scope: &'static str| {
        let form =
            [("grant_type", "refresh_token"), ("refresh_token", token.as_str().unwrap()), ("scope", scope)];
        let ledger = &ledger;
        async move { ledger.post("/oauth2/token", &form).await }
    };
    for scope in ["openid email", "openid phone profile", "profile"] {
        let (status, answer) = narrowed(scope).await;
        assert_eq!((status, answer["error"].as_str()), (400, Some("invalid_scope")), "{scope}: {answer}");
    }
    let (_, less) = narrowed("openid").await;
    assert_eq!((less["scope"].as_str(), &claims(&less["id_token"])["name"]), (Some("openid"), &Value::Null));
    let (_, all) = ledger.refresh(&less["refresh_token"]).await;
    assert_eq!(all["scope"], "openid profile offline_access", "what was granted stays granted");
    let own = script.sign_in(&browser, SCOPE).await;
    assert_eq!(script.refresh(&own["refresh_token"]).await.0, 200, "a public client has its id alone");
    let (status, answer) = ledger.post("/oauth2/token", &[("grant_type", "refresh_token")]).await;
    assert_eq!((status, answer["error"].as_str()), (400, Some("invalid_request")));
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_code_that_is_used_twice_ends_its_refresh_token(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = signed_in(&app).await;
    let ledger = Application::new(&app);
    let mut parameters = authorize_parameters();
    parameters.retain(|(name, _)| *name != "scope");
    parameters.push(("scope", SCOPE.to_owned()));
    let code = parameter(&browser.authorize(&parameters).await.location, "code");
    let (_, tokens) = ledger.post("/oauth2/token", &exchange(&code, VERIFIER)).await;
    assert_eq!(ledger.post("/oauth2/token", &exchange(&code, VERIFIER)).await.0, 400);
    assert_eq!(ledger.refresh_error(&tokens["refresh_token"]).await, "invalid_grant");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn tokens_are_given_back_and_asked_about(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = signed_in(&app).await;
    let ledger = Application::new(&app);
    let payroll = Application::register(&app, draft("payroll")).await;
    let script =
        Application::register(&app, NewClient { metadata: ClientMetadata::public(), ..draft("script") })
            .await;
    let tokens = ledger.sign_in(&browser, SCOPE).await;
    let (access, refresh) = (&tokens["access_token"], &tokens["refresh_token"]);
    let (_, told) = ledger.post("/oauth2/introspect", &[("token", access.as_str().unwrap())]).await;
    let id = claims(&tokens["id_token"]);
    assert_eq!(
        (&told["active"], &told["token_type"], &told["client_id"], &told["sub"], &told["exp"]),
        (&json!(true), &json!("Bearer"), &json!(CLIENT_ID), &id["sub"], &id["exp"])
    );
    assert!(ledger.is_active(refresh).await);
    assert!(!payroll.is_active(access).await, "another client's");
    assert!(!ledger.is_active(&json!("unknown")).await);
    let (status, answer) = script.post("/oauth2/introspect", &[("token", "x")]).await;
    assert_eq!(
        (status, answer["error"].as_str()),
        (401, Some("invalid_client")),
        "anybody may call itself so"
    );

    let give_back = |application: &'static str, token: &Value| {
        let client = if application == "payroll" { &payroll } else { &ledger };
        let token = token.as_str().unwrap().to_owned();
        async move { client.post("/oauth2/revoke", &[("token", &token), ("token_type_hint", "x")]).await.0 }
    };
    assert_eq!(give_back("payroll", refresh).await, 200);
    assert!(ledger.is_active(refresh).await, "another's token is let be");
    assert_eq!(give_back("ledger", access).await, 200);
    assert!(!ledger.is_active(access).await && ledger.is_active(refresh).await);
    let (_, next) = ledger.refresh(refresh).await;
    assert_eq!(give_back("ledger", &next["refresh_token"]).await, 200);
    assert!(!ledger.is_active(&next["access_token"]).await, "everything of the sign-in goes");
    assert_eq!(ledger.refresh_error(&next["refresh_token"]).await, "invalid_grant");
    assert_eq!(give_back("ledger", &json!("unknown")).await, 200);
    let (status, answer) = ledger.post("/oauth2/revoke", &[]).await;
    assert_eq!((status, answer["error"].as_str()), (400, Some("invalid_request")));
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'token.revoked'").await, 2);
    app.stop().await;
}

#[actix_web::test]
async fn scripts_of_any_origin_may_call_what_looks_at_no_cookie() {
    let app = TestApp::start(Sqlite).await;
    let http = reqwest::Client::new();
    for path in ["/oauth2/token", "/oauth2/revoke", "/oauth2/userinfo"] {
        let url = format!("{}{path}", app.base_url);
        let asked = http.request(reqwest::Method::OPTIONS, &url).header("origin", "https://spa.example");
        let asked = asked.header("access-control-request-headers", "authorization").send().await.unwrap();
        assert_eq!(asked.status(), 204, "{path}");
        assert_eq!(asked.headers()["access-control-allow-origin"], "*", "{path}");
        assert!(asked.headers()["access-control-allow-headers"].to_str().unwrap().contains("authorization"));
        let refused = http.post(&url).header("origin", "https://spa.example").send().await.unwrap();
        assert!(refused.status().is_client_error(), "{path}");
        assert_eq!(refused.headers()["access-control-allow-origin"], "*", "{path}: a refusal is readable");
    }
    for path in ["/oauth2/authorize", "/oauth2/introspect", "/login"] {
        let asked = http.get(format!("{}{path}", app.base_url)).header("origin", "https://spa.example");
        let answer = asked.send().await.unwrap();
        assert!(!answer.headers().contains_key("access-control-allow-origin"), "{path}");
    }
    app.stop().await;
}
