//! The life of a device, as its phone asks for it: which phones there are, taking one away, another key.

mod keys;
mod moves;

use avain::domain::membership::Access;
use avain_proto::dsse::{LIST_DEVICES, REMOVE_DEVICE};
use avain_proto::v1::{
    DeviceList, DeviceRemoved, ListDevices, RemovalReason, RemoveDevice, UserVerification,
};
use futures_util::future::join_all;
use mobile_sim::{Phone, PhoneError, Server};
use prost_reflect::prost::Message as _;
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::browser::Browser;
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::sign_in::code_of;

/// Two phones of one person, the second a moment younger.
async fn two_phones(app: &TestApp) -> (Phone, Phone) {
    let person = app.add_person(Access::Browser, Some("+372 5555 0101")).await;
    let older = app.enrol_person(person).await;
    app.pass(1);
    let newer = app.enrol_person(person).await;
    (older, newer)
}

async fn list_with(phone: &Phone, nonce: &[u8]) -> Result<DeviceList, PhoneError> {
    let asked = ListDevices { context: Some(phone.context(nonce)) };
    let envelope = phone.key.sign(LIST_DEVICES, &asked.encode_to_vec());
    phone.server.send("/phone/v1/devices/list", &envelope).await
}

/// The browser is known from the first time on, so that no code is asked for later.
async fn sign_in(browser: &Browser, phone: &Phone) {
    browser.forget_session();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(phone, &attempt).await;
    browser.finish_sign_in(&attempt).await;
}

async fn is_shut_out(app: &TestApp, phone: &Phone) -> bool {
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    code_of(phone.scan(&browser.frame(&attempt).await).await) == "device_revoked"
}

#[rstest]
#[actix_web::test]
async fn a_phone_lists_its_owner_s_phones(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (older, mut newer) = two_phones(&app).await;
    app.enrolled_phone().await;
    newer.profile.facts.os_version = "15".to_owned();
    newer.profile.facts.api_level = 35;
    let listed = newer.list_devices().await.unwrap();
    let ids: Vec<(&str, bool)> =
        listed.iter().map(|device| (device.device_id.as_str(), device.is_this_device)).collect();
    assert_eq!(
        ids,
        [(newer.profile.device_id.as_str(), true), (older.profile.device_id.as_str(), false)],
        "nobody else's"
    );
    let versions: Vec<&str> = listed.iter().map(|device| device.os_version.as_str()).collect();
    assert_eq!(versions, ["15", "14"], "what the phone says now is kept");
    assert_eq!(listed[0].model, "Pixel 8");
    assert!(
        listed[0].enrolled_at > listed[1].enrolled_at && listed[0].probation_until > listed[0].enrolled_at
    );
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_nonce_is_good_once_for_one_device_and_five_minutes(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let node = app.start_node().await;
    let (older, newer) = two_phones(&app).await;
    let nonce = older.device_nonce().await.unwrap();
    assert_eq!(code_of(list_with(&newer, &nonce).await), "nonce_mismatch", "another device's");
    let elsewhere =
        Server::new(&node.base_url).unwrap().with_host(app.base_url.trim_start_matches("http://"));
    let there = Phone { server: elsewhere, ..older.clone() };
    let tries = (0..10).map(|number| list_with(if number % 2 == 0 { &older } else { &there }, &nonce));
    let done: Vec<String> = join_all(tries).await.into_iter().map(code_of).collect();
    assert_eq!(done.iter().filter(|code| *code == "accepted").count(), 1, "{done:?}");
    assert_eq!(done.iter().filter(|code| *code == "nonce_mismatch").count(), 9, "{done:?}");

    let mut forged = older.device_nonce().await.unwrap();
    forged[7] ^= 1;
    assert_eq!(code_of(list_with(&older, &forged).await), "nonce_mismatch", "another time");
    assert_eq!(code_of(list_with(&older, &[]).await), "nonce_mismatch");
    let late = older.device_nonce().await.unwrap();
    app.pass(299);
    let nearly_late = older.device_nonce().await.unwrap();
    app.pass(1);
    assert_eq!(code_of(list_with(&older, &late).await), "nonce_mismatch", "five minutes");
    app.pass(298);
    assert_eq!(code_of(list_with(&older, &nearly_late).await), "accepted");
    node.stop().await;
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_phone_takes_another_away_once_it_is_a_day_old(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (older, newer) = two_phones(&app).await;
    let browser = app.browser();
    sign_in(&browser, &older).await;
    let (old_id, new_id) = (&older.profile.device_id, &newer.profile.device_id);
    let refused = newer.remove_device(old_id, RemovalReason::Unused).await;
    assert_eq!(code_of(refused), "device_on_probation");
    app.pass(24 * 3600);
    sign_in(&browser, &older).await;
    let careless = Phone { verification: UserVerification::None, ..newer.clone() };
    let refused = careless.remove_device(old_id, RemovalReason::Unused).await;
    assert_eq!(code_of(refused), "user_verification_missing");
    let stranger = app.enrolled_phone().await.profile.device_id;
    assert_eq!(code_of(newer.remove_device(&stranger, RemovalReason::Lost).await), "device_not_yours");
    assert_eq!(browser.get("/account").await.status, 200, "nothing has happened yet");

    for _ in 0..2 {
        let removed = newer.remove_device(old_id, RemovalReason::Unused).await.unwrap();
        assert_eq!(&removed.device_id, old_id);
    }
    assert!(is_shut_out(&app, &older).await);
    assert_eq!(browser.get("/account").await.status, 303, "what it signed in is over");
    let notice =
        app.messages().await.into_iter().rfind(|message| message.subject.contains("removed")).unwrap();
    assert!(notice.subject.starts_with("You removed a device"), "{}", notice.subject);
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'own.device_removed'").await, 1);

    newer.remove_device(new_id, RemovalReason::Unused).await.unwrap();
    assert!(is_shut_out(&app, &newer).await);
    let again = newer.remove_device(new_id, RemovalReason::Unused).await;
    assert_eq!(code_of(again), "device_revoked");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_lost_phone_takes_every_session_with_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (older, newer) = two_phones(&app).await;
    let browser = app.browser();
    sign_in(&browser, &older).await;
    older.remove_device(&newer.profile.device_id, RemovalReason::Unspecified).await.unwrap_err();
    assert!(!is_shut_out(&app, &newer).await, "a reason is wanted");
    app.pass(24 * 3600);
    sign_in(&browser, &older).await;
    assert_eq!(browser.get("/account").await.status, 200);
    older.remove_device(&newer.profile.device_id, RemovalReason::Lost).await.unwrap();
    assert!(is_shut_out(&app, &newer).await);
    assert_eq!(browser.get("/account").await.status, 303, "the older one's session too");
    assert_eq!(app.text("SELECT detail FROM audit WHERE event = 'own.device_removed'").await, "lost");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_removal_is_signed_by_the_phone_s_own_key(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (older, newer) = two_phones(&app).await;
    app.pass(24 * 3600);
    let nonce = older.device_nonce().await.unwrap();
    let asked = RemoveDevice {
        context: Some(older.context(&nonce)),
        removed_device_id: newer.profile.device_id.clone(),
        reason: RemovalReason::Unused.into(),
    };
    let forged = newer.key.sign(REMOVE_DEVICE, &asked.encode_to_vec());
    let refused = app.phone_server().send::<_, DeviceRemoved>("/phone/v1/devices/remove", &forged).await;
    assert_eq!(code_of(refused), "signature_invalid");
    let elsewhere = older.key.sign(LIST_DEVICES, &asked.encode_to_vec());
    let refused = app.phone_server().send::<_, DeviceRemoved>("/phone/v1/devices/remove", &elsewhere).await;
    assert_eq!(code_of(refused), "payload_type_wrong");
    assert_eq!(code_of(list_with(&older, &nonce).await), "accepted", "a refused message uses no nonce up");
    assert!(!is_shut_out(&app, &newer).await);
    app.stop().await;
}
