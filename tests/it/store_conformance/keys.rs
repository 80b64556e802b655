//! Keys of devices, and nonces that are used up.

use avain::domain::ids::DeviceId;
use avain::store::device;
use avain::store::device_key::{self, NewKey};
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
