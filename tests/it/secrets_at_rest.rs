//! What the files of a server tell a thief, and what a restart keeps.

use avain::domain::message::Channel;
use avain_proto::v1::UserVerification;
use mobile_sim::Activation;
use rstest::rstest;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

#[rstest]
#[actix_web::test]
async fn no_code_token_or_cookie_is_readable_in_the_files(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let invited = app.invite().await;
    let (mut activation, _) = Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    let confirmation = app.confirmation_code().await;
    let sms = app.last_message(Channel::Sms).await.body;
    activation.confirm(&confirmation).await.unwrap();
    let phone = activation.enrol(UserVerification::Pin, "").await.unwrap();
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    let location = browser.finish_sign_in(&attempt).await;
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();

    let mut secrets =
        vec![invited.code.clone(), invited.code.replace('-', ""), sms, code, app.client_secret.clone()];
    secrets.extend(browser.cookies().into_values());
    let stolen = app.database.stolen().await;
    let is_readable = |bytes: &[u8]| stolen.windows(bytes.len()).any(|window| window == bytes);
    for secret in &secrets {
        let hexadecimal = hexadecimal(secret.as_bytes());
        assert!(!is_readable(secret.as_bytes()), "{secret} can be read");
        assert!(!is_readable(hexadecimal.as_bytes()), "{secret} can be read as hexadecimal digits");
    }
    assert!(is_readable(b"Mart Tamm"), "the search works");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_sent_message_is_forgotten(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    app.invite().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM outbox WHERE state = 'sent' AND sealed IS NULL").await, 1);
    app.stop().await;
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
        .collect()
}
