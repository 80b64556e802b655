//! The relay harness: somebody streams the QR code of their own page to a victim. What is late is refused, what looks relayed
//! costs a code.

use std::path::PathBuf;

use avain::config::GeoIpSettings;
use mobile_sim::Phone;
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::browser::Browser;
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::sign_in::code_of;

const HELSINKI: &str = "192.0.2.10";
const TAMPERE: &str = "198.51.100.10";
const AMSTERDAM: &str = "203.0.113.10";

/// Signs in with a frame that is so old when it is scanned; tells how the sign-in goes on.
async fn relay(app: &TestApp, phone: &Phone, browser: &Browser, seconds: u64) -> String {
    browser.forget_session();
    let attempt = browser.start_sign_in().await.attempt;
    let frame = browser.frame(&attempt).await;
    app.pass(seconds);
    let scanned = phone.scan(&frame).await;
    if seconds >= 5 {
        return code_of(scanned);
    }
    phone.answer(&scanned.unwrap(), browser.approval(&attempt).await).await.unwrap();
    outcome(browser, &attempt).await
}

async fn outcome(browser: &Browser, attempt: &str) -> String {
    let page = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    assert_eq!(page.status, 303, "{}", page.body);
    page.location.split('?').next().unwrap().to_owned()
}

async fn reasons(app: &TestApp) -> Vec<String> {
    app.database.texts("SELECT detail FROM audit WHERE event = 'second_factor.asked' ORDER BY id").await
}

#[rstest]
#[actix_web::test]
async fn an_older_frame_costs_a_code_and_an_old_one_is_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    for (seconds, expected) in [
        (0, "/oauth2/resume"),
        (1, "/oauth2/resume"),
        (2, "/oauth2/resume"),
        (3, "/oauth2/resume"),
        (4, "/login/second-factor"),
        (6, "frame_expired"),
        (10, "frame_expired"),
    ] {
        assert_eq!(relay(&app, &phone, &browser, seconds).await, expected, "{seconds} s");
    }
    assert_eq!(reasons(&app).await, ["old_frame"], "the same browser would not be asked otherwise");
    assert_eq!(app.count("SELECT frame_age FROM login_attempts WHERE state = 'second_factor'").await, 4_000);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_second_phone_before_the_same_code_costs_a_code(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (first, second) = (app.enrolled_phone().await, app.enrolled_phone().await);
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let frame = browser.frame(&attempt).await;
    let challenge = first.scan(&frame).await.unwrap();
    for _ in 0..3 {
        assert_eq!(code_of(second.scan(&frame).await), "attempt_taken");
    }
    first.answer(&challenge, browser.approval(&attempt).await).await.unwrap();
    assert_eq!(outcome(&browser, &attempt).await, "/login/second-factor");
    assert_eq!(reasons(&app).await, ["second_phone"]);
    assert_eq!(
        app.count("SELECT COUNT(*) FROM audit WHERE event = 'attempt.contested'").await,
        1,
        "noted once"
    );
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn phone_and_browser_in_different_countries_cost_a_code(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start_with(engine, |settings| {
        settings.server.trusted_proxies = vec!["127.0.0.1".to_owned()];
        let file = PathBuf::from("tests/fixtures/places.mmdb");
        settings.geoip = Some(GeoIpSettings { file });
    })
    .await;
    let mut phone = app.enrolled_phone().await;
    let browser = app.browser().from(HELSINKI);
    let at = |address| app.phone_server().with_forwarded(address);
    for (place, expected) in [
        (HELSINKI, "/oauth2/resume"),
        (TAMPERE, "/oauth2/resume"),
        (AMSTERDAM, "/login/second-factor"),
        ("10.0.0.1", "/oauth2/resume"),
    ] {
        phone.server = at(place);
        assert_eq!(relay(&app, &phone, &browser, 0).await, expected, "{place}");
    }
    assert_eq!(reasons(&app).await, ["other_country"]);
    browser.forget_session();
    let attempt = browser.start_sign_in().await.attempt;
    let challenge = phone.scan(&browser.frame(&attempt).await).await.unwrap();
    assert_eq!(challenge.place, "Helsinki, Finland (192.0.2.10)");
    assert!(challenge.display_text.contains("Helsinki, Finland (192.0.2.10)"), "{}", challenge.display_text);
    app.stop().await;
}
