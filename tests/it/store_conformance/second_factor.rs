//! What is remembered of places, and the code that is asked for: written and read on both engines.

use std::time::Duration;

use avain::domain::ids::{CompanyId, LoginAttemptId, PersonId};
use avain::domain::network::Network;
use avain::domain::second_factor::{FAILURES_IN_A_ROW, OriginKind, SecondFactor};
use avain::store::second_factor::Counted;
use avain::store::{approved_network, known_origin, second_factor};
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn places_are_remembered_until_their_time_is_over(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let person: PersonId = app.invite().await.person;
    let company: CompanyId = app.text("SELECT id FROM companies").await.parse().unwrap();
    let now = app.services.clock.now();
    let later = now.plus(Duration::from_secs(1));
    let mut tx = app.services.db.write().await.unwrap();
    let origins = [(OriginKind::Browser, [1; 32]), (OriginKind::Network, [2; 32])];
    for origin in &origins {
        known_origin::remember(&mut tx, person, origin, now, now).await.unwrap();
        known_origin::remember(&mut tx, person, origin, now, later).await.unwrap();
    }
    let mut found = known_origin::find_live(&mut tx, person, now).await.unwrap();
    found.sort_by_key(|(_, hash)| *hash);
    assert_eq!(found, origins);
    assert!(known_origin::find_live(&mut tx, person, later).await.unwrap().is_empty());
    known_origin::forget_one(&mut tx, person, &origins[0]).await.unwrap();
    assert_eq!(known_origin::find_live(&mut tx, person, now).await.unwrap(), [origins[1]]);
    let network = Network::parse("192.0.2.0/24").unwrap();
    approved_network::approve(&mut tx, company, network, now, later).await.unwrap();
    let approved = approved_network::Approved { network, expires_at: later };
    assert_eq!(approved_network::find_live(&mut tx, company, now).await.unwrap(), [approved]);
    assert!(approved_network::find_live(&mut tx, company, later).await.unwrap().is_empty());
    assert!(approved_network::remove(&mut tx, company, network).await.unwrap());
    assert!(!approved_network::remove(&mut tx, company, network).await.unwrap());
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn tries_and_sends_are_counted(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let person: PersonId = app.invite().await.person;
    let attempt: LoginAttemptId = app.browser().start_sign_in().await.attempt.parse().unwrap();
    let now = app.services.clock.now();
    let mut tx = app.services.db.write().await.unwrap();
    let asked = SecondFactor { salt: [7; 16], wrong_codes: 0, sends: 1, last_sent_at: now };
    second_factor::insert(&mut tx, attempt, person, &asked).await.unwrap();
    assert!(second_factor::count_send(&mut tx, attempt, 1, now).await.unwrap());
    assert!(!second_factor::count_send(&mut tx, attempt, 1, now).await.unwrap(), "somebody was faster");
    for _ in 0..5 {
        assert!(second_factor::spend_try(&mut tx, attempt).await.unwrap());
    }
    assert!(!second_factor::spend_try(&mut tx, attempt).await.unwrap());
    let found = second_factor::find(&mut tx, attempt).await.unwrap().unwrap();
    assert_eq!((found.salt, found.wrong_codes, found.sends), ([7; 16], 5, 2));
    let until = now.plus(Duration::from_secs(1));
    let counted = Counted::SecondFactor;
    for _ in 0..FAILURES_IN_A_ROW {
        assert!(second_factor::count_failure(&mut tx, person, counted, (now, until)).await.unwrap());
    }
    assert!(!second_factor::count_failure(&mut tx, person, counted, (now, until)).await.unwrap(), "stopped");
    assert!(
        second_factor::count_failure(&mut tx, person, counted, (until, until)).await.unwrap(),
        "for a while"
    );
    let other = (now, until);
    assert!(second_factor::count_failure(&mut tx, person, Counted::TypedCode, other).await.unwrap(), "apart");
    second_factor::forgive(&mut tx, person, counted).await.unwrap();
    assert!(second_factor::count_failure(&mut tx, person, counted, (now, until)).await.unwrap());
    drop(tx);
    app.stop().await;
}
