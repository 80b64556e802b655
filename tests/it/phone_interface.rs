//! The phone's interface as a whole: its document, and what nobody should send in any of its fields.

use std::process::Command;

use avain_proto::limits::{self, Alphabet, Limit};
use avain_proto::openapi::DESCRIPTORS;
use avain_proto::operations::{OPERATIONS, Operation};
use avain_proto::v1::{
    AnswerMove, ClaimPending, ConfirmActivation, Decision, DeviceNonceRequest, EnrolDevice, Envelope,
    ListDevices, ListPending, LoginCode, LookAtMove, OfferMove, RemovalReason, RemoveDevice,
    ResendConfirmation, StartActivation, TakeMove, UserVerification,
};
use mobile_sim::{Activation, DeviceKey, Newcomer, OwnerDecision, Phone, Transport};
use prost_reflect::prost::Message as _;
use prost_reflect::{DescriptorPool, DynamicMessage, Kind, ReflectMessage as _, Value as Field};
use rstest::rstest;
use serde_json::Value;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

/// What a text must never do to the server. The last is longer than anything that is allowed.
fn nasty_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "\0",
        "a\0b",
        "\u{202e}evil",
        "e\u{301}\u{301}\u{301}",
        "\u{1f9ff}\u{10ffff}",
        "\u{feff}",
        "\r\n",
        "'; DROP TABLE devices; --",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("x".repeat(9_000));
    texts
}

/// What people and makers call things: written in any script, and cleaned of what cannot be shown. An API level decides over the
/// text of the OS version.
const FREE: [&str; 4] = ["device_name", "brand", "model", "os_version"];

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

/// An honest message for an operation, and whoever signs it.
struct Honest {
    operation: &'static Operation,
    message: DynamicMessage,
}

async fn honest(app: &TestApp, phone: &Phone, activation: &Activation) -> Vec<Honest> {
    let pool = DescriptorPool::decode(DESCRIPTORS).unwrap();
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let frame = browser.frame(&attempt).await;
    let challenge = phone.scan(&frame).await.unwrap();
    let code = app.invite().await.code;
    let nonce = phone.device_nonce().await.unwrap();
    OPERATIONS
        .iter()
        .map(|operation| {
            let name = operation.signed.map_or(operation.request, |(_, message)| message);
            let encoded = match name {
                "StartActivation" => StartActivation {
                    activation_code: code.clone(),
                    platform: Some(facts()),
                    installation_secret: vec![7; 32],
                }
                .encode_to_vec(),
                "ResendConfirmation" => ResendConfirmation {
                    enrolment_id: activation.enrolment_id(),
                    installation_secret: vec![7; 32],
                }
                .encode_to_vec(),
                "ConfirmActivation" => ConfirmActivation {
                    enrolment_id: activation.enrolment_id(),
                    installation_secret: vec![7; 32],
                    confirmation_code: "123456".to_owned(),
                }
                .encode_to_vec(),
                "EnrolDevice" => {
                    let enrolment: EnrolDevice = activation.enrolment(UserVerification::Pin, "My phone");
                    enrolment.encode_to_vec()
                }
                "LoginScan" => phone.login_scan(&frame).encode_to_vec(),
                "LoginCode" => LoginCode { context: Some(phone.context(&[])), code: "K7QF-29XM".to_owned() }
                    .encode_to_vec(),
                "ListPending" => ListPending { context: Some(phone.context(&[])) }.encode_to_vec(),
                "ClaimPending" => {
                    ClaimPending { context: Some(phone.context(&[])), attempt_id: attempt.clone() }
                        .encode_to_vec()
                }
                "LoginAnswer" => {
                    phone.login_answer(&challenge, OwnerDecision::ApproveNumber(1)).encode_to_vec()
                }
                other => about_devices(other, phone, (&nonce, &activation.key)),
            };
            let kind = pool.get_message_by_name(&format!("avain.v1.{name}")).unwrap();
            Honest { operation, message: DynamicMessage::decode(kind, encoded.as_slice()).unwrap() }
        })
        .collect()
}

/// An honest message about devices.
fn about_devices(name: &str, phone: &Phone, (nonce, new_key): (&[u8], &DeviceKey)) -> Vec<u8> {
    let device_id = phone.profile.device_id.clone();
    let context = Some(phone.context(nonce));
    match name {
        "DeviceNonceRequest" => DeviceNonceRequest { device_id }.encode_to_vec(),
        "ListDevices" => ListDevices { context }.encode_to_vec(),
        "RemoveDevice" => {
            let reason = RemovalReason::Unused.into();
            RemoveDevice { context, removed_device_id: device_id, reason }.encode_to_vec()
        }
        "OfferMove" => OfferMove { context }.encode_to_vec(),
        "TakeMove" => taking(phone, new_key).encode_to_vec(),
        "LookAtMove" => LookAtMove { context, move_id: device_id }.encode_to_vec(),
        "AnswerMove" => {
            let key_thumbprint = new_key.thumbprint();
            let decision = Decision::Approve.into();
            AnswerMove { context, move_id: device_id, key_thumbprint, decision, number_picked: Some(10) }
                .encode_to_vec()
        }
        "RotateKey" => phone.rotation(new_key, nonce).encode_to_vec(),
        other => panic!("{other} has no honest message here: add one"),
    }
}

fn taking(phone: &Phone, key: &DeviceKey) -> TakeMove {
    let (server, issuer) = (phone.server.clone(), phone.profile.issuer.clone());
    Newcomer { server, issuer, key: key.clone(), facts: facts() }.taking("0000-0000-0000-0000")
}

/// The message once for each of its texts, with that text replaced.
fn with_text(message: &DynamicMessage, text: &str) -> Vec<(String, DynamicMessage)> {
    let mut changed = Vec::new();
    for field in message.descriptor().fields() {
        match field.kind() {
            Kind::String => {
                let mut copy = message.clone();
                copy.set_field(&field, Field::String(text.to_owned()));
                changed.push((field.full_name().to_owned(), copy));
            }
            Kind::Message(_) if !field.is_list() => {
                let inner = message.get_field(&field).into_owned();
                for (name, inner) in with_text(inner.as_message().unwrap(), text) {
                    let mut copy = message.clone();
                    copy.set_field(&field, Field::Message(inner));
                    changed.push((name, copy));
                }
            }
            _ => {}
        }
    }
    changed
}

async fn send(
    app: &TestApp,
    honest: &Honest,
    message: &DynamicMessage,
    signer: &DeviceKey,
    transport: Transport,
) -> (u16, Value) {
    let body = match honest.operation.signed {
        Some((payload_type, _)) => {
            let envelope: Envelope = signer.sign(payload_type, &message.encode_to_vec());
            transport.encode(&envelope).unwrap()
        }
        None if transport == Transport::Json => serde_json::to_vec(message).unwrap(),
        None => message.encode_to_vec(),
    };
    let answer =
        app.phone_server().post(honest.operation.path, transport.content_type(), body).await.unwrap();
    (answer.status, serde_json::from_slice(&answer.body).unwrap_or_default())
}

#[rstest]
#[actix_web::test]
async fn no_text_in_any_field_hurts_the_server(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let activation = app.confirmed_activation().await;
    let all = honest(&app, &phone, &activation).await;
    let mut sent = 0;
    for honest in &all {
        let is_new = ["/devices", "/take"].iter().any(|end| honest.operation.path.ends_with(end));
        let signer = if is_new { &activation.key } else { &phone.key };
        for text in nasty_texts() {
            for (field, message) in with_text(&honest.message, &text) {
                let is_free = FREE.iter().any(|name| field.ends_with(name)) && text.len() < 9_000;
                for transport in [Transport::Json, Transport::Protobuf] {
                    let (status, problem) = send(&app, honest, &message, signer, transport).await;
                    let is_taken = is_free && (200..300).contains(&status);
                    let shown: String = text.chars().take(12).collect();
                    assert!((400..500).contains(&status) || is_taken, "{field} = {shown:?}: {status}");
                    let has = |name: &str| problem[name].as_str().is_some_and(|text| !text.is_empty());
                    let is_told =
                        transport == Transport::Protobuf || is_taken || has("code") && has("error_reference");
                    assert!(is_told, "{field} = {shown:?}: {problem}");
                    sent += 1;
                }
            }
        }
    }
    assert!(sent > 400, "{sent}");
    for sql in [
        "SELECT name || brand || model || os_version FROM devices",
        "SELECT brand || model || os_version FROM enrolments",
    ] {
        for stored in app.database.texts(sql).await {
            assert!(!stored.chars().any(|letter| letter.is_control() || letter == '\u{202e}'), "{stored:?}");
        }
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
    let all = honest(&app, &phone, &activation).await;
    let mut fields = std::collections::BTreeSet::new();
    for honest in &all {
        let is_new = ["/devices", "/take"].iter().any(|end| honest.operation.path.ends_with(end));
        let signer = if is_new { &activation.key } else { &phone.key };
        for (limit, message) in with_length(&honest.message, 1) {
            let (status, problem) = send(&app, honest, &message, signer, Transport::Json).await;
            let told = (problem["code"].as_str(), problem["field"].as_str());
            let code = code_beyond(limit);
            let field = (code == "field_invalid").then_some(limit.field);
            assert_eq!(told, (Some(code), field), "{limit:?}: {status} {problem}");
            fields.insert((limit.message, limit.field));
        }
        for (limit, message) in with_length(&honest.message, 0) {
            let (status, problem) = send(&app, honest, &message, signer, Transport::Json).await;
            let is_refused = problem["field"] == limit.field;
            // What is not a device yet has no id.
            let may_refuse = is_new && limit.field == "device_id";
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
