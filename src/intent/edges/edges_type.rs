use super::super::annotate::{Match, is_name};
use super::super::patterns::{PatternMatch, match_patterns};
use super::super::score;
use super::super::slots::Slots;
use super::filling::bits;
use super::{Edge, flag};
use crate::catalog::{Frame, Operation, Sense, WordSet};
use crate::language::ItemKind;

/// All edges of a stretch of a line for one operation.
pub struct Edges<'a> {
    pub(super) op: &'a Operation,
    pub(super) frame: &'a Frame,
    pub(super) slots: Slots<'a>,
    found: Vec<Edge>,
    starts: Vec<u32>,
    pub(super) question: bool,
}

impl<'a> Edges<'a> {
    /// Finds the edges of the items from `first` to `past`.
    pub fn new(op: &'a Operation, slots: Slots<'a>, patterns: &[u16]) -> Self {
        let frame = slots.frame;
        let (first, past) = (slots.first, slots.past);
        let question = asks(&slots);
        let mut edges = Self { op, frame, slots, found: Vec::new(), starts: Vec::new(), question };
        let mut found = match_patterns(op, &edges.slots, patterns);
        found.sort_by_key(|p| p.first);
        for at in first..past {
            edges.starts.push(u32::try_from(edges.found.len()).unwrap_or(u32::MAX));
            let from = found.partition_point(|p| p.first < at);
            let past = found.partition_point(|p| p.first <= at);
            edges.at(at, &found[from..past]);
        }
        edges.starts.push(u32::try_from(edges.found.len()).unwrap_or(u32::MAX));
        edges
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.slots.past - self.slots.first
    }

    /// The edges that start at an item, counted from the first of the stretch.
    pub fn from(&self, at: usize) -> impl Iterator<Item = (u32, &Edge)> {
        (self.starts[at]..self.starts[at + 1]).map(|i| (i, &self.found[i as usize]))
    }

    /// One edge.
    pub fn edge(&self, index: u32) -> &Edge {
        &self.found[index as usize]
    }

    pub(super) fn push(&mut self, mut edge: Edge, repaired: bool) {
        if repaired {
            edge.score += score::REPAIR;
            edge.flags |= flag::REPAIRED;
        }
        edge.to -= u16::try_from(self.slots.first).unwrap_or(0);
        self.found.push(edge);
    }

    pub(super) fn at(&mut self, at: usize, patterns: &[PatternMatch]) {
        for found in patterns {
            self.pattern(found);
        }
        let matches = self.slots.line.matches[at].clone();
        let denied = matches.iter().filter(|m| self.denies(**m)).map(|m| m.len).max();
        for m in matches.iter().filter(|m| denied.is_none_or(|len| m.len >= len)) {
            let end = at + usize::from(m.len);
            if end <= self.slots.past {
                self.term(at, end, *m);
            }
        }
        if denied.is_none() {
            self.loose(at);
        }
        self.item(at);
    }

    /// A negation of several words ("no longer"): its words mean nothing by themselves.
    fn denies(&self, m: Match) -> bool {
        m.len > 1 && self.slots.vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Negation))
    }

    pub(super) fn term(&mut self, at: usize, end: usize, m: Match) {
        let senses = self.slots.vocabulary.senses(m.term).to_vec();
        for sense in senses {
            match sense {
                Sense::Verb { class, weak } => self.verb(end, class, weak, m),
                Sense::Noun { noun, plural } => self.noun(end, noun, plural, m),
                Sense::Set(set) => self.set(at, end, set, m),
                Sense::Own => self.own(end, m),
            }
        }
    }

    pub(super) fn pattern(&mut self, found: &PatternMatch) {
        let mut edge = Edge::skip(found.past, found.score, "pattern");
        edge.verb = 0;
        edge.flags = flag::VERB | flag::OBJECT | flag::PATTERN | flag::HINT | flag::KEY;
        for filled in &found.filled {
            edge.params |= bits(self.op, filled.param, &filled.found, self.slots.dates);
        }
        edge.more.clone_from(&found.filled);
        self.push(edge, found.repaired);
    }

    /// The job of a lone item when no term gives it one: punctuation, or a word that nothing explains.
    pub(super) fn item(&mut self, at: usize) {
        let kind = self.slots.line.utterance.items[at].kind.clone();
        let last = at + 1 == self.slots.past;
        let (points, flags, rule) = match kind {
            ItemKind::Comma | ItemKind::Semicolon => (-1, 0, "comma"),
            ItemKind::Stop if last => (0, 0, "stop"),
            ItemKind::Stop | ItemKind::Bracket | ItemKind::Other => (-2, 0, "mark"),
            ItemKind::Question => (0, flag::QUESTION, "question mark"),
            ItemKind::Colon | ItemKind::Dash | ItemKind::Equals | ItemKind::Arrow => (-2, flag::MARK, "mark"),
            ItemKind::Possessive => (-2, 0, "possessive"),
            ItemKind::Ampersand => (-6, 0, "loose conjunction"),
            _ if self.slots.line.is(at, WordSet::Negation) => return,
            _ => {
                let mut edge = Edge::skip(at + 1, score::UNKNOWN, "not understood");
                edge.unknown = true;
                if is_name(self.slots.line.utterance, at) {
                    edge.score -= 2;
                }
                return self.push(edge, false);
            }
        };
        let mut edge = Edge::skip(at + 1, points, rule);
        edge.flags = flags;
        self.push(edge, false);
        if matches!(kind, ItemKind::Colon | ItemKind::Dash | ItemKind::Arrow) {
            self.tails(at + 1);
        }
    }
}

/// Whether a line asks rather than orders.
fn asks(slots: &Slots<'_>) -> bool {
    let last = slots.past.saturating_sub(1);
    slots.past > slots.first && slots.line.utterance.items[last].kind == ItemKind::Question
}
