//! What strangers send to the phone's interface: a clear refusal, nothing written.

use avain_proto::v1::{Envelope, Signature, StartActivation};
use mobile_sim::{Server, Transport};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use prost::Message as _;
use rstest::rstest;
use serde_json::Value;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

const PATHS: [&str; 6] = [
    "/phone/v1/activations",
    "/phone/v1/activations/resend",
    "/phone/v1/activations/confirm",
    "/phone/v1/devices",
    "/phone/v1/scans",
    "/phone/v1/answers",
];

async fn code(server: &Server, path: &str, content_type: &str, body: &[u8]) -> (u16, String) {
    let answer = server.post(path, content_type, body.to_vec()).await.unwrap();
    let document: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(answer.content_type, "application/problem+json");
    (answer.status, document["code"].as_str().unwrap().to_owned())
}

#[rstest]
#[actix_web::test]
async fn malformed_messages_are_refused_and_leave_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let server = app.phone_server();
    let before = app.database.row_counts().await;
    let deep = "[".repeat(10_000);
    for path in PATHS {
        let bodies: [&[u8]; 7] = [b"", b"{", b"[]", b"null", b"\"\\u0000\"", b"\xff\xfe", deep.as_bytes()];
        for body in bodies {
            assert_eq!(
                code(&server, path, "application/json", body).await,
                (400, "message_malformed".to_owned())
            );
        }
        let (status, refusal) = code(&server, path, "application/x-protobuf", b"\xff\xff\xff").await;
        assert_eq!((status, refusal.as_str()), (400, "message_malformed"));
        let (status, refusal) = code(&server, path, "text/plain", b"hello").await;
        assert_eq!((status, refusal.as_str()), (415, "content_type_unsupported"));
    }
    assert_eq!(app.database.row_counts().await, before);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn fields_of_any_content_are_refused_and_leave_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let server = app.phone_server();
    let before = app.database.row_counts().await;
    let long = "9".repeat(10_000);
    for code_text in ["", "\0", "\u{202E}0000-0000-0000", long.as_str(), "🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑"]
    {
        let message = StartActivation {
            activation_code: code_text.to_owned(),
            platform: Some(facts()),
            installation_secret: vec![1; 32],
        };
        let body = Transport::Json.encode(&message).unwrap();
        let (status, refusal) = code(&server, PATHS[0], "application/json", &body).await;
        assert_eq!((status, refusal.as_str()), (400, "activation_code_malformed"), "{code_text:?}");
    }
    for length in [0, 31, 33] {
        let message = StartActivation {
            activation_code: "0000-0000-0000".to_owned(),
            installation_secret: vec![1; length],
            platform: Some(facts()),
        };
        let body = Transport::Protobuf.encode(&message).unwrap();
        let (status, refusal) = code(&server, PATHS[0], "application/x-protobuf", &body).await;
        assert_eq!((status, refusal.as_str()), (400, "field_invalid"));
    }
    assert_eq!(app.database.row_counts().await, before);
    app.stop().await;
}

/// Envelopes and bodies out of nowhere: never a 5xx, never a row.
#[rstest]
#[actix_web::test]
async fn random_bytes_never_hurt(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let server = app.phone_server();
    let before = app.database.row_counts().await;
    let mut runner = TestRunner::deterministic();
    let bytes = proptest::collection::vec(any::<u8>(), 0..300);
    let envelope = (any::<u8>(), bytes.clone(), bytes.clone()).prop_map(|(purpose, payload, sig)| {
        let purposes =
            [avain_proto::dsse::ENROL_DEVICE, avain_proto::dsse::LOGIN_SCAN, avain_proto::dsse::LOGIN_ANSWER];
        let signatures = vec![Signature { keyid: String::new(), sig }];
        let payload_type = purposes[usize::from(purpose) % purposes.len()].to_owned();
        Envelope { payload_type, payload, signatures }.encode_to_vec()
    });
    for round in 0..200 {
        let tree = if round % 2 == 0 { bytes.clone().boxed() } else { envelope.clone().boxed() };
        let body = tree.new_tree(&mut runner).unwrap().current();
        let path = PATHS[round % PATHS.len()];
        let (status, refusal) = code(&server, path, "application/x-protobuf", &body).await;
        assert!((400..500).contains(&status), "{path} {status} {refusal} {body:?}");
    }
    assert_eq!(app.database.row_counts().await, before);
    app.stop().await;
}

/// Addresses and headers out of nowhere at the browser's and the application's routes.
#[rstest]
#[actix_web::test]
async fn random_addresses_and_headers_never_hurt(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let before = app.database.row_counts().await;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let mut runner = TestRunner::deterministic();
    let text = "\\PC{0,60}";
    let names =
        ["client_id", "redirect_uri", "scope", "state", "request", "attempt", "lang", "prompt", "max_age"];
    let routes =
        ["/oauth2/authorize", "/oauth2/resume", "/login", "/login/state", "/login/events", "/login/collect"];
    for round in 0..200 {
        let mut random = || text.new_tree(&mut runner).unwrap().current();
        let query: Vec<(&str, String)> = names.iter().map(|name| (*name, random())).collect();
        let header: String = random().chars().filter(char::is_ascii).collect();
        let request = if round % 3 == 0 {
            http.post(format!("{}/oauth2/token", app.base_url)).form(&query)
        } else {
            http.get(format!("{}{}", app.base_url, routes[round % routes.len()])).query(&query)
        };
        let response = request
            .header("cookie", format!("avain-browser={header}; avain-session={header}"))
            .header("authorization", format!("Basic {header}"))
            .header("accept-language", &header)
            .header("user-agent", &header)
            .send()
            .await
            .unwrap();
        assert!((400..500).contains(&response.status().as_u16()), "{} {query:?}", response.status());
    }
    assert_eq!(app.database.row_counts().await, before);
    app.stop().await;
}
