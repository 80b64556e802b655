//! Push addresses, and messages that are due later than their lease.

use std::time::Duration;

use avain::domain::ids::{DeviceId, MessageId, PersonId};
use avain::domain::message::{Channel, Envelope, MessageKind};
use avain::domain::push::PushProvider;
use avain::store::device::{self, SealedPush};
use avain::store::outbox::{self, End};
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
