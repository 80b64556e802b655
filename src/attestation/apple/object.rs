//! Step 1: the object (CBOR); `ciborium` reads it.

use std::collections::BTreeSet;

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
#[derive(Debug)]
pub(super) struct Map(Vec<(Value, Value)>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Number(i128),
    Text(&'a str),
}

impl<'a> Key<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        let number = || value.as_integer().map(|number| Self::Number(number.into()));
        value.as_text().map(Self::Text).or_else(number)
    }
}

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
    /// The map that a value is. Its keys are numbers and texts alone: other values have no order, and none of them is a name.
    pub(super) fn of(value: Value) -> Result<Self, Refusal> {
        let entries = value.into_map().map_err(|_| Refusal::ObjectUnreadable)?;
        let mut seen = BTreeSet::new();
        let is_well_named = entries.iter().all(|(key, _)| Key::of(key).is_some_and(|key| seen.insert(key)));
        if is_well_named { Ok(Self(entries)) } else { Err(Refusal::ObjectUnreadable) }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_map_of_keys_that_have_no_order_is_refused() {
        let numbers = (0..40_u32).map(|number| if number % 3 == 0 { f64::NAN } else { f64::from(number) });
        let keys = numbers.map(Value::from).chain((0..40).map(|number| Value::from(number % 2 == 0)));
        let map = Value::Map(keys.map(|key| (key, Value::Null)).collect());
        assert_eq!(Map::of(map).err(), Some(Refusal::ObjectUnreadable));
        let twice = [1, 2, 1].map(|key| (Value::from(key), Value::Null));
        assert_eq!(Map::of(Value::Map(twice.to_vec())).err(), Some(Refusal::ObjectUnreadable));
        let mixed = [(Value::from(1), Value::Null), (Value::from("1"), Value::Null)];
        assert!(Map::of(Value::Map(mixed.to_vec())).is_ok());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_trouble(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            prop_assert!(read(&bytes).is_err());
        }
    }
}
