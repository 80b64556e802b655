//! What people do at `/account`, and what they answer to notices, as their browsers and phones meet it.

mod guards;
mod objections;

use avain::domain::membership::Access;
use avain::domain::message::{Channel, Message};
use avain_proto::v1::{PushAddress, PushProvider};
use mobile_sim::{OwnerDecision, Phone};
use rstest::rstest;
use serde_json::Value;

use crate::harness::TestApp;
use crate::harness::browser::{Browser, value_after};
use crate::harness::database::{Engine, Postgres, Sqlite};

/// Somebody who has just signed in to their own page, with one phone.
async fn signed_in(app: &TestApp) -> (Browser, Phone) {
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let page = browser.visit_with(&phone, "/account").await;
    assert_eq!(page.status, 200, "{}", page.body);
    (browser, phone)
}

async fn mails_to(app: &TestApp, address: &str) -> Vec<Message> {
    let messages = app.messages().await;
    messages.into_iter().filter(|message| message.channel == Channel::Mail && message.to == address).collect()
}

fn digits_in(text: &str) -> String {
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    text.split_whitespace().find(is_code).unwrap().to_owned()
}

/// The code behind the `#` of a notice's link.
pub(crate) fn objection_in(message: &Message) -> String {
    message.body.split("/not-me#").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

#[rstest]
#[actix_web::test]
async fn a_new_address_is_proved_by_its_code_and_the_old_one_is_told(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let (browser, _) = signed_in(&app).await;
    let asked = browser.post("/account/email", &[("email", "mart@uus.example")]).await;
    assert_eq!((asked.status, asked.location.as_str()), (303, "/account/email"));
    let page = browser.get("/account/email").await;
    assert!(page.body.contains("mart@uus.example") && page.body.contains("one-time-code"), "{}", page.body);
    assert!(browser.get("/account").await.body.contains("is waiting for its code"));
    let code = digits_in(&mails_to(&app, "mart@uus.example").await[0].body);
    assert_eq!(app.text("SELECT email FROM persons").await, "mart.tamm@kuusi.example", "not before the code");

    let wrong = if code == "111111" { "222222" } else { "111111" };
    let refused = browser.post("/account/email/code", &[("code", wrong)]).await;
    assert!(refused.status == 403 && refused.body.contains("Tries left: 4"), "{}", refused.body);
    assert_eq!(browser.post("/account/email/code", &[("code", "12")]).await.status, 403, "no try is spent");
    let done = browser.post("/account/email/code", &[("code", &code)]).await;
    assert_eq!(done.location, "/account?done=email", "{}", done.body);
    let shown = browser.get(&done.location).await.body;
    assert!(shown.contains("mart@uus.example") && shown.contains("The old address was told."), "{shown}");
    let told = mails_to(&app, "mart.tamm@kuusi.example").await;
    let told = told.last().unwrap();
    assert_eq!(told.subject, "Your e-mail address was changed");
    assert!(told.body.contains("m***@") && !told.body.contains("mart@uus"), "{}", told.body);
    let sms = app.last_message(Channel::Sms).await;
    assert!(sms.body.contains("e-mail address was changed") && sms.body.contains("/not-me#"), "{}", sms.body);
    assert_eq!(browser.post("/account/email/code", &[("code", &code)]).await.status, 409, "once");
    let stolen = String::from_utf8_lossy(&app.database.stolen().await).into_owned();
    assert!(!stolen.contains(&objection_in(told)), "codes of notices are kept as keyed hashes");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_code_for_a_new_address_has_its_limits(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, _) = signed_in(&app).await;
    for wrong in ["", "nobody", "a@b.fi\r\nBcc: c@d.fi", "MART.TAMM@kuusi.example"] {
        let page = browser.post("/account/email", &[("email", wrong)]).await;
        assert!(page.status == 400 && page.body.contains("aria-invalid"), "{wrong}: {}", page.body);
    }
    assert_eq!(browser.get("/account/email").await.status, 409, "nothing waits");
    browser.post("/account/email", &[("email", "mart@uus.example")]).await;
    let early = browser.post("/account/email/send", &[]).await;
    assert!(early.status == 429 && early.body.contains("email_sent_recently"), "{}", early.body);
    for _ in 0..2 {
        app.pass(60);
        assert_eq!(browser.post("/account/email/send", &[]).await.status, 303);
    }
    app.pass(60);
    let spent = browser.post("/account/email/send", &[]).await;
    assert!(spent.status == 429 && spent.body.contains("email_sends_exhausted"), "{}", spent.body);
    let mails = mails_to(&app, "mart@uus.example").await;
    let code = digits_in(&mails[0].body);
    assert!(mails.len() == 3 && mails.iter().all(|mail| mail.body.contains(&code)), "the same digits");

    let wrong = if code == "111111" { "222222" } else { "111111" };
    for _ in 0..4 {
        assert_eq!(browser.post("/account/email/code", &[("code", wrong)]).await.status, 403);
    }
    let locked = browser.post("/account/email/code", &[("code", wrong)]).await;
    assert!(locked.body.contains("email_code_locked"), "{}", locked.body);
    let late = browser.post("/account/email/code", &[("code", &code)]).await;
    assert!(late.body.contains("email_change_missing"), "the right code after the cap: {}", late.body);
    assert_eq!(app.text("SELECT email FROM persons").await, "mart.tamm@kuusi.example");

    for number in 1..10 {
        let address = format!("mart{number}@uus.example");
        assert_eq!(browser.post("/account/email", &[("email", &address)]).await.status, 303);
    }
    let many = browser.post("/account/email", &[("email", "mart@kolmas.example")]).await;
    assert!(many.status == 429 && many.body.contains("email_changes_exhausted"), "{}", many.body);
    browser.post("/account/email/give-up", &[]).await;
    assert_eq!(browser.get("/account/email").await.status, 409, "given up");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_code_for_a_new_address_dies_after_half_an_hour(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, phone) = signed_in(&app).await;
    browser.post("/account/email", &[("email", "mart@uus.example")]).await;
    let code = digits_in(&mails_to(&app, "mart@uus.example").await[0].body);
    app.pass(30 * 60);
    browser.visit_with(&phone, "/account").await;
    let late = browser.post("/account/email/code", &[("code", &code)]).await;
    assert!(late.status == 409 && late.body.contains("email_change_missing"), "{}", late.body);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn wrong_codes_at_once_are_never_more_than_five(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, _) = signed_in(&app).await;
    browser.post("/account/email", &[("email", "mart@uus.example")]).await;
    let code = digits_in(&mails_to(&app, "mart@uus.example").await[0].body);
    let wrong = if code == "111111" { "222222" } else { "111111" };
    let form = [("code", wrong)];
    let tries = (0..12).map(|_| browser.post("/account/email/code", &form));
    futures_util::future::join_all(tries).await;
    assert_eq!(app.count("SELECT wrong_codes FROM email_changes").await, 5);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn devices_are_renamed_and_removed_by_their_owner(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let person = app.add_person(Access::Browser, Some("+372 5555 0101")).await;
    let (old, new) = (app.enrol_person(person).await, app.enrol_person(person).await);
    let browser = app.browser();
    browser.visit_with(&old, "/account").await;
    // Past the first day of both phones; the browser is known by then.
    app.pass(25 * 3600);
    browser.visit_with(&old, "/account").await;
    let other = app.browser();
    let attempt = other.start_sign_in().await.attempt;
    other.approve(&new, &attempt).await;
    other.finish_sign_in(&attempt).await;

    let device = format!("/account/devices/{}", new.profile.device_id);
    let wrong = browser.post(&format!("{device}/name"), &[("name", " \u{200b} ")]).await;
    assert!(wrong.status == 400 && wrong.body.contains("aria-invalid"), "{}", wrong.body);
    browser.post(&format!("{device}/name"), &[("name", "Töö <telefon>")]).await;
    let page = browser.get("/account").await.body;
    assert!(page.contains("Töö &#60;telefon&#62;"), "{page}");
    assert!(!browser.get(&device).await.body.contains("This is your only device"));
    assert_eq!(other.get("/account").await.status, 200);
    let removed = browser.post(&format!("{device}/removal"), &[("why", "unused")]).await;
    assert_eq!(removed.location, "/account?done=removed", "{}", removed.body);
    assert_eq!(other.get("/account").await.status, 303, "what the phone signed in is over");
    assert_eq!(browser.get("/account").await.status, 200, "this browser was signed in by the other phone");
    let mail = app.last_message(Channel::Mail).await;
    assert!(mail.subject.contains("Töö <telefon>") && mail.body.contains("/not-me#"), "{}", mail.body);
    assert_eq!(browser.get(&device).await.status, 404, "gone");

    let last = format!("/account/devices/{}", old.profile.device_id);
    assert!(browser.get(&last).await.body.contains("This is your only device"));
    assert!(browser.get(&last).await.status == 200);
    let lost = browser.post(&format!("{last}/removal"), &[("why", "lost")]).await;
    assert_eq!(lost.location, "/account/signed-out?done=removed");
    assert!(browser.get(&lost.location).await.body.contains("The device was removed"));
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM known_origins").await, 0, "every place is new again");
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'own.device_removed'").await, 2);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn browsers_are_signed_out_from_afar(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, phone) = signed_in(&app).await;
    let other = app.browser();
    other.visit_with(&phone, "/account").await;
    let page = browser.get("/account").await.body;
    assert!(page.contains("This browser") && page.contains("Firefox on Linux, 127.0.0.1"), "{page}");
    assert!(
        page.contains("fingerprint or face") && page.contains("<td data-label=\"Application\">"),
        "{page}"
    );
    let end = value_after(&page, "class=\"inline\" method=\"post\" action=\"");
    assert_eq!(browser.post(&end, &[]).await.status, 303);
    assert_eq!(browser.post(&end, &[]).await.status, 303, "pressed twice");
    assert_eq!(other.get("/account").await.status, 303);
    assert_eq!(browser.get("/account").await.status, 200);

    other.visit_with(&phone, "/account").await;
    let gone = browser.post("/account/sessions/end", &[]).await;
    assert!(browser.get(&gone.location).await.body.contains("You are signed out everywhere"));
    for browser in [&browser, &other] {
        assert_eq!(browser.get("/account").await.status, 303);
    }
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_language_is_the_person_s_in_every_browser_and_message(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let (browser, phone) = signed_in(&app).await;
    browser.post("/account/language", &[("language", "et")]).await;
    assert!(browser.get("/account").await.body.contains("<html lang=\"et\""));
    let other = app.browser();
    let page = other.visit_with(&phone, "/account").await.body;
    assert!(page.contains("<html lang=\"et\""), "{page}");
    assert!(other.get("/account?lang=sv").await.body.contains("<html lang=\"sv\""), "a choice goes before");
    assert!(other.get("/account").await.body.contains("<html lang=\"sv\""), "and is kept");
    assert!(other.get("/").await.body.contains("<html lang=\"sv\""), "on other pages too");
    browser.post("/account/email", &[("email", "mart@uus.example")]).await;
    assert_eq!(mails_to(&app, "mart@uus.example").await[0].subject, "Kinnita oma uus e-posti aadress");
    assert_eq!(browser.post("/account/language", &[("language", "xx")]).await.status, 400);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn everything_stored_about_a_person_can_be_downloaded(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, mut phone) = signed_in(&app).await;
    phone.push =
        Some(PushAddress { provider: PushProvider::Fcm.into(), token: "a-registration-token".to_owned() });
    let file = browser.post("/account/data", &[]).await;
    let data: Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(data["remembered_browsers"][0]["device"], data["devices"][0]["name"]);
    let stranger = app.browser();
    let attempt = stranger.start_sign_in().await.attempt;
    let challenge = phone.scan(&stranger.frame(&attempt).await).await.unwrap();
    phone.answer(&challenge, OwnerDecision::NotMe).await.unwrap();
    let file = browser.post("/account/data", &[]).await;
    assert_eq!(file.status, 200, "{}", file.body);
    let data: Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(data["person"]["email"], "mart.tamm@kuusi.example");
    assert_eq!(data["companies"][0]["company"], "Kuusi Books Oy");
    assert_eq!(data["devices"][0]["id"], phone.profile.device_id.as_str());
    assert_eq!(data["devices"][0]["push"]["provider"], "fcm");
    assert!(!file.body.contains("a-registration-token"), "worth something to others");
    assert_eq!(data["sign_ins"][0]["address"], "127.0.0.1");
    assert_eq!(data["sign_ins"][0]["phone_address"], "127.0.0.1");
    for age in ["frame_age_at_scan_seconds", "frame_age_at_answer_seconds"] {
        assert_eq!(data["sign_ins"][0][age], 0.0, "the clock stood still");
    }
    assert_eq!(data["remembered_browsers"], serde_json::json!([]), "forgotten when it was not them");
    assert_eq!(data["suspicions"][0]["kind"], "not_me");
    let events: Vec<&str> =
        data["events"].as_array().unwrap().iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert!(events.contains(&"device.enrolled") && events.contains(&"own.data_taken"), "{events:?}");
    app.stop().await;
}
