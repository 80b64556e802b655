//! What the files of a server tell a thief, and what a restart keeps.

use avain::domain::message::Channel;
use avain_proto::v1::UserVerification;
use mobile_sim::Activation;

use crate::harness::{TestApp, facts};
use crate::sign_in::approve;

#[actix_web::test]
async fn no_code_token_or_cookie_is_readable_in_the_files() {
    let app = TestApp::start().await;
    let invited = app.invite().await;
    let (mut activation, _) = Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    let confirmation = app.confirmation_code().await;
    let sms = app.last_message(Channel::Sms).await.body;
    activation.confirm(&confirmation).await.unwrap();
    let phone = activation.enrol(UserVerification::Pin, "").await.unwrap();
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    approve(&phone, &browser.frame(&attempt).await).await;
    let location = browser.finish_sign_in(&attempt).await;
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();

    let mut secrets =
        vec![invited.code.clone(), invited.code.replace('-', ""), sms, code, app.client_secret.clone()];
    secrets.extend(browser.cookies().into_values());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(app.data_dir()).unwrap() {
        let path = entry.unwrap().path();
        files.push((path.clone(), std::fs::read(path).unwrap()));
    }
    assert!(
        files.iter().any(|(path, _)| path.ends_with("avain.db-wal")),
        "the write-ahead log is searched too"
    );
    for secret in &secrets {
        for (path, bytes) in &files {
            let is_found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!is_found, "{secret} stands in {}", path.display());
        }
    }
    let needle = b"Mart Tamm";
    assert!(
        files.iter().any(|(_, bytes)| bytes.windows(needle.len()).any(|window| window == needle)),
        "the search works"
    );
    app.stop().await;
}

#[actix_web::test]
async fn a_sent_message_is_forgotten() {
    let app = TestApp::start().await;
    app.invite().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM outbox WHERE state = 'sent' AND sealed IS NULL").await, 1);
    app.stop().await;
}
