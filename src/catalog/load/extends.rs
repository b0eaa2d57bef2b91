use crate::catalog::keys::EXTENSION;
use crate::catalog::yaml::{Fields, Node, Report, Value, suggest};
use crate::catalog::{ContextValue, Extension};

use super::lexicon::section;
use super::merge::{Merged, MergedService};
use super::scope::Known;
use super::service::{context_value, header};

/// What a service must know of another to extend it.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    name: &'a str,
    /// Names of its context values.
    context: Vec<&'a str>,
    /// Whether it extends a third.
    extends: bool,
}

/// The outlines of all services.
pub(super) fn outlines(merged: &Merged) -> Vec<Outline<'_>> {
    merged.services.iter().map(outline).collect()
}

fn outline(part: &MergedService) -> Outline<'_> {
    let key = |name: &str| part.root.as_ref().and_then(|root| root.get(name));
    let context = key("context").map_or(&[][..], Node::entries);
    Outline {
        name: &part.name,
        context: context.iter().map(|(key, _)| key.text.as_str()).collect(),
        extends: key("extends").is_some(),
    }
}

/// Reads `extends` of a service: the name of another, or a map.
pub(super) fn extension(fields: &Fields, folder: &str, known: &Known, report: &mut Report) -> Option<Extension> {
    let node = fields.get("extends")?;
    if !matches!(node.value, Value::Map(_)) {
        let service = fields.text("extends", report)?;
        extended(&service, node, folder, known, report)?;
        return Some(Extension { service, path: String::new(), context: Vec::new(), headers: Vec::new() });
    }
    let inner = Fields::new(node, &EXTENSION, "`extends`", report);
    let service = inner.text("service", report);
    if inner.get("service").is_none() {
        inner.missing("service", report);
    }
    let named = service.as_ref().zip(inner.get("service"));
    let outline = named.and_then(|(name, node)| extended(name, node, folder, known, report));
    let context: Vec<ContextValue> =
        section(&inner, "context", report).iter().map(|(key, node)| context_value(key, node, report)).collect();
    let mut names: Vec<&str> = outline.map_or_else(Vec::new, |outline| outline.context.clone());
    for (key, _) in section(&inner, "context", report).iter().filter(|(key, _)| names.contains(&key.text.as_str())) {
        report.error(key.span, format!("`{}` is a context value of the extended service already", key.text), "");
    }
    names.extend(context.iter().map(|value| value.name.as_str()));
    let headers = section(&inner, "headers", report)
        .iter()
        .filter_map(|(key, node)| Some((key.text.clone(), header(key, node, &names, &known.templates, report)?)))
        .collect();
    let path = path(&inner, report);
    inner.finish(report);
    outline?;
    Some(Extension { service: service?, path, context, headers })
}

/// The service that is extended; nothing, and a finding, when it cannot be.
fn extended<'a>(
    name: &str,
    node: &Node,
    folder: &str,
    known: &'a Known,
    report: &mut Report,
) -> Option<&'a Outline<'a>> {
    let found = known.services.iter().find(|service| service.name == name && name != folder);
    let Some(outline) = found else {
        let others: Vec<&str> = known.services.iter().map(|service| service.name).filter(|n| *n != folder).collect();
        report.error(node.span, format!("no other service is called `{name}`"), "");
        suggest(name, &others, "the others are", report);
        return None;
    };
    if outline.extends {
        report.error(node.span, format!("`{name}` itself extends a service"), "");
        report.help("name the one that has the operations");
        return None;
    }
    Some(outline)
}

fn path(fields: &Fields, report: &mut Report) -> String {
    let Some(text) = fields.text("path", report) else { return String::new() };
    let plain = !text.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '{')) && !text.contains("//");
    if let (false, Some(node)) = (text.starts_with('/') && plain, fields.get("path")) {
        report.error(node.span, format!("`{text}` is not a path"), "");
        report.help("write what stands between the address and the other service's own paths: `/shop`");
    }
    text.trim_end_matches('/').to_owned()
}
