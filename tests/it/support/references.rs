//! An error reference leads to the story, holds no request up, and is forgotten after a month.

use avain::flows::{errors, sweep};
use avain_proto::v1::PlatformFacts;
use mobile_sim::Activation;
use rstest::rstest;

use super::signed_in;
use avain::domain::staff::StaffRole;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

#[rstest]
#[actix_web::test]
async fn a_code_in_a_phone_that_is_too_old_leads_to_the_person(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let invited = app.invite().await;
    let old = PlatformFacts {
        os_version: "9".to_owned(),
        api_level: 28,
        brand: "Samsung".to_owned(),
        model: "=cmd|'/c calc'!A1 <script>alert(1)</script> \u{202e}8S yxalaG".to_owned(),
        ..facts()
    };
    let error = Activation::start(&app.phone_server(), &invited.code, old).await.err().unwrap();
    let reference = error.refusal().unwrap().error_reference.clone();
    let browser = signed_in(&app, StaffRole::Support).await;
    let page = browser.get(&format!("/support/errors/{}", reference.to_lowercase())).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Mart Tamm") && page.body.contains("was not used up"), "{}", page.body);
    assert!(page.body.contains("Samsung =cmd|") && page.body.contains("&#60;script&#62;"), "{}", page.body);
    assert!(!page.body.contains("<script>alert") && !page.body.contains('\u{202e}'), "{}", page.body);
    assert!(!page.body.contains(&invited.code) && !page.body.contains("37255550101"), "{}", page.body);
    let story = browser.get(&format!("/support/people/{}", invited.person)).await.body;
    assert!(story.contains(&reference) && story.contains("was not used up"), "{story}");
    let stolen = String::from_utf8_lossy(&app.database.stolen().await).into_owned();
    assert!(!stolen.contains(&invited.code.replace('-', "")), "the code itself is not kept");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_strangers_try_is_bounded_and_old_errors_go(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = app.browser();
    for number in 0..130 {
        let page = browser.get(&format!("/no/such/page/{number}")).await;
        assert!(page.status == 404 && page.body.contains("class=\"reference\""), "{}", page.body);
    }
    errors::write(&app.services).await.unwrap();
    let kept = "SELECT COUNT(*) FROM error_events WHERE code = 'page_not_found' AND person_id IS NULL";
    assert_eq!(app.count(kept).await, 120, "no more than that in a minute");
    app.pass(60);
    browser.get("/no/such/page").await;
    errors::write(&app.services).await.unwrap();
    assert_eq!(app.count(kept).await, 121, "another minute");
    app.pass(29 * 24 * 3600);
    sweep::run(&app.services).await.unwrap();
    assert_eq!(app.count(kept).await, 121, "support still finds them");
    app.pass(2 * 24 * 3600);
    sweep::run(&app.services).await.unwrap();
    assert_eq!(app.count(kept).await, 0);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_error_that_cannot_be_written_down_is_told_all_the_same(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    app.database.execute("DROP TABLE error_events").await;
    let page = app.browser().get("/no/such/page").await;
    assert!(page.status == 404 && page.body.contains("class=\"reference\""), "{}", page.body);
    app.stop().await;
}
