//! Applications are told when a session ends (OpenID Connect Back-Channel Logout 1.0).

use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use actix_web::web::{Data, Form};
use actix_web::{App, HttpResponse, HttpServer, web};
use avain::flows::clients::NewClient;
use avain::flows::deliver;
use avain_proto::v1::RemovalReason;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use rstest::rstest;
use serde_json::{Value, json};

use crate::delivery::deliver_due;
use crate::harness::TestApp;
use crate::harness::application::{Application, claims, draft, signed_in};
use crate::harness::database::{Engine, Postgres, Sqlite};

const SCOPE: &str = "openid offline_access";

/// An application's address for logout tokens: what it was sent, and what it answers, the last for ever.
#[derive(Clone, Default)]
struct Listener {
    heard: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Listener {
    fn start(answers: &[u16]) -> (Self, String) {
        let listener = Self { answers: Arc::new(Mutex::new(answers.to_vec())), ..Self::default() };
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/logout", socket.local_addr().unwrap());
        let kept = listener.clone();
        let server = HttpServer::new(move || {
            App::new().app_data(Data::new(kept.clone())).default_service(web::to(hear))
        });
        actix_web::rt::spawn(server.workers(1).disable_signals().listen(socket).unwrap().run());
        (listener, address)
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn hear(form: Form<Vec<(String, String)>>, listener: Data<Listener>) -> HttpResponse {
    let [(name, token)] = &form.0[..] else { panic!("one field: {form:?}") };
    assert_eq!(name, "logout_token");
    listener.heard.lock().unwrap().push(token.clone());
    let mut answers = listener.answers.lock().unwrap();
    let status = if answers.len() > 1 { answers.remove(0) } else { answers[0] };
    HttpResponse::build(status.try_into().unwrap()).finish()
}

async fn register<'a>(app: &'a TestApp, id: &str, uri: &str) -> Application<'a> {
    let new = NewClient { back_channel_logout_uri: Some(uri.to_owned()), ..draft(id) };
    Application::register(app, new).await
}

#[rstest]
#[actix_web::test]
async fn every_application_of_the_session_is_told_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (payroll_ears, payroll_uri) = Listener::start(&[200]);
    let (wages_ears, wages_uri) = Listener::start(&[204]);
    let (stranger_ears, stranger_uri) = Listener::start(&[200]);
    let payroll = register(&app, "payroll", &payroll_uri).await;
    let wages = register(&app, "wages", &wages_uri).await;
    register(&app, "stranger", &stranger_uri).await;
    let browser = signed_in(&app).await;
    let id = claims(&payroll.sign_in(&browser, SCOPE).await["id_token"]);
    payroll.sign_in(&browser, SCOPE).await;
    wages.sign_in(&browser, SCOPE).await;
    Application::new(&app).sign_in(&browser, SCOPE).await;
    browser.post("/sign-out", &[]).await;
    deliver_due(&app).await;
    browser.post("/sign-out", &[]).await;
    deliver_due(&app).await;
    assert_eq!(
        (payroll_ears.heard().len(), wages_ears.heard().len(), stranger_ears.heard().len()),
        (1, 1, 0)
    );

    let token = payroll_ears.heard().remove(0);
    let header = decode_header(&token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("logout+jwt"));
    let keys: JwkSet =
        reqwest::get(format!("{}/oauth2/jwks", app.base_url)).await.unwrap().json().await.unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&["payroll"]);
    validation.set_issuer(&[&app.base_url]);
    // The server's clock stands still in this test.
    validation.validate_exp = false;
    let key = DecodingKey::from_jwk(keys.find(&header.kid.unwrap()).unwrap()).unwrap();
    let told = decode::<Value>(&token, &key, &validation).unwrap().claims;
    assert_eq!((&told["sub"], &told["sid"]), (&id["sub"], &id["sid"]));
    assert_eq!(told["events"], json!({ "http://schemas.openid.net/event/backchannel-logout": {} }));
    assert_eq!(told["exp"].as_i64().unwrap() - told["iat"].as_i64().unwrap(), 120);
    assert!(told["jti"].as_str().is_some_and(|id| id.len() == 36) && told["nonce"].is_null());
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_removed_phone_ends_its_sessions_at_the_applications_too(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let (ears, uri) = Listener::start(&[200]);
    let payroll = register(&app, "payroll", &uri).await;
    let phone = app.enrolled_phone().await;
    let mut sessions = Vec::new();
    for _ in 0..2 {
        let browser = app.browser();
        let attempt = browser.start_sign_in().await.attempt;
        browser.approve(&phone, &attempt).await;
        browser.finish_sign_in(&attempt).await;
        sessions.push(claims(&payroll.sign_in(&browser, SCOPE).await["id_token"])["sid"].clone());
    }
    phone.remove_device(&phone.profile.device_id, RemovalReason::Unused).await.unwrap();
    deliver_due(&app).await;
    let told: Vec<Value> = ears.heard().iter().map(|token| claims(&json!(token))["sid"].clone()).collect();
    assert_eq!(told.len(), 2);
    assert!(sessions.iter().all(|session| told.contains(session)), "{told:?}");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_application_that_is_away_is_told_later(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (ears, uri) = Listener::start(&[503, 302, 200]);
    let (stubborn_ears, stubborn_uri) = Listener::start(&[400]);
    let payroll = register(&app, "payroll", &uri).await;
    let stubborn = register(&app, "stubborn", &stubborn_uri).await;
    let browser = signed_in(&app).await;
    payroll.sign_in(&browser, SCOPE).await;
    stubborn.sign_in(&browser, SCOPE).await;
    browser.post("/sign-out", &[]).await;
    for tries in 1..=3 {
        // The server's own worker may do a part of it.
        while ears.heard().len() < tries || stubborn_ears.heard().is_empty() {
            deliver::run_due(&app.services).await.unwrap();
            actix_web::rt::task::yield_now().await;
        }
        app.pass(30 * 60);
    }
    while app.count("SELECT COUNT(*) FROM outbox WHERE channel = 'logout' AND state = 'queued'").await > 0 {
        deliver::run_due(&app.services).await.unwrap();
    }
    assert_eq!(
        (ears.heard().len(), stubborn_ears.heard().len()),
        (3, 1),
        "taken, and a refusal is not repeated"
    );
    let ids: Vec<Value> = ears.heard().iter().map(|token| claims(&json!(token))["jti"].clone()).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "each try is the same event");
    assert_eq!(
        app.count("SELECT COUNT(*) FROM outbox WHERE channel = 'logout' AND state = 'refused'").await,
        1
    );
    app.stop().await;
}
