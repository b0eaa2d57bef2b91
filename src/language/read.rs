use pest::{Parser, iterators::Pair};

use super::{
    Item, ItemKind, ReadError, Utterance, amount,
    command::{Command, Rule},
    fold::fold,
    plain::{self, is_letter_code},
};

/// The longest line, in bytes.
const LONGEST: usize = 65_536;

/// Takes a line apart, in time linear in its length.
///
/// # Errors
/// Only for a line over 64 KiB or with control characters (tab excepted).
pub fn read(line: &str) -> Result<Utterance, ReadError> {
    if line.len() > LONGEST {
        return Err(ReadError::TooLong(line.len()));
    }
    if let Some((at, c)) = line.char_indices().find(|(_, c)| c.is_control() && *c != '\t') {
        return Err(ReadError::Control(u32::from(c), at));
    }
    Ok(Utterance { text: line.to_owned(), items: items(line) })
}

/// The items of a line, as the grammar's `line` finds them: step by step, and without the grammar what can be told
/// without it.
pub(super) fn items(line: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(line.len() / 5 + 1);
    let mut rule = Rule::first;
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        if rest.starts_with(' ') {
            at += 1;
        } else if let Some(length) = plain::take(rest, at, &mut items) {
            at += length;
        } else {
            at += match step(rule, rest, at, &mut items) {
                Some(length) => length,
                None if rule == Rule::first => {
                    rule = Rule::later;
                    0
                }
                // The grammar is total (a property test holds it to that), so this is never reached.
                None => rest.chars().next().map_or(1, char::len_utf8),
            };
        }
    }
    items
}

/// Takes one step of the grammar from the beginning of `rest`, which is `at` bytes into the line; how far it went.
fn step(rule: Rule, rest: &str, at: usize, items: &mut Vec<Item>) -> Option<usize> {
    let pairs = Command::parse(rule, rest).ok()?;
    let from = items.len();
    for pair in pairs {
        let item = item(pair, at, items.last());
        items.push(item);
    }
    match items[from..].last() {
        Some(item) => Some(item.end - at),
        None => Some(rest.len() - rest.trim_start_matches(is_space).len()).filter(|length| *length > 0),
    }
}

/// What the grammar calls `WS`.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{200B}' | '\u{FEFF}') || !c.is_ascii() && c.is_whitespace()
}

/// An item of a part of a line that begins at a byte of it.
pub(super) fn item(pair: Pair<Rule>, offset: usize, previous: Option<&Item>) -> Item {
    let span = pair.as_span();
    let (start, end, text) = (offset + span.start(), offset + span.end(), span.as_str());
    let kind = kind(pair, text, start, previous);
    let folded = match kind {
        ItemKind::Quoted { start: from, end: to } => fold(&text[from - start..to - start]),
        // "The students' list" owns as "Ann's list" does.
        ItemKind::Possessive => "'s".to_owned(),
        _ => fold(text),
    };
    Item { kind, start, end, folded }
}

fn kind(pair: Pair<Rule>, text: &str, start: usize, previous: Option<&Item>) -> ItemKind {
    match pair.as_rule() {
        Rule::plain | Rule::word if is_letter_code(text) => ItemKind::Code,
        Rule::plain | Rule::word | Rule::clipped | Rule::ordinal | Rule::initials | Rule::title | Rule::with => {
            ItemKind::Word
        }
        Rule::plural_mark if previous.is_none_or(|item| !item.folded.ends_with(['s', 'x', 'z'])) => ItemKind::Other,
        Rule::possessive | Rule::plural_mark => ItemKind::Possessive,
        Rule::quoted | Rule::single_quoted => {
            let (from, to) = inside_quotes(text, start);
            ItemKind::Quoted { start: from, end: to }
        }
        Rule::key_value | Rule::single_value | Rule::stray_value => {
            let offset = start - pair.as_span().start();
            key_value(pair, offset)
        }
        Rule::json => ItemKind::Json,
        Rule::email => ItemKind::Email,
        Rule::url => ItemKind::Url,
        Rule::site | Rule::code | Rule::at_least => ItemKind::Code,
        Rule::iso_date => ItemKind::IsoDate,
        Rule::phone => ItemKind::Phone,
        Rule::time => ItemKind::Time,
        Rule::money => money(pair),
        Rule::percent => ItemKind::Percent { amount: first_amount(pair) },
        Rule::number => ItemKind::Number { amount: first_amount(pair) },
        Rule::colon if text == ">" && previous.is_none_or(|item| item.end == start) => ItemKind::Bracket,
        rule => mark(rule),
    }
}

fn mark(rule: Rule) -> ItemKind {
    match rule {
        Rule::comma => ItemKind::Comma,
        Rule::colon => ItemKind::Colon,
        Rule::semicolon => ItemKind::Semicolon,
        Rule::dash | Rule::glued_dash => ItemKind::Dash,
        Rule::equals => ItemKind::Equals,
        Rule::arrow => ItemKind::Arrow,
        Rule::stop => ItemKind::Stop,
        Rule::question => ItemKind::Question,
        Rule::ampersand => ItemKind::Ampersand,
        Rule::bracket | Rule::closing => ItemKind::Bracket,
        _ => ItemKind::Other,
    }
}

/// Byte offsets of what stands between the first and the last character of `text`, which begins at `start`.
fn inside_quotes(text: &str, start: usize) -> (usize, usize) {
    let width = |c: Option<char>| c.map_or(0, char::len_utf8);
    (start + width(text.chars().next()), start + text.len() - width(text.chars().next_back()))
}

fn key_value(pair: Pair<Rule>, offset: usize) -> ItemKind {
    let (mut key, mut start, mut end) = (String::new(), 0, 0);
    for part in pair.into_inner() {
        let span = part.as_span();
        match part.as_rule() {
            Rule::key => span.as_str().clone_into(&mut key),
            Rule::quoted | Rule::single_quoted => (start, end) = inside_quotes(span.as_str(), span.start()),
            _ => (start, end) = (span.start(), span.end()),
        }
    }
    ItemKind::KeyValue { key, start: offset + start, end: offset + end }
}

fn money(pair: Pair<Rule>) -> ItemKind {
    let (mut text, mut currency, mut negative) = (String::new(), None, false);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::amount => text = amount::decimal(part.as_str()),
            Rule::minus => negative = true,
            _ => currency = amount::currency(part.as_str()).or(currency),
        }
    }
    if negative && !text.starts_with('-') {
        text.insert(0, '-');
    }
    ItemKind::Money { amount: text, currency }
}

fn first_amount(pair: Pair<Rule>) -> String {
    pair.into_inner().next().map(|part| amount::decimal(part.as_str())).unwrap_or_default()
}
