use crate::catalog::keys::SETTLE;
use crate::catalog::yaml::{Fields, Node, Report, suggest};
use crate::catalog::{Operation, Parameter, Settle};

use super::merge::Merged;
use super::scope::Scope;
use super::service::pairs;

/// Reads how to find out whether the operation of that name was done.
pub(super) fn settle(node: &Node, name: &str, params: &[Parameter], scope: &Scope, report: &mut Report) -> Settle {
    let fields = Fields::new(node, &SETTLE, format!("`settle` of operation `{name}`"), report);
    let operation = fields.text("operation", report).unwrap_or_default();
    match fields.get("operation") {
        Some(node) => scope.known.operation(&operation, node.span, report),
        None => fields.missing("operation", report),
    }
    let settle = Settle {
        operation,
        with: sources(&fields, "with", params, report),
        matches: sources(&fields, "match", params, report),
        made: fields.text("made", report),
    };
    if settle.matches.is_empty() {
        fields.missing("match", report);
    }
    fields.finish(report);
    settle
}

/// A map whose values are parameters of the operation.
fn sources(fields: &Fields, key: &'static str, params: &[Parameter], report: &mut Report) -> Vec<(String, String)> {
    let Some(node) = fields.get(key) else { return Vec::new() };
    let found = pairs(node, &format!("`{key}` of `settle`"), report);
    let names: Vec<&str> = params.iter().map(|p| p.name.as_str()).collect();
    for (key, source) in &found {
        if !names.contains(&source.as_str()) {
            let span = node.get(key).unwrap_or(node).span;
            report.error(span, format!("`{source}` is not a parameter of the operation"), "");
            suggest(source, &names, "the parameters are", report);
        }
    }
    found
}

/// Once every operation is read: a look-up only reads, and takes the parameters that it is given.
pub(super) fn check_settles(merged: &Merged, operations: &[Operation], report: &mut Report) {
    for given in merged.services.iter().flat_map(|service| &service.operations) {
        let Some(node) = given.node.get("settle") else { continue };
        let Some(operation) = operations.iter().find(|o| o.name == given.key.text) else { continue };
        let Some(settle) = &operation.settle else { continue };
        let Some(look_up) = operations.iter().find(|o| o.name == settle.operation) else { continue };
        let span = node.get("operation").unwrap_or(node).span;
        if !look_up.reads() || look_up.service != operation.service {
            report.error(span, format!("`{}` is not a read of the same service", look_up.name), "");
        }
        let params: Vec<&str> = look_up.params.iter().map(|p| p.name.as_str()).collect();
        for (key, _) in node.get("with").map_or(&[][..], Node::entries) {
            if look_up.param(&key.text).is_none() {
                report.error(key.span, format!("`{}` has no parameter `{}`", look_up.name, key.text), "");
                suggest(&key.text, &params, "its parameters are", report);
            }
        }
        let filled =
            |p: &Parameter| settle.with.iter().any(|(name, _)| *name == p.name) || operation.param(&p.name).is_some();
        let open = |p: &&Parameter| p.required && !p.supplied && p.default.is_none() && !filled(p);
        if let Some(open) = look_up.params.iter().find(open) {
            report.error(span, format!("nothing fills `{}` of `{}`", open.name, look_up.name), "");
            report.help(format!("say where it comes from: `with: {{{}: PARAMETER}}`", open.name));
        }
    }
}
