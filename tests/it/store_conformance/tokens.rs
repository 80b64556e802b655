//! An authorization code, and the tokens that come of it.

use avain::domain::grant::{Grant, Scope};
use avain::domain::session::Session;
use avain::store::db::Tx;
use avain::store::grant::AccessToken;
use avain::store::pushed_request::PushedRequest;
use avain::store::refresh_token::RefreshToken;
use avain::store::{client, forward_session, grant, pushed_request, refresh_token};

use rstest::rstest;

use super::life::{LATER, NOW};
use crate::harness::application::{Application, signed_in};
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{CLIENT_ID, TestApp};

/// Spends a code of the session, and everything that came of it.
pub(super) async fn spend(tx: &mut Tx, number: u8, session: &Session) {
    let issued = Grant {
        client_id: "life".to_owned(),
        redirect_uri: "https://app.example.com/cb".to_owned(),
        scope: Scope { email: true, ..Scope::default() },
        nonce: Some("nonce".to_owned()),
        code_challenge: "challenge".to_owned(),
        session_id: session.id,
        expires_at: LATER,
        redeemed_at: None,
        ended_at: None,
    };
    let (code, token) = ([number; 32], [number + 1; 32]);
    grant::insert(tx, &code, &issued, NOW).await.unwrap();
    assert!(grant::redeem(tx, &code, NOW).await.unwrap());
    assert!(!grant::redeem(tx, &code, NOW).await.unwrap());
    assert_eq!(grant::find(tx, &code).await.unwrap().unwrap().redeemed_at, Some(NOW));
    let given = AccessToken {
        client_id: issued.client_id.clone(),
        session_id: session.id,
        scope: issued.scope,
        created_at: NOW,
        expires_at: LATER,
    };
    grant::insert_access_token(tx, &token, &code, &given).await.unwrap();
    let found = grant::find_access_token(tx, &token).await.unwrap().unwrap();
    assert_eq!((found.session_id, found.scope, found.expires_at), (session.id, issued.scope, LATER));
    assert_eq!((found.client_id.as_str(), found.created_at), ("life", NOW));
    assert!(grant::delete_access_token(tx, &token).await.unwrap());
    assert!(!grant::delete_access_token(tx, &token).await.unwrap());
    assert!(grant::find_access_token(tx, &token).await.unwrap().is_none());
    grant::insert_access_token(tx, &token, &code, &given).await.unwrap();
    refresh(tx, (number, code)).await;
    assert!(grant::find_access_token(tx, &token).await.unwrap().is_none(), "ended with its code");
}

/// Spends a refresh token of the code and ends the code.
async fn refresh(tx: &mut Tx, (number, code_hash): (u8, [u8; 32])) {
    let (first, second) = ([number + 2; 32], [number + 3; 32]);
    let fresh = RefreshToken { code_hash, created_at: NOW, expires_at: LATER, spent_at: None };
    refresh_token::insert(tx, &first, &fresh).await.unwrap();
    assert_eq!(refresh_token::find(tx, &first).await.unwrap().unwrap(), fresh);
    assert!(refresh_token::spend(tx, &first, NOW).await.unwrap());
    assert!(!refresh_token::spend(tx, &first, NOW).await.unwrap());
    assert_eq!(refresh_token::find(tx, &first).await.unwrap().unwrap().spent_at, Some(NOW));
    refresh_token::insert(tx, &second, &fresh).await.unwrap();
    assert!(grant::end(tx, &code_hash, NOW).await.unwrap());
    assert!(!grant::end(tx, &code_hash, NOW).await.unwrap());
    assert!(!refresh_token::spend(tx, &second, NOW).await.unwrap(), "ended with its code");
}

/// Keeps a request that the client sent ahead.
pub(super) async fn push(tx: &mut Tx, client_id: &str) {
    let request = PushedRequest {
        client_id: client_id.to_owned(),
        parameters: "scope=openid".to_owned(),
        expires_at: LATER,
    };
    pushed_request::insert(tx, &[8; 32], &request).await.unwrap();
    assert_eq!(pushed_request::find(tx, &[8; 32]).await.unwrap(), Some(request));
    assert_eq!(pushed_request::find(tx, &[9; 32]).await.unwrap(), None);
}

/// Gives the client another secret, once.
pub(super) async fn replace_secret(tx: &mut Tx, (id, present): (&str, [u8; 32])) {
    let next = [present[0] + 1; 32];
    assert!(client::set_secret(tx, id, (&present, LATER), &next).await.unwrap());
    assert!(!client::set_secret(tx, id, (&present, LATER), &next).await.unwrap(), "it has another by now");
    let found = client::find(tx, id).await.unwrap().unwrap();
    assert_eq!((found.secret_hash, found.old_secret), (Some(next), Some((present, LATER))));
    assert!(client::find_ids(tx).await.unwrap().contains(&id.to_owned()));
}

#[rstest]
#[actix_web::test]
async fn a_client_goes_with_all_that_it_got(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = signed_in(&app).await;
    let tokens = Application::new(&app).sign_in(&browser, "openid offline_access").await;
    let mut tx = app.services.db.write().await.unwrap();
    grant::end_of_client(&mut tx, "nobody", NOW).await.unwrap();
    assert!(client::remove(&mut tx, CLIENT_ID, NOW).await.unwrap());
    assert!(!client::remove(&mut tx, CLIENT_ID, NOW).await.unwrap());
    grant::end_of_client(&mut tx, CLIENT_ID, NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM access_tokens").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM grants WHERE ended_at IS NULL").await, 0);
    assert_eq!(Application::new(&app).refresh(&tokens["refresh_token"]).await.0, 401);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_session_behind_a_proxy_is_found_at_its_address_alone(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    signed_in(&app).await;
    let session = app.text("SELECT id FROM sessions").await.parse().unwrap();
    let uri = app.text("SELECT redirect_uri FROM client_redirect_uris").await;
    let mut tx = app.services.db.write().await.unwrap();
    assert_eq!(client::find_ids_by_uri(&mut tx, &uri).await.unwrap(), [CLIENT_ID]);
    assert!(client::find_ids_by_uri(&mut tx, "https://app.example.com").await.unwrap().is_empty());
    let place = (CLIENT_ID, uri.as_str());
    forward_session::insert(&mut tx, &[9; 32], place, session, NOW).await.unwrap();
    assert!(forward_session::touch(&mut tx, &[9; 32], LATER).await.unwrap());
    assert!(!forward_session::touch(&mut tx, &[9; 32], LATER).await.unwrap(), "noted already");
    let found = forward_session::find(&mut tx, &[9; 32], &uri).await.unwrap().unwrap();
    assert_eq!((found.session_id, found.last_seen_at), (session, LATER));
    for (hash, place) in [([8; 32], uri.as_str()), ([9; 32], "https://app.example.com")] {
        assert!(forward_session::find(&mut tx, &hash, place).await.unwrap().is_none());
    }
    drop(tx);
    app.stop().await;
}
