use serde_json::{Map, Value};

/// The value at a dotted place of a record. A key that itself has dots wins over a walk; a number walks into a list.
pub(super) fn at<'a>(record: &'a Value, place: &str) -> Option<&'a Value> {
    if let Some(found) = record.get(place) {
        return Some(found);
    }
    let (first, rest) = place.split_once('.').unwrap_or((place, ""));
    let inner = match record {
        Value::Array(items) => items.get(first.parse::<usize>().ok()?)?,
        _ => record.get(first)?,
    };
    if rest.is_empty() { Some(inner) } else { at(inner, rest) }
}

/// The record with these fields only, in this order, under their dotted names; all of it when there are none.
pub(super) fn picked(record: &Value, fields: &[String]) -> Value {
    if fields.is_empty() {
        return record.clone();
    }
    let pick = |field: &String| (field.clone(), at(record, field).cloned().unwrap_or(Value::Null));
    Value::Object(fields.iter().map(pick).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_place_walks_objects_and_lists_and_prefers_a_key_with_dots() {
        let record = json!({"a": {"b": [10, {"c": 11}]}, "x.y": 12, "x": {"y": 13}});
        assert_eq!(at(&record, "a.b.1.c"), Some(&json!(11)));
        assert_eq!(at(&record, "x.y"), Some(&json!(12)));
        assert_eq!(at(&record, "a.z"), None);
        assert_eq!(picked(&record, &["x.y".into(), "q".into()]), json!({"x.y": 12, "q": null}));
    }
}
