//! An application asks to sign its person out: `/oauth2/logout`.

use rstest::rstest;
use serde_json::Value;

use crate::harness::TestApp;
use crate::harness::application::{Application, GOODBYE_URI, draft, signed_in};
use crate::harness::browser::{Browser, Page, value_after};
use crate::harness::database::{Engine, Postgres, Sqlite};

const SCOPE: &str = "openid offline_access";
const LIVE_SESSIONS: &str = "SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL";

async fn ask(browser: &Browser, pairs: &[(&str, &str)]) -> Page {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    browser.get(&format!("/oauth2/logout?{query}")).await
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[rstest]
#[actix_web::test]
async fn an_id_token_of_this_session_signs_out_at_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let payroll = Application::register(&app, draft("payroll")).await;
    let browser = signed_in(&app).await;
    let tokens = payroll.sign_in(&browser, SCOPE).await;
    app.pass(25 * 60);
    let pairs = [
        ("id_token_hint", text(&tokens["id_token"])),
        ("post_logout_redirect_uri", GOODBYE_URI),
        ("state", "a state"),
    ];
    for visit in ["first", "second"] {
        let page = ask(&browser, &pairs).await;
        assert_eq!(page.location, format!("{GOODBYE_URI}&state=a+state"), "{visit}: {}", page.body);
        assert_eq!(app.count(LIVE_SESSIONS).await, 0, "{visit}");
    }
    assert_eq!(payroll.refresh_error(&tokens["refresh_token"]).await, "invalid_grant");
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'session.signed_out'").await, 1);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn without_proof_the_person_is_asked(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let payroll = Application::register(&app, draft("payroll")).await;
    let browser = signed_in(&app).await;
    let other = signed_in(&app).await;
    let foreign = payroll.sign_in(&other, SCOPE).await;
    let plain = [("client_id", "payroll"), ("post_logout_redirect_uri", GOODBYE_URI), ("state", "\"><b>")];
    let of_another = [("id_token_hint", text(&foreign["id_token"]))];
    for pairs in [&plain[..], &plain[..1], &of_another, &[]] {
        let page = ask(&browser, pairs).await;
        assert_eq!(page.status, 200, "{pairs:?}");
        assert!(page.body.contains("Sign out?") && !page.body.contains("<b>"), "{}", page.body);
    }
    assert_eq!(app.count(LIVE_SESSIONS).await, 2, "nothing has ended");
    let evil = browser.post_from("https://evil.example", "/oauth2/logout/confirm", &plain).await;
    assert_eq!(evil.status, 403, "{}", evil.body);
    let page = browser.post("/oauth2/logout/confirm", &plain).await;
    assert_eq!(page.location, format!("{GOODBYE_URI}&state=%22%3E%3Cb%3E"), "{}", page.body);
    assert_eq!(app.count(LIVE_SESSIONS).await, 1);
    let page = ask(&browser, &[]).await;
    assert_eq!(page.location, "/oauth2/logout/done", "nobody is signed in any longer");
    assert!(browser.get("/oauth2/logout/done").await.body.contains("You are signed out"));
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_application_may_ask_by_form(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let payroll = Application::register(&app, draft("payroll")).await;
    let browser = signed_in(&app).await;
    let tokens = payroll.sign_in(&browser, SCOPE).await;
    // The form of another site carries no cookie.
    let elsewhere = app.browser();
    let sent = elsewhere.post("/oauth2/logout", &[("client_id", "payroll"), ("state", "x")]).await;
    assert_eq!(sent.location, "/oauth2/logout?client_id=payroll&state=x");
    assert_eq!(app.count(LIVE_SESSIONS).await, 1);
    let sent = elsewhere.post("/oauth2/logout", &[("id_token_hint", text(&tokens["id_token"]))]).await;
    assert_eq!((sent.status, sent.location.as_str()), (303, "/oauth2/logout/done"));
    assert_eq!(app.count(LIVE_SESSIONS).await, 0, "the token names the session");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn nobody_is_sent_to_a_stranger(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let payroll = Application::register(&app, draft("payroll")).await;
    let browser = signed_in(&app).await;
    let tokens = payroll.sign_in(&browser, SCOPE).await;
    let hint = text(&tokens["id_token"]);
    let (head, signature) = hint.rsplit_once('.').unwrap();
    let forged = format!("{head}.{}", signature.chars().rev().collect::<String>());
    let refused: [(&[(&str, &str)], &str); 7] = [
        (
            &[("id_token_hint", hint), ("post_logout_redirect_uri", "https://evil.example/")],
            "redirect_uri_invalid",
        ),
        (
            &[("client_id", "payroll"), ("post_logout_redirect_uri", "http://127.0.0.1:1/goodbye")],
            "redirect_uri_invalid",
        ),
        (&[("post_logout_redirect_uri", GOODBYE_URI)], "redirect_uri_invalid"),
        (&[("client_id", "nobody")], "client_unknown"),
        (&[("id_token_hint", &forged)], "authorize_request_invalid"),
        (&[("id_token_hint", hint), ("client_id", "ledger")], "authorize_request_invalid"),
        (&[("client_id", "payroll"), ("client_id", "ledger")], "authorize_request_invalid"),
    ];
    for (pairs, code) in refused {
        let page = ask(&browser, pairs).await;
        assert_eq!((page.status, page.location.as_str()), (400, ""), "{pairs:?}");
        assert!(page.body.contains(code), "{pairs:?}: {}", page.body);
    }
    assert_eq!(app.count(LIVE_SESSIONS).await, 1, "nothing has ended");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_id_token_of_an_earlier_session_still_says_who_is_meant(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let payroll = Application::register(&app, draft("payroll")).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let mut tokens = Value::Null;
    for _ in 0..2 {
        let attempt = browser.start_sign_in().await.attempt;
        browser.approve(&phone, &attempt).await;
        browser.finish_sign_in(&attempt).await;
        if tokens.is_null() {
            tokens = payroll.sign_in(&browser, SCOPE).await;
            browser.forget_session();
        }
    }
    let mine = [("id_token_hint", text(&tokens["id_token"])), ("post_logout_redirect_uri", GOODBYE_URI)];
    let other = signed_in(&app).await;
    let asked = ask(&other, &mine).await;
    assert_eq!(asked.status, 200, "somebody else's browser");
    let page = browser.get(&format!("/oauth2/logout?{}", "lang=en")).await;
    assert!(page.body.contains("Sign out?"), "{}", page.body);
    let page = ask(&browser, &mine).await;
    assert_eq!(page.location, GOODBYE_URI, "{}", page.body);
    assert_eq!(app.count(LIVE_SESSIONS).await, 1, "both of the person's, and not the other's");

    let named = |name: &str| value_after(&asked.body, &format!("name=\"{name}\" value=\""));
    let (client, uri) = (named("client_id"), named("post_logout_redirect_uri"));
    let form = [("client_id", client.as_str()), ("post_logout_redirect_uri", uri.as_str())];
    assert_eq!(other.post("/oauth2/logout/confirm", &form).await.location, GOODBYE_URI, "{form:?}");
    assert_eq!(app.count(LIVE_SESSIONS).await, 0);
    app.stop().await;
}
