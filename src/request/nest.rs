use serde_json::{Map, Value};

/// Puts a value under a dotted name into a body, making the objects on the way.
pub(super) fn put_nested(into: &mut Map<String, Value>, name: &str, value: Value) {
    let Some((first, rest)) = name.split_once('.') else {
        into.insert(name.to_owned(), value);
        return;
    };
    let inner = into.entry(first).or_insert_with(|| Value::Object(Map::new()));
    if !inner.is_object() {
        *inner = Value::Object(Map::new());
    }
    if let Value::Object(fields) = inner {
        put_nested(fields, rest, value);
    }
}

/// The value under a dotted name.
pub(super) fn nested<'v>(fields: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    match name.split_once('.') {
        None => fields.get(name),
        Some((first, rest)) => nested(fields.get(first)?.as_object()?, rest),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dotted_names_share_their_objects() {
        let mut body = Map::new();
        put_nested(&mut body, "a.b", json!(1));
        put_nested(&mut body, "a.c.d", json!(2));
        put_nested(&mut body, "e", json!(3));
        assert_eq!(Value::Object(body), json!({"a": {"b": 1, "c": {"d": 2}}, "e": 3}));
    }
}
