use serde_json::{Map, Value, json};

use super::read::{array, object, text};
use crate::catalog::Method;

/// Turns a description of `OpenAPI` 2.0 ("Swagger") into one of 3.0, in place. Anything else is left as it is.
///
/// Only what [`super::Spec`] tells is carried over.
pub(super) fn upgrade(root: &mut Value) {
    let is_two = match &root["swagger"] {
        Value::String(version) => version.starts_with('2'),
        Value::Number(version) => version.as_f64().is_some_and(|version| (2.0..3.0).contains(&version)),
        _ => false,
    };
    if !is_two || !root.is_object() {
        return;
    }
    let servers = servers(root);
    let components = json!({
        "schemas": renamed(&root["definitions"]),
        "parameters": renamed(&root["parameters"]),
        "responses": responses(&renamed(&root["responses"]), root),
        "securitySchemes": schemes(&root["securityDefinitions"]),
    });
    let paths: Map<String, Value> =
        object(&root["paths"]).map(|(path, item)| (path.clone(), self::item(item, root))).collect();
    root["openapi"] = json!("3.0.0");
    root["servers"] = servers;
    root["components"] = components;
    root["paths"] = Value::Object(paths);
}

fn servers(root: &Value) -> Value {
    let base = text(&root["basePath"]);
    let host = text(&root["host"]);
    if host.is_empty() {
        return if base.is_empty() { json!([]) } else { json!([{"url": base}]) };
    }
    let secure = array(&root["schemes"]).any(|scheme| scheme == "https") || !root["schemes"].is_array();
    let scheme = if secure { "https" } else { "http" };
    json!([{"url": format!("{scheme}://{host}{base}")}])
}

fn schemes(definitions: &Value) -> Value {
    let one = |(name, scheme): (&String, &Value)| {
        let mut scheme = scheme.clone();
        if scheme["type"] == "basic" {
            scheme["type"] = json!("http");
            scheme["scheme"] = json!("basic");
        }
        (name.clone(), scheme)
    };
    Value::Object(object(definitions).map(one).collect())
}

fn item(item: &Value, root: &Value) -> Value {
    let one = |(key, value): (&String, &Value)| {
        let method = Method::ALL.into_iter().any(|method| method.as_str().eq_ignore_ascii_case(key));
        let value = if method && value.is_object() { operation(value, item, root) } else { renamed(value) };
        let value = if key == "parameters" { plain_parameters(&value, root).0.into() } else { value };
        (key.clone(), value)
    };
    Value::Object(object(item).map(one).collect())
}

fn operation(operation: &Value, item: &Value, root: &Value) -> Value {
    let mut out = renamed(operation);
    let shared = plain_parameters(&renamed(&item["parameters"]), root).1;
    let (params, own) = plain_parameters(&out["parameters"], root);
    let consumes = types(operation, root, "consumes");
    out["parameters"] = params.into();
    let in_body: Vec<Value> = shared.into_iter().chain(own).collect();
    if let Some(body) = body(&in_body, &consumes) {
        out["requestBody"] = body;
    }
    out["responses"] = responses(&out["responses"], root);
    out
}

/// The parameters that stay parameters, and those that make up the body.
fn plain_parameters(params: &Value, root: &Value) -> (Vec<Value>, Vec<Value>) {
    let target = |param: &Value| {
        let reference = param["$ref"].as_str()?;
        root["parameters"].get(reference.rsplit('/').next()?).map(renamed)
    };
    let all: Vec<Value> = array(params).map(|param| target(param).unwrap_or_else(|| param.clone())).collect();
    let (body, rest): (Vec<Value>, Vec<Value>) =
        all.into_iter().partition(|param| param["in"] == "body" || param["in"] == "formData");
    (rest.into_iter().map(with_schema).collect(), body)
}

/// What describes the value stands beside the name in 2.0, and under `schema` in 3.0.
fn with_schema(mut param: Value) -> Value {
    if param.get("schema").is_none()
        && let Some(fields) = param.as_object()
    {
        let outside = ["name", "in", "required", "description", "$ref"];
        let schema: Map<String, Value> = fields
            .iter()
            .filter(|(key, _)| !outside.contains(&key.as_str()))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        param["schema"] = Value::Object(schema);
    }
    param
}

fn body(params: &[Value], consumes: &[String]) -> Option<Value> {
    if let Some(whole) = params.iter().find(|param| param["in"] == "body") {
        let kind = consumes.first().map_or("application/json", String::as_str);
        let schema = whole.get("schema").cloned().unwrap_or_else(|| json!({}));
        return Some(json!({"required": whole["required"], "content": {kind: {"schema": schema}}}));
    }
    if params.is_empty() {
        return None;
    }
    let has_file = params.iter().any(|param| param["type"] == "file");
    let multipart = has_file || consumes.iter().any(|kind| kind.starts_with("multipart/"));
    let kind = if multipart { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
    let named = || params.iter().map(|param| (text(&param["name"]), param));
    let properties: Map<String, Value> = named()
        .map(|(name, param)| {
            let mut schema = with_schema(param.clone())["schema"].clone();
            if let (Some(fields), Some(description)) = (schema.as_object_mut(), param.get("description")) {
                fields.insert("description".to_owned(), description.clone());
            }
            (name, schema)
        })
        .collect();
    let needed: Vec<String> =
        named().filter(|(_, param)| param["required"] == Value::Bool(true)).map(|(name, _)| name).collect();
    let schema = json!({"type": "object", "properties": properties, "required": needed});
    Some(json!({"required": !needed.is_empty(), "content": {kind: {"schema": schema}}}))
}

fn types(operation: &Value, root: &Value, key: &str) -> Vec<String> {
    let own = operation.get(key).or_else(|| root.get(key));
    array(own.unwrap_or(&Value::Null)).map(text).collect()
}

fn responses(responses: &Value, root: &Value) -> Value {
    let kind =
        types(&Value::Null, root, "produces").into_iter().next().unwrap_or_else(|| "application/json".to_owned());
    let one = |(status, response): (&String, &Value)| {
        let mut response = response.clone();
        if let Some(schema) = response.get("schema").cloned() {
            response["content"] = json!({kind.as_str(): {"schema": schema}});
        }
        (status.clone(), response)
    };
    Value::Object(object(responses).map(one).collect())
}

/// The same with references to where things stand in 3.0.
fn renamed(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let one = |(key, value): (&String, &Value)| {
                let value = match value {
                    Value::String(reference) if key == "$ref" => Value::String(moved(reference)),
                    other => renamed(other),
                };
                (key.clone(), value)
            };
            Value::Object(fields.iter().map(one).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(renamed).collect()),
        other => other.clone(),
    }
}

fn moved(reference: &str) -> String {
    let pairs = [("#/definitions/", "schemas"), ("#/parameters/", "parameters"), ("#/responses/", "responses")];
    for (old, new) in pairs {
        if let Some((file, name)) = reference.split_once(old) {
            return format!("{file}#/components/{new}/{name}");
        }
    }
    reference.to_owned()
}
