use std::sync::Arc;

use serde_json::Value;

use crate::catalog::{Operation, Service};
use crate::execute::Shown;
use crate::plan::{dotted, label_of};

/// The records of an answer: the list or the one record at the catalog's place, or the body when the catalog names none.
pub(super) fn records_of(operation: &Operation, body: &Value) -> Vec<Value> {
    let Some(returns) = &operation.returns else {
        return if body.is_null() { Vec::new() } else { vec![body.clone()] };
    };
    let found = dotted(body, &returns.at).filter(|v| !v.is_null());
    match (found, returns.many) {
        (Some(Value::Array(items)), true) => items.clone(),
        (Some(one), _) => vec![one.clone()],
        (None, true) => only_list(body).cloned().unwrap_or_default(),
        (None, false) if body.is_object() => vec![body.clone()],
        (None, false) => Vec::new(),
    }
}

/// Whether an answer has the list that an operation gives, be it empty. One without may come from something else that
/// stands in the way, or hide an error.
pub(super) fn has_list(operation: &Operation, body: &Value) -> bool {
    let at = operation.returns.as_ref().and_then(|returns| dotted(body, &returns.at));
    at.is_some_and(Value::is_array) || only_list(body).is_some()
}

/// Documents and answers do not always agree on the key; a body with one list in it leaves no doubt.
fn only_list(body: &Value) -> Option<&Vec<Value>> {
    match body {
        Value::Array(items) => Some(items),
        Value::Object(fields) => {
            let mut lists = fields.values().filter_map(Value::as_array);
            lists.next().filter(|_| lists.next().is_none())
        }
        _ => None,
    }
}

/// How many records there are in all, when the answer tells.
pub(super) fn total_of(body: &Value) -> Option<u64> {
    /// Keys that tell it, the first that is there before the others. One of them holds an object that tells it.
    const PLACES: [&str; 5] = ["total", "meta", "totalCount", "total_count", "count"];
    let told = |(key, value): (&String, &Value)| {
        let nth = PLACES.iter().position(|place| place == key)?;
        let value = if PLACES[nth] == "meta" { value.get("total")? } else { value };
        Some((nth, value.as_u64()?))
    };
    let (_, total) = body.as_object()?.iter().filter_map(told).min_by_key(|(nth, _)| *nth)?;
    Some(total)
}

/// The records as an answer shows them.
pub(in crate::execute) fn shown(operation: &Operation, service: &Service, records: Vec<Value>) -> Option<Shown> {
    let returns = operation.returns.as_ref();
    if records.is_empty() && !returns.is_some_and(|r| r.many) {
        return None;
    }
    let resource = returns.and_then(|r| r.resource.as_deref()).and_then(|name| service.resource(name));
    Some(Shown {
        labels: records.iter().map(|r| resource.map_or_else(String::new, |resource| label_of(resource, r))).collect(),
        count: records.len(),
        records,
        many: returns.is_some_and(|r| r.many),
        resource: resource.map(|r| r.name.clone()),
        columns: resource.map(|r| Arc::clone(&r.columns)).unwrap_or_default(),
        total: None,
        more: false,
    })
}
