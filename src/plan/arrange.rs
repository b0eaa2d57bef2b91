use crate::catalog::{BodyKind, Kind, Operation, Parameter, WireType};
use crate::intent::{Argument, Value};

/// What was said, by the names that the operation declares: nested objects become dotted fields or the other way
/// round, whole names are split over their parts, what is said of every object of a list goes into each, the last word on a
/// parameter counts.
pub(super) fn arrange(arguments: &[Argument], operation: &Operation) -> Vec<(String, Value)> {
    let mut said = Vec::new();
    let of_each = |argument: &&Argument| operation.param(&argument.name).is_some_and(|p| p.fills.is_some());
    let (later, first): (Vec<_>, Vec<_>) = arguments.iter().partition(of_each);
    for argument in first.into_iter().chain(later) {
        place(&argument.name, argument.value.clone(), operation, &mut said);
    }
    said
}

fn place(name: &str, value: Value, operation: &Operation, said: &mut Vec<(String, Value)>) {
    let parameter = operation.param(name);
    let whole = parameter.is_some() && operation.body == BodyKind::JsonWhole;
    let body = parameter.is_none() && is_body(name, operation);
    if body || (has_fields_below(name, operation) && !whole) {
        let lead = if body { String::new() } else { format!("{name}.") };
        match object_fields(value) {
            Ok(fields) => {
                for (field, inner) in fields {
                    place(&format!("{lead}{field}"), inner, operation, said);
                }
            }
            Err(value) => put(name, value, said),
        }
        return;
    }
    match parameter {
        Some(parameter) if !parameter.splits.is_empty() => split(parameter, &value, said),
        Some(Parameter { fills: Some(fills), .. }) => match fills.split_once('.') {
            Some((list, field)) => put_in_each(list, field, &value, said),
            None => put(name, value, said),
        },
        Some(_) => put(name, value, said),
        None => match object_above(name, operation) {
            Some((object, rest)) => put_inside(object, rest, value, said),
            None => put(name, value, said),
        },
    }
}

/// Whether a name stands for the whole body of an operation whose body has fields.
fn is_body(name: &str, operation: &Operation) -> bool {
    let fields = matches!(operation.body, BodyKind::Json | BodyKind::Form | BodyKind::Multipart);
    name == "body" && fields && !has_fields_below(name, operation)
}

fn has_fields_below(name: &str, operation: &Operation) -> bool {
    operation.params.iter().any(|p| p.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

/// The fields of an object that has any; everything else as it was.
fn object_fields(value: Value) -> Result<Vec<(String, Value)>, Value> {
    match value {
        Value::Map(fields) if !fields.is_empty() => Ok(fields),
        Value::Given(serde_json::Value::Object(fields)) if !fields.is_empty() => {
            Ok(fields.into_iter().map(|(name, value)| (name, Value::Given(value))).collect())
        }
        other => Err(other),
    }
}

/// The parameter that holds what a dotted name speaks of: the one with the longest name.
fn object_above<'n>(name: &'n str, operation: &Operation) -> Option<(&'n str, &'n str)> {
    let holds = |p: &Parameter| {
        let object = matches!(p.kind, Kind::Object | Kind::Any) || p.takes.contains(&WireType::Object);
        object && !p.many
    };
    let dots = name.char_indices().rev().filter(|(_, c)| *c == '.');
    dots.map(|(at, _)| (&name[..at], &name[at + 1..])).find(|(object, _)| operation.param(object).is_some_and(holds))
}

fn split(parameter: &Parameter, value: &Value, said: &mut Vec<(String, Value)>) {
    let (Value::Text(text) | Value::Given(serde_json::Value::String(text))) = value else {
        put(&parameter.name, value.clone(), said);
        return;
    };
    let mut rest = text.trim();
    for (position, name) in parameter.splits.iter().enumerate() {
        let last = position + 1 == parameter.splits.len();
        let (part, after) = if last { (rest, "") } else { rest.split_once(char::is_whitespace).unwrap_or((rest, "")) };
        if !part.is_empty() && !said.iter().any(|(n, _)| n == name) {
            put(name, Value::Text(part.to_owned()), said);
        }
        rest = after.trim_start();
    }
}

/// A value as the field of every object of a list that has none; a list that nobody gave gets one object.
fn put_in_each(list: &str, field: &str, value: &Value, said: &mut Vec<(String, Value)>) {
    if !said.iter().any(|(name, _)| name == list) {
        said.push((list.to_owned(), Value::List(vec![Value::Map(Vec::new())])));
    }
    if let Some((_, objects)) = said.iter_mut().find(|(name, _)| name == list) {
        objects.give_each(field, value);
    }
}

fn put(name: &str, value: Value, said: &mut Vec<(String, Value)>) {
    match said.iter_mut().find(|(n, _)| n == name) {
        Some((_, old)) => *old = value,
        None => said.push((name.to_owned(), value)),
    }
}

fn put_inside(object: &str, rest: &str, value: Value, said: &mut Vec<(String, Value)>) {
    if !said.iter().any(|(n, _)| n == object) {
        said.push((object.to_owned(), Value::Map(Vec::new())));
    }
    if let Some((_, place)) = said.iter_mut().find(|(n, _)| n == object) {
        put_deep(place, rest, value);
    }
}

fn put_deep(into: &mut Value, rest: &str, value: Value) {
    if let Value::Given(serde_json::Value::Object(fields)) = into {
        let fields = std::mem::take(fields);
        *into = Value::Map(fields.into_iter().map(|(name, value)| (name, Value::Given(value))).collect());
    }
    let Value::Map(fields) = into else {
        *into = Value::Map(vec![(rest.to_owned(), value)]);
        return;
    };
    match rest.split_once('.') {
        None => put(rest, value, fields),
        Some((field, deeper)) => {
            if !fields.iter().any(|(n, _)| n == field) {
                fields.push((field.to_owned(), Value::Map(Vec::new())));
            }
            if let Some((_, inner)) = fields.iter_mut().find(|(n, _)| n == field) {
                put_deep(inner, deeper, value);
            }
        }
    }
}
