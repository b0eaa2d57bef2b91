//! Holds a request against the operation it is meant for.

use percent_encoding::percent_decode_str;
use sayso::request::{Body, Draft, Part};
use serde_json::{Map, Value, json};

use crate::schema::Schemas;
use crate::spec::{Spec, SpecOperation};

/// Everything in a request that the official files do not allow.
pub fn faults(spec: &Spec, draft: &Draft) -> Vec<String> {
    let Some(operation) = spec.operation(draft.method.as_str(), &draft.shape) else {
        return vec![format!("{} {} is in no official file", draft.method.as_str(), draft.shape)];
    };
    let judge = Judge { operation, schemas: spec.schemas(operation) };
    let mut faults = judge.path(draft);
    faults.extend(judge.query(draft));
    faults.extend(judge.headers(draft));
    faults.extend(judge.body(draft.body.as_ref()));
    faults
}

struct Judge<'a> {
    operation: &'a SpecOperation,
    schemas: &'a Schemas,
}

impl Judge<'_> {
    fn declared<'b>(&'b self, place: &'b str) -> impl Iterator<Item = (&'b str, &'b Value)> {
        let here = self.operation.params.iter().filter(move |p| p["in"] == place);
        here.filter_map(|p| p["name"].as_str().map(|name| (name, p)))
    }

    fn path(&self, draft: &Draft) -> Vec<String> {
        let (template, sent) = (self.operation.path.split('/'), draft.path.split('/'));
        if template.clone().count() != sent.clone().count() {
            return vec![format!("{} does not fit {}", draft.path, self.operation.path)];
        }
        let mut faults = Vec::new();
        for (wanted, came) in template.zip(sent) {
            let came = percent_decode_str(came).decode_utf8_lossy();
            match wanted.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
                None if wanted == came => {}
                None => faults.push(format!("{} does not fit {}", draft.path, self.operation.path)),
                Some(name) => {
                    let declared = self.declared("path").find(|(n, _)| *n == name);
                    faults.extend(declared.iter().flat_map(|(_, p)| self.texts(name, p, &[came.to_string()])));
                }
            }
        }
        faults
    }

    fn query(&self, draft: &Draft) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, _) in &draft.query {
            if !self.declared("query").any(|(n, _)| n == name) {
                faults.push(format!("query `{name}` is not declared"));
            }
        }
        for (name, parameter) in self.declared("query") {
            let values: Vec<String> =
                draft.query.iter().filter(|(n, _)| n == name).map(|(_, value)| value.clone()).collect();
            if !values.is_empty() {
                faults.extend(self.texts(name, parameter, &values));
            } else if parameter["required"] == json!(true) {
                faults.push(format!("query `{name}` is required"));
            }
        }
        faults
    }

    /// Values that travel as text, read as the type that is declared for them.
    fn texts(&self, name: &str, parameter: &Value, values: &[String]) -> Vec<String> {
        let schema = &parameter["schema"];
        let joined = parameter["explode"] == json!(false);
        let value = match (self.schemas.type_of(schema).as_deref(), values) {
            (Some("array"), [one]) if joined => one.split(',').map(|v| self.typed(&schema["items"], v)).collect(),
            (Some("array"), _) => values.iter().map(|v| self.typed(&schema["items"], v)).collect(),
            (_, [value]) => self.typed(schema, value),
            _ => return vec![format!("`{name}` is sent {} times", values.len())],
        };
        self.schemas.faults(schema, &value).into_iter().map(|fault| format!("`{name}`: {fault}")).collect()
    }

    fn typed(&self, schema: &Value, text: &str) -> Value {
        match self.schemas.type_of(schema).as_deref() {
            Some("number" | "integer" | "boolean" | "object") => {
                serde_json::from_str(text).unwrap_or_else(|_| text.into())
            }
            _ => text.into(),
        }
    }

    fn headers(&self, draft: &Draft) -> Vec<String> {
        let usual = ["Accept", "Content-Type"];
        let mut faults = Vec::new();
        for (name, parameter) in self.declared("header").filter(|(n, _)| *n != "Authorization") {
            match draft.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)) {
                Some((_, value)) => faults.extend(self.texts(name, parameter, std::slice::from_ref(value))),
                None if parameter["required"] == json!(true) => faults.push(format!("header `{name}` is required")),
                None => {}
            }
        }
        for (name, _) in draft.headers.iter().filter(|(n, _)| !usual.contains(&n.as_str()) && n != "Version") {
            if !self.declared("header").any(|(n, _)| n.eq_ignore_ascii_case(name)) {
                faults.push(format!("header `{name}` is not declared"));
            }
        }
        faults
    }

    fn body(&self, sent: Option<&Body>) -> Vec<String> {
        let empty = |body: &Body| body.to_json() == json!({});
        let Some(declared) = &self.operation.body else {
            return sent
                .filter(|b| !empty(b))
                .map(|b| format!("no body is declared: {}", b.to_json()))
                .into_iter()
                .collect();
        };
        let Some(body) = sent else {
            let required = declared["required"] == json!(true);
            return required.then(|| "a body is required".to_owned()).into_iter().collect();
        };
        let kind = match body {
            Body::Json(_) => "application/json",
            Body::Form(_) => "application/x-www-form-urlencoded",
            Body::Multipart(_) => "multipart/form-data",
        };
        let content = declared["content"].as_object();
        let Some(media) = content.and_then(|all| all.get(kind)) else {
            let known: Vec<&String> = content.into_iter().flat_map(|all| all.keys()).collect();
            return vec![format!("the body is {kind}; declared are {known:?}")];
        };
        let faults = self.schemas.faults(&media["schema"], &self.fields(body, &media["schema"]));
        faults.into_iter().map(|fault| format!("body: {fault}")).collect()
    }

    /// A body as its schema sees it: the fields of a form have types, and those that are repeated are lists.
    fn fields(&self, body: &Body, schema: &Value) -> Value {
        let pairs: Vec<(String, String)> = match body {
            Body::Json(json) => return json.clone(),
            Body::Form(fields) => fields.clone(),
            Body::Multipart(parts) => parts.iter().map(pair).collect(),
        };
        let declared = self.schemas.properties(schema);
        let mut out = Map::new();
        for (name, text) in &pairs {
            let own = declared.get(name).cloned().unwrap_or_default();
            if self.schemas.type_of(&own).as_deref() == Some("array") {
                let items = out.entry(name).or_insert_with(|| json!([]));
                items.as_array_mut().expect("a list").push(self.typed(&own["items"], text));
            } else {
                out.insert(name.clone(), self.typed(&own, text));
            }
        }
        Value::Object(out)
    }
}

fn pair(part: &Part) -> (String, String) {
    let (Part::Text(name, text) | Part::File(name, text)) = part;
    (name.clone(), text.clone())
}
