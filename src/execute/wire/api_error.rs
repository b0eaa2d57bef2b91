use serde_json::{Map, Value, json};

use super::Received;
use crate::catalog::{ErrorRule, Fault, Operation, Service, compiled};
use crate::diagnostic::did_you_mean;
use crate::execute::{ApiWords, Failure, FailureKind};
use crate::plan::fill_text;

/// Longest part of an API's own message that is shown.
const MOST: usize = 500;

/// Whether an answer says that the operation failed. Some APIs answer 200 and put the error's status into the body.
pub(in crate::execute) fn is_error(received: &Received) -> bool {
    let inner = |key: &str| received.body.get(key).and_then(Value::as_u64);
    // What was made may hold a `statusCode` of its own.
    let told = inner("status").or_else(|| inner("statusCode").filter(|_| received.status == 200));
    received.status >= 300 || told.is_some_and(|status| (400..600).contains(&status))
}

/// What an error answer to an operation means, by the catalog's rules; the API's own words follow.
pub(in crate::execute) fn api_failure(
    received: &Received,
    operation: &Operation,
    service: &Service,
    account: Option<&str>,
) -> Failure {
    let status = received.status;
    let said = message_of(&received.body);
    tracing::info!(operation = operation.name, status, body = %received.body, "the API refused");
    if (300..400).contains(&status) {
        let message = format!("{} answered {status} and points to another address", service.title);
        return Failure::new(FailureKind::Api, message)
            .hint("Redirects are not followed; check the service's base_url.");
    }
    let own = match said.as_str() {
        "" => format!("{} answered {status}", service.title),
        said => format!("{} answered {status}: {said}", service.title),
    };
    let rule = service.errors.iter().find_map(|rule| Some((rule, captured(rule, status, &said)?)));
    let fault = rule.as_ref().and_then(|(rule, _)| rule.fault);
    let failure = match rule {
        Some((rule, groups)) => {
            let facts = facts(received, &said, operation, service, account, groups);
            let means = filled(&rule.means, &facts);
            Failure::new(kind(fault, status), format!("{} ({own})", means.trim_end_matches('.')))
                .hint(filled(&rule.remedy, &facts))
        }
        None => Failure::new(kind(None, status), own).hint(general_hint(status)),
    };
    Failure { api: Some(ApiWords { status, said }), ..failure }
}

/// Whether a fresh token would have been taken.
pub(super) fn wants_fresh_token(received: &Received, service: &Service) -> bool {
    let said = message_of(&received.body);
    let rule = service.errors.iter().find(|rule| captured(rule, received.status, &said).is_some());
    rule.is_some_and(|rule| rule.renews)
}

fn kind(fault: Option<Fault>, status: u16) -> FailureKind {
    match fault {
        Some(Fault::Credentials) => FailureKind::Credentials,
        Some(Fault::Timeout) => FailureKind::Timeout,
        None if matches!(status, 401 | 403) => FailureKind::Credentials,
        Some(Fault::Api) | None => FailureKind::Api,
    }
}

/// Whether an answer tells of trouble that passes: by the catalog's rule, else by its status.
pub(super) fn passing(status: u16, body: &Value, service: &Service) -> bool {
    let usual = matches!(status, 408 | 500 | 502..=504 | 520..=529);
    if status < 400 {
        return false;
    }
    let said = message_of(body);
    let rule = service.errors.iter().find(|rule| captured(rule, status, &said).is_some());
    rule.and_then(|rule| rule.passing).unwrap_or(usual)
}

/// The named groups of a rule that fits; nothing when it does not.
fn captured(rule: &ErrorRule, status: u16, said: &str) -> Option<Map<String, Value>> {
    if rule.status.is_some_and(|s| s != status) {
        return None;
    }
    if rule.matches.is_empty() {
        return Some(Map::new());
    }
    let expression = compiled(&rule.matches)?;
    let found = expression.captures(said)?;
    let named = expression.capture_names().flatten();
    Some(named.filter_map(|name| Some((name.to_owned(), found.name(name)?.as_str().into()))).collect())
}

/// What the texts of a rule may speak of.
fn facts(
    received: &Received,
    said: &str,
    operation: &Operation,
    service: &Service,
    account: Option<&str>,
    groups: Map<String, Value>,
) -> Value {
    let field = groups.get("field").and_then(Value::as_str).unwrap_or_default().to_owned();
    let names = operation.params.iter().map(|p| p.name.as_str()).filter(|name| *name != field);
    let mut facts = groups;
    facts.extend([
        ("near".to_owned(), did_you_mean(&field, names).map_or(Value::Null, Value::String)),
        (
            "operation".to_owned(),
            json!({
                "name": operation.name, "title": operation.title, "method": operation.method.as_str(),
                "path": operation.path, "scopes": operation.scopes.join(", "), "token": operation.token,
                "source": operation.source,
            }),
        ),
        ("body".to_owned(), (*received.body).clone()),
        ("status".to_owned(), received.status.into()),
        ("said".to_owned(), said.into()),
        ("account".to_owned(), account.into()),
        ("scopes_at".to_owned(), service.scopes_at.clone().into()),
    ]);
    Value::Object(facts)
}

/// A text of a rule; as it stands when it cannot be filled.
fn filled(template: &str, facts: &Value) -> String {
    if !template.contains("{{") && !template.contains("{%") {
        return template.to_owned();
    }
    fill_text(template, facts).unwrap_or_else(|why| {
        tracing::warn!(%why, "a text of an error rule cannot be filled");
        template.to_owned()
    })
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
pub(in crate::execute) fn message_of(body: &Value) -> String {
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
    use std::sync::Arc;

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
        let received =
            |status, body| Received { status, body: Arc::new(body), wait: None, passing: false, repeated: false };
        assert!(is_error(&received(200, json!({"status": 404}))));
        assert!(!is_error(&received(200, json!({"status": "open"}))));
        assert!(is_error(&received(200, json!({"statusCode": 400}))));
        assert!(!is_error(&received(201, json!({"statusCode": 500}))));
        assert!(is_error(&received(302, json!(null))));
    }
}
