//! The number that the page shows and the phone's owner picks.

use avain_proto::dsse;
use mobile_sim::OwnerDecision;
use prost::Message as _;
use rstest::rstest;
use serde_json::json;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::sign_in::code_of;

#[rstest]
#[actix_web::test]
async fn a_wrong_number_ends_the_attempt_at_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let challenge = phone.scan(&browser.frame(&attempt).await).await.unwrap();
    let right = browser.approval(&attempt).await;
    let is_wrong = |number: &&i32| OwnerDecision::ApproveNumber(**number) != right;
    let wrong: Vec<i32> = challenge.numbers.iter().filter(is_wrong).copied().collect();
    assert_eq!(wrong.len(), 4, "{:?}", challenge.numbers);

    assert_eq!(
        code_of(phone.answer(&challenge, OwnerDecision::ApproveNumber(wrong[0])).await),
        "number_wrong"
    );
    assert_eq!(code_of(phone.answer(&challenge, right).await), "attempt_finished", "no second guess");
    let state = browser.state(&attempt).await;
    assert_eq!((&state["state"], &state["deny_reason"]), (&json!("denied"), &json!("wrong-number")));
    assert_eq!(state["number"], "", "the number is not shown any longer");
    let page = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    assert_eq!(page.status, 403);
    assert!(page.body.contains("number_wrong"), "{}", page.body);
    assert_eq!(
        app.count("SELECT COUNT(*) FROM audit WHERE event = 'attempt.denied' AND detail = 'wrong-number'")
            .await,
        1
    );
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 0);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_number_of_another_sign_in_does_not_fit(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let (own, strange) = (app.browser(), app.browser());
    let attempts = [own.start_sign_in().await.attempt, strange.start_sign_in().await.attempt];
    let challenge = phone.scan(&own.frame(&attempts[0]).await).await.unwrap();
    let other = phone.scan(&strange.frame(&attempts[1]).await).await.unwrap();
    let mut moved = phone.login_answer(&other, own.approval(&attempts[0]).await);
    moved.attempt_id = challenge.attempt_id.clone();
    let envelope = phone.key.sign(dsse::LOGIN_ANSWER, &moved.encode_to_vec());
    assert_eq!(code_of(phone.submit_answer(&envelope).await), "nonce_mismatch");
    assert_eq!(own.state(&attempts[0]).await["state"], "scanned", "the honest phone may still answer");
    app.stop().await;
}
