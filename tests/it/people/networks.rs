//! Networks that a KH user approves for the company.

use rstest::rstest;

use super::signed_in;
use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn nobody_is_asked_for_a_code_in_a_network_that_is_approved(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start_behind(engine, &["127.0.0.1"]).await;
    let (_, administrator_phone) = app.administrator_of(app.company).await;
    let administrator = app.browser().from("198.51.100.7");
    administrator.visit_with(&administrator_phone, "/admin").await;
    let networks = format!("/admin/{}/networks", app.company);
    let phone = app.enrolled_phone().await;
    app.browser().from("192.0.2.1").visit_with(&phone, "/account").await;

    let page = administrator.get(&networks).await.body;
    assert!(page.contains("This browser is in 198.51.100.0/24."), "{page}");
    assert!(page.contains("No network is approved."), "{page}");
    let form = [("network", " 203.0.113.0/24 "), ("days", "30")];
    assert_eq!(administrator.post(&networks, &form).await.status, 303);
    let page = administrator.get(&networks).await.body;
    assert!(page.contains("Network approved: 203.0.113.0/24") && page.contains("Kaisa Virtanen"), "{page}");
    let location = |address: &'static str| {
        let (app, phone) = (&app, &phone);
        async move {
            let browser = app.browser().from(address);
            let attempt = browser.start_sign_in().await.attempt;
            browser.approve(phone, &attempt).await;
            browser.get(&format!("/login/collect?attempt={attempt}")).await.location
        }
    };
    assert!(location("203.0.113.9").await.starts_with("/oauth2/resume"), "the office");
    assert!(location("203.0.114.9").await.starts_with("/login/second-factor"), "next door");

    let removal = [("network", "203.0.113.0/24")];
    for _ in 0..2 {
        assert_eq!(administrator.post(&format!("{networks}/removal"), &removal).await.status, 303);
    }
    app.database.execute("DELETE FROM known_origins WHERE kind = 'network'").await;
    assert!(location("203.0.113.9").await.starts_with("/login/second-factor"), "not any longer");
    let events = "SELECT COUNT(*) FROM audit WHERE actor_id IS NOT NULL AND event LIKE 'network.%'";
    assert_eq!(app.count(events).await, 2);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_approval_has_its_bounds(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, _) = signed_in(&app).await;
    let networks = format!("/admin/{}/networks", app.company);
    let before = app.database.row_counts().await;
    for wrong in ["", "office", "192.0.2.1/24", "0.0.0.0/0", "10.0.0.0/8", "::/0", "2001:db8::/31"] {
        let page = browser.post(&networks, &[("network", wrong), ("days", "30")]).await;
        assert!(page.status == 400 && page.body.contains("aria-invalid"), "{wrong}: {}", page.body);
    }
    for days in ["", "0", "31", "100000", "-1", "x"] {
        let page = browser.post(&networks, &[("network", "192.0.2.0/24"), ("days", days)]).await;
        assert_eq!(page.status, 400, "{days}");
    }
    assert_eq!(app.database.row_counts().await, before);
    for number in 0..50 {
        let network = format!("192.0.{number}.0/24");
        let form = [("network", network.as_str()), ("days", "30")];
        assert_eq!(browser.post(&networks, &form).await.status, 303);
    }
    browser.post(&format!("{networks}/removal"), &[("network", "192.0.49.0/24")]).await;
    let last: Vec<String> = (0..8).map(|number| format!("203.0.{number}.0/24")).collect();
    let forms: Vec<_> = last.iter().map(|network| [("network", network.as_str()), ("days", "30")]).collect();
    futures_util::future::join_all(forms.iter().map(|form| browser.post(&networks, form))).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM approved_networks").await, 50, "however many come at once");
    let many = browser.post(&networks, &[("network", "198.51.100.0/24"), ("days", "30")]).await;
    assert!(many.status == 409 && many.body.contains("networks_exhausted"), "{}", many.body);
    let longer = browser.post(&networks, &[("network", "192.0.0.0/24"), ("days", "365")]).await;
    assert_eq!(longer.status, 303, "one that is there gets a new end");
    app.stop().await;
}
