use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_yaml::options::DuplicateKeyPolicy;

/// The most a file may hold, in bytes: twice the largest public one.
const MAX_BYTES: usize = 32 << 20;

/// Reads a JSON or YAML text. Keys that are no text (`200:`) become text; of a key given twice, maps are
/// laid together and of anything else the last one counts.
///
/// # Errors
/// What is wrong with the text, and its line and column when they are known.
pub(super) fn tree(text: &str) -> Result<Value, (String, Option<(usize, usize)>)> {
    if text.len() > MAX_BYTES {
        return Err(("the file is larger than 32 MiB".to_owned(), None));
    }
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        match serde_json::from_str::<Tree>(text) {
            Ok(tree) => return Ok(tree.0),
            // A flow map of YAML starts like JSON: what YAML makes of it decides.
            Err(error) => {
                return yaml(text).map_err(|_| (json_message(&error), Some((error.line(), error.column().max(1)))));
            }
        }
    }
    yaml(text).map_err(|error| {
        let narrow = |number: u64| usize::try_from(number).unwrap_or(1).max(1);
        let place = error.location().map(|at| (narrow(at.line()), narrow(at.column())));
        let message = error.without_snippet().to_string();
        let first = message.lines().next().unwrap_or_default();
        (format!("this is not YAML: {}", first.split(" at line ").next().unwrap_or(first).trim()), place)
    })
}

fn json_message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    format!("this is not JSON: {}", message.split(" at line ").next().unwrap_or(&message))
}

fn yaml(text: &str) -> Result<Value, serde_yaml::Error> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        with_snippet: false,
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        budget: serde_yaml::budget! {
            max_nodes: 5_000_000,
            max_events: 10_000_000,
            max_depth: 100,
            flow_nesting_limit: 100,
            max_aliases: 20_000,
            max_anchors: 20_000,
            max_total_scalar_bytes: MAX_BYTES,
        },
    };
    serde_yaml::from_str_with_options::<Tree>(text, options).map(|tree| tree.0)
}

struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Tree)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
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
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Tree(item)) = access.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut entries = Map::new();
        while let Some((Tree(key), Tree(value))) = access.next_entry()? {
            let key = match key {
                Value::String(text) => text,
                other => other.to_string(),
            };
            add(&mut entries, key, value);
        }
        Ok(Value::Object(entries))
    }
}

/// Adds an entry; of two maps under one key, as where a path stands twice, both are kept.
fn add(entries: &mut Map<String, Value>, key: String, value: Value) {
    match (entries.get_mut(&key), value) {
        (Some(Value::Object(known)), Value::Object(more)) => {
            more.into_iter().for_each(|(key, value)| add(known, key, value));
        }
        (_, value) => drop(entries.insert(key, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_notations_give_the_same() {
        let yaml = "responses:\n  200: {description: ok}\n  '404': {}\nenum: [no, 1, 1.5, true, null]\n";
        let json = r#"{"responses": {"200": {"description": "ok"}, "404": {}}, "enum": ["no", 1, 1.5, true, null]}"#;
        assert_eq!(tree(yaml), tree(json));
        assert_eq!(tree(yaml).map(|t| t["enum"].clone()), Ok(json!(["no", 1, 1.5, true, null])));
    }

    #[test]
    fn anchors_and_keys_given_twice_are_read() {
        assert_eq!(tree("a: &x {b: 1}\nc: *x\na2: 1\na2: 2\n"), Ok(json!({"a": {"b": 1}, "c": {"b": 1}, "a2": 2})));
        let twice = json!({"/a": {"get": {"x": 1}, "post": {}}});
        assert_eq!(tree("/a: {get: {x: 1}}\n/a: {post: {}}\n"), Ok(twice.clone()));
        assert_eq!(tree(r#"{"/a": {"get": {"x": 1}}, "/a": {"post": {}}}"#), Ok(twice));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let (message, place) = tree("{\"a\": 1,\n  \"b\": ] }").expect_err("no JSON");
        assert!(message.starts_with("this is not JSON"), "{message}");
        assert_eq!(place.map(|(line, _)| line), Some(2));
        let (message, _) = tree("a: [1\nb: 2").expect_err("no YAML");
        assert!(message.starts_with("this is not YAML"), "{message}");
    }
}
