use crate::catalog::keys::{OPERATION, PAGE, RETURNS};
use crate::catalog::yaml::{Fields, Node, Report, Span, Value, suggest, wrong};
use crate::catalog::{BodyKind, Lifecycle, Method, Operation, Page, Parameter, Place, Returns, TokenKind};

use super::batch::batch;
use super::defaults::{self, Object, Verbs};
use super::enums::{BODIES, LIFECYCLES, METHODS, RISKS, TOKENS};
use super::merge::MergedOperation;
use super::paging::paging;
use super::parameters::{fixed, parameters};
use super::request::{RequestLine, is_request_line, request_line};
use super::resource::implied;
use super::say;
use super::scope::Scope;
use super::service::pairs;
use super::settle::settle;
use super::variants::check_names;

/// Reads one operation; `None` when its request cannot be read, which the report then says.
pub(super) fn operation(given: &MergedOperation, scope: &mut Scope, report: &mut Report) -> Option<Operation> {
    let name = &given.key.text;
    if !matches!(given.node.value, Value::Map(_) | Value::Null) {
        not_a_map(given, report);
        return None;
    }
    let fields = Fields::new(&given.node, &OPERATION, format!("operation `{name}`"), report);
    check_name(given, report);
    let line = fields.get("request").and_then(|node| request_line(node, &scope.known.templates, report));
    if fields.get("request").is_none() {
        report.error(given.key.span, format!("operation `{name}` has no `request`"), "");
        report.help("write it like `request: POST /things/{{ thingId }}`");
    }
    let page = page(&fields, scope, report);
    let returns = fields.get("returns").map(|node| returns(node, page.is_some(), scope, report));
    let objects = objects(&fields, line.as_ref(), returns.as_ref(), scope, report);
    let verbs = verbs(&fields, line.as_ref(), returns.as_ref(), scope, report);
    let object = objects.first().map(String::as_str);
    let mut params = parameters(&fields, line.as_ref(), object, scope, report);
    paging(page.as_ref(), line.as_ref(), &mut params, scope);
    let fixed = fixed(&fields, line.as_ref(), &mut params, scope, report);
    let say = say_lines(&fields, &params, scope, report);
    let method = line.as_ref().map_or(Method::Get, |line| line.method);
    let operation = Operation {
        name: name.clone(),
        service: scope.service.to_owned(),
        group: given.group.clone(),
        title: fields.text("title", report).unwrap_or_else(|| defaults::title(name)),
        method,
        template: line.as_ref().map_or_else(String::new, |line| line.template.clone()),
        path: line.as_ref().map_or_else(String::new, |line| line.path.clone()),
        version: fields.text("version", report).or_else(|| scope.version.clone()),
        scopes: fields.texts("scopes", report).into(),
        token: fields.choice("token", TOKENS, report).unwrap_or(TokenKind::Any),
        risk: fields
            .choice("risk", RISKS, report)
            .unwrap_or_else(|| defaults::risk(method, &verbs.classes, scope.known.lexicon)),
        lifecycle: fields.choice("status", LIFECYCLES, report).unwrap_or(Lifecycle::Official),
        body: body(&fields, &params, report),
        rate_limits: rate_limits(&fields, scope, report),
        idempotent: fields.flag("idempotent", report).unwrap_or_else(|| defaults::idempotent(method)),
        batch: fields.get("batch").map(|node| batch(node, name, scope, report)),
        settle: fields.get("settle").map(|node| settle(node, name, &params, scope, report)),
        page,
        returns,
        verbs: verbs.classes,
        own_verbs: verbs.own,
        objects,
        keys: fields.words("keys", report),
        beside: fields.words("beside", report),
        places: scope
            .places
            .iter()
            .find(|(group, _)| *group == given.group)
            .map_or_else(Vec::new, |(_, words)| words.clone()),
        say,
        not: fields.words("not", report),
        apart: fields.get("apart").map(|node| apart(node, &params, report)).unwrap_or_default(),
        prefer_over: operation_names(&fields, "prefer_over", scope, report),
        replaces: replaces(&fields, report),
        undo: operation_names(&fields, "undo", scope, report).into_iter().next(),
        done: fields.get("done").and_then(|node| scope.known.templates.any(node, "`done`", report)),
        fixed,
        source: report.source(given.key.span),
        params,
    };
    if let Some(node) = fields.get("variants") {
        check_names(node, scope, report);
    }
    if let Some(node) = fields.get("differs") {
        pairs(node, "`differs`", report);
    }
    fields.finish(report);
    line.map(|_| operation)
}

/// An operation that is a bare text is mostly one of two things: a key that is not indented far enough, or a request.
fn not_a_map(given: &MergedOperation, report: &mut Report) {
    let name = &given.key.text;
    wrong(&given.node, &format!("operation `{name}`"), "a map", report);
    let text = given.node.text().unwrap_or_default();
    if OPERATION.key(name).is_some() {
        report.help(format!("indent `{name}` further than the name of the operation that it belongs to"));
    } else if METHODS.iter().any(|(method, _)| text.strip_prefix(method).is_some_and(|rest| rest.starts_with(" /"))) {
        report.help(format!("write it as `request: {text}` on a line of its own, indented under `{name}:`"));
    } else {
        report.help(format!("write its keys indented under `{name}:`, at least `request: METHOD /path`"));
    }
}

/// What is never told together, each with a value of a parameter that the operation has.
fn apart(node: &Node, params: &[Parameter], report: &mut Report) -> Vec<(String, String, Vec<String>)> {
    if !matches!(node.value, Value::Map(_)) {
        wrong(node, "`apart`", "a map from `parameter=value` to parameters", report);
    }
    let mut rules = Vec::new();
    let known: Vec<&str> = params.iter().map(|param| param.name.as_str()).collect();
    for (key, others) in node.entries() {
        let (name, value) = key.text.split_once('=').unwrap_or((&key.text, ""));
        let others: Vec<(String, Span)> = if others.items().is_empty() {
            others.text().map(|text| (text.to_owned(), others.span)).into_iter().collect()
        } else {
            others.items().iter().filter_map(|node| Some((node.text()?.to_owned(), node.span))).collect()
        };
        let named = std::iter::once((name, key.span)).chain(others.iter().map(|(name, span)| (name.as_str(), *span)));
        for (name, span) in named {
            if !known.contains(&name) {
                report.error(span, format!("no parameter is called `{name}`"), "");
                suggest(name, &known, "its parameters are", report);
            }
        }
        rules.push((name.to_owned(), value.to_owned(), others.into_iter().map(|(name, _)| name).collect()));
    }
    rules
}

fn rate_limits(fields: &Fields, scope: &Scope, report: &mut Report) -> Vec<String> {
    let named = fields.placed_texts("rate_limit", report);
    for (name, span) in &named {
        if !scope.rate_limits.contains(&name.as_str()) {
            report.error(*span, format!("no rate limit is called `{name}`"), "");
            suggest(name, &scope.rate_limits, "the `rate_limits` of the service are", report);
        }
    }
    named.into_iter().map(|(name, _)| name).collect()
}

fn check_name(given: &MergedOperation, report: &mut Report) {
    let name = &given.key.text;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if name.is_empty() || !name.chars().all(plain) {
        report.error(given.key.span, format!("`{name}` cannot be the name of an operation"), "");
        report.help("names are letters, digits, `-`, `_` and `.`, like `contacts.add-tags`");
    }
}

fn page(fields: &Fields, scope: &Scope, report: &mut Report) -> Option<Page> {
    let node = fields.get("page")?;
    let style = match &node.value {
        Value::Map(_) => {
            let inner = Fields::new(node, &PAGE, "`page`", report);
            let style = inner.text("style", report);
            if style.is_none() {
                inner.missing("style", report);
            }
            inner.finish(report);
            style?
        }
        _ => fields.text("page", report)?,
    };
    if !scope.styles.iter().any(|known| known.name == style) {
        let span = node.get("style").unwrap_or(node).span;
        report.error(span, format!("no pagination style is called `{style}`"), "");
        let names: Vec<&str> = scope.styles.iter().map(|known| known.name.as_str()).collect();
        suggest(&style, &names, "the styles of the service are", report);
    }
    Some(Page { style })
}

fn returns(node: &Node, paged: bool, scope: &Scope, report: &mut Report) -> Returns {
    if let Some(name) = node.text() {
        scope.check_resource(name, node.span, report);
        return Returns { resource: Some(name.to_owned()), at: String::new(), many: paged };
    }
    let fields = Fields::new(node, &RETURNS, "`returns`", report);
    let resource = fields.text("resource", report);
    if let (Some(name), Some(node)) = (&resource, fields.get("resource")) {
        scope.check_resource(name, node.span, report);
    }
    let at = fields.text("at", report).unwrap_or_default();
    let many = fields.flag("many", report).unwrap_or(paged);
    fields.finish(report);
    Returns { resource, at, many }
}

fn objects(
    fields: &Fields,
    line: Option<&RequestLine>,
    returns: Option<&Returns>,
    scope: &mut Scope,
    report: &mut Report,
) -> Vec<String> {
    let said = fields.placed_texts("object", report);
    if !said.is_empty() {
        for (name, span) in &said {
            scope.check_resource(name, *span, report);
        }
        return said.into_iter().map(|(name, _)| name).collect();
    }
    if let Some(resource) = returns.and_then(|returns| returns.resource.clone()) {
        return vec![resource];
    }
    let Some(line) = line else { return Vec::new() };
    match defaults::object(line, &scope.resources) {
        Object::Declared(name) => vec![name.to_owned()],
        Object::Implied(segment) => {
            let resource = implied(scope.service, segment);
            let name = resource.name.clone();
            scope.resources.push(resource);
            vec![name]
        }
        Object::None => Vec::new(),
    }
}

fn verbs(
    fields: &Fields,
    line: Option<&RequestLine>,
    returns: Option<&Returns>,
    scope: &Scope,
    report: &mut Report,
) -> Verbs {
    let own = fields.words("words", report);
    let said = fields.placed_texts("verb", report);
    // Only its own words and patterns ask for it.
    if let [(none, _)] = said.as_slice()
        && *none == "none"
    {
        return Verbs { classes: Vec::new(), own };
    }
    for (name, span) in &said {
        scope.known.verb(name, *span, report);
    }
    let classes: Vec<String> = said.into_iter().map(|(name, _)| name).collect();
    if !classes.is_empty() {
        return Verbs { classes, own };
    }
    let many = returns.map(|returns| returns.many);
    let mut verbs =
        line.map_or_else(Verbs::default, |l| defaults::verbs(l, many, &scope.resources, scope.known.lexicon));
    if !own.is_empty() {
        verbs.own = own;
    }
    verbs
}

/// The patterns, with the choices that they name spelt out.
fn say_lines(fields: &Fields, params: &[Parameter], scope: &Scope, report: &mut Report) -> Vec<String> {
    // What is no text is reported on the way.
    let given = fields.texts("say", report);
    let Some(node) = fields.get("say") else { return given };
    let names: Vec<&str> = params.iter().map(|p| p.name.as_str()).collect();
    let single = std::slice::from_ref(node);
    let lines = if matches!(node.value, Value::List(_)) { node.items() } else { single };
    lines.iter().filter_map(|line| say::check(line, Some(&names), &scope.choices, report)).collect()
}

fn body(fields: &Fields, params: &[Parameter], report: &mut Report) -> BodyKind {
    let in_body = params.iter().any(|p| p.place == Place::Body);
    let said = fields.choice("body", BODIES, report);
    let Some(node) = fields.get("body") else { return if in_body { BodyKind::Json } else { BodyKind::None } };
    match said {
        Some(BodyKind::None) if in_body => {
            report.error(node.span, "`body: none`, but a parameter is in the body", "");
        }
        Some(BodyKind::JsonWhole) if !params.iter().any(|p| p.name == "body") => {
            report.error(node.span, "`body: json-whole` sends the parameter `body`, which is not under `params`", "");
        }
        _ => {}
    }
    said.unwrap_or(BodyKind::Json)
}

/// Requests in `OpenAPI` form that this operation stands in for.
fn replaces(fields: &Fields, report: &mut Report) -> Vec<String> {
    let given = fields.placed_texts("replaces", report);
    for (line, span) in given.iter().filter(|(line, _)| !is_request_line(line)) {
        report.error(*span, format!("`{line}` is not a request"), "");
        report.help("write it like `GET /things/{thingId}`");
    }
    given.into_iter().map(|(line, _)| line).collect()
}

fn operation_names(fields: &Fields, key: &'static str, scope: &Scope, report: &mut Report) -> Vec<String> {
    let names = fields.placed_texts(key, report);
    if let (true, Some(node)) = (key == "undo" && names.len() > 1, fields.get(key)) {
        wrong(node, "`undo`", "one operation", report);
    }
    for (name, span) in &names {
        scope.known.operation(name, *span, report);
    }
    names.into_iter().map(|(name, _)| name).collect()
}
