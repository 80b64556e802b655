//! What KH users read and change, by store functions alone.

use avain::crypto::code_hash::HashPurpose;
use avain::domain::ids::{CompanyId, DeviceId, PersonId, SessionId};
use avain::domain::membership::{Access, Membership, Role};
use avain::domain::person::PhoneNumber;
use avain::domain::time::Timestamp;
use avain::store::membership::Order;
use avain::store::session::Ending;
use avain::store::{activation, audit, device, invitation, membership, person, session};
use mobile_sim::Activation;
use rstest::rstest;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

async fn ids(app: &TestApp) -> (CompanyId, PersonId) {
    let company = app.text("SELECT company_id FROM memberships LIMIT 1").await;
    let person = app.text("SELECT person_id FROM memberships LIMIT 1").await;
    (company.parse().unwrap(), person.parse().unwrap())
}

#[rstest]
#[actix_web::test]
async fn a_member_is_found_listed_and_changed(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    app.enrolled_phone().await;
    let (company, id) = ids(&app).await;
    let elsewhere = CompanyId::from_bytes([9; 16]);
    let mut tx = app.services.db.write().await.unwrap();
    assert!(membership::find(&mut tx, elsewhere, id).await.unwrap().is_none());
    let found = membership::find_locked(&mut tx, company, id).await.unwrap().unwrap();
    assert_eq!((found.role, found.access, found.is_basic), (Role::User, Access::Browser, true));
    assert!(membership::find_administered(&mut tx, id).await.unwrap().is_empty());
    let changed = Membership { role: Role::UserAdministrator, ..found };
    membership::change(&mut tx, &changed).await.unwrap();
    assert_eq!(membership::find(&mut tx, company, id).await.unwrap().unwrap().role, changed.role);
    assert_eq!(membership::find_administered(&mut tx, id).await.unwrap()[0].id, company);
    membership::change(&mut tx, &Membership { access: Access::Removed, ..changed }).await.unwrap();
    assert!(membership::find_administered(&mut tx, id).await.unwrap().is_empty(), "no access, no people");

    for (search, expected) in
        [("", 1), ("mart", 1), ("+3725555", 1), ("kuusi.example", 1), ("m%t", 0), ("m_rt", 0)]
    {
        assert_eq!(membership::count(&mut tx, company, search).await.unwrap(), expected, "{search}");
        for order in [Order::Name, Order::Newest] {
            let listed = membership::list(&mut tx, company, search, order, (10, 0)).await.unwrap();
            assert_eq!(i64::try_from(listed.len()).unwrap(), expected, "{search}");
        }
    }
    let listed = membership::list(&mut tx, company, "", Order::Name, (10, 0)).await.unwrap();
    assert_eq!((listed[0].id, listed[0].devices, listed[0].invited_until), (id, 1, None));
    assert!(membership::list(&mut tx, company, "", Order::Name, (10, 1)).await.unwrap().is_empty());
    assert_eq!(membership::count(&mut tx, elsewhere, "").await.unwrap(), 0);
    assert_eq!(audit::find_of_member(&mut tx, id, elsewhere).await.unwrap().len(), 0);
    assert!(audit::find_of_networks(&mut tx, company).await.unwrap().is_empty());
    assert_eq!(invitation::count_since(&mut tx, id, Timestamp::from_millis(0)).await.unwrap(), 1);
    let story = audit::find_of_member(&mut tx, id, company).await.unwrap();
    let events: Vec<&str> = story.iter().map(|done| done.event.as_str()).collect();
    assert_eq!(events, ["invitation.sent", "person.added"]);
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn contact_data_and_identifiers_are_kept(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let invited = app.invite().await;
    let now = app.services.clock.now();
    let hash = app.services.keys.hasher.hash(HashPurpose::Identifier, b"EE 38001085718");
    let mut tx = app.services.db.write().await.unwrap();
    assert!(person::find_by_identifier(&mut tx, &hash).await.unwrap().is_empty());
    person::set_identifier(&mut tx, invited.person, "EE", Some(&hash)).await.unwrap();
    let mut found = person::find_by_identifier(&mut tx, &hash).await.unwrap().remove(0);
    assert_eq!(found.id, invited.person);
    found.phone = PhoneNumber::parse("+46 70 123 45 67");
    found.email = "other@kuusi.example".to_owned();
    person::set_contact(&mut tx, &found).await.unwrap();
    let again = person::find(&mut tx, found.id).await.unwrap().unwrap();
    assert_eq!((again.phone, again.email), (found.phone, found.email));
    assert!(activation::find_started(&mut tx, invited.person, now).await.unwrap().is_none());
    tx.commit().await.unwrap();

    let (_activation, _) = Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    let mut tx = app.services.db.read().await.unwrap();
    let waiting = activation::find_started(&mut tx, invited.person, now).await.unwrap().unwrap();
    assert_eq!(waiting.person_id, invited.person);
    assert!(activation::find_started(&mut tx, invited.person, waiting.expires_at).await.unwrap().is_none());
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn devices_and_sessions_end_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    for _ in 0..2 {
        let browser = app.browser();
        let attempt = browser.start_sign_in().await.attempt;
        browser.approve(&phone, &attempt).await;
        browser.finish_sign_in(&attempt).await;
    }
    let (_, owner) = ids(&app).await;
    let session_id: SessionId = app.text("SELECT id FROM sessions LIMIT 1").await.parse().unwrap();
    let device_id: DeviceId = phone.profile.device_id.parse().unwrap();
    let now = app.services.clock.now();
    let mut tx = app.services.db.write().await.unwrap();
    assert_eq!(device::find_of_person(&mut tx, owner).await.unwrap()[0].id, device_id);
    assert!(!device::revoke(&mut tx, device_id, PersonId::from_bytes([9; 16])).await.unwrap(), "not theirs");
    assert!(device::revoke(&mut tx, device_id, owner).await.unwrap());
    assert!(!device::revoke(&mut tx, device_id, owner).await.unwrap(), "once");
    let listeners = session::find_listeners(&mut tx, Ending::OfPerson(owner)).await.unwrap();
    assert!(listeners.is_empty(), "no application asked to hear of it: {listeners:?}");
    assert_eq!(session::end(&mut tx, Ending::Session(session_id), now).await.unwrap(), 1);
    assert_eq!(session::end(&mut tx, Ending::Session(session_id), now).await.unwrap(), 0, "once");
    assert_eq!(session::end(&mut tx, Ending::OfPerson(owner), now).await.unwrap(), 1, "the other one");
    drop(tx);
    app.stop().await;
}
