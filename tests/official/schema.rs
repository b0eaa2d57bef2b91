//! Schemas of the official files as JSON Schema.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// The schemas of one file and of the one that all files share, under `$defs`.
pub struct Schemas {
    defs: Map<String, Value>,
    /// By the schema as it is written: the same in today's terms, and what judges by it.
    known: Mutex<HashMap<String, Arc<Known>>>,
}

struct Known {
    converted: Value,
    validator: Result<Validator, String>,
}

impl Schemas {
    pub fn new(own: &Value, common: &Value) -> Self {
        let mut defs = Map::new();
        for (owner, document) in [("own", own), ("common", common)] {
            for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
                defs.insert(def_name(owner, name), convert(schema, owner));
            }
        }
        let mut schemas = Self { defs, known: Mutex::default() };
        schemas.forgive_missing();
        schemas.forgive_twins();
        schemas
    }

    /// What is wrong with a value of a parameter or body.
    pub fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let known = self.known(schema);
        let mut faults = Vec::new();
        self.undeclared(&known.converted, value, "", &mut faults);
        match &known.validator {
            Ok(validator) => {
                faults.extend(validator.iter_errors(value).map(|e| format!("{e} (at `{}`)", e.instance_path())));
            }
            Err(error) => faults.push(format!("the schema cannot be used: {error}")),
        }
        faults
    }

    fn known(&self, schema: &Value) -> Arc<Known> {
        let mut known = self.known.lock().expect("no test breaks while it holds the schemas");
        let found = known.entry(schema.to_string()).or_insert_with(|| {
            let converted = convert(schema, "own");
            let mut whole = converted.clone();
            if let Some(fields) = whole.as_object_mut() {
                fields.insert("$defs".into(), Value::Object(self.needed(&converted)));
            }
            let validator =
                jsonschema::options().should_validate_formats(true).build(&whole).map_err(|error| error.to_string());
            Arc::new(Known { converted, validator })
        });
        Arc::clone(found)
    }

    /// The schemas that one refers to, however far down.
    fn needed(&self, schema: &Value) -> Map<String, Value> {
        let mut found = Map::new();
        let mut open = references(schema);
        while let Some(name) = open.pop() {
            if let Some(schema) = self.defs.get(&name).filter(|_| !found.contains_key(&name)) {
                open.extend(references(schema));
                found.insert(name, schema.clone());
            }
        }
        found
    }

    /// The schema in today's terms, with what it refers to in its place.
    pub fn resolved(&self, schema: &Value) -> Value {
        let mut schema = convert(schema, "own");
        while let Some(next) = self.referred(&schema) {
            schema = next.clone();
        }
        schema
    }

    /// The JSON type that a schema asks for, through its references.
    pub fn type_of(&self, schema: &Value) -> Option<String> {
        let converted = convert(schema, "own");
        let all = self.layers(&converted);
        all.iter().find_map(|s| match &s["type"] {
            Value::String(one) => Some(one.clone()),
            Value::Array(several) => several.first()?.as_str().map(str::to_owned),
            _ => None,
        })
    }

    /// The properties that a schema lists, itself or through what it refers to.
    pub fn properties(&self, schema: &Value) -> Map<String, Value> {
        let converted = convert(schema, "own");
        let all = self.layers(&converted).into_iter().filter_map(|s| s["properties"].as_object().cloned());
        all.flatten().collect()
    }

    /// Every schema that a value has to fit or may fit: the schema itself, what it refers to, what it is made of.
    fn layers<'a>(&'a self, schema: &'a Value) -> Vec<&'a Value> {
        let mut found: Vec<&Value> = Vec::new();
        let mut open = vec![schema];
        while let Some(next) = open.pop() {
            if found.iter().any(|seen| std::ptr::eq(*seen, next)) {
                continue;
            }
            found.push(next);
            open.extend(self.referred(next));
            open.extend(["allOf", "anyOf", "oneOf"].iter().flat_map(|key| next[key].as_array().into_iter().flatten()));
        }
        found
    }

    fn referred(&self, schema: &Value) -> Option<&Value> {
        self.defs.get(schema["$ref"].as_str()?.strip_prefix("#/$defs/")?)
    }

    /// Properties that no schema lists, where one lists any.
    fn undeclared(&self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let layers = self.layers(schema);
        match value {
            Value::Array(items) => {
                for (n, item) in items.iter().enumerate() {
                    let of = layers.iter().filter_map(|s| s.get("items"));
                    of.for_each(|s| self.undeclared(s, item, &format!("{at}/{n}"), faults));
                }
            }
            Value::Object(fields) => {
                let known: BTreeSet<&String> =
                    layers.iter().filter_map(|s| s["properties"].as_object()).flat_map(Map::keys).collect();
                let open = layers.iter().any(|s| s.get("additionalProperties").is_some_and(|a| *a != json!(false)));
                for (name, inner) in fields {
                    let place = format!("{at}/{name}");
                    if !known.is_empty() && !open && !known.contains(name) {
                        faults.push(format!("`{place}` is not declared"));
                    }
                    let of = layers.iter().filter_map(|s| s["properties"].get(name));
                    of.for_each(|s| self.undeclared(s, inner, &place, faults));
                }
            }
            _ => {}
        }
    }

    /// Some files refer to schemas that are nowhere; anything fits those.
    fn forgive_missing(&mut self) {
        for name in references(&Value::Object(self.defs.clone())) {
            self.defs.entry(name).or_insert_with(|| json!({}));
        }
    }

    /// Some files offer the same alternative twice, so that nothing fits exactly one.
    fn forgive_twins(&mut self) {
        let all = self.defs.clone();
        let target = |s: &Value| s["$ref"].as_str().and_then(|r| all.get(r.strip_prefix("#/$defs/")?)).cloned();
        let objects = self.defs.values_mut().filter_map(|s| s.get_mut("properties")?.as_object_mut());
        for property in objects.flat_map(Map::values_mut) {
            let Some(branches) = property.get_mut("oneOf").and_then(Value::as_array_mut) else { continue };
            let mut seen: Vec<Value> = Vec::new();
            branches.retain(|branch| {
                let branch = target(branch).unwrap_or_else(|| branch.clone());
                let new = !seen.contains(&branch);
                seen.push(branch);
                new
            });
        }
    }

    /// Makes a schema that is written out beside an operation known to exist, as above.
    pub fn forgive(&mut self, operation: &Value) {
        let text = convert_refs(operation);
        for name in text {
            self.defs.entry(name).or_insert_with(|| json!({}));
        }
    }
}

/// Names of all schemas that one refers to directly.
fn references(schema: &Value) -> Vec<String> {
    let text = schema.to_string();
    let names = text.split("\"#/$defs/").skip(1).filter_map(|rest| rest.split('"').next());
    names.map(str::to_owned).collect()
}

fn convert_refs(operation: &Value) -> Vec<String> {
    match operation {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str).map(|r| refer(r, "own"));
            own.into_iter().chain(fields.values().flat_map(convert_refs)).collect()
        }
        Value::Array(items) => items.iter().flat_map(convert_refs).collect(),
        _ => Vec::new(),
    }
}

/// Names of schemas hold spaces and worse, which have no place in a JSON pointer.
fn def_name(owner: &str, name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("{owner}.{plain}")
}

fn refer(reference: &str, owner: &str) -> String {
    let owner = if reference.starts_with('#') { owner } else { "common" };
    def_name(owner, reference.rsplit('/').next().unwrap_or_default())
}

/// A schema of `OpenAPI` 3.0 in today's terms; `owner` says whose its references are.
fn convert(schema: &Value, owner: &str) -> Value {
    let Some(fields) = schema.as_object() else { return json!({}) };
    if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
        if reference.starts_with("#/$defs/") {
            return schema.clone();
        }
        return json!({"$ref": format!("#/$defs/{}", refer(reference, owner))});
    }
    let mut out = Map::new();
    for (key, value) in fields {
        let converted = match key.as_str() {
            "properties" => {
                value.as_object().map(|all| all.iter().map(|(n, s)| (n.clone(), convert(s, owner))).collect())
            }
            "allOf" | "anyOf" | "oneOf" => value.as_array().map(|all| all.iter().map(|s| convert(s, owner)).collect()),
            "additionalProperties" if value.is_boolean() => Some(value.clone()),
            "items" | "not" | "additionalProperties" => Some(convert(value, owner)),
            "type" => Some(value.clone()).filter(is_type),
            "required" => Some(value.clone()).filter(Value::is_array),
            // Some files wrap the list of values in another one.
            "enum" => Some(value.pointer("/0").filter(|first| first.is_array()).unwrap_or(value).clone()),
            "minimum" | "maximum" | "minLength" | "maxLength" | "minItems" | "maxItems" | "pattern" | "format"
            | "uniqueItems" | "example" | "readOnly" => Some(value.clone()),
            _ => None,
        };
        out.extend(converted.map(|value| (key.clone(), value)));
    }
    // Where a declaration contradicts its own values, the values are right: country codes that are numbers, words that
    // are objects.
    let kind = out.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let strange = |value: &Value| !is_of(value, &kind);
    let listed = out.get("enum").and_then(Value::as_array).is_some_and(|values| values.iter().all(strange));
    let shown = kind == "object" && !out.contains_key("properties") && out.get("example").is_some_and(strange);
    if listed {
        out.remove("type");
    } else if shown {
        out.insert("type".into(), json!(["object", "string", "number"]));
    }
    if fields.get("nullable") == Some(&json!(true)) {
        return json!({"anyOf": [out, {"type": "null"}]});
    }
    Value::Object(out)
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" | "integer" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

fn is_type(kind: &Value) -> bool {
    let known = ["string", "number", "integer", "boolean", "array", "object"];
    match kind {
        Value::Array(several) => several.iter().all(is_type),
        one => one.as_str().is_some_and(|kind| known.contains(&kind)),
    }
}
