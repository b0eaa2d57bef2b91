use jiff::Span;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;

use super::{Bound, Context, Missing, Origin, literal_json};
use crate::catalog::{Alternative, Kind, Literal, Operation, Parameter, Place, Service};
use crate::intent::Value;

/// Everything an operation gets: what was said, what the catalog fixes, derives or presumes, what the account supplies.
pub(super) struct Filled {
    pub arguments: Vec<Bound>,
    pub missing: Vec<Missing>,
}

/// Fills in what was not said. Parameters come out in the catalog's order, unknown names last.
pub(super) fn fill(said: Vec<(String, Value)>, operation: &Operation, service: &Service, context: &Context) -> Filled {
    let mut have: Vec<Bound> =
        said.into_iter().map(|(name, value)| Bound { name, value, origin: Origin::Said }).collect();
    fix(&mut have, operation, service, context);
    close_ranges(&mut have, operation);
    derive(&mut have, operation);
    name_units(&mut have, operation);
    let mut missing = Vec::new();
    for parameter in operation.params.iter().filter(|p| p.is_sent()) {
        if let Some(bound) = have.iter_mut().find(|b| b.name == parameter.name) {
            fill_fields(&mut bound.value, parameter, service, context);
            continue;
        }
        let told = is_told_otherwise(&parameter.name, &have, operation);
        match presume(parameter, service, context) {
            Presumed::Missing(_) if told => {}
            Presumed::Value(value, origin) => have.push(Bound { name: parameter.name.clone(), value, origin }),
            Presumed::Nothing => {}
            Presumed::Missing(context) => missing.push(missing_of(parameter, context)),
        }
    }
    complete_shapes(&have, &mut missing, operation);
    have.sort_by_key(|b| operation.params.iter().position(|p| p.name == b.name).unwrap_or(usize::MAX));
    Filled { arguments: have, missing }
}

/// An object of which some fields are told lacks the others of the shape they belong to.
fn complete_shapes(have: &[Bound], missing: &mut Vec<Missing>, operation: &Operation) {
    for object in operation.params.iter().filter(|p| !p.alternatives.is_empty()) {
        let field = |b: &'_ Bound| b.name.strip_prefix(&object.name)?.strip_prefix('.').map(str::to_owned);
        let given: Vec<String> = have.iter().filter_map(field).collect();
        let given: Vec<&str> = given.iter().map(|name| name.split('.').next().unwrap_or(name)).collect();
        let Some(meant) = Alternative::meant(&object.alternatives, &given).filter(|_| !given.is_empty()) else {
            continue;
        };
        let lacking = meant.lacking(&given).filter(|_| meant.strange(&given).next().is_none());
        let named = lacking.filter_map(|name| operation.param(&format!("{}.{name}", object.name)));
        missing.extend(named.map(|p| missing_of(p, None)));
    }
}

/// Whether a value is there under another name: that of the object it belongs to, or those of its fields.
fn is_told_otherwise(name: &str, have: &[Bound], operation: &Operation) -> bool {
    let inside = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    let whole = |b: &Bound| inside(name, &b.name) && operation.param(&b.name).is_some();
    have.iter().filter(|b| b.origin == Origin::Said).any(|b| whole(b) || inside(&b.name, name))
}

fn fix(have: &mut Vec<Bound>, operation: &Operation, service: &Service, context: &Context) {
    for (name, literal) in &operation.fixed {
        let Ok(json) = literal_json(literal, &context.object(&service.name)) else { continue };
        have.retain(|b| b.name != *name);
        have.push(Bound { name: name.clone(), value: Value::Given(json), origin: Origin::Catalog });
    }
}

/// A range of which only the first day is known ends on that day.
fn close_ranges(have: &mut Vec<Bound>, operation: &Operation) {
    for parameter in &operation.params {
        let Some(end) = &parameter.range_end else { continue };
        let start = have.iter().find(|b| b.name == parameter.name).map(|b| b.value.clone());
        if let Some(Value::Date(day)) = start
            && operation.param(end).is_some()
            && !have.iter().any(|b| b.name == *end)
        {
            have.push(Bound { name: end.clone(), value: Value::Date(day), origin: Origin::Catalog });
        }
    }
}

fn derive(have: &mut Vec<Bound>, operation: &Operation) {
    for parameter in operation.params.iter().filter(|p| p.each.is_some()) {
        derive_fields(have, parameter);
    }
    for parameter in &operation.params {
        let Some(rule) = &parameter.derive else { continue };
        if have.iter().any(|b| b.name == parameter.name) {
            continue;
        }
        if let Some(value) = derived(rule, have) {
            let single = parameter.many && !matches!(value, Value::List(_) | Value::Given(serde_json::Value::Array(_)));
            let value = if single { Value::List(vec![value]) } else { value };
            have.push(Bound { name: parameter.name.clone(), value, origin: Origin::Catalog });
        }
    }
}

/// The objects of a list that were said in words take from the operation's parameters what was not said of each.
fn derive_fields(have: &mut [Bound], parameter: &Parameter) {
    for field in &parameter.fields {
        let Some(value) = field.derive.as_ref().and_then(|rule| derived(rule, have)) else { continue };
        let list = have.iter_mut().find(|b| b.name == parameter.name).map(|b| &mut b.value);
        let Some(Value::List(objects)) = list else { continue };
        for object in objects {
            match object {
                Value::Map(said) if said.iter().all(|(name, _)| *name != field.name) => {
                    said.push((field.name.clone(), value.clone()));
                }
                _ => {}
            }
        }
    }
}

/// `OTHER` or `OTHER + 30m`.
fn derived(rule: &str, have: &[Bound]) -> Option<Value> {
    let (name, length) = rule.split_once('+').map_or((rule, None), |(name, length)| (name, Some(length)));
    let value = &have.iter().find(|b| b.name == name.trim())?.value;
    let Some(length) = length else { return Some(value.clone()) };
    later(value, length.trim().parse::<Span>().ok()?)
}

fn later(value: &Value, span: Span) -> Option<Value> {
    match value {
        Value::DateTime(at) => at.checked_add(span).ok().map(Value::DateTime),
        Value::Date(day) => day.checked_add(span).ok().map(Value::Date),
        Value::Given(serde_json::Value::String(text)) => {
            let pieces = Pieces::parse(text).ok()?;
            let zone = TimeZone::fixed(pieces.to_numeric_offset()?);
            let at = pieces.date().to_datetime(pieces.time()?).to_zoned(zone).ok()?;
            at.checked_add(span).ok().map(Value::DateTime)
        }
        _ => None,
    }
}

/// A length of time is said in minutes; the field that names the unit says so too.
fn name_units(have: &mut Vec<Bound>, operation: &Operation) {
    for parameter in &operation.params {
        let Some(unit) = parameter.unit.as_ref().and_then(|u| operation.param(u)) else { continue };
        let said = have.iter().any(|b| b.name == parameter.name && matches!(b.value, Value::Number(_)));
        if !said || have.iter().any(|b| b.name == unit.name) {
            continue;
        }
        let minutes = |text: &str| text.to_lowercase().starts_with("min");
        let value = unit.values.iter().find(|v| {
            matches!(&v.value, Literal::Text(text) if minutes(text)) || v.say.iter().any(|words| minutes(words))
        });
        if let Some(json) = value.and_then(|v| literal_json(&v.value, &serde_json::Value::Null).ok()) {
            have.push(Bound { name: unit.name.clone(), value: Value::Given(json), origin: Origin::Catalog });
        }
    }
}

enum Presumed {
    Value(Value, Origin),
    Nothing,
    /// Required; the name is that of the context value that should have filled it.
    Missing(Option<String>),
}

fn presume(parameter: &Parameter, service: &Service, context: &Context) -> Presumed {
    let required = parameter.required || parameter.place == Place::Path;
    let needed = required || parameter.needed;
    let Some(default) = &parameter.default else {
        let known = service.context.iter().any(|c| c.name == parameter.name);
        return match context.get(&service.name, &parameter.name) {
            Some(value) if required && known => Presumed::Value(Value::Given(value.into()), Origin::Context),
            _ if required => Presumed::Missing(known.then(|| parameter.name.clone())),
            _ => Presumed::Nothing,
        };
    };
    let origin = if is_template(default) { Origin::Context } else { Origin::Catalog };
    match literal_json(default, &context.object(&service.name)) {
        Ok(json) => Presumed::Value(Value::Given(json), origin),
        Err(_) if needed => Presumed::Missing(Some(unknown_name(default, service, context))),
        Err(_) => Presumed::Nothing,
    }
}

fn is_template(literal: &Literal) -> bool {
    matches!(literal, Literal::Text(text) if text.contains("{{"))
}

/// The first context value that a template names and nobody has given.
fn unknown_name(literal: &Literal, service: &Service, context: &Context) -> String {
    let Literal::Text(template) = literal else { return String::new() };
    let named = service.context.iter().filter(|c| template.contains(&c.name));
    let unknown = named.filter(|c| context.get(&service.name, &c.name).is_none());
    unknown.map(|c| c.name.clone()).next().unwrap_or_default()
}

pub(super) fn missing_of(parameter: &Parameter, context: Option<String>) -> Missing {
    let question = parameter.ask.clone().unwrap_or_else(|| {
        let name = parameter.names.first().cloned().unwrap_or_else(|| spoken(&parameter.name));
        let article = if parameter.many { "" } else { "the " };
        format!("What is {article}{name}?")
    });
    Missing { parameter: parameter.name.clone(), question, context }
}

/// A parameter's name in words: `startTime` is "start time".
fn spoken(name: &str) -> String {
    let mut out = String::new();
    for c in name.rsplit('.').next().unwrap_or(name).chars() {
        if c.is_uppercase() || c == '_' || c == '-' {
            out.push(' ');
        }
        if c != '_' && c != '-' {
            out.extend(c.to_lowercase());
        }
    }
    out.strip_suffix(" id").unwrap_or(&out).trim().to_owned()
}

/// Defaults of the fields of objects that were said. A bot's own objects are left as they are.
fn fill_fields(value: &mut Value, parameter: &Parameter, service: &Service, context: &Context) {
    if parameter.fields.is_empty() || !matches!(parameter.kind, Kind::Object) {
        return;
    }
    match value {
        Value::List(values) => {
            for inner in values {
                fill_fields(inner, parameter, service, context);
            }
        }
        Value::Map(fields) => {
            for field in &parameter.fields {
                match fields.iter_mut().find(|(name, _)| *name == field.name) {
                    Some((_, inner)) => fill_fields(inner, field, service, context),
                    None => {
                        if let Presumed::Value(value, _) = presume(field, service, context) {
                            fields.push((field.name.clone(), value));
                        }
                    }
                }
            }
        }
        _ => {}
    }
}
