//! Signing in by push: only where somebody signed in by QR before, only with the phone that was asked, and never too often.

use avain_proto::v1::{PushAddress, PushProvider};
use futures_util::future::join_all;
use mobile_sim::{OwnerDecision, Phone, PhoneError};
use rstest::rstest;

use super::outbox::start;
use super::provider::{Provider, say};
use crate::harness::TestApp;
use crate::harness::browser::{Browser, Page};
use crate::harness::database::{Engine, Postgres, Sqlite};

const OFFER: &str = "id=\"push\"";
const ASKED: &str = "id=\"pushed\"";

/// A phone that can be pushed to, and a browser that has signed in with it by QR.
async fn remembered(engine: Engine) -> (TestApp, Provider, Phone, Browser) {
    let (app, provider) = start(engine, &[say(200, "")]).await;
    let mut phone = app.enrolled_phone().await;
    phone.push = Some(PushAddress { provider: PushProvider::Fcm.into(), token: "token".to_owned() });
    let browser = app.browser();
    sign_in(&browser, &phone).await;
    (app, provider, phone, browser)
}

/// By QR; the session is forgotten at once, so that the next sign-in shows the page.
async fn sign_in(browser: &Browser, phone: &Phone) {
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(phone, &attempt).await;
    browser.finish_sign_in(&attempt).await;
    browser.forget_session();
}

async fn ask(browser: &Browser, attempt: &str) -> Page {
    browser.post("/login/push", &[("attempt", attempt)]).await
}

/// Works until nothing is queued any more.
async fn deliver(app: &TestApp) {
    app.messages().await;
}

fn code_of<T: std::fmt::Debug>(result: Result<T, PhoneError>) -> String {
    match result.unwrap_err() {
        PhoneError::Refused(problem) => problem.code,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[actix_web::test]
async fn a_browser_that_scanned_once_may_ask_the_phone(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, provider, phone, browser) = remembered(engine).await;
    let stranger = app.enrolled_phone().await;
    let opened = browser.start_sign_in().await;
    assert!(opened.page.body.contains(OFFER), "{}", opened.page.body);
    assert!(!opened.page.body.contains("Mart") && !opened.page.body.contains("Pixel"), "masked");
    let asked = ask(&browser, &opened.attempt).await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    let page = browser.get(&asked.location).await.body;
    assert!(page.contains(ASKED) && page.contains("id=\"qr\""), "the code stays: {page}");
    deliver(&app).await;
    assert!(provider.pushes()[0].body.contains(&opened.attempt), "{}", provider.pushes()[0].body);

    assert_eq!(code_of(stranger.claim_pending(&opened.attempt).await), "attempt_unknown");
    let challenge = phone.claim_pending(&opened.attempt).await.unwrap();
    assert_eq!((challenge.flow, challenge.numbers.len()), (2, 5), "FLOW_PUSH, with numbers");
    let again = phone.claim_pending(&opened.attempt).await.unwrap();
    assert_eq!(again.server_nonce, challenge.server_nonce, "a lost reply");
    assert_eq!(code_of(phone.answer(&challenge, OwnerDecision::Approve).await), "answer_invalid");
    let before = browser.cookies()["avain-remembered"].clone();
    phone.answer(&challenge, browser.approval(&opened.attempt).await).await.unwrap();
    assert!(browser.finish_sign_in(&opened.attempt).await.contains("code="));
    assert_eq!(browser.cookies()["avain-remembered"], before, "only a scan prolongs it");
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'attempt.pushed'").await, 1);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn no_other_browser_may_ask(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, provider, phone, browser) = remembered(engine).await;
    let stranger = app.browser();
    stranger.set_cookie("avain-remembered", &browser.cookies()["avain-remembered"]);
    for other in [&app.browser(), &stranger] {
        let opened = other.start_sign_in().await;
        assert!(!opened.page.body.contains(OFFER));
        assert!(ask(other, &opened.attempt).await.body.contains("push_unavailable"));
        assert_eq!(code_of(phone.claim_pending(&opened.attempt).await), "attempt_unknown");
    }
    let opened = browser.start_sign_in().await;
    assert!(ask(&stranger, &opened.attempt).await.body.contains("browser_mismatch"));
    app.pass(90 * 24 * 60 * 60);
    let late = browser.start_sign_in().await;
    assert!(ask(&browser, &late.attempt).await.body.contains("push_unavailable"));
    assert!(provider.pushes().is_empty());
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn three_in_ten_minutes_and_ten_in_vain_a_day(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, provider, _phone, browser) = remembered(engine).await;
    let mut taken = 0;
    for round in 0..5 {
        for _ in 0..4 {
            let attempt = browser.start_sign_in().await.attempt;
            let first = ask(&browser, &attempt).await;
            let second = ask(&browser, &attempt).await;
            assert_eq!(first.status, second.status, "the same attempt again is no second push");
            taken += usize::from(first.status == 303);
            assert!(first.status == 303 || first.body.contains("push_limit_reached"), "{}", first.body);
        }
        assert_eq!(taken, (3 * (round + 1)).min(10));
        app.pass(10 * 60);
    }
    deliver(&app).await;
    assert_eq!(provider.pushes().len(), 10);
    app.stop().await;
}

/// T06.
#[rstest]
#[actix_web::test]
async fn a_thousand_starts_give_three_pushes(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, provider, _phone, browser) = remembered(engine).await;
    let node = if engine == Postgres { Some(app.start_node().await) } else { None };
    let other = node.as_ref().map_or(&app.base_url, |node| &node.base_url);
    let browsers: Vec<Browser> =
        (0..20).map(|number| browser.through(if number % 2 == 0 { &app.base_url } else { other })).collect();
    let storms = browsers.iter().map(|browser| async move {
        let mut taken = 0;
        for _ in 0..50 {
            let attempt = browser.start_sign_in().await.attempt;
            taken += usize::from(ask(browser, &attempt).await.status == 303);
        }
        taken
    });
    assert_eq!(join_all(storms).await.iter().sum::<usize>(), 3);
    deliver(&app).await;
    assert_eq!(provider.pushes().len(), 3, "not one more, on however many nodes");
    if let Some(node) = node {
        node.stop().await;
    }
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn who_signs_out_everywhere_or_says_it_was_not_me_is_forgotten(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (app, provider, phone, browser) = remembered(engine).await;
    let account = browser.visit_with(&phone, "/account").await;
    assert_eq!(account.status, 200, "{}", account.body);
    browser.post("/account/sessions/end", &[]).await;
    browser.forget_session();
    assert!(!browser.start_sign_in().await.page.body.contains(OFFER), "signed out everywhere");

    sign_in(&browser, &phone).await;
    let opened = browser.start_sign_in().await;
    assert!(opened.page.body.contains(OFFER), "a scan brings it back");
    ask(&browser, &opened.attempt).await;
    let challenge = phone.claim_pending(&opened.attempt).await.unwrap();
    phone.answer(&challenge, OwnerDecision::NotMe).await.unwrap();
    assert!(!browser.start_sign_in().await.page.body.contains(OFFER), "it was not me");
    deliver(&app).await;
    assert_eq!(provider.pushes().len(), 1);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_phone_that_got_no_push_finds_the_sign_in_by_asking(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, _provider, phone, browser) = remembered(engine).await;
    let stranger = app.enrolled_phone().await;
    assert!(phone.list_pending().await.unwrap().is_empty());
    let attempt = browser.start_sign_in().await.attempt;
    ask(&browser, &attempt).await;
    assert_eq!(phone.list_pending().await.unwrap(), std::slice::from_ref(&attempt));
    assert!(stranger.list_pending().await.unwrap().is_empty(), "another phone hears nothing");
    let challenge = phone.claim_pending(&attempt).await.unwrap();
    assert!(phone.list_pending().await.unwrap().is_empty(), "it is taken");
    phone.answer(&challenge, browser.approval(&attempt).await).await.unwrap();
    browser.finish_sign_in(&attempt).await;

    browser.forget_session();
    let late = browser.start_sign_in().await.attempt;
    ask(&browser, &late).await;
    app.pass(120);
    assert!(phone.list_pending().await.unwrap().is_empty(), "its time is over");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_push_address_is_the_providers_kind_and_one_phones_own(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, _provider, phone, browser) = remembered(engine).await;
    let mut other = app.enrolled_phone().await;
    for (provider, token) in [
        (PushProvider::Fcm, "a b"),
        (PushProvider::Apns, "xyz"),
        (PushProvider::Unspecified, "token"),
        (PushProvider::Fcm, "a\0"),
    ] {
        other.push = Some(PushAddress { provider: provider.into(), token: token.to_owned() });
        assert_eq!(code_of(other.list_pending().await), "field_invalid", "{token:?}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM devices WHERE push_hash IS NOT NULL").await, 1);
    other.push.clone_from(&phone.push);
    sign_in(&app.browser(), &other).await;
    assert_eq!(
        app.count("SELECT COUNT(*) FROM devices WHERE push_hash IS NOT NULL").await,
        1,
        "the app was installed again"
    );
    let asked = ask(&browser, &browser.start_sign_in().await.attempt).await;
    assert!(
        asked.body.contains("push_unavailable"),
        "the phone that lost it cannot be asked: {}",
        asked.body
    );
    app.stop().await;
}
