//! Phrase patterns of an operation, matched against a stretch of a line.

use crate::catalog::{Kind, Operation, Parameter, Piece, Sense, WordSet};

use super::score;
use super::slots::{Filled, Found, Slots, Span};

/// A pattern found in a line.
#[derive(Debug, Clone)]
pub struct PatternMatch {
    /// First item.
    pub first: usize,
    /// One past the last.
    pub past: usize,
    /// Points.
    pub score: i32,
    /// What its slots hold.
    pub filled: Vec<Filled>,
    /// A literal word was mended.
    pub repaired: bool,
}

/// Words that may stand unsaid between the pieces of a pattern, in a row.
const MOST_SKIPPED: usize = 2;
/// Ways kept for one pattern.
const MOST_WAYS: usize = 24;

/// All ways in which the given patterns fit somewhere in the line.
pub fn match_patterns(op: &Operation, slots: &Slots<'_>, patterns: &[u16]) -> Vec<PatternMatch> {
    let mut found = Vec::new();
    for pattern in patterns {
        let pieces: Vec<Piece> = slots.frame.pattern(usize::from(*pattern)).collect();
        let from = found.len();
        for first in slots.first..slots.past {
            let start = PatternMatch { first, past: first, score: score::PATTERN, filled: Vec::new(), repaired: false };
            step(op, slots, &pieces, first, start, &mut found, from);
        }
    }
    found
}

fn step(
    op: &Operation,
    slots: &Slots<'_>,
    pieces: &[Piece],
    at: usize,
    way: PatternMatch,
    found: &mut Vec<PatternMatch>,
    from: usize,
) {
    let Some((piece, rest)) = pieces.split_first() else {
        if found.len() < from + MOST_WAYS {
            found.push(PatternMatch { past: at, ..way });
        }
        return;
    };
    match piece {
        Piece::Word(term) => {
            let begun = way.past > way.first || !way.filled.is_empty();
            let starts = if begun { reachable(slots, at) } else { vec![(at, 0)] };
            for (at, cost) in starts {
                let hit = |m: &&super::annotate::Match| m.term == *term && at + usize::from(m.len) <= slots.past;
                if let Some(m) = slots.line.matches.get(at).and_then(|ms| ms.iter().find(hit)) {
                    let mut next = way.clone();
                    next.score += score::PATTERN_WORD - cost;
                    next.repaired |= m.repaired;
                    next.past = at + 1;
                    return step(op, slots, rest, at + usize::from(m.len), next, found, from);
                }
            }
        }
        Piece::Slot(param) => {
            let declared = &op.params[usize::from(*param)];
            for (at, cost) in slot_starts(slots, *param, at) {
                let mut spans: Vec<Span> = Vec::new();
                let last = rest.iter().all(|p| matches!(p, Piece::Set(..)));
                slots.values(*param, declared, at, last, &mut spans);
                for (end, value, held) in spans {
                    if last && prose_cut_short(slots, declared, &held) {
                        continue;
                    }
                    for past in slot_ends(slots, *param, end) {
                        if !next_word_fits(slots, rest, past) {
                            continue;
                        }
                        let mut next = way.clone();
                        next.score += value + 4 - cost;
                        next.past = past;
                        next.filled.push(Filled { param: *param, found: held.clone() });
                        step(op, slots, rest, past, next, found, from);
                    }
                }
            }
        }
        Piece::Set(param, value) => {
            let mut next = way;
            next.filled.push(Filled { param: *param, found: Found::Set(slots.frame.set_text(*value).to_owned()) });
            step(op, slots, rest, at, next, found, from);
        }
    }
}

/// Items at which the value of a slot may begin: the noun of its resource may stand before it ("deal Solar Install").
fn slot_starts(slots: &Slots<'_>, param: u8, at: usize) -> Vec<(usize, i32)> {
    let mut starts = reachable(slots, at);
    for (before, cost) in starts.clone() {
        if let Some(noun) = slots.noun_of(param, before) {
            starts.extend(reachable(slots, noun.past).into_iter().map(|(at, more)| (at, cost + more - 2)));
        }
    }
    starts
}

/// Items at which a slot may be over: after its value, or after the noun behind it ("the Solar Install deal").
fn slot_ends(slots: &Slots<'_>, param: u8, end: usize) -> impl Iterator<Item = usize> {
    let named = |at: usize| super::annotate::is_name(slots.line.utterance, at);
    let inside = end < slots.past && named(end) && named(end - 1);
    let noun = slots.noun_of(param, end).filter(|_| !inside);
    std::iter::once(end).chain(noun.map(|noun| noun.past))
}

/// Prose that ends a pattern runs to the end of the line, unless it stands in quotes.
fn prose_cut_short(slots: &Slots<'_>, declared: &Parameter, held: &Found) -> bool {
    let Found::Span(at, _) = held else { return false };
    let quoted = matches!(slots.line.utterance.items[*at].kind, crate::language::ItemKind::Quoted { .. });
    declared.kind == Kind::FreeText && !quoted
}

/// A cheap look ahead: when a literal follows a slot, it must stand within reach of the slot's end.
fn next_word_fits(slots: &Slots<'_>, rest: &[Piece], end: usize) -> bool {
    let Some(Piece::Word(term)) = rest.iter().find(|p| !matches!(p, Piece::Set(..))) else { return true };
    reachable(slots, end)
        .iter()
        .any(|(at, _)| slots.line.matches.get(*at).is_some_and(|ms| ms.iter().any(|m| m.term == *term)))
}

/// Items at which the next piece may begin: here, or after words that carry nothing.
fn reachable(slots: &Slots<'_>, at: usize) -> Vec<(usize, i32)> {
    let mut out = vec![(at, 0)];
    let mut next = at;
    for _ in 0..MOST_SKIPPED {
        let Some(len) = passable(slots, next) else { break };
        next += len;
        out.push((next, 1));
    }
    out
}

fn passable(slots: &Slots<'_>, at: usize) -> Option<usize> {
    if at >= slots.past {
        return None;
    }
    let light = |s: &Sense| matches!(s, Sense::Set(WordSet::Filler | WordSet::Determiner | WordSet::Light));
    let matches = &slots.line.matches[at];
    use crate::language::ItemKind::{Colon, Comma, Dash};
    if matches!(slots.line.utterance.items[at].kind, Comma | Colon | Dash) {
        return Some(1);
    }
    matches
        .iter()
        .filter(|m| at + usize::from(m.len) <= slots.past && slots.vocabulary.senses(m.term).iter().any(light))
        .map(|m| usize::from(m.len))
        .max()
}
