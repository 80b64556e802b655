//! Generates the message types from `avain/v1/*.proto` without needing `protoc`.

use std::path::PathBuf;

use prost_build::Config;

const FILES: [&str; 5] = [
    "avain/v1/signed.proto",
    "avain/v1/activation.proto",
    "avain/v1/login.proto",
    "avain/v1/push.proto",
    "avain/v1/device.proto",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=avain");
    let descriptors = protox::compile(FILES, ["."])?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let encoded = protox::prost::Message::encode_to_vec(&descriptors);
    std::fs::write(out.join("descriptors.bin"), &encoded)?;
    Config::new().compile_fds(descriptors)?;
    pbjson_build::Builder::new()
        .register_descriptors(&encoded)?
        .ignore_unknown_fields()
        .out_dir(out)
        .build(&[".avain.v1"])?;
    Ok(())
}
