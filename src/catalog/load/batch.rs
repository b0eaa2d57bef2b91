use crate::catalog::keys::BATCH;
use crate::catalog::yaml::{Fields, Node, Report, literal, suggest};
use crate::catalog::{Batch, Operation};

use super::merge::Merged;
use super::scope::Scope;
use super::service::pairs;

/// Records at once where `most` is not said.
const USUAL: usize = 100;

/// Reads which operation does for many records what the operation of that name does for one.
pub(super) fn batch(node: &Node, name: &str, scope: &Scope, report: &mut Report) -> Batch {
    let fields = Fields::new(node, &BATCH, format!("`batch` of operation `{name}`"), report);
    let operation = fields.text("operation", report);
    if let (Some(operation), Some(node)) = (&operation, fields.get("operation")) {
        scope.known.operation(operation, node.span, report);
    }
    let records = fields.text("records", report);
    if records.is_none() {
        fields.missing("records", report);
    }
    let fixed = fields.get("fixed").map_or(&[][..], Node::entries);
    let batch = Batch {
        operation: operation.unwrap_or_else(|| name.to_owned()),
        records: records.unwrap_or_default(),
        most: fields.number("most", report).unwrap_or(USUAL).max(1),
        with: fields.get("with").map_or_else(Vec::new, |node| pairs(node, "`with` of `batch`", report)),
        fixed: fixed.iter().map(|(name, node)| (name.text.clone(), literal(node))).collect(),
        done: fields.text("done", report),
    };
    fields.finish(report);
    batch
}

/// Once every operation is read: the parameters that are named are there, and the records are a list.
pub(super) fn check_batches(merged: &Merged, operations: &[Operation], report: &mut Report) {
    for given in merged.services.iter().flat_map(|service| &service.operations) {
        let Some(node) = given.node.get("batch") else { continue };
        let Some(operation) = operations.iter().find(|o| o.name == given.key.text) else { continue };
        let Some(batch) = &operation.batch else { continue };
        let Some(many) = operations.iter().find(|o| o.name == batch.operation) else { continue };
        let of_many = |name: &str| many.param(name).is_some();
        let of_one = |name: &str| operation.param(name).is_some();
        let mut named = vec![(batch.records.as_str(), many, of_many(&batch.records))];
        named.extend(batch.fixed.iter().map(|(name, _)| (name.as_str(), many, of_many(name))));
        named.extend(batch.with.iter().map(|(name, _)| (name.as_str(), many, of_many(name))));
        named.extend(batch.with.iter().map(|(_, from)| (from.as_str(), operation, of_one(from))));
        for (name, owner, _) in named.into_iter().filter(|(name, _, known)| !known && !name.is_empty()) {
            let params: Vec<&str> = owner.params.iter().map(|p| p.name.as_str()).collect();
            report.error(node.span, format!("`{}` has no parameter `{name}`", owner.name), "");
            suggest(name, &params, "its parameters are", report);
        }
        if many.param(&batch.records).is_some_and(|param| !param.many) {
            report.error(node.span, format!("`{}` of `{}` takes no list", batch.records, many.name), "");
        }
    }
}
