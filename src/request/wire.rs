use jiff::tz::TimeZone;
use serde_json::{Map, Number, Value as Json};

use super::Problem;
use super::date::DateForm;
use super::given::{given_json, is_of, name_of};
use super::limits::check_limits;
use super::said::said_json;
use super::shapes::misshapen;
use crate::catalog::{Kind, Operation, Parameter, Service, WireType};
use crate::diagnostic::did_you_mean;
use crate::intent::Value;
use crate::plan::plain_text;

/// Turns values into JSON of the API's own form and collects everything that is wrong with them.
pub(super) struct Wire<'a> {
    pub operation: &'a Operation,
    pub service: &'a Service,
    pub zone: &'a TimeZone,
    /// Names that wait for a look-up are let through, unchecked.
    pub open: bool,
    pub problems: Vec<Problem>,
}

impl Wire<'_> {
    /// The value of a parameter; nothing when there is a problem with it. `at` is its place in words.
    pub fn value(&mut self, at: &str, parameter: &Parameter, value: &Value) -> Option<Json> {
        if !parameter.many {
            let json = self.one(at, parameter, value)?;
            return self.cast(at, parameter.wire, json);
        }
        let json = match value {
            Value::List(values) => {
                let all: Vec<Option<Json>> =
                    values.iter().enumerate().map(|(i, v)| self.one(&format!("{at}.{i}"), parameter, v)).collect();
                Json::Array(all.into_iter().collect::<Option<_>>()?)
            }
            Value::Given(Json::Array(values)) => {
                let one = |(i, v): (usize, &Json)| self.one(&format!("{at}.{i}"), parameter, &Value::Given(v.clone()));
                let all: Vec<Option<Json>> = values.iter().enumerate().map(one).collect();
                Json::Array(all.into_iter().collect::<Option<_>>()?)
            }
            Value::Given(Json::Null) if !parameter.required => return Some(Json::Null),
            Value::Given(Json::String(text)) if parameter.wire == Some(WireType::String) => {
                return Some(Json::String(text.clone()));
            }
            Value::Given(other) => {
                return self.refuse(at, format!("must be a list, not {}", name_of(other)), None);
            }
            single => Json::Array(vec![self.one(&format!("{at}.0"), parameter, single)?]),
        };
        self.cast(at, parameter.wire, json)
    }

    fn one(&mut self, at: &str, parameter: &Parameter, value: &Value) -> Option<Json> {
        if let Value::Find(text) = value {
            return self.waiting(at, parameter, text);
        }
        if matches!(value, Value::Given(_) | Value::Map(_)) && !parameter.takes.is_empty() {
            let json = value.to_json();
            if parameter.takes.iter().any(|kind| is_of(&json, *kind)) {
                return Some(json);
            }
        }
        if parameter.kind == Kind::Object {
            match value {
                Value::Map(fields) => return self.object(at, parameter, fields),
                Value::Given(Json::Object(fields)) => {
                    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.clone(), Value::Given(v.clone()))).collect();
                    return self.object(at, parameter, &fields);
                }
                _ => {}
            }
        }
        let form = DateForm {
            format: parameter.format,
            day: parameter.kind == Kind::Date,
            end: self.operation.params.iter().any(|p| p.range_end.as_ref() == Some(&parameter.name)),
            zone: self.zone,
        };
        let json = match value {
            Value::Given(json) => given_json(json, parameter, form, self.service.loose),
            said => said_json(said, parameter, self.service, form),
        };
        let json = json.map_err(|message| (message, None));
        match json.and_then(|json| check_limits(parameter, self.service, &json).map(|()| json)) {
            Ok(json) => Some(json),
            Err((message, hint)) => self.refuse(at, message, hint),
        }
    }

    fn waiting(&mut self, at: &str, parameter: &Parameter, text: &str) -> Option<Json> {
        let Kind::Entity(resource) = &parameter.kind else {
            return self.refuse(at, "is not the id of a record, so nothing can be looked up for it", None);
        };
        if self.open {
            return Some(Json::String(text.to_owned()));
        }
        self.refuse(at, format!("still holds the name \u{ab}{text}\u{bb} in place of the id of a {resource}"), None)
    }

    fn object(&mut self, at: &str, parameter: &Parameter, fields: &[(String, Value)]) -> Option<Json> {
        if parameter.fields.is_empty() {
            return Some(Json::Object(fields.iter().map(|(n, v)| (n.clone(), v.to_json())).collect()));
        }
        let before = self.problems.len();
        let mut out = Map::new();
        for (name, value) in fields {
            let place = format!("{at}.{name}");
            if let Some(field) = parameter.fields.iter().find(|f| f.name == *name) {
                out.extend(self.value(&place, field, value).map(|json| (name.clone(), json)));
            } else {
                let near = did_you_mean(name, parameter.fields.iter().map(|f| f.name.as_str()));
                self.refuse::<()>(&place, "is not a field of it", near);
            }
        }
        for field in parameter.fields.iter().filter(|f| f.required) {
            if !fields.iter().any(|(name, _)| *name == field.name) {
                self.refuse::<()>(&format!("{at}.{}", field.name), "is required", None);
            }
        }
        self.problems.extend(misshapen(at, parameter, &out));
        (self.problems.len() == before).then_some(Json::Object(out))
    }

    fn cast(&mut self, at: &str, wire: Option<WireType>, json: Json) -> Option<Json> {
        let Some(wire) = wire else { return Some(json) };
        match cast(wire, &json) {
            Some(json) => Some(json),
            None => self.refuse(at, format!("cannot be sent as {wire:?}").to_lowercase(), None),
        }
    }

    fn refuse<T>(&mut self, at: &str, message: impl Into<String>, hint: Option<String>) -> Option<T> {
        self.problems.push(Problem::new(at, format!("`{at}` {}", message.into())).hint(hint));
        None
    }
}

fn cast(wire: WireType, json: &Json) -> Option<Json> {
    match (wire, json) {
        (_, Json::Null) => Some(Json::Null),
        (WireType::String, Json::Array(items)) => {
            let texts: Option<Vec<String>> = items.iter().map(plain_text).collect();
            Some(texts?.join(",").into())
        }
        (WireType::String, Json::Object(_)) => Some(json.to_string().into()),
        (WireType::String, scalar) => plain_text(scalar).map(Json::String),
        (WireType::Integer, Json::String(text)) => text.parse::<i64>().ok().map(Json::from),
        (WireType::Number, Json::String(text)) => text.parse::<Number>().ok().map(Json::Number),
        (WireType::Boolean, Json::String(text)) => text.parse::<bool>().ok().map(Json::Bool),
        (WireType::Number | WireType::Integer, Json::Number(_))
        | (WireType::Boolean, Json::Bool(_))
        | (WireType::Object, Json::Object(_))
        | (WireType::Array, Json::Array(_)) => Some(json.clone()),
        (WireType::Array, single) => Some(Json::Array(vec![single.clone()])),
        _ => None,
    }
}
