//! What the support staff reads and writes.

use std::time::Duration;

use avain::crypto::code_hash::HashPurpose;
use avain::domain::error_reference::ErrorReference;
use avain::domain::ids::{DeviceId, EnrolmentId, InvitationId, LoginAttemptId, PersonId, SessionId};
use avain::domain::invitation::{ActivationCode, InvitationState};
use avain::domain::trail::SaidFacts;
use avain::store::error_event::ErrorEvent;
use avain::store::saved_view::SavedView;
use avain::store::search::{PhoneOrder, Place};
use avain::store::{error_event, invitation, login, person, saved_view, search, story};
use rstest::rstest;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{Invited, TestApp};

#[rstest]
#[actix_web::test]
async fn a_block_is_set_once_and_taken_back_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let Invited { person: id, code } = app.invite().await;
    let now = app.services.clock.now();
    let mut tx = app.services.db.write().await.unwrap();
    assert!(!person::is_blocked_locked(&mut tx, id).await.unwrap());
    assert!(person::block(&mut tx, id, now).await.unwrap());
    assert!(!person::block(&mut tx, id, now).await.unwrap());
    assert_eq!(person::find_block(&mut tx, id).await.unwrap(), Some(now));
    assert!(person::is_blocked_locked(&mut tx, id).await.unwrap());
    assert!(person::unblock(&mut tx, id).await.unwrap());
    assert!(!person::unblock(&mut tx, id).await.unwrap());
    let code = ActivationCode::parse(&code).unwrap();
    let hash = app.services.keys.hasher.hash(HashPurpose::ActivationCode, code.expose().as_bytes());
    assert_eq!(invitation::find_by_code(&mut tx, &hash).await.unwrap().unwrap().person_id, id);
    assert!(invitation::find_by_code(&mut tx, &[0; 32]).await.unwrap().is_none());
    assert_eq!(invitation::void_open(&mut tx, id).await.unwrap(), 1);
    assert_eq!(invitation::void_open(&mut tx, id).await.unwrap(), 0);
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_error_is_found_by_all_that_it_belongs_to(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let now = app.services.clock.now();
    let reference = ErrorReference::generate(app.services.random.as_ref()).unwrap();
    let event = ErrorEvent {
        reference,
        at: now,
        code: "frame_expired".to_owned(),
        route: "/phone/v1/scans".to_owned(),
        person: Some(PersonId::from_bytes([1; 16])),
        device: Some(DeviceId::from_bytes([2; 16])),
        enrolment: Some(EnrolmentId::from_bytes([3; 16])),
        invitation: Some(InvitationId::from_bytes([4; 16])),
        attempt: Some(LoginAttemptId::from_bytes([5; 16])),
        facts: SaidFacts { model: "Pixel 8".to_owned(), ..SaidFacts::default() },
        detail: "{}".to_owned(),
    };
    let mut tx = app.services.db.write().await.unwrap();
    error_event::insert(&mut tx, &event).await.unwrap();
    error_event::insert(&mut tx, &event).await.unwrap();
    assert_eq!(error_event::find(&mut tx, reference).await.unwrap().as_ref(), Some(&event));
    let attempt = error_event::find_of_attempt(&mut tx, event.attempt.unwrap()).await.unwrap();
    let enrolment = error_event::find_of_enrolment(&mut tx, event.enrolment.unwrap()).await.unwrap();
    assert_eq!((attempt, enrolment), (vec![event.clone()], vec![event.clone()]));
    let owner = event.person.unwrap();
    assert_eq!(error_event::find_of_person(&mut tx, owner, now, 5).await.unwrap(), [event]);
    let before = now.minus(Duration::from_secs(1));
    assert!(error_event::find_of_person(&mut tx, owner, before, 5).await.unwrap().is_empty());
    assert_eq!(error_event::find_cut(&mut tx, 0).await.unwrap(), Some(now));
    assert_eq!(error_event::find_cut(&mut tx, 1).await.unwrap(), None);
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_story_is_read_from_every_side(#[values(Sqlite, Postgres)] engine: Engine) {
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
    let id: PersonId = app.text("SELECT id FROM persons").await.parse().unwrap();
    let device: DeviceId = phone.profile.device_id.parse().unwrap();
    let enrolment: EnrolmentId = app.text("SELECT id FROM enrolments").await.parse().unwrap();
    let session: SessionId = app.text("SELECT id FROM sessions").await.parse().unwrap();
    let mut tx = app.services.db.read().await.unwrap();
    let owner = login::find_owner(&mut tx, attempt).await.unwrap().unwrap();
    assert_eq!((owner.person, owner.device, owner.begun_at), (Some(id), Some(device), now));
    let facts = login::find_facts(&mut tx, attempt).await.unwrap().unwrap();
    assert_eq!((facts.client_name.as_str(), facts.flow.as_deref()), ("Ledger", Some("qr")));
    let names = |events: &[story::Event]| {
        events.iter().map(|event| event.event.clone()).collect::<Vec<_>>().join(" ")
    };
    let events = story::find_of_attempt(&mut tx, attempt).await.unwrap();
    assert_eq!(names(&events), "attempt.begun attempt.scanned attempt.approved login.success");
    let events = story::find_of_enrolment(&mut tx, enrolment).await.unwrap();
    assert_eq!(names(&events), "enrolment.started enrolment.confirmed device.enrolled");
    let events = story::find_of_device(&mut tx, id, device).await.unwrap();
    assert_eq!(names(&events), "login.success attempt.approved attempt.scanned device.enrolled");
    let newest = story::find_of_person(&mut tx, id, now, 2).await.unwrap();
    assert_eq!(names(&newest), "login.success attempt.approved");
    assert!(story::find_of_session(&mut tx, id, now, session).await.unwrap().is_empty(), "no token yet");
    assert!(story::find_letters_of_attempt(&mut tx, attempt).await.unwrap().is_empty());
    let from = now.minus(Duration::from_hours(1));
    assert_eq!(story::find_letters_between(&mut tx, id, (from, now)).await.unwrap().len(), 2);
    let invitations = story::find_invitations(&mut tx, id).await.unwrap();
    assert_eq!(invitations[0].invitation.state, InvitationState::Redeemed(enrolment));
    assert_eq!(story::find_enrolments(&mut tx, id).await.unwrap(), [enrolment]);
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn people_and_phones_are_found_by_the_beginning_of_their_names(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    app.enrolled_phone().await;
    let id: PersonId = app.text("SELECT id FROM persons").await.parse().unwrap();
    let company = app.company.to_string();
    let start = Place::default();
    let mut tx = app.services.db.write().await.unwrap();
    let found = search::people_by_word(&mut tx, ("tam", "tam\u{10ffff}"), &start).await.unwrap();
    assert_eq!((found.len(), found[0].id, found[0].company.as_str()), (1, id, "Kuusi Books Oy"));
    let place = found[0].place.clone();
    assert!(search::people_by_word(&mut tx, ("tam", "tam\u{10ffff}"), &place).await.unwrap().is_empty());
    assert_eq!(search::people_by_email(&mut tx, "mart.tamm@kuusi.example").await.unwrap().len(), 1);
    assert!(search::people_by_email(&mut tx, "mart.tamm@").await.unwrap().is_empty());
    assert_eq!(search::people_by_phone(&mut tx, "+37255550101").await.unwrap().len(), 1);
    assert_eq!(search::people_of_company(&mut tx, &company, &start).await.unwrap().len(), 1);
    assert_eq!(search::companies(&mut tx, ("kuusi", "kuusi\u{10ffff}")).await.unwrap()[0].id, app.company);
    for order in [
        PhoneOrder::Model("google p".to_owned(), "google p\u{10ffff}".to_owned()),
        PhoneOrder::Company(company),
        PhoneOrder::Os("android", "14".to_owned()),
        PhoneOrder::App("1.0.0".to_owned()),
        PhoneOrder::Newest,
    ] {
        let found = search::phones(&mut tx, &order, &start).await.unwrap();
        assert_eq!(found.len(), 1, "{order:?}");
        assert!(search::phones(&mut tx, &order, &found[0].place).await.unwrap().is_empty(), "{order:?}");
    }
    let renamed = avain::domain::person::Person {
        name: "Žofia Kask".to_owned(),
        ..person::find(&mut tx, id).await.unwrap().unwrap()
    };
    person::set_name(&mut tx, &renamed).await.unwrap();
    for (from, most) in [("zofia", 1), ("kask", 1), ("tamm", 0), ("mart", 0)] {
        let to = format!("{from}\u{10ffff}");
        assert_eq!(search::people_by_word(&mut tx, (from, &to), &start).await.unwrap().len(), most, "{from}");
    }
    let view = SavedView { name: "Old phones".to_owned(), query: "os=9".to_owned() };
    saved_view::insert(&mut tx, id, &view).await.unwrap();
    assert_eq!(saved_view::list(&mut tx, id).await.unwrap(), [view]);
    assert!(saved_view::remove(&mut tx, id, "Old phones").await.unwrap());
    assert!(!saved_view::remove(&mut tx, id, "Old phones").await.unwrap());
    drop(tx);
    app.stop().await;
}
