use serde_json::{Number, Value};

use super::File;
use super::date::{DateForm, date_json, is_mm_dd_yyyy, read_iso};
use super::phone::is_phone_like;
use super::said::{is_email, is_url, is_zone};
use crate::catalog::{DateFormat, Kind, Parameter, WireType};

/// A bot's own value: sent as it is when it has the right type. Where the API wants another JSON type than the value's
/// kind suggests, both are taken; where it is `loose`, the JSON type is all that counts. The error is the rest of a sentence
/// that begins with the parameter's name.
pub(super) fn given_json(value: &Value, parameter: &Parameter, form: DateForm, loose: bool) -> Result<Value, String> {
    if value.is_null() {
        return if parameter.required { Err("is required and must not be null".into()) } else { Ok(Value::Null) };
    }
    let listed = !parameter.values.is_empty() && !parameter.open;
    if listed || parameter.kind == Kind::Any {
        return Ok(value.clone());
    }
    if parameter.kind == Kind::File {
        let refused = || format!("must be a file, by its path or its content, not {}", name_of(value));
        return File::of(value).map(|_| value.clone()).ok_or_else(refused);
    }
    if matches!(parameter.kind, Kind::Date | Kind::DateTime) {
        let right = if sends_text(parameter) { value.is_string() } else { value.is_number() };
        return date(value, form).or_else(|why| if loose && right { Ok(value.clone()) } else { Err(why) });
    }
    let own = own_type(&parameter.kind);
    let whole = own == WireType::Integer && !(loose && parameter.wire.is_none());
    let own = if own == WireType::Integer && !whole { WireType::Number } else { own };
    if !is_of(value, own) && !parameter.wire.is_some_and(|wire| is_of(value, wire)) {
        let wanted = type_name(parameter.wire.unwrap_or(own));
        return Err(format!("must be {wanted}, not {}", name_of(value)));
    }
    let free = loose && sends_text(parameter);
    match value.as_str().filter(|_| !free).and_then(|text| misfit(&parameter.kind, text)) {
        Some(what) => Err(format!("must be {what}; {value} is not")),
        None => Ok(value.clone()),
    }
}

/// Whether what goes on the wire is a text.
fn sends_text(parameter: &Parameter) -> bool {
    let dated = matches!(parameter.kind, Kind::Date | Kind::DateTime);
    let number = dated && matches!(parameter.format, DateFormat::EpochMs | DateFormat::EpochS);
    match parameter.wire {
        Some(wire) => wire == WireType::String,
        None => !number && own_type(&parameter.kind) == WireType::String,
    }
}

fn misfit(kind: &Kind, text: &str) -> Option<&'static str> {
    match kind {
        Kind::Email if !is_email(text) => Some("an e-mail address"),
        Kind::Url if !is_url(text) => Some("a web address"),
        Kind::Phone if !is_phone_like(text) => Some("a phone number"),
        Kind::Timezone if !is_zone(text) => Some("a time zone such as America/New_York"),
        Kind::Integer if text.parse::<i64>().is_err() => Some("a whole number"),
        Kind::Number | Kind::Money | Kind::Duration if text.parse::<Number>().is_err() => Some("a number"),
        Kind::Boolean if text != "true" && text != "false" => Some("true or false"),
        _ => None,
    }
}

fn date(value: &Value, form: DateForm) -> Result<Value, String> {
    let as_number = matches!(form.format, DateFormat::EpochMs | DateFormat::EpochS);
    let fits = match value {
        Value::Number(number) => number.is_i64() && (as_number || form.format == DateFormat::EpochMsText),
        Value::String(text) => match form.format {
            DateFormat::EpochMs | DateFormat::EpochS => false,
            DateFormat::EpochMsText => text.parse::<i64>().is_ok(),
            DateFormat::MmDdYyyy => is_mm_dd_yyyy(text),
            DateFormat::DateOnly => text.parse::<jiff::civil::Date>().is_ok(),
            DateFormat::Iso | DateFormat::IsoUtc => read_iso(text, form.zone).is_some(),
        },
        _ => false,
    };
    if fits {
        return Ok(if form.format == DateFormat::EpochMsText { text_number(value) } else { value.clone() });
    }
    let read = value.as_str().and_then(|text| read_iso(text, form.zone));
    read.and_then(|when| date_json(&when, form)).ok_or_else(|| format!("must be a date; {value} is not"))
}

fn text_number(value: &Value) -> Value {
    value.as_i64().map_or_else(|| value.clone(), |n| n.to_string().into())
}

fn own_type(kind: &Kind) -> WireType {
    match kind {
        Kind::Integer => WireType::Integer,
        Kind::Number | Kind::Money | Kind::Duration => WireType::Number,
        Kind::Boolean => WireType::Boolean,
        Kind::Object => WireType::Object,
        _ => WireType::String,
    }
}

/// Whether a value is of a JSON type.
pub(super) fn is_of(value: &Value, wire: WireType) -> bool {
    match wire {
        WireType::String => value.is_string(),
        WireType::Number => value.is_number(),
        WireType::Integer => value.is_i64() || value.is_u64(),
        WireType::Boolean => value.is_boolean(),
        WireType::Array => value.is_array(),
        WireType::Object => value.is_object(),
    }
}

fn type_name(wire: WireType) -> &'static str {
    match wire {
        WireType::String => "text",
        WireType::Number => "a number",
        WireType::Integer => "a whole number",
        WireType::Boolean => "true or false",
        WireType::Array => "a list",
        WireType::Object => "an object",
    }
}

/// What a JSON value is, in words.
pub(super) fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(n) if n.is_f64() => "a fraction",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
