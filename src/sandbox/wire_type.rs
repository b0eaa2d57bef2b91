//! What a parameter looks like on the wire.

use regex::Regex;
use serde_json::Value;

use super::check;
use super::moment;
use super::scope::text_of;
use crate::catalog::{DateFormat, Kind, Literal, Parameter, WireType};

/// Where a value comes from: JSON has types, a query or form has only text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Json,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    Number,
    Integer,
    Boolean,
    List,
    Object,
    Any,
}

/// Adds what is wrong with a value that was given; `shown` names it.
pub(super) fn check(param: &Parameter, value: &Value, shown: &str, source: Source, found: &mut Vec<String>) {
    if value.is_null() && !param.required {
        return;
    }
    if shape(param) != Shape::List {
        return one(param, shape(param), value, shown, "", source, found);
    }
    let items = match (value, source) {
        (Value::Array(items), _) => items.clone(),
        (text, Source::Text) => vec![text.clone()],
        _ => return found.push(format!("{shown} must be an array")),
    };
    let mut told = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let place = format!("{shown}.{index}");
        let (name, lead) = if item.is_object() { (place.as_str(), "") } else { (shown, "each value in ") };
        one(param, element(param), item, name, lead, source, &mut told);
    }
    told.dedup();
    found.extend(told);
}

/// Adds what is said about a required value that is absent.
pub(super) fn missing(param: &Parameter, shown: &str, found: &mut Vec<String>) {
    found.push(format!("{shown} should not be empty"));
    if let Some(kind) = wanted(shape(param)) {
        found.push(format!("{shown} must be {kind}"));
    }
}

/// Whether a value is that literal, as JSON or as text.
pub(super) fn is_literal(value: &Value, literal: &Literal) -> bool {
    text_of(value).is_some_and(|text| text == literal_text(literal))
}

/// A scalar literal as text.
pub(super) fn literal_text(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
        Literal::Number(number) => number.to_string(),
        Literal::Boolean(flag) => flag.to_string(),
        Literal::List(_) | Literal::Map(_) | Literal::Null => String::new(),
    }
}

fn one(
    param: &Parameter,
    shape: Shape,
    value: &Value,
    shown: &str,
    lead: &str,
    source: Source,
    found: &mut Vec<String>,
) {
    if !fits(shape, value, source) {
        return found.push(format!("{lead}{shown} must be {}", wanted(shape).unwrap_or("valid")));
    }
    if param.required && value.as_str() == Some("") {
        return found.push(format!("{lead}{shown} should not be empty"));
    }
    if !param.values.is_empty() && !param.open && !param.values.iter().any(|known| is_literal(value, &known.value)) {
        let known: Vec<String> = param.values.iter().map(|known| literal_text(&known.value)).collect();
        return found.push(format!("{lead}{shown} must be one of the following values: {}", known.join(", ")));
    }
    if let (Value::Object(fields), false) = (value, param.fields.is_empty()) {
        let params: Vec<&Parameter> = param.fields.iter().collect();
        return check::object(fields, &params, &[], &format!("{shown}."), source, false, found);
    }
    if let Some(problem) = text_of(value).and_then(|text| content(param, &text)) {
        found.push(format!("{lead}{shown} {problem}"));
    }
    if let Some(number) = text_of(value).and_then(|text| text.parse::<f64>().ok()) {
        limits(param, number, &format!("{lead}{shown}"), found);
    }
}

fn limits(param: &Parameter, number: f64, shown: &str, found: &mut Vec<String>) {
    match param.bounds {
        (Some(least), _) if number < least => found.push(format!("{shown} must not be less than {least}")),
        (_, Some(most)) if number > most => found.push(format!("{shown} must not be greater than {most}")),
        _ => {}
    }
}

fn content(param: &Parameter, text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if let Some(pattern) = &param.pattern
        && Regex::new(pattern).is_ok_and(|regex| !regex.is_match(text))
    {
        return Some(format!("must match {pattern} regular expression"));
    }
    let fine = match &param.kind {
        Kind::Email => text
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !text.contains(' ')),
        Kind::Url => text.contains('.') || text.contains("://"),
        Kind::Date | Kind::DateTime => is_moment(param, text),
        _ => true,
    };
    if fine { None } else { Some(complaint(param).to_owned()) }
}

fn is_moment(param: &Parameter, text: &str) -> bool {
    let number = text.parse::<i64>().ok();
    match param.format {
        DateFormat::Iso if param.kind == Kind::DateTime => text.parse::<jiff::Timestamp>().is_ok(),
        DateFormat::Iso => moment::is_iso(text),
        DateFormat::IsoUtc => text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok(),
        DateFormat::DateOnly => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
        DateFormat::EpochMs | DateFormat::EpochMsText => number.is_some_and(|n| n.abs() >= 100_000_000_000),
        DateFormat::EpochS => number.is_some_and(|n| n.abs() < 100_000_000_000),
        DateFormat::MmDdYyyy => jiff::civil::Date::strptime("%m-%d-%Y", text).is_ok() && text.len() == 10,
    }
}

fn complaint(param: &Parameter) -> &'static str {
    match (&param.kind, param.format) {
        (Kind::Email, _) => "must be an email",
        (Kind::Url, _) => "must be a URL address",
        (_, DateFormat::Iso | DateFormat::IsoUtc) => "must be a valid ISO 8601 date string",
        (_, DateFormat::DateOnly) => "must be a date as YYYY-MM-DD",
        (_, DateFormat::EpochMs | DateFormat::EpochMsText) => "must be milliseconds since 1970",
        (_, DateFormat::EpochS) => "must be seconds since 1970",
        (_, DateFormat::MmDdYyyy) => "must be a date as MM-DD-YYYY",
    }
}

fn fits(shape: Shape, value: &Value, source: Source) -> bool {
    if source == Source::Text {
        let Some(text) = value.as_str() else { return value.is_array() || value.is_object() };
        return match shape {
            Shape::Number => text.parse::<f64>().is_ok_and(f64::is_finite),
            Shape::Integer => text.parse::<i64>().is_ok(),
            Shape::Boolean => matches!(text, "true" | "false"),
            _ => true,
        };
    }
    match shape {
        Shape::Text => value.is_string(),
        Shape::Number => value.is_number(),
        Shape::Integer => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|n| n.fract() == 0.0),
        Shape::Boolean => value.is_boolean(),
        Shape::List => value.is_array(),
        Shape::Object => value.is_object(),
        Shape::Any => true,
    }
}

fn wanted(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Text => Some("a string"),
        Shape::Number => Some("a number conforming to the specified constraints"),
        Shape::Integer => Some("an integer number"),
        Shape::Boolean => Some("a boolean value"),
        Shape::List => Some("an array"),
        Shape::Object => Some("an object"),
        Shape::Any => None,
    }
}

fn shape(param: &Parameter) -> Shape {
    match param.wire {
        Some(wire) => wire_shape(wire),
        None if param.many => Shape::List,
        None => element(param),
    }
}

fn element(param: &Parameter) -> Shape {
    match (&param.kind, param.format) {
        (Kind::Date | Kind::DateTime, DateFormat::EpochMs | DateFormat::EpochS) | (Kind::Integer, _) => Shape::Integer,
        (Kind::Number | Kind::Money | Kind::Duration, _) => Shape::Number,
        (Kind::Boolean, _) => Shape::Boolean,
        (Kind::Object, _) => Shape::Object,
        (Kind::Any, _) => Shape::Any,
        _ => Shape::Text,
    }
}

fn wire_shape(wire: WireType) -> Shape {
    match wire {
        WireType::String => Shape::Text,
        WireType::Number => Shape::Number,
        WireType::Integer => Shape::Integer,
        WireType::Boolean => Shape::Boolean,
        WireType::Array => Shape::List,
        WireType::Object => Shape::Object,
    }
}
