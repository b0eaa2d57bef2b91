//! Phrase patterns of an operation, matched against a stretch of a line.

use crate::catalog::{Kind, NounRole, Operation, Parameter, Piece, Sense, TermId, View, WordSet, traits};
use crate::language::ItemKind;

use super::annotate::Match;
use super::found::{Filled, Found, Span};
use super::reading::makes;
use super::score;
use super::slots::Slots;
use super::stretch::{MOST_SKIPPED, Stretch, term_bit};

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
    program: Vec<Piece>,
    path: Vec<Filled>,
    openers: Vec<TermId>,
    ahead: Vec<Option<Ahead>>,
}

/// Ways kept for one pattern.
const MOST_WAYS: usize = 32;
/// Words of a way that only sets values, at most.
const FEW_WORDS: u8 = 3;

impl Patterns {
    /// Finds all ways in which some patterns of an operation fit somewhere in the line, in place of those found before.
    pub fn find(&mut self, op: &Operation, slots: &Slots<'_>, patterns: impl Iterator<Item = u16>) {
        self.found.clear();
        self.filled.clear();
        let mut program = std::mem::take(&mut self.program);
        for pattern in patterns {
            let pieces = slots.frame.pattern(usize::from(pattern));
            program.clear();
            program.extend(pieces.iter());
            let (from, most) = (self.found.len(), self.found.len() + MOST_WAYS);
            self.openers.clear();
            let anything = !opens_with_word(pieces, 0, &mut self.openers);
            let bits = self.openers.iter().fold(0, |bits, term| bits | term_bit(*term));
            self.ahead.clear();
            self.ahead.resize(program.len(), None);
            for first in slots.stretch.first..slots.stretch.past {
                let opens = |m: &Match| self.openers.contains(&m.term);
                let near = slots.stretch.may_begin(first, bits);
                let begins = anything || near && slots.stretch.line.matches(first).iter().any(opens);
                if !begins {
                    continue;
                }
                if !op.reads() && slots.stretch.denied(first) {
                    continue;
                }
                self.path.clear();
                let (found, kept, path) = (&mut self.found, &mut self.filled, &mut self.path);
                let ahead = &mut self.ahead;
                let mut walk = Walk { op, slots, program: &program, found, kept, path, ahead, from, most };
                walk.step(0, first, Way::from(first));
            }
        }
        self.program = program;
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
    #[inline]
    pub fn at(&self, at: usize) -> &[PatternMatch] {
        if self.found.is_empty() {
            return &[];
        }
        let from = self.found.partition_point(|p| p.first < at);
        let past = self.found.partition_point(|p| p.first <= at);
        &self.found[from..past]
    }
}

/// Whether every way through a pattern from a step on begins with a word; those words go to `openers`.
pub fn opens_with_word(program: View<'_, Piece>, step: usize, openers: &mut Vec<TermId>) -> bool {
    match program.get(step) {
        Some(Piece::Word(term)) => {
            openers.push(term);
            true
        }
        Some(Piece::Fork(to)) => {
            opens_with_word(program, step + 1, openers) && opens_with_word(program, usize::from(to), openers)
        }
        Some(Piece::Jump(to)) => opens_with_word(program, usize::from(to), openers),
        None | Some(Piece::Slot(_) | Piece::Set(..)) => false,
    }
}

/// How far a pattern was followed.
#[derive(Clone, Copy)]
struct Way {
    first: usize,
    past: usize,
    score: i32,
    repaired: bool,
    /// Words passed.
    words: u8,
    /// A slot or a text that is set was passed.
    valued: bool,
    /// Something passed tells what is to be done.
    tells: bool,
    /// What the value just passed was taken for.
    left: Left,
}

impl Way {
    fn from(first: usize) -> Self {
        let (past, score, left) = (first, score::PATTERN, Left::Any);
        Self { first, past, score, repaired: false, words: 0, valued: false, tells: false, left }
    }

    /// Whether it tells what is to be done. A few words that set a value, none of them a verb or the object noun, tell
    /// only how: "newest first", "{budget} a day".
    fn founds(self) -> bool {
        self.words > FEW_WORDS || !self.valued || self.tells
    }
}

/// What may follow the value of a slot: a value that ends the pattern is read in another way than one inside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    Any,
    Nothing,
    Something,
}

/// What may follow from a step of a pattern on, but for what it sets.
#[derive(Debug, Clone, Copy)]
struct Ahead {
    /// The pattern may be over.
    ends: bool,
    /// A word or a slot may follow.
    goes_on: bool,
    /// A slot may, or nothing.
    open: bool,
    /// Bits of the words that may.
    words: u64,
}

/// Follows one pattern from one item.
struct Walk<'a> {
    op: &'a Operation,
    slots: &'a Slots<'a>,
    program: &'a [Piece],
    found: &'a mut Vec<PatternMatch>,
    kept: &'a mut Vec<Filled>,
    /// What the slots passed so far hold.
    path: &'a mut Vec<Filled>,
    /// What [`Self::ahead`] told of each step.
    ahead: &'a mut Vec<Option<Ahead>>,
    /// Where the ways of this pattern begin among those found.
    from: usize,
    /// As many may be found in all.
    most: usize,
}

impl Walk<'_> {
    fn step(&mut self, mut step: usize, at: usize, way: Way) {
        // Most ways of most choices are a word that is nowhere near.
        loop {
            match self.program.get(step) {
                Some(Piece::Fork(to)) => {
                    if !self.is_over(step + 1, at) {
                        self.step(step + 1, at, way);
                    }
                    step = usize::from(*to);
                }
                Some(Piece::Jump(to)) => step = usize::from(*to),
                _ => break,
            }
        }
        match self.program.get(step) {
            None if way.left == Left::Something => {}
            None => self.arrive(at, way),
            Some(Piece::Fork(_) | Piece::Jump(_)) => {}
            Some(Piece::Set(param, value)) => {
                self.path.push(Filled { param: *param, found: Found::Set(*value) });
                self.step(step + 1, at, Way { valued: true, ..way });
                self.path.pop();
            }
            Some(Piece::Word(_) | Piece::Slot(_)) if way.left == Left::Nothing => {}
            Some(Piece::Word(term)) => self.word(step, *term, at, Way { left: Left::Any, ..way }),
            Some(Piece::Slot(param)) => {
                for (at, cost) in Starts::of_slot(self.slots, *param, at).iter() {
                    self.slot(step + 1, *param, at, Way { score: way.score - cost, ..way });
                }
            }
        }
    }

    /// Whether a step is a word that stands neither at an item nor anywhere near.
    fn is_over(&self, step: usize, at: usize) -> bool {
        matches!(self.program.get(step), Some(Piece::Word(term)) if !self.slots.stretch.may_follow(at, term_bit(*term)))
    }

    fn word(&mut self, step: usize, term: TermId, at: usize, way: Way) {
        let begun = way.past > way.first || !self.path.is_empty();
        let most = if begun { MOST_SKIPPED } else { 0 };
        let Some((at, cost, m)) = self.next_word(term, at, most) else { return };
        let next = Way {
            score: way.score + score::PATTERN_WORD - cost,
            repaired: way.repaired | m.repaired,
            past: at + 1,
            words: way.words.saturating_add(1),
            tells: way.tells || tells(self.op, self.slots, term),
            ..way
        };
        self.step(step + 1, at + usize::from(m.len), next);
    }

    /// Where a word stands at an item or after at most so many that carry nothing, and what passing those over costs.
    fn next_word(&self, term: TermId, at: usize, most: usize) -> Option<(usize, i32, Match)> {
        let stretch = self.slots.stretch;
        // Most words of most patterns are nowhere near.
        if !stretch.may_follow(at, term_bit(term)) {
            return None;
        }
        let (mut at, mut cost) = (at, 0);
        for skipped in 0..=most {
            let fits = |m: &&Match| m.term == term && at + usize::from(m.len) <= stretch.past;
            if let Some(m) = stretch.line.matches(at).iter().find(fits) {
                return Some((at, cost, *m));
            }
            if skipped < most {
                at += stretch.idle_from(at)?;
                cost = 1;
            }
        }
        None
    }

    /// Follows a pattern through the values of a slot; `next` is the step behind it.
    fn slot(&mut self, next: usize, param: u8, at: usize, way: Way) {
        let declared = &self.op.params[usize::from(param)];
        let ahead = self.ahead(next);
        for last in [true, false].into_iter().filter(|last| if *last { ahead.ends } else { ahead.goes_on }) {
            let left = if last { Left::Nothing } else { Left::Something };
            for number in self.slots.values(param, declared, at, last) {
                let Span { end, points, found } = self.slots.stretch.span(number);
                let fits = |past: &usize| last || self.next_fits(next, *past);
                let pasts: [Option<usize>; 2] = {
                    let mut pasts = slot_ends(self.slots, param, end).filter(fits);
                    [pasts.next(), pasts.next()]
                };
                if pasts[0].is_none() || last && prose_cut_short(self.slots, declared, found) {
                    continue;
                }
                if !self.op.reads() && points_at(self.slots.stretch, at, end) {
                    continue;
                }
                let led = self.slots.stretch.nouns.iter().any(|noun| noun.end == at);
                let time = || matches!(declared.kind, Kind::Entity(_)) && self.slots.is_time(at, end);
                if self.slots.is_nobody(self.op, param, declared, at) {
                    continue;
                }
                if !led && (time() || self.slots.is_address(&self.op.params, declared, at, end)) {
                    continue;
                }
                let points = points + self.slots.unheard(declared, found);
                let free = declared.many || led || !self.slots.has(param, traits::NAMED);
                let alone = !free && self.slots.noun_of(param, end).is_none();
                let plain = if alone && self.slots.stretch.line.is_common(at) { score::NO_THING } else { 0 };
                let score = way.score + points + plain + 4;
                let tells = way.tells || is_meant(self.slots, param);
                for past in pasts.into_iter().flatten() {
                    self.path.push(Filled { param, found });
                    self.step(next, past, Way { score, past, valued: true, tells, left, ..way });
                    self.path.pop();
                }
            }
        }
    }

    /// What may follow from a step on; worked out once.
    fn ahead(&mut self, step: usize) -> Ahead {
        if let Some(known) = self.ahead.get(step).copied().flatten() {
            return known;
        }
        let ahead = match self.program.get(step) {
            None => return Ahead { ends: true, goes_on: false, open: true, words: 0 },
            Some(Piece::Word(term)) => Ahead { ends: false, goes_on: true, open: false, words: term_bit(*term) },
            Some(Piece::Slot(_)) => Ahead { ends: false, goes_on: true, open: true, words: 0 },
            Some(Piece::Set(..)) => self.ahead(step + 1),
            Some(Piece::Jump(to)) => self.ahead(usize::from(*to)),
            Some(Piece::Fork(to)) => {
                let (here, there) = (self.ahead(step + 1), self.ahead(usize::from(*to)));
                Ahead {
                    ends: here.ends || there.ends,
                    goes_on: here.goes_on || there.goes_on,
                    open: here.open || there.open,
                    words: here.words | there.words,
                }
            }
        };
        self.ahead[step] = Some(ahead);
        ahead
    }

    /// A cheap look ahead: where a word follows a slot, it must stand within reach of the slot's end.
    fn next_fits(&self, step: usize, end: usize) -> bool {
        let known = self.ahead.get(step).copied().flatten();
        if known.is_some_and(|ahead| !ahead.open && !self.slots.stretch.may_follow(end, ahead.words)) {
            return false;
        }
        match self.program.get(step) {
            None => false,
            Some(Piece::Slot(_)) => true,
            Some(Piece::Word(term)) => self.next_word(*term, end, MOST_SKIPPED).is_some(),
            Some(Piece::Set(..)) => self.next_fits(step + 1, end),
            Some(Piece::Jump(to)) => self.next_fits(usize::from(*to), end),
            Some(Piece::Fork(to)) => self.next_fits(step + 1, end) || self.next_fits(usize::from(*to), end),
        }
    }

    fn arrive(&mut self, at: usize, way: Way) {
        let Way { first, score, repaired, .. } = way;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let kept = &self.kept;
        let same = |p: &&mut PatternMatch| {
            let held = &kept[p.filled.0 as usize..p.filled.1 as usize];
            p.first == first && p.past == at && held == self.path.as_slice()
        };
        // Two ways that say the same: the one that explains more counts.
        if let Some(known) = self.found[self.from..].iter_mut().find(same) {
            if known.score < score {
                (known.score, known.repaired) = (score, repaired);
            }
            known.founds |= way.founds();
            return;
        }
        if self.found.len() >= self.most || way.words == 0 {
            return;
        }
        let from = number(self.kept.len());
        self.kept.extend_from_slice(self.path);
        let filled = (from, number(self.kept.len()));
        self.found.push(PatternMatch { first, past: at, score, filled, repaired, founds: way.founds() });
    }
}

/// Items at which the next piece of a pattern may begin, and what it costs.
struct Starts {
    places: [(usize, i32); Self::MOST],
    count: usize,
}

impl Starts {
    const MOST: usize = (1 + MOST_SKIPPED) * (2 + MOST_SKIPPED);

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
            let Some(len) = slots.stretch.idle_from(next) else { return };
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

/// Whether a word tells what is to be done: a verb, a question word, the object noun.
fn tells(op: &Operation, slots: &Slots<'_>, term: TermId) -> bool {
    let vocabulary = slots.stretch.vocabulary;
    // "Allow duplicate contacts" changes what is there: it makes nothing.
    let makes = makes(op);
    let changes = |class: u8| {
        vocabulary.changing >> class & 1 != 0 || vocabulary.opposites.get(usize::from(class)).is_some_and(|o| *o != 0)
    };
    let other = |class: u8| makes && changes(class) && slots.frame.verb_weight(class).is_none();
    vocabulary.senses(term).iter().any(|sense| match sense {
        Sense::Verb { class, .. } => !other(*class),
        Sense::Set(WordSet::Question) => true,
        Sense::Noun { noun, .. } => {
            op.reads() || slots.frame.noun_roles(*noun).any(|role| matches!(role, NounRole::Object(_)))
        }
        _ => false,
    })
}

/// Whether the value of a parameter tells what is to be done.
fn is_meant(slots: &Slots<'_>, param: u8) -> bool {
    slots.frame.target == Some(param) || slots.frame.required.iter().any(|(at, _)| *at == param)
}

/// Whether words only point at something known: "this e-mail", "their sub-account". They name no record.
fn points_at(stretch: &Stretch<'_>, at: usize, end: usize) -> bool {
    let before = at.checked_sub(1).filter(|before| *before >= stretch.first);
    let points =
        before.is_some_and(|before| stretch.is(before, WordSet::Person) || stretch.is(before, WordSet::Subject));
    points && stretch.is_small(at) && stretch.nouns.iter().any(|noun| noun.at == at && noun.end == end)
}
