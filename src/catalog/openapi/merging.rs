use serde_json::Value;

use super::read::text;
use super::{SpecKind, SpecSchema};

/// Lays one more schema that a value must fit over those before.
pub(super) fn merge(into: &mut SpecSchema, other: SpecSchema) {
    if into.kind == SpecKind::Any {
        into.kind = other.kind;
    }
    into.name = into.name.take().or(other.name);
    into.format = into.format.take().or(other.format);
    into.items = into.items.take().or(other.items);
    into.additional = into.additional.take().or(other.additional);
    into.pattern = into.pattern.take().or(other.pattern);
    into.default = into.default.take().or(other.default);
    into.example = into.example.take().or(other.example);
    into.min = tighter(into.min, other.min, f64::max);
    into.max = tighter(into.max, other.max, f64::min);
    into.min_length = tighter(into.min_length, other.min_length, u64::max);
    into.max_length = tighter(into.max_length, other.max_length, u64::min);
    into.nullable |= other.nullable;
    into.read_only |= other.read_only;
    into.write_only |= other.write_only;
    into.deprecated |= other.deprecated;
    into.cut |= other.cut;
    if into.description.is_empty() {
        into.description = other.description;
    }
    into.values = both(std::mem::take(&mut into.values), other.values);
    for (name, property) in other.properties {
        match into.properties.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => merge(known, property),
            None => into.properties.push((name, property)),
        }
    }
    for name in other.required {
        if !into.requires(&name) {
            into.required.push(name);
        }
    }
    into.alternatives.extend(other.alternatives);
}

/// What stands beside a reference counts for this place alone.
pub(super) fn given_over(beside: &Value, mut schema: SpecSchema) -> SpecSchema {
    let description = text(&beside["description"]);
    if !description.is_empty() {
        schema.description = description;
    }
    let given = |key: &str| beside.get(key).filter(|value| !value.is_null()).cloned();
    schema.default = given("default").or(schema.default);
    schema.example = given("example").or(schema.example);
    let is = |key: &str| beside[key] == Value::Bool(true);
    schema.nullable |= is("nullable");
    schema.read_only |= is("readOnly");
    schema.write_only |= is("writeOnly");
    schema.deprecated |= is("deprecated");
    schema
}

fn tighter<T>(a: Option<T>, b: Option<T>, choose: impl FnOnce(T, T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(choose(a, b)),
        (a, b) => a.or(b),
    }
}

/// Values that both allow; those of the first when nothing would be left.
fn both(first: Vec<Value>, second: Vec<Value>) -> Vec<Value> {
    if first.is_empty() {
        return second;
    }
    let shared: Vec<Value> = first.iter().filter(|value| second.contains(value)).cloned().collect();
    if shared.is_empty() { first } else { shared }
}
