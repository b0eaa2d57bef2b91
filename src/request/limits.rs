use serde_json::Value;

use crate::catalog::{Kind, Literal, Parameter, Place, Resource, Service, fits_whole};
use crate::diagnostic::did_you_mean;
use crate::plan::{literal_json, plain_text};

/// What a value on the wire still has to keep to. The error says what is wrong, and what would do.
pub(super) fn check_limits(
    parameter: &Parameter,
    service: &Service,
    value: &Value,
) -> Result<(), (String, Option<String>)> {
    check_enum(parameter, value)?;
    check_bounds(parameter, value)?;
    let Some(text) = plain_text(value) else { return Ok(()) };
    let pattern = parameter.pattern.as_deref().or_else(|| in_path(parameter, service).then_some(&service.id_pattern));
    match pattern.map(|pattern| fits_whole(pattern, &text)) {
        Some(Some(false)) if cannot_be_found(parameter, service) => Err((
            format!("must be the id of a record: its kind cannot be looked up by name, and `{text}` is no id"),
            None,
        )),
        Some(Some(false)) => {
            let what = if parameter.pattern.is_some() { "a value that fits" } else { "an id that fits" };
            Err((format!("must be {what} `{}`", pattern_text(parameter, service)), None))
        }
        Some(None) => Err(("has a pattern in the catalog that is no regular expression".into(), None)),
        _ => Ok(()),
    }
}

fn pattern_text<'a>(parameter: &'a Parameter, service: &'a Service) -> &'a str {
    parameter.pattern.as_deref().unwrap_or(&service.id_pattern)
}

/// Whether it is held to the service's pattern for ids: what stands in a path and is no date, number or name.
fn in_path(parameter: &Parameter, service: &Service) -> bool {
    let id = match &parameter.kind {
        Kind::Text | Kind::Id | Kind::FreeText | Kind::Any => true,
        Kind::Entity(name) => !service.resource(name).is_some_and(is_by_name),
        _ => false,
    };
    parameter.place == Place::Path && id && parameter.values.is_empty()
}

fn cannot_be_found(parameter: &Parameter, service: &Service) -> bool {
    matches!(&parameter.kind, Kind::Entity(name) if service.resource(name).is_some_and(|r| r.find.is_none()))
}

fn is_by_name(resource: &Resource) -> bool {
    resource.by_name
}

fn check_enum(parameter: &Parameter, value: &Value) -> Result<(), (String, Option<String>)> {
    if parameter.values.is_empty() || parameter.open || value.is_null() || is_allowed(parameter, value) {
        return Ok(());
    }
    let known: Vec<String> = parameter.values.iter().filter_map(|v| plain_text(&literal_of(&v.value))).collect();
    let text = plain_text(value).unwrap_or_else(|| value.to_string());
    let near = did_you_mean(&text, known.iter().map(String::as_str));
    Err((format!("must be one of {}; `{text}` is not", listed(&known)), near))
}

/// The first dozen, so that a long list does not bury the message.
fn listed(known: &[String]) -> String {
    let shown: Vec<String> = known.iter().take(12).map(|k| format!("`{k}`")).collect();
    let rest = known.len().saturating_sub(shown.len());
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

fn is_allowed(parameter: &Parameter, value: &Value) -> bool {
    parameter.values.iter().any(|v| {
        let literal = literal_of(&v.value);
        literal == *value || plain_text(&literal).is_some_and(|l| plain_text(value) == Some(l))
    })
}

pub(super) fn literal_of(literal: &Literal) -> Value {
    literal_json(literal, &Value::Null).unwrap_or(Value::Null)
}

fn check_bounds(parameter: &Parameter, value: &Value) -> Result<(), (String, Option<String>)> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) if matches!(parameter.kind, Kind::Integer | Kind::Number | Kind::Money) => {
            text.parse().ok()
        }
        _ => None,
    };
    let Some(number) = number else { return Ok(()) };
    let (least, most) = parameter.bounds;
    if least.is_some_and(|l| number < l) || most.is_some_and(|m| number > m) {
        let text = |edge: Option<f64>| edge.map(|e| e.to_string());
        let range = match (text(least), text(most)) {
            (Some(l), Some(m)) => format!("from {l} to {m}"),
            (Some(l), None) => format!("at least {l}"),
            (_, m) => format!("at most {}", m.unwrap_or_default()),
        };
        return Err((format!("must be {range}"), None));
    }
    Ok(())
}
