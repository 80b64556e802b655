//! Generates the message types from `avain/v1/*.proto` without needing `protoc`, and takes the examples of the `OpenAPI` document
//! out of the known answers.

use std::path::PathBuf;

use prost_build::Config;
use serde_json::{Map, Value};

const FILES: [&str; 5] = [
    "avain/v1/signed.proto",
    "avain/v1/activation.proto",
    "avain/v1/login.proto",
    "avain/v1/push.proto",
    "avain/v1/device.proto",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=avain");
    println!("cargo:rerun-if-changed=vectors/envelopes.json");
    let descriptors = protox::compile(FILES, ["."])?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let encoded = protox::prost::Message::encode_to_vec(&descriptors);
    std::fs::write(out.join("descriptors.bin"), &encoded)?;
    Config::new().compile_fds(descriptors)?;
    pbjson_build::Builder::new()
        .register_descriptors(&encoded)?
        .ignore_unknown_fields()
        .out_dir(&out)
        .build(&[".avain.v1"])?;
    std::fs::write(out.join("examples.json"), examples()?)?;
    Ok(())
}

/// The honest envelope of each purpose, under its `payload_type`.
fn examples() -> Result<String, Box<dyn std::error::Error>> {
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string("vectors/envelopes.json")?)?;
    let cases =
        vectors.get("cases").and_then(Value::as_array).ok_or("vectors/envelopes.json has no cases")?;
    let mut examples = Map::new();
    for case in cases {
        let name = case.get("name").and_then(Value::as_str).unwrap_or_default();
        let envelope = case.get("envelope").filter(|_| name.ends_with("/honest"));
        let purpose = envelope.and_then(|envelope| envelope.get("payloadType")).and_then(Value::as_str);
        if let (Some(envelope), Some(purpose)) = (envelope, purpose) {
            examples.insert(purpose.to_owned(), envelope.clone());
        }
    }
    Ok(Value::from(examples).to_string())
}
