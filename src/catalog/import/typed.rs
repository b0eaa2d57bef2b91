//! What a schema is in the terms of the catalog.

use regex::Regex;
use serde_json::Value;

use crate::catalog::openapi::{SpecKind, SpecSchema};

use super::act::noun_of_variable;
use super::english::{is, words};
use super::field::Field;
use super::kind::Kind;
use super::kinds::Kinds;
use super::noun::singular_words;
use super::yaml_text::{flow, quoted};

/// The most words that a line of help keeps.
const HELP: usize = 110;

/// A field of that name and schema. Fields of an object are not looked into.
pub(super) fn typed(name: &str, schema: &SpecSchema, kinds: &Kinds) -> Field {
    let mut field = Field { name: name.to_owned(), help: help(&schema.description), ..Field::default() };
    let inner = match (schema.kind, &schema.items) {
        (SpecKind::Array, Some(items)) => {
            field.many = true;
            items.as_ref()
        }
        (SpecKind::Array, None) => {
            field.many = true;
            "any".clone_into(&mut field.kind);
            return field;
        }
        _ => schema,
    };
    settle(&mut field, inner, kinds);
    values(&mut field, inner);
    parted(&mut field, schema, &schema.description);
    if matches!(field.kind.as_str(), "integer" | "number" | "money") {
        (field.min, field.max) = (inner.min, inner.max);
        if matches!((field.min, field.max), (Some(min), Some(max)) if min > max) {
            (field.min, field.max) = (None, None);
        }
    }
    field.pattern = inner.pattern.as_deref().and_then(whole_pattern).filter(|_| field.kind.is_empty());
    field
}

/// Takes a text for a list, where its name is a plural and its description says that commas part it.
pub(super) fn parted(field: &mut Field, schema: &SpecSchema, description: &str) {
    let told = description.to_lowercase();
    let commas = told.contains("comma") && ["separated", "delimited"].iter().any(|word| told.contains(word));
    let name = words(field.name.rsplit('.').next().unwrap_or(&field.name));
    let plain = schema.kind == SpecKind::String && schema.values.is_empty() && field.format.is_none();
    let text = field.kind.is_empty() || field.kind == "id";
    if commas && plain && text && super::noun::is_plural(&name) {
        (field.many, field.wire) = (true, Some("string"));
    }
}

fn settle(field: &mut Field, schema: &SpecSchema, kinds: &Kinds) {
    let name = field.name.rsplit(['.', '[']).next().unwrap_or(&field.name).trim_end_matches(']').to_owned();
    let spoken = if field.many { singular_words(&words(&name)) } else { words(&name) };
    let last = spoken.last().cloned().unwrap_or_default();
    let format = schema.format.as_deref().unwrap_or_default().to_lowercase();
    let says = schema.description.to_lowercase();
    let kind = match schema.kind {
        SpecKind::Boolean => "boolean",
        SpecKind::Object => "object",
        SpecKind::Array => "any",
        SpecKind::Any => any_of(schema, &spoken, &last),
        SpecKind::Integer | SpecKind::Number => {
            let time = epoch(&says).or_else(|| format.contains("unix").then_some("epoch-s"));
            if time.is_some() {
                field.format = time;
                "datetime"
            } else if schema.kind == SpecKind::Number && is("money", last.as_str()) {
                "money"
            } else if schema.kind == SpecKind::Integer {
                "integer"
            } else {
                "number"
            }
        }
        SpecKind::String => match format.as_str() {
            "date" => "date",
            "date-time" | "datetime" => "datetime",
            "email" => "email",
            "uri" | "url" => "url",
            "binary" | "byte" => "",
            _ if !schema.values.is_empty() => "",
            _ => by_name(&spoken, &last),
        },
    };
    kind.clone_into(&mut field.kind);
    if kind == "object" && !schema.properties.is_empty() && field.many {
        return;
    }
    if matches!(kind, "" | "integer" | "any" | "id")
        && schema.values.is_empty()
        && let Some(kind) = record(&spoken, kinds, field.many).or_else(|| of_object(&field.name, schema, kinds))
    {
        if field.kind == "integer" {
            field.wire = Some("integer");
        }
        field.kind = kind;
    }
}

/// The kind of record whose id an object carries: `folder.id` is a folder's; of `parent.id` its description tells.
fn of_object(name: &str, schema: &SpecSchema, kinds: &Kinds) -> Option<String> {
    let (object, id) = name.rsplit_once('.')?;
    if id != "id" {
        return None;
    }
    let noun = singular_words(&words(object.rsplit('.').next().unwrap_or(object)));
    let known = kinds.get(&noun).filter(|kind| kind.id.is_some());
    let told = || super::parameters::told_of(&schema.description, kinds).and_then(|noun| kinds.called(&noun));
    known.or_else(told).map(|kind| kind.name.clone())
}

/// How a number tells a time, by what is told of it.
pub(super) fn epoch(told: &str) -> Option<&'static str> {
    let told = told.to_lowercase();
    let time = ["unix time", "unix-time", "unixtime", "unix epoch", "epoch"].iter().any(|word| told.contains(word));
    time.then(|| if told.contains("milli") { "epoch-ms" } else { "epoch-s" })
}

fn any_of(schema: &SpecSchema, spoken: &[String], last: &str) -> &'static str {
    let all = |kinds: &[SpecKind]| schema.alternatives.iter().all(|a| kinds.contains(&a.kind));
    if schema.alternatives.is_empty() {
        return "any";
    }
    if all(&[SpecKind::String, SpecKind::Integer, SpecKind::Number, SpecKind::Boolean]) {
        return "";
    }
    // What may be a plain text is said as one, whatever else it may be.
    let text = |a: &SpecSchema| a.kind == SpecKind::String && a.values.is_empty() && a.constant_text().is_none();
    if schema.alternatives.iter().any(text) { by_name(spoken, last) } else { "any" }
}

fn by_name(spoken: &[String], last: &str) -> &'static str {
    let text = spoken.join(" ");
    let ends = |known: &[&str]| known.iter().any(|end| text == *end || text.ends_with(&format!(" {end}")));
    if ends(&["email", "email address"]) {
        "email"
    } else if ends(&["phone", "phone number", "mobile", "mobile number", "telephone"]) {
        "phone"
    } else if ends(&["timezone", "time zone"]) {
        "timezone"
    } else if ends(&["url", "uri", "website"]) {
        "url"
    } else if last == "date" {
        "date"
    } else if spoken.len() > 1 && last == "at" || ends(&["timestamp", "datetime", "date time"]) {
        "datetime"
    } else if is("prose", last) {
        "free-text"
    } else {
        ""
    }
}

/// The kind of record that the name of a field speaks of: `project_id`, `assigneeId`, `collection`.
fn record(spoken: &[String], kinds: &Kinds, many: bool) -> Option<String> {
    let last = spoken.last()?;
    // `incidentNames` are incidents, where their names are all that is known of them.
    let listed = |kind: &Kind| many && (kind.find.is_none() || kind.id.is_none());
    let owner = || kinds.get(&noun_of_variable(&spoken.join("_"))).is_some_and(listed);
    let named = matches!(last.as_str(), "name" | "number" | "key" | "uuid") && owner();
    let is_id = (matches!(last.as_str(), "id" | "ids") || named) && spoken.len() > 1;
    let noun = noun_of_variable(&spoken.join("_"));
    if !is_id {
        // A plain noun may be a record or its name; only what is known to have an id is taken for one.
        let plain = noun.len() == spoken.len();
        return kinds
            .get(&noun)
            .filter(|kind| plain && kind.id.is_some() && kind.find.is_some())
            .map(|k| k.name.clone());
    }
    if let Some(kind) = kinds.called(&noun.join(" ")) {
        return Some(kind.name.clone());
    }
    // `blocked_by_task_id`, `target_ticket_id`
    let head = noun.last()?;
    if let Some(kind) = kinds.get(std::slice::from_ref(head)).filter(|kind| kind.id.is_some()) {
        return Some(kind.name.clone());
    }
    if is("part", head.as_str()) {
        let people = ["user", "member", "person", "agent", "employee", "contact"];
        return people.iter().find_map(|name| kinds.all.get(*name)).map(|kind| kind.name.clone());
    }
    Some("id".to_owned())
}

/// The most values of an enum that are written out.
const MOST_VALUES: usize = 200;

fn values(field: &mut Field, schema: &SpecSchema) {
    if schema.values.len() > MOST_VALUES {
        return;
    }
    let written = |value: &Value| match value {
        Value::String(text) => Some(flow(text)),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    let all: Option<Vec<String>> = schema.values.iter().map(written).collect();
    field.values = all.unwrap_or_default();
    if schema.kind == SpecKind::Boolean || field.kind == "object" {
        field.values.clear();
    }
}

/// The pattern of a schema as one of the catalog, when it can be: anchored, and understood by us.
fn whole_pattern(pattern: &str) -> Option<String> {
    let anchored = pattern.starts_with('^') && pattern.ends_with('$');
    (anchored && pattern.len() < 200 && Regex::new(pattern).is_ok()).then(|| pattern.to_owned())
}

/// The first sentence of a description, if it is short.
pub(super) fn help(description: &str) -> String {
    let first = description.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let sentence = first.split(". ").next().unwrap_or(first).trim_end_matches('.');
    let plain: String = sentence.chars().filter(|c| !c.is_control() && !matches!(c, '`' | '*' | '<' | '>')).collect();
    if plain.chars().count() > HELP || plain.contains("](") { String::new() } else { plain.trim().to_owned() }
}

/// A JSON value as YAML inside a line.
pub(super) fn literal(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.contains("{{") || text.contains("{%") => None,
        Value::String(text) => Some(flow(text)),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(literal).collect();
            items.map(|items| format!("[{}]", items.join(", ")))
        }
        Value::Object(fields) => {
            let fields: Option<Vec<String>> =
                fields.iter().map(|(key, value)| Some(format!("{}: {}", quoted(key), literal(value)?))).collect();
            fields.map(|fields| format!("{{{}}}", fields.join(", ")))
        }
        Value::Null => None,
    }
}
