use jiff::Timestamp;
use serde_json::Value;

use crate::plan::plain_text;

/// Whether a value that was sent is the one that stands in a record: APIs give moments, numbers, e-mail addresses and
/// phone numbers back in forms of their own.
pub fn alike(sent: &Value, found: &Value) -> bool {
    if let (Value::Array(sent), Value::Array(found)) = (sent, found) {
        return sent.iter().all(|one| found.iter().any(|other| alike(one, other)));
    }
    let (Some(one), Some(other)) = (plain_text(sent), plain_text(found)) else { return sent == found };
    let (one, other) = (one.trim(), other.trim());
    if one == other || one.to_lowercase() == other.to_lowercase() {
        return true;
    }
    if let (Some(one), Some(other)) = (moment(sent), moment(found)) {
        return one.as_second() == other.as_second();
    }
    if let (Ok(one), Ok(other)) = (one.parse::<f64>(), other.parse::<f64>()) {
        return (one - other).abs() <= f64::EPSILON * one.abs();
    }
    is_phone(one) && is_phone(other) && digits(one) == digits(other)
}

/// A moment in any form an API writes one: RFC 3339, or seconds or milliseconds since 1970.
pub(super) fn moment(value: &Value) -> Option<Timestamp> {
    /// Seconds since 1970 have ten digits for as long as this matters, milliseconds thirteen.
    const MILLISECONDS: i64 = 100_000_000_000;
    const SECONDS: i64 = 1_000_000_000;
    let text = plain_text(value)?;
    match text.parse::<i64>() {
        Ok(number) if number >= MILLISECONDS => Timestamp::from_millisecond(number).ok(),
        Ok(number) if number >= SECONDS => Timestamp::from_second(number).ok(),
        Ok(_) => None,
        Err(_) => text.parse().ok(),
    }
}

fn is_phone(text: &str) -> bool {
    text.starts_with('+') && text.chars().all(|c| c.is_ascii_digit() || "+ ()-.".contains(c))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_an_api_writes_its_own_way_is_the_same() {
        assert!(alike(&json!("Call back "), &json!("Call back")));
        assert!(alike(&json!("Jane@Acme.com"), &json!("jane@acme.com")));
        assert!(alike(&json!("2026-11-20T14:00:00Z"), &json!("2026-11-20T09:00:00.000-05:00")));
        assert!(alike(&json!(1_795_183_200_000_i64), &json!("2026-11-20T14:00:00Z")));
        assert!(alike(&json!("+1 (555) 010-2001"), &json!("+15550102001")));
        assert!(alike(&json!(12.50), &json!("12.5")));
        assert!(alike(&json!(["vip"]), &json!(["lead", "VIP"])));
    }

    #[test]
    fn what_differs_differs() {
        assert!(!alike(&json!("Call back"), &json!("Call back later")));
        assert!(!alike(&json!("2026-11-20T14:00:00Z"), &json!("2026-11-20T14:00:01Z")));
        assert!(!alike(&json!("555"), &json!("556")));
        assert!(!alike(&json!(["vip", "new"]), &json!(["vip"])));
        assert!(!alike(&json!("x"), &json!(null)));
    }
}
