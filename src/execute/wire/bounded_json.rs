use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Why a text gives no value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoJson {
    /// It is not JSON, or nested deeper than any answer is.
    Malformed,
    /// It holds more values than may be held.
    TooMany,
}

/// Reads JSON of at most so many values: a few bytes of text can stand for a value that takes a hundred in memory.
pub(super) fn bounded_json(text: &str, most: usize) -> Result<Value, NoJson> {
    let left = Cell::new(most);
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Bounded(&left).deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|_| if left.get() == 0 { NoJson::TooMany } else { NoJson::Malformed })
}

#[derive(Clone, Copy)]
struct Bounded<'l>(&'l Cell<usize>);

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self.0.get().checked_sub(1) {
            Some(left) if left > 0 => self.0.set(left),
            _ => {
                self.0.set(0);
                return Err(D::Error::custom("too many values"));
            }
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            fields.insert(key, map.next_value_seed(self)?);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_counted_and_depth_is_bounded() {
        assert_eq!(bounded_json("[1,2,{\"a\":null}]", 100), Ok(json!([1, 2, {"a": null}])));
        assert_eq!(bounded_json("[1,2,3,4,5]", 5), Err(NoJson::TooMany));
        assert_eq!(bounded_json(&"[".repeat(200_000), 1_000_000), Err(NoJson::Malformed));
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert_eq!(bounded_json(&deep, 1_000_000), Err(NoJson::Malformed));
        assert_eq!(bounded_json("1 2", 100), Err(NoJson::Malformed));
    }

    proptest! {
        #[test]
        fn what_is_within_the_bounds_is_read_as_ever(text in "[\\[\\]{}\",:0-9a-e.truefalsn -]{0,60}") {
            let usual: Option<Value> = serde_json::from_str(&text).ok();
            prop_assert_eq!(bounded_json(&text, 1_000).ok(), usual);
        }
    }
}
