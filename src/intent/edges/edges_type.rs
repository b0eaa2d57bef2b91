use super::super::annotate::Match;
use super::super::found::{Filled, Found, item};
use super::super::landmarks::Landmarks;
use super::super::patterns::{PatternMatch, Patterns};
use super::super::prospect::Prospect;
use super::super::score;
use super::super::slots::Slots;
use super::super::stretch::Stretch;
use super::filling::bits;
use super::{Closing, Edge, Rule, flag};
use crate::catalog::{Frame, Kind, NounRole, Operation, Parameter, Risk, Role, Sense, TermId, WordSet, traits};
use crate::language::ItemKind;

/// All edges of a stretch of a line for one operation.
pub struct Edges<'a> {
    pub(super) op: &'a Operation,
    pub(super) frame: &'a Frame,
    pub(super) stretch: &'a Stretch<'a>,
    pub(super) slots: Slots<'a>,
    pub(super) closing: Closing<'a>,
    patterns: &'a Patterns,
    /// The stretch asks what there is of the operation's object.
    pub(super) surveys: bool,
    /// Where the one record that the stretch asks about is named, when the operation shows such.
    record_at: Option<usize>,
    /// Not all of them were found: no way through them would earn enough.
    pub given_up: bool,
    store: Store,
}

/// What edges are kept in; made once and filled again for every candidate.
#[derive(Debug, Default)]
pub struct Store {
    found: Vec<Edge>,
    starts: Vec<u32>,
    more: Vec<Filled>,
}

impl<'a> Edges<'a> {
    /// Finds the edges of a stretch for an operation; `patterns` are those of its patterns that fit.
    pub fn new(
        op: &'a Operation,
        slots: Slots<'a>,
        patterns: &'a Patterns,
        mut prospect: Prospect<'_>,
        mut store: Store,
    ) -> Self {
        store.found.clear();
        store.starts.clear();
        store.more.clear();
        let (stretch, frame) = (slots.stretch, slots.frame);
        let closing = Closing::new(op, frame, stretch);
        let surveys = surveys(stretch, op, frame);
        let record_at = record_at(stretch, op, &slots);
        let given_up = false;
        let mut edges = Self { op, frame, stretch, slots, closing, patterns, surveys, record_at, given_up, store };
        for at in stretch.first..stretch.past {
            let (nth, from) = (at - stretch.first, edges.store.found.len());
            if prospect.is_over(nth) {
                edges.given_up = true;
                return edges;
            }
            edges.store.starts.push(edges.next());
            if !prospect.reaches(nth) {
                continue;
            }
            edges.at(at, patterns.at(at));
            prospect.follow(nth, &edges.store.found[from..]);
        }
        edges.store.starts.push(edges.next());
        edges
    }

    /// Gives back what the edges were kept in.
    pub fn into_store(self) -> (Store, Landmarks) {
        (self.store, self.slots.into_landmarks())
    }

    /// What the operation adds or takes at the end.
    pub fn closing(&self) -> &Closing<'a> {
        &self.closing
    }

    fn next(&self) -> u32 {
        u32::try_from(self.store.found.len()).unwrap_or(u32::MAX)
    }

    /// The first item of the stretch.
    pub fn start(&self) -> usize {
        self.stretch.first
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.stretch.past - self.stretch.first
    }

    /// The edges that start at an item, counted from the first of the stretch, with their numbers.
    pub fn from(&self, at: usize) -> impl Iterator<Item = (u32, &Edge)> {
        let (first, past) = (self.store.starts[at], self.store.starts[at + 1]);
        (first..past).zip(&self.store.found[first as usize..past as usize])
    }

    /// One edge by its number.
    pub fn edge(&self, number: u32) -> &Edge {
        &self.store.found[number as usize]
    }

    /// All of them.
    pub fn all(&self) -> &[Edge] {
        &self.store.found
    }

    /// What an edge fills beside [`Edge::filled`].
    pub fn more(&self, edge: &Edge) -> &[Filled] {
        let kept = if edge.flags & flag::PATTERN == 0 { &self.store.more } else { self.patterns.filled() };
        &kept[edge.more.0 as usize..edge.more.1 as usize]
    }

    /// Takes back every edge that fills a parameter with a value.
    pub fn forbid(&mut self, value: Filled) {
        for number in 0..self.store.found.len() {
            let edge = &self.store.found[number];
            if edge.filled == Some(value) || self.more(edge).contains(&value) {
                let edge = &mut self.store.found[number];
                (edge.score, edge.need) = (Edge::NEVER, Some(u8::MAX));
            }
        }
    }

    /// Keeps what an edge fills beside one value.
    pub(super) fn keep(&mut self, filled: impl IntoIterator<Item = Filled>) -> (u32, u32) {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let first = number(self.store.more.len());
        self.store.more.extend(filled);
        (first, number(self.store.more.len()))
    }

    pub(super) fn push(&mut self, mut edge: Edge, repaired: bool) {
        if repaired {
            edge.score += score::REPAIR;
            edge.flags |= flag::REPAIRED;
        }
        edge.to -= item(self.stretch.first);
        self.store.found.push(edge);
    }

    fn at(&mut self, at: usize, patterns: &[PatternMatch]) {
        for found in patterns {
            self.pattern(found);
        }
        let skips: [Option<(usize, i32)>; 2] = {
            let mut skips = self.stretch.skips(at);
            [skips.next(), skips.next()]
        };
        for (end, points) in skips.into_iter().flatten() {
            self.push(Edge::skip(end, points, Rule::TellsWhy), false);
        }
        if self.stretch.describes(at) {
            self.push(Edge::skip(at + 1, score::ASIDE_WORD, Rule::DescribesTheRecord), false);
        }
        if self.stretch.particle(at) {
            self.push(Edge::skip(at + 1, 0, Rule::SecondPartOfTheVerb), false);
        }
        if self.stretch.echoes(at) {
            // "It" is nobody, and "her" no thing.
            let named = self.stretch.is(at, WordSet::Person) || !self.stretch.is(at, WordSet::Thing);
            let record = |t: u8| matches!(self.op.params[usize::from(t)].kind, Kind::Entity(_));
            let fits = |t: u8| record(t) && named == self.slots.has(t, traits::PERSON);
            if self.frame.target.is_some_and(fits) {
                self.push(Edge::skip(at + 1, score::ECHO, Rule::WhatWasNamedBefore), false);
            }
        }
        let matches = self.stretch.line.matches(at);
        let denied = matches.iter().filter(|m| self.denies(**m)).map(|m| m.len).max();
        for m in matches.iter().filter(|m| denied.is_none_or(|len| m.len >= len)) {
            let end = at + usize::from(m.len);
            if end <= self.stretch.past {
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
        m.len > 1 && self.stretch.vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Negation))
    }

    fn term(&mut self, at: usize, end: usize, m: Match) {
        let vocabulary = self.stretch.vocabulary;
        for sense in vocabulary.senses(m.term) {
            match *sense {
                Sense::Verb { class, weak: true, .. } if m.len == 1 && self.stretch.undoes(at, class) => {}
                Sense::Verb { class, weak, form } => self.verb(end, class, weak, form, m),
                Sense::Noun { noun, plural } => self.noun(end, noun, plural, m),
                Sense::Set(set) => self.set(at, end, set, m),
                Sense::Own => self.own(end, m),
                Sense::Apart { class, weak, form, last } if self.stretch.apart(at, last) => {
                    self.verb(end, class, weak, form, m);
                }
                Sense::Apart { .. } => {}
                Sense::Turn { class, place } => self.turn(at, end, class, place),
            }
        }
    }

    fn pattern(&mut self, found: &PatternMatch) {
        // "An invoice to Bill Hayes": a part of a name is no word of a pattern.
        let filled = &self.patterns.filled()[found.filled.0 as usize..found.filled.1 as usize];
        let slot =
            |f: &Filled| matches!(f.found, Found::Span(at, _) | Found::Many(at, _) if usize::from(at) == found.first);
        if found.past > found.first && self.slots.opens_name(found.first) && !filled.iter().any(slot) {
            return;
        }
        // "That text `m1` is scheduled for tonight" is about a text, and sends none.
        let points = |at: usize| self.stretch.is(at, WordSet::Determiner) && !self.stretch.is(at, WordSet::Article);
        let pointed = found.first > self.stretch.first && points(found.first - 1);
        if pointed && self.op.risk == Risk::Send && self.stretch.line.is_noun(found.first) {
            return;
        }
        // A clause that a pattern takes whole asks for what the pattern says.
        let told = found.past > found.first && self.stretch.only_tells(found.past - 1);
        if told && (found.first > 1 || self.stretch.only_tells(found.past)) {
            return;
        }
        let mut edge = Edge::skip(found.past, found.score, Rule::Pattern);
        edge.flags = flag::PATTERN | flag::HINT | flag::KEY;
        if found.founds {
            edge.flags |= flag::VERB | flag::OBJECT;
        } else {
            edge.score += score::PATTERN_OPTION;
        }
        let asking = [WordSet::Question, WordSet::Auxiliary].into_iter().any(|set| self.stretch.is(found.first, set));
        let shown = self.stretch.only_shows && self.stretch.line.head.is_some_and(|head| found.first <= head);
        if shown || asking && self.stretch.asks_at(found.first) {
            edge.flags |= flag::ASKING;
        }
        edge.more = found.filled;
        let filled = &self.patterns.filled()[found.filled.0 as usize..found.filled.1 as usize];
        edge.params = filled.iter().fold(0, |all, f| all | bits(self.op, &self.slots, f.param, f.found));
        if !self.counts(&mut edge, found.first, found.past, filled) || filled.iter().any(|f| self.names_another(*f)) {
            return;
        }
        self.push(edge, found.repaired);
    }

    /// Whether a text would begin in the middle of a name, or be mere padding, or, where it costs money or reaches people, would be the noun of a
    /// record with its name or number: "is invoice INV-4 still valid?".
    fn names_another(&self, filled: Filled) -> bool {
        let (Found::Span(first, _) | Found::Tail(first, _)) = filled.found else { return false };
        let declared = &self.op.params[usize::from(filled.param)];
        if self.splits_name(declared, first.into()) < 0 {
            return true;
        }
        let Found::Span(_, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        // "For 3 logo drafts at $90 each": what is counted and priced is no title.
        let priced = |p: &Parameter| p.each.as_ref().is_some_and(|each| each.price.is_some());
        if declared.kind == Kind::Text && self.stretch.counts(first) && self.op.params.iter().any(priced) {
            return true;
        }
        let text = matches!(declared.kind, Kind::Text | Kind::Entity(_));
        let small = |at: usize| self.stretch.is_small(at);
        if text && !self.op.reads() && (first..past).all(small) && self.is_padding(first, past) {
            return true;
        }
        let named = |at: usize| at < past && (self.stretch.is_name(at) || *self.stretch.kind(at) == ItemKind::Code);
        let noun = |noun: &&super::super::stretch::Noun| noun.at == first && named(noun.end);
        text && self.op.risk.asks_first() && !self.stretch.is_name(first) && self.stretch.nouns.iter().any(|n| noun(&n))
    }

    /// Whether a plain word of a question tells what is asked of the record that is named at an item: "how big is …", "is …
    /// running?".
    fn predicates(&self, at: usize, named: usize) -> bool {
        let how = || {
            at > self.stretch.first && at < named && (at - 1 == self.stretch.first || self.predicates(at - 1, named))
        };
        self.stretch.is_dull(at) && (at > named || how())
    }

    /// The job of a lone item when no term gives it one: punctuation, or a word that nothing explains.
    fn item(&mut self, at: usize) {
        let kind = self.stretch.kind(at);
        let last = at + 1 == self.stretch.past;
        let (points, flags, rule) = match kind {
            ItemKind::Comma | ItemKind::Semicolon => (-1, 0, Rule::Comma),
            ItemKind::Stop if last => (0, 0, Rule::Stop),
            ItemKind::Stop | ItemKind::Bracket | ItemKind::Other => (-2, 0, Rule::Mark),
            ItemKind::Question => (0, flag::QUESTION, Rule::QuestionMark),
            ItemKind::Arrow if self.closing.turns() => (score::ARROW, flag::MARK | flag::VERB, Rule::Arrow),
            ItemKind::Colon | ItemKind::Dash if self.stretch.only_named_behind(at) => (-2, 0, Rule::Mark),
            ItemKind::Colon | ItemKind::Dash | ItemKind::Equals | ItemKind::Arrow => (-2, flag::MARK, Rule::Mark),
            ItemKind::Possessive => (-2, 0, Rule::Possessive),
            ItemKind::Unit if self.unit(at) => (score::UNIT_UNSAID, 0, Rule::UnitThatIsNotSaid),
            ItemKind::Unit => (0, 0, Rule::Unit),
            ItemKind::Ampersand => (-6, 0, Rule::LooseConjunction),
            _ if self.stretch.is(at, WordSet::Negation) => return,
            _ if self.record_at.is_some_and(|named| self.predicates(at, named)) => {
                (score::ASIDE_WORD, 0, Rule::WhatIsAskedOfIt)
            }
            _ if self.surveys && self.stretch.is_dull(at) && !self.stretch.is_dated(at) => {
                (score::ASIDE_WORD, 0, Rule::WordThatOnlyTells)
            }
            _ if self.stretch.line.utterance.items[at].folded == self.op.service => (-1, 0, Rule::NameOfTheService),
            _ => {
                let name = if self.stretch.is_name(at) { -2 } else { 0 };
                let mut edge = Edge::skip(at + 1, score::UNKNOWN + name, Rule::NotUnderstood);
                edge.unknown = true;
                return self.push(edge, false);
            }
        };
        let mut edge = Edge::skip(at + 1, points, rule);
        edge.flags = flags;
        self.push(edge, false);
        match kind {
            ItemKind::Arrow if self.closing.turns() => self.turned(at + 1),
            ItemKind::Colon | ItemKind::Dash | ItemKind::Arrow => self.tails(at + 1),
            _ => {}
        }
    }
}

/// Where a question names the record that it asks about, with the noun of the operation's object beside the name.
fn record_at(stretch: &Stretch<'_>, op: &Operation, slots: &Slots<'_>) -> Option<usize> {
    if !stretch.line.asks || !op.reads() || op.returns.as_ref().is_some_and(|r| r.many) {
        return None;
    }
    let own = |p: &Parameter| matches!(&p.kind, Kind::Entity(r) if op.objects.first() == Some(r));
    let target = slots.frame.target.filter(|target| own(&op.params[usize::from(*target)]))?;
    let names = |at: usize| {
        let kind = stretch.kind(at);
        stretch.is_name(at) || matches!(kind, ItemKind::Code | ItemKind::Number { .. } | ItemKind::Quoted { .. })
    };
    let nouns = stretch.nouns.iter().filter(|noun| !noun.plural);
    let nouns = nouns.filter(|noun| slots.noun_of(target, noun.at).is_some_and(|n| n.object));
    let called = |term: TermId| slots.frame.roles(term).any(|role| role == Role::Field(target));
    let fields = stretch.own.iter().filter(|own| called(own.term));
    nouns.map(|n| (n.at, n.end)).chain(fields.map(|f| (f.at, f.end))).find_map(|(at, end)| {
        let before = (at > stretch.first && names(at - 1)).then(|| at - 1);
        let after = (end < stretch.past && names(end)).then_some(end);
        after.or(before)
    })
}

/// Whether a stretch asks what there is of the records that an operation lists: "which surveys are we running?".
fn surveys(stretch: &Stretch<'_>, op: &Operation, frame: &Frame) -> bool {
    let lists = op.reads() && op.returns.as_ref().is_some_and(|r| r.many);
    let object = |noun: u16| frame.noun_roles(noun).any(|role| matches!(role, NounRole::Object(0)));
    lists
        && stretch.line.asks
        && stretch
            .nouns
            .iter()
            .take_while(|noun| noun.at <= stretch.first + 6)
            .any(|noun| noun.plural && object(noun.id))
}
