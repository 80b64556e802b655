//! Moving to a new phone with the old one in hand.

use avain_proto::dsse::TAKE_MOVE;
use avain_proto::v1::{MoveOffered, MoveTaken, TakeMove, UserVerification};
use futures_util::future::join_all;
use mobile_sim::{DeviceKey, Newcomer, Phone, PhoneError};
use prost_reflect::prost::Message as _;
use rstest::rstest;

use super::{is_shut_out, sign_in, two_phones};
use crate::account::objection_in;
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};
use crate::sign_in::code_of;

fn newcomer(app: &TestApp) -> Newcomer {
    let mut facts = facts();
    facts.model = "Pixel 9 Pro".to_owned();
    let key = DeviceKey::generate().unwrap();
    Newcomer { server: app.phone_server(), issuer: app.base_url.clone(), key, facts }
}

/// A phone that is a day old, and a ticket that it shows.
async fn offered(app: &TestApp) -> (Phone, MoveOffered) {
    let old = app.enrolled_phone().await;
    app.pass(24 * 3600);
    let offered = old.offer_move().await.unwrap();
    (old, offered)
}

async fn submit(new: &Newcomer, message: &TakeMove) -> Result<MoveTaken, PhoneError> {
    new.submit(&new.key.sign(TAKE_MOVE, &message.encode_to_vec())).await
}

#[rstest]
#[actix_web::test]
async fn a_new_phone_takes_the_place_of_the_old_one(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let old = app.enrolled_phone().await;
    assert_eq!(code_of(old.offer_move().await), "device_on_probation", "not on its first day");
    let browser = app.browser();
    sign_in(&browser, &old).await;
    app.pass(24 * 3600);
    sign_in(&browser, &old).await;
    let offered = old.offer_move().await.unwrap();
    assert!(old.look_at_move(&offered.move_id).await.unwrap().numbers.is_empty(), "nobody is there");

    let new = newcomer(&app);
    let taken = new.take(&offered.ticket.to_lowercase().replace('-', " ")).await.unwrap();
    assert_eq!((taken.person_name.as_str(), taken.enrolled.is_none()), ("Mart Tamm", true));
    assert_eq!(new.take(&offered.ticket).await.unwrap().number, taken.number, "it asks again");
    let standing = old.look_at_move(&offered.move_id).await.unwrap();
    assert_eq!(standing.platform.clone().unwrap().model, "Pixel 9 Pro");
    assert!(standing.numbers.len() == 5 && standing.numbers.contains(&taken.number), "{standing:?}");
    let answered = old.answer_move(&offered.move_id, &standing, Some(taken.number)).await.unwrap();

    for _ in 0..2 {
        let enrolled = new.take(&offered.ticket).await.unwrap().enrolled.unwrap();
        assert_eq!(enrolled.device_id, answered.device_id);
        app.pass(3600);
    }
    let phone = new.finish(new.take(&offered.ticket).await.unwrap().enrolled.unwrap()).unwrap();
    assert!(is_shut_out(&app, &old).await);
    assert_eq!(browser.get("/account").await.status, 303, "what the old one signed in is over");
    assert_eq!(phone.list_devices().await.unwrap().len(), 1);
    sign_in(&browser, &phone).await;
    assert_eq!(code_of(phone.offer_move().await), "device_on_probation", "a new device like any other");
    let events = "SELECT event FROM audit WHERE event LIKE 'own.%move%' ORDER BY id";
    let mut events = app.database.texts(events).await;
    events.sort_unstable();
    assert_eq!(events, ["own.device_moved", "own.move_offered", "own.move_taken"]);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn whoever_did_not_move_objects(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (old, offered) = offered(&app).await;
    let new = newcomer(&app);
    let number = new.take(&offered.ticket).await.unwrap().number;
    let standing = old.look_at_move(&offered.move_id).await.unwrap();
    old.answer_move(&offered.move_id, &standing, Some(number)).await.unwrap();
    let phone = new.finish(new.take(&offered.ticket).await.unwrap().enrolled.unwrap()).unwrap();
    let told: Vec<_> =
        app.messages().await.into_iter().filter(|message| message.body.contains("Pixel 9 Pro")).collect();
    assert_eq!(told.len(), 2, "by mail and by SMS");
    let done = app.browser().post("/not-me", &[("code", &objection_in(&told[0]))]).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(is_shut_out(&app, &phone).await);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_wrong_number_and_a_no_end_the_move(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (old, first) = offered(&app).await;
    let thief = newcomer(&app);
    let right = thief.take(&first.ticket).await.unwrap().number;
    let standing = old.look_at_move(&first.move_id).await.unwrap();
    let wrong = *standing.numbers.iter().find(|number| **number != right).unwrap();
    assert_eq!(code_of(old.answer_move(&first.move_id, &standing, Some(9)).await), "answer_invalid");
    let picked = old.answer_move(&first.move_id, &standing, Some(wrong)).await;
    assert_eq!(code_of(picked), "move_number_wrong");
    assert_eq!(code_of(old.answer_move(&first.move_id, &standing, Some(right)).await), "move_over");
    assert_eq!(code_of(thief.take(&first.ticket).await), "move_over");

    let second = old.offer_move().await.unwrap();
    thief.take(&second.ticket).await.unwrap();
    let standing = old.look_at_move(&second.move_id).await.unwrap();
    let refused = old.answer_move(&second.move_id, &standing, None).await.unwrap();
    assert_eq!(refused.device_id, "");
    assert_eq!(code_of(thief.take(&second.ticket).await), "move_over");
    let replaced = old.offer_move().await.unwrap();
    let newest = old.offer_move().await.unwrap();
    assert_eq!(code_of(thief.take(&replaced.ticket).await), "move_over", "the newest ticket alone");
    app.pass(599);
    thief.take(&newest.ticket).await.unwrap();
    let standing = old.look_at_move(&newest.move_id).await.unwrap();
    app.pass(1);
    let late = old.answer_move(&newest.move_id, &standing, Some(standing.numbers[0])).await;
    assert_eq!(code_of(late), "move_over");
    assert_eq!(code_of(old.look_at_move(&newest.move_id).await), "move_over");
    assert_eq!(app.count("SELECT COUNT(*) FROM devices").await, 1);
    assert!(!is_shut_out(&app, &old).await);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn one_phone_takes_a_ticket_and_only_its_own_phone_answers(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (old, other) = two_phones(&app).await;
    app.pass(24 * 3600);
    let offered = old.offer_move().await.unwrap();
    let phones: Vec<Newcomer> = (0..6).map(|_| newcomer(&app)).collect();
    let done = join_all(phones.iter().map(|phone| phone.take(&offered.ticket))).await;
    let (taken, refused): (Vec<_>, Vec<_>) = done.into_iter().partition(Result::is_ok);
    let codes: Vec<String> = refused.into_iter().map(code_of).collect();
    assert_eq!(codes, ["move_taken"; 5]);
    let number = taken.into_iter().find_map(Result::ok).unwrap().number;
    let mut standing = old.look_at_move(&offered.move_id).await.unwrap();
    assert_eq!(code_of(other.look_at_move(&offered.move_id).await), "move_unknown");
    let foreign = other.answer_move(&offered.move_id, &standing, Some(number)).await;
    assert_eq!(code_of(foreign), "move_unknown");
    let careless = Phone { verification: UserVerification::None, ..old.clone() };
    let refused = careless.answer_move(&offered.move_id, &standing, Some(number)).await;
    assert_eq!(code_of(refused), "user_verification_missing");
    standing.key_thumbprint = vec![0; 32];
    let refused = old.answer_move(&offered.move_id, &standing, Some(number)).await;
    assert_eq!(code_of(refused), "key_thumbprint_mismatch", "another phone than the one that was shown");
    assert_eq!(app.count("SELECT COUNT(*) FROM devices").await, 2);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_new_phone_proves_its_key_and_is_new_enough(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (old, offered) = offered(&app).await;
    let new = newcomer(&app);
    let honest = new.taking(&offered.ticket);
    let thief = newcomer(&app);
    let forged = thief.key.sign(TAKE_MOVE, &honest.encode_to_vec());
    assert_eq!(code_of(new.submit(&forged).await), "signature_invalid");
    let mut aged = new.clone();
    (aged.facts.os_version, aged.facts.api_level) = ("9".to_owned(), 28);
    assert_eq!(code_of(aged.take(&offered.ticket).await), "os_version_too_old");
    let known = Newcomer { key: old.key.clone(), ..new.clone() };
    let number = known.take(&offered.ticket).await.unwrap().number;
    let standing = old.look_at_move(&offered.move_id).await.unwrap();
    let refused = old.answer_move(&offered.move_id, &standing, Some(number)).await;
    assert_eq!(code_of(refused), "device_key_in_use");
    let fresh = old.offer_move().await.unwrap();
    for (code, message) in [
        ("move_unknown", new.taking("0000-0000-0000-0000")),
        ("move_unknown", new.taking("short")),
        ("field_invalid", TakeMove { platform: None, ..new.taking(&fresh.ticket) }),
        ("device_key_invalid", TakeMove { public_key: vec![4; 64], ..new.taking(&fresh.ticket) }),
        ("nonce_mismatch", {
            let mut message = new.taking(&fresh.ticket);
            message.context.as_mut().unwrap().server_nonce = vec![1; 32];
            message
        }),
        ("user_verification_missing", {
            let mut message = new.taking(&fresh.ticket);
            message.context.as_mut().unwrap().user_verification = UserVerification::None.into();
            message
        }),
        ("issuer_mismatch", {
            let mut message = new.taking(&fresh.ticket);
            "https://elsewhere.example".clone_into(&mut message.context.as_mut().unwrap().issuer);
            message
        }),
        ("accepted", new.taking(&fresh.ticket)),
    ] {
        assert_eq!(code_of(submit(&new, &message).await), code);
    }
    app.stop().await;
}
