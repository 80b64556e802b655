//! SMS through a gateway: each preset as its maker describes it, what is tried again, and the budget.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use avain::config::SmsSettings;
use avain::domain::ids::PersonId;
use avain::domain::message::{Envelope, MessageKind, Progress};
use avain::domain::person::PhoneNumber;
use avain::flows::deliver;
use avain::store::outbox;
use mobile_sim::Activation;
use rstest::rstest;

use super::deliver_due;
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

/// What the gateway was sent.
#[derive(Clone, Debug)]
struct Seen {
    method: String,
    query: String,
    authorization: String,
    body: String,
}

#[derive(Clone, Default)]
struct Gateway {
    seen: Arc<Mutex<Vec<Seen>>>,
    answers: Arc<Mutex<Vec<(u16, &'static str)>>>,
}

impl Gateway {
    /// Answers in this order, the last one for ever; gives back its address.
    fn start(&self, answers: &[(u16, &'static str)]) -> String {
        *self.answers.lock().unwrap() = answers.to_vec();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/send", listener.local_addr().unwrap());
        let gateway = self.clone();
        let server = HttpServer::new(move || {
            App::new().app_data(Data::new(gateway.clone())).default_service(web::to(answer))
        });
        actix_web::rt::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
        address
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

async fn answer(request: HttpRequest, body: Bytes, gateway: Data<Gateway>) -> HttpResponse {
    let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    gateway.seen.lock().unwrap().push(Seen {
        method: request.method().to_string(),
        query: request.query_string().to_owned(),
        authorization: header("authorization").unwrap_or_default(),
        body: String::from_utf8(body.to_vec()).unwrap(),
    });
    let mut answers = gateway.answers.lock().unwrap();
    let (status, text) = if answers.len() > 1 { answers.remove(0) } else { answers[0] };
    HttpResponse::build(status.try_into().unwrap()).body(text)
}

fn settings(preset: &str, url: &str, password_file: PathBuf) -> SmsSettings {
    SmsSettings {
        preset: preset.to_owned(),
        url: Some(url.to_owned()),
        sender: "Avain".to_owned(),
        user: Some("account".to_owned()),
        password_file: Some(password_file),
        fields: BTreeMap::new(),
        body: None,
        number: None,
        success_contains: None,
        timeout_seconds: 2,
        allowed_countries: vec!["+372".to_owned()],
        most_per_hour: 100,
        most_per_prefix_per_hour: 100,
    }
}

/// A server that sends SMS through `url`; mails are printed.
async fn app_with(engine: Engine, set: SmsSettings) -> TestApp {
    TestApp::start_with(engine, |settings| settings.sms = Some(set)).await
}

/// A phone enters its activation code, so that a confirmation code leaves.
async fn ask_for_code(app: &TestApp, number: &str) {
    let person = app.add_person(avain::domain::membership::Access::Browser, Some(number)).await;
    let code = avain::flows::invite::invite(&app.services, person, None).await.unwrap();
    Activation::start(&app.phone_server(), &code.grouped(), facts()).await.unwrap();
    deliver_due(app).await;
}

#[rstest]
#[case("twilio", "POST", "Basic ", "From=Avain&To=%2B37255550101", (201, "{}"))]
#[case("46elks", "POST", "Basic ", "to=%2B37255550101", (200, "{}"))]
#[case("gatewayapi", "POST", "Token secret", "\"recipients\":[{\"msisdn\":\"37255550101\"}]", (200, "{}"))]
#[case("link", "POST", "Basic ", "\"destination\":\"+37255550101\"", (200, "{}"))]
#[case("kannel", "GET", "", "to=%2B37255550101", (202, "0: Accepted for delivery"))]
#[actix_web::test]
async fn each_gateway_gets_what_it_wants(
    #[case] preset: &str,
    #[case] method: &str,
    #[case] authorization: &str,
    #[case] part: &str,
    #[case] answered: (u16, &'static str),
) {
    let folder = tempfile::tempdir().unwrap();
    let password_file = folder.path().join("password");
    std::fs::write(&password_file, "secret\n").unwrap();
    let gateway = Gateway::default();
    let url = gateway.start(&[answered]);
    let app = app_with(Sqlite, settings(preset, &url, password_file)).await;
    ask_for_code(&app, "+372 5555 0101").await;
    let seen = gateway.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].method, method);
    assert!(seen[0].authorization.starts_with(authorization), "{}", seen[0].authorization);
    assert!(format!("{}{}", seen[0].query, seen[0].body).contains(part), "{:?}", seen[0]);
    assert!(
        app.text("SELECT said FROM outbox WHERE channel = 'sms' AND state = 'sent'").await.starts_with("20")
    );
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_a_gateway_refuses_is_over_and_what_it_cannot_do_now_is_tried_again(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let folder = tempfile::tempdir().unwrap();
    let password_file = folder.path().join("password");
    std::fs::write(&password_file, "secret").unwrap();
    let gateway = Gateway::default();
    let url = gateway.start(&[
        (503, "later"),
        (429, "slowly"),
        (200, "0: Accepted"),
        (403, "number 37255550102 is blocked"),
    ]);
    let app = app_with(engine, settings("46elks", &url, password_file)).await;
    ask_for_code(&app, "+372 5555 0101").await;
    let state = "SELECT state || ' ' || said FROM outbox WHERE channel = 'sms' ORDER BY created_at LIMIT 1";
    assert_eq!(app.text(state).await, "queued 503 later");
    for (seconds, expected) in [(30, "queued 429 slowly"), (60, "sent 200 0: Accepted")] {
        app.pass(seconds);
        let due = app.services.clock.now().millis();
        while app
            .count(&format!("SELECT COUNT(*) FROM outbox WHERE state = 'queued' AND next_try_at <= {due}"))
            .await
            > 0
        {
            deliver::run_due(&app.services).await.unwrap();
        }
        while app.text(state).await != expected {
            deliver::run_due(&app.services).await.unwrap();
        }
    }
    app.pass(1);
    ask_for_code(&app, "+372 5555 0102").await;
    let refused = app.text("SELECT said FROM outbox WHERE state = 'refused'").await;
    assert_eq!(refused, "403 number … is blocked");
    assert_eq!(gateway.seen().len(), 4, "never again after that");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn ten_thousand_sms_stay_within_the_budget(#[values(Sqlite, Postgres)] engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let password_file = folder.path().join("password");
    std::fs::write(&password_file, "secret").unwrap();
    let gateway = Gateway::default();
    let url = gateway.start(&[(200, "OK")]);
    let limited = SmsSettings {
        most_per_hour: 12,
        most_per_prefix_per_hour: 5,
        ..settings("46elks", &url, password_file)
    };
    let app = app_with(engine, limited).await;
    ask_for_code(&app, "+252 5555 0101").await;
    assert_eq!(app.text("SELECT said FROM outbox WHERE state = 'refused'").await, "country_not_allowed");
    let receiver: PersonId =
        app.text("SELECT person_id FROM outbox WHERE state = 'refused'").await.parse().unwrap();
    let mut tx = app.services.db.read().await.unwrap();
    let posted = outbox::find_of_person(&mut tx, receiver, 1).await.unwrap();
    assert_eq!(posted[0].progress, Progress::HeldBack, "a KH user is not sent after the number");
    drop(tx);
    assert!(gateway.seen().is_empty());

    let mut tx = app.services.db.write().await.unwrap();
    for number in 0..10_000 {
        let to = PhoneNumber::parse(&format!("+372{}{number:05}", 500 + number % 4)).unwrap();
        let message = (String::new(), "123456".to_owned());
        let envelope = Envelope::sms(&to, PersonId::from_bytes([1; 16]), MessageKind::ConfirmationCode);
        deliver::queue(&app.services, &mut tx, envelope, message).await.unwrap();
    }
    tx.commit().await.unwrap();
    let node = if engine == Postgres { Some(app.start_node().await) } else { None };
    let other = node.as_ref().map_or(&app.services, |node| &node.services);
    while app.count("SELECT COUNT(*) FROM outbox WHERE channel = 'sms' AND state = 'queued'").await > 0 {
        let (here, there) = tokio::join!(deliver::run_due(&app.services), deliver::run_due(other));
        here.unwrap();
        there.unwrap();
    }
    assert_eq!(gateway.seen().len(), 12, "not one more, on however many nodes");
    let spent =
        app.count("SELECT COUNT(*) FROM outbox WHERE state = 'refused' AND said LIKE '%budget_spent'").await;
    assert_eq!(spent, 10_000 - 12);
    if let Some(node) = node {
        node.stop().await;
    }
    app.stop().await;
}
