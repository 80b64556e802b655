//! What the support staff see and do at `/support`.

mod actions;
mod guards;
mod references;
mod search;
mod stories;

use avain::domain::language::Language;
use avain::domain::membership::{Access, Role};
use avain::domain::person::PhoneNumber;
use avain::domain::staff::StaffRole;
use avain::flows::invite::NewPerson;
use avain::flows::staff;
use mobile_sim::{Activation, Phone};

use avain::domain::ids::PersonId;
use avain_proto::v1::UserVerification;

use crate::harness::browser::Browser;
use crate::harness::{TestApp, facts};

/// Somebody of the staff, with a phone.
async fn staff_with_phone(app: &TestApp, name: &str, role: StaffRole) -> (PersonId, Phone) {
    let new = NewPerson {
        name: name.to_owned(),
        email: "tuki@palvelu.example".to_owned(),
        phone: PhoneNumber::parse("+358405550150"),
        language: Language::English,
        role: Role::User,
        access: Access::Browser,
    };
    let (person, code) = staff::add(&app.services, new, role, "Palvelu Oy").await.unwrap();
    let (mut activation, _) = Activation::start(&app.phone_server(), &code.grouped(), facts()).await.unwrap();
    activation.confirm(&app.confirmation_code().await).await.unwrap();
    (person, activation.enrol(UserVerification::Pin, "").await.unwrap())
}

/// Somebody of the staff who has just signed in.
async fn signed_in(app: &TestApp, role: StaffRole) -> Browser {
    let (_, phone) = staff_with_phone(app, "Tuija Tuki", role).await;
    let browser = app.browser();
    let page = browser.visit_with(&phone, "/support").await;
    assert_eq!(page.status, 200, "{}", page.body);
    browser
}
