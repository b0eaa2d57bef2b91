//! Which records of a list are meant.

use std::cmp::Ordering;

use serde_json::Value;

use super::moment;
use super::scope::{dotted, text_of};

/// Whether a record meets a condition such as `status`, `startTime >=` or `tags has`, compared with `wanted`.
pub(super) fn meets(record: &Value, condition: &str, wanted: &Value) -> bool {
    let (key, operator) = condition.split_once(' ').unwrap_or((condition, "="));
    let found = dotted(record, key).unwrap_or(&Value::Null);
    match operator {
        "=" => equal(found, wanted),
        // A parameter that no record knows as a field filters nothing.
        "?=" => found.is_null() || equal(found, wanted),
        "!=" => !equal(found, wanted),
        "<" => compare(found, wanted) == Some(Ordering::Less),
        ">" => compare(found, wanted) == Some(Ordering::Greater),
        "<=" => matches!(compare(found, &end_of_day(wanted)), Some(Ordering::Less | Ordering::Equal)),
        ">=" => matches!(compare(found, wanted), Some(Ordering::Greater | Ordering::Equal)),
        "has" => members(found).iter().any(|value| equal(value, wanted)),
        // A record that names nobody is everybody's.
        "has?" => empty(found) || members(found).iter().any(|value| equal(value, wanted)),
        "in" => members(wanted).iter().any(|value| equal(found, value)),
        "like" => contains(found, wanted),
        _ => false,
    }
}

/// Whether `keys` (none given: all texts) hold every word of `query`, upper and lower case alike, or the same telephone
/// digits.
pub(super) fn mentions(record: &Value, keys: &[String], query: &str) -> bool {
    let digits: String = query.chars().filter(char::is_ascii_digit).collect();
    let phone_like = digits.len() >= 5 && query.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
    let values: Vec<&Value> = match record.as_object() {
        Some(fields) if keys.is_empty() => fields.values().filter(|value| value.is_string()).collect(),
        _ => keys.iter().filter_map(|key| dotted(record, key)).collect(),
    };
    let texts: Vec<String> = values.into_iter().filter_map(text_of).map(|text| text.to_lowercase()).collect();
    let found = |word: &str| texts.iter().any(|text| text.contains(word));
    if phone_like && texts.iter().any(|text| only_digits(text).ends_with(&digits)) {
        return true;
    }
    query.to_lowercase().split_whitespace().all(found)
}

/// Whether a record passes filters as search bodies write them: `{field, operator, value}`, or `{group, filters}`.
pub(super) fn passes(record: &Value, filters: &Value) -> bool {
    match filters {
        Value::Array(all) => all.iter().all(|filter| passes(record, filter)),
        Value::Object(filter) => match filter.get("filters").and_then(Value::as_array) {
            Some(inner)
                if filter.get("group").and_then(Value::as_str).is_some_and(|g| g.eq_ignore_ascii_case("or")) =>
            {
                inner.iter().any(|filter| passes(record, filter))
            }
            Some(inner) => inner.iter().all(|filter| passes(record, filter)),
            None => passes_one(record, filters),
        },
        _ => true,
    }
}

/// Orders two values: numbers and moments by size, text by its lower case, nothing before anything.
pub(super) fn order(a: &Value, b: &Value) -> Ordering {
    compare(a, b).unwrap_or_else(|| {
        let text = |value: &Value| text_of(value).map(|t| t.to_lowercase());
        text(a).cmp(&text(b))
    })
}

fn passes_one(record: &Value, filter: &Value) -> bool {
    let field = filter["field"].as_str().unwrap_or_default();
    let wanted = &filter["value"];
    let found = dotted(record, field).unwrap_or(&Value::Null);
    let any = |test: &dyn Fn(&Value) -> bool| members(found).iter().any(|value| test(value));
    match filter["operator"].as_str().unwrap_or("eq") {
        "eq" | "is" | "in" => members(wanted).iter().any(|w| any(&|f| alike(f, w))),
        "not_eq" | "neq" | "nin" | "not_in" => !members(wanted).iter().any(|w| any(&|f| alike(f, w))),
        "contains" | "match" | "wildcard" => members(wanted).iter().any(|w| any(&|f| contains(f, w))),
        "contains_set" => members(wanted).iter().all(|w| any(&|f| alike(f, w))),
        "not_contains" => !members(wanted).iter().any(|w| any(&|f| contains(f, w))),
        "exists" => !empty(found),
        "not_exists" => empty(found),
        "range" => ["gt", "gte", "lt", "lte"].iter().all(|edge| within(found, edge, &wanted[*edge])),
        edge @ ("gt" | "gte" | "lt" | "lte") => within(found, edge, wanted),
        _ => false,
    }
}

fn within(found: &Value, edge: &str, limit: &Value) -> bool {
    if limit.is_null() {
        return true;
    }
    match (edge, compare(found, limit)) {
        (_, None) => false,
        ("gt", Some(order)) => order.is_gt(),
        ("gte", Some(order)) => order.is_ge(),
        ("lt", Some(order)) => order.is_lt(),
        (_, Some(order)) => order.is_le(),
    }
}

fn members(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn equal(found: &Value, wanted: &Value) -> bool {
    match (text_of(found), text_of(wanted)) {
        (Some(found), Some(wanted)) => found == wanted,
        _ => found == wanted,
    }
}

fn alike(found: &Value, wanted: &Value) -> bool {
    match (text_of(found), text_of(wanted)) {
        (Some(found), Some(wanted)) => found.to_lowercase() == wanted.to_lowercase(),
        _ => found == wanted,
    }
}

fn contains(found: &Value, wanted: &Value) -> bool {
    let wanted = text_of(wanted).unwrap_or_default().to_lowercase();
    members(found)
        .iter()
        .filter_map(|value| text_of(value))
        .any(|text| text.to_lowercase().contains(wanted.trim_matches('*')))
}

fn compare(found: &Value, wanted: &Value) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (plain_number(found), plain_number(wanted)) {
        return a.partial_cmp(&b);
    }
    Some(moment::milliseconds(found)?.cmp(&moment::milliseconds(wanted)?))
}

/// Numbers too small to be moments.
fn plain_number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.parse().ok()?,
        _ => return None,
    };
    (number.abs() < 1e9).then_some(number)
}

/// A day as an upper bound means all of it.
fn end_of_day(wanted: &Value) -> Value {
    match moment::milliseconds(wanted) {
        Some(start) if moment::is_day(wanted) => Value::from(start + 86_399_999),
        _ => wanted.clone(),
    }
}

fn only_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn conditions_compare_numbers_moments_lists_and_text() {
        let record =
            json!({"n": 5, "at": "2026-11-24T10:00:00-05:00", "tags": ["vip"], "who": {"role": "admin"}, "on": true});
        for (condition, wanted, expected) in [
            ("n >=", json!("5"), true),
            ("n <", json!(5), false),
            ("at >=", json!("1795532400000"), true),
            ("at <=", json!("11-24-2026"), true),
            ("at <", json!("11-24-2026"), false),
            ("tags has", json!("vip"), true),
            ("who.role", json!("admin"), true),
            ("who.role in", json!(["user", "admin"]), true),
            ("on", json!("true"), true),
            ("gone", json!("x"), false),
            ("gone !=", json!("x"), true),
        ] {
            assert_eq!(meets(&record, condition, &wanted), expected, "{condition} {wanted}");
        }
    }

    #[test]
    fn a_query_looks_at_words_and_telephone_digits() {
        let record = json!({"name": "Jane Doe", "email": "jane@acme.com", "phone": "+15550101234"});
        let keys = ["name", "email", "phone"].map(str::to_owned);
        for (query, expected) in [
            ("jane", true),
            ("doe JANE", true),
            ("jane@acme.com", true),
            ("(555) 010-1234", true),
            ("jane smith", false),
            ("5559999", false),
        ] {
            assert_eq!(mentions(&record, &keys, query), expected, "{query}");
        }
    }

    #[test]
    fn filters_of_search_bodies() {
        let record = json!({"email": "jane@acme.com", "tags": ["vip", "lead"], "added": "2026-01-05T00:00:00Z"});
        for (filter, expected) in [
            (json!([{"field": "email", "operator": "eq", "value": "JANE@acme.com"}]), true),
            (json!([{"field": "tags", "operator": "contains", "value": ["vip"]}]), true),
            (json!([{"field": "tags", "operator": "not_contains", "value": "vip"}]), false),
            (json!([{"field": "phone", "operator": "not_exists"}]), true),
            (
                json!([{"field": "added", "operator": "range", "value": {"gte": "2026-01-01", "lte": "2026-01-31"}}]),
                true,
            ),
            (
                json!([{"group": "OR", "filters": [
                {"field": "email", "operator": "eq", "value": "x"}, {"field": "tags", "operator": "eq", "value": "lead"}]}]),
                true,
            ),
            (json!([{"field": "email", "operator": "odd", "value": "x"}]), false),
        ] {
            assert_eq!(passes(&record, &filter), expected, "{filter}");
        }
    }
}
