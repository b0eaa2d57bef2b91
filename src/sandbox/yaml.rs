//! YAML → JSON values, with the place of what cannot be read.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_yaml::{Error, Location, Spanned};

use crate::diagnostic::{Diagnostic, Place};

/// Reads a YAML text as JSON. A number that is written with a sign or a leading zero is a code, and stays text.
///
/// # Errors
/// Where it is not YAML, or gives a key twice.
pub(super) fn parse(file: &str, text: &str) -> Result<Value, Box<Diagnostic>> {
    let options = serde_yaml::options! { strict_booleans: true, with_snippet: false };
    match serde_yaml::from_str_with_options::<Spanned<Loose>>(text, options) {
        Ok(root) => Ok(json(text, root)),
        Err(error) => {
            let finding = Diagnostic::error(reason(&error));
            Err(Box::new(match error.location() {
                Some(location) => finding.at(place(file, location)),
                None => finding,
            }))
        }
    }
}

fn reason(error: &Error) -> String {
    if let Error::DuplicateMappingKey { key, .. } = error {
        return key.as_ref().map_or("a key is given twice".to_owned(), |key| format!("the key `{key}` is given twice"));
    }
    let message = error.without_snippet().to_string();
    let first = message.lines().next().unwrap_or_default();
    format!("this is not YAML: {}", first.split(" at line ").next().unwrap_or(first).trim())
}

/// Where the value under `key` of the top map stands; the top of the file when there is none.
pub(super) fn place_of_key(file: &str, text: &str, key: &str) -> Place {
    let lead = format!("{key}:");
    let mut start = 0;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with(&lead) {
            let label = String::new();
            return Place { file: file.to_owned(), line: index + 1, column: 1, start, length: key.len(), label };
        }
        start += line.len() + 1;
    }
    Place { file: file.to_owned(), line: 1, column: 1, start: 0, length: 0, label: String::new() }
}

fn place(file: &str, location: Location) -> Place {
    let narrow = |number: u64| usize::try_from(number).unwrap_or(0);
    Place {
        file: file.to_owned(),
        line: narrow(location.line()).max(1),
        column: narrow(location.column()).max(1),
        start: narrow(location.span().byte_offset().unwrap_or(0)),
        length: narrow(location.span().byte_len().unwrap_or(0)),
        label: String::new(),
    }
}

fn json(text: &str, loose: Spanned<Loose>) -> Value {
    match loose.value {
        Loose::Plain(Value::Number(number)) => code(text, loose.defined).map_or(Value::Number(number), Value::String),
        Loose::Plain(value) => value,
        Loose::List(items) => items.into_iter().map(|item| json(text, item)).collect(),
        Loose::Map(entries) => {
            Value::Object(entries.into_iter().map(|(k, v)| (k, json(text, v))).collect::<Map<_, _>>())
        }
    }
}

/// The scalar as written, when it is digits that are not an amount.
fn code(text: &str, location: Location) -> Option<String> {
    let span = location.span();
    let start = usize::try_from(span.byte_offset()?).ok()?;
    let length = usize::try_from(span.byte_len()?).ok()?;
    let raw = text.get(start..start.checked_add(length)?)?.trim();
    let padded = raw.len() > 1 && raw.starts_with('0') && !raw.starts_with("0.");
    (raw.starts_with('+') || padded).then(|| raw.to_owned())
}

enum Loose {
    Plain(Value),
    List(Vec<Spanned<Loose>>),
    Map(Vec<(String, Spanned<Loose>)>),
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Loose, E> {
        Ok(Loose::Plain(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Loose, E> {
        Ok(Loose::Plain(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Loose, E> {
        Ok(Loose::Plain(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Loose, E> {
        Ok(Loose::Plain(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Loose, E> {
        Ok(Loose::Plain(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Loose, E> {
        Ok(Loose::Plain(Number::from_f64(value).map_or(Value::Null, Value::Number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Loose, E> {
        Ok(Loose::Plain(text.into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Loose, E> {
        Ok(Loose::Plain(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loose, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Loose::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Loose::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keeps_order_and_codes() {
        let value =
            parse("seed.yaml", "b: {phone: +15551234567, zip: 01234, n: 12, x: 0.5, no: no}\na: [1, true]\n").unwrap();
        assert_eq!(
            value.to_string(),
            r#"{"b":{"phone":"+15551234567","zip":"01234","n":12,"x":0.5,"no":"no"},"a":[1,true]}"#
        );
        assert_eq!(value["a"], json!([1, true]));
    }

    #[test]
    fn tells_where_it_stops() {
        let twice = parse("seed.yaml", "a: 1\na: 2\n").unwrap_err();
        assert_eq!(twice.to_string(), "seed.yaml:2:1: the key `a` is given twice");
        let broken = parse("seed.yaml", "a: 1\nb: [1, 2\nc: 3\n").unwrap_err();
        assert!(broken.to_string().starts_with("seed.yaml:"), "{broken}");
    }
}
