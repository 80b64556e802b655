//! Keys that change, rows that go, copies that are put back.

use avain::flows::{backup, signing_keys, sweep, verify_logins};
use jsonwebtoken::decode_header;
use rstest::rstest;
use serde_json::Value;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{REDIRECT_URI, TestApp};
use crate::open_id_connect::signed_in_tokens;

const DAY: u64 = 24 * 60 * 60;

async fn published(app: &TestApp) -> Vec<String> {
    let document: Value = serde_json::from_str(&app.browser().get("/oauth2/jwks").await.body).unwrap();
    let keys = document["keys"].as_array().unwrap();
    keys.iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

async fn signing(app: &TestApp) -> String {
    let (_, tokens) = signed_in_tokens(app).await;
    decode_header(tokens["id_token"].as_str().unwrap()).unwrap().kid.unwrap()
}

#[rstest]
#[actix_web::test]
async fn a_new_key_is_published_a_day_before_it_signs_and_the_old_one_a_day_after(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let first = published(&app).await;
    assert_eq!(first.len(), 2);
    let old = signing(&app).await;
    assert!(signing_keys::rotate(&app.services).await.unwrap());
    assert!(!signing_keys::rotate(&app.services).await.unwrap(), "one rotation at a time");
    let both = published(&app).await;
    assert_eq!(both.len(), 4);
    app.pass(DAY - 1);
    assert_eq!(signing(&app).await, old, "nobody may know the new key yet");
    app.pass(1);
    let new = signing(&app).await;
    assert!(new != old && both.contains(&new), "it was published before");
    assert!(published(&app).await.contains(&old), "what it signed last is still accepted");
    app.pass(DAY);
    let last = published(&app).await;
    assert_eq!(last.len(), 2);
    assert!(!last.contains(&old) && last.contains(&new));
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn keys_are_replaced_when_they_are_ninety_days_old(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    app.pass(90 * DAY - 1);
    signing_keys::keep_fresh(&app.services).await.unwrap();
    assert_eq!(published(&app).await.len(), 2);
    app.pass(1);
    signing_keys::keep_fresh(&app.services).await.unwrap();
    assert_eq!(published(&app).await.len(), 4);
    signing_keys::keep_fresh(&app.services).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM signing_keys").await, 4);
    app.stop().await;
}

#[actix_web::test]
async fn nodes_learn_of_a_new_key_and_never_make_it_twice() {
    let app = TestApp::start(Postgres).await;
    let second = app.start_node().await;
    app.pass(90 * DAY);
    let (one, other) = futures_util::future::join(
        signing_keys::keep_fresh(&app.services),
        signing_keys::keep_fresh(&second.services),
    )
    .await;
    one.unwrap();
    other.unwrap();
    signing_keys::keep_fresh(&app.services).await.unwrap();
    signing_keys::keep_fresh(&second.services).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM signing_keys").await, 4);
    let here = app.browser().get("/oauth2/jwks").await.body;
    assert_eq!(app.browser().through(&second.base_url).get("/oauth2/jwks").await.body, here);
    second.stop().await;
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_is_over_goes_and_what_a_session_rests_on_stays(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    signed_in_tokens(&app).await;
    for _ in 0..600 {
        app.browser().start_sign_in().await;
    }
    app.browser().authorize(&crate::harness::browser::authorize_parameters()).await;
    assert_eq!(sweep::run(&app.services).await.unwrap(), 0, "nothing is over yet");
    app.pass(2 * DAY);
    let audit = app.count("SELECT COUNT(*) FROM audit").await;
    // 600 attempts, their requests and one more, one code with its token.
    assert_eq!(sweep::run(&app.services).await.unwrap(), 600 + 601 + 2);
    for (table, left) in [("login_attempts", 1), ("sign_in_requests", 1), ("grants", 0), ("access_tokens", 0)]
    {
        assert_eq!(app.count(&format!("SELECT COUNT(*) FROM {table}")).await, left, "{table}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM audit").await, audit, "the story stays");
    let report = verify_logins::verify(&app.services, avain::routes::read_kept_answer).await.unwrap();
    assert_eq!((report.sessions, report.unproven.len()), (1, 0));
    app.pass(40 * DAY);
    // Of the enrolment: mail and SMS with the codes, mail and SMS of the notice, and the right to object to it.
    assert_eq!(sweep::run(&app.services).await.unwrap(), 5);
    app.stop().await;
}

#[actix_web::test]
async fn a_copy_that_is_put_back_keeps_phones_and_voids_what_was_open() {
    let app = TestApp::start(Sqlite).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    browser.finish_sign_in(&attempt).await;
    let approved = app.browser();
    let open = approved.start_sign_in().await.attempt;
    approved.approve(&phone, &open).await;
    let invited = app.invite().await;

    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("avain.db");
    backup::write_copy(&app.services, &copy).await.unwrap();
    let again = backup::write_copy(&app.services, &copy).await.unwrap_err();
    assert!(again.to_string().contains("exists already"), "{again}");
    let restored = app.start_node_on(folder.path()).await;

    let through = |browser: &crate::harness::browser::Browser| browser.through(&restored.base_url);
    let parameters = crate::harness::browser::authorize_parameters();
    let here = browser.authorize(&parameters).await;
    assert!(here.location.starts_with(REDIRECT_URI), "the session lives on where it was: {}", here.location);
    let there = through(&browser).authorize(&parameters).await;
    assert!(there.location.starts_with("/login"), "but not in the copy: {}", there.location);
    assert_eq!(through(&approved).get(&format!("/login/collect?attempt={open}")).await.status, 409);
    let states = restored.database.texts("SELECT state FROM invitations ORDER BY state").await;
    assert_eq!(states, ["redeemed", "void"], "the open code {} is void", invited.code);
    assert_eq!(restored.database.count("SELECT COUNT(*) FROM devices WHERE state = 'active'").await, 1);
    assert_eq!(
        restored.database.count("SELECT COUNT(*) FROM audit WHERE event = 'database.restored'").await,
        1
    );
    restored.stop().await;
    let restarted = app.start_node_on(folder.path()).await;
    assert_eq!(
        restarted.database.count("SELECT COUNT(*) FROM audit WHERE event = 'database.restored'").await,
        1,
        "voided once"
    );
    restarted.stop().await;
    app.stop().await;
}

#[actix_web::test]
async fn postgresql_is_copied_by_its_own_tools_and_voided_by_command() {
    let app = TestApp::start(Postgres).await;
    signed_in_tokens(&app).await;
    let target = std::env::temp_dir().join("never-made.db");
    let refused = backup::write_copy(&app.services, &target).await.unwrap_err();
    assert!(refused.to_string().contains("pg_dump"), "{refused}");
    let voided = backup::void_open(&app.services).await.unwrap();
    assert_eq!((voided.sessions, voided.codes), (1, 0));
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL").await, 0);
    app.stop().await;
}
