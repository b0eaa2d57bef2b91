use std::sync::Arc;

use serde_json::Value;

use crate::catalog::{Operation, Service};
use crate::execute::report::only_list;
use crate::execute::{Records, Shown};
use crate::plan::{dotted, label_of};

/// The records of an answer.
pub(super) fn records_of(operation: &Operation, body: &Arc<Value>) -> Records {
    Records::within(body, operation.returns.as_ref())
}

/// Whether an answer has the list that an operation gives, be it empty. One without may come from something else that
/// stands in the way, or hide an error.
pub(super) fn has_list(operation: &Operation, body: &Value) -> bool {
    let at = operation.returns.as_ref().and_then(|returns| dotted(body, &returns.at));
    at.is_some_and(Value::is_array) || only_list(body).is_some()
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
pub(in crate::execute) fn shown(operation: &Operation, service: &Service, records: Records) -> Option<Shown> {
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
