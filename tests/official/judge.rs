//! Holds a request against the operation it is meant for.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::schema::Schemas;
use crate::sent::{Sent, SentBody};
use crate::spec::{Spec, SpecOperation, variable};

/// Everything in a request that the official files do not allow.
pub fn faults(spec: &Spec, sent: &Sent) -> Vec<String> {
    let Some(operation) = spec.operation(&sent.method, &sent.path, sent.version()) else {
        return vec![format!("{} {} is in no official file", sent.method, sent.path)];
    };
    let judge = Judge { operation, schemas: spec.schemas(operation) };
    let mut faults = judge.path(sent);
    faults.extend(judge.query(sent));
    faults.extend(judge.headers(sent));
    faults.extend(judge.body(&sent.body));
    faults
}

/// The values of the path's variables, decoded.
pub fn path_values(operation: &SpecOperation, path: &str) -> Vec<(String, String)> {
    let pairs = operation.path.split('/').zip(path.split('/'));
    pairs
        .filter_map(|(wanted, came)| {
            variable(wanted).map(|name| (name.to_owned(), percent_decode_str(came).decode_utf8_lossy().into_owned()))
        })
        .collect()
}

/// The values that a query gives a parameter: an array that is not exploded is one text with commas.
pub fn query_values(parameter: &Value, name: &str, query: &[(String, String)]) -> Vec<String> {
    let own = query.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str());
    let joined = parameter["explode"] == json!(false);
    own.flat_map(|text| if joined { text.split(',').collect() } else { vec![text] }).map(str::to_owned).collect()
}

struct Judge<'a> {
    operation: &'a SpecOperation,
    schemas: &'a Schemas,
}

impl Judge<'_> {
    fn path(&self, sent: &Sent) -> Vec<String> {
        let fault = |(name, came): (String, String)| {
            let declared = self.operation.declared("path").find(|(n, _)| *n == name);
            declared.map_or_else(Vec::new, |(_, p)| self.texts(&name, p, &[came]))
        };
        path_values(self.operation, &sent.path).into_iter().flat_map(fault).collect()
    }

    fn query(&self, sent: &Sent) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, _) in &sent.query {
            if !self.operation.declared("query").any(|(n, _)| n == name) {
                faults.push(format!("query `{name}` is not declared"));
            }
        }
        for (name, parameter) in self.operation.declared("query") {
            let values = query_values(parameter, name, &sent.query);
            let told = sent.query.iter().filter(|(n, _)| n == name).count();
            if told > 1 && parameter["explode"] == json!(false) {
                faults.push(format!("query `{name}` is sent {told} times"));
            }
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
        let schema = parameter["schema"].clone();
        let value = match (self.schemas.type_of(&schema).as_deref(), values) {
            (Some("array"), _) => values.iter().map(|v| self.typed(&schema["items"], v)).collect(),
            (_, [value]) => self.typed(&schema, value),
            _ => return vec![format!("`{name}` is sent {} times", values.len())],
        };
        self.schemas.faults(&schema, &value).into_iter().map(|fault| format!("`{name}`: {fault}")).collect()
    }

    fn typed(&self, schema: &Value, text: &str) -> Value {
        match self.schemas.type_of(schema).as_deref() {
            Some("number" | "integer" | "boolean" | "object") => {
                serde_json::from_str(text).unwrap_or_else(|_| text.into())
            }
            _ => text.into(),
        }
    }

    fn headers(&self, sent: &Sent) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, parameter) in self.operation.declared("header").filter(|(n, _)| *n != "Authorization") {
            match sent.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)) {
                Some((_, value)) => faults.extend(self.texts(name, parameter, std::slice::from_ref(value))),
                None if parameter["required"] == json!(true) => faults.push(format!("header `{name}` is required")),
                None => {}
            }
        }
        let usual = ["accept", "accept-encoding", "content-type", "content-length", "host", "user-agent", "version"];
        let usual = |name: &str| usual.iter().any(|u| name.eq_ignore_ascii_case(u)) || name == "authorization";
        for (name, _) in sent.headers.iter().filter(|(n, _)| !usual(n)) {
            if !self.operation.declared("header").any(|(n, _)| n.eq_ignore_ascii_case(name)) {
                faults.push(format!("header `{name}` is not declared"));
            }
        }
        faults
    }

    fn body(&self, sent: &SentBody) -> Vec<String> {
        let Some(declared) = &self.operation.body else {
            return match sent {
                SentBody::None => Vec::new(),
                SentBody::Json(json) if *json == json!({}) => Vec::new(),
                other => vec![format!("no body is declared: {other:?}")],
            };
        };
        match sent {
            SentBody::None if declared["required"] == json!(true) => return vec!["a body is required".to_owned()],
            SentBody::None => return Vec::new(),
            SentBody::Broken(why) => return vec![format!("the body cannot be read: {why}")],
            _ => {}
        }
        let kind = sent.content_type();
        let content = declared["content"].as_object();
        let Some(media) = content.and_then(|all| all.get(kind)) else {
            let known: Vec<&String> = content.into_iter().flat_map(|all| all.keys()).collect();
            return vec![format!("the body is {kind}; declared are {known:?}")];
        };
        let faults = self.schemas.faults(&media["schema"], &self.fields(sent, &media["schema"]));
        faults.into_iter().map(|fault| format!("body: {fault}")).collect()
    }

    /// A body as its schema sees it: the fields of a form have types, and those that are repeated are lists.
    fn fields(&self, body: &SentBody, schema: &Value) -> Value {
        let pairs = match body {
            SentBody::Json(json) => return json.clone(),
            SentBody::Form(fields) | SentBody::Multipart(fields) => fields,
            SentBody::None | SentBody::Broken(_) => return Value::Null,
        };
        let declared = self.schemas.properties(schema);
        let mut out = Map::new();
        for (name, text) in pairs {
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
