use serde_json::Value;

use super::bodies::At;
use super::documents::Part;
use super::merging::{given_over, merge};
use super::read::{Reader, array, object, text};
use super::{SpecKind, SpecSchema};

/// Schemas are read so deep.
const DEEPEST: usize = 12;
/// And no further once they have so many parts; what is listed at the edge is still named.
const MOST: usize = 2_000;

/// Reads schemas, following what they refer to.
pub(super) struct Schemas<'r, 'd> {
    reader: &'r mut Reader<'d>,
    at: At<'r>,
    /// What is being read, from outside inwards, by address: whoever comes round again is cut.
    open: Vec<*const Value>,
    left: usize,
}

impl<'r, 'd> Schemas<'r, 'd> {
    pub(super) fn new(reader: &'r mut Reader<'d>, at: At<'r>) -> Self {
        Self { reader, at, open: Vec::new(), left: MOST }
    }

    pub(super) fn read(&mut self, part: Part<'_>) -> SpecSchema {
        let Some(_) = part.value.get("$ref").and_then(Value::as_str) else { return self.plain(part, None) };
        let documents = self.reader.documents;
        match documents.follow(Part { document: part.document, value: part.value }) {
            Ok((target, name)) => {
                let found = self.plain(target, name);
                given_over(part.value, found)
            }
            Err(astray) => {
                self.reader.warn_astray(self.at.place, self.at.name, &astray);
                SpecSchema::default()
            }
        }
    }

    fn plain(&mut self, part: Part<'_>, name: Option<&str>) -> SpecSchema {
        let value = part.value;
        let mut schema = own(value);
        schema.name = schema.name.or_else(|| name.map(str::to_owned));
        let address = std::ptr::from_ref(value);
        let again = self.open.contains(&address);
        if again || self.open.len() >= DEEPEST || self.left == 0 {
            schema.cut = ["properties", "items", "allOf", "oneOf", "anyOf"].iter().any(|key| value.get(key).is_some());
            return schema;
        }
        self.left -= 1;
        self.open.push(address);
        self.inner(part, &mut schema);
        self.open.pop();
        schema
    }

    fn inner(&mut self, part: Part<'_>, schema: &mut SpecSchema) {
        let value = part.value;
        let below = |value| Part { document: part.document, value };
        for (name, property) in object(&value["properties"]) {
            let property = self.read(below(property));
            schema.properties.push((name.clone(), property));
        }
        match value.get("items") {
            Some(items) if items.is_object() => schema.items = Some(Box::new(self.read(below(items)))),
            _ => {}
        }
        match value.get("additionalProperties") {
            Some(Value::Bool(true)) => schema.additional = Some(Box::default()),
            Some(other) if other.is_object() => schema.additional = Some(Box::new(self.read(below(other)))),
            _ => {}
        }
        for all in array(&value["allOf"]) {
            let all = self.read(below(all));
            merge(schema, all);
        }
        for key in ["oneOf", "anyOf"] {
            let written = array(&value[key]).filter(|one| !is_null(one));
            let mut alternatives: Vec<SpecSchema> = written.map(|one| self.read(below(one))).collect();
            schema.nullable |= array(&value[key]).any(is_null);
            if alternatives.len() == 1 {
                for only in alternatives {
                    merge(schema, only);
                }
            } else {
                schema.alternatives.append(&mut alternatives);
            }
        }
        settle(schema, value);
    }
}

/// Works out the type where it is not said, or several are.
fn settle(schema: &mut SpecSchema, value: &Value) {
    let several: Vec<SpecKind> = array(&value["type"]).filter_map(kind_named).collect();
    if several.len() > 1 {
        for kind in several {
            let items = if kind == SpecKind::Array { schema.items.clone() } else { None };
            let properties = if kind == SpecKind::Object { schema.properties.clone() } else { Vec::new() };
            schema.alternatives.push(SpecSchema { kind, items, properties, ..SpecSchema::default() });
        }
        return;
    }
    if schema.kind == SpecKind::Any {
        let mut kinds = schema.alternatives.iter().map(|alternative| alternative.kind);
        let first = kinds.next().filter(|first| kinds.all(|kind| kind == *first));
        schema.kind = first.unwrap_or_else(|| guessed(schema));
    }
}

fn guessed(schema: &SpecSchema) -> SpecKind {
    if !schema.alternatives.is_empty() {
        SpecKind::Any
    } else if !schema.properties.is_empty() || schema.additional.is_some() {
        SpecKind::Object
    } else if schema.items.is_some() {
        SpecKind::Array
    } else if schema.pattern.is_some() || (!schema.values.is_empty() && schema.values.iter().all(Value::is_string)) {
        SpecKind::String
    } else {
        SpecKind::Any
    }
}

fn is_null(value: &Value) -> bool {
    value["type"] == "null"
}

fn kind_named(name: &Value) -> Option<SpecKind> {
    Some(match name.as_str()?.trim().to_lowercase().as_str() {
        "string" | "file" => SpecKind::String,
        "integer" => SpecKind::Integer,
        "number" => SpecKind::Number,
        "boolean" => SpecKind::Boolean,
        "array" => SpecKind::Array,
        "object" => SpecKind::Object,
        _ => return None,
    })
}

/// What a schema says itself, without anything inside it.
fn own(value: &Value) -> SpecSchema {
    let is = |key: &str| value[key] == Value::Bool(true);
    let types = || array(&value["type"]);
    let single = || types().find_map(kind_named).filter(|_| types().filter_map(kind_named).count() == 1);
    let kind = kind_named(&value["type"]).or_else(single).unwrap_or_default();
    let allowed = || array(&value["enum"]).chain(value.get("const"));
    let has_null = allowed().any(Value::is_null) || types().any(|kind| kind == "null");
    let mut values: Vec<Value> = Vec::new();
    for value in allowed().filter(|value| !value.is_null()) {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    let file = value["type"] == "file";
    let (min, max) =
        (edge(value, "minimum", "exclusiveMinimum", 1.0), edge(value, "maximum", "exclusiveMaximum", -1.0));
    let count = |keys: [&str; 2]| keys.iter().find_map(|key| value[*key].as_u64());
    let example = value.get("example").or_else(|| array(&value["examples"]).next());
    SpecSchema {
        kind,
        format: Some(text(&value["format"])).filter(|f| !f.is_empty()).or_else(|| file.then(|| "binary".to_owned())),
        name: Some(text(&value["title"])).filter(|title| !title.is_empty()),
        description: text(&value["description"]),
        values,
        required: array(&value["required"]).map(text).collect(),
        min,
        max,
        min_length: count(["minLength", "minItems"]),
        max_length: count(["maxLength", "maxItems"]),
        pattern: value["pattern"].as_str().map(str::to_owned),
        nullable: is("nullable") || has_null,
        read_only: is("readOnly"),
        write_only: is("writeOnly"),
        deprecated: is("deprecated"),
        default: value.get("default").filter(|default| !default.is_null()).cloned(),
        example: example.filter(|example| !example.is_null()).cloned(),
        ..SpecSchema::default()
    }
}

/// A bound. One that is not allowed itself is moved to the next whole number, which is exact for integers only: other
/// numbers keep the bound itself.
fn edge(value: &Value, key: &str, exclusive: &str, step: f64) -> Option<f64> {
    let whole = value["type"] == "integer";
    let moved = |bound: f64| if whole { bound + step } else { bound };
    let bound = value[key].as_f64();
    match &value[exclusive] {
        Value::Bool(true) => bound.map(moved),
        Value::Number(number) => number.as_f64().map(moved).or(bound),
        _ => bound,
    }
}
