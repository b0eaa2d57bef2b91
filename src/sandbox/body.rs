//! Bodies: JSON, forms and multipart, all read into one JSON value.

use serde_json::{Map, Value, json};

use super::{Call, multipart};
use crate::catalog::BodyKind;

/// A body that was read.
#[derive(Debug, PartialEq)]
pub(super) struct Body {
    pub(super) value: Value,
    /// Whether all values are text.
    pub(super) form: bool,
}

/// Reads the body by its media type.
///
/// # Errors
/// Why it is not what its media type says, or not what the operation takes.
pub(super) fn read(call: &Call, kind: BodyKind) -> Result<Body, String> {
    let media = call.header("content-type").unwrap_or_default();
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if call.body.is_empty() {
        return Ok(Body { value: Value::Null, form: false });
    }
    let takes = match kind {
        BodyKind::Form => essence == "application/x-www-form-urlencoded",
        BodyKind::Multipart => essence == "multipart/form-data",
        BodyKind::None | BodyKind::Json | BodyKind::JsonWhole => essence == "application/json",
    };
    if !takes {
        return Err(format!("Unsupported Media Type: {essence}"));
    }
    match kind {
        BodyKind::Form => Ok(Body { value: Value::Object(form(&call.body)), form: true }),
        BodyKind::Multipart => {
            let boundary = media.split(';').find_map(|part| part.trim().strip_prefix("boundary=")).unwrap_or_default();
            let parts = multipart::read(&call.body, boundary.trim_matches('"')).ok_or("Malformed part header")?;
            Ok(Body { value: fields(parts), form: true })
        }
        _ => match serde_json::from_slice(&call.body) {
            Ok(value) => Ok(Body { value, form: false }),
            Err(error) => Err(format!("Unexpected token in JSON: {error}")),
        },
    }
}

fn form(body: &[u8]) -> Map<String, Value> {
    let query = url::form_urlencoded::parse(body).map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
    let call = Call {
        method: String::new(),
        path: String::new(),
        raw_query: String::new(),
        query,
        headers: Vec::new(),
        body: Vec::new(),
    };
    call.query_object()
}

fn fields(parts: Vec<multipart::Part>) -> Value {
    let mut fields = Map::new();
    for part in parts {
        let value = match part.file_name {
            Some(name) => json!({"fileName": name, "size": part.bytes.len()}),
            None => Value::String(String::from_utf8_lossy(&part.bytes).into_owned()),
        };
        match fields.get_mut(&part.name) {
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
            None => drop(fields.insert(part.name, value)),
        }
    }
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(media: &str, body: &str) -> Call {
        Call {
            method: "POST".into(),
            path: "/".into(),
            raw_query: String::new(),
            query: Vec::new(),
            headers: vec![("content-type".into(), media.into())],
            body: body.as_bytes().to_vec(),
        }
    }

    #[test]
    fn reads_each_kind_and_refuses_the_wrong_one() {
        let json = read(&call("application/json; charset=utf-8", r#"{"a": 1}"#), BodyKind::Json).unwrap();
        assert_eq!(json, Body { value: json!({"a": 1}), form: false });
        let form = read(&call("application/x-www-form-urlencoded", "a=1&b=x+y&b=z"), BodyKind::Form).unwrap();
        assert_eq!(form, Body { value: json!({"a": "1", "b": ["x y", "z"]}), form: true });
        let text = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"c.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--X--\r\n";
        let parts = read(&call("multipart/form-data; boundary=X", text), BodyKind::Multipart).unwrap();
        assert_eq!(parts.value, json!({"a": "1", "f": {"fileName": "c.txt", "size": 5}}));
        assert!(read(&call("text/plain", "a"), BodyKind::Json).is_err());
        assert!(read(&call("application/json", "{"), BodyKind::Json).is_err());
    }
}
