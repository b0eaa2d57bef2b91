use super::wording::fold;
use super::{Made, PlannedStep};
use crate::catalog::{Catalog, Kind, Method, Operation};
use crate::intent::Value;

/// Moves look-ups that name what an earlier step of the same line makes ("create Jane Doe and tag Jane Doe as vip")
/// over to the records made.
pub(super) fn refer_back(step: &mut PlannedStep, earlier: &[PlannedStep], catalog: &Catalog) {
    let service = &catalog.operation(step.operation).service;
    let lookups = std::mem::take(&mut step.lookups);
    for lookup in lookups {
        let maker = earlier.iter().rposition(|e| {
            let operation = catalog.operation(e.operation);
            operation.service == *service && makes(operation, &lookup.resource) && is_named(e, &fold(&lookup.text))
        });
        match maker {
            Some(at) if !lookup.mode.by_name() => step.made.push(Made { slot: lookup.slot, step: at }),
            _ => step.lookups.push(lookup),
        }
    }
}

/// Whether it answers with a new record of that kind: a POST that is not an act on one that is there.
fn makes(operation: &Operation, resource: &str) -> bool {
    let returns = operation.returns.as_ref();
    let acts_on_one = operation
        .params
        .iter()
        .any(|p| matches!(&p.kind, Kind::Entity(name) if name == resource) && p.required && !p.many);
    operation.method == Method::Post
        && !operation.reads()
        && !acts_on_one
        && returns.is_some_and(|r| !r.many && r.resource.as_deref() == Some(resource))
}

fn is_named(step: &PlannedStep, wanted: &str) -> bool {
    let texts: Vec<String> = step
        .arguments
        .iter()
        .filter_map(|b| match &b.value {
            Value::Text(text) | Value::Given(serde_json::Value::String(text)) => Some(fold(text)),
            _ => None,
        })
        .collect();
    texts.iter().any(|t| t == wanted)
        || texts.iter().any(|first| {
            let rest = wanted.strip_prefix(first.as_str()).and_then(|rest| rest.strip_prefix(' '));
            rest.is_some_and(|rest| texts.iter().any(|last| last == rest))
        })
}
