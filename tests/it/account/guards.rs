//! Who may not: strangers, other people, stale sign-ins, new phones, other sites.

use avain::domain::membership::Access;
use avain::flows::invite;
use rstest::rstest;

use super::signed_in;
use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

type Fields = &'static [(&'static str, &'static str)];

/// Every form of the page, and what it answers to whoever may send it; `{device}` and `{session}` stand for somebody else's.
const FORMS: [(&str, Fields, u16); 10] = [
    ("/account/email/code", &[("code", "123456")], 409),
    ("/account/email/send", &[], 409),
    ("/account/email", &[("email", "x@y.example")], 303),
    ("/account/email/give-up", &[], 303),
    ("/account/language", &[("language", "fi")], 303),
    ("/account/data", &[], 200),
    ("/account/sessions/{session}/end", &[], 404),
    ("/account/devices/{device}/name", &[("name", "Mine")], 404),
    ("/account/devices/{device}/removal", &[("why", "lost")], 404),
    ("/account/sessions/end", &[], 303),
];

#[rstest]
#[actix_web::test]
async fn nobody_touches_another_one_s_account(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, phone) = signed_in(&app).await;
    let device = phone.profile.device_id.clone();
    let session = app.text("SELECT id FROM sessions").await;
    let fill = |path: &str| path.replace("{device}", &device).replace("{session}", &session);
    let company = invite::add_company(&app.services, "Seitsemän Oy").await.unwrap();
    let (_, stranger_phone) = app.administrator_of(company).await;
    let (nobody, stranger) = (app.browser(), app.browser());
    stranger.visit_with(&stranger_phone, "/account").await;
    let before = app.database.row_counts().await;
    for (path, form, _) in FORMS {
        assert_eq!(nobody.post(&fill(path), form).await.status, 401, "{path}");
        for origin in ["https://evil.example", "null", ""] {
            let page = browser.post_from(origin, &fill(path), form).await;
            assert!(page.status == 403 && page.body.contains("origin_foreign"), "{path}: {}", page.body);
        }
    }
    for path in ["/account", "/account/email", &format!("/account/devices/{device}")] {
        assert_eq!(nobody.get(path).await.status, 303, "{path}: first sign in");
    }
    assert_eq!(stranger.get(&format!("/account/devices/{device}")).await.status, 404);
    assert_eq!(app.database.row_counts().await, before, "nothing was written");
    for (path, form, expected) in FORMS {
        assert_eq!(stranger.post(&fill(path), form).await.status, expected, "{path}");
    }
    assert_eq!(browser.get("/account").await.status, 200, "still signed in");
    assert_eq!(app.count("SELECT COUNT(*) FROM devices WHERE state = 'active'").await, 2);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_could_lock_somebody_out_wants_a_fresh_sign_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, phone) = signed_in(&app).await;
    app.pass(15 * 60);
    assert!(browser.get("/account").await.body.contains("Sign in again"));
    let device = format!("/account/devices/{}", phone.profile.device_id);
    let before = app.database.row_counts().await;
    let forms: [(&str, &[(&str, &str)]); 4] = [
        ("/account/email", &[("email", "x@y.example")]),
        ("/account/email/code", &[("code", "123456")]),
        ("/account/data", &[]),
        (&format!("{device}/removal"), &[("why", "lost")]),
    ];
    for (path, form) in forms {
        let page = browser.post(path, form).await;
        assert!(page.status == 403 && page.body.contains("fresh_sign_in_needed"), "{path}: {}", page.body);
        assert!(page.body.contains("/sign-in?to=%2Faccount&#38;fresh=1"), "{path}: {}", page.body);
    }
    assert_eq!(app.database.row_counts().await, before);
    assert_eq!(browser.post(&format!("{device}/name"), &[("name", "Mine")]).await.status, 303);
    browser.visit_with(&phone, "/sign-in?to=%2Faccount&fresh=1").await;
    assert_eq!(browser.post("/account/email", &[("email", "x@y.example")]).await.status, 303);
    app.stop().await;
}

/// Whoever stole a mailbox and a phone number enrols a phone of their own, and would begin with this.
#[rstest]
#[actix_web::test]
async fn a_phone_on_probation_cannot_touch_what_an_older_one_rests_on(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let person = app.add_person(Access::Browser, Some("+372 5555 0101")).await;
    let old = app.enrol_person(person).await;
    app.pass(25 * 3600);
    let new = app.enrol_person(person).await;
    let browser = app.browser();
    browser.visit_with(&new, "/account").await;
    let removal = format!("/account/devices/{}/removal", old.profile.device_id);
    let forms: [(&str, &[(&str, &str)]); 2] =
        [("/account/email", &[("email", "x@y.example")]), (&removal, &[("why", "unused")])];
    for (path, form) in forms {
        let page = browser.post(path, form).await;
        assert!(page.status == 403 && page.body.contains("device_on_probation"), "{path}: {}", page.body);
    }
    app.pass(24 * 3600);
    browser.visit_with(&new, "/account").await;
    for (path, form) in forms {
        assert_eq!(browser.post(path, form).await.status, 303, "{path}: after the first day");
    }
    app.stop().await;
}
