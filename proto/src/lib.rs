//! The contract between Avain's server and the phone app.
//!
//! [`v1`] holds the messages (documented in `avain/v1/*.proto`; binary protobuf and canonical proto3 JSON), [`dsse`] the
//! bytes that get signed, [`openapi`] the interface as a document, and `vectors/` known answers that every implementation must agree with.

pub mod dsse;
pub mod limits;
pub mod openapi;
pub mod operations;

/// The messages of version 1, generated from `avain/v1/*.proto`.
#[expect(
    missing_docs,
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    reason = "generated code; the .proto files carry the documentation"
)]
pub mod v1 {
    include!(concat!(env!("OUT_DIR"), "/avain.v1.rs"));
    include!(concat!(env!("OUT_DIR"), "/avain.v1.serde.rs"));
}
