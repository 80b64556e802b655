//! What people change about themselves, by store functions alone.

use std::time::Duration;

use avain::domain::email_change::EmailChange;
use avain::domain::ids::{CompanyId, DeviceId, EmailChangeId, PersonId, SessionId};
use avain::domain::language::Language;
use avain::domain::objection::{Objection, ObjectionKind};
use avain::domain::second_factor::OriginKind;
use avain::domain::staff::StaffRole;
use avain::store::session::{Ending, Voucher};
use avain::store::{
    audit, device, email_change, known_origin, membership, objection, person, session, staff,
};
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn a_wanted_address_is_tried_finished_and_undone_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let person_id: PersonId = app.invite().await.person;
    let now = app.services.clock.now();
    let later = now.plus(Duration::from_secs(1));
    let wish = EmailChange {
        id: EmailChangeId::from_bytes([1; 16]),
        person_id,
        email: "uus@kuusi.example".to_owned(),
        salt: [7; 16],
        wrong_codes: 0,
        sends: 1,
        last_sent_at: now,
        created_at: now,
    };
    let mut tx = app.services.db.write().await.unwrap();
    email_change::insert(&mut tx, &wish).await.unwrap();
    assert_eq!(email_change::supersede(&mut tx, person_id).await.unwrap(), 1);
    assert!(email_change::find_open(&mut tx, person_id).await.unwrap().is_none());
    let second = EmailChange { id: EmailChangeId::from_bytes([2; 16]), ..wish };
    email_change::insert(&mut tx, &second).await.unwrap();
    let before = now.minus(Duration::from_secs(1));
    assert_eq!(email_change::count_since(&mut tx, person_id, before).await.unwrap(), 2);
    assert_eq!(email_change::count_since(&mut tx, person_id, now).await.unwrap(), 0);
    assert!(email_change::count_send(&mut tx, second.id, 1, later).await.unwrap());
    assert!(!email_change::count_send(&mut tx, second.id, 1, later).await.unwrap(), "somebody was faster");
    for _ in 0..5 {
        assert!(email_change::spend_try(&mut tx, second.id).await.unwrap());
    }
    assert!(!email_change::spend_try(&mut tx, second.id).await.unwrap());
    let found = email_change::find_open_locked(&mut tx, person_id).await.unwrap().unwrap();
    assert_eq!((found.id, found.email.as_str(), found.salt), (second.id, "uus@kuusi.example", [7; 16]));
    assert_eq!((found.wrong_codes, found.sends, found.last_sent_at), (5, 2, later));
    assert_eq!(email_change::undo(&mut tx, second.id).await.unwrap(), None, "it has not come true");
    assert!(email_change::finish(&mut tx, second.id, "vana@kuusi.example").await.unwrap());
    assert!(!email_change::finish(&mut tx, second.id, "vana@kuusi.example").await.unwrap());
    let old = email_change::undo(&mut tx, second.id).await.unwrap();
    assert_eq!(old.as_deref(), Some("vana@kuusi.example"));
    assert_eq!(email_change::undo(&mut tx, second.id).await.unwrap(), None);
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_objection_is_spent_once_and_takes_the_later_ones_along(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let person_id: PersonId = app.invite().await.person;
    let now = app.services.clock.now();
    let later = now.plus(Duration::from_secs(1));
    let kind = |number| ObjectionKind::EmailChanged(EmailChangeId::from_bytes([number; 16]));
    let right = |kind| Objection { person_id, kind, expires_at: later, is_used: false };
    let mut tx = app.services.db.write().await.unwrap();
    objection::insert(&mut tx, &[1; 32], &right(kind(1)), now).await.unwrap();
    objection::insert(&mut tx, &[2; 32], &right(kind(2)), later).await.unwrap();
    objection::insert(&mut tx, &[3; 32], &right(ObjectionKind::PhoneChanged), later).await.unwrap();
    let found = objection::find(&mut tx, &[1; 32]).await.unwrap().unwrap();
    assert_eq!((found.person_id, found.kind, found.expires_at), (person_id, kind(1), later));
    assert!(objection::find(&mut tx, &[9; 32]).await.unwrap().is_none());
    assert!(objection::spend(&mut tx, &[1; 32], now).await.unwrap());
    assert!(!objection::spend(&mut tx, &[1; 32], now).await.unwrap());
    assert_eq!(objection::spend_later(&mut tx, &[1; 32], &found, now).await.unwrap(), 1);
    for (hash, is_used) in [([1; 32], true), ([2; 32], true), ([3; 32], false)] {
        assert_eq!(objection::find(&mut tx, &hash).await.unwrap().unwrap().is_used, is_used, "{hash:?}");
    }
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn sign_ins_are_looked_back_on_and_ended(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (administrator, _) = app.administrator_of(app.company).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    browser.finish_sign_in(&attempt).await;
    let device_id: DeviceId = phone.profile.device_id.parse().unwrap();
    let session_id: SessionId = app.text("SELECT id FROM sessions").await.parse().unwrap();
    let owner: PersonId = app.text("SELECT person_id FROM sessions").await.parse().unwrap();
    let company: CompanyId = app.company;
    let now = app.services.clock.now();
    let mut tx = app.services.db.write().await.unwrap();
    let visits = session::find_visits(&mut tx, owner, 10).await.unwrap();
    assert_eq!((visits.len(), visits[0].id), (1, session_id));
    assert!(matches!(visits[0].voucher, Voucher::Device { id, .. } if id == device_id));
    assert_eq!((visits[0].client_name.as_str(), visits[0].place.as_str()), ("Ledger", "127.0.0.1"));
    assert!(visits[0].is_live(now));
    assert_eq!(session::find_device(&mut tx, session_id).await.unwrap(), Some(device_id));
    assert_eq!(session::end(&mut tx, Ending::OfDevice(device_id), now).await.unwrap(), 1);
    assert!(!session::find_visits(&mut tx, owner, 10).await.unwrap()[0].is_live(now));
    assert_eq!(session::end(&mut tx, Ending::OfDevice(device_id), now).await.unwrap(), 0);

    assert!(device::rename(&mut tx, device_id, owner, "Töö").await.unwrap());
    assert!(!device::rename(&mut tx, device_id, administrator, "Mine").await.unwrap(), "not theirs");
    assert_eq!(device::find(&mut tx, device_id).await.unwrap().unwrap().name, "Töö");
    person::set_language(&mut tx, owner, Language::Swedish).await.unwrap();
    assert_eq!(person::find(&mut tx, owner).await.unwrap().unwrap().language, Language::Swedish);
    let places = membership::find_places(&mut tx, owner).await.unwrap();
    assert_eq!(
        (places.len(), places[0].company_name.as_str(), places[0].is_basic),
        (1, "Kuusi Books Oy", true)
    );
    assert_eq!(membership::find_administrators(&mut tx, company).await.unwrap(), [administrator]);
    known_origin::remember(&mut tx, owner, &(OriginKind::Network, [5; 32]), now, now).await.unwrap();
    assert!(known_origin::forget(&mut tx, owner).await.unwrap() >= 1);
    assert_eq!(known_origin::forget(&mut tx, owner).await.unwrap(), 0);
    let events = audit::find_of_person(&mut tx, owner, 100).await.unwrap();
    assert!(events.iter().any(|done| done.event == "login.success"));
    assert_eq!(audit::find_of_person(&mut tx, owner, 1).await.unwrap().len(), 1);
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn staff_come_and_go(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let id: PersonId = app.invite().await.person;
    let now = app.services.clock.now();
    let mut tx = app.services.db.write().await.unwrap();
    staff::insert(&mut tx, id, StaffRole::Lead, now).await.unwrap();
    assert_eq!(staff::find_role(&mut tx, id).await.unwrap(), Some(StaffRole::Lead));
    let listed = staff::list(&mut tx).await.unwrap();
    assert_eq!((listed.len(), listed[0].id, listed[0].role), (1, id, StaffRole::Lead));
    assert_eq!((listed[0].name.as_str(), listed[0].email.as_str()), ("Mart Tamm", "mart.tamm@kuusi.example"));
    assert!(staff::remove(&mut tx, id).await.unwrap());
    assert!(!staff::remove(&mut tx, id).await.unwrap());
    assert_eq!(staff::find_role(&mut tx, id).await.unwrap(), None);
    drop(tx);
    app.stop().await;
}
