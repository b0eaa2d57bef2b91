//! Values that their look tells by itself: numbers, truth values, dates and lengths of time.

use crate::catalog::{Sense, WordSet};
use crate::language::{ItemKind, When, number_word};

use super::found::{Found, Span, item};
use super::score;
use super::stretch::Stretch;

/// Finds the numbers at an item, for parameters whose allowed values are numbers.
pub fn number(line: &Stretch<'_>, money: bool, unit: bool, at: usize, out: &mut Vec<Span>) {
    let points = match line.kind(at) {
        ItemKind::Number { .. } => Some(score::TYPED - 2),
        ItemKind::Money { .. } if money => Some(score::TYPED + 2),
        ItemKind::Money { .. } | ItemKind::Percent { .. } => Some(score::TYPED - 3),
        ItemKind::Quoted { .. } => Some(-4),
        ItemKind::Word if number_word(&line.line.utterance.items[at].folded).is_some() => Some(2),
        _ => None,
    };
    out.extend(points.map(|points| one(at, points)));
    if unit {
        lengths(line, at, out);
    }
}

/// A value of one item.
pub(super) fn one(at: usize, points: i32) -> Span {
    Span { end: at + 1, points, found: Found::Span(item(at), item(at + 1)) }
}

/// Yes or no, by whatever words.
pub(super) fn boolean(line: &Stretch<'_>, at: usize, out: &mut Vec<Span>) {
    for m in line.line.matches(at) {
        let end = at + usize::from(m.len);
        for sense in line.vocabulary.senses(m.term).iter().filter(|_| end <= line.past) {
            let yes = match sense {
                Sense::Set(WordSet::True) => true,
                Sense::Set(WordSet::False) => false,
                _ => continue,
            };
            out.push(Span { end, points: 6, found: Found::Boolean(yes) });
        }
    }
}

/// Days and moments; `ranges`: stretches of time too.
pub(super) fn date(line: &Stretch<'_>, ranges: bool, at: usize, out: &mut Vec<Span>) {
    for (index, date) in line.dates_at(at) {
        let fits = match date.ahead {
            When::Minutes(_) => false,
            When::Day(_) | When::Moment(_) => true,
            When::Days(..) | When::Span(..) | When::From(_) | When::Until(_) => ranges,
        };
        if !fits {
            continue;
        }
        let length = date.last - date.first;
        let cut = if line.in_longer_date(date) { score::PART_OF_DATE } else { 0 };
        let idle = if line.is(at, WordSet::Filler) && length == 0 { score::IDLE_DATE } else { 0 };
        let points = score::TYPED + i32::try_from(length).unwrap_or(0) + cut + idle;
        out.push(Span { end: date.last + 1, points, found: Found::Date(item(index)) });
    }
}

/// Lengths of time.
pub(super) fn lengths(line: &Stretch<'_>, at: usize, out: &mut Vec<Span>) {
    for (index, date) in line.dates_at(at) {
        if matches!(date.ahead, When::Minutes(_)) {
            out.push(Span { end: date.last + 1, points: score::TYPED + 2, found: Found::Date(item(index)) });
        }
    }
}

/// Whether what stands behind a number is nothing that there could be so many of.
pub(super) fn counts_nothing(line: &Stretch<'_>, at: usize) -> bool {
    let next = at + 1;
    next >= line.past
        || !matches!(line.kind(next), ItemKind::Word | ItemKind::Unit | ItemKind::Code)
        || line.is(next, WordSet::Conjunction)
}
