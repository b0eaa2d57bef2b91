//! The parameters of an operation: its own, those of the sets it uses, and those that its request and `fixed` imply.

use crate::catalog::yaml::{Fields, Key, Node, Report, Span, Value, suggest, wrong};
use crate::catalog::{Literal, Parameter, Place};

use super::alternatives::check_alternatives;
use super::merge::over;
use super::parameter::{Setting, parameter};
use super::request::RequestLine;
use super::scope::Scope;
use super::values::check_allowed;

/// A parameter as written, with whether a set brought it.
struct Given<'a> {
    key: &'a Key,
    node: Node,
    shared: bool,
}

/// Reads `use`, `params` and `fixed` of an operation.
pub(super) fn parameters(
    fields: &Fields,
    line: Option<&RequestLine>,
    object: Option<&str>,
    scope: &Scope,
    report: &mut Report,
) -> Vec<Parameter> {
    let given = gather(fields, scope, report);
    let names: Vec<&str> = given.iter().map(|given| given.key.text.as_str()).collect();
    let given_fields: Vec<(&str, &Node)> = given
        .iter()
        .filter_map(|given| Some((given.key.text.as_str(), given.node.get("each").and(given.node.get("fields"))?)))
        .collect();
    for given in &given {
        check_references(&given.node, &names, report);
        check_alternatives(&given.key.text, &given.node, &names, report);
        check_filled(&given.node, &given_fields, report);
    }
    let mut params: Vec<Parameter> = given
        .iter()
        .map(|given| {
            let setting = Setting { scope, line, object, place: None, shared: given.shared };
            parameter(given.key, &given.node, &setting, report)
        })
        .collect();
    if let Some(line) = line {
        params.extend(from_path(line, &names, scope, report));
        for param in params.iter_mut().filter(|param| line.has(&param.name)) {
            param.place = Place::Path;
            param.required = true;
        }
    }
    params
}

/// Reads `fixed`, and adds the parameters that only it names.
pub(super) fn fixed(
    fields: &Fields,
    line: Option<&RequestLine>,
    params: &mut Vec<Parameter>,
    scope: &Scope,
    report: &mut Report,
) -> Vec<(String, Literal)> {
    let Some(node) = fields.get("fixed") else { return Vec::new() };
    if !matches!(node.value, Value::Map(_)) {
        wrong(node, "`fixed`", "a map from parameter to value", report);
    }
    let mut found = Vec::new();
    for (key, value) in node.entries() {
        if !params.iter().any(|p| p.name == key.text) {
            let setting = Setting { scope, line, object: None, place: None, shared: true };
            let empty = Node { span: value.span, value: Value::Null };
            params.push(Parameter { supplied: true, bare: false, ..parameter(key, &empty, &setting, report) });
        }
        let literal = crate::catalog::yaml::literal(value);
        if let Some(param) = params.iter().find(|p| p.name == key.text) {
            check_allowed(&literal, param, value, "the fixed value", report);
        }
        found.push((key.text.clone(), literal));
    }
    found
}

/// Reads every parameter set for what is wrong with it, whether an operation uses it or not.
pub(super) fn check_sets(scope: &Scope, report: &mut Report) {
    for (key, set) in scope.sets {
        if !matches!(set.value, Value::Map(_)) {
            wrong(set, &format!("parameter set `{}`", key.text), "a map of parameters", report);
        }
        for (key, node) in set.entries() {
            let setting = Setting { scope, line: None, object: None, place: None, shared: true };
            parameter(key, node, &setting, report);
        }
    }
}

fn gather<'a>(fields: &Fields<'a>, scope: &Scope<'a>, report: &mut Report) -> Vec<Given<'a>> {
    let mut given: Vec<Given> = Vec::new();
    for (name, span) in fields.placed_texts("use", report) {
        let Some((_, set)) = scope.sets.iter().find(|(key, _)| key.text == name) else {
            let names: Vec<&str> = scope.sets.iter().map(|(key, _)| key.text.as_str()).collect();
            report.error(span, format!("no parameter set is called `{name}`"), "");
            suggest(&name, &names, "the sets of the service are", report);
            continue;
        };
        for (key, node) in set.entries() {
            add(&mut given, key, node, true, report);
        }
    }
    let Some(node) = fields.get("params") else { return given };
    if !matches!(node.value, Value::Map(_)) {
        wrong(node, "`params`", "a map of parameters", report);
        report.help("write one a line, name and type: `limit: integer`");
    }
    for (key, node) in node.entries() {
        add(&mut given, key, node, false, report);
    }
    given
}

fn add<'a>(given: &mut Vec<Given<'a>>, key: &'a Key, node: &Node, shared: bool, report: &mut Report) {
    match given.iter_mut().find(|g| g.key.text == key.text) {
        Some(lower) => lower.node = over(&lower.node, node, report),
        None => given.push(Given { key, node: node.clone(), shared }),
    }
}

/// Path variables that no parameter is for: a context value fills itself, anything else is an error.
fn from_path(line: &RequestLine, names: &[&str], scope: &Scope, report: &mut Report) -> Vec<Parameter> {
    let mut implied = Vec::new();
    for (name, span) in line.variables.iter().filter(|(name, _)| !names.contains(&name.as_str())) {
        let key = Key { text: name.clone(), span: *span };
        if scope.context.contains(&name.as_str()) {
            let empty = Node { span: *span, value: Value::Null };
            let setting = Setting { scope, line: Some(line), object: None, place: None, shared: true };
            let default = Some(Literal::Text(format!("{{{{ {name} }}}}")));
            implied.push(Parameter { default, supplied: true, ..parameter(&key, &empty, &setting, report) });
        } else {
            undeclared(name, *span, names, scope, report);
        }
    }
    implied
}

fn undeclared(name: &str, span: Span, names: &[&str], scope: &Scope, report: &mut Report) {
    report.error(span, format!("the path uses `{name}`, which is not under `params`"), "");
    let known = names.iter().copied().chain(scope.context.iter().copied());
    if let Some(help) = crate::diagnostic::did_you_mean(name, known) {
        report.help(help);
    } else {
        let kind = scope.resources.iter().find(|r| r.id == name).map_or("id", |r| r.name.as_str());
        report.help(format!("add `{name}: {kind}` under `params`"));
    }
}

/// What is said of every object of a list must be a field that those objects have.
fn check_filled(node: &Node, lists: &[(&str, &Node)], report: &mut Report) {
    let Some((text, span)) = node.get("fills").and_then(|node| Some((node.text()?, node.span))) else { return };
    let known: Vec<String> = lists
        .iter()
        .flat_map(|(list, fields)| fields.entries().iter().map(move |(field, _)| format!("{list}.{}", field.text)))
        .collect();
    if !known.iter().any(|place| place == text) {
        report.error(span, format!("`{text}` is no field of a list of objects with `each`"), "");
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        suggest(text, &known, "such fields are", report);
    }
}

/// What a parameter says of its neighbours must name one.
fn check_references(node: &Node, names: &[&str], report: &mut Report) {
    let mut referred: Vec<(&str, Span)> = Vec::new();
    for key in ["range_end", "unit", "derive"] {
        let Some((text, span)) = node.get(key).and_then(|node| Some((node.text()?, node.span))) else { continue };
        if key == "derive" && !is_derived(text) {
            report.error(span, format!("`{text}` is neither a parameter nor one with a length of time"), "");
            report.help("write `OTHER` or `OTHER + 30m`");
            continue;
        }
        let neighbour = if key == "derive" { text.split('+').next().unwrap_or_default() } else { text };
        referred.push((neighbour.trim(), span));
    }
    for list in ["splits", "rest_of_address"].into_iter().filter_map(|key| node.get(key)) {
        referred.extend(list.items().iter().filter_map(|item| Some((item.text()?, item.span))));
    }
    for (name, span) in referred.into_iter().filter(|(name, _)| !names.contains(name)) {
        report.error(span, format!("no parameter of this operation is called `{name}`"), "");
        suggest(name, names, "the parameters are", report);
    }
    let fields = node.get("fields").map_or(&[][..], Node::entries);
    let inner: Vec<&str> = fields.iter().map(|(key, _)| key.text.as_str()).chain(names.iter().copied()).collect();
    for (_, node) in fields {
        check_references(node, &inner, report);
    }
}

/// `OTHER` or `OTHER + 30m`; a length may have several parts (`1h 30m`).
fn is_derived(rule: &str) -> bool {
    let (name, length) = rule.split_once('+').map_or((rule, None), |(name, length)| (name, Some(length)));
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '$');
    let part = |part: &str| {
        let unit = part.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.len() < part.len() && matches!(unit, "s" | "m" | "h" | "d" | "w")
    };
    let is_length = |length: &str| !length.trim().is_empty() && length.split_whitespace().all(part);
    let name = name.trim();
    !name.is_empty() && name.chars().all(plain) && length.is_none_or(is_length)
}
