use serde_json::{Map, Value as Json, json};

use crate::catalog::Catalog;
use crate::intent::{Step, Value};

/// What has to be the same for every row: operations, parameters, and what their values are made of. The values
/// themselves may differ.
pub(super) fn shape(steps: &[Step], catalog: &Catalog) -> String {
    let of_step = |step: &Step| {
        let params: Map<String, Json> =
            step.arguments.iter().map(|argument| (argument.name.clone(), of_value(&argument.value))).collect();
        json!([catalog.name(step.operation), params, step.confirm])
    };
    Json::Array(steps.iter().map(of_step).collect()).to_string()
}

fn of_value(value: &Value) -> Json {
    match value {
        Value::List(items) => Json::Array(items.iter().map(of_value).collect()),
        Value::Map(fields) => {
            Json::Object(fields.iter().map(|(name, value)| (name.clone(), of_value(value))).collect())
        }
        _ => Json::Null,
    }
}

/// What tells two shapes apart, for people.
pub(super) fn difference(wanted: &str, found: &str) -> String {
    let parse = |text: &str| serde_json::from_str::<Json>(text).unwrap_or_default();
    let (wanted, found) = (parse(wanted), parse(found));
    let names = |shape: &Json| -> Vec<String> {
        shape.as_array().into_iter().flatten().filter_map(|step| Some(step[0].as_str()?.to_owned())).collect()
    };
    if names(&wanted) != names(&found) {
        let (one, other) = (names(&found).join(", "), names(&wanted).join(", "));
        return format!("it reads as `{one}`, the rows before as `{other}`");
    }
    let params = |shape: &Json| -> Vec<String> {
        let steps = shape.as_array().into_iter().flatten();
        steps.filter_map(|step| step[1].as_object()).flat_map(|params| params.keys().cloned()).collect()
    };
    let (one, other) = (params(&found).join(", "), params(&wanted).join(", "));
    if one == other {
        return "its values are made up differently from those of the rows before".to_owned();
    }
    format!("it gives {one}, the rows before {other}")
}
