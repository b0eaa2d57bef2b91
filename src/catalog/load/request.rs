//! Request lines: `METHOD /path/{{ param }}`.

use crate::catalog::Method;
use crate::catalog::yaml::{Node, Report, Span, suggest};

use super::enums::METHODS;
use super::templates::{Templates, within};

/// A request line, taken apart.
#[derive(Debug, Clone)]
pub(super) struct RequestLine {
    /// The method.
    pub(super) method: Method,
    /// The path as a template.
    pub(super) template: String,
    /// The path in `OpenAPI` form.
    pub(super) path: String,
    /// Its variables in order, with their places.
    pub(super) variables: Vec<(String, Span)>,
}

impl RequestLine {
    /// The fixed segments and the variables (`None`) of the path.
    pub(super) fn segments(&self) -> Vec<Option<&str>> {
        self.path.split('/').filter(|s| !s.is_empty()).map(|s| if s.contains('{') { None } else { Some(s) }).collect()
    }

    /// Whether the path has that variable.
    pub(super) fn has(&self, name: &str) -> bool {
        self.variables.iter().any(|(variable, _)| variable == name)
    }

    /// The fixed segment before a variable.
    pub(super) fn segment_before(&self, name: &str) -> Option<&str> {
        let at = self.path.find(&format!("{{{name}}}"))?;
        self.path[..at].split('/').rev().find(|s| !s.is_empty() && !s.contains('{'))
    }
}

/// Reads a request line; what is wrong with it goes to the report.
pub(super) fn request_line(node: &Node, templates: &Templates, report: &mut Report) -> Option<RequestLine> {
    let Some(text) = node.text() else {
        report.error(node.span, format!("`request` must be a text like `GET /things`, not {}", node.shape()), "");
        return None;
    };
    let Some((word, path)) = text.split_once(' ') else {
        report.error(node.span, format!("`request` must be a method and a path, not `{text}`"), "");
        report.help("write it like `POST /things/{{ thingId }}`");
        return None;
    };
    let method = method(word, node, text, report);
    let before = report.len();
    check_path(path, node, text, report);
    let (variables, openapi) = variables(path.trim(), node, text, report);
    if before == report.len() {
        templates.filled(node, "the request", &variables, report);
    }
    Some(RequestLine { method: method?, template: path.trim().to_owned(), path: openapi, variables })
}

fn method(word: &str, node: &Node, text: &str, report: &mut Report) -> Option<Method> {
    let found = METHODS.iter().find(|(name, _)| *name == word).map(|(_, method)| *method);
    if found.is_none() {
        let names: Vec<&str> = METHODS.iter().map(|(name, _)| *name).collect();
        report.error(within(node, text, 0..word.len()), format!("`{word}` is not a method"), "");
        suggest(word, &names, "methods are", report);
    }
    found
}

fn check_path(path: &str, node: &Node, text: &str, report: &mut Report) {
    let start = text.len() - path.len();
    let mut blame = |at: usize, length: usize, message: String, help: &str| {
        report.error(within(node, text, start + at..start + at + length), message, "");
        report.help(help);
    };
    if !path.starts_with('/') {
        let message = format!("the path `{path}` does not begin with `/`");
        return blame(0, path.len(), message, "the host stands in `base_url`; what follows it begins with `/`");
    }
    for segment in path.split('/').filter(|segment| segment.len() > 1 && segment.starts_with(':')) {
        let at = path.find(segment).unwrap_or(0);
        let help = format!("variables are written `{{{{ {} }}}}`", &segment[1..]);
        blame(at, segment.len(), format!("`{segment}` is no variable"), &help);
    }
    if let Some(at) = path.find(['?', '#']) {
        blame(
            at,
            path.len() - at,
            "a path cannot hold a query".to_owned(),
            "list what stands in the query under `params` with `in: query`",
        );
    }
    if let Some(at) = path.find("//") {
        blame(at, 2, "the path has an empty segment".to_owned(), "leave one `/` out");
    }
    let outside = outside_templates(path);
    if let Some((at, found)) = outside.iter().find(|(_, c)| matches!(c, '{' | '}')) {
        let rest = path[at + 1..].trim_start_matches('{');
        let name = rest.split(['}', '/', '{']).next().unwrap_or_default().trim();
        let name = if *found == '{' && is_name(name) { name } else { "name" };
        let help = format!("variables are written `{{{{ {name} }}}}`");
        blame(*at, found.len_utf8(), "a single brace in a path".to_owned(), &help);
    } else if let Some((at, _)) = outside.iter().find(|(at, c)| c.is_whitespace() && *at < path.trim_end().len()) {
        blame(*at, 1, "white space in a path".to_owned(), "a request is a method, one space and a path");
    }
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        blame(0, path.len(), "the path climbs with `.` or `..`".to_owned(), "write the path itself");
    }
}

/// The characters outside `{{ }}`, with their byte offsets.
fn outside_templates(path: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(open) = path[rest..].find("{{").map(|at| rest + at) {
        found.extend(path[rest..open].char_indices().map(|(at, c)| (rest + at, c)));
        rest = open;
        let Some(close) = path[open..].find("}}") else { break };
        rest = open + close + 2;
    }
    found.extend(path[rest..].char_indices().map(|(at, c)| (rest + at, c)));
    found
}

/// The variables of a path, and the path in `OpenAPI` form.
fn variables(path: &str, node: &Node, text: &str, report: &mut Report) -> (Vec<(String, Span)>, String) {
    let start = text.trim_end().len() - path.len();
    let mut found: Vec<(String, Span)> = Vec::new();
    let mut openapi = String::with_capacity(path.len());
    let mut rest = 0;
    while let Some(open) = path[rest..].find("{{").map(|at| rest + at) {
        let Some(length) = path[open..].find("}}") else { break };
        let inside = &path[open + 2..open + length];
        let name = inside.split('|').next().unwrap_or_default().trim();
        let whole = within(node, text, start + open..start + open + length + 2);
        if !is_name(name) || !inside.split('|').skip(1).all(is_filter) {
            report.error(whole, format!("`{{{{{inside}}}}}` is more than a name with filters"), "");
            report.help("a path is filled by plain `{{ name }}`; work things out in the parameter instead");
        }
        openapi.push_str(&path[rest..open]);
        openapi.push('{');
        openapi.push_str(name);
        openapi.push('}');
        rest = open + length + 2;
        if !is_name(name) {
            continue;
        }
        let at = open + 2 + inside.find(name).unwrap_or(0);
        let span = within(node, text, start + at..start + at + name.len());
        if found.iter().any(|(twin, _)| twin == name) {
            report.error(span, format!("the path uses `{name}` twice"), "");
        }
        found.push((name.to_owned(), span));
    }
    openapi.push_str(&path[rest..]);
    (found, openapi)
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn is_filter(text: &str) -> bool {
    let name = text.split('(').next().unwrap_or_default().trim();
    is_name(name) && (!text.contains('(') || text.trim_end().ends_with(')'))
}

/// The variables of a request line in `OpenAPI` form (`GET /accounts/{accountId}`); `None` when it is not one.
pub(super) fn openapi_line(text: &str) -> Option<Vec<String>> {
    let (method, path) = text.trim().split_once(' ')?;
    let known = METHODS.iter().any(|(name, _)| *name == method);
    if !known || !path.starts_with('/') {
        return None;
    }
    path.split('{').skip(1).map(|part| part.split_once('}').map(|(name, _)| name.to_owned())).collect()
}

/// Whether a text is a request line in `OpenAPI` form that could be written as a template.
pub(in crate::catalog) fn is_request_line(text: &str) -> bool {
    let path = text.split_once(' ').map_or("", |(_, path)| path);
    let odd = path.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#'));
    let balanced = path.matches('{').count() == path.matches('}').count();
    let named = openapi_line(text).is_some_and(|names| names.iter().all(|name| is_name(name)));
    !odd && balanced && named
}
