//! Visits to other identity providers.

use avain::domain::identity::{Assurance, Identification, MethodId};
use avain::domain::ids::{IdentificationId, LoginAttemptId, PersonId};
use avain::domain::login::{Approval, AttemptState};
use avain::store::{identification, login};
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn a_visit_is_answered_once_and_names_one_person(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let person: PersonId = app.invite().await.person;
    let attempt: LoginAttemptId = app.browser().start_sign_in().await.attempt.parse().unwrap();
    let (bank, other): (MethodId, MethodId) = ("bank".parse().unwrap(), "other".parse().unwrap());
    let now = app.services.clock.now();
    let visit = Identification {
        id: IdentificationId::from_bytes([1; 16]),
        attempt_id: attempt,
        method: bank.clone(),
        browser_hash: [2; 32],
        sealed: vec![3],
        expires_at: now.plus(std::time::Duration::from_mins(10)),
        person_id: None,
    };
    let mut tx = app.services.db.write().await.unwrap();
    assert!(login::leave(&mut tx, attempt, &bank).await.unwrap());
    assert!(!login::leave(&mut tx, attempt, &bank).await.unwrap(), "it waits no longer");
    identification::insert(&mut tx, &visit, &[4; 32], now).await.unwrap();
    assert!(identification::find(&mut tx, &[4; 32], &other).await.unwrap().is_none(), "another provider's");
    let found = identification::find(&mut tx, &[4; 32], &bank).await.unwrap().unwrap();
    assert_eq!((found.id, found.attempt_id, found.sealed), (visit.id, attempt, vec![3]));
    assert!(!identification::name(&mut tx, visit.id, person).await.unwrap(), "nothing was answered");
    assert!(!identification::answer(&mut tx, visit.id, visit.expires_at).await.unwrap(), "too late");
    assert!(identification::answer(&mut tx, visit.id, now).await.unwrap());
    assert!(!identification::answer(&mut tx, visit.id, now).await.unwrap(), "once");
    let vouched = Assurance::High;
    assert!(!login::identify(&mut tx, attempt, (&other, vouched), person, now).await.unwrap());
    assert!(login::identify(&mut tx, attempt, (&bank, vouched), person, now).await.unwrap());
    assert!(!login::identify(&mut tx, attempt, (&bank, vouched), person, now).await.unwrap(), "once");
    assert!(identification::name(&mut tx, visit.id, person).await.unwrap());
    let approval = Approval::Identity { person_id: person, method: bank, assurance: vouched };
    let state = login::find(&mut tx, attempt).await.unwrap().unwrap().state;
    assert_eq!(state, AttemptState::Approved { approval, answered_at: now });
    tx.commit().await.unwrap();
    app.stop().await;
}
