//! Operations as they are in another version of their API: what differs, laid over the operation. Only what is sent may
//! differ, so that the same words ask for both.

use std::mem;

use crate::catalog::keys::VARIANT;
use crate::catalog::yaml::{Fields, Key, Node, Report, Span, Value, suggest, wrong};
use crate::catalog::{OpId, Operation, ServiceVariant, VariantOperations};

use super::merge::{MergedOperation, MergedService, operation_over};
use super::operation::operation;
use super::rename::renamed;
use super::scope::Scope;

/// Reads the variants of a service whose operations were read without a mistake; `first` is the position of the first of
/// them in the catalog.
pub(super) fn variants(
    part: &MergedService,
    operations: &[Operation],
    first: usize,
    scope: &mut Scope,
    report: &mut Report,
) -> Vec<VariantOperations> {
    let mut found = Vec::new();
    for declared in scope.variants.iter().cloned() {
        let mut list = Vec::new();
        for (at, (given, base)) in part.operations.iter().zip(operations).enumerate() {
            let Some(node) = given.node.get("variants").and_then(|all| all.get(&declared.name)) else { continue };
            let own = (node.text() != Some("none")).then(|| variant(given, base, node, scope, report)).flatten();
            let own = own.map(|own| match declared.version_of(&own) {
                Some(version) if node.get("version").is_none() => Operation { version: Some(version.clone()), ..own },
                _ => own,
            });
            list.push((OpId(u32::try_from(first + at).unwrap_or(u32::MAX)), own));
        }
        found.push(VariantOperations { name: declared.name, operations: list });
    }
    found
}

/// Reports groups that no operation is in.
pub(super) fn check_groups(declared: &[ServiceVariant], part: &MergedService, root: &Node, report: &mut Report) {
    for variant in declared {
        let node = root.get("variants").and_then(|all| all.get(&variant.name)).and_then(|node| node.get("keep"));
        for name in &variant.keep {
            check_group(name, node.map_or(root.span, |node| node.span), part, report);
        }
    }
}

/// Reports a group that holds no operation.
pub(super) fn check_group(name: &str, span: Span, part: &MergedService, report: &mut Report) {
    let groups: Vec<&str> = part.operations.iter().map(|operation| operation.group.as_str()).collect();
    if !groups.contains(&name) {
        report.error(span, format!("no operation is in a group `{name}`"), "");
        suggest(name, &groups, "the groups are", report);
    }
}

/// Reports what is wrong with the shape of `variants` of an operation.
pub(super) fn check_names(node: &Node, scope: &Scope, report: &mut Report) {
    if !matches!(node.value, Value::Map(_)) {
        wrong(node, "`variants`", "a map of variants", report);
    }
    let known: Vec<&str> = scope.variants.iter().map(|variant| variant.name.as_str()).collect();
    for (key, node) in node.entries() {
        if !known.contains(&key.text.as_str()) {
            report.error(key.span, format!("the service has no variant `{}`", key.text), "");
            suggest(&key.text, &known, "its variants are", report);
        }
        if node.text() != Some("none") && !matches!(node.value, Value::Map(_)) {
            wrong(node, &format!("variant `{}`", key.text), "`none` or a map", report);
        }
    }
}

fn variant(
    given: &MergedOperation,
    base: &Operation,
    node: &Node,
    scope: &mut Scope,
    report: &mut Report,
) -> Option<Operation> {
    check_keys(given, node, report);
    let dropped = without(given.node.clone(), &node_list(node, "drop"), report);
    let named = renamed(dropped, node.get("rename"), report);
    let node = operation_over(named, &only(node, &["rename", "drop"]), report);
    let own = operation(&given.with(node), scope, report)?;
    // What is said stays: the words of the catalog lead to the operation, whatever is sent.
    Some(Operation {
        verbs: base.verbs.clone(),
        own_verbs: base.own_verbs.clone(),
        objects: base.objects.clone(),
        ..own
    })
}

fn check_keys(given: &MergedOperation, node: &Node, report: &mut Report) {
    let mut node = node.clone();
    if let Value::Map(entries) = &mut node.value {
        for (key, _) in entries {
            key.text = key.text.trim_start_matches('+').to_owned();
        }
    }
    let fields = Fields::new(&node, &VARIANT, format!("a variant of `{}`", given.key.text), report);
    for key in VARIANT.keys {
        fields.get(key.name);
    }
    fields.finish(report);
}

/// The texts under a key with their places.
fn node_list(node: &Node, key: &str) -> Vec<(String, Span)> {
    let Some(node) = node.get(key) else { return Vec::new() };
    let items = if matches!(node.value, Value::List(_)) { node.items() } else { std::slice::from_ref(node) };
    items.iter().filter_map(|item| Some((item.text()?.to_owned(), item.span))).collect()
}

/// An operation without its variants and without some parameters.
fn without(mut operation: Node, dropped: &[(String, Span)], report: &mut Report) -> Node {
    let Value::Map(entries) = &mut operation.value else { return operation };
    entries.retain(|(key, _)| key.text != "variants");
    for (address, span) in dropped {
        let mut taken = false;
        for (key, node) in entries.iter_mut().filter(|(key, _)| matches!(key.text.as_str(), "params" | "fixed")) {
            let nested = key.text == "params";
            taken |= take(node, address, nested);
        }
        if !taken {
            report.error(*span, format!("no parameter under `params` is called `{address}`"), "");
            report.help("what a parameter set brings is left out by another `use`");
        }
    }
    operation
}

/// Takes a parameter out of a map of them, or a field out of one of them (`media.caption`).
fn take(params: &mut Node, address: &str, nested: bool) -> bool {
    let Value::Map(entries) = &mut params.value else { return false };
    let before = entries.len();
    entries.retain(|(key, _)| key.text != address);
    if before != entries.len() {
        return true;
    }
    nested && within(entries, address, |fields, rest| take(fields, rest, true))
}

/// Goes into the fields of the parameter that an address begins with.
pub(super) fn within(
    params: &mut [(Key, Node)],
    address: &str,
    mut change: impl FnMut(&mut Node, &str) -> bool,
) -> bool {
    params.iter_mut().any(|(key, node)| {
        let rest = address.strip_prefix(key.text.as_str()).and_then(|rest| rest.strip_prefix('.'));
        let Value::Map(keys) = &mut node.value else { return false };
        let fields = keys.iter_mut().find(|(key, _)| key.text == "fields");
        match (rest, fields) {
            (Some(rest), Some((_, fields))) => change(fields, rest),
            _ => false,
        }
    })
}

fn only(node: &Node, left_out: &[&str]) -> Node {
    let mut node = node.clone();
    if let Value::Map(entries) = &mut node.value {
        let all = mem::take(entries);
        *entries = all.into_iter().filter(|(key, _)| !left_out.contains(&key.text.as_str())).collect();
    }
    node
}
