use jiff::tz::TimeZone;
use serde_json::{Number, Value as Json};
use url::Url;

use super::File;
use super::date::{DateForm, When, date_json, read_iso};
use super::limits::literal_of;
use super::phone::{e164, is_phone_like};
use crate::catalog::{Kind, Parameter, Service};
use crate::intent::Value;
use crate::plan::{fold, plain_text};

/// A single value as a person said it, as JSON of the parameter's kind. The error is the rest of a sentence that begins
/// with the parameter's name.
pub(super) fn said_json(
    value: &Value,
    parameter: &Parameter,
    service: &Service,
    form: DateForm,
) -> Result<Json, String> {
    if let Some(listed) = spoken_enum(value, parameter) {
        return Ok(listed);
    }
    match &parameter.kind {
        Kind::Text | Kind::FreeText | Kind::Id | Kind::Entity(_) => text_of(value).map(Json::String),
        Kind::Email => checked(value, is_email, "an e-mail address"),
        Kind::Url => checked(value, is_url, "a web address"),
        Kind::Timezone => checked(value, is_zone, "a time zone such as America/New_York"),
        Kind::Phone => phone(value, service),
        Kind::Integer => integer(value),
        Kind::Number | Kind::Money | Kind::Duration => number(value),
        Kind::Boolean => boolean(value),
        Kind::Date | Kind::DateTime => date(value, form),
        Kind::File => text_of(value).map(|path| File::said(&path)),
        Kind::Object => object(value),
        Kind::Any => Ok(value.to_json()),
    }
}

/// An allowed value by its spelling or by what people call it.
fn spoken_enum(value: &Value, parameter: &Parameter) -> Option<Json> {
    if parameter.values.is_empty() {
        return None;
    }
    let spoken = |text: &str| fold(text).replace(['_', '-', '.', '/'], " ");
    let text = plain_text(&value.to_json())?;
    let exact = parameter.values.iter().find(|v| plain_text(&literal_of(&v.value)).as_deref() == Some(&text));
    let wanted = spoken(&text);
    let found = exact.or_else(|| {
        parameter.values.iter().find(|v| {
            plain_text(&literal_of(&v.value)).is_some_and(|l| spoken(&l) == wanted)
                || v.say.iter().any(|s| spoken(s) == wanted)
        })
    });
    found.map(|v| literal_of(&v.value))
}

fn text_of(value: &Value) -> Result<String, String> {
    match value {
        Value::List(_) => Err("takes one value, not several".into()),
        Value::Map(_) => Err("takes text, not an object".into()),
        other => plain_text(&other.to_json()).ok_or_else(|| "must be text".into()),
    }
}

fn checked(value: &Value, fits: fn(&str) -> bool, what: &str) -> Result<Json, String> {
    let text = text_of(value)?;
    if fits(&text) { Ok(Json::String(text)) } else { Err(format!("must be {what}; `{text}` is not")) }
}

pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>(),;:\"[]".contains(c);
    !local.is_empty()
        && !local.contains('@')
        && text.chars().all(plain)
        && domain.contains('.')
        && domain.split('.').all(|part| !part.is_empty() && !part.starts_with('-') && !part.ends_with('-'))
}

pub(super) fn is_url(text: &str) -> bool {
    let spaced = text.chars().any(|c| c.is_whitespace() || c.is_control());
    let bare = !text.contains("://") && text.contains('.');
    let parsed = if bare { Url::parse(&format!("https://{text}")) } else { Url::parse(text) };
    !spaced && parsed.is_ok_and(|url| url.has_host())
}

pub(super) fn is_zone(text: &str) -> bool {
    TimeZone::get(text).is_ok()
}

fn phone(value: &Value, service: &Service) -> Result<Json, String> {
    let text = text_of(value)?;
    match e164(&text, &service.country) {
        Some(number) => Ok(Json::String(number)),
        None if is_phone_like(&text) => Ok(Json::String(text)),
        None => Err(format!("must be a phone number; `{text}` is not")),
    }
}

fn integer(value: &Value) -> Result<Json, String> {
    let number = number(value)?;
    let whole = number.as_i64().or_else(|| {
        let text = number.to_string();
        text.strip_suffix(".0").and_then(|t| t.parse().ok())
    });
    match whole {
        Some(whole) => Ok(whole.into()),
        None if number.is_u64() => Ok(number),
        None => Err(format!("must be a whole number; {number} is not")),
    }
}

fn number(value: &Value) -> Result<Json, String> {
    match value {
        Value::Number(number) => Ok(Json::Number(number.clone())),
        Value::Text(text) => {
            let plain = text.trim().replace([',', '_'], "");
            plain.parse::<Number>().map(Json::Number).map_err(|_| format!("must be a number; `{text}` is not"))
        }
        _ => Err("must be a number".into()),
    }
}

fn boolean(value: &Value) -> Result<Json, String> {
    match value {
        Value::Boolean(yes) => Ok(Json::Bool(*yes)),
        Value::Text(text) => match fold(text).as_str() {
            "true" | "yes" | "on" => Ok(Json::Bool(true)),
            "false" | "no" | "off" => Ok(Json::Bool(false)),
            _ => Err(format!("must be yes or no; `{text}` is neither")),
        },
        _ => Err("must be yes or no".into()),
    }
}

fn date(value: &Value, form: DateForm) -> Result<Json, String> {
    let when = match value {
        Value::Date(day) => Some(When::Day(*day)),
        Value::DateTime(at) => Some(When::Moment(at.clone())),
        Value::Text(text) => read_iso(text.trim(), form.zone),
        _ => None,
    };
    let what = if form.day { "a date" } else { "a date and time" };
    when.and_then(|w| date_json(&w, form)).ok_or_else(|| format!("must be {what}; `{}` is not", brief(value)))
}

fn brief(value: &Value) -> String {
    plain_text(&value.to_json()).unwrap_or_else(|| value.to_json().to_string())
}

fn object(value: &Value) -> Result<Json, String> {
    match value {
        Value::Text(text) => match serde_json::from_str::<Json>(text) {
            Ok(json) if json.is_object() => Ok(json),
            _ => Err("must be an object".into()),
        },
        _ => Err("must be an object".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_their_parts() {
        assert!(is_email("jane@acme.com") && is_email("j.d+x@mail.acme.co"));
        for wrong in ["jane", "jane@", "@acme.com", "jane@acme", "a b@acme.com", "a@b@c.com", "jane@acme..com"] {
            assert!(!is_email(wrong), "{wrong}");
        }
        assert!(is_url("https://acme.com/x") && is_url("acme.com") && !is_url("acme") && !is_url("https://a b.com"));
    }
}
