//! Push addresses, and messages that are due later than their lease.

use std::time::Duration;

use avain::domain::ids::LoginAttemptId;
use avain::domain::ids::{DeviceId, MessageId, PersonId};
use avain::domain::message::{Channel, Envelope, MessageKind};
use avain::domain::push::PushProvider;
use avain::domain::push_budget::PushesSoFar;
use avain::domain::time::Timestamp;
use avain::store::device::{self, SealedPush};
use avain::store::outbox::{self, End};
use avain::store::push_start::{self, PushStart};
use avain::store::remembered_browser::{self, BrowserHashes};
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn only_the_address_that_was_meant_is_dropped(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone: DeviceId = app.enrolled_phone().await.profile.device_id.parse().unwrap();
    let now = app.services.clock.now();
    let kept = SealedPush { provider: PushProvider::Apns, sealed: vec![1], hash: [2; 32], set_at: now };
    let mut tx = app.services.db.write().await.unwrap();
    assert!(device::find_push(&mut tx, phone).await.unwrap().is_none());
    assert!(
        !device::set_push(&mut tx, DeviceId::from_bytes([9; 16]), &kept).await.unwrap(),
        "no such device"
    );
    assert!(device::set_push(&mut tx, phone, &kept).await.unwrap());
    assert!(device::set_push(&mut tx, phone, &kept).await.unwrap(), "said again");
    let found = device::find_push(&mut tx, phone).await.unwrap().unwrap();
    assert_eq!(
        (found.provider, found.sealed, found.hash, found.set_at),
        (kept.provider, vec![1], [2; 32], now)
    );
    assert!(!device::drop_push(&mut tx, phone, &[3; 32], now).await.unwrap(), "another address");
    let earlier = now.minus(Duration::from_millis(1));
    assert!(!device::drop_push(&mut tx, phone, &[2; 32], earlier).await.unwrap(), "set after that");
    assert!(device::drop_push(&mut tx, phone, &[2; 32], now).await.unwrap());
    assert!(!device::drop_push(&mut tx, phone, &[2; 32], now).await.unwrap());
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_message_can_be_put_off_until_it_has_ended(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let now = app.services.clock.now();
    let later = now.plus(Duration::from_secs(5));
    let (id, person) = (MessageId::from_bytes([1; 16]), PersonId::from_bytes([1; 16]));
    let envelope = Envelope {
        channel: Channel::Push,
        to: "token",
        person,
        kind: MessageKind::SignInRequest,
        attempt: None,
    };
    let mut tx = app.services.db.write().await.unwrap();
    outbox::insert(&mut tx, id, &envelope, b"sealed", now).await.unwrap();
    assert!(
        outbox::find_of_person(&mut tx, person, 9).await.unwrap().is_empty(),
        "nothing that they can read"
    );
    assert!(outbox::postpone(&mut tx, id, "busy", later).await.unwrap());
    assert!(outbox::find_due(&mut tx, now).await.unwrap().is_empty());
    assert_eq!(outbox::find_due(&mut tx, later).await.unwrap().len(), 1);
    assert!(outbox::end(&mut tx, id, End::Refused, "no").await.unwrap());
    assert!(!outbox::postpone(&mut tx, id, "busy", later).await.unwrap());
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_browser_remembers_whoever_came_last(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let device: DeviceId = app.enrolled_phone().await.profile.device_id.parse().unwrap();
    let person: PersonId = app.text("SELECT person_id FROM devices").await.parse().unwrap();
    let now = app.services.clock.now();
    let until = now.plus(Duration::from_secs(5));
    let [first, second] = [1, 2].map(|secret| BrowserHashes { browser: [1; 32], secret: [secret; 32] });
    let mut tx = app.services.db.write().await.unwrap();
    remembered_browser::remember(&mut tx, &first, person, device, until).await.unwrap();
    let is_found = remembered_browser::find(&mut tx, &first, now).await.unwrap().is_some();
    assert!(!is_found, "its phone cannot be pushed to");
    let kept = SealedPush { provider: PushProvider::Fcm, sealed: vec![1], hash: [2; 32], set_at: now };
    assert!(device::set_push(&mut tx, device, &kept).await.unwrap());
    let found = remembered_browser::find(&mut tx, &first, now).await.unwrap().unwrap();
    assert_eq!((found.person, found.device, found.provider), (person, device, PushProvider::Fcm));
    assert!(remembered_browser::find(&mut tx, &first, until).await.unwrap().is_none(), "too late");
    remembered_browser::remember(&mut tx, &second, person, device, until).await.unwrap();
    assert!(remembered_browser::find(&mut tx, &first, now).await.unwrap().is_none(), "the older secret");
    assert!(remembered_browser::find(&mut tx, &second, now).await.unwrap().is_some());
    let all = remembered_browser::find_of_person(&mut tx, person, now).await.unwrap();
    assert!(all.len() == 1 && all[0].1 == until, "{all:?}");
    assert!(remembered_browser::find_of_person(&mut tx, person, until).await.unwrap().is_empty());
    assert_eq!(remembered_browser::forget(&mut tx, person).await.unwrap(), 1);
    assert!(remembered_browser::find(&mut tx, &second, now).await.unwrap().is_none());
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn pushes_are_counted_by_person_and_by_browser(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let device: DeviceId = app.enrolled_phone().await.profile.device_id.parse().unwrap();
    let person: PersonId = app.text("SELECT person_id FROM devices").await.parse().unwrap();
    let now = app.services.clock.now();
    let attempt = LoginAttemptId::from_bytes([1; 16]);
    let start = PushStart { attempt, device, person, browser_hash: [1; 32] };
    let mut tx = app.services.db.write().await.unwrap();
    assert_eq!(push_start::find_device(&mut tx, attempt).await.unwrap(), None);
    assert!(push_start::insert(&mut tx, &start, now).await.unwrap());
    let asked = (start.person, start.device);
    assert!(
        push_start::find_waiting(&mut tx, asked, Timestamp::from_millis(0)).await.unwrap().is_empty(),
        "no such attempt waits"
    );
    assert!(!push_start::insert(&mut tx, &start, now).await.unwrap(), "one for each attempt");
    assert_eq!(push_start::find_device(&mut tx, attempt).await.unwrap(), Some(device));
    for (minutes, browser, of_person, of_browser, failed) in
        [(0, 1, 1, 1, 1), (0, 2, 1, 0, 1), (10, 1, 0, 0, 1), (24 * 60, 1, 0, 0, 0)]
    {
        let later = now.plus(Duration::from_mins(minutes));
        let counted = push_start::count_locked(&mut tx, person, &[browser; 32], later).await.unwrap();
        assert_eq!(counted, PushesSoFar { of_person, of_browser, failed }, "{minutes}");
    }
    drop(tx);
    app.stop().await;
}
