//! Web applications over time: another secret, and the end.

use std::time::Duration;

use avain::domain::client::ClientMetadata;
use avain::flows::clients::{self, ClientError, NewClient};
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::application::{Application, draft, signed_in};
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::scim::Directory;

const SCOPE: &str = "openid offline_access";

#[rstest]
#[actix_web::test]
async fn another_secret_replaces_the_first_without_a_gap(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = signed_in(&app).await;
    let first = Application::register(&app, draft("payroll")).await;
    let mut token = first.sign_in(&browser, SCOPE).await["refresh_token"].clone();
    let replace = async |hours: u64| {
        let overlap = Duration::from_hours(hours);
        let secret = clients::replace_secret(&app.services, "payroll", overlap).await.unwrap();
        let secret = Some(secret.expose().clone());
        Application { app: &app, base_url: app.base_url.clone(), id: "payroll".to_owned(), secret }
    };
    let second = replace(1).await;
    for application in [&first, &second, &first] {
        let (status, answer) = application.refresh(&token).await;
        assert_eq!(status, 200, "{answer}");
        token = answer["refresh_token"].clone();
    }
    app.pass(60 * 60);
    assert_eq!(first.refresh(&token).await.0, 401, "an hour has passed");
    let third = replace(0).await;
    assert_eq!(second.refresh(&token).await.0, 401, "it had leaked");
    assert_eq!(third.refresh(&token).await.0, 200);
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'client.secret_replaced'").await, 2);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_was_removed_works_no_longer(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = signed_in(&app).await;
    let ledger = Application::new(&app);
    let directory = Directory::new(&app, &[app.company], false).await;
    assert_eq!(directory.get("/Users").await.0, 200);
    let script = NewClient { metadata: ClientMetadata::public(), ..draft("script") };
    Application::register(&app, script).await;
    let listed: Vec<String> =
        clients::list(&app.services).await.unwrap().into_iter().map(|client| client.id).collect();
    assert_eq!(listed, ["ledger", "script"], "this server's own pages are no application");
    let tokens = ledger.sign_in(&browser, SCOPE).await;

    clients::remove(&app.services, "ledger").await.unwrap();
    assert_eq!(ledger.user_info(&tokens["access_token"]).await, 401);
    assert_eq!(ledger.refresh(&tokens["refresh_token"]).await.0, 401);
    assert_eq!(directory.get("/Users").await.0, 401, "its token for provisioning is revoked");
    let asked = browser.authorize(&crate::harness::browser::authorize_parameters()).await;
    assert!(asked.status == 400 && asked.body.contains("client_unknown"), "{}", asked.body);
    let account = browser.get("/account").await;
    assert!(account.body.contains("Ledger"), "the history keeps its name: {}", account.body);

    let again = clients::add(&app.services, draft("ledger")).await;
    assert!(matches!(again, Err(ClientError::IdTaken(_))), "an id is never given again");
    for id in ["ledger", "nobody", "avain"] {
        assert!(matches!(clients::remove(&app.services, id).await, Err(ClientError::Unknown(_))), "{id}");
    }
    let public = clients::replace_secret(&app.services, "script", Duration::ZERO).await;
    assert!(matches!(public, Err(ClientError::Public(_))));
    app.stop().await;
}
