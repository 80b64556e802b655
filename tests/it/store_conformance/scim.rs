//! Tokens, names and groups of web applications, by store functions alone.

use avain::domain::company::Company;
use avain::domain::ids::{CompanyId, ScimTokenId};
use avain::domain::membership::{Access, Role};
use avain::domain::scim::{GroupId, ScimToken};
use avain::store::{company, membership, person, scim_group, scim_token, scim_user};
use rstest::rstest;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{CLIENT_ID, TestApp};

fn token(app: &TestApp, companies: &[CompanyId]) -> ScimToken {
    let now = app.services.clock.now();
    ScimToken {
        id: ScimTokenId::generate(now, app.services.random.as_ref()).unwrap(),
        client_id: CLIENT_ID.to_owned(),
        client_name: "Ledger".to_owned(),
        is_for_all: companies.is_empty(),
        home: companies.first().copied(),
        created_at: now,
        last_used_at: None,
    }
}

#[rstest]
#[actix_web::test]
async fn a_token_is_found_used_and_revoked_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let now = app.services.clock.now();
    let made = token(&app, &[app.company]);
    let mut tx = app.services.db.write().await.unwrap();
    scim_token::insert(&mut tx, &made, &[7; 32], &[app.company, app.company]).await.unwrap();
    assert!(scim_token::find_by_hash(&mut tx, &[8; 32]).await.unwrap().is_none());
    let found = scim_token::find_by_hash(&mut tx, &[7; 32]).await.unwrap().unwrap();
    assert_eq!(
        (found.id, found.home, found.is_for_all, found.last_used_at),
        (made.id, Some(app.company), false, None)
    );
    scim_token::touch(&mut tx, made.id, now).await.unwrap();
    assert_eq!(scim_token::find_live(&mut tx).await.unwrap()[0].last_used_at, Some(now));
    assert_eq!(scim_token::find_companies(&mut tx, made.id).await.unwrap(), [app.company]);
    assert!(scim_token::revoke(&mut tx, made.id, now).await.unwrap());
    assert!(!scim_token::revoke(&mut tx, made.id, now).await.unwrap(), "once");
    assert!(scim_token::find_by_hash(&mut tx, &[7; 32]).await.unwrap().is_none());
    assert!(scim_token::find_live(&mut tx).await.unwrap().is_empty());
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn people_are_seen_named_and_forgotten(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let id = app.add_person(Access::Browser, None).await;
    let other = app.add_person(Access::Browser, None).await;
    let (near, far, all) =
        (token(&app, &[app.company]), token(&app, &[CompanyId::from_bytes([9; 16])]), token(&app, &[]));
    let mut tx = app.services.db.write().await.unwrap();
    scim_token::insert(&mut tx, &near, &[1; 32], &[app.company]).await.unwrap();
    for (token, seen) in [(&near, 2), (&far, 0), (&all, 2)] {
        assert_eq!(scim_user::count(&mut tx, token).await.unwrap(), seen);
        assert_eq!(
            scim_user::list(&mut tx, token, (10, 0)).await.unwrap().len(),
            usize::try_from(seen).unwrap()
        );
        assert_eq!(scim_user::find(&mut tx, token, id).await.unwrap().is_some(), seen > 0);
        assert_eq!(scim_user::find_places(&mut tx, token, id).await.unwrap().len(), usize::from(seen > 0));
    }
    assert!(scim_user::put(&mut tx, CLIENT_ID, id, ("Märt", Some("e-1"))).await.unwrap());
    assert!(!scim_user::put(&mut tx, CLIENT_ID, other, ("MÄRT", None)).await.unwrap(), "whatever the case");
    assert_eq!(scim_user::find_named(&mut tx, CLIENT_ID, "mÄrt").await.unwrap(), Some(id));
    for text in ["märt", "e-1"] {
        let found = scim_user::search(&mut tx, &near, text).await.unwrap();
        assert_eq!((found.len(), found[0].person.id, found[0].shown_name()), (1, id, "Märt"), "{text}");
    }
    assert_eq!(scim_user::search(&mut tx, &near, "mart.tamm@kuusi").await.unwrap().len(), 2);
    assert!(scim_user::search(&mut tx, &near, "%").await.unwrap().is_empty(), "a letter like any other");
    scim_user::forget(&mut tx, CLIENT_ID, id).await.unwrap();
    assert_eq!(scim_user::find_named(&mut tx, CLIENT_ID, "märt").await.unwrap(), None);

    let mut renamed = person::find(&mut tx, id).await.unwrap().unwrap();
    renamed.name = "Märt Tamm".to_owned();
    person::set_name(&mut tx, &renamed).await.unwrap();
    assert_eq!(membership::count(&mut tx, app.company, "märt tamm").await.unwrap(), 1);
    let place = membership::find(&mut tx, app.company, id).await.unwrap().unwrap();
    assert!(membership::delete(&mut tx, place.id).await.unwrap());
    assert!(!membership::delete(&mut tx, place.id).await.unwrap(), "once");
    assert!(
        scim_user::find(&mut tx, &all, id).await.unwrap().is_none(),
        "whoever belongs nowhere is not seen"
    );
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn companies_are_seen_renamed_and_deleted_when_empty(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let id = app.add_person(Access::Browser, None).await;
    let (near, all) = (token(&app, &[app.company]), token(&app, &[]));
    let now = app.services.clock.now();
    let mut tx = app.services.db.write().await.unwrap();
    scim_token::insert(&mut tx, &near, &[1; 32], &[app.company]).await.unwrap();
    let empty =
        Company { id: CompanyId::generate(now, app.services.random.as_ref()).unwrap(), name: "A".to_owned() };
    company::insert(&mut tx, &empty, now).await.unwrap();
    company::rename(&mut tx, &Company { name: "B".to_owned(), ..empty.clone() }).await.unwrap();
    assert_eq!(company::find_locked(&mut tx, empty.id).await.unwrap().unwrap().name, "B");
    assert_eq!(scim_group::find_companies(&mut tx, &near).await.unwrap().len(), 1);
    assert_eq!(scim_group::find_companies(&mut tx, &all).await.unwrap().len(), 2);
    assert!(scim_group::find_company(&mut tx, &near, empty.id).await.unwrap().is_none());
    assert!(scim_group::find_company(&mut tx, &all, empty.id).await.unwrap().is_some());
    let everybody = GroupId { company: app.company, role: Role::User };
    let administrators = GroupId { role: Role::UserAdministrator, ..everybody };
    assert_eq!(scim_group::find_members(&mut tx, everybody).await.unwrap(), [id]);
    assert!(scim_group::find_members(&mut tx, administrators).await.unwrap().is_empty());
    for wished in [Some("e-1"), Some("e-2"), None] {
        scim_group::set_external_id(&mut tx, CLIENT_ID, everybody, wished).await.unwrap();
        let known = scim_group::find_external_id(&mut tx, CLIENT_ID, everybody).await.unwrap();
        assert_eq!(known.as_deref(), wished);
    }
    assert!(!company::delete(&mut tx, app.company).await.unwrap(), "it has people");
    assert!(company::delete(&mut tx, empty.id).await.unwrap());
    assert!(!company::delete(&mut tx, empty.id).await.unwrap(), "once");
    drop(tx);
    app.stop().await;
}
