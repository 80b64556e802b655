//! Step 1: the object (CBOR); `ciborium` reads it.

use ciborium::Value;

use super::LONGEST_OBJECT;
use crate::domain::attestation::AttestationRefusal as Refusal;

const FORMAT: &str = "apple-appattest";
/// The object has four levels.
const DEEPEST: usize = 8;

/// An object that was read; nothing of it is trusted yet.
pub(super) struct Object {
    /// The leaf and the intermediate.
    pub(super) certificates: Vec<Vec<u8>>,
    /// The bytes that the leaf's nonce covers.
    pub(super) authenticator_data: Vec<u8>,
}

/// A map without a key twice.
pub(super) struct Map(Vec<(Value, Value)>);

/// Reads an object. What else stands in it is not signed, and passed over.
pub(super) fn read(bytes: &[u8]) -> Result<Object, Refusal> {
    if bytes.len() > LONGEST_OBJECT {
        return Err(Refusal::TooLarge);
    }
    let mut object = read_only_map(bytes)?;
    if object.take("fmt").as_ref().and_then(Value::as_text) != Some(FORMAT) {
        return Err(Refusal::ObjectFormat);
    }
    let mut statement = Map::of(object.take("attStmt").ok_or(Refusal::ObjectUnreadable)?)?;
    let chain = statement.take("x5c").and_then(|chain| chain.into_array().ok());
    let certificates = chain.ok_or(Refusal::ObjectUnreadable)?.into_iter().map(to_bytes);
    Ok(Object {
        certificates: certificates.collect::<Result<_, _>>()?,
        authenticator_data: object.take_bytes("authData")?,
    })
}

/// The one map that the bytes are.
pub(super) fn read_only_map(mut bytes: &[u8]) -> Result<Map, Refusal> {
    let map = Map::of(read_value(&mut bytes)?)?;
    if bytes.is_empty() { Ok(map) } else { Err(Refusal::ObjectTrailing) }
}

/// The first value; `bytes` is what follows it.
pub(super) fn read_value(bytes: &mut &[u8]) -> Result<Value, Refusal> {
    ciborium::de::from_reader_with_recursion_limit(bytes, DEEPEST).map_err(|_| Refusal::ObjectUnreadable)
}

fn to_bytes(value: Value) -> Result<Vec<u8>, Refusal> {
    value.into_bytes().map_err(|_| Refusal::ObjectUnreadable)
}

impl Map {
    /// The map that a value is.
    pub(super) fn of(value: Value) -> Result<Self, Refusal> {
        let entries = value.into_map().map_err(|_| Refusal::ObjectUnreadable)?;
        let mut keys: Vec<_> = entries.iter().map(|(key, _)| key).collect();
        keys.sort_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
        let has_one_twice = keys.iter().zip(keys.iter().skip(1)).any(|(one, other)| one == other);
        if has_one_twice { Err(Refusal::ObjectUnreadable) } else { Ok(Self(entries)) }
    }

    /// The value of a key.
    pub(super) fn take(&mut self, key: impl Into<Value>) -> Option<Value> {
        let key = key.into();
        let at = self.0.iter().position(|(other, _)| *other == key)?;
        Some(self.0.swap_remove(at).1)
    }

    /// The bytes of a key.
    pub(super) fn take_bytes(&mut self, key: impl Into<Value>) -> Result<Vec<u8>, Refusal> {
        to_bytes(self.take(key).ok_or(Refusal::ObjectUnreadable)?)
    }
}
