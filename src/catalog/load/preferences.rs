use rustc_hash::FxHashMap;

use crate::catalog::yaml::{Node, Report};
use crate::catalog::{Lifecycle, Operation};

use super::merge::{Merged, MergedOperation};

/// Once every operation is read: a preference must decide something, and never for what should no longer be used.
pub(super) fn check_preferences(merged: &Merged, operations: &[Operation], report: &mut Report) {
    let by_name: FxHashMap<&str, &Operation> = operations.iter().map(|op| (op.name.as_str(), op)).collect();
    for given in merged.services.iter().flat_map(|service| &service.operations) {
        let Some(op) = by_name.get(given.key.text.as_str()) else { continue };
        for (node, over) in preferred(given).filter_map(|node| Some((node, by_name.get(node.text()?)?))) {
            check(op, over, node, report);
        }
    }
}

fn preferred(given: &MergedOperation) -> impl Iterator<Item = &Node> {
    let node = given.node.get("prefer_over");
    let items = node.map_or(&[][..], Node::items).iter();
    node.into_iter().filter(|node| node.text().is_some()).chain(items)
}

fn check(op: &Operation, over: &Operation, node: &Node, report: &mut Report) {
    if op.name == over.name {
        report.error(node.span, format!("`{}` is preferred over itself", op.name), "");
        report.help("name the operation that it is mistaken for");
    } else if over.prefer_over.contains(&op.name) {
        report.error(node.span, format!("`{}` and `{}` are each preferred over the other", op.name, over.name), "");
        report.help("leave one of the two preferences out");
    } else if op.lifecycle != Lifecycle::Official && over.lifecycle == Lifecycle::Official {
        let which = if op.lifecycle == Lifecycle::Deprecated { "deprecated" } else { "undocumented" };
        let message = format!("`{}` is {which} and cannot be preferred over `{}`, which is not", op.name, over.name);
        report.error(node.span, message, "");
        report.help("give it `keys` by which it can still be asked for");
    }
}
