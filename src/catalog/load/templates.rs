use std::collections::BTreeMap;

use minijinja::{Environment, Error, ErrorKind};
use regex::Regex;

use crate::catalog::template::{FILTERS, excess, template_environment};
use crate::catalog::yaml::{Node, Report, Span};

use super::scope::suggest_near;

/// Checks templates and regular expressions when they are read, so that none fails when it is used.
pub(super) struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// A checker with the filters that templates may use.
    pub(super) fn new() -> Self {
        Self { environment: template_environment() }
    }

    /// The text of a template that can be read; what it names is not checked.
    pub(super) fn any(&self, node: &Node, what: &str, report: &mut Report) -> Option<String> {
        let text = node.text()?;
        if too_much(node, text, what, report) {
            return None;
        }
        match self.environment.template_from_str(text) {
            Err(error) => blame(node, text, what, &error, report),
            // Only a filter, a test or a function that does not exist is a fault whatever the values are.
            Ok(template) => match template.render(()) {
                Err(error) if is_unknown(&error) => blame(node, text, what, &error, report),
                _ => {}
            },
        }
        Some(text.to_owned())
    }

    /// Reports a template that cannot be read or filled: a filter that does not exist shows only then.
    pub(super) fn filled(&self, node: &Node, what: &str, names: &[(String, Span)], report: &mut Report) {
        let Some(text) = node.text() else { return };
        if too_much(node, text, what, report) {
            return;
        }
        let values: BTreeMap<&str, &str> = names.iter().map(|(name, _)| (name.as_str(), "x")).collect();
        if let Err(error) = self.environment.render_str(text, minijinja::value::Serde(&values)) {
            blame(node, text, what, &error, report);
        }
    }

    /// The text of a template that may use only those context values.
    pub(super) fn over(&self, node: &Node, what: &str, names: &[&str], report: &mut Report) -> Option<String> {
        self.knowing(node, what, names, "a context value of the service", report)
    }

    /// The text of a template that may use only those names, each of which is `one`.
    pub(super) fn knowing(
        &self,
        node: &Node,
        what: &str,
        names: &[&str],
        one: &str,
        report: &mut Report,
    ) -> Option<String> {
        let text = node.text()?;
        if too_much(node, text, what, report) {
            return None;
        }
        match self.environment.template_from_str(text) {
            Err(error) => blame(node, text, what, &error, report),
            Ok(template) => {
                let mut used: Vec<String> = template.undeclared_variables(false).into_iter().collect();
                used.sort();
                for name in used.iter().filter(|name| !names.contains(&name.as_str())) {
                    let span = text.find(name.as_str()).map_or(node.span, |at| within(node, text, at..at + name.len()));
                    report.error(span, format!("{what} uses `{name}`, which is not {one}"), "");
                    suggest_near(name, names, report);
                }
            }
        }
        Some(text.to_owned())
    }
}

/// Whether a template says what none may; it is reported.
fn too_much(node: &Node, text: &str, what: &str, report: &mut Report) -> bool {
    let Some((range, why)) = excess(text) else { return false };
    report.error(within(node, text, range), format!("{what} is not a template: {why}"), "");
    true
}

/// Whether a text is a template rather than a plain text.
pub(super) fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// A text that is a regular expression; a bad one is reported.
pub(super) fn regex(node: &Node, what: &str, report: &mut Report) -> Option<String> {
    let text = node.text()?;
    if let Err(error) = Regex::new(text) {
        let shown = error.to_string();
        let reason = shown.lines().last().unwrap_or_default().trim().trim_start_matches("error: ");
        report.error(node.span, format!("{what} is not a regular expression: {reason}"), "");
    }
    Some(text.to_owned())
}

/// The part of a scalar's place that a range of its text takes; the whole place when the file spells the text otherwise
/// (escapes, several lines).
pub(super) fn within(node: &Node, text: &str, range: std::ops::Range<usize>) -> Span {
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let quote = node.span.length.saturating_sub(narrow(text.len()));
    let plain = !text.contains('\n') && text.is_char_boundary(range.start) && matches!(quote, 0 | 2);
    let Some(before) = text.get(..range.start).filter(|_| plain) else { return node.span };
    let lead = quote / 2;
    Span {
        column: node.span.column + lead + narrow(before.chars().count()),
        start: node.span.start + lead + narrow(range.start),
        length: narrow(range.len()),
        ..node.span
    }
}

fn is_unknown(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::UnknownFilter | ErrorKind::UnknownTest | ErrorKind::UnknownFunction)
}

fn blame(node: &Node, text: &str, what: &str, error: &Error, report: &mut Report) {
    let reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let span =
        error.range().filter(|range| range.end <= text.len()).map_or(node.span, |range| within(node, text, range));
    report.error(span, format!("{what} is not a template: {reason}"), "");
    if is_unknown(error) {
        report.help(format!("leave it out; the filters are {}", FILTERS.join(", ")));
    }
}
