use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::clean;

const LONGEST: usize = 60;

/// A value in a few words on one line, for a cell of a table; moments in the person's zone.
pub(super) fn cell(value: &Value, zone: Option<&TimeZone>) -> String {
    shortened(&plain(value, zone))
}

/// A value whole, on one line.
pub(super) fn plain(value: &Value, zone: Option<&TimeZone>) -> String {
    let joined = |items: &[&Value]| items.iter().map(|item| plain(item, zone)).collect::<Vec<_>>().join(", ");
    match value {
        Value::Null => String::new(),
        Value::String(text) => zone.and_then(|zone| moment(text, zone)).unwrap_or_else(|| clean(text)),
        Value::Array(items) if items.iter().all(is_scalar) => joined(&items.iter().collect::<Vec<_>>()),
        Value::Array(items) => match items.iter().map(|item| item.get("name")).collect::<Option<Vec<_>>>() {
            Some(names) => joined(&names),
            None => clean(&value.to_string()),
        },
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

/// `2026-11-19T14:00:00.000Z` as `2026-11-19 09:00`; nothing when the text is no moment.
fn moment(text: &str, zone: &TimeZone) -> Option<String> {
    let shape = text.len() <= 35 && text.as_bytes().get(10) == Some(&b'T');
    let instant: Timestamp = shape.then(|| text.parse().ok())??;
    Some(instant.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
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
        assert_eq!(cell(&json!(["vip", "lead"]), None), "vip, lead");
        assert_eq!(cell(&json!([{"a": 1}]), None), r#"[{"a":1}]"#);
        assert_eq!(cell(&json!([{"id": 1, "name": "New"}, {"id": 2, "name": "Won"}]), None), "New, Won");
        assert_eq!(cell(&json!(null), None), "");
        let long = "é".repeat(70);
        assert_eq!(cell(&json!(long), None).chars().count(), LONGEST + 1);
    }

    #[test]
    fn moments_are_shown_in_the_zone_and_nothing_else_is_taken_for_one() {
        let zone = TimeZone::get("America/New_York").expect("a zone");
        let shown = |text: &str| cell(&json!(text), Some(&zone));
        assert_eq!(shown("2026-11-19T14:00:00.228Z"), "2026-11-19 09:00");
        assert_eq!(shown("2026-07-01T10:00:00+02:00"), "2026-07-01 04:00");
        assert_eq!(shown("2026-11-19"), "2026-11-19");
        assert_eq!(shown("2026-11-19T14:00:00"), "2026-11-19T14:00:00");
        assert_eq!(cell(&json!("2026-11-19T14:00:00Z"), None), "2026-11-19T14:00:00Z");
    }
}
