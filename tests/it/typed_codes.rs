//! The code for those who cannot scan: as strong as the QR code, number match and all.

use avain_proto::dsse;
use mobile_sim::OwnerDecision;
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::browser::{Browser, value_after};
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::sign_in::code_of;

/// Asks the page for a code to type; gives back the attempt and the code.
async fn ask_for_code(app: &TestApp, browser: &Browser) -> (String, String) {
    let request = browser.start_sign_in().await.request;
    app.pass(1);
    let asked = browser.post("/login/restart", &[("request", &request), ("entry", "type")]).await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    let page = browser.get(&asked.location).await;
    let code = page.body.split("id=\"typed-code\"><span aria-hidden=\"true\">").nth(1).unwrap();
    let code = code.split('<').next().unwrap().to_owned();
    let spelled: Vec<String> = code.chars().filter(|letter| *letter != '-').map(String::from).collect();
    assert!(page.body.contains(&spelled.join(", ")), "as a screen reader speaks it: {}", page.body);
    (value_after(&page.body, "name=\"attempt\" value=\""), code)
}

#[rstest]
#[actix_web::test]
async fn a_typed_code_signs_in_like_a_scan(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let (attempt, code) = ask_for_code(&app, &browser).await;
    assert_eq!(code.len(), 9, "{code}");
    let typed = format!(" {} ", code.to_lowercase().replace('-', " "));
    let challenge = phone.enter_code(&typed).await.unwrap();
    assert_eq!((challenge.numbers.len(), challenge.flow), (5, 4), "FLOW_TYPED, with numbers");
    assert_eq!(code_of(phone.answer(&challenge, OwnerDecision::Approve).await), "answer_invalid");
    phone.answer(&challenge, browser.approval(&attempt).await).await.unwrap();
    let location = browser.finish_sign_in(&attempt).await;
    assert!(location.contains("code="), "{location}");
    let late = phone.enter_code(&code).await;
    assert_eq!(code_of(late), "attempt_finished");
    assert_eq!(
        app.count("SELECT COUNT(*) FROM login_attempts WHERE flow = 'typed' AND frame_age IS NULL").await,
        1
    );
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_code_belongs_to_the_first_phone_and_dies_with_its_attempt(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let (phone, other) = (app.enrolled_phone().await, app.enrolled_phone().await);
    let browser = app.browser();
    let (attempt, code) = ask_for_code(&app, &browser).await;
    let first = phone.enter_code(&code).await.unwrap();
    assert_eq!(phone.enter_code(&code).await.unwrap().server_nonce, first.server_nonce, "a lost reply");
    assert_eq!(code_of(other.enter_code(&code).await), "attempt_taken");
    browser.post("/login/cancel", &[("attempt", &attempt)]).await;
    assert_eq!(code_of(phone.enter_code(&code).await), "attempt_cancelled");
    let (_, code) = ask_for_code(&app, &app.browser()).await;
    app.pass(120);
    assert_eq!(code_of(phone.enter_code(&code).await), "attempt_expired");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_ordinary_page_has_no_code_and_the_database_never(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = app.browser();
    assert!(!browser.start_sign_in().await.page.body.contains("id=\"typed-code\""));
    let (_, code) = ask_for_code(&app, &browser).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM login_attempts WHERE typed_code_hash IS NOT NULL").await, 1);
    let bare = code.replace('-', "");
    let found = app
        .count(&format!(
            "SELECT COUNT(*) FROM login_attempts WHERE typed_code_hash = CAST('{bare}' AS {})",
            if engine == Sqlite { "BLOB" } else { "BYTEA" }
        ))
        .await;
    assert_eq!(found, 0, "a keyed hash");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_phone_that_guesses_is_stopped(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let (_, code) = ask_for_code(&app, &app.browser()).await;
    for malformed in ["", "K7QF", "K7QF-29XU", "K7QF-29XM-1"] {
        assert_eq!(code_of(phone.enter_code(malformed).await), "typed_code_malformed", "{malformed}");
    }
    let guesses = (0..20).map(|number| {
        let phone = phone.clone();
        async move { code_of(phone.enter_code(&format!("0000-00{number:02}")).await) }
    });
    let answers = futures_util::future::join_all(guesses).await;
    assert_eq!(answers.iter().filter(|answer| *answer == "typed_code_unknown").count(), 10, "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| *answer == "typed_code_stopped").count(), 10, "{answers:?}");
    assert_eq!(code_of(phone.enter_code(&code).await), "typed_code_stopped", "not even the right one");
    app.pass(15 * 60 + 1);
    let (_, fresh) = ask_for_code(&app, &app.browser()).await;
    assert_eq!(code_of(phone.enter_code(&fresh).await), "accepted");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_scan_is_no_typed_code_and_the_other_way_round(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let (attempt, code) = ask_for_code(&app, &browser).await;
    assert_eq!(code_of(phone.scan_unchecked(&code).await), "frame_invalid");
    assert_eq!(code_of(phone.enter_code(&browser.frame(&attempt).await).await), "typed_code_malformed");
    let envelope = phone.key.sign(dsse::LOGIN_SCAN, b"anything");
    assert_eq!(code_of(phone.submit_code(&envelope).await), "payload_type_wrong");
    app.stop().await;
}
