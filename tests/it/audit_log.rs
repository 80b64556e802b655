//! The audit log and the evidence behind sessions: whole after honest work, and every change is found and named.

use avain::flows::audit_log::{self, AuditReport, Fault};
use avain::flows::verify_logins::{self, LoginReport};
use avain::routes::read_kept_answer;
use futures_util::future::join_all;
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

async fn sign_in(app: &TestApp) -> String {
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    browser.finish_sign_in(&attempt).await;
    attempt
}

async fn verify(app: &TestApp, exported: &[String]) -> AuditReport {
    audit_log::verify(&app.services, exported).await.unwrap()
}

async fn prove(app: &TestApp) -> LoginReport {
    verify_logins::verify(&app.services, read_kept_answer).await.unwrap()
}

#[rstest]
#[actix_web::test]
async fn the_audit_log_is_whole_after_parallel_work(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    join_all((0..20).map(|_| async {
        let browser = app.browser();
        let attempt = browser.start_sign_in().await.attempt;
        browser.approve(&phone, &attempt).await;
        browser.finish_sign_in(&attempt).await;
    }))
    .await;
    let statements = audit_log::sign_heads(&app.services).await.unwrap();
    let report = verify(&app, &statements).await;
    assert_eq!(report.faults, []);
    assert_eq!(i64::try_from(report.rows).unwrap(), app.count("SELECT COUNT(*) FROM audit").await);
    assert!(report.rows >= 20 * 4, "{report:?}");
    assert_eq!(report.heads, 2 * u64::try_from(statements.len()).unwrap());
    assert_eq!(report.chains, u64::try_from(statements.len()).unwrap());
    assert_eq!(prove(&app).await, LoginReport { sessions: 20, unproven: Vec::new() });
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_first_changed_row_is_named(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    sign_in(&app).await;
    let changed = app.text("SELECT id FROM audit WHERE event = 'attempt.scanned'").await;
    app.database.execute("UPDATE audit SET detail = '1' WHERE event = 'attempt.scanned'").await;
    let report = verify(&app, &[]).await;
    let [Fault::RowChanged(place)] = &report.faults[..] else { panic!("{report:?}") };
    assert_eq!(place.row.as_ref(), Some(&changed));
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_row_missing_in_the_middle_is_missed_at_the_next_one(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    sign_in(&app).await;
    let next = "SELECT id FROM audit WHERE position = 2 ORDER BY chain LIMIT 1";
    let next = app.text(next).await;
    let first = format!("position = 1 AND chain = (SELECT chain FROM audit WHERE id = '{next}')");
    app.database.execute(&format!("DELETE FROM audit WHERE {first}")).await;
    let report = verify(&app, &[]).await;
    let [Fault::RowsMissingBefore(place)] = &report.faults[..] else { panic!("{report:?}") };
    assert_eq!(place.row.as_ref(), Some(&next));
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn missing_rows_are_missed(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    sign_in(&app).await;
    let exported = audit_log::sign_heads(&app.services).await.unwrap();
    assert!(!exported.is_empty());
    app.database.execute("DELETE FROM audit WHERE event = 'login.success'").await;
    let report = verify(&app, &[]).await;
    assert!(
        matches!(&report.faults[..], [Fault::RowsMissingAtEnd(_) | Fault::RowsMissingBefore(_)]),
        "{report:?}"
    );

    app.database.execute("DELETE FROM audit").await;
    assert!(matches!(verify(&app, &[]).await.faults[0], Fault::RowsMissingAtEnd(_)));
    app.database.execute("DELETE FROM audit_heads").await;
    assert_eq!(verify(&app, &[]).await.faults, [], "nothing in the database tells");
    let report = verify(&app, &exported).await;
    assert_eq!(report.faults.len(), exported.len(), "but what was exported does");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_statement_counts_only_as_it_was_signed(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    sign_in(&app).await;
    audit_log::sign_heads(&app.services).await.unwrap();
    app.database.execute("UPDATE audit_heads SET position = position - 1").await;
    let report = verify(&app, &[]).await;
    assert!(report.faults.iter().all(|fault| matches!(fault, Fault::StatementForged(_))), "{report:?}");
    assert!(!report.faults.is_empty());

    let (_, tokens) = crate::open_id_connect::signed_in_tokens(&app).await;
    let token = tokens["id_token"].as_str().unwrap().to_owned();
    let report = verify(&app, &[token]).await;
    assert!(matches!(report.faults.last(), Some(Fault::StatementForged(_))), "an ID token is no statement");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_step_that_is_undone_leaves_no_gap(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    app.database.execute("ALTER TABLE sessions RENAME TO hidden").await;
    let refused = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    assert_eq!(refused.status, 500, "{}", refused.body);
    app.database.execute("ALTER TABLE hidden RENAME TO sessions").await;
    browser.finish_sign_in(&attempt).await;
    assert_eq!(verify(&app, &[]).await.faults, []);
    app.stop().await;
}

#[actix_web::test]
async fn answers_signed_for_another_server_prove_nothing() {
    const OTHER: &str = "http://127.0.0.1:2";
    let app = TestApp::start(Postgres).await;
    sign_in(&app).await;
    app.database.execute(&format!("UPDATE settings SET value = '{OTHER}' WHERE name = 'issuer'")).await;
    let other = app.start_node_as(OTHER).await;
    let report = verify_logins::verify(&other.services, read_kept_answer).await.unwrap();
    assert_eq!(report.unproven[0].what, "the answer was signed for something else");
    other.stop().await;
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_session_that_no_signed_answer_stands_behind_is_named(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(
        ("UPDATE login_attempts SET answer_signature = answer_payload", "the kept bytes are no answer"),
        (
            "UPDATE login_attempts SET answer_signature = (SELECT proof_signature FROM device_keys)",
            "the signature does not verify"
        ),
        ("UPDATE login_attempts SET answer_payload = NULL", "no signed answer is kept"),
        ("UPDATE login_attempts SET display_text = 'Pay 100 000'", "the answer was signed for something else"),
        ("UPDATE login_attempts SET server_nonce = answer_signature", "the answer was signed for something else"),
        (
            "UPDATE sessions SET user_verification = 'pin'",
            "the phone verified its owner in another way than the session says"
        )
    )]
    (change, flaw): (&str, &str),
) {
    let app = TestApp::start(engine).await;
    let attempt = sign_in(&app).await;
    assert_eq!(prove(&app).await, LoginReport { sessions: 1, unproven: Vec::new() });
    app.database.execute(change).await;
    let report = prove(&app).await;
    let [unproven] = &report.unproven[..] else { panic!("{report:?}") };
    assert_eq!((unproven.attempt.as_str(), unproven.what), (attempt.as_str(), flaw));
    app.stop().await;
}
