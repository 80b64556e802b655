//! What a denied sign-in leaves behind: written and read on both engines.

use std::time::Duration;

use avain::domain::ids::{DeviceId, LoginAttemptId, PersonId};
use avain::domain::login::Attempt;
use avain::domain::suspicion::{SuspicionKind, Suspicions};
use avain::store::suspicion::Suspicion;
use avain::store::{device, login, suspicion};
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn suspicions_are_counted_by_network_and_by_person(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let person: PersonId = app.invite().await.person;
    let now = app.services.clock.now();
    let (before, later) = (now.minus(Duration::from_millis(1)), now.plus(Duration::from_millis(1)));
    let mut tx = app.services.db.write().await.unwrap();
    for (number, kind, network) in [
        (1, SuspicionKind::NotMe, 1),
        (2, SuspicionKind::WrongNumber, 1),
        (3, SuspicionKind::WrongNumber, 1),
        (4, SuspicionKind::NotMe, 2),
    ] {
        let attempt_id = LoginAttemptId::from_bytes([number; 16]);
        let raised = Suspicion { attempt_id, network_hash: [network; 32], kind, person_id: person };
        suspicion::insert(&mut tx, &raised, now).await.unwrap();
    }
    let first = suspicion::count_of_network(&mut tx, &[1; 32], before).await.unwrap();
    assert_eq!(first, Suspicions { not_me: 1, wrong_numbers: 2 });
    assert_eq!(suspicion::count_of_network(&mut tx, &[1; 32], later).await.unwrap(), Suspicions::default());
    assert_eq!(suspicion::count_of_network(&mut tx, &[3; 32], before).await.unwrap(), Suspicions::default());
    assert_eq!(suspicion::count_not_me(&mut tx, person, before).await.unwrap(), 2);
    assert_eq!(suspicion::count_not_me(&mut tx, person, now).await.unwrap(), 0);
    let about = suspicion::find_of_person(&mut tx, person).await.unwrap();
    assert_eq!((about.len(), about[0]), (4, (SuspicionKind::NotMe, now)));
    assert!(suspicion::find_of_person(&mut tx, PersonId::from_bytes([9; 16])).await.unwrap().is_empty());
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn rivals_other_attempts_and_typed_codes_of_a_browser(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (phone, other) = (app.enrolled_phone().await, app.enrolled_phone().await);
    let browser = app.browser();
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(browser.start_sign_in().await.attempt);
    }
    let strange = app.browser().start_sign_in().await.attempt;
    phone.scan(&browser.frame(&ids[0]).await).await.unwrap();
    browser.approve(&phone, &ids[2]).await;
    browser.finish_sign_in(&ids[2]).await;
    let now = app.services.clock.now();
    let [own, rival]: [DeviceId; 2] = [&phone, &other].map(|phone| phone.profile.device_id.parse().unwrap());
    let id: LoginAttemptId = ids[0].parse().unwrap();
    let mut tx = app.services.db.write().await.unwrap();
    assert!(!login::note_rival(&mut tx, id, own).await.unwrap(), "the owner is no rival");
    assert!(login::note_rival(&mut tx, id, rival).await.unwrap());
    assert!(!login::note_rival(&mut tx, id, rival).await.unwrap(), "noted already");
    let attempt = login::find(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(attempt.rival, Some(rival));
    let cancelled = login::cancel_others(&mut tx, &attempt, now.minus(Duration::from_secs(1))).await.unwrap();
    assert_eq!(cancelled, [ids[1].parse().unwrap()], "neither itself, nor what is collected, nor {strange}");
    assert!(login::insert(&mut tx, &again([7; 16], &attempt), Some(&[7; 32])).await.unwrap());
    assert!(
        !login::insert(&mut tx, &again([8; 16], &attempt), Some(&[7; 32])).await.unwrap(),
        "its code is taken"
    );
    let found = login::find_by_typed_code(&mut tx, &[7; 32]).await.unwrap();
    assert_eq!(found, Some(LoginAttemptId::from_bytes([7; 16])));
    assert_eq!(login::find_by_typed_code(&mut tx, &[8; 32]).await.unwrap(), None);
    assert!(login::cancel_others(&mut tx, &attempt, now).await.unwrap().is_empty(), "only what is newer");
    let placed = device::find_placed_after(&mut tx, "").await.unwrap();
    assert_eq!(placed.len(), 2);
    assert_eq!((placed[0].person.as_str(), placed[0].company.as_str()), ("Mart Tamm", "Kuusi Books Oy"));
    let last = placed[1].device_id.to_string();
    assert!(device::find_placed_after(&mut tx, &last).await.unwrap().is_empty());
    drop(tx);
    app.stop().await;
}

fn again(id: [u8; 16], attempt: &Attempt) -> Attempt {
    Attempt { id: LoginAttemptId::from_bytes(id), ..attempt.clone() }
}
