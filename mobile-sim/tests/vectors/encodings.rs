//! The Pre-Authentication Encoding alone.

use avain_proto::dsse::{LOGIN_ANSWER, pre_authentication_encoding};
use serde::Serialize;

use super::material::hexadecimal;

#[derive(Serialize)]
pub(super) struct EncodingFile {
    description: &'static str,
    cases: Vec<EncodingCase>,
}

#[derive(Serialize)]
struct EncodingCase {
    name: &'static str,
    note: &'static str,
    payload_type: &'static str,
    payload: String,
    pae: String,
}

/// The file of encodings.
pub(super) fn all() -> EncodingFile {
    let every_byte: Vec<u8> = (0..=255).collect();
    EncodingFile {
        description: "PAE(payload_type, payload); payload and pae in hexadecimal.",
        cases: vec![
            case(
                "specification",
                "The example of the DSSE specification.",
                "http://example.com/HelloWorld",
                b"hello world",
            ),
            case("empty", "", "", b""),
            case("empty-payload", "", LOGIN_ANSWER, b""),
            case("empty-type", "", "", b"payload"),
            case("one-byte", "", LOGIN_ANSWER, b"\0"),
            case("every-byte", "256 bytes, so a length of three digits.", LOGIN_ANSWER, &every_byte),
            case("ten-bytes", "Lengths have no leading zeros.", "0123456789", b"0123456789"),
            case("thousand-bytes", "A length of four digits.", LOGIN_ANSWER, &[0xa5; 1000]),
            case(
                "type-not-ascii",
                "The length counts the bytes of UTF-8, not the characters.",
                "tyyppi/päivä-🔑",
                b"payload",
            ),
            case("blanks-in-type", "", "a b", b"c"),
            case("blanks-in-payload", "The same text as in blanks-in-type, divided elsewhere.", "a", b"b c"),
            case("lengths-in-payload", "A payload that looks like the end of an encoding.", "a", b"1 b 1 c"),
            case("line-end", "", "a", b"\r\n"),
        ],
    }
}

fn case(name: &'static str, note: &'static str, payload_type: &'static str, payload: &[u8]) -> EncodingCase {
    let pae = hexadecimal(&pre_authentication_encoding(payload_type, payload));
    EncodingCase { name, note, payload_type, payload: hexadecimal(payload), pae }
}
