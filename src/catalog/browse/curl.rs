//! A request as a curl line with placeholders, for documentation: nothing is filled in, no token is read.

use serde_json::{Map, Value, json};

use super::super::{Auth, BodyKind, DateFormat, Kind, Literal, Operation, Parameter, Place, Service, WireType};

/// The line, broken with `\` where it gets long.
pub(super) fn curl(service: &Service, operation: &Operation) -> String {
    let mut parts = vec![format!("curl -X {} {}", operation.method.as_str(), quoted(&url(service, operation)))];
    parts.extend(auth(service));
    if let (Some(name), Some(version)) = (&service.version_header, &operation.version) {
        parts.push(format!("-H {}", quoted(&format!("{name}: {version}"))));
    }
    let sent = |place: Place| operation.params.iter().filter(move |p| p.place == place && is_sent(p));
    parts.extend(sent(Place::Header).map(|p| format!("-H {}", quoted(&format!("{}: {}", p.name, text(p))))));
    match operation.body {
        BodyKind::None => {}
        BodyKind::Json | BodyKind::JsonWhole => {
            parts.push(format!("-H {}", quoted("Content-Type: application/json")));
            parts.push(format!("-d {}", quoted(&body(operation).to_string())));
        }
        BodyKind::Form => parts.extend(
            sent(Place::Body).map(|p| format!("--data-urlencode {}", quoted(&format!("{}={}", p.name, text(p))))),
        ),
        BodyKind::Multipart => {
            parts.extend(sent(Place::Body).map(|p| format!("-F {}", quoted(&format!("{}={}", p.name, text(p))))));
        }
    }
    parts.join(" \\\n  ")
}

fn url(service: &Service, operation: &Operation) -> String {
    let path = operation.path.replace('{', "<").replace('}', ">");
    let mut query: Vec<String> = operation
        .params
        .iter()
        .filter(|p| p.place == Place::Query && is_sent(p))
        .map(|p| format!("{}={}", p.name, text(p)))
        .collect();
    if let Auth::Query(name, env) = &service.auth {
        query.push(format!("{name}=<{}>", env.first().map_or("key", String::as_str)));
    }
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}{path}{mark}{}", service.address(), query.join("&"))
}

fn auth(service: &Service) -> Option<String> {
    let first = |env: &[String]| env.first().cloned().unwrap_or_else(|| "TOKEN".to_owned());
    match &service.auth {
        Auth::None | Auth::Query(..) => None,
        Auth::Bearer(env) => Some(format!("-H \"Authorization: Bearer ${}\"", first(env))),
        Auth::Header(name, env) => Some(format!("-H \"{name}: ${}\"", first(env))),
        Auth::Basic(user, password) => Some(format!("-u \"${}:${}\"", first(user), first(password))),
    }
}

/// What a plain request holds: what is required, and what fills itself.
fn is_sent(param: &Parameter) -> bool {
    param.is_sent() && (param.required || param.supplied)
}

fn body(operation: &Operation) -> Value {
    let in_body: Vec<&Parameter> = operation.params.iter().filter(|p| p.place == Place::Body).collect();
    if operation.body == BodyKind::JsonWhole {
        return in_body.iter().find(|p| p.name == "body").map_or(Value::Null, |p| value(p));
    }
    let mut shown: Vec<&Parameter> = in_body.iter().copied().filter(|p| is_sent(p)).collect();
    if shown.iter().all(|p| p.supplied) {
        shown.extend(in_body.iter().filter(|p| !is_sent(p) && p.is_sent()).take(2));
    }
    let mut body = Map::new();
    for param in shown {
        nest(&mut body, &param.name, value(param));
    }
    for (name, literal) in &operation.fixed {
        if in_body.iter().any(|p| p.name == *name) {
            nest(&mut body, name, literal.to_json());
        }
    }
    Value::Object(body)
}

/// Puts a value under a dotted name.
fn nest(body: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once('.') {
        None => {
            body.insert(name.to_owned(), value);
        }
        Some((head, rest)) => {
            let inner = body.entry(head).or_insert_with(|| json!({}));
            if let Value::Object(inner) = inner {
                nest(inner, rest, value);
            }
        }
    }
}

fn value(param: &Parameter) -> Value {
    let one = single(param);
    if param.many && !one.is_array() { Value::Array(vec![one]) } else { one }
}

fn single(param: &Parameter) -> Value {
    if let Some(default) = &param.default {
        return match default {
            Literal::Text(text) if text.contains("{{") => placeholder(text.trim_matches(['{', '}', ' '])),
            other => other.to_json(),
        };
    }
    if let Some(allowed) = param.values.first() {
        return allowed.value.to_json();
    }
    if let Some(example) = &param.example {
        return typed(example, param.wire);
    }
    match &param.kind {
        Kind::Object => {
            let fields = param.fields.iter().filter(|f| f.required);
            Value::Object(fields.map(|f| (f.name.clone(), value(f))).collect())
        }
        kind => match believable(kind, param.format) {
            "" => placeholder(&param.name),
            text => typed(text, param.wire),
        },
    }
}

/// A value as it may look; empty when only a placeholder will do.
fn believable(kind: &Kind, format: DateFormat) -> &'static str {
    match (kind, format) {
        (Kind::Integer | Kind::Duration, _) => "30",
        (Kind::Number | Kind::Money, _) => "49.5",
        (Kind::Boolean, _) => "true",
        (Kind::Email, _) => "jane@example.com",
        (Kind::Phone, _) => "+15551234567",
        (Kind::Url, _) => "https://example.com",
        (Kind::Timezone, _) => "America/New_York",
        (Kind::Date | Kind::DateTime, DateFormat::EpochMs | DateFormat::EpochMsText) => "1764000000000",
        (Kind::Date | Kind::DateTime, DateFormat::EpochS) => "1764000000",
        (Kind::Date | Kind::DateTime, DateFormat::MmDdYyyy) => "11-24-2026",
        (Kind::Date, _) | (Kind::DateTime, DateFormat::DateOnly) => "2026-11-24",
        (Kind::DateTime, _) => "2026-11-24T09:00:00Z",
        _ => "",
    }
}

/// A text as the JSON type it has on the wire: a number or truth value unless it is to be a string.
fn typed(text: &str, wire: Option<WireType>) -> Value {
    let scalar = match wire {
        Some(WireType::String) => None,
        _ => serde_json::from_str(text).ok().filter(|v: &Value| v.is_number() || v.is_boolean()),
    };
    scalar.unwrap_or_else(|| text.into())
}

fn placeholder(name: &str) -> Value {
    Value::String(format!("<{name}>"))
}

fn text(param: &Parameter) -> String {
    match single(param) {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// A word of a shell line.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
