//! Schemas of the official files as JSON Schema.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// The schemas of one file and of the one that all files share, under `$defs`.
pub struct Schemas {
    defs: Map<String, Value>,
}

impl Schemas {
    pub fn new(own: &Value, common: &Value) -> Self {
        let mut defs = Map::new();
        for (owner, document) in [("own", own), ("common", common)] {
            for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
                defs.insert(def_name(owner, name), convert(schema, owner));
            }
        }
        let mut schemas = Self { defs };
        schemas.forgive_missing();
        schemas
    }

    /// What is wrong with a value of a parameter or body.
    pub fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut whole = convert(schema, "own");
        let mut faults = Vec::new();
        self.undeclared(&whole, value, "", &mut faults);
        if let Some(fields) = whole.as_object_mut() {
            fields.insert("$defs".into(), Value::Object(self.defs.clone()));
        }
        match jsonschema::options().should_validate_formats(true).build(&whole) {
            Ok(validator) => {
                faults.extend(validator.iter_errors(value).map(|e| format!("{e} (at `{}`)", e.instance_path())));
            }
            Err(error) => faults.push(format!("the schema cannot be used: {error}")),
        }
        faults
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
        let text = Value::Object(self.defs.clone()).to_string();
        for name in text.split("\"#/$defs/").skip(1).filter_map(|rest| rest.split('"').next()) {
            self.defs.entry(name).or_insert_with(|| json!({}));
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
            "items" | "not" => Some(convert(value, owner)),
            "allOf" | "anyOf" | "oneOf" => value.as_array().map(|all| all.iter().map(|s| convert(s, owner)).collect()),
            "additionalProperties" if value.is_boolean() => Some(value.clone()),
            "additionalProperties" => Some(convert(value, owner)),
            "type" => Some(value.clone()).filter(|kind| is_type(kind)),
            "required" => Some(value.clone()).filter(Value::is_array),
            "enum" | "minimum" | "maximum" | "minLength" | "maxLength" | "minItems" | "maxItems" | "pattern"
            | "format" | "uniqueItems" => Some(value.clone()),
            _ => None,
        };
        out.extend(converted.map(|value| (key.clone(), value)));
    }
    if fields.get("nullable") == Some(&json!(true)) {
        return json!({"anyOf": [out, {"type": "null"}]});
    }
    Value::Object(out)
}

fn is_type(kind: &Value) -> bool {
    let known = ["string", "number", "integer", "boolean", "array", "object"];
    kind.as_str().is_some_and(|kind| known.contains(&kind))
}
