//! Another key for the same phone.

use avain::flows::verify_logins;
use avain::routes::read_kept_answer;
use avain_proto::dsse::{NEW_KEY, ROTATE_KEY};
use avain_proto::v1::{KeyRotated, NewKey, RotateKey, UserVerification};
use futures_util::future::join_all;
use mobile_sim::{DeviceKey, Phone, PhoneError};
use prost_reflect::prost::Message as _;
use rstest::rstest;

use super::two_phones;
use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::sign_in::code_of;

async fn submit(phone: &Phone, rotation: &RotateKey) -> Result<KeyRotated, PhoneError> {
    phone.submit_rotation(&phone.key.sign(ROTATE_KEY, &rotation.encode_to_vec())).await
}

#[rstest]
#[actix_web::test]
async fn the_old_key_is_worthless_and_what_it_signed_stays_proven(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let old = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&old, &attempt).await;
    browser.finish_sign_in(&attempt).await;
    let other = app.browser();
    let attempt = other.start_sign_in().await.attempt;
    let frame = other.frame(&attempt).await;
    let challenge = old.scan(&frame).await.unwrap();
    let decision = other.approval(&attempt).await;

    let renewed = old.rotate_key(&DeviceKey::generate().unwrap()).await.unwrap();
    assert_eq!(code_of(old.answer(&challenge, decision).await), "signature_invalid");
    assert_eq!(code_of(old.scan(&frame).await), "signature_invalid");
    assert_eq!(code_of(old.list_devices().await), "signature_invalid");
    assert_eq!(renewed.list_devices().await.unwrap().len(), 1);
    renewed.answer(&challenge, decision).await.unwrap();
    other.finish_sign_in(&attempt).await;
    assert_eq!(browser.get("/account").await.status, 200, "the same phone: nobody is signed out");
    let report = verify_logins::verify(&app.services, read_kept_answer).await.unwrap();
    assert_eq!((report.sessions, report.unproven.len()), (2, 0), "{report:?}");

    app.database
        .execute("DELETE FROM device_keys WHERE thumbprint NOT IN (SELECT thumbprint FROM devices)")
        .await;
    let report = verify_logins::verify(&app.services, read_kept_answer).await.unwrap();
    assert_eq!(report.unproven.len(), 1, "a key that nobody kept proves nothing: {report:?}");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_lost_reply_costs_nothing_and_a_key_is_never_used_again(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let (old, second) = two_phones(&app).await;
    let key = DeviceKey::generate().unwrap();
    let rotation = old.rotation(&key, &old.device_nonce().await.unwrap());
    let first = submit(&old, &rotation).await.unwrap();
    assert_eq!(first.key_thumbprint, key.thumbprint());
    app.pass(3600);
    assert_eq!(submit(&old, &rotation).await.unwrap().key_thumbprint, key.thumbprint(), "the same bytes");
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'own.key_replaced'").await, 1);

    let renewed = old.with_key(&key).unwrap();
    for used in [&old.key, &key, &second.key] {
        let refused = renewed.rotate_key(used).await;
        assert_eq!(code_of(refused.map(drop)), "device_key_in_use");
    }
    let next = renewed.rotate_key(&DeviceKey::generate().unwrap()).await.unwrap();
    assert_ne!(code_of(submit(&old, &rotation).await), "accepted", "its key is no longer the device's");
    assert_eq!(next.list_devices().await.unwrap().len(), 2);
    let mut activation = app.confirmed_activation().await;
    activation.key = old.key.clone();
    let refused = activation.enrol(UserVerification::Pin, "").await;
    assert_eq!(code_of(refused.map(drop)), "device_key_in_use", "by nobody");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_new_key_must_be_in_the_phone(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (phone, second) = two_phones(&app).await;
    let (key, other) = (DeviceKey::generate().unwrap(), DeviceKey::generate().unwrap());
    let nonce = phone.device_nonce().await.unwrap();
    let honest = phone.rotation(&key, &nonce);
    let proof_with = |change: fn(&mut NewKey)| {
        let mut context = phone.context(&nonce);
        context.key_thumbprint = key.thumbprint();
        let mut proof = NewKey { context: Some(context), replaced_thumbprint: phone.key.thumbprint() };
        change(&mut proof);
        Some(key.sign(NEW_KEY, &proof.encode_to_vec()))
    };
    let forged = [
        ("signature_invalid", phone.rotation(&other, &nonce).possession),
        ("payload_type_wrong", Some(key.sign(ROTATE_KEY, b"\x0a\x00"))),
        ("key_thumbprint_mismatch", proof_with(|proof| proof.replaced_thumbprint = vec![0; 32])),
        (
            "key_thumbprint_mismatch",
            proof_with(|proof| {
                if let Some(context) = &mut proof.context {
                    context.key_thumbprint = vec![0; 32];
                }
            }),
        ),
        (
            "nonce_mismatch",
            proof_with(|proof| {
                if let Some(context) = &mut proof.context {
                    context.server_nonce = vec![0; 32];
                }
            }),
        ),
        (
            "nonce_mismatch",
            proof_with(|proof| {
                if let Some(context) = &mut proof.context {
                    context.device_id = String::new();
                }
            }),
        ),
        (
            "issuer_mismatch",
            proof_with(|proof| {
                if let Some(context) = &mut proof.context {
                    context.issuer = "https://elsewhere.example".to_owned();
                }
            }),
        ),
        ("field_invalid", None),
    ];
    for (code, possession) in forged {
        let rotation = RotateKey { possession, ..honest.clone() };
        assert_eq!(code_of(submit(&phone, &rotation).await), code);
    }
    let careless = Phone { verification: UserVerification::None, ..phone.clone() };
    assert_eq!(code_of(careless.rotate_key(&key).await.map(drop)), "user_verification_missing");
    let by_second = second.key.sign(ROTATE_KEY, &honest.encode_to_vec());
    assert_eq!(code_of(phone.submit_rotation(&by_second).await), "signature_invalid");
    let squeezed = RotateKey { new_public_key: key.public_point()[1..33].to_vec(), ..honest.clone() };
    assert_eq!(code_of(submit(&phone, &squeezed).await), "device_key_invalid");
    submit(&phone, &honest).await.unwrap();
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn of_many_rotations_at_once_one_wins(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let mut rotations = Vec::new();
    for _ in 0..8 {
        let key = DeviceKey::generate().unwrap();
        rotations.push((phone.rotation(&key, &phone.device_nonce().await.unwrap()), key));
    }
    let done = join_all(rotations.iter().map(|(rotation, _)| submit(&phone, rotation))).await;
    let codes: Vec<String> = done.into_iter().map(code_of).collect();
    let won: Vec<usize> = (0..8).filter(|place| codes[*place] == "accepted").collect();
    assert_eq!(won.len(), 1, "{codes:?}");
    let is_told = |code: &String| ["accepted", "signature_invalid", "busy"].contains(&code.as_str());
    assert!(codes.iter().all(is_told), "{codes:?}");
    let renewed = phone.with_key(&rotations[won[0]].1).unwrap();
    assert_eq!(renewed.list_devices().await.unwrap().len(), 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM device_keys").await, 2, "the losers left nothing");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn whoever_did_not_ask_for_a_new_key_objects(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let thief = phone.rotate_key(&DeviceKey::generate().unwrap()).await.unwrap();
    let messages = app.messages().await;
    let told = messages.iter().filter(|message| message.subject.starts_with("Your phone has a new key"));
    let told: Vec<_> = told.collect();
    assert_eq!(told.len(), 1);
    let code = crate::account::objection_in(told[0]);
    let done = app.browser().post("/not-me", &[("code", &code)]).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(code_of(thief.list_devices().await), "device_revoked");
    app.stop().await;
}
