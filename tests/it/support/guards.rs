//! Who may not: strangers, ordinary users, KH users, whoever left the staff, stale sign-ins, other sites.

use avain::domain::staff::StaffRole;
use avain::flows::{errors, staff};
use avain::routes::SUPPORT_ROUTES;
use rstest::rstest;

use super::{signed_in, staff_with_phone};
use crate::harness::TestApp;
use crate::harness::browser::{Browser, Page};
use crate::harness::database::{Engine, Postgres, Sqlite};

/// The path of a route with somebody's ids in it.
async fn filled(app: &TestApp, path: &str) -> String {
    let mut filled = path.to_owned();
    for (part, sql) in [
        ("{person}", "SELECT id FROM persons WHERE name = 'Mart Tamm'"),
        (
            "{device}",
            "SELECT d.id FROM devices d JOIN persons p ON p.id = d.person_id AND p.name = 'Mart Tamm'",
        ),
        (
            "{enrolment}",
            "SELECT e.id FROM enrolments e JOIN persons p ON p.id = e.person_id AND p.name = 'Mart Tamm'",
        ),
        (
            "{invitation}",
            "SELECT i.id FROM invitations i JOIN persons p ON p.id = i.person_id AND p.name = 'Mart Tamm'",
        ),
        ("{reference}", "SELECT reference FROM error_events LIMIT 1"),
        ("{attempt}", "SELECT id FROM login_attempts ORDER BY begun_at LIMIT 1"),
    ] {
        if filled.contains(part) {
            errors::write(&app.services).await.unwrap();
            filled = filled.replace(part, &app.text(sql).await);
        }
    }
    filled
}

async fn send(app: &TestApp, browser: &Browser, (method, path): (&str, &str)) -> Page {
    let path = filled(app, path).await;
    match method {
        "get" => browser.get(&path).await,
        _ => browser.post(&path, &[("reason", "The caller asked for it")]).await,
    }
}

#[rstest]
#[actix_web::test]
async fn no_page_of_the_table_opens_to_anybody_else(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (nobody, user, administrator, former) = (app.browser(), app.browser(), app.browser(), app.browser());
    user.visit_with(&app.enrolled_phone().await, "/account").await;
    let (_, phone) = app.administrator_of(app.company).await;
    administrator.visit_with(&phone, "/admin").await;
    let (gone, phone) = staff_with_phone(&app, "Teuvo Tuki", StaffRole::Lead).await;
    former.visit_with(&phone, "/support").await;
    staff::remove(&app.services, gone).await.unwrap();
    let before = app.database.row_counts().await;
    for &route in SUPPORT_ROUTES {
        let is_get = route.0 == "get";
        for browser in [&nobody, &former] {
            assert_eq!(send(&app, browser, route).await.status, if is_get { 303 } else { 401 }, "{route:?}");
        }
        for browser in [&user, &administrator] {
            let page = send(&app, browser, route).await;
            assert!(page.status == 403 && page.body.contains("staff_only"), "{route:?}: {}", page.body);
        }
    }
    assert_eq!(app.database.row_counts().await, before, "nothing was written");
    for role in [StaffRole::Support, StaffRole::Lead] {
        let browser = signed_in(&app, role).await;
        for &route in SUPPORT_ROUTES.iter().filter(|route| route.0 == "get") {
            let page = send(&app, &browser, route).await;
            assert_eq!(page.status, 200, "{route:?} as {role:?}: {}", page.body);
        }
    }
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_pages_close_after_a_while_and_take_no_form_of_another_site(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    app.enrolled_phone().await;
    let browser = signed_in(&app, StaffRole::Lead).await;
    let before = app.database.row_counts().await;
    for &(_, path) in SUPPORT_ROUTES.iter().filter(|route| route.0 == "post") {
        let path = filled(&app, path).await;
        let refused = browser.post_from("https://evil.example", &path, &[("reason", "A trick")]).await;
        assert!(refused.body.contains("origin_foreign"), "{path}: {}", refused.body);
    }
    assert_eq!(app.database.row_counts().await, before, "nothing was written");
    app.pass(14 * 60);
    assert_eq!(browser.get("/support").await.status, 200);
    app.pass(16 * 60);
    let page = browser.get("/support?q=mart").await;
    assert_eq!(page.status, 303);
    assert!(page.location.contains("fresh=1") && page.location.contains("mart"), "{}", page.location);
    app.stop().await;
}
