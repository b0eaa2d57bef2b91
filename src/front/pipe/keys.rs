use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The keys of a line.
pub(super) const KEYS: [&str; 10] =
    ["id", "session", "say", "operation", "params", "answer", "location", "api_version", "dry_run", "confirm"];

/// What a line holds under its keys, of each the last that it says.
#[derive(Debug, Default)]
pub(super) struct Keys {
    values: [Option<Value>; KEYS.len()],
    /// The first key that is none of a line.
    pub(super) unknown: Option<String>,
    /// It is JSON, but not an object.
    pub(super) no_object: bool,
}

impl Keys {
    /// Takes out what stands under a key.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        let at = KEYS.iter().position(|known| *known == key)?;
        self.values[at].take()
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

/// Reads a key: its place among those of a line, or the key that is none of them.
struct KeyReader;

impl<'de> DeserializeSeed<'de> for KeyReader {
    type Value = Result<usize, String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeyReader {
    type Value = Result<usize, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(KEYS.iter().position(|known| *known == key).ok_or_else(|| key.to_owned()))
    }
}

fn no_object() -> Keys {
    Keys { no_object: true, ..Keys::default() }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Keys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut keys = Keys::default();
        while let Some(key) = map.next_key_seed(KeyReader)? {
            let value = map.next_value()?;
            match key {
                Ok(at) => keys.values[at] = Some(value),
                Err(key) => drop(keys.unknown.get_or_insert(key)),
            }
        }
        Ok(keys)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Keys, A::Error> {
        while seq.next_element::<Value>()?.is_some() {}
        Ok(no_object())
    }

    fn visit_unit<E: Error>(self) -> Result<Keys, E> {
        Ok(no_object())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Keys, E> {
        Ok(no_object())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Keys, E> {
        Ok(no_object())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Keys, E> {
        Ok(no_object())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Keys, E> {
        Ok(no_object())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Keys, E> {
        Ok(no_object())
    }
}
