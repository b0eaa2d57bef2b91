//! Phrase patterns of an operation, matched against a stretch of a line.

use crate::catalog::{Kind, NounRole, Operation, Parameter, Piece, Sense, WordSet, traits};
use crate::language::ItemKind;

use super::annotate::Match;
use super::found::{Filled, Found, Span};
use super::score;
use super::slots::Slots;

/// A pattern found in a line.
#[derive(Debug, Clone, Copy)]
pub struct PatternMatch {
    /// First item.
    pub first: usize,
    /// One past the last.
    pub past: usize,
    /// Points.
    pub score: i32,
    /// What its slots hold: the first and one past the last of [`Patterns::filled`].
    pub filled: (u32, u32),
    /// A literal word was mended.
    pub repaired: bool,
    /// It tells what is to be done, and not only how: "newest first" alone asks for nothing.
    pub founds: bool,
}

/// The patterns found in a line, in the order of their first items.
#[derive(Debug, Default)]
pub struct Patterns {
    found: Vec<PatternMatch>,
    /// What their slots hold, one pattern after the other.
    filled: Vec<Filled>,
    pieces: Vec<Piece>,
    path: Vec<Filled>,
}

/// Words that may stand unsaid between the pieces of a pattern, in a row.
const MOST_SKIPPED: usize = 2;
/// Ways kept for one pattern.
const MOST_WAYS: usize = 24;

impl Patterns {
    /// Finds all ways in which some patterns of an operation fit somewhere in the line, in place of those found before.
    pub fn find(&mut self, op: &Operation, slots: &Slots<'_>, patterns: impl Iterator<Item = u16>) {
        self.found.clear();
        self.filled.clear();
        let mut pieces = std::mem::take(&mut self.pieces);
        for pattern in patterns {
            pieces.clear();
            pieces.extend(slots.frame.pattern(usize::from(pattern)));
            let opening = pieces.first().copied();
            let founds = founds(op, slots, &pieces);
            let from = self.found.len();
            let most = self.found.len() + MOST_WAYS;
            for first in slots.stretch.first..slots.stretch.past {
                if !may_open(slots, opening, first) {
                    continue;
                }
                let way = Way { first, past: first, score: score::PATTERN, repaired: false };
                self.path.clear();
                let (found, kept, path) = (&mut self.found, &mut self.filled, &mut self.path);
                Walk { op, slots, found, kept, path, most }.step(&pieces, first, way);
            }
            self.found[from..].iter_mut().for_each(|found| found.founds = founds);
        }
        self.pieces = pieces;
        self.found.sort_by_key(|p| p.first);
    }

    /// What the slots of all of them hold: [`PatternMatch::filled`] says where.
    pub fn filled(&self) -> &[Filled] {
        &self.filled
    }

    /// Whether none was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Those that begin at an item.
    pub fn at(&self, at: usize) -> &[PatternMatch] {
        let from = self.found.partition_point(|p| p.first < at);
        let past = self.found.partition_point(|p| p.first <= at);
        &self.found[from..past]
    }
}

/// Whether a pattern that opens with a piece may begin at an item.
fn may_open(slots: &Slots<'_>, opening: Option<Piece>, at: usize) -> bool {
    match opening {
        Some(Piece::Word(term)) => slots.stretch.line.matches(at).iter().any(|m| m.term == term),
        _ => true,
    }
}

/// How far a pattern was followed.
#[derive(Clone, Copy)]
struct Way {
    first: usize,
    past: usize,
    score: i32,
    repaired: bool,
}

/// Follows one pattern from one item.
struct Walk<'a> {
    op: &'a Operation,
    slots: &'a Slots<'a>,
    found: &'a mut Vec<PatternMatch>,
    kept: &'a mut Vec<Filled>,
    /// What the slots passed so far hold.
    path: &'a mut Vec<Filled>,
    /// As many may be found in all.
    most: usize,
}

impl Walk<'_> {
    fn step(&mut self, pieces: &[Piece], at: usize, way: Way) {
        let Some((piece, rest)) = pieces.split_first() else { return self.arrive(at, way) };
        match piece {
            Piece::Word(term) => {
                let begun = way.past > way.first || !self.path.is_empty();
                let starts = if begun { Starts::reachable(self.slots, at) } else { Starts::only(at) };
                for (at, cost) in starts.iter() {
                    let past = self.slots.stretch.past;
                    let hit = |m: &&Match| m.term == *term && at + usize::from(m.len) <= past;
                    if let Some(m) = self.slots.stretch.line.matches(at).iter().find(hit) {
                        let score = way.score + score::PATTERN_WORD - cost;
                        let next = Way { score, repaired: way.repaired | m.repaired, past: at + 1, ..way };
                        return self.step(rest, at + usize::from(m.len), next);
                    }
                }
            }
            Piece::Slot(param) => {
                for (at, cost) in Starts::of_slot(self.slots, *param, at).iter() {
                    self.slot(rest, *param, at, Way { score: way.score - cost, ..way });
                }
            }
            Piece::Set(param, value) => {
                self.path.push(Filled { param: *param, found: Found::Set(*value) });
                self.step(rest, at, way);
                self.path.pop();
            }
        }
    }

    fn slot(&mut self, rest: &[Piece], param: u8, at: usize, way: Way) {
        let declared = &self.op.params[usize::from(param)];
        let last = rest.iter().all(|p| matches!(p, Piece::Set(..)));
        for number in self.slots.values(param, declared, at, last) {
            let Span { end, points, found } = self.slots.stretch.span(number);
            if last && prose_cut_short(self.slots, declared, found) {
                continue;
            }
            let led = self.slots.stretch.nouns.iter().any(|noun| noun.end == at);
            let points = points + self.slots.unheard(declared, found);
            let free = declared.many || led || !self.slots.has(param, traits::NAMED);
            let alone = !free && self.slots.noun_of(param, end).is_none();
            let plain = if alone && self.slots.stretch.line.is_common(at) { score::NO_THING } else { 0 };
            for past in slot_ends(self.slots, param, end) {
                if !next_word_fits(self.slots, rest, past) {
                    continue;
                }
                self.path.push(Filled { param, found });
                self.step(rest, past, Way { score: way.score + points + plain + 4, past, ..way });
                self.path.pop();
            }
        }
    }

    fn arrive(&mut self, at: usize, way: Way) {
        if self.found.len() >= self.most {
            return;
        }
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let first = number(self.kept.len());
        self.kept.extend_from_slice(self.path);
        let filled = (first, number(self.kept.len()));
        let Way { first, score, repaired, .. } = way;
        self.found.push(PatternMatch { first, past: at, score, filled, repaired, founds: true });
    }
}

/// Items at which the next piece of a pattern may begin, and what it costs.
struct Starts {
    places: [(usize, i32); Self::MOST],
    count: usize,
}

impl Starts {
    const MOST: usize = (1 + MOST_SKIPPED) * (2 + MOST_SKIPPED);

    fn only(at: usize) -> Self {
        Self { places: [(at, 0); Self::MOST], count: 1 }
    }

    /// Here, or after words that carry nothing.
    fn reachable(slots: &Slots<'_>, at: usize) -> Self {
        let mut starts = Self { places: [(at, 0); Self::MOST], count: 0 };
        starts.reach(slots, at, 0);
        starts
    }

    /// The same for the value of a slot: the noun of its resource may stand before it ("deal Solar Install").
    fn of_slot(slots: &Slots<'_>, param: u8, at: usize) -> Self {
        let mut starts = Self::reachable(slots, at);
        for nth in 0..starts.count {
            let (before, cost) = starts.places[nth];
            if let Some(noun) = slots.noun_of(param, before) {
                starts.reach(slots, noun.past, cost - 2);
            }
        }
        starts
    }

    fn reach(&mut self, slots: &Slots<'_>, at: usize, cost: i32) {
        let mut next = at;
        self.add(next, cost);
        for _ in 0..MOST_SKIPPED {
            let Some(len) = passable(slots, next) else { return };
            next += len;
            self.add(next, cost + 1);
        }
    }

    fn add(&mut self, at: usize, cost: i32) {
        if let Some(place) = self.places.get_mut(self.count) {
            *place = (at, cost);
            self.count += 1;
        }
    }

    fn iter(&self) -> impl Iterator<Item = (usize, i32)> + '_ {
        self.places[..self.count].iter().copied()
    }
}

/// Items at which a slot may be over: after its value, or after the noun behind it ("the Solar Install deal").
fn slot_ends(slots: &Slots<'_>, param: u8, end: usize) -> impl Iterator<Item = usize> + use<> {
    let stretch = slots.stretch;
    let inside = end < stretch.past && stretch.is_name(end) && stretch.is_name(end - 1);
    let noun = slots.noun_of(param, end).filter(|_| !inside);
    std::iter::once(end).chain(noun.map(|noun| noun.past))
}

/// Prose that ends a pattern runs to the end of the line, unless it stands in quotes.
fn prose_cut_short(slots: &Slots<'_>, declared: &Parameter, held: Found) -> bool {
    let Found::Span(at, _) = held else { return false };
    let quoted = matches!(slots.stretch.kind(usize::from(at)), ItemKind::Quoted { .. });
    declared.kind == Kind::FreeText && !quoted
}

/// A cheap look ahead: when a literal follows a slot, it must stand within reach of the slot's end.
fn next_word_fits(slots: &Slots<'_>, rest: &[Piece], end: usize) -> bool {
    let Some(Piece::Word(term)) = rest.iter().find(|p| !matches!(p, Piece::Set(..))) else { return true };
    let stands = |at: usize| slots.stretch.line.matches(at).iter().any(|m| m.term == *term);
    Starts::reachable(slots, end).iter().any(|(at, _)| stands(at))
}

/// How many items may be passed over at an item.
fn passable(slots: &Slots<'_>, at: usize) -> Option<usize> {
    let stretch = slots.stretch;
    if at >= stretch.past {
        return None;
    }
    if matches!(stretch.kind(at), ItemKind::Comma | ItemKind::Colon | ItemKind::Dash) {
        return Some(1);
    }
    let light = |s: &Sense| matches!(s, Sense::Set(WordSet::Filler | WordSet::Determiner | WordSet::Light));
    let fits = |m: &&Match| at + usize::from(m.len) <= stretch.past;
    let matches = stretch.line.matches(at).iter().filter(fits);
    matches.filter(|m| stretch.vocabulary.senses(m.term).iter().any(light)).map(|m| usize::from(m.len)).max()
}
/// Words of a pattern that only sets values, at most.
const FEW_WORDS: usize = 3;

/// Whether a pattern tells what is to be done. A few words that set a value, none of them a verb or the object noun, tell
/// only how: "newest first", "{budget} a day".
fn founds(op: &Operation, slots: &Slots<'_>, pieces: &[Piece]) -> bool {
    let frame = slots.frame;
    let meant = |at: u8| frame.target == Some(at) || frame.required.iter().any(|(param, _)| *param == at);
    let tells = |sense: &Sense| match sense {
        Sense::Verb { .. } | Sense::Set(WordSet::Question) => true,
        Sense::Noun { noun, .. } => {
            op.reads() || frame.noun_roles(*noun).any(|role| matches!(role, NounRole::Object(_)))
        }
        _ => false,
    };
    let words = pieces.iter().filter(|piece| matches!(piece, Piece::Word(_))).count();
    words > FEW_WORDS
        || words == pieces.len()
        || pieces.iter().any(|piece| match piece {
            Piece::Word(term) => slots.stretch.vocabulary.senses(*term).iter().any(tells),
            Piece::Slot(at) => meant(*at),
            Piece::Set(..) => false,
        })
}
