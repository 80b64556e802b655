//! "It was not me": a notice arrives, and its receiver answers.

use avain::domain::membership::Access;
use avain::domain::message::Channel;
use rstest::rstest;

use super::{digits_in, mails_to, objection_in, signed_in};
use crate::harness::TestApp;
use crate::harness::browser::value_after;
use crate::harness::database::{Engine, Postgres, Sqlite};

const OWNER: &str = "mart.tamm@kuusi.example";
const ADMINISTRATOR: &str = "kaisa.virtanen@kuusi.example";

#[rstest]
#[actix_web::test]
async fn a_device_that_its_owner_does_not_know_is_removed(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    app.administrator_of(app.company).await;
    let (browser, phone) = signed_in(&app).await;
    let mail = mails_to(&app, OWNER).await.pop().unwrap();
    assert!(mail.subject.starts_with("A new device was added"), "{}", mail.subject);
    let code = objection_in(&mail);
    let sms = app.last_message(Channel::Sms).await;
    assert_eq!(objection_in(&sms), code, "both ways lead to the same");
    let nobody = app.browser();
    assert!(nobody.get("/not-me").await.body.contains("You are signed out everywhere."));
    assert_eq!(app.count("SELECT COUNT(*) FROM objections WHERE used_at IS NOT NULL").await, 0);

    let typed = code.to_lowercase().replace('-', " ");
    let done = nobody.post("/not-me", &[("code", &typed)]).await;
    assert!(done.status == 200 && done.body.contains("this was reported"), "{}", done.body);
    assert_eq!(browser.get("/account").await.status, 303, "signed out");
    let late = app.browser();
    let attempt = late.start_sign_in().await.attempt;
    let refused = phone.scan(&late.frame(&attempt).await).await;
    assert_eq!(refused.err().and_then(|error| error.code().map(str::to_owned)).unwrap(), "device_revoked");
    let call = mails_to(&app, ADMINISTRATOR).await.pop().unwrap();
    assert!(call.subject.contains("Mart Tamm") && call.body.contains("It was removed."), "{}", call.body);
    let again = nobody.post("/not-me", &[("code", &code)]).await;
    assert!(again.status == 409 && again.body.contains("objection_used"), "{}", again.body);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_address_that_somebody_else_changed_comes_back(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    app.administrator_of(app.company).await;
    let (browser, _) = signed_in(&app).await;
    for address in ["thief@one.example", "thief@two.example"] {
        browser.post("/account/email", &[("email", address)]).await;
        let code = digits_in(&mails_to(&app, address).await[0].body);
        assert_eq!(browser.post("/account/email/code", &[("code", &code)]).await.status, 303);
        app.pass(1);
    }
    let first = objection_in(&mails_to(&app, OWNER).await.pop().unwrap());
    let second = objection_in(&mails_to(&app, "thief@one.example").await.pop().unwrap());
    assert_eq!(app.browser().post("/not-me", &[("code", &first)]).await.status, 200);
    let email = "SELECT email FROM persons WHERE name = 'Mart Tamm'";
    assert_eq!(app.text(email).await, OWNER);
    assert_eq!(browser.get("/account").await.status, 303, "whoever changed it is out");
    let back = app.browser().post("/not-me", &[("code", &second)]).await;
    assert_eq!(back.status, 409, "the thief cannot take it back with a notice of their own");
    assert_eq!(app.text(email).await, OWNER);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_sign_in_from_a_new_network_is_told_and_can_be_objected_to(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start_behind(engine, &["127.0.0.1"]).await;
    let phone = app.enrolled_phone().await;
    let home = app.browser().from("198.51.100.7");
    home.visit_with(&phone, "/account").await;
    let told = mails_to(&app, OWNER).await.len();
    home.visit_with(&phone, "/sign-in?to=%2Faccount&fresh=1").await;
    assert_eq!(mails_to(&app, OWNER).await.len(), told, "nothing is new at home");

    let train = home.twin().from("203.0.113.9");
    train.visit_with(&phone, "/sign-in?to=%2Faccount&fresh=1").await;
    let mail = mails_to(&app, OWNER).await.pop().unwrap();
    assert_eq!(mail.subject, "You signed in from a new network");
    assert!(mail.body.contains("203.0.113.9") && mail.body.contains("Pixel 8"), "{}", mail.body);
    assert_eq!(app.browser().post("/not-me", &[("code", &objection_in(&mail))]).await.status, 200);
    for browser in [&home, &train] {
        assert_eq!(browser.get("/account").await.status, 303);
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM devices WHERE state = 'active'").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM known_origins").await, 0);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_code_in_a_new_place_is_followed_by_a_notice(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start_behind(engine, &["127.0.0.1"]).await;
    let phone = app.enrolled_phone().await;
    let home = app.browser().from("198.51.100.7");
    home.visit_with(&phone, "/account").await;
    home.post("/account/language", &[("language", "et")]).await;
    let elsewhere = app.browser().from("203.0.113.9");
    let attempt = elsewhere.start_sign_in().await.attempt;
    elsewhere.approve(&phone, &attempt).await;
    let asked = elsewhere.visit(&format!("/login/collect?attempt={attempt}")).await;
    assert!(asked.body.contains("<html lang=\"et\""), "in the person's language: {}", asked.body);
    let id = value_after(&asked.body, "name=\"attempt\" value=\"");
    let code = app.confirmation_code().await;
    assert_eq!(
        elsewhere.post("/login/second-factor", &[("attempt", &id), ("code", &code)]).await.status,
        303
    );
    let mail = mails_to(&app, OWNER).await.pop().unwrap();
    assert_eq!(mail.subject, "Logisid sisse uuest võrgust");
    assert!(app.last_message(Channel::Sms).await.body.starts_with(&code), "no further SMS");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn codes_that_are_wrong_late_or_odd_are_explained(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    app.enrolled_phone().await;
    let code = objection_in(&mails_to(&app, OWNER).await.pop().unwrap());
    let nobody = app.browser();
    for typed in ["", "x", "0000-0000-0000-0000", "\u{0}", &"A".repeat(5_000)] {
        let page = nobody.post("/not-me", &[("code", typed)]).await;
        assert!(page.status == 404 && page.body.contains("objection_unknown"), "{typed}: {}", page.body);
    }
    assert_eq!(nobody.post("/not-me", &[]).await.status, 400);
    app.pass(7 * 24 * 3600);
    let late = nobody.post("/not-me", &[("code", &code)]).await;
    assert!(late.status == 410 && late.body.contains("objection_expired"), "{}", late.body);
    assert_eq!(app.count("SELECT COUNT(*) FROM devices WHERE state = 'active'").await, 1);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn each_of_several_devices_can_be_objected_to(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let person = app.add_person(Access::Browser, Some("+372 5555 0101")).await;
    for _ in 0..2 {
        app.enrol_person(person).await;
        app.pass(1);
    }
    let mails = mails_to(&app, OWNER).await;
    let notices: Vec<_> = mails.iter().filter(|mail| mail.body.contains("/not-me#")).collect();
    assert_eq!(notices.len(), 2);
    for (left, notice) in [(1, notices[0]), (0, notices[1])] {
        let done = app.browser().post("/not-me", &[("code", &objection_in(notice))]).await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert_eq!(app.count("SELECT COUNT(*) FROM devices WHERE state = 'active'").await, left);
    }
    app.stop().await;
}
