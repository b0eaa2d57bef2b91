use std::cell::RefCell;

use crate::catalog::keys::Section;
use crate::diagnostic::did_you_mean;

use super::{Node, Report, Span, Value};

/// How many names a finding lists when none is near.
const MOST_NAMES: usize = 40;

/// A map read key by key. Keys that its section does not declare are errors; a key that is read without being declared,
/// or declared without being read, is a mistake of ours that a debug build stops at.
pub(crate) struct Fields<'a> {
    node: &'a Node,
    section: &'static Section,
    what: String,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    /// Reads `node` as a map; `what` names it in messages ("operation `contacts.get`").
    pub(crate) fn new(node: &'a Node, section: &'static Section, what: impl Into<String>, report: &mut Report) -> Self {
        let what = what.into();
        if !matches!(node.value, Value::Map(_) | Value::Null) {
            wrong(node, &what, "a map", report);
        }
        Self { node, section, what, asked: RefCell::new(Vec::new()) }
    }

    /// What it is called in messages.
    pub(crate) fn what(&self) -> &str {
        &self.what
    }

    /// The value of a key. A key without a value counts as absent.
    pub(crate) fn get(&self, key: &'static str) -> Option<&'a Node> {
        self.get_or_null(key).filter(|node| node.value != Value::Null)
    }

    /// The value of a key, null included.
    pub(crate) fn get_or_null(&self, key: &'static str) -> Option<&'a Node> {
        debug_assert!(self.section.key(key).is_some(), "`{key}` of a {} is not declared", self.section.name);
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.node.get(key)
    }

    /// The scalar of a key, as written.
    pub(crate) fn text(&self, key: &'static str, report: &mut Report) -> Option<String> {
        let node = self.get(key)?;
        let text = node.text().map(str::to_owned);
        if text.is_none() {
            wrong(node, &format!("`{key}`"), "a text", report);
        }
        text
    }

    /// Whether a key says `true`; `None` when it is absent.
    pub(crate) fn flag(&self, key: &'static str, report: &mut Report) -> Option<bool> {
        let node = self.get(key)?;
        match &node.value {
            Value::Plain(text) if text == "true" => Some(true),
            Value::Plain(text) if text == "false" => Some(false),
            _ => {
                wrong(node, &format!("`{key}`"), "`true` or `false`", report);
                let meant = match node.text().unwrap_or_default().to_lowercase().as_str() {
                    "yes" | "on" | "true" | "1" => Some("true"),
                    "no" | "off" | "false" | "0" => Some("false"),
                    _ => None,
                };
                if let Some(meant) = meant {
                    report.help(format!("write `{key}: {meant}`, without quotes"));
                }
                None
            }
        }
    }

    /// The number of a key.
    pub(crate) fn number<T: std::str::FromStr>(&self, key: &'static str, report: &mut Report) -> Option<T> {
        let node = self.get(key)?;
        let number = match &node.value {
            Value::Plain(text) => text.parse().ok(),
            _ => None,
        };
        match (&number, &node.value) {
            (Some(_), _) => {}
            (None, Value::Plain(text)) if text.parse::<f64>().is_ok() => {
                report.error(node.span, format!("`{key}` cannot be {text}"), "");
                report.help("it is a whole number, not below zero");
            }
            _ => wrong(node, &format!("`{key}`"), "a number", report),
        }
        number
    }

    /// The texts of a key: a list, or a single one.
    pub(crate) fn texts(&self, key: &'static str, report: &mut Report) -> Vec<String> {
        self.get(key).map_or_else(Vec::new, |node| texts(node, key, report)).into_iter().map(|(text, _)| text).collect()
    }

    /// The same with the place of each.
    pub(crate) fn placed_texts(&self, key: &'static str, report: &mut Report) -> Vec<(String, Span)> {
        self.get(key).map_or_else(Vec::new, |node| texts(node, key, report))
    }

    /// Phrases: a list, or a single one; lower case, white space set right.
    pub(crate) fn words(&self, key: &'static str, report: &mut Report) -> Vec<String> {
        self.get(key).map_or_else(Vec::new, |node| words(node, key, report))
    }

    /// One of a few fixed words.
    pub(crate) fn choice<T: Copy>(&self, key: &'static str, known: &[(&str, T)], report: &mut Report) -> Option<T> {
        let node = self.get(key)?;
        let text = node.text().unwrap_or_default();
        let found = known.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            let what = if text.is_empty() { node.shape().to_owned() } else { format!("`{text}`") };
            report.error(node.span, format!("`{key}` of {} cannot be {what}", self.what), "");
            suggest(text, &names, "it is one of", report);
        }
        found
    }

    /// Several of a few fixed words.
    pub(crate) fn choices<T: Copy>(&self, key: &'static str, known: &[(&str, T)], report: &mut Report) -> Vec<T> {
        let mut found = Vec::new();
        for (text, span) in self.placed_texts(key, report) {
            if let Some((_, value)) = known.iter().find(|(name, _)| *name == text) {
                found.push(*value);
            } else {
                let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
                report.error(span, format!("`{key}` of {} cannot hold `{text}`", self.what), "");
                suggest(&text, &names, "it holds some of", report);
            }
        }
        found
    }

    /// Says what must be there and is not.
    pub(crate) fn missing(&self, key: &str, report: &mut Report) {
        let place = Span { length: self.node.span.length.min(1), ..self.node.span };
        report.error(place, format!("{} has no `{key}`", self.what), "");
    }

    /// Reports every key that is not declared.
    pub(crate) fn finish(self, report: &mut Report) {
        let known: Vec<&str> = self.section.keys.iter().map(|key| key.name).collect();
        let asked = self.asked.into_inner();
        let unread = known.iter().find(|key| !asked.contains(key));
        debug_assert!(unread.is_none(), "{unread:?} of a {} is declared and never read", self.section.name);
        for (key, _) in self.node.entries() {
            if !known.contains(&key.text.as_str()) {
                report.error(key.span, format!("unknown key `{}` in {}", key.text, self.what), "");
                suggest(&key.text, &known, "the keys here are", report);
            }
        }
    }
}

/// Reports that something is of the wrong shape.
pub(crate) fn wrong(node: &Node, what: &str, wanted: &str, report: &mut Report) {
    report.error(node.span, format!("{what} must be {wanted}, not {}", node.shape()), "");
    if let Some(key) = node.text().and_then(glued) {
        report.help(format!("put a space behind the colon of `{key}:`"));
    }
}

/// The key of `request:GET /pets`, which is a text for want of a space.
fn glued(text: &str) -> Option<&str> {
    let (key, rest) = text.split_once(':')?;
    let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (plain && !rest.starts_with([' ', '/']) && !rest.is_empty()).then_some(key)
}

/// Adds the nearest known name to the finding before, or all of them when none is near.
pub(crate) fn suggest(word: &str, known: &[&str], lead: &str, report: &mut Report) {
    if let Some(help) = did_you_mean(word, known.iter().copied()) {
        report.help(help);
    } else if !known.is_empty() {
        let mut names: Vec<String> = known.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
        if known.len() > MOST_NAMES {
            names.push("…".to_owned());
        }
        report.help(format!("{lead} {}", names.join(", ")));
    }
}

/// Phrases: a list, or a single one; lower case, white space set right, doubles left out.
pub(crate) fn words(node: &Node, key: &str, report: &mut Report) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (text, span) in texts(node, key, report) {
        let phrase = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if phrase.is_empty() {
            report.error(span, format!("an empty phrase in `{key}`"), "");
        } else if !words.contains(&phrase) {
            words.push(phrase);
        }
    }
    words
}

fn texts(node: &Node, key: &str, report: &mut Report) -> Vec<(String, Span)> {
    if let Some(text) = node.text() {
        return vec![(text.to_owned(), node.span)];
    }
    if !matches!(node.value, Value::List(_)) {
        wrong(node, &format!("`{key}`"), "a text or a list of texts", report);
        return Vec::new();
    }
    let mut found = Vec::new();
    for item in node.items() {
        match item.text() {
            Some(text) => found.push((text.to_owned(), item.span)),
            None => wrong(item, &format!("each of `{key}`"), "a text", report),
        }
    }
    found
}
