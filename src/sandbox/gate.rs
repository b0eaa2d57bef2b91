//! What stands before an operation: credential, version and account.

use serde_json::{Map, Value};

use super::Call;
use super::behaviour::{Answer, Behaviour};
use super::scope::text_of;
use crate::catalog::{Auth, Operation, Service, TokenKind};

/// Whether the request carries the sandbox's credential the way the service wants it.
pub(super) fn is_authorized(call: &Call, service: &Service, operation: &Operation, token: &str) -> bool {
    if operation.token == TokenKind::None {
        return true;
    }
    match &service.auth {
        Auth::None => true,
        Auth::Bearer(_) => call.header("authorization").and_then(|value| value.strip_prefix("Bearer ")) == Some(token),
        Auth::Header(name, _) => call.header(name) == Some(token),
        Auth::Query(name, _) => call.query.iter().any(|(key, value)| key == name && value == token),
        Auth::Basic(..) => call.header("authorization").is_some_and(|value| value.starts_with("Basic ")),
    }
}

/// What is wrong with the version header, when something is.
pub(super) fn version_problem<'a>(
    call: &Call,
    service: &Service,
    operations: &[&Operation],
    behaviour: &'a Behaviour,
) -> Option<&'a Answer> {
    let header = service.version_header.as_ref()?;
    let known: Vec<&str> =
        operations.iter().filter_map(|operation| operation.version.as_deref().or(service.version.as_deref())).collect();
    if known.is_empty() {
        return None;
    }
    match call.header(header) {
        None => Some(&behaviour.wording.no_version),
        Some(given) if !known.contains(&given) => Some(&behaviour.wording.bad_version),
        Some(_) => None,
    }
}

/// The accounts a request names, in path, query and body.
pub(super) fn accounts(
    behaviour: &Behaviour,
    path: &Map<String, Value>,
    query: &Map<String, Value>,
    body: &Value,
) -> Vec<String> {
    let Some(account) = &behaviour.account else { return Vec::new() };
    let keys = account.keys.iter();
    keys.flat_map(|key| [path.get(key), query.get(key), body.get(key)]).flatten().filter_map(text_of).collect()
}

/// The query without the parameter that carries the credential.
pub(super) fn query_without_credential(call: &Call, service: &Service) -> Map<String, Value> {
    let mut query = call.query_object();
    if let Auth::Query(name, _) = &service.auth {
        query.shift_remove(name);
    }
    query
}

/// Names of the headers that carry a credential.
pub(super) fn secret_headers(services: &[Service]) -> Vec<String> {
    let own = services.iter().filter_map(|service| match &service.auth {
        Auth::Header(name, _) => Some(name.to_ascii_lowercase()),
        _ => None,
    });
    own.chain(["authorization".to_owned(), "cookie".to_owned()]).collect()
}
