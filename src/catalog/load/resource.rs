use crate::catalog::inflect::spoken;
use crate::catalog::keys::{FIND, RESOURCE};
use crate::catalog::whole_match::ID_PATTERN;
use crate::catalog::yaml::{Fields, Key, Node, Report, Span, suggest, wrong};
use crate::catalog::{Finder, Named, Operation, Resource};

use super::conditions::conditions;
use super::scope::Known;
use super::service::pairs;
use super::templates::regex;
use crate::catalog::singular::singular;

/// Reads one entry of `resources:`.
pub(super) fn resource(
    service: &str,
    key: &Key,
    node: &Node,
    known: &Known,
    names: &[&str],
    report: &mut Report,
) -> Resource {
    let fields = Fields::new(node, &RESOURCE, format!("resource `{}`", key.text), report);
    check_name(key, report);
    let nouns = fields.words("nouns", report);
    if nouns.is_empty() {
        report.error(key.span, format!("resource `{}` has no `nouns`", key.text), "");
        report.help(format!("say what people call one of them: `nouns: [{}]`", spoken(&key.text)));
    }
    let parent = fields.text("parent", report);
    if let (Some(parent), Some(node)) = (&parent, fields.get("parent")) {
        known_parent(parent, node.span, names, report);
    }
    let resource = Resource {
        name: key.text.clone(),
        service: service.to_owned(),
        nouns,
        plurals: fields.words("plurals", report),
        id: fields.text("id", report).unwrap_or_else(|| id_of(&key.text)),
        id_key: fields.text("id_key", report).unwrap_or_else(|| "id".to_owned()),
        id_pattern: fields
            .get("id_pattern")
            .and_then(|n| regex(n, "`id_pattern`", report))
            .unwrap_or_else(|| ID_PATTERN.to_owned()),
        codes: fields.texts("codes", report),
        person: fields.flag("person", report).unwrap_or(false),
        assumed: fields.flag("assumed", report).unwrap_or(false),
        find: fields.get("find").map(|node| finder(&key.text, node, known, report)),
        label: fields
            .get("label")
            .and_then(|n| known.templates.any(n, "`label`", report))
            .unwrap_or_else(default_label),
        columns: fields.texts("columns", report).into(),
        parent,
        creates_on_write: fields.flag("creates_on_write", report).unwrap_or(false),
        by_name: fields.flag("by_name", report).unwrap_or(false),
        conditions: fields.get("where").map_or_else(Vec::new, |node| conditions(&key.text, node, report)),
    };
    if let Some(node) = fields.get("label").filter(|node| node.text().is_none()) {
        wrong(node, "`label`", "a text", report);
    }
    fields.finish(report);
    resource
}

/// No resource may live under itself, through others either.
pub(super) fn check_parents(nodes: &[(Key, Node)], resources: &[Resource], report: &mut Report) {
    let parent = |name: &str| resources.iter().find(|r| r.name == name).and_then(|r| r.parent.as_deref());
    for (key, node) in nodes {
        let mut way = vec![key.text.as_str()];
        while let Some(next) = way.last().copied().and_then(parent).filter(|next| !way[1..].contains(next)) {
            way.push(next);
            if next == key.text {
                break;
            }
        }
        if way.len() > 1 && way.last() == Some(&key.text.as_str()) {
            let span = node.get("parent").map_or(key.span, |node| node.span);
            report.error(span, format!("resource `{}` lives under itself: {}", key.text, way.join(" → ")), "");
            report.help("leave `parent` out where it is not true");
        }
    }
}

fn known_parent(parent: &str, span: Span, names: &[&str], report: &mut Report) {
    if !names.contains(&parent) {
        report.error(span, format!("no resource is called `{parent}`"), "");
        suggest(parent, names, "the resources are", report);
    }
}

fn check_name(key: &Key, report: &mut Report) {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if key.text.is_empty() || !key.text.chars().all(plain) {
        report.error(key.span, format!("`{}` cannot be the name of a resource", key.text), "");
        report
            .help("names are letters, digits, `-` and `_`, like `free-slot`; what people call it stands under `nouns`");
    }
}

/// A resource that nobody declared, made from the last fixed segment of a path so that an operation of a request and
/// parameters alone can be asked for: `/pets` gives `pet`.
pub(super) fn implied(service: &str, segment: &str) -> Resource {
    let noun = singular(&spoken(segment));
    let name = noun.replace(' ', "-");
    Resource {
        id: id_of(&name),
        name,
        service: service.to_owned(),
        nouns: vec![noun],
        plurals: Vec::new(),
        id_key: "id".to_owned(),
        id_pattern: ID_PATTERN.to_owned(),
        codes: Vec::new(),
        person: false,
        assumed: false,
        find: None,
        label: default_label(),
        columns: [].into(),
        parent: None,
        creates_on_write: false,
        by_name: false,
        conditions: Vec::new(),
    }
}

/// A path segment in words, to be held against many resources.
pub(super) struct Segment {
    words: String,
    one: String,
}

impl Segment {
    /// The words of a segment.
    pub(super) fn new(segment: &str) -> Self {
        let words = spoken(segment);
        Self { one: singular(&words), words }
    }

    /// Whether it speaks of that resource.
    pub(super) fn names(&self, resource: &Resource) -> bool {
        let plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        resource.name == self.one
            || resource.nouns.iter().any(|noun| *noun == self.one || *noun == self.words)
            || resource.plurals.contains(&self.words)
            || (!plain(&resource.name) && spoken(&resource.name) == self.one)
    }
}

/// Once every operation is read: the parameters that finders name must be those of their operations.
pub(super) fn check_finders(
    nodes: &[(Key, Node)],
    resources: &Named<Resource>,
    operations: &[Operation],
    report: &mut Report,
) {
    for (key, node) in nodes {
        let Some(finder) = resources.get(&key.text).and_then(|r| r.find.as_ref()) else {
            continue;
        };
        let Some(operation) = operations.iter().find(|o| o.name == finder.operation) else { continue };
        let sent = node.get("where").into_iter().flat_map(Node::entries).filter_map(|(_, node)| node.get("sends"));
        let sent = sent.flat_map(Node::entries).map(|(k, _)| (k.text.as_str(), k.span));
        let mut named: Vec<(&str, Span)> = sent.collect();
        let Some(node) = node.get("find") else { continue };
        named.extend(node.get("query").and_then(|n| Some((n.text()?, n.span))));
        named.extend(node.get("with").into_iter().flat_map(Node::entries).map(|(k, _)| (k.text.as_str(), k.span)));
        for (name, span) in named {
            if operation.param(name).is_none() && !name.starts_with('$') {
                let params: Vec<&str> = operation.params.iter().map(|p| p.name.as_str()).collect();
                report.error(span, format!("`{}` has no parameter `{name}`", operation.name), "");
                suggest(name, &params, "its parameters are", report);
            }
        }
    }
}

fn finder(resource: &str, node: &Node, known: &Known, report: &mut Report) -> Finder {
    let fields = Fields::new(node, &FIND, format!("`find` of resource `{resource}`"), report);
    let operation = fields.text("operation", report).unwrap_or_default();
    match fields.get("operation") {
        Some(node) => known.operation(&operation, node.span, report),
        None => fields.missing("operation", report),
    }
    let by = fields.texts("by", report);
    if by.is_empty() {
        fields.missing("by", report);
    }
    let finder = Finder {
        operation,
        query: fields.text("query", report),
        by,
        inside: fields.text("inside", report),
        with: fields.get("with").map_or_else(Vec::new, |node| pairs(node, "`with`", report)),
    };
    fields.finish(report);
    finder
}

/// `free-slot` → `freeSlotId`.
fn id_of(name: &str) -> String {
    let mut out = String::new();
    for (at, word) in name.split(['-', '_', ' ']).enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if at > 0 => out.extend(first.to_uppercase()),
            Some(first) => out.push(first),
            None => {}
        }
        out.push_str(letters.as_str());
    }
    out + "Id"
}

fn default_label() -> String {
    "{{ name | default(title) | default(id) }}".to_owned()
}
