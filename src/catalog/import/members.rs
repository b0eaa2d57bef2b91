//! What a request puts to a record or takes from it, by the body: `{"shipment_ids": […]}` of `/batches/{id}/add`.

use crate::catalog::openapi::{SpecKind, SpecOperation};

use super::act::noun_of_variable;
use super::english::words;

/// The noun of the first ids that a body has.
pub(super) fn put(operation: &SpecOperation) -> Option<Vec<String>> {
    let body = operation.body.as_ref()?;
    let fields = body.schema.fields();
    let ids = |name: &str| {
        let spoken = words(name);
        spoken.len() > 1 && spoken.last().is_some_and(|last| matches!(last.as_str(), "id" | "ids"))
    };
    let (name, ..) = fields.iter().find(|(name, field, _)| ids(name) && field.kind == SpecKind::Array)?;
    Some(noun_of_variable(name)).filter(|noun| !noun.is_empty())
}
