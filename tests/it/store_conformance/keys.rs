//! Keys of devices, and nonces that are used up.

use std::time::Duration;

use avain::domain::device_move::{DeviceMove, MoveState, Newcomer};
use avain::domain::ids::{DeviceId, DeviceMoveId};
use avain::domain::number_match::NumberMatch;
use avain::store::device;
use avain::store::device_key::{self, NewKey};
use avain::store::device_move;
use avain::store::spent_nonce;
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn a_key_is_replaced_once_and_never_comes_back(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let id: DeviceId = app.enrolled_phone().await.profile.device_id.parse().unwrap();
    let now = app.services.clock.now();
    let mut tx = app.services.db.write().await.unwrap();
    let old = device::find(&mut tx, id).await.unwrap().unwrap();
    let proof = (&b"payload"[..], &b"signature"[..]);
    let enrolled = NewKey { device: id, public_key: old.public_key, thumbprint: old.thumbprint };
    assert!(!device_key::insert(&mut tx, &enrolled, proof, now).await.unwrap(), "the device has it");
    let new = NewKey { device: id, public_key: [4; 65], thumbprint: [5; 32] };
    assert!(device_key::insert(&mut tx, &new, proof, now).await.unwrap());
    assert!(!device_key::insert(&mut tx, &new, proof, now).await.unwrap());
    assert!(device::set_key(&mut tx, &old, &new).await.unwrap());
    assert!(!device::set_key(&mut tx, &old, &new).await.unwrap(), "it has another one by now");
    assert!(!device::touch(&mut tx, &old, "2.0", now).await.unwrap(), "nor is the old one used");
    let renewed = device::find(&mut tx, id).await.unwrap().unwrap();
    assert_eq!((renewed.public_key, renewed.thumbprint), ([4; 65], [5; 32]));
    assert!(device::touch(&mut tx, &renewed, "2.0", now).await.unwrap());
    let (ours, theirs) = (id.to_string(), DeviceId::from_bytes([9; 16]).to_string());
    for (thumbprint, point) in [([5; 32], vec![4; 65]), (old.thumbprint, old.public_key.to_vec())] {
        let found = device_key::find_point(&mut tx, &ours, &thumbprint).await.unwrap();
        assert_eq!(found, Some(point), "both stay known");
        assert_eq!(device_key::find_point(&mut tx, &theirs, &thumbprint).await.unwrap(), None);
    }
    assert_eq!(device_key::find_proof(&mut tx, &[5; 32]).await.unwrap(), Some(b"payload".to_vec()));
    assert_eq!(device_key::find_proof(&mut tx, &[6; 32]).await.unwrap(), None);
    assert!(spent_nonce::insert(&mut tx, &[1; 32], now).await.unwrap());
    assert!(!spent_nonce::insert(&mut tx, &[1; 32], now).await.unwrap(), "used up");
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_ticket_is_taken_and_finished_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone: DeviceId = app.enrolled_phone().await.profile.device_id.parse().unwrap();
    let now = app.services.clock.now();
    let mut tx = app.services.db.write().await.unwrap();
    let old = device::find(&mut tx, phone).await.unwrap().unwrap();
    let begun = |number| DeviceMove {
        id: DeviceMoveId::from_bytes([number; 16]),
        old_device_id: phone,
        person_id: old.person_id,
        state: MoveState::Offered,
        expires_at: now.plus(Duration::from_secs(1)),
    };
    let (first, second) = (begun(1), begun(2));
    let newcomer = Newcomer {
        public_key: [4; 65],
        thumbprint: [5; 32],
        name: "Uus".to_owned(),
        facts: old.facts.clone(),
        numbers: NumberMatch::of(&[10, 20, 30, 40, 50], 30).unwrap(),
    };
    let proof = (&b"payload"[..], &b"signature"[..]);
    device_move::insert(&mut tx, &first, &[1; 32], now).await.unwrap();
    device_move::insert(&mut tx, &second, &[2; 32], now).await.unwrap();
    let found = device_move::find_locked_by_ticket(&mut tx, &[1; 32]).await.unwrap().unwrap();
    assert!(matches!(found.state, MoveState::Void), "the newest alone");
    assert!(!device_move::take(&mut tx, first.id, &newcomer, proof).await.unwrap());
    assert!(!device_move::finish(&mut tx, second.id, phone).await.unwrap(), "nobody took it");
    assert!(device_move::find_proof(&mut tx, second.id).await.unwrap().is_none());
    assert!(device_move::take(&mut tx, second.id, &newcomer, proof).await.unwrap());
    assert!(!device_move::take(&mut tx, second.id, &newcomer, proof).await.unwrap());
    let kept = device_move::find_proof(&mut tx, second.id).await.unwrap();
    assert_eq!(kept, Some((b"payload".to_vec(), b"signature".to_vec())));
    let found = device_move::find_locked(&mut tx, second.id).await.unwrap().unwrap();
    assert_eq!(
        (found.old_device_id, found.person_id, found.expires_at),
        (phone, old.person_id, second.expires_at)
    );
    let MoveState::Taken(read) = found.state else { panic!("{:?}", found.state) };
    assert_eq!((read.public_key, read.thumbprint, read.name.as_str()), ([4; 65], [5; 32], "Uus"));
    assert_eq!((read.numbers, read.facts.model), (newcomer.numbers, newcomer.facts.model.clone()));
    assert!(device_move::finish(&mut tx, second.id, phone).await.unwrap());
    assert!(!device_move::finish(&mut tx, second.id, phone).await.unwrap());
    let found = device_move::find_locked(&mut tx, second.id).await.unwrap().unwrap();
    assert!(matches!(found.state, MoveState::Done(_, id) if id == phone));
    assert!(!device_move::void_open(&mut tx, phone).await.unwrap(), "it is done");
    drop(tx);
    app.stop().await;
}
