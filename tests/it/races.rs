//! One-time things under a race: one winner each, nothing else changed. Two hundred rounds of fifty.

use avain_proto::v1::UserVerification;
use futures_util::future::join_all;
use mobile_sim::Activation;
use rstest::rstest;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

const ROUNDS: usize = 200;
const RACERS: usize = 50;

#[rstest]
#[actix_web::test]
async fn fifty_phones_race_for_one_activation_code(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let server = app.phone_server();
    for round in 0..ROUNDS {
        let invited = app.invite().await;
        let phones: Vec<Activation> =
            (0..RACERS).map(|_| Activation::prepare(&server, &invited.code, facts()).unwrap()).collect();
        let raced = join_all(phones.into_iter().map(|mut phone| async move {
            let begun = phone.begin().await;
            (phone, begun)
        }))
        .await;
        let losers = raced.iter().filter_map(|(_, begun)| begun.as_ref().err());
        assert!(losers.clone().all(|error| error.code() == Some("activation_code_in_use")), "round {round}");
        assert_eq!(losers.count(), RACERS - 1, "round {round}");
        let (mut winner, _) = raced.into_iter().find(|(_, begun)| begun.is_ok()).unwrap();
        let confirmation = app.confirmation_code().await;
        winner.confirm(&confirmation).await.unwrap();
        let enrolled = join_all((0..3).map(|_| winner.enrol(UserVerification::Pin, ""))).await;
        let devices: Vec<String> =
            enrolled.into_iter().map(|phone| phone.unwrap().profile.device_id).collect();
        assert!(
            devices.iter().all(|device| *device == devices[0]),
            "round {round}: the last step repeated in parallel"
        );
    }
    let rounds = i64::try_from(ROUNDS).unwrap();
    for sql in [
        "SELECT COUNT(*) FROM devices",
        "SELECT COUNT(*) FROM enrolments",
        "SELECT COUNT(*) FROM invitations WHERE state = 'redeemed'",
        "SELECT COUNT(*) FROM audit WHERE event = 'device.enrolled'",
        "SELECT COUNT(*) FROM audit WHERE event = 'enrolment.started'",
        "SELECT COUNT(*) FROM objections WHERE kind = 'device_added'",
    ] {
        assert_eq!(app.count(sql).await, rounds, "{sql}");
    }
    let sms = app.count("SELECT COUNT(*) FROM outbox WHERE channel = 'sms'").await;
    assert_eq!(sms, 2 * rounds, "one code and one notice each");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn fifty_browsers_race_to_collect_one_attempt(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    for round in 0..ROUNDS {
        let browser = app.browser();
        let attempt = browser.start_sign_in().await.attempt;
        browser.approve(&phone, &attempt).await;
        let path = format!("/login/collect?attempt={attempt}");
        let browsers: Vec<_> = (0..RACERS).map(|_| browser.twin()).collect();
        let pages = join_all(browsers.iter().map(|browser| browser.get(&path))).await;
        assert_eq!(pages.iter().filter(|page| page.status == 303).count(), 1, "round {round}");
        assert_eq!(pages.iter().filter(|page| page.status == 409).count(), RACERS - 1, "round {round}");
    }
    let rounds = i64::try_from(ROUNDS).unwrap();
    for sql in [
        "SELECT COUNT(*) FROM sessions",
        "SELECT COUNT(*) FROM login_attempts WHERE state = 'collected'",
        "SELECT COUNT(*) FROM audit WHERE event = 'login.success'",
        "SELECT COUNT(*) FROM login_attempts a JOIN sessions s ON s.id = a.session_id AND s.attempt_id = a.id",
    ] {
        assert_eq!(app.count(sql).await, rounds, "{sql}");
    }
    app.stop().await;
}
