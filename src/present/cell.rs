use serde_json::Value;

use super::clean;

const LONGEST: usize = 60;

/// A value in a few words on one line, for a cell of a table.
pub(super) fn cell(value: &Value) -> String {
    shortened(&plain(value))
}

/// A value whole, on one line.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => clean(text),
        Value::Array(items) if items.iter().all(is_scalar) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => clean(&other.to_string()),
    }
}

/// Whether it is neither list nor object.
pub(super) fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Object(_))
}

/// Whether there is nothing to see in it.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_are_joined_and_long_text_is_cut_between_characters() {
        assert_eq!(cell(&json!(["vip", "lead"])), "vip, lead");
        assert_eq!(cell(&json!([{"a": 1}])), r#"[{"a":1}]"#);
        assert_eq!(cell(&json!(null)), "");
        let long = "é".repeat(70);
        assert_eq!(cell(&json!(long)).chars().count(), LONGEST + 1);
    }
}
