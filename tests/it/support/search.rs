//! The search: by what callers say.

use avain::domain::language::Language;
use avain::domain::membership::{Access, Role};
use avain::domain::person::PhoneNumber;
use avain::domain::staff::StaffRole;
use avain::flows::invite::{self, NewPerson};
use rstest::rstest;

use super::signed_in;
use crate::harness::TestApp;
use crate::harness::browser::value_after;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn a_caller_is_found_by_whatever_they_say(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let person = app.text("SELECT id FROM persons WHERE name = 'Mart Tamm'").await;
    let href = format!("/support/people/{person}");
    let device = format!("/support/devices/{}", phone.profile.device_id);
    let support = signed_in(&app, StaffRole::Support).await;
    for said in [
        "mart",
        "TAMM",
        "mart+tam",
        "tamm+ma",
        "Mart.Tamm%40Kuusi.example",
        "%2B372+5555+0101",
        "5555+0101",
        "M%C3%A4rt",
    ] {
        let page = support.get(&format!("/support?q={said}")).await;
        assert!(page.status == 200 && page.body.contains(&href), "{said}: {}", page.body);
        assert!(!page.body.contains("mart.tamm@") && !page.body.contains("+37255550101"), "{said}");
    }
    for said in [
        "m",
        "art",
        "mart.tamm%40",
        "%2B372+5555",
        "mart+x",
        "%25",
        "_",
        "%27%20OR%201%3D1",
        "a%00b",
        "nobody",
    ] {
        let page = support.get(&format!("/support?q={said}")).await;
        assert!(page.status == 200 && !page.body.contains(&href), "{said}: {}", page.body);
        assert!(page.body.contains("Nothing was found"), "{said}: {}", page.body);
    }
    for query in [
        "q=google",
        "q=Google+Pixel",
        "platform=android",
        "os=14&platform=android",
        "app=1.0.0",
        "state=active",
        "seen=1",
    ] {
        let page = support.get(&format!("/support?{query}")).await.body;
        assert!(page.contains(&device), "{query}: {page}");
    }
    for query in [
        "q=samsung",
        "platform=ios",
        "os=13&platform=android",
        "app=2",
        "state=revoked",
        "q=google&state=revoked",
    ] {
        let page = support.get(&format!("/support?{query}")).await.body;
        assert!(!page.contains(&device), "{query}: {page}");
    }
    let companies = support.get("/support?q=kuusi").await.body;
    let company = format!("/support?company={}", app.company);
    assert!(companies.contains(&company), "{companies}");
    let members = support.get(&company).await.body;
    assert!(members.contains(&href) && members.contains(&device), "{members}");
    assert_eq!(support.get(&format!("/support?q={person}")).await.location, href);
    assert_eq!(support.get(&format!("/support?q={}", phone.profile.device_id)).await.location, device);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn more_than_a_page_is_turned_page_by_page_and_a_search_is_kept(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    for number in 0..60 {
        let new = NewPerson {
            name: format!("Liis Kask{number:02}"),
            email: format!("liis{number}@kuusi.example"),
            phone: PhoneNumber::parse(&format!("+3725555{number:04}")),
            language: Language::Estonian,
            role: Role::User,
            access: Access::Browser,
        };
        invite::add_person(&app.services, app.company, new).await.unwrap();
    }
    let support = signed_in(&app, StaffRole::Support).await;
    let mut next = "/support?q=liis".to_owned();
    let mut seen = std::collections::BTreeSet::new();
    for expected in [25, 25, 10] {
        let page = support.get(&next).await.body;
        let before = seen.len();
        seen.extend(page.split("/support/people/").skip(1).map(|rest| rest[..36].to_owned()));
        assert_eq!(seen.len() - before, expected, "{page}");
        if expected == 25 {
            next = value_after(&page, "rel=\"next\" href=\"").replace("&#38;", "&");
        } else {
            assert!(!page.contains("rel=\"next\""), "{page}");
        }
    }
    let kept = support
        .post("/support/views", &[("name", "All of Liis"), ("query", "q=liis&state=active&evil=1")])
        .await;
    assert_eq!((kept.status, kept.location.as_str()), (303, "/support?q=liis&state=active"));
    let page = support.get("/support").await.body;
    assert!(page.contains("All of Liis") && page.contains("/support?q=liis&#38;state=active"), "{page}");
    support.post("/support/views", &[("name", "All of Liis"), ("query", "")]).await;
    assert!(!support.get("/support").await.body.contains("All of Liis"));
    app.stop().await;
}
