//! Calls of every official operation, made from the official files alone.

use serde_json::{Map, Value, json};

use crate::generate::{Generator, Random, Style};
use crate::judge;
use crate::spec::{Spec, SpecOperation};

/// One call as a bot makes it.
pub struct Call<'a> {
    pub operation: &'a SpecOperation,
    /// What kind of call it is, for messages.
    pub label: String,
    pub params: Map<String, Value>,
    /// What must arrive: path and query by name, and the body.
    path: Map<String, Value>,
    query: Map<String, Value>,
    body: Option<Value>,
}

/// How the values of calls are chosen.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    pub style: Style,
    pub all: bool,
    pub turn: usize,
}

impl<'a> Call<'a> {
    /// A call whose values fit the schemas; nothing when there is none.
    pub fn new(spec: &'a Spec, operation: &'a SpecOperation, manner: Manner) -> Option<Self> {
        let seeds = (0..40).map(|n| operation.path.len() as u64 * 1009 + manner.turn as u64 * 31 + n * 7919);
        seeds.into_iter().find_map(|seed| Self::of_seed(spec, operation, manner, seed))
    }

    fn of_seed(spec: &'a Spec, operation: &'a SpecOperation, manner: Manner, seed: u64) -> Option<Self> {
        let Manner { style, all, turn } = manner;
        let turn = turn + usize::try_from(seed / 7919 % 40).expect("small");
        let schemas = spec.schemas(operation);
        let mut made = Generator { schemas, style, all, turn, nth: 0, random: Random::new(seed) };
        let mut path = Map::new();
        for name in operation.variables() {
            let declared = operation.declared("path").find(|(n, _)| *n == name).map_or(&Value::Null, |(_, p)| p);
            path.insert(name.to_owned(), made.id(&declared["schema"], &declared["example"]));
        }
        let mut query = Map::new();
        for (name, parameter) in operation.declared("query") {
            let more = if style == Style::Wild { made.random.coin() } else { all };
            if parameter["required"] == json!(true) || more {
                query.insert(name.to_owned(), query_value(&mut made, parameter));
            }
        }
        let body = operation.media().map(|(_, schema)| (made.value(&schema, 0), schema));
        if let Some((value, schema)) = &body
            && !schemas.faults(schema, value).is_empty()
        {
            return None;
        }
        let body = body.map(|(value, _)| value);
        let mut call = Self { operation, label: format!("{manner:?}"), params: Map::new(), path, query, body };
        call.tell();
        Some(call)
    }

    /// Puts the values under `params`: the fields of a body beside the others, a body that has none as `body`.
    fn tell(&mut self) {
        let mut params = Map::new();
        match &mut self.body {
            Some(Value::Object(fields)) => {
                // The same name in two places can be told once only.
                for (name, value) in self
                    .path
                    .iter()
                    .chain(&self.query)
                    .filter(|(name, _)| fields.contains_key(*name))
                    .map(|(n, v)| (n.clone(), v.clone()))
                    .collect::<Vec<_>>()
                {
                    fields.insert(name, value);
                }
                params.extend(fields.clone());
            }
            Some(Value::String(_)) | None => {}
            Some(other) => drop(params.insert("body".into(), other.clone())),
        }
        for name in self.path.keys() {
            if self.query.contains_key(name) {
                self.query.insert(name.clone(), self.path[name].clone());
            }
        }
        params.extend(self.query.clone());
        params.extend(self.path.clone());
        self.params = params;
    }

    /// The same call with the fields of nested objects under dotted names.
    pub fn dotted(mut self) -> Self {
        let mut flat = Map::new();
        for (name, value) in &self.params {
            flatten(name, value, &mut flat);
        }
        self.params = flat;
        self.label += " dotted";
        self
    }

    /// The same call without what the environment supplies.
    pub fn without(mut self, names: &[&str]) -> Self {
        for name in names {
            self.params.remove(*name);
            self.path.remove(*name);
            self.query.remove(*name);
            if let Some(Value::Object(fields)) = &mut self.body {
                fields.remove(*name);
            }
        }
        self.label += " from the environment";
        self
    }

    /// Where what arrived is not what was given.
    pub fn differences(&self, came: &Value) -> Vec<String> {
        let mut found = Vec::new();
        let mut compare = |place: &str, name: &str, given: &Value, came: &Value| {
            if given != came {
                found.push(format!("{place} `{name}` was {given}, came {came}"));
            }
        };
        let values = judge::path_values(self.operation, came["path"].as_str().unwrap_or_default());
        for (name, given) in &self.path {
            let value = values.iter().find(|(n, _)| n == name).map_or(Value::Null, |(_, v)| json!(v));
            compare("path", name, given, &value);
        }
        let pairs: Vec<(String, String)> = serde_json::from_value(came["query"].clone()).unwrap_or_default();
        for (name, parameter) in self.operation.declared("query") {
            let Some(given) = self.query.get(name) else { continue };
            compare("query", name, &json!(texts(given)), &json!(judge::query_values(parameter, name, &pairs)));
        }
        let pairs: Vec<(String, String)> = serde_json::from_value(came["fields"].clone()).unwrap_or_default();
        match (&self.body, &came["fields"]) {
            (Some(Value::Object(given)), Value::Object(fields)) => {
                for (name, given) in given {
                    compare("body", name, given, fields.get(name).unwrap_or(&json!("nothing")));
                }
            }
            (Some(Value::Object(given)), Value::Array(_)) => {
                for (name, given) in given {
                    let of: Vec<&String> = pairs.iter().filter(|(n, _)| n == name).map(|(_, v)| v).collect();
                    compare("form", name, &json!(texts(given)), &json!(of));
                }
            }
            (Some(Value::String(_)) | None, _) => {}
            (Some(given), came) => compare("body", "body", given, came),
        }
        found
    }
}

fn query_value(made: &mut Generator, parameter: &Value) -> Value {
    let example = parameter.get("example").filter(|_| made.style == Style::Examples);
    let schema = parameter["schema"].clone();
    let fitting = example.filter(|e| made.schemas.faults(&schema, e).is_empty());
    let value = fitting.cloned().unwrap_or_else(|| made.value(&schema, 1));
    // A list without elements leaves no trace in a query, nor does a comma inside one of them survive.
    match value {
        Value::Array(items) if items.is_empty() => json!([made.value(&schema["items"], 2)]),
        other => other,
    }
}

/// A value as it travels in a query or a form.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

fn flatten(name: &str, value: &Value, out: &mut Map<String, Value>) {
    match value {
        Value::Object(fields) if !fields.is_empty() && !fields.keys().any(|k| k.contains('.')) => {
            for (field, inner) in fields {
                flatten(&format!("{name}.{field}"), inner, out);
            }
        }
        other => drop(out.insert(name.to_owned(), other.clone())),
    }
}
