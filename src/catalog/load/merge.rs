//! Lays layers over one another, key by key, before anything is read: so a default that hangs on another key (the risk
//! on the method) is worked out after the last layer has spoken.

use crate::catalog::keys::OPERATION;
use crate::catalog::yaml::{Key, Node, Report, Span, Value, wrong};

use super::forest::{Forest, Tree};

/// All layers as one.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// `lexicon.yaml`, when a layer has one.
    pub(super) lexicon: Option<Node>,
    /// The services in the order of first appearance.
    pub(super) services: Vec<MergedService>,
    /// A `lexicon.yaml` could not be read: nobody knows which verbs it has.
    pub(super) lexicon_unread: bool,
    /// A group file could not be read: nobody knows which operations it has.
    pub(super) group_unread: bool,
}

/// One service as all layers have it.
#[derive(Debug)]
pub(super) struct MergedService {
    /// The folder.
    pub(super) name: String,
    /// `service.yaml`.
    pub(super) root: Option<Node>,
    /// It could not be read: nobody knows what it has.
    pub(super) unread: bool,
    /// Where to point when there is no `service.yaml`.
    pub(super) place: Span,
    /// Its operations in order.
    pub(super) operations: Vec<MergedOperation>,
    /// Its events in order.
    pub(super) events: Vec<MergedEvent>,
    /// What its patterns share, in order.
    pub(super) choices: Vec<MergedChoice>,
}

/// One operation as all layers have it.
#[derive(Debug)]
pub(super) struct MergedOperation {
    /// Stem of the file that named it first.
    pub(super) group: String,
    /// Its name, where it was first given.
    pub(super) key: Key,
    /// What it holds.
    pub(super) node: Node,
    /// The last layer that spoke of it.
    layer: u32,
}

impl MergedOperation {
    /// The same operation with other keys.
    pub(super) fn with(&self, node: Node) -> Self {
        Self { group: self.group.clone(), key: self.key.clone(), node, layer: self.layer }
    }
}

/// One event as all layers have it.
#[derive(Debug)]
pub(super) struct MergedEvent {
    /// Stem of the file that named it first.
    pub(super) group: String,
    /// Its name, where it was first given.
    pub(super) key: Key,
    /// What it holds.
    pub(super) node: Node,
}

/// Words that patterns share, as all layers have them.
#[derive(Debug)]
pub(super) struct MergedChoice {
    /// Their name, where it was last given.
    pub(super) key: Key,
    /// What it holds.
    pub(super) node: Node,
    /// The last layer that gave it anew.
    layer: u32,
}

/// How a later value meets an earlier one: whole, or key by key, and what stands under the keys.
#[derive(Debug, Clone, Copy)]
enum Depth {
    /// The value is replaced.
    Replace,
    /// Its keys are replaced one by one.
    Keys,
    /// A map whose entries meet at that depth.
    Map(&'static Depth),
    /// A parameter; a bare text or list is its type, a bare template its default.
    Param,
    /// A verb class; a bare list is its words.
    Verb,
    /// One operation.
    Operation,
    /// `service.yaml`.
    Service,
    /// `lexicon.yaml`.
    Lexicon,
}

impl Depth {
    fn under(self, key: &str) -> Self {
        match (self, key) {
            (Self::Map(depth), _) => *depth,
            (Self::Operation, "params") | (Self::Param, "fields") => Self::Map(&Self::Param),
            (Self::Operation, "variants") => Self::Map(&Self::Operation),
            (Self::Service, "parameter_sets") => Self::Map(&Self::Map(&Self::Param)),
            (Self::Service, "resources" | "context" | "variants") | (Self::Lexicon, "constructions") => {
                Self::Map(&Self::Keys)
            }
            (Self::Service, "pagination" | "headers" | "rate_limits") | (Self::Lexicon, "words" | "alike") => {
                Self::Map(&Self::Replace)
            }
            (Self::Lexicon, "verbs") => Self::Map(&Self::Verb),
            _ => Self::Replace,
        }
    }

    /// The key that a value not written as a map stands for.
    fn short_form(self, node: &Node) -> Option<&'static str> {
        match (self, &node.value) {
            (_, Value::Map(_) | Value::Null) => None,
            (Self::Verb, _) => Some("words"),
            (Self::Param, Value::Text(text)) if text.contains("{{") => Some("default"),
            (Self::Param, _) => Some("type"),
            _ => None,
        }
    }
}

/// Joins all trees; a file in a wrong place goes to the report.
pub(super) fn merge(forest: &Forest, report: &mut Report) -> Merged {
    let mut merged = Merged::default();
    for (file, tree) in (0..).zip(&forest.trees) {
        let place = Span { file, line: 1, column: 1, start: 0, length: 0 };
        match tree.path.split('/').collect::<Vec<_>>().as_slice() {
            // Left out by [`Forest::keep`].
            [""] => {}
            ["lexicon.yaml" | "lexicon.yml"] => {
                merged.lexicon_unread |= !is_read(tree, "verbs");
                if let Some(root) = &tree.root {
                    lay(&mut merged.lexicon, root, Depth::Lexicon, "the lexicon", report);
                }
            }
            [folder, file] => {
                let at = position(&mut merged.services, folder, place);
                let service = &mut merged.services[at];
                if stem(file) == "service" {
                    service.unread |= !is_read(tree, "resources");
                } else {
                    merged.group_unread |= !is_read(tree, "operations");
                }
                part(service, stem(file), tree, report);
            }
            _ => {
                report.error(place, "this file is neither `lexicon.yaml` nor in the folder of a service", "");
                report.help("put it into the folder of its service, beside its `service.yaml`");
            }
        }
    }
    merged
}

/// Whether a file is a map, and what it has under that key too.
fn is_read(tree: &Tree, key: &str) -> bool {
    let is_map = |node: &Node| matches!(node.value, Value::Map(_) | Value::Null);
    tree.root.as_ref().is_some_and(|root| is_map(root) && root.get(key).is_none_or(is_map))
}

/// One parameter laid over another.
pub(super) fn over(lower: &Node, upper: &Node, report: &mut Report) -> Node {
    join(lower.clone(), upper, Depth::Param, "a parameter", report)
}

/// A variant of an operation laid over it.
pub(super) fn operation_over(lower: Node, upper: &Node, report: &mut Report) -> Node {
    join(lower, upper, Depth::Operation, "a variant", report)
}

fn position(services: &mut Vec<MergedService>, folder: &str, place: Span) -> usize {
    if let Some(at) = services.iter().position(|service| service.name == folder) {
        return at;
    }
    services.push(MergedService {
        name: folder.to_owned(),
        root: None,
        unread: false,
        place,
        operations: Vec::new(),
        events: Vec::new(),
        choices: Vec::new(),
    });
    services.len() - 1
}

fn stem(file: &str) -> &str {
    file.trim_end_matches(".yml").trim_end_matches(".yaml")
}

fn part(service: &mut MergedService, stem: &str, tree: &Tree, report: &mut Report) {
    let Some(root) = &tree.root else { return };
    if stem == "service" {
        for (_, node) in root.entries().iter().filter(|(key, _)| key.text.trim_start_matches('+') == "choices") {
            choices(service, tree.layer, node, report);
        }
        return lay(&mut service.root, root, Depth::Service, "`service.yaml`", report);
    }
    if !matches!(root.value, Value::Map(_) | Value::Null) {
        report.error(root.span, format!("a group file must be a map with `operations`, not {}", root.shape()), "");
        report.help("begin it with the line `operations:` and indent the operations under it");
    }
    for (key, node) in root.entries() {
        match key.text.as_str() {
            "operations" => operations(service, stem, tree.layer, node, report),
            "events" => events(service, stem, node, report),
            "choices" => choices(service, tree.layer, node, report),
            _ => {
                report.error(key.span, format!("unknown key `{}` in a group file", key.text), "");
                report.help(misplaced(&key.text, node));
            }
        }
    }
}

fn operations(service: &mut MergedService, group: &str, layer: u32, node: &Node, report: &mut Report) {
    if !matches!(node.value, Value::Map(_) | Value::Null) {
        report.error(node.span, format!("`operations` must be a map from name to operation, not {}", node.shape()), "");
    }
    for (key, node) in node.entries() {
        match service.operations.iter_mut().find(|o| o.key.text == key.text) {
            Some(twin) if twin.layer == layer => {
                let first = format!("the first is at {}", report.source(twin.key.span));
                report.error(key.span, format!("two operations are called `{}`", key.text), "");
                report.help(first);
            }
            Some(earlier) => {
                earlier.node = join(earlier.node.clone(), node, Depth::Operation, &key.text, report);
                earlier.layer = layer;
                earlier.key = key.clone();
            }
            None => {
                let node = join(nothing(node.span), node, Depth::Operation, &key.text, report);
                service.operations.push(MergedOperation { group: group.to_owned(), key: key.clone(), node, layer });
            }
        }
    }
}

fn events(service: &mut MergedService, group: &str, node: &Node, report: &mut Report) {
    if !matches!(node.value, Value::Map(_) | Value::Null) {
        report.error(node.span, format!("`events` must be a map from name to event, not {}", node.shape()), "");
    }
    for (key, node) in node.entries() {
        match service.events.iter_mut().find(|event| event.key.text == key.text) {
            Some(earlier) => earlier.node = join(earlier.node.clone(), node, Depth::Keys, &key.text, report),
            None => service.events.push(MergedEvent { group: group.to_owned(), key: key.clone(), node: node.clone() }),
        }
    }
}

/// Choices belong to the service, whichever of its files has them.
fn choices(service: &mut MergedService, layer: u32, node: &Node, report: &mut Report) {
    if !matches!(node.value, Value::Map(_) | Value::Null) {
        wrong(node, "`choices`", "a map from name to words", report);
    }
    for (key, node) in node.entries() {
        let plain = Key { text: key.text.trim_start_matches('+').to_owned(), span: key.span };
        let adds = plain.text != key.text;
        match service.choices.iter_mut().find(|choice| choice.key.text == plain.text) {
            Some(known) if adds => {
                known.node = extended(&known.node, node.clone(), &format!("`{}`", plain.text), report);
            }
            Some(known) if known.layer == layer => {
                let first = format!("the first is at {}", report.source(known.key.span));
                report.error(key.span, format!("two choices are called `{}`", plain.text), "");
                report.help(first);
            }
            Some(known) => *known = MergedChoice { key: plain, node: node.clone(), layer },
            None => service.choices.push(MergedChoice { key: plain, node: node.clone(), layer }),
        }
    }
}

fn lay(lower: &mut Option<Node>, upper: &Node, depth: Depth, what: &str, report: &mut Report) {
    let base = lower.take().unwrap_or(nothing(upper.span));
    *lower = Some(join(base, upper, depth, what, report));
}

/// `upper` laid over `lower`. A key with a plus in front (`+nouns`) adds to the list below instead of replacing it.
/// `what` names it in messages.
fn join(lower: Node, upper: &Node, depth: Depth, what: &str, report: &mut Report) -> Node {
    joined(lower, upper, depth, false, what, report)
}

/// The same; with `waits`, what a key adds to is not there yet, so that the plus stays until it is.
fn joined(lower: Node, upper: &Node, depth: Depth, waits: bool, what: &str, report: &mut Report) -> Node {
    if matches!(depth, Depth::Replace) {
        return upper.clone();
    }
    let (lower, upper) = (spelt_out(lower, depth), spelt_out(upper.clone(), depth));
    let (mut entries, more) = match (lower.value, upper.value) {
        (Value::Map(entries), Value::Map(more)) => (entries, more),
        (Value::Map(entries), Value::Null) => (entries, Vec::new()),
        (Value::Map(entries), value) => {
            let upper = Node { span: upper.span, value };
            wrong(&upper, what, "a map, as in the layer below", report);
            (entries, Vec::new())
        }
        (_, Value::Map(more)) => (Vec::new(), more),
        (_, value) => return Node { span: upper.span, value },
    };
    for (key, node) in more {
        let adds = key.text.starts_with('+');
        let plain = Key { text: key.text.trim_start_matches('+').to_owned(), span: key.span };
        let under = depth.under(&plain.text);
        let inside = waits || (matches!(depth, Depth::Operation) && plain.text == "variants");
        let what = format!("`{}`", plain.text);
        match entries.iter_mut().find(|(k, _)| k.text.trim_start_matches('+') == plain.text) {
            Some((_, old)) if adds => *old = extended(old, node, &what, report),
            Some((place, old)) => {
                *old = joined(std::mem::replace(old, nothing(node.span)), &node, under, inside, &what, report);
                *place = plain;
            }
            None => {
                let value = joined(nothing(node.span), &node, under, inside, &what, report);
                entries.push((if waits { key } else { plain }, value));
            }
        }
    }
    Node { span: upper.span, value: Value::Map(entries) }
}

/// What to do about a key beside `operations:`.
fn misplaced(key: &str, node: &Node) -> &'static str {
    if OPERATION.key(key).is_some() {
        "this belongs to an operation: indent it under the operation's name"
    } else if matches!(node.value, Value::Map(_)) {
        "operations stand under `operations:`, indented"
    } else {
        "operations stand under `operations:`"
    }
}

fn nothing(span: Span) -> Node {
    Node { span, value: Value::Null }
}

fn spelt_out(node: Node, depth: Depth) -> Node {
    match depth.short_form(&node) {
        Some(name) => {
            let key = Key { text: name.to_owned(), span: node.span };
            Node { span: node.span, value: Value::Map(vec![(key, node)]) }
        }
        None => node,
    }
}

fn extended(old: &Node, more: Node, what: &str, report: &mut Report) -> Node {
    let span = more.span;
    if let (Value::Map(_), Value::Map(_)) = (&old.value, &more.value) {
        return join(old.clone(), &more, Depth::Keys, what, report);
    }
    let items = |node: Node| match node.value {
        Value::List(items) => items,
        _ => vec![node],
    };
    let mut all = items(old.clone());
    all.extend(items(more));
    Node { span, value: Value::List(all) }
}
