//! The known answers of `proto/vectors`: the server gives the verdicts that every implementation gives, in the stages that
//! need no stored device. `activation.rs` and `sign_in.rs` have the stage after them, with devices of their own.

use avain::crypto::code_hash::sha256;
use avain::crypto::device_key::DeviceKey;
use avain_proto::dsse::{self, pre_authentication_encoding};
use avain_proto::v1::Envelope;
use mobile_sim::PhoneError;
use rstest::rstest;
use serde_json::Value;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

fn cases(file: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(format!("proto/vectors/{file}")).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["cases"].as_array().unwrap().clone()
}

fn hex(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn the_server_agrees_about_keys_and_signatures() {
    let mut seen = [0; 3];
    for case in cases("envelopes.json") {
        let (name, stage) = (case["name"].as_str().unwrap(), case["stage"].as_str());
        let key = DeviceKey::parse(&hex(&case["public_key"]));
        match stage {
            Some("envelope") => continue,
            Some("key") => {
                assert!(key.is_err(), "{name}");
                seen[0] += 1;
                continue;
            }
            _ => {}
        }
        let envelope: Envelope = serde_json::from_value(case["envelope"].clone()).unwrap();
        let covered = pre_authentication_encoding(&envelope.payload_type, &envelope.payload);
        let verified = key.unwrap().verify(&covered, &envelope.signatures[0].sig);
        if stage == Some("signature") {
            assert!(verified.is_err(), "{name}");
            seen[1] += 1;
        } else {
            assert!(verified.is_ok(), "{name}");
            assert_eq!(covered, hex(&case["pae"]), "{name}");
            seen[2] += 1;
        }
    }
    assert!(seen.iter().all(|count| *count > 10), "{seen:?}");
}

#[rstest]
#[actix_web::test]
async fn the_running_server_agrees_about_envelopes(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let server = app.phone_server();
    let mut seen = 0;
    for case in cases("envelopes.json").iter().filter(|case| case["stage"] == "envelope") {
        let mut envelope: Envelope = serde_json::from_value(case["envelope"].clone()).unwrap();
        if let Some(zeros) = case["payload_zeros"].as_u64() {
            envelope.payload = vec![0; usize::try_from(zeros).unwrap()];
        }
        let path = match case["expected"]["payload_type"].as_str().unwrap() {
            dsse::ENROL_DEVICE => "/phone/v1/devices",
            dsse::LOGIN_SCAN => "/phone/v1/scans",
            dsse::LOGIN_CODE => "/phone/v1/codes",
            dsse::CLAIM_PENDING => "/phone/v1/pending/claim",
            dsse::LIST_PENDING => "/phone/v1/pending",
            dsse::LIST_DEVICES => "/phone/v1/devices/list",
            dsse::REMOVE_DEVICE => "/phone/v1/devices/remove",
            dsse::ROTATE_KEY => "/phone/v1/devices/key",
            dsse::OFFER_MOVE => "/phone/v1/moves",
            dsse::TAKE_MOVE => "/phone/v1/moves/take",
            dsse::LOOK_AT_MOVE => "/phone/v1/moves/look",
            dsse::ANSWER_MOVE => "/phone/v1/moves/answer",
            _ => "/phone/v1/answers",
        };
        let answered: Result<Envelope, PhoneError> = server.send(path, &envelope).await;
        assert_eq!(answered.unwrap_err().code(), case["verdict"].as_str(), "{}", case["name"]);
        seen += 1;
    }
    assert!(seen > 30, "{seen}");
    app.stop().await;
}

#[test]
fn the_server_agrees_about_encodings_and_thumbprints() {
    let encodings = cases("pae.json");
    for case in &encodings {
        let encoded =
            pre_authentication_encoding(case["payload_type"].as_str().unwrap(), &hex(&case["payload"]));
        assert_eq!(encoded, hex(&case["pae"]), "{case}");
    }
    let thumbprints = cases("thumbprints.json");
    for case in &thumbprints {
        let key = DeviceKey::parse(&hex(&case["public_key"]));
        match case["thumbprint"].as_str() {
            Some(_) => {
                assert_eq!(key.unwrap().thumbprint().to_vec(), hex(&case["thumbprint"]), "{case}");
                assert_eq!(sha256(&hex(&case["public_key"])).to_vec(), hex(&case["thumbprint"]));
            }
            None => assert!(key.is_err(), "{case}"),
        }
    }
    assert!(encodings.len() > 5 && thumbprints.len() > 5);
}

#[test]
fn the_examples_for_app_developers_are_the_known_answers() {
    let guide = std::fs::read_to_string("docs/build-an-app.md").unwrap();
    let honest = cases("envelopes.json")
        .into_iter()
        .filter(|case| case["name"].as_str().unwrap().ends_with("/honest"));
    let mut seen = 0;
    for case in honest {
        for text in [&case["envelope"]["payload"], &case["envelope"]["signatures"][0]["sig"]] {
            assert!(guide.contains(text.as_str().unwrap()), "{}: {text}", case["name"]);
        }
        seen += 1;
    }
    assert_eq!(guide.matches("\"payloadType\"").count(), seen);
    assert!(seen >= 4, "{seen}");
}
