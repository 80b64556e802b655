//! The phone's interface as a whole: its document, how long its fields may be (`hostile`: what nobody should send in any of them).

mod honest;
mod hostile;

use std::process::Command;

use avain_proto::limits::{self, Alphabet, Limit};
use mobile_sim::Transport;
use prost_reflect::{DynamicMessage, Kind, ReflectMessage as _, Value as Field};
use rstest::rstest;
use serde_json::Value;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};
pub(crate) use honest::honest_envelopes;
use honest::{honest, send};

#[rstest]
#[actix_web::test]
async fn the_document_lists_every_address(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let page = app.browser().get("/phone/v1/openapi.json").await;
    let document: Value = serde_json::from_str(&page.body).unwrap();
    assert_eq!(
        (&document["openapi"], document["servers"][0]["url"].as_str()),
        (&"3.1.0".into(), Some(app.base_url.as_str()))
    );
    let source = std::fs::read_to_string("src/routes/phone/mod.rs").unwrap();
    let mounted = source.split("post(\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let mut mounted: Vec<&str> = mounted.collect();
    let mut listed: Vec<&str> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    mounted.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, mounted);
    for path in listed {
        let answer = app.phone_server().post(path, "application/json", b"{}".to_vec()).await.unwrap();
        let problem: Value = serde_json::from_slice(&answer.body).unwrap();
        assert!(
            (400..500).contains(&answer.status) && problem["code"] != "page_not_found",
            "{path}: {problem}"
        );
    }
    app.stop().await;
}

/// The message once for each of its bounded fields, with that field at its longest or one beyond.
fn with_length(message: &DynamicMessage, beyond: usize) -> Vec<(&'static Limit, DynamicMessage)> {
    let mut changed = Vec::new();
    for field in message.descriptor().fields() {
        let limit = limits::find(message.descriptor().name(), field.name());
        let value = |limit: &Limit| match (field.kind(), limit.alphabet) {
            (Kind::Bytes, _) => Field::Bytes(vec![7; limit.length.1 + beyond].into()),
            (_, Alphabet::Uuid) => {
                Field::String(format!("{}{}", "0190163d-8694-739b-aea5-966c26f8ad92", "0".repeat(beyond)))
            }
            _ => Field::String("1".repeat(limit.length.1 + beyond)),
        };
        match (field.kind(), limit) {
            (Kind::Message(_), _) if !field.is_list() && message.has_field(&field) => {
                let inner = message.get_field(&field).into_owned();
                for (limit, inner) in with_length(inner.as_message().unwrap(), beyond) {
                    let mut copy = message.clone();
                    copy.set_field(&field, Field::Message(inner));
                    changed.push((limit, copy));
                }
            }
            (_, Some(limit)) => {
                let mut copy = message.clone();
                copy.set_field(&field, value(limit));
                changed.push((limit, copy));
            }
            _ => {}
        }
    }
    changed
}

/// What a field answers that is one too long. The rest is `field_invalid`, and the text names the field.
fn code_beyond(limit: &Limit) -> &'static str {
    match (limit.message, limit.field) {
        (_, "issuer") => "issuer_mismatch",
        ("SignedContext", "device_id") => "device_unknown",
        (_, "server_nonce") => "nonce_mismatch",
        (_, "key_thumbprint") => "key_thumbprint_mismatch",
        (_, "activation_code") => "activation_code_malformed",
        (_, "enrolment_id") => "enrolment_unknown",
        (_, "public_key" | "new_public_key") => "device_key_invalid",
        (_, "frame") => "frame_invalid",
        (_, "code") => "typed_code_malformed",
        (_, "attempt_id") => "attempt_unknown",
        (_, "display_sha256") => "display_mismatch",
        (_, "move_id" | "ticket") => "move_unknown",
        (_, "payload_type") => "payload_type_wrong",
        ("Envelope", _) => "envelope_invalid",
        _ => "field_invalid",
    }
}

#[rstest]
#[actix_web::test]
async fn a_field_may_be_as_long_as_its_limit_and_no_longer(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let activation = app.confirmed_activation().await;
    let mut fields = std::collections::BTreeSet::new();
    for honest in &honest(&app, &phone, &activation).await {
        for (limit, message) in with_length(&honest.message, 1) {
            let (status, problem) = send(honest, &message, Transport::Json).await;
            let told = (problem["code"].as_str(), problem["field"].as_str());
            let code = code_beyond(limit);
            let field = (code == "field_invalid").then_some(limit.field);
            assert_eq!(told, (Some(code), field), "{limit:?}: {status} {problem}");
            fields.insert((limit.message, limit.field));
        }
        for (limit, message) in with_length(&honest.message, 0) {
            let (status, problem) = send(honest, &message, Transport::Json).await;
            let is_refused = problem["field"] == limit.field;
            // What is not a device yet has no id.
            let may_refuse = honest.is_new_key() && limit.field == "device_id";
            assert!(status < 500 && (may_refuse || !is_refused), "{limit:?}: {status} {problem}");
        }
    }
    // The parts of an envelope are tried by the known answers.
    let beyond_reach = ["Signature", "PushAddress", "NewKey"];
    let missed: Vec<&Limit> =
        limits::LIMITS.iter().filter(|limit| !fields.contains(&(limit.message, limit.field))).collect();
    assert!(
        missed.iter().all(|limit| beyond_reach.contains(&limit.message) || limit.message == "Envelope"),
        "{missed:?}"
    );
    app.stop().await;
}

/// `schemathesis`, where `tests/run` has installed it (`AVAIN_SCHEMATHESIS` names it), makes requests from the document.
#[rstest]
#[actix_web::test]
async fn requests_made_from_the_document_find_no_fault(#[values(Sqlite, Postgres)] engine: Engine) {
    let Ok(program) = std::env::var("AVAIN_SCHEMATHESIS") else {
        assert!(std::env::var("CI").is_err(), "tests/run installs schemathesis and sets AVAIN_SCHEMATHESIS");
        eprintln!("left out: tests/run sets AVAIN_SCHEMATHESIS");
        return;
    };
    let app = TestApp::start(engine).await;
    let mut check = Command::new(program);
    check.args(["--config-file", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schemathesis.toml"), "run"]);
    check.arg(format!("{}/phone/v1/openapi.json", app.base_url));
    check.args(["--checks", "all", "--phases", "examples,coverage,fuzzing,stateful"]);
    check.args(["--max-examples", "40", "--seed", "1", "--no-color"]).current_dir(std::env::temp_dir());
    let done = actix_web::rt::task::spawn_blocking(move || check.output().unwrap()).await.unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{told}");
    println!("{told}");
    app.stop().await;
}
