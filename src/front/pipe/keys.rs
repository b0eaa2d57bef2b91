use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
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

    fn put(&mut self, key: String, value: Value) {
        match KEYS.iter().position(|known| *known == key) {
            Some(at) => self.values[at] = Some(value),
            None => drop(self.unknown.get_or_insert(key)),
        }
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

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
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            keys.put(key, value);
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
