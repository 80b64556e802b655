//! What nobody should send, in every field of every message: texts, bytes, JSON values and wire types. Nothing hurts the server, and
//! every refusal has its code and its reference, in whichever form it was asked.

use std::collections::BTreeMap;

use avain::domain::membership::Access;
use avain_proto::v1::{PlatformFacts, UserVerification};
use mobile_sim::{Activation, Phone, Transport};
use prost_reflect::prost::Message as _;
use prost_reflect::prost::encoding::{WireType, encode_key, encode_varint};
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, ReflectMessage as _, Value as Field};
use rstest::rstest;
use serde_json::{Value, json};

use super::honest::{honest, send, send_bytes};
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

/// Texts that programs stumble over, each short enough for a name.
const NASTY: [&str; 10] = [
    "\0",
    "a\0b",
    "\u{202e}evil",
    "e\u{301}\u{301}\u{301}",
    "\u{1f9ff}\u{10ffff}",
    "\u{feff}",
    "\r\nBcc: a@example.com",
    "'; DROP TABLE devices; --",
    "<script>alert(1)</script>",
    "{{ text }} $1 %s",
];
/// Longer than anything that is allowed.
const TOO_LONG: usize = 9_000;

/// What people and makers call things: written in any script, and cleaned of what cannot be shown. An API level decides over the
/// text of the OS version, and nobody reads the hint that names a key.
const FREE: [&str; 5] = ["device_name", "brand", "model", "os_version", "keyid"];

/// What a field that is a text or bytes may be replaced by.
fn spoiled(kind: &Kind) -> Vec<Field> {
    match kind {
        Kind::String => {
            let texts = NASTY.iter().map(|text| (*text).to_owned());
            texts.chain(["x".repeat(TOO_LONG)]).map(Field::String).collect()
        }
        Kind::Bytes => {
            let long = vec![0; TOO_LONG];
            [vec![], vec![0], vec![0xff; 31], vec![0; 32], vec![0xff; 65], long]
                .map(|bytes| Field::Bytes(bytes.into()))
                .to_vec()
        }
        _ => Vec::new(),
    }
}

/// The message once for each way to spoil one of its texts or bytes, also in the messages inside.
fn with_spoiled_field(message: &DynamicMessage) -> Vec<(FieldDescriptor, Field, DynamicMessage)> {
    let mut changed = Vec::new();
    for field in message.descriptor().fields() {
        let kind = field.kind();
        if matches!(kind, Kind::Message(_)) && !field.is_list() {
            let inner = message.get_field(&field).into_owned();
            for (inner_field, value, inner) in with_spoiled_field(inner.as_message().unwrap()) {
                let mut copy = message.clone();
                copy.set_field(&field, Field::Message(inner));
                changed.push((inner_field, value, copy));
            }
        } else {
            for value in spoiled(&kind) {
                let mut copy = message.clone();
                copy.set_field(&field, value.clone());
                changed.push((field.clone(), value, copy));
            }
        }
    }
    changed
}

/// A refusal with all that the app needs, or an answer.
fn assert_unhurt((status, answer): &(u16, Value), what: &str) {
    let has = |name: &str| answer[name].as_str().is_some_and(|text| !text.is_empty());
    let is_refused = (400..500).contains(status) && has("code") && has("error_reference") && has("title");
    assert!(is_refused || (200..300).contains(status), "{what}: {status} {answer}");
}

#[rstest]
#[actix_web::test]
async fn no_text_in_any_field_hurts_the_server(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let activation = app.confirmed_activation().await;
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    for honest in &honest(&app, &phone, &activation).await {
        for (field, value, message) in with_spoiled_field(&honest.message) {
            let shown: String = format!("{field:?} = {value:?}").chars().take(200).collect();
            for transport in [Transport::Json, Transport::Protobuf] {
                let answer = send(honest, &message, transport).await;
                assert_unhurt(&answer, &shown);
                let is_harmless = FREE.contains(&field.name()) || is_as_before(&honest.message, &message);
                assert!(is_harmless || answer.0 >= 400, "{shown} was taken: {answer:?}");
                *codes.entry(answer.1["code"].as_str().unwrap_or("accepted").to_owned()).or_default() += 1;
            }
        }
    }
    // Each stands for a step behind the first reading, which these texts must have reached.
    for code in [
        "field_invalid",
        "confirmation_code_wrong",
        "device_unknown",
        "issuer_mismatch",
        "frame_invalid",
        "typed_code_unknown",
        "accepted",
    ] {
        assert!(codes.contains_key(code), "{code} is missing: {codes:?}");
    }
    app.stop().await;
}

/// An empty field that was empty before.
fn is_as_before(honest: &DynamicMessage, message: &DynamicMessage) -> bool {
    honest.encode_to_vec() == message.encode_to_vec()
}

#[rstest]
#[actix_web::test]
async fn no_text_of_an_envelope_hurts_the_server(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let activation = app.confirmed_activation().await;
    for honest in &honest(&app, &phone, &activation).await {
        let Some(envelope) = honest.seal(&honest.message.encode_to_vec()) else { continue };
        let kind =
            honest.message.descriptor().parent_pool().get_message_by_name("avain.v1.Envelope").unwrap();
        let envelope = DynamicMessage::decode(kind, envelope.encode_to_vec().as_slice()).unwrap();
        let signatures = envelope.get_field_by_name("signatures").unwrap().into_owned();
        let signature = signatures.as_list().unwrap()[0].as_message().unwrap();
        let in_signature = with_spoiled_field(signature).into_iter().map(|(field, value, signature)| {
            let mut copy = envelope.clone();
            copy.set_field_by_name("signatures", Field::List(vec![Field::Message(signature)]));
            (field, value, copy)
        });
        for (field, value, message) in with_spoiled_field(&envelope).into_iter().chain(in_signature) {
            let shown: String = format!("{field:?} = {value:?}").chars().take(200).collect();
            for transport in [Transport::Json, Transport::Protobuf] {
                let body = match transport {
                    Transport::Json => serde_json::to_vec(&message).unwrap(),
                    Transport::Protobuf => message.encode_to_vec(),
                };
                let answer = send_bytes(honest, transport, body).await;
                assert_unhurt(&answer, &shown);
                assert!(FREE.contains(&field.name()) || answer.0 >= 400, "{shown} was taken: {answer:?}");
            }
        }
        for number in [0, 2, 200] {
            let mut copy = envelope.clone();
            let same = vec![Field::Message(signature.clone()); number];
            copy.set_field_by_name("signatures", Field::List(same));
            let answer = send_bytes(honest, Transport::Protobuf, copy.encode_to_vec()).await;
            assert!(
                ["envelope_invalid", "body_too_large"].contains(&answer.1["code"].as_str().unwrap()),
                "{number} signatures: {answer:?}"
            );
        }
    }
    app.stop().await;
}

/// JSON that stands where another value should: raw, because some of it no library writes.
const JSON_FORMS: [&str; 14] = [
    "null",
    "true",
    "7",
    "-1",
    "1e400",
    "0.5",
    "99999999999999999999999",
    "[]",
    "[null]",
    "{}",
    "\"\\ud800\"",
    "\"\\udfff\\ud800x\"",
    "\"\u{7}\"",
    "{\"\\ud83d\": 1}",
];
/// Not JSON at all (RFC 8259 section 7: a lone surrogate names no character).
const NOT_JSON: [&str; 5] = ["1e400", "\"\\ud800\"", "\"\\udfff\\ud800x\"", "\"\u{7}\"", "{\"\\ud83d\": 1}"];
/// Where the value goes; nothing that is sent has this text by itself.
const HERE: &str = "@@here@@";

/// The JSON with each of its values replaced in turn, also those inside.
fn with_hole(value: &Value) -> Vec<Value> {
    let mut holes = vec![json!(HERE)];
    let items: Vec<(Value, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, inner)| (json!(name), inner)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, inner)| (json!(at), inner)).collect(),
        _ => Vec::new(),
    };
    for (key, inner) in items {
        for hole in with_hole(inner) {
            let mut copy = value.clone();
            match (&mut copy, &key) {
                (Value::Object(members), Value::String(name)) => members[name] = hole,
                (Value::Array(items), key) => items[usize::try_from(key.as_u64().unwrap()).unwrap()] = hole,
                _ => unreachable!("only these have parts"),
            }
            holes.push(copy);
        }
    }
    holes
}

#[rstest]
#[actix_web::test]
async fn no_form_of_a_json_value_hurts_the_server(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let activation = app.confirmed_activation().await;
    for honest in &honest(&app, &phone, &activation).await {
        let json = match honest.seal(&honest.message.encode_to_vec()) {
            Some(envelope) => serde_json::to_value(&envelope).unwrap(),
            None => serde_json::to_value(&honest.message).unwrap(),
        };
        for hole in with_hole(&json) {
            let deep = "[".repeat(5_000) + &"]".repeat(5_000);
            for form in JSON_FORMS.into_iter().chain([deep.as_str()]) {
                let body = hole.to_string().replace(&format!("\"{HERE}\""), form);
                let answer = send_bytes(honest, Transport::Json, body.clone().into_bytes()).await;
                let shown: String = body.chars().take(300).collect();
                assert_unhurt(&answer, &shown);
                if NOT_JSON.contains(&form) || form == deep {
                    assert_eq!(answer.1["code"], "message_malformed", "{shown}");
                }
            }
        }
    }
    app.stop().await;
}

/// What may follow an honest message: a field once more in another wire type, or no field at all.
fn wire_forms(message: &DynamicMessage) -> Vec<(Vec<u8>, bool)> {
    let mut forms: Vec<(Vec<u8>, bool)> = [
        // No field has the number 0, there are no wire types 6 and 7, and nothing ends what did not begin.
        &[0x00, 0x00][..],
        &[0x0e],
        &[0x0f],
        &[0x0c],
        // A length beyond the end, and one beyond every machine's memory.
        &[0xa2, 0x1f, 0x7f],
        &[0xa2, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
        // A number that does not end.
        &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    ]
    .map(|bytes| (bytes.to_vec(), true))
    .to_vec();
    // Groups in groups, deeper than any reader should follow.
    forms.push((vec![0xa3; 6_000].chunks(1).flat_map(|_| [0xa3, 0x1f]).collect(), true));
    // A field that is not known is passed over.
    forms.push((vec![0xa0, 0x1f, 0x07], false));
    for field in message.descriptor().fields() {
        let own = match field.kind() {
            Kind::String | Kind::Bytes | Kind::Message(_) => WireType::LengthDelimited,
            _ => WireType::Varint,
        };
        for other in [
            WireType::Varint,
            WireType::SixtyFourBit,
            WireType::LengthDelimited,
            WireType::StartGroup,
            WireType::ThirtyTwoBit,
        ] {
            // Numbers may come packed, which is a wire type of their lists.
            if other != own {
                let mut bytes = Vec::new();
                encode_key(field.number(), other, &mut bytes);
                bytes.extend([0; 8]);
                forms.push((bytes, true));
            }
        }
        if field.kind() == Kind::String {
            let mut bytes = Vec::new();
            encode_key(field.number(), WireType::LengthDelimited, &mut bytes);
            encode_varint(3, &mut bytes);
            // A lone surrogate as some programs write it, which is no UTF-8.
            bytes.extend([0xed, 0xa0, 0x80]);
            forms.push((bytes, true));
        }
    }
    forms
}

#[rstest]
#[actix_web::test]
async fn no_wire_type_of_a_field_hurts_the_server(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let activation = app.confirmed_activation().await;
    for honest in &honest(&app, &phone, &activation).await {
        let encoded = honest.message.encode_to_vec();
        for (form, is_malformed) in wire_forms(&honest.message) {
            let message = [encoded.as_slice(), &form].concat();
            let body =
                honest.seal(&message).map_or_else(|| message.clone(), |envelope| envelope.encode_to_vec());
            let answer = send_bytes(honest, Transport::Protobuf, body).await;
            let shown =
                format!("{} {form:02x?}", honest.operation.path).chars().take(200).collect::<String>();
            assert_unhurt(&answer, &shown);
            // What is too long is refused before it is read.
            let is_refused = ["message_malformed", "envelope_invalid", "body_too_large"];
            let code = answer.1["code"].as_str().unwrap_or("accepted");
            assert_eq!(is_refused.contains(&code), is_malformed, "{shown}: {answer:?}");
        }
        for length in 0..encoded.len() {
            let cut = &encoded[..length];
            let body = honest.seal(cut).map_or_else(|| cut.to_vec(), |envelope| envelope.encode_to_vec());
            assert_unhurt(&send_bytes(honest, Transport::Protobuf, body).await, &format!("{length} bytes"));
        }
    }
    app.stop().await;
}

/// A phone whose maker and owner call it that.
async fn enrol_named(app: &TestApp, activation_code: &str, name: &str) -> Phone {
    let named = PlatformFacts { brand: format!("x{name}"), model: format!("y{name}"), ..facts() };
    let (mut activation, _) = Activation::start(&app.phone_server(), activation_code, named).await.unwrap();
    activation.confirm(&app.confirmation_code().await).await.unwrap();
    activation.enrol(UserVerification::Pin, &format!("z{name}")).await.unwrap()
}

#[rstest]
#[actix_web::test]
async fn a_hostile_name_is_kept_harmless_and_shown_as_text(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let person = app.add_person(Access::Browser, Some("+372 5555 0101")).await;
    let mut phones = Vec::new();
    for name in NASTY {
        let code = app.invite_person(person).await.code;
        phones.push(enrol_named(&app, &code, name).await);
        app.messages().await;
        app.pass(1);
    }
    let expected = [
        "",
        "ab",
        "evil",
        "e\u{301}\u{301}\u{301}",
        "\u{1f9ff}\u{10ffff}",
        "",
        "Bcc: a@example.com",
        NASTY[7],
        NASTY[8],
        NASTY[9],
    ];
    let kept = app
        .database
        .texts("SELECT name || '|' || brand || '|' || model FROM devices ORDER BY created_at, id")
        .await;
    let cleaned: Vec<String> = expected.map(|name| format!("z{name}|x{name}|y{name}")).to_vec();
    assert_eq!(kept, cleaned);

    let browser = app.browser();
    let page = browser.visit_with(&phones[8], "/account").await.body;
    assert!(page.contains("z&#60;script&#62;") && !page.contains("<script>alert"), "{page}");
    assert!(!page.contains('\u{202e}') && !page.contains('\0'), "{page}");
    let listed = phones[7].list_devices().await.unwrap();
    assert!(
        listed.iter().any(|device| device.name == format!("z{}", NASTY[7])),
        "the table is still there: {listed:?}"
    );
    for message in app.messages().await {
        assert!(!message.body.contains("\nBcc:") && !message.subject.contains('\n'), "{}", message.subject);
    }
    app.stop().await;
}
