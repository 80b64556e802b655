//! Pushes on their way: they leave with their cause, live as long as the sign-in, and cost nobody their address but the dead.

use std::time::Duration;

use avain::config::{ApnsSettings, FcmSettings, PushSettings};
use avain::domain::ids::{DeviceId, LoginAttemptId, PersonId};
use avain::domain::push::{PushAddress, PushProvider};
use avain::flows::deliver::{self, Call};
use mobile_sim::Phone;
use rstest::rstest;

use super::provider::{Provider, Reply, say, say_later};
use super::{apns, fcm};
use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

const STATE: &str =
    "SELECT state FROM outbox WHERE channel = 'push' ORDER BY created_at DESC, id DESC LIMIT 1";

/// A server with accounts at a provider on this machine.
pub(super) async fn start(engine: Engine, replies: &[Reply]) -> (TestApp, Provider) {
    let provider = Provider::default();
    provider.script(replies);
    provider.script_tokens(&[fcm::granted("first")]);
    let address = provider.start().await;
    let (account, key) = (provider.folder().join("account.json"), provider.folder().join("key.p8"));
    std::fs::write(&account, fcm::service_account(&format!("{address}/token"))).unwrap();
    std::fs::write(&key, &apns::keys().0).unwrap();
    let push = PushSettings {
        fcm: Some(FcmSettings {
            service_account_file: account,
            base_url: Some(address.clone()),
            timeout_seconds: 1,
        }),
        apns: Some(ApnsSettings {
            key_file: key,
            key_id: "ABC123DEFG".to_owned(),
            team_id: "DEF123GHIJ".to_owned(),
            topic: "example.kuusi.keys".to_owned(),
            sandbox: false,
            base_url: Some(address),
            timeout_seconds: 1,
        }),
    };
    push.check().unwrap();
    (TestApp::start_with(engine, |settings| settings.push = push).await, provider)
}

pub(super) fn id_of(phone: &Phone) -> DeviceId {
    phone.profile.device_id.parse().unwrap()
}

/// Lets the phone be pushed to at `token`.
pub(super) async fn register(app: &TestApp, phone: &Phone, provider: PushProvider, token: &str) {
    let address = PushAddress::parse(provider, token).unwrap();
    let mut tx = app.services.db.write().await.unwrap();
    assert!(deliver::register(&app.services, &mut tx, id_of(phone), &address).await.unwrap());
    tx.commit().await.unwrap();
}

/// Asks the phone for a sign-in that has two minutes; `false` when it cannot be pushed to.
async fn ask(app: &TestApp, phone: &Phone) -> bool {
    let call = Call {
        device: id_of(phone),
        person: PersonId::from_bytes([1; 16]),
        attempt: LoginAttemptId::from_bytes([2; 16]),
        expires_at: app.services.clock.now().plus(Duration::from_mins(2)),
    };
    let mut tx = app.services.db.write().await.unwrap();
    let is_queued = deliver::queue_push(&app.services, &mut tx, call).await.unwrap();
    tx.commit().await.unwrap();
    is_queued
}

/// Works until the newest push is in that state and the provider was asked that often; the server's own worker may do a part.
async fn settle(app: &TestApp, provider: &Provider, (state, asked): (&str, usize)) {
    let is_noted = "SELECT COUNT(*) FROM outbox WHERE channel = 'push' AND state = 'queued' AND said IS NULL";
    while provider.pushes().len() < asked || app.count(is_noted).await > 0 || app.text(STATE).await != state {
        deliver::run_due(&app.services).await.unwrap();
        tokio::task::yield_now().await;
    }
    assert_eq!(provider.pushes().len(), asked);
}

async fn addresses(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM devices WHERE push_hash IS NOT NULL").await
}

#[rstest]
#[actix_web::test]
async fn a_push_leaves_and_neither_it_nor_the_address_can_be_read(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(PushProvider::Fcm, PushProvider::Apns)] carrier: PushProvider,
) {
    let (app, provider) = start(engine, &[say(200, "")]).await;
    let phone = app.enrolled_phone().await;
    assert!(!ask(&app, &phone).await, "nobody knows its address yet");
    let token = "ab".repeat(40);
    register(&app, &phone, carrier, &token).await;
    assert!(ask(&app, &phone).await);
    settle(&app, &provider, ("sent", 1)).await;
    let stolen = app.database.stolen().await;
    assert!(!stolen.windows(token.len()).any(|window| window == token.as_bytes()), "the address can be read");
    assert_eq!(app.count("SELECT COUNT(*) FROM outbox WHERE channel = 'push' AND sealed IS NULL").await, 1);
    app.stop().await;
}

#[rstest]
#[case::unregistered(PushProvider::Fcm, say(404, &fcm::refused(404, "NOT_FOUND", Some("UNREGISTERED"))))]
#[case::gone(PushProvider::Apns, apns::reason(410, "Unregistered"))]
#[actix_web::test]
async fn a_dead_address_is_forgotten_and_no_other(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[case] carrier: PushProvider,
    #[case] reply: Reply,
) {
    let (app, provider) = start(engine, &[reply]).await;
    let (dead, alive) = (app.enrolled_phone().await, app.enrolled_phone().await);
    register(&app, &dead, carrier, &"ab".repeat(40)).await;
    register(&app, &alive, carrier, &"cd".repeat(40)).await;
    ask(&app, &dead).await;
    settle(&app, &provider, ("refused", 1)).await;
    assert_eq!(addresses(&app).await, 1);
    assert!(!ask(&app, &dead).await);
    assert!(ask(&app, &alive).await);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_address_that_was_registered_again_outlives_its_death(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, provider) = start(engine, &[say(200, "")]).await;
    let phone = app.enrolled_phone().await;
    register(&app, &phone, PushProvider::Apns, &"ab".repeat(40)).await;
    let earlier = app.services.clock.now().millis() - 1;
    provider.script(&[say(410, &format!(r#"{{"reason":"Unregistered","timestamp":{earlier}}}"#))]);
    ask(&app, &phone).await;
    settle(&app, &provider, ("refused", 1)).await;
    assert_eq!(addresses(&app).await, 1);
    app.stop().await;
}

#[rstest]
#[case::other_project(PushProvider::Fcm, say(403, &fcm::refused(403, "PERMISSION_DENIED", Some("SENDER_ID_MISMATCH"))))]
#[case::malformed(PushProvider::Fcm, say(400, &fcm::refused(400, "INVALID_ARGUMENT", Some("INVALID_ARGUMENT"))))]
#[case::other_environment(PushProvider::Apns, apns::reason(400, "BadDeviceToken"))]
#[case::other_app(PushProvider::Apns, apns::reason(400, "DeviceTokenNotForTopic"))]
#[actix_web::test]
async fn a_wrong_setting_costs_nobody_their_address(#[case] carrier: PushProvider, #[case] reply: Reply) {
    let (app, provider) = start(Sqlite, &[reply]).await;
    let phone = app.enrolled_phone().await;
    register(&app, &phone, carrier, &"ab".repeat(40)).await;
    ask(&app, &phone).await;
    settle(&app, &provider, ("refused", 1)).await;
    assert_eq!(addresses(&app).await, 1);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_busy_provider_is_left_alone_as_long_as_it_wants(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, provider) = start(engine, &[say_later(503, "40", ""), say(200, "")]).await;
    let phone = app.enrolled_phone().await;
    register(&app, &phone, PushProvider::Fcm, "token").await;
    ask(&app, &phone).await;
    settle(&app, &provider, ("queued", 1)).await;
    app.pass(39);
    deliver::run_due(&app.services).await.unwrap();
    assert_eq!(provider.pushes().len(), 1);
    app.pass(1);
    settle(&app, &provider, ("sent", 2)).await;
    assert!(provider.pushes()[1].body.contains("\"ttl\":\"80s\""), "{}", provider.pushes()[1].body);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_push_ends_with_its_sign_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, provider) = start(engine, &[say(503, ""), say_later(429, "200", "")]).await;
    let phone = app.enrolled_phone().await;
    register(&app, &phone, PushProvider::Fcm, "token").await;
    ask(&app, &phone).await;
    settle(&app, &provider, ("queued", 1)).await;
    app.pass(3);
    settle(&app, &provider, ("given_up", 2)).await;

    provider.script(&[say(503, "")]);
    ask(&app, &phone).await;
    settle(&app, &provider, ("queued", 3)).await;
    app.pass(121);
    settle(&app, &provider, ("given_up", 3)).await;
    assert_eq!(addresses(&app).await, 1);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_address_belongs_to_one_phone_and_a_revoked_one_has_none(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (app, _provider) = start(engine, &[say(200, "")]).await;
    let (old, new) = (app.enrolled_phone().await, app.enrolled_phone().await);
    register(&app, &old, PushProvider::Fcm, "token").await;
    register(&app, &new, PushProvider::Fcm, "token").await;
    assert_eq!(addresses(&app).await, 1);
    assert!(!ask(&app, &old).await);
    assert!(ask(&app, &new).await);
    let owner = format!("SELECT person_id FROM devices WHERE id = '{}'", new.profile.device_id);
    let owner: PersonId = app.text(&owner).await.parse().unwrap();
    let mut tx = app.services.db.write().await.unwrap();
    assert!(avain::store::device::revoke(&mut tx, id_of(&new), owner).await.unwrap());
    tx.commit().await.unwrap();
    assert!(!ask(&app, &new).await);
    app.stop().await;
}
