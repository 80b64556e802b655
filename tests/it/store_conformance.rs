//! One-time swaps in the store itself: whoever comes second is told so, whatever the flow above has checked.

mod account;
mod identification;
mod keys;
mod life;
mod members;
mod push;
mod scim;
mod second_factor;
mod support;
mod suspicion;
mod tokens;

use avain::crypto::code_hash::HashPurpose;
use avain::domain::device::UserVerification;
use avain::domain::ids::{
    DeviceId, EnrolmentId, InvitationId, LoginAttemptId, MessageId, PersonId, SessionId,
};
use avain::domain::login::{DenyReason, Flow};
use avain::domain::message::{Channel, Envelope, MessageKind, Progress};
use avain::domain::number_match::NumberMatch;
use avain::domain::time::Timestamp;
use avain::store::login::SignedAnswer;
use avain::store::{activation, device, grant, invitation, login, outbox};
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn what_is_spent_cannot_be_spent_again(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt: LoginAttemptId = {
        let attempt = browser.start_sign_in().await.attempt;
        browser.approve(&phone, &attempt).await;
        browser.finish_sign_in(&attempt).await;
        attempt.parse().unwrap()
    };
    let now = app.services.clock.now();
    let random = app.services.random.as_ref();
    let (session, other) =
        (SessionId::generate(now, random).unwrap(), EnrolmentId::generate(now, random).unwrap());
    let enrolment: EnrolmentId = app.text("SELECT id FROM enrolments").await.parse().unwrap();
    let spent: InvitationId = app.text("SELECT id FROM invitations").await.parse().unwrap();
    let used: DeviceId = phone.profile.device_id.parse().unwrap();
    let answer = SignedAnswer { payload: b"payload", signature: b"signature" };

    let mut tx = app.services.db.write().await.unwrap();
    let swaps = [
        ("scan", {
            let found = login::find(&mut tx, attempt).await.unwrap().unwrap();
            let scan = avain::domain::login::Scan {
                device_id: used,
                person_id: device::find(&mut tx, used).await.unwrap().unwrap().person_id,
                masked_device_name: String::new(),
                server_nonce: [0; 32],
                display_text: String::new(),
                flow: Flow::Qr,
                numbers: NumberMatch::of(&[10, 20, 30, 40, 50], 30),
                frame_age: None,
                phone_place: String::new(),
            };
            login::scan(&mut tx, found.id, &scan, now).await.unwrap()
        }),
        ("approve", login::approve(&mut tx, attempt, &answer, UserVerification::Pin, now).await.unwrap()),
        ("deny", login::deny(&mut tx, attempt, &answer, DenyReason::NotMe, now).await.unwrap()),
        ("ask for a code", login::ask_second_factor(&mut tx, attempt).await.unwrap()),
        ("cancel", login::cancel(&mut tx, attempt).await.unwrap()),
        ("collect", login::collect(&mut tx, attempt, session, now).await.unwrap()),
        ("claim", invitation::claim(&mut tx, spent, other, None).await.unwrap()),
        ("take over", invitation::claim(&mut tx, spent, other, Some(enrolment)).await.unwrap()),
        ("redeem", invitation::redeem(&mut tx, spent, enrolment).await.unwrap()),
        ("void", invitation::void_claimed(&mut tx, spent, enrolment).await.unwrap()),
        ("send again", invitation::count_send(&mut tx, spent, 1).await.unwrap()),
        ("supersede", activation::supersede(&mut tx, enrolment).await.unwrap()),
        ("count", activation::count_wrong_code(&mut tx, enrolment, 0).await.unwrap()),
        ("lock", activation::lock(&mut tx, enrolment).await.unwrap()),
        ("confirm", activation::confirm(&mut tx, enrolment, &[0; 32], now).await.unwrap()),
        ("finish", activation::finish(&mut tx, enrolment, used).await.unwrap()),
    ];
    for (swap, is_done) in swaps {
        assert!(!is_done, "{swap} happened twice");
    }
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_code_is_redeemed_by_one_transaction(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    let location = browser.finish_sign_in(&attempt).await;
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap();
    let hash = app.services.keys.hasher.hash(HashPurpose::AuthorizationCode, code.as_bytes());
    let now = app.services.clock.now();
    let mut tx = app.services.db.write().await.unwrap();
    assert!(grant::redeem(&mut tx, &hash, now).await.unwrap());
    assert!(!grant::redeem(&mut tx, &hash, now).await.unwrap());
    drop(tx);
    let mut tx = app.services.db.write().await.unwrap();
    assert!(grant::redeem(&mut tx, &hash, now).await.unwrap(), "a transaction that was dropped did nothing");
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_message_is_leased_by_one_worker(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let due_at = Timestamp::from_millis(9_000_000_000_000);
    let id = MessageId::generate(due_at, app.services.random.as_ref()).unwrap();
    let mut tx = app.services.db.write().await.unwrap();
    let attempt = LoginAttemptId::generate(due_at, app.services.random.as_ref()).unwrap();
    let person = PersonId::from_bytes([3; 16]);
    let envelope =
        Envelope::mail("nobody@kuusi.example", person, MessageKind::SignInCode).of_attempt(attempt);
    outbox::insert(&mut tx, id, &envelope, b"sealed", due_at).await.unwrap();
    assert_eq!(
        outbox::find_of_attempt(&mut tx, attempt).await.unwrap(),
        [(Channel::Mail, Progress::OnItsWay)]
    );
    let due = outbox::find_due(&mut tx, due_at).await.unwrap();
    let later = Timestamp::from_millis(9_000_000_060_000);
    assert!(outbox::lease(&mut tx, &due[0], later).await.unwrap());
    assert!(!outbox::lease(&mut tx, &due[0], later).await.unwrap());
    let still_due = outbox::find_due(&mut tx, due_at).await.unwrap();
    assert!(still_due.is_empty(), "until the lease ends nobody sees it");
    outbox::note(&mut tx, id, "451 busy").await.unwrap();
    assert!(outbox::mark_sent(&mut tx, id, "250 taken", later).await.unwrap());
    assert!(!outbox::mark_sent(&mut tx, id, "250 taken", later).await.unwrap(), "it was sent once");
    assert_eq!(
        outbox::find_of_attempt(&mut tx, attempt).await.unwrap(),
        [(Channel::Mail, Progress::Taken(later))]
    );
    let posted = outbox::find_of_person(&mut tx, person, 5).await.unwrap();
    assert_eq!(posted.len(), 1);
    assert_eq!((posted[0].kind, posted[0].progress), (MessageKind::SignInCode, Progress::Taken(later)));
    assert!(!outbox::end(&mut tx, id, outbox::End::GivenUp, "late").await.unwrap(), "and has not failed");
    for (scope, expected) in [("+358401", true), ("+358401", true), ("+358401", false), ("all", true)] {
        assert_eq!(outbox::count_sms(&mut tx, scope, 7, 2).await.unwrap(), expected, "{scope}");
    }
    assert!(outbox::count_sms(&mut tx, "+358401", 8, 2).await.unwrap(), "another hour");
    assert!(!outbox::count_sms(&mut tx, "none", 8, 0).await.unwrap());
    drop(tx);
    app.stop().await;
}

/// A store function that nobody tries here is found by its name.
#[test]
fn no_store_function_is_left_out() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file: std::path::PathBuf| std::fs::read_to_string(file).unwrap();
    let mut tried =
        ["store_conformance.rs", "nodes.rs"].map(|file| read(folder.join("tests/it").join(file))).concat();
    for entry in std::fs::read_dir(folder.join("tests/it/store_conformance")).unwrap() {
        tried.push_str(&read(entry.unwrap().path()));
    }
    let mut functions = 0;
    for entry in std::fs::read_dir(folder.join("src/store")).unwrap() {
        let file = entry.unwrap().path();
        let noun = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = std::fs::read_to_string(&file).unwrap();
        for line in source.lines().filter_map(|line| line.strip_prefix("pub async fn ")) {
            let name = line.split('(').next().unwrap();
            functions += 1;
            let is_heard = noun == "wake" && name == "listen";
            assert!(is_heard || tried.contains(&format!("{noun}::{name}(")), "{noun}::{name} is not tried");
        }
    }
    assert!(functions > 50, "{functions}");
}
