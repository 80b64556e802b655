//! The interface as an `OpenAPI` 3.1 document, made from the descriptors of the messages: their fields, their comments, and the
//! bounds of [`LIMITS`](crate::limits::LIMITS).

use prost::Message;
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto, FileDescriptorSet,
};
use serde_json::{Map, Value, json};

use crate::limits;
use crate::operations::{OPERATIONS, Operation};

/// The descriptors of all messages, as a serialised `FileDescriptorSet`.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
/// The honest envelope of each `payload_type` from `vectors/envelopes.json`, in JSON.
const EXAMPLES: &str = include_str!(concat!(env!("OUT_DIR"), "/examples.json"));
/// Numbers of a message, an enum and a field within their files (`descriptor.proto`, `SourceCodeInfo.Location.path`).
const MESSAGES: i32 = 4;
const ENUMS: i32 = 5;
const FIELDS: i32 = 2;

/// The document of a server of that name. `codes` are the error codes that a problem document may carry.
pub fn document(issuer: &str, codes: &[&str]) -> Value {
    let files = FileDescriptorSet::decode(DESCRIPTORS).map(|set| set.file).unwrap_or_default();
    let mut schemas = Map::new();
    for file in &files {
        for (index, message) in (0_i32..).zip(&file.message_type) {
            schemas.insert(message.name().to_owned(), message_schema(file, message, &[MESSAGES, index]));
        }
        for (index, kind) in (0_i32..).zip(&file.enum_type) {
            schemas.insert(kind.name().to_owned(), enum_schema(file, kind, &[ENUMS, index]));
        }
    }
    schemas.insert("Problem".to_owned(), problem_schema(codes));
    let paths: Map<String, Value> = OPERATIONS
        .iter()
        .map(|operation| (operation.path.to_owned(), json!({ "post": describe(operation) })))
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Avain: what the phone app speaks",
            "version": "1",
            "description": "Bodies are the canonical JSON of the protobuf messages, or the messages themselves as application/x-protobuf. \
                What is signed is binary protobuf in either case.",
        },
        "servers": [{ "url": issuer }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn describe(operation: &Operation) -> Value {
    let signed = operation.signed.map(|(payload_type, message)| {
        format!("The body is an Envelope whose payload_type is \"{payload_type}\" and whose payload is a {message}.")
    });
    let problem = json!({
        "description": "Refused; `code` says why, and docs/errors.md what to do.",
        "content": { "application/problem+json": { "schema": refer("Problem") } },
    });
    let mut responses = Map::new();
    responses.insert(
        operation.status.to_string(),
        json!({ "description": operation.response, "content": both(operation.response) }),
    );
    for status in ["400", "403", "404", "408", "409", "410", "413", "415", "421", "429", "503"] {
        responses.insert(status.to_owned(), problem.clone());
    }
    json!({
        "operationId": operation.path.trim_start_matches("/phone/v1/").replace('/', "-"),
        "summary": operation.summary,
        "description": signed.unwrap_or_default(),
        "requestBody": { "required": true, "content": with_example(both(operation.request), operation) },
        "responses": responses,
    })
}

/// The protobuf form has no schema of its own here: the `.proto` files are it.
fn both(message: &str) -> Value {
    json!({
        "application/json": { "schema": refer(message) },
        "application/x-protobuf": { "schema": {} },
    })
}

/// Adds the known answer of that purpose, where the body is signed.
fn with_example(mut content: Value, operation: &Operation) -> Value {
    let examples: Value = serde_json::from_str(EXAMPLES).unwrap_or_default();
    let example = operation.signed.and_then(|(payload_type, _)| examples.get(payload_type));
    if let (Some(example), Some(json)) =
        (example, content.pointer_mut("/application~1json").and_then(Value::as_object_mut))
    {
        json.insert("example".to_owned(), example.clone());
    }
    content
}

fn refer(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn message_schema(file: &FileDescriptorProto, message: &DescriptorProto, path: &[i32]) -> Value {
    let mut properties = Map::new();
    for (index, field) in (0_i32..).zip(&message.field) {
        let mut schema = field_schema(message.name(), field);
        let told = comment(file, &[path, &[FIELDS, index]].concat());
        if let (Some(schema), false) = (schema.as_object_mut(), told.is_empty()) {
            schema.insert("description".to_owned(), told.into());
        }
        properties.insert(field.json_name().to_owned(), schema);
    }
    let needs = |field: &&FieldDescriptorProto| {
        limits::find(message.name(), field.name()).is_some_and(|limit| limit.length.0 > 0)
    };
    let required: Vec<&str> =
        message.field.iter().filter(needs).map(FieldDescriptorProto::json_name).collect();
    json!({ "type": "object", "description": comment(file, path), "properties": properties, "required": required })
}

fn field_schema(message: &str, field: &FieldDescriptorProto) -> Value {
    let one = match field.r#type() {
        Type::String => with_limit(json!({ "type": "string" }), message, field, |length| length),
        Type::Bytes => with_limit(
            json!({ "type": "string", "contentEncoding": "base64" }),
            message,
            field,
            base64_length,
        ),
        // Canonical proto3 JSON writes 64-bit numbers as text, and takes both.
        Type::Int64 => {
            json!({ "type": ["string", "integer"], "format": "int64", "pattern": "^-?[0-9]{1,19}$" })
        }
        Type::Int32 => {
            json!({ "type": "integer", "format": "int32", "minimum": i32::MIN, "maximum": i32::MAX })
        }
        Type::Bool => json!({ "type": "boolean" }),
        Type::Message | Type::Enum => refer(field.type_name().rsplit('.').next().unwrap_or_default()),
        _ => json!({}),
    };
    if field.label() == Label::Repeated { json!({ "type": "array", "items": one }) } else { one }
}

fn with_limit(
    mut schema: Value,
    message: &str,
    field: &FieldDescriptorProto,
    length: fn(usize) -> usize,
) -> Value {
    if let (Some(limit), Some(object)) = (limits::find(message, field.name()), schema.as_object_mut()) {
        object.insert("minLength".to_owned(), length(limit.length.0).into());
        object.insert("maxLength".to_owned(), length(limit.length.1).into());
        if let Some(pattern) = limit.alphabet.pattern() {
            object.insert("pattern".to_owned(), pattern.into());
        }
    }
    schema
}

/// So many characters have that many bytes in base64 (RFC 4648 section 4), with padding.
const fn base64_length(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

fn enum_schema(file: &FileDescriptorProto, kind: &EnumDescriptorProto, path: &[i32]) -> Value {
    let names: Vec<&str> = kind.value.iter().map(prost_types::EnumValueDescriptorProto::name).collect();
    json!({ "type": "string", "description": comment(file, path), "enum": names })
}

fn problem_schema(codes: &[&str]) -> Value {
    json!({
        "type": "object",
        "description": "RFC 9457. Title and detail are in the language of Accept-Language.",
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "code": { "type": "string", "enum": codes },
            "error_reference": { "type": "string", "pattern": "^[0-9A-Z]{4}-[0-9A-Z]{4}$" },
        },
        "required": ["title", "status", "code", "error_reference"],
    })
}

/// The comment in the `.proto` file.
fn comment(file: &FileDescriptorProto, path: &[i32]) -> String {
    let locations = file.source_code_info.iter().flat_map(|info| &info.location);
    let found = locations.into_iter().find(|location| location.path == path);
    let text = found.map(|location| location.leading_comments().trim().replace("\n ", "\n"));
    text.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<FileDescriptorProto> {
        FileDescriptorSet::decode(DESCRIPTORS).unwrap().file
    }

    #[test]
    fn limits_and_operations_name_what_there_is() {
        let files = files();
        let messages: Vec<&DescriptorProto> = files.iter().flat_map(|file| &file.message_type).collect();
        let find = |name: &str| messages.iter().find(|message| message.name() == name);
        for limit in limits::LIMITS {
            let message = find(limit.message).unwrap_or_else(|| panic!("no message {}", limit.message));
            assert!(message.field.iter().any(|field| field.name() == limit.field), "{limit:?}");
        }
        for operation in OPERATIONS {
            let payload = operation.signed.map(|(_, message)| message);
            for name in [operation.request, operation.response].into_iter().chain(payload) {
                assert!(find(name).is_some(), "{}: no message {name}", operation.path);
            }
        }
    }

    #[test]
    fn every_text_that_a_phone_sends_is_bounded() {
        let files = files();
        let messages: Vec<&DescriptorProto> = files.iter().flat_map(|file| &file.message_type).collect();
        // The proof of a new key is signed inside another message.
        let mut sent = vec!["NewKey"];
        for operation in OPERATIONS {
            sent.extend(
                [Some(operation.request), operation.signed.map(|(_, name)| name)].into_iter().flatten(),
            );
        }
        let mut seen = 0;
        while let Some(name) = sent.get(seen).copied() {
            seen += 1;
            let message = messages.iter().find(|message| message.name() == name).unwrap();
            for field in &message.field {
                let is_text = matches!(field.r#type(), Type::String | Type::Bytes);
                assert!(!is_text || limits::find(name, field.name()).is_some(), "{name}.{}", field.name());
                let inner = field.type_name().rsplit('.').next().unwrap();
                if field.r#type() == Type::Message && !sent.contains(&inner) {
                    sent.push(inner);
                }
            }
        }
        assert!(
            ["Signature", "PushAddress", "PlatformFacts"].iter().all(|name| sent.contains(name)),
            "{sent:?}"
        );
    }

    #[test]
    fn the_document_carries_bounds_and_comments() {
        let document = document("https://login.example.com", &["busy"]);
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["LoginScan"]["properties"]["frame"]["maxLength"], 128);
        assert_eq!(schemas["Signature"]["properties"]["sig"]["maxLength"], 96);
        assert_eq!(schemas["LoginChallenge"]["properties"]["expiresAt"]["format"], "int64");
        let told = schemas["LoginAnswer"]["properties"]["numberPicked"]["description"].as_str().unwrap();
        assert!(told.starts_with("The number that the owner picked."), "{told}");
        assert_eq!(schemas["Decision"]["enum"][1], "DECISION_APPROVE");
        assert_eq!(document["paths"].as_object().unwrap().len(), OPERATIONS.len());
        for operation in OPERATIONS {
            let body = &document["paths"][operation.path]["post"]["requestBody"]["content"];
            let shown = body["application/json"]["example"]["payloadType"].as_str();
            assert_eq!(shown, operation.signed.map(|(payload_type, _)| payload_type));
        }
    }
}
