use regex::Regex;
use serde_json::Value;

use super::Received;
use crate::catalog::{ErrorRule, Service};
use crate::execute::{Failure, FailureKind};

/// Longest part of an API's own message that is shown.
const MOST: usize = 500;

/// Whether an answer says that the operation failed. Some APIs answer 200 and put the error's status into the body.
pub(in crate::execute) fn is_error(received: &Received) -> bool {
    let inner = received.body.get("status").and_then(Value::as_u64);
    received.status >= 300 || inner.is_some_and(|status| (400..600).contains(&status))
}

/// What an error answer means, by the catalog's rules; the API's own words follow.
pub(in crate::execute) fn api_failure(received: &Received, service: &Service) -> Failure {
    let said = message_of(&received.body);
    let kind = if matches!(received.status, 401 | 403) { FailureKind::Credentials } else { FailureKind::Api };
    let own = match said.as_str() {
        "" => format!("{} answered {}", service.title, received.status),
        said => format!("{} answered {}: {said}", service.title, received.status),
    };
    if received.status < 400 && received.status >= 300 {
        let message = format!("{} answered {} and points to another address", service.title, received.status);
        return Failure::new(FailureKind::Api, message)
            .hint("Redirects are not followed; check the service's base_url.");
    }
    match service.errors.iter().find(|rule| fits(rule, received.status, &said)) {
        Some(rule) => Failure::new(kind, format!("{} ({own})", rule.means.trim_end_matches('.'))).hint(&rule.remedy),
        None => Failure::new(kind, own).hint(general_hint(received.status)),
    }
}

/// Whether an answer tells of trouble that passes: by the catalog's rule, else by its status.
pub(super) fn passing(status: u16, body: &Value, service: &Service) -> bool {
    let usual = matches!(status, 408 | 500 | 502..=504 | 520..=529);
    if status < 400 {
        return false;
    }
    let said = message_of(body);
    let rule = service.errors.iter().find(|rule| fits(rule, status, &said));
    rule.and_then(|rule| rule.passing).unwrap_or(usual)
}

fn fits(rule: &ErrorRule, status: u16, said: &str) -> bool {
    rule.status.is_none_or(|s| s == status)
        && (rule.matches.is_empty() || Regex::new(&rule.matches).is_ok_and(|r| r.is_match(said)))
}

fn general_hint(status: u16) -> &'static str {
    match status {
        401 => "Check the credential.",
        403 => "The credential may not do this.",
        404 => "There is no such record; look for it by name.",
        429 => "Wait a little and try again.",
        500..=599 => "The fault is on the other side; try again later.",
        _ => "",
    }
}

/// The API's own words, wherever it put them.
fn message_of(body: &Value) -> String {
    let text = match body {
        Value::String(text) => text.clone(),
        Value::Object(fields) => ["message", "error_description", "msg", "detail", "errors", "error", "title"]
            .iter()
            .filter_map(|key| fields.get(*key))
            .map(words)
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        _ => String::new(),
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(words).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; "),
        Value::Object(_) => message_of(value),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_message_is_found_in_every_shape() {
        assert_eq!(message_of(&json!({"message": ["a is bad", "b is bad"]})), "a is bad; b is bad");
        assert_eq!(message_of(&json!({"error": {"message": "no"}})), "no");
        assert_eq!(
            message_of(&json!({"statusCode": 401, "message": "Invalid JWT", "error": "Unauthorized"})),
            "Invalid JWT"
        );
        assert_eq!(message_of(&json!("<html>\n oops")), "<html> oops");
        assert_eq!(message_of(&json!(null)), "");
    }

    #[test]
    fn a_body_may_contradict_a_good_status() {
        let received = |status, body| Received { status, body, wait: None, passing: false, repeated: false };
        assert!(is_error(&received(200, json!({"status": 404}))));
        assert!(!is_error(&received(200, json!({"status": "open"}))));
        assert!(!is_error(&received(201, json!({"statusCode": 500}))));
        assert!(is_error(&received(302, json!(null))));
    }
}
