//! The people who support others, by command.

use mobile_sim::Activation;
use rstest::rstest;

use avain::domain::language::Language;
use avain::domain::membership::{Access, Role};
use avain::domain::person::PhoneNumber;
use avain::domain::staff::StaffRole;
use avain::flows::invite::NewPerson;
use avain::flows::staff;
use avain_proto::v1::UserVerification;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

fn somebody(name: &str) -> NewPerson {
    NewPerson {
        name: name.to_owned(),
        email: "tuki@palvelu.example".to_owned(),
        phone: PhoneNumber::parse("+358405550150"),
        language: Language::English,
        role: Role::User,
        access: Access::Browser,
    }
}

#[rstest]
#[actix_web::test]
async fn the_first_support_person_activates_signs_in_and_leaves(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let added = staff::add(&app.services, somebody("Tuija Tuki"), StaffRole::Lead, "Palvelu Oy").await;
    let (person, code) = added.unwrap();
    staff::add(&app.services, somebody("Teuvo Tuki"), StaffRole::Support, "Ignored").await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM companies").await, 2, "one company for all of the staff");
    let names: Vec<String> =
        staff::list(&app.services).await.unwrap().into_iter().map(|member| member.name).collect();
    assert_eq!(names, ["Teuvo Tuki", "Tuija Tuki"]);
    assert!(app.messages().await.iter().any(|message| message.body.contains(&code.grouped())), "mailed too");

    let (mut activation, _) = Activation::start(&app.phone_server(), &code.grouped(), facts()).await.unwrap();
    activation.confirm(&app.confirmation_code().await).await.unwrap();
    let phone = activation.enrol(UserVerification::Pin, "").await.unwrap();
    let browser = app.browser();
    let page = browser.visit_with(&phone, "/account").await;
    assert!(page.body.contains("Palvelu Oy"), "{}", page.body);
    assert!(staff::remove(&app.services, person).await.unwrap());
    assert!(!staff::remove(&app.services, person).await.unwrap(), "gone already");
    assert_eq!(browser.get("/account").await.status, 303, "signed out at once");
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    let refused = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    assert!(refused.status == 403 && refused.body.contains("access_rights_missing"), "{}", refused.body);
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event LIKE 'staff.%'").await, 3);
    app.stop().await;
}
