use serde_yaml::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};
use serde_yaml::{Error, Location, Spanned};

use super::node::Loose;
use super::syntax::syntax;
use super::{Key, Node, Report, Span, Value};

/// The most a file may hold, in bytes: enough for the largest service, small enough to read in no time.
const MAX_BYTES: usize = 4 << 20;

/// Reads one file. What is wrong with it as YAML goes to the report; `None` when nothing could be read.
pub(crate) fn parse(file: u32, text: &str, report: &mut Report) -> Option<Node> {
    if text.len() > MAX_BYTES {
        report.error(start_of(file), "the file is larger than 4 MiB", "");
        return None;
    }
    match read(text, DuplicateKeyPolicy::Error) {
        Ok(root) => Some(node(file, text, root)),
        Err(Error::DuplicateMappingKey { key, location }) => {
            let again = read(text, DuplicateKeyPolicy::LastWins).ok();
            let found = report.len();
            let root = again.map(|root| without_repeats(node(file, text, root), report));
            if report.len() == found {
                let name = key.map_or_else(String::new, |key| format!(" `{key}`"));
                report.error(span(file, location), format!("the key{name} is given twice"), "");
            }
            root
        }
        Err(error) => {
            syntax(file, text, &error, report);
            None
        }
    }
}

fn read(text: &str, duplicate_keys: DuplicateKeyPolicy) -> Result<Spanned<Loose>, Error> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        duplicate_keys: duplicate_keys,
        with_snippet: false,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        budget: serde_yaml::budget! {
            max_nodes: 150_000,
            max_events: 400_000,
            max_depth: 24,
            flow_nesting_limit: 24,
            max_aliases: 500,
            max_anchors: 200,
            max_recorded_anchor_events: 50_000,
            max_documents: 1,
        },
    };
    serde_yaml::from_str_with_options(text, options)
}

fn node(file: u32, text: &str, loose: Spanned<Loose>) -> Node {
    let written = raw(text, loose.defined);
    let value = match loose.value {
        Loose::Null => Value::Null,
        Loose::Typed => Value::Plain(written.to_owned()),
        Loose::Text(text) => Value::Text(text),
        Loose::List(items) => Value::List(items.into_iter().map(|item| node(file, text, item)).collect()),
        Loose::Map(entries) => {
            Value::Map(entries.into_iter().map(|(k, v)| (key(file, k), node(file, text, v))).collect())
        }
    };
    Node { span: span(file, loose.referenced), value }
}

fn key(file: u32, key: Spanned<String>) -> Key {
    Key { span: span(file, key.referenced), text: key.value }
}

/// Reports every repeated key and keeps the first of each.
fn without_repeats(node: Node, report: &mut Report) -> Node {
    let value = match node.value {
        Value::List(items) => Value::List(items.into_iter().map(|item| without_repeats(item, report)).collect()),
        Value::Map(entries) => {
            let mut kept: Vec<(Key, Node)> = Vec::with_capacity(entries.len());
            for (key, value) in entries {
                if let Some((first, _)) = kept.iter().find(|(k, _)| k.text == key.text) {
                    let message = format!("the key `{}` is given twice", key.text);
                    report.error(key.span, message, format!("first given at line {}", first.span.line));
                } else {
                    kept.push((key, without_repeats(value, report)));
                }
            }
            Value::Map(kept)
        }
        other => other,
    };
    Node { span: node.span, value }
}

/// The first place of a file.
pub(super) fn start_of(file: u32) -> Span {
    Span { file, line: 1, column: 1, start: 0, length: 0 }
}

/// A place as the parser tells it.
pub(super) fn span(file: u32, location: Location) -> Span {
    let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let span = location.span();
    Span {
        file,
        line: narrow(location.line()).max(1),
        column: narrow(location.column()).max(1),
        start: narrow(span.byte_offset().unwrap_or(0)),
        length: narrow(span.byte_len().unwrap_or(0)),
    }
}

/// A scalar as it stands in the file.
fn raw(text: &str, location: Location) -> &str {
    let span = span(0, location);
    let start = span.start as usize;
    text.get(start..start.saturating_add(span.length as usize)).unwrap_or("").trim()
}
