//! What most items of most lines are, told without the grammar: words, figures, codes and quotes that nothing is glued to.
//! A property test holds each to what the grammar says.

use super::amount::decimal;
use super::{Item, ItemKind};

/// A code of letters alone is at least this long, and mixes cases inside.
const SHORTEST_LETTER_CODE: usize = 17;

/// Fewer letters and figures may be a time or an amount.
const SHORTEST_ID: usize = 10;

/// Takes the items down that a line begins with, where they can be told without the grammar; how many bytes they are.
/// `rest` begins `at` bytes into the line.
pub(super) fn take(rest: &str, at: usize, items: &mut Vec<Item>) -> Option<usize> {
    let bytes = rest.as_bytes();
    let first = *bytes.first()?;
    let mut push = |kind: ItemKind, length: usize, folded: String| {
        items.push(Item { kind, start: at, end: at + length, folded });
        length
    };
    if let Some(kind) = mark(rest) {
        return Some(push(kind, 1, rest[..1].to_owned()));
    }
    if first == b'"' {
        let length = quoted(bytes)?;
        let folded = super::fold::fold(&rest[1..length - 1]);
        return Some(push(ItemKind::Quoted { start: at + 1, end: at + length - 1 }, length, folded));
    }
    if let Some(length) = figure(bytes) {
        let amount = decimal(&rest[..length]);
        return Some(push(ItemKind::Number { amount }, length, rest[..length].to_owned()));
    }
    if let Some(length) = dollars(bytes) {
        let amount = decimal(&rest[1..length]);
        return Some(push(ItemKind::Money { amount, currency: None }, length, rest[..length].to_owned()));
    }
    if let Some(length) = word(bytes) {
        let kind = if is_letter_code(&rest[..length]) { ItemKind::Code } else { ItemKind::Word };
        push(kind, length, rest[..length].to_ascii_lowercase());
        if !owns(&bytes[length..]) {
            return Some(length);
        }
        let (start, end) = (at + length, at + length + 2);
        items.push(Item { kind: ItemKind::Possessive, start, end, folded: "'s".to_owned() });
        return Some(length + 2);
    }
    let (kind, length) = if let Some(length) = joined(bytes) {
        (ItemKind::Word, length)
    } else if let Some(length) = code(bytes).or_else(|| id(bytes)) {
        (ItemKind::Code, length)
    } else {
        (ItemKind::Email, address(bytes)?)
    };
    Some(push(kind, length, rest[..length].to_ascii_lowercase()))
}

/// A mark by itself.
fn mark(rest: &str) -> Option<ItemKind> {
    let alone = matches!(rest.as_bytes().get(1), None | Some(b' '));
    match rest.as_bytes().first()? {
        b',' => Some(ItemKind::Comma),
        b':' => Some(ItemKind::Colon),
        b';' => Some(ItemKind::Semicolon),
        b'.' if alone => Some(ItemKind::Stop),
        b'?' if alone => Some(ItemKind::Question),
        b'-' if alone => Some(ItemKind::Dash),
        _ => None,
    }
}

/// A word of letters that ends at a space, a comma, a mark before a space, the end, or what owns: the grammar's `plain`, but
/// for what follows some of them.
fn word(bytes: &[u8]) -> Option<usize> {
    let length = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    // Three letters before an amount are a currency.
    let amount = || bytes.get(length + 1).is_some_and(|b| b.is_ascii_digit() || *b == b'$');
    let ends = match bytes.get(length) {
        None | Some(b',') => true,
        Some(b'?' | b'!' | b':' | b';' | b')') => matches!(bytes.get(length + 1), None | Some(b' ')),
        Some(b' ') => !(length == 3 && amount()),
        Some(b'\'') => owns(&bytes[length..]),
        _ => false,
    };
    (length > 0 && ends).then_some(length)
}

/// Whether an apostrophe and an "s" end a word.
fn owns(bytes: &[u8]) -> bool {
    let glued = |b: &u8| b.is_ascii_alphanumeric() || !b.is_ascii();
    matches!(bytes, [b'\'', b's' | b'S', rest @ ..] if !rest.first().is_some_and(glued))
}

/// A text in straight quotes that nothing is glued to.
fn quoted(bytes: &[u8]) -> Option<usize> {
    let length = bytes[1..].iter().position(|b| *b == b'"')? + 2;
    let glued = |b: &u8| matches!(b, b'\'' | b'"' | b'-') || !b.is_ascii();
    (!bytes.get(length).is_some_and(glued)).then_some(length)
}

/// A whole number with nothing behind it that could belong to it: half of a day, a currency, more figures.
fn figure(bytes: &[u8]) -> Option<usize> {
    let length = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if ends(&bytes[length..]) {
        return Some(length);
    }
    let next = bytes[length..].strip_prefix(b" ")?;
    let letters = next.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let half = matches!(next.first(), Some(b'a' | b'p' | b'A' | b'P'));
    (letters > 3 || matches!(letters, 1 | 2) && !half).then_some(length)
}

/// An amount in dollars of figures alone, thousands parted by commas.
fn dollars(bytes: &[u8]) -> Option<usize> {
    let figures = bytes.strip_prefix(b"$")?;
    let whole = figures.iter().take_while(|b| b.is_ascii_digit()).count();
    let mut length = 1 + whole;
    while let [b',', a, b, c, ..] = &bytes[length..]
        && whole <= 3
        && [a, b, c].into_iter().all(u8::is_ascii_digit)
    {
        length += 4;
    }
    (whole > 0 && alone(&bytes[length..])).then_some(length)
}

/// Words of letters joined by dashes.
fn joined(bytes: &[u8]) -> Option<usize> {
    let length = parts(bytes, u8::is_ascii_alphabetic, |b| *b == b'-')?;
    (bytes[..length].contains(&b'-') && alone(&bytes[length..])).then_some(length)
}

/// How many bytes the parts are that a line begins with, each two joined by a mark; nothing where two marks meet, or one
/// begins or ends them. The first fault ends the search: a line of such faults is searched at each of its letters.
fn parts(bytes: &[u8], part: fn(&u8) -> bool, mark: fn(&u8) -> bool) -> Option<usize> {
    let mut joins = true;
    let mut length = 0;
    for b in bytes.iter().take_while(|b| part(b) || mark(b)) {
        if joins && mark(b) {
            return None;
        }
        joins = mark(b);
        length += 1;
    }
    (!joins).then_some(length)
}

/// A long code of letters and figures that begins with a figure, and with no time, ordinal or amount.
fn id(bytes: &[u8]) -> Option<usize> {
    let length = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let figures = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let letters = bytes[figures..length].iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let fits = figures > 0 && length >= SHORTEST_ID && figures + letters < length && matches!(letters, 1 | 4..);
    let half = matches!(bytes.get(figures), Some(b'a' | b'p' | b'A' | b'P'));
    (fits && !half && alone(&bytes[length..])).then_some(length)
}

/// An address of letters, figures, stops and dashes that begins with letters, each of its parts whole.
fn address(bytes: &[u8]) -> Option<usize> {
    // A stop that ends the line is none of it.
    let bytes = bytes.strip_suffix(b".").unwrap_or(bytes);
    let whole = |bytes| parts(bytes, u8::is_ascii_alphanumeric, |b| matches!(b, b'.' | b'-'));
    let (name, rest) = bytes.split_at(whole(bytes)?);
    let rest = rest.strip_prefix(b"@")?;
    let (host, rest) = rest.split_at(whole(rest)?);
    let letters = name.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let web = name.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(b"www."));
    (letters > 3 && !web && host.contains(&b'.') && alone(rest)).then_some(name.len() + 1 + host.len())
}

/// A code of letters and figures that begins with a letter, its parts joined by dashes.
fn code(bytes: &[u8]) -> Option<usize> {
    let length = parts(bytes, u8::is_ascii_alphanumeric, |b| *b == b'-')?;
    let code = &bytes[..length];
    let figures = code.iter().any(u8::is_ascii_digit);
    let currency = code.len() > 3 && code[..3].iter().all(u8::is_ascii_alphabetic) && code[3].is_ascii_digit();
    let begins = code.first()?.is_ascii_alphabetic();
    (begins && figures && !currency && alone(&bytes[length..])).then_some(length)
}

/// Whether a line is over, or goes on behind a comma, or ends in a mark.
fn ends(rest: &[u8]) -> bool {
    matches!(rest, [] | [b',' | b'?' | b'.'] | [b',', b' ', ..])
}

/// The same, or a space.
fn alone(rest: &[u8]) -> bool {
    ends(rest) || rest.first() == Some(&b' ')
}

pub(super) fn is_letter_code(text: &str) -> bool {
    text.len() >= SHORTEST_LETTER_CODE
        && text.bytes().all(|b| b.is_ascii_alphabetic())
        && text[1..].bytes().any(|b| b.is_ascii_uppercase())
        && text.bytes().any(|b| b.is_ascii_lowercase())
}
