//! Who may not: other companies' KH users, ordinary users, strangers, stale sign-ins, other sites.

use avain::flows::invite;
use rstest::rstest;

use super::NEW;
use crate::harness::TestApp;
use crate::harness::browser::{Browser, value_after};
use crate::harness::database::{Engine, Postgres, Sqlite};

/// Every address under a company, with what is sent to it; `{person}` and `{device}` stand for somebody's.
type Fields = &'static [(&'static str, &'static str)];
type Route = (&'static str, &'static str, Fields);
const ROUTES: [Route; 12] = [
    ("GET", "people", &[]),
    ("GET", "people/new", &[]),
    ("GET", "people/{person}", &[]),
    ("POST", "people/new", &NEW),
    ("POST", "people/{person}/phone", &[("phone", "+358401234567")]),
    ("POST", "people/{person}/access", &[("role", "user_administrator"), ("access", "browser")]),
    ("POST", "people/{person}/invitation", &[("email", "x@y.example")]),
    ("POST", "people/{person}/confirmation", &[]),
    ("POST", "people/{person}/devices/{device}/removal", &[]),
    ("GET", "networks", &[]),
    ("POST", "networks", &[("network", "192.0.2.0/24"), ("days", "90")]),
    ("POST", "networks/removal", &[("network", "192.0.2.0/24")]),
];

async fn send(browser: &Browser, company: &str, person: &str, device: &str, route: Route) -> u16 {
    let (method, path, form) = route;
    let path = path.replace("{person}", person).replace("{device}", device);
    let path = format!("/admin/{company}/{path}");
    match method {
        "GET" => browser.get(&path).await.status,
        _ => browser.post(&path, form).await.status,
    }
}

#[rstest]
#[actix_web::test]
async fn nobody_else_s_people_are_seen_or_touched(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (own, own_phone) = app.administrator_of(app.company).await;
    let user_phone = app.enrolled_phone().await;
    let person = app.text("SELECT id FROM persons WHERE name = 'Mart Tamm'").await;
    let device = user_phone.profile.device_id.clone();
    let other_company = invite::add_company(&app.services, "Seitsemän Oy").await.unwrap();
    let (stranger, stranger_phone) = app.administrator_of(other_company).await;
    let (own_company, other) = (app.company.to_string(), other_company.to_string());

    let (nobody, user, foreign) = (app.browser(), app.browser(), app.browser());
    let attempt = user.start_sign_in().await.attempt;
    user.approve(&user_phone, &attempt).await;
    user.finish_sign_in(&attempt).await;
    assert_eq!(user.get("/admin").await.status, 403, "an ordinary user has no people");
    foreign.visit_with(&stranger_phone, "/admin").await;
    let before = app.database.row_counts().await;
    for route in ROUTES {
        let expected = if route.0 == "GET" { 303 } else { 401 };
        assert_eq!(send(&nobody, &own_company, &person, &device, route).await, expected, "{route:?}");
        for browser in [&user, &foreign] {
            assert_eq!(send(browser, &own_company, &person, &device, route).await, 404, "{route:?}");
        }
        if route.1.contains("{person}") {
            // Their own company in the address, somebody else's person behind it.
            assert_eq!(send(&foreign, &other, &person, &device, route).await, 404, "{route:?}");
        }
        if route.1.contains("{device}") {
            let mine = stranger.to_string();
            assert_eq!(send(&foreign, &other, &mine, &device, route).await, 404, "another one's device");
        }
    }
    assert_eq!(app.database.row_counts().await, before, "nothing was written");

    let administrator = app.browser();
    administrator.visit_with(&own_phone, "/admin").await;
    for route in ROUTES {
        let expected = match route {
            ("GET", ..) => 200,
            // No phone waits for a code; a phone is there, so the address is the person's own.
            (_, path, _) if path.ends_with("confirmation") || path.ends_with("invitation") => 409,
            _ => 303,
        };
        assert_eq!(send(&administrator, &own_company, &person, &device, route).await, expected, "{route:?}");
    }
    let mine = own.to_string();
    assert_eq!(
        send(&administrator, &own_company, &mine, &device, ROUTES[5]).await,
        409,
        "not one's own rights"
    );
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_change_wants_a_fresh_sign_in_and_a_form_of_ours(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (_, phone) = app.administrator_of(app.company).await;
    let browser = app.browser();
    browser.visit_with(&phone, "/admin").await;
    let person = app.invite().await.person;
    let page = format!("/admin/{}/people/{person}", app.company);
    let form = [("phone", "+358 40 765 4321")];
    let before = app.database.row_counts().await;
    for origin in ["https://evil.example", "null", ""] {
        let refused = browser.post_from(origin, &format!("{page}/phone"), &form).await;
        assert_eq!(refused.status, 403, "{origin}");
        assert!(refused.body.contains("origin_foreign"), "{}", refused.body);
    }
    assert_eq!(browser.post_from("https://evil.example", "/sign-out", &[]).await.status, 403);
    for _ in 0..2 {
        app.pass(8 * 60);
        browser.get(&page).await;
    }
    assert!(
        browser.get(&page).await.body.contains("Sign in again"),
        "the page says why nothing can be changed"
    );
    let people = format!("/admin/{}/people", app.company);
    let networks = format!("/admin/{}/networks", app.company);
    let late: [(&str, Fields, &str); 3] = [
        (&format!("{page}/phone"), &[("phone", "+358 40 765 4321")], "+358 40 765 4321"),
        (&format!("{people}/new"), &NEW, "zofia@seitseman.example"),
        (&networks, &[("network", "192.0.2.0/24"), ("days", "30")], "192.0.2.0/24"),
    ];
    for (path, form, typed) in late {
        let refused = browser.post(path, form).await;
        assert_eq!(refused.status, 403, "{path}");
        assert!(
            refused.body.contains(&format!("value=\"{typed}\"")),
            "{path}: what was typed stays: {}",
            refused.body
        );
        assert!(refused.body.contains("target=\"_blank\""), "{path}: {}", refused.body);
    }
    let refused = browser.post(&format!("{networks}/removal"), &[("network", "192.0.2.0/24")]).await;
    let back = value_after(&refused.body, "class=\"button\" href=\"");
    assert!(back.contains("%2Fnetworks&"), "to a page that is there: {back}");
    let refused = browser.post(&format!("{page}/invitation"), &[]).await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("fresh_sign_in_needed"), "{}", refused.body);
    assert_eq!(app.database.row_counts().await, before, "nothing was written");

    let again = value_after(&refused.body, "class=\"button\" href=\"").replace("&#38;", "&");
    let shown = browser.visit_with(&phone, &again).await;
    assert!(shown.body.contains("Mart Tamm"), "back at the page: {}", shown.body);
    assert_eq!(browser.post(&format!("{page}/phone"), &form).await.status, 303);

    let form = format!("/admin/{}/people/new", app.company);
    app.pass(11 * 60);
    let page = browser.visit(&form).await;
    assert!(page.body.contains("data-attempt"), "whoever would be late is asked before typing");
    browser.post("/sign-out", &[]).await;
    assert_eq!(browser.get("/admin").await.status, 303, "signed out");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_browser_left_open_shows_other_people_s_data_for_a_quarter_of_an_hour(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let (_, phone) = app.administrator_of(app.company).await;
    let browser = app.browser();
    browser.visit_with(&phone, "/admin").await;
    let people = format!("/admin/{}/people", app.company);
    for _ in 0..5 {
        app.pass(11 * 60);
        assert_eq!(browser.get(&people).await.status, 200, "in use");
    }
    app.pass(5 * 60);
    let over = browser.get(&people).await;
    assert!(over.status == 303 && over.location.ends_with("&fresh=1"), "after an hour: {}", over.location);
    assert_eq!(browser.get("/admin").await.status, 303);
    let shown = browser.visit_with(&phone, &people).await;
    assert_eq!(shown.status, 200, "back on the same page: {}", shown.body);
    app.pass(15 * 60);
    assert_eq!(browser.get(&people).await.status, 303, "left open");
    assert_eq!(browser.get("/account").await.status, 200, "one's own data are shown longer");
    app.stop().await;
}
