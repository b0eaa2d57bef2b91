use serde_json::json;

use crate::catalog::{Key, Node, NodeValue, Report, parse};

/// Something to write into `profiles.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The keys that lead to it, from the top of the file.
    pub path: Vec<String>,
    /// The value in YAML, on one line.
    pub value: String,
}

/// The text with values written in; everything else stays byte for byte. A value that is there already stays too.
///
/// # Errors
/// What is in the way, in words that name the line.
pub fn edited(text: &str, edits: &[Edit]) -> Result<String, String> {
    edits.iter().try_fold(text.to_owned(), |text, edit| one(&text, edit))
}

/// A text as YAML takes it on one line: plain where that is clear, else in quotes.
#[must_use]
pub fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' ');
    let word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(plain)
        && text.trim() == text
        && !matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off");
    if word { text.to_owned() } else { json!(text).to_string() }
}

fn one(text: &str, edit: &Edit) -> Result<String, String> {
    let mut report = Report::new(vec![String::new()]);
    let root =
        if text.trim().is_empty() { Node::empty() } else { parse(0, text, &mut report).unwrap_or_else(Node::empty) };
    if report.has_errors() {
        return Err("the file has mistakes; mend them first (`sayso profiles` tells them)".to_owned());
    }
    let mut node = &root;
    let mut key: Option<&Key> = None;
    for (depth, name) in edit.path.iter().enumerate() {
        match node.entries().iter().find(|(k, _)| k.text == *name) {
            Some((found, inner)) => (key, node) = (Some(found), inner),
            None => return insert(text, node, key, &edit.path[depth..], &edit.value),
        }
    }
    let line = key.map_or(1, |key| key.span.line);
    let written = text.get(node.span.start as usize..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    if text_of(node) == edit.value || written.starts_with(&edit.value) {
        return Ok(text.to_owned());
    }
    Err(format!(
        "`{}` is there already, at line {line}; change it by hand, or take another name",
        edit.path.join(" → ")
    ))
}

fn text_of(node: &Node) -> String {
    node.text().map(quoted).unwrap_or_default()
}

/// Writes the rest of a path under a node, before what is there.
fn insert(text: &str, node: &Node, key: Option<&Key>, path: &[String], value: &str) -> Result<String, String> {
    let place = key.map_or(0, |key| key.span.line);
    let (at, indent) = match (node.entries().first(), key) {
        (Some((first, _)), _) if first.span.line > place => (first.span.line - 1, first.span.column - 1),
        (None, Some(key)) if node.value == NodeValue::Null => (key.span.line, key.span.column + 1),
        (None, None) => (0, 0),
        _ => return Err(format!("line {place} is written in braces; add to it by hand: {}: {value}", path.join(": "))),
    };
    let mut lines = Vec::new();
    for (depth, name) in path.iter().enumerate() {
        let margin = " ".repeat(indent as usize + 2 * depth);
        let end = if depth + 1 == path.len() { format!(" {value}") } else { String::new() };
        lines.push(format!("{margin}{}:{end}", quoted(name)));
    }
    let before: Vec<&str> = text.lines().take(at as usize).collect();
    let after: Vec<&str> = text.lines().skip(at as usize).collect();
    let all: Vec<&str> = before.into_iter().chain(lines.iter().map(String::as_str)).chain(after).collect();
    Ok(all.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(path: &[&str], value: &str) -> Edit {
        Edit { path: path.iter().map(ToString::to_string).collect(), value: value.into() }
    }

    #[test]
    fn a_new_file_is_written_from_nothing() {
        let edits = [
            edit(&["profiles", "acme", "services", "shop", "token"], "{file: tokens/acme}"),
            edit(&["default"], "acme"),
        ];
        let text = edited("", &edits).expect("written");
        assert_eq!(
            text,
            "default: acme\nprofiles:\n  acme:\n    services:\n      shop:\n        token: {file: tokens/acme}\n"
        );
        assert_eq!(edited(&text, &edits).as_deref(), Ok(text.as_str()), "the same again changes nothing");
    }

    #[test]
    fn what_is_there_stays_as_it_is() {
        let before = "# mine\nprofiles:\n    acme:   # agency\n        services:\n            shop:\n                locations:\n";
        let wanted = edit(&["profiles", "acme", "services", "shop", "locations", "Acme: Dental"], "{id: L1}");
        let text = edited(before, &[wanted]).expect("written");
        assert_eq!(text, format!("{before}                  \"Acme: Dental\": {{id: L1}}\n"));
        let next = edit(&["profiles", "acme", "services", "shop", "locations", "Globex"], "{id: L2}");
        let text = edited(&text, &[next]).expect("written");
        assert!(
            text.ends_with("                  Globex: {id: L2}\n                  \"Acme: Dental\": {id: L1}\n"),
            "{text}"
        );
    }

    #[test]
    fn what_is_in_the_way_is_told() {
        let before = "profiles:\n  acme: {title: x}\n";
        let error = edited(before, &[edit(&["profiles", "acme", "services"], "x")]).expect_err("braces");
        assert!(error.starts_with("line 2 is written in braces"), "{error}");
        let error = edited("default: a\n", &[edit(&["default"], "b")]).expect_err("another value");
        assert!(error.contains("`default` is there already, at line 1"), "{error}");
    }
}
