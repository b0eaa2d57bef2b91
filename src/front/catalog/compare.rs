use serde_json::{Map, Value};

use crate::catalog::CaseRequest;

/// Where a request differs from what a case expects of it: the part, what was expected, what came.
///
/// Only what the case gives is compared, so that a case need not repeat what the catalog adds to every request.
pub(super) fn request_difference(expected: &CaseRequest, came: &Value) -> Option<String> {
    let text = |text: &Option<String>| text.clone().map(Value::String);
    let object = |map: &Option<Map<String, Value>>| map.clone().map(Value::Object);
    let parts = [
        ("method", text(&expected.method)),
        ("path", text(&expected.path)),
        ("query", object(&expected.query)),
        ("headers", object(&expected.headers)),
        ("body", expected.body.clone()),
    ];
    parts.into_iter().find_map(|(part, expected)| {
        let as_text = matches!(part, "query" | "headers");
        let expected = expected?;
        if part == "path" && same_path(&expected, came) {
            return None;
        }
        difference(&format!("request.{part}"), &expected, &came[part], as_text)
    })
}

/// Whether a path is the one that came; each of its segments may be given as the catalog has it or filled in.
fn same_path(expected: &Value, came: &Value) -> bool {
    let segments = |path: &Value| path.as_str().map(|path| path.split('/').map(decoded).collect::<Vec<_>>());
    let all = (segments(expected), segments(&came["path"]), segments(&came["filled_path"]));
    let (Some(expected), Some(shape), Some(filled)) = all else { return false };
    let pairs = shape.iter().zip(&filled);
    expected.len() == shape.len() && expected.iter().zip(pairs).all(|(e, (shape, filled))| e == shape || e == filled)
}

fn decoded(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

/// Where what is expected is not in what came. Values of a query or a header are compared as the text they are sent as.
fn difference(at: &str, expected: &Value, came: &Value, as_text: bool) -> Option<String> {
    match (expected, came) {
        (Value::Object(expected), Value::Object(came)) => expected.iter().find_map(|(key, value)| {
            difference(&format!("{at}.{key}"), value, came.get(key).unwrap_or(&Value::Null), as_text)
        }),
        (Value::Array(all), Value::Array(some)) if all.len() == some.len() => {
            let pairs = all.iter().zip(some).enumerate();
            pairs.into_iter().find_map(|(n, (a, b))| difference(&format!("{at}.{n}"), a, b, as_text))
        }
        _ if same(expected, came) || (as_text && text(expected) == text(came)) => None,
        _ => Some(format!("expected {at} {expected}, came {came}")),
    }
}

/// Whether two values are the same; `5` and `5.0` are.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(expected: &Value, came: &Value) -> Option<String> {
        let text = |key: &str| expected[key].as_str().map(str::to_owned);
        let object = |key: &str| expected[key].as_object().cloned();
        let expected = CaseRequest {
            method: text("method"),
            path: text("path"),
            query: object("query"),
            headers: object("headers"),
            body: expected.get("body").cloned(),
        };
        request_difference(&expected, came)
    }

    #[test]
    fn only_what_is_given_is_compared() {
        let came = json!({"method": "POST", "path": "/x/{id}", "filled_path": "/x/1%202", "query": {"limit": "5"}, "body": {"a": [1, {"b": 2.0}], "place": "p"}});
        assert_eq!(found(&json!({"method": "POST", "body": {"a": [1, {"b": 2}]}, "query": {"limit": 5}}), &came), None);
        assert_eq!(found(&json!({}), &came), None);
        let wrong = found(&json!({"body": {"a": [1, {"b": 3}]}}), &came);
        assert_eq!(wrong.as_deref(), Some("expected request.body.a.1.b 3, came 2.0"));
        let wrong = found(&json!({"body": {"a": [1]}}), &came);
        assert_eq!(wrong.as_deref(), Some("expected request.body.a [1], came [1,{\"b\":2.0}]"));
        assert_eq!(found(&json!({"path": "/x/{id}"}), &came), None);
        assert_eq!(found(&json!({"path": "/x/1 2"}), &came), None);
        assert!(found(&json!({"path": "/x/{id}/y"}), &came).is_some());
        assert!(found(&json!({"path": "/x/13"}), &came).is_some());
        let wrong = found(&json!({"query": {"skip": 1}}), &came);
        assert_eq!(wrong.as_deref(), Some("expected request.query.skip 1, came null"));
    }

    #[test]
    fn text_and_numbers_differ_outside_the_query() {
        assert!(same(&json!({"a": 5}), &json!({"a": 5.0})));
        assert!(!same(&json!({"a": 5}), &json!({"a": "5"})));
        assert!(!same(&json!({"a": 5}), &json!({"a": 5, "b": 1})));
    }
}
