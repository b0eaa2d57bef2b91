//! Which operations a line could mean: a handful, whatever the size of the catalog.

use crate::catalog::{Catalog, Choices, Filed, OpId, Piece, Said, Sense, TermId, View, Vocabulary, WordSet, signature};
use crate::language::ItemKind;

use super::annotate::Match;
use super::patterns::opens_with_word;
use super::reader::Context;
use super::stretch::Stretch;

/// An operation worth aligning.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// Which.
    pub operation: OpId,
    /// Points that its verb and nouns promise.
    pub promise: i32,
}

/// Finds candidates; keeps its memory from one stretch to the next.
#[derive(Debug, Default)]
pub struct Candidates {
    /// What each operation promises, by position; nothing is promised by those that are not in `touched`.
    promises: Vec<i32>,
    touched: Vec<u32>,
    /// Patterns that the line's words wake: (operation, pattern).
    awake: Vec<(u32, u16)>,
    /// The stretch that woke `woken`: what a part of it wakes is among them.
    within: Option<(usize, usize)>,
    /// Patterns that the terms of that stretch wake, sorted.
    woken: Vec<(TermId, Filed)>,
    said: Said,
    choices: Choices,
    steps: Vec<u8>,
    best: Vec<Candidate>,
    /// An operation that may not be chosen would have been among the candidates of some stretch.
    passed_over: bool,
}

/// Operations aligned at most.
const MOST: usize = 14;
/// A term that leads to more operations than this says nothing by itself.
const TOO_COMMON: usize = 40;

impl Candidates {
    /// Forgets the line before, so that another may be read.
    pub fn begin(&mut self) {
        self.within = None;
        self.woken.clear();
    }

    /// Finds the candidates of a stretch, the most promising first. `service` keeps to one.
    pub fn find(&mut self, catalog: &Catalog, stretch: &Stretch<'_>, context: &Context<'_>, service: Option<u16>) {
        self.promises.resize(catalog.len(), 0);
        self.awake.clear();
        let part = self.within.is_some_and(|(first, past)| first <= stretch.first && stretch.past <= past);
        if !part {
            self.within = Some((stretch.first, stretch.past));
            self.woken.clear();
        }
        let (verbs, question) = self.words(catalog, stretch, part);
        let vocabulary = stretch.vocabulary;
        for noun in &stretch.nouns {
            let weight = 20 + 5 * i32::try_from(noun.end - noun.at).unwrap_or(0);
            vocabulary.acting_on(noun.id).for_each(|op| self.promise(op, weight));
        }
        self.assumed(stretch, verbs);
        self.awake.sort_unstable();
        self.awake.dedup();
        for nth in 0..self.awake.len() {
            self.promise(self.awake[nth].0, 44);
        }
        self.best.clear();
        let mut hidden = None;
        let marked = || (stretch.first..stretch.past).any(|at| matches!(stretch.kind(at), ItemKind::Question));
        let asks = question || marked();
        for operation in self.touched.drain(..) {
            let mut promise = std::mem::take(&mut self.promises[operation as usize]);
            let head = &vocabulary.heads[operation as usize];
            if service.is_some_and(|s| !catalog.reaches(s, head.service)) {
                continue;
            }
            promise += i32::from(head.service);
            if head.verbs & verbs != 0 {
                promise += 30;
            } else if head.reads && asks {
                promise += 24;
            } else if head.reads {
                promise += 10;
            }
            if head.hidden && !context.hidden {
                hidden = hidden.max(Some(promise));
                continue;
            }
            self.best.push(Candidate { operation: OpId(operation), promise });
        }
        let order = |c: &Candidate| (-c.promise, c.operation);
        if self.best.len() > MOST {
            self.best.select_nth_unstable_by_key(MOST - 1, order);
            self.best.truncate(MOST);
        }
        self.best.sort_unstable_by_key(order);
        let least = self.best.get(MOST - 1).map(|last| last.promise);
        self.passed_over |= hidden.is_some_and(|hidden| least.is_none_or(|least| hidden >= least));
    }

    /// Whether an operation that may not be chosen would have been a candidate since this was last asked.
    pub fn take_passed_over(&mut self) -> bool {
        std::mem::take(&mut self.passed_over)
    }

    /// What was found, the most promising first.
    pub fn list(&self) -> impl Iterator<Item = Candidate> + '_ {
        self.best.iter().copied()
    }

    /// Patterns of an operation that the line's words wake.
    pub fn patterns(&self, operation: OpId) -> impl Iterator<Item = u16> + '_ {
        let from = self.awake.partition_point(|(op, _)| *op < operation.0);
        self.awake[from..].iter().take_while(move |(op, _)| *op == operation.0).map(|(_, pattern)| *pattern)
    }

    /// How the patterns may begin that may fit in the line.
    pub fn openers(&self, catalog: &Catalog) -> Openers {
        let mut openers = Openers::default();
        for (_, filed) in &self.woken {
            let frame = catalog.frame(OpId(filed.operation));
            let program = frame.pattern(usize::from(filed.pattern));
            if !opens_with_word(program, 0, &mut openers.words) {
                openers.valued.push(*filed);
            }
        }
        openers
    }

    /// Whether one of the patterns that may begin with a value may fit among some terms.
    pub fn open(&mut self, openers: &Openers, catalog: &Catalog, terms: impl Iterator<Item = TermId>) -> bool {
        self.hear(terms);
        openers.valued.iter().any(|filed| self.is_awake(catalog, filed))
    }

    /// What the words lead to by themselves; the verb classes among them, as bits, and whether there is a question word.
    /// `part`: the stretch lies within the one that woke `woken`.
    fn words(&mut self, catalog: &Catalog, stretch: &Stretch<'_>, part: bool) -> (u64, bool) {
        let vocabulary = stretch.vocabulary;
        let (mut verbs, mut question) = (0u64, false);
        self.hear((stretch.first..stretch.past).flat_map(|at| stretch.line.matches(at)).map(|m| m.term));
        let signed = signature(self.said.terms().iter().copied());
        for at in stretch.first..stretch.past {
            let within = |m: &&Match| at + usize::from(m.len) <= stretch.past;
            for m in stretch.line.matches(at).iter().filter(within) {
                let mut own = false;
                for sense in vocabulary.senses(m.term) {
                    match sense {
                        Sense::Verb { class, .. } | Sense::Turn { class, .. } | Sense::Apart { class, .. } => {
                            verbs |= 1 << class;
                        }
                        Sense::Own => own = true,
                        Sense::Set(WordSet::Question) => question = true,
                        _ => {}
                    }
                }
                if !own {
                    continue;
                }
                let operations = vocabulary.operations_of(m.term);
                if operations.len() <= TOO_COMMON {
                    operations.for_each(|op| self.promise(op, 8 + i32::from(m.len)));
                }
                if part {
                    self.wake_again(catalog, m.term);
                } else {
                    self.wake(catalog, m.term, signed);
                }
            }
        }
        if !part {
            self.woken.sort_unstable();
        }
        (verbs, question)
    }

    /// Takes down the terms of a stretch, in place of those of the one before.
    fn hear(&mut self, terms: impl Iterator<Item = TermId>) {
        self.said.hear(terms);
        self.choices.clear();
    }

    /// Wakes the patterns that a term leads to.
    fn wake(&mut self, catalog: &Catalog, term: TermId, signed: u128) {
        for filed in catalog.vocabulary().patterns_of(term, signed) {
            if self.rouse(catalog, &filed) {
                self.woken.push((term, filed));
            }
        }
    }

    /// The same among those that it led to in the stretch around this one.
    fn wake_again(&mut self, catalog: &Catalog, term: TermId) {
        let from = self.woken.partition_point(|(known, _)| *known < term);
        for at in from..self.woken.len() {
            let (known, filed) = self.woken[at];
            if known != term {
                return;
            }
            self.rouse(catalog, &filed);
        }
    }

    /// Wakes a pattern when the stretch has all words of some way through it; whether it is awake.
    fn rouse(&mut self, catalog: &Catalog, filed: &Filed) -> bool {
        let awake = self.is_awake(catalog, filed);
        if awake {
            self.awake.push((filed.operation, filed.pattern));
        }
        awake
    }

    /// Whether all words of some way through a pattern are said.
    fn is_awake(&mut self, catalog: &Catalog, filed: &Filed) -> bool {
        let (said, choices) = (&self.said, &mut self.choices);
        let mut open = || catalog.vocabulary().opens(filed, said, choices);
        let known = if catalog.has_own_patterns(OpId(filed.operation)) { None } else { open() };
        let steps = &mut self.steps;
        known.unwrap_or_else(|| {
            let program = catalog.frame(OpId(filed.operation)).pattern(usize::from(filed.pattern));
            awake(program, |term| said.holds(term), steps)
        })
    }

    fn promise(&mut self, operation: u32, weight: i32) {
        let promise = &mut self.promises[operation as usize];
        if *promise == 0 {
            self.touched.push(operation);
        }
        *promise += weight;
    }

    /// Operations on the resources that a bare name or a pronoun means, when a verb asks for them.
    fn assumed(&mut self, stretch: &Stretch<'_>, verbs: u64) {
        let vocabulary = stretch.vocabulary;
        for noun in &vocabulary.assumed {
            self.asked(vocabulary, *noun, verbs, 6);
        }
        if !stretch.line.holds_pronoun(stretch.first, stretch.past) || stretch.memory.is_empty() {
            return;
        }
        for (noun, info) in (0u16..=u16::MAX).zip(&vocabulary.nouns) {
            if !info.assumed && stretch.memory.latest(&info.resource).is_some() {
                self.asked(vocabulary, noun, verbs, 30);
            }
        }
    }

    fn asked(&mut self, vocabulary: &Vocabulary, noun: u16, verbs: u64, weight: i32) {
        for operation in vocabulary.acting_on(noun) {
            if vocabulary.heads[operation as usize].verbs & verbs != 0 {
                self.promise(operation, weight);
            }
        }
    }
}

/// How the patterns of a line may begin.
#[derive(Debug, Default)]
pub struct Openers {
    /// The words that some begin with.
    pub words: Vec<TermId>,
    /// Those that may begin with a value.
    valued: Vec<Filed>,
}

/// Bits of a step of a pattern: it can be reached, and so with a word passed.
const REACHED: u8 = 1;
const SPOKEN: u8 = 2;

/// Whether all words of some way through a pattern are held. `steps` is a memory to work in.
///
/// A step leads only to later ones, so what lies past the last that can be reached need not be looked at: most patterns are
/// over after a few words of their beginning.
fn awake(program: View<'_, Piece>, held: impl Fn(TermId) -> bool, steps: &mut Vec<u8>) -> bool {
    let length = program.count();
    steps.clear();
    steps.resize(length + 1, 0);
    steps[0] = REACHED;
    let mut far = 0;
    let mut reach = |steps: &mut Vec<u8>, at: usize, how: u8| {
        if let Some(step) = steps.get_mut(at) {
            *step |= how;
            far = at.max(far);
        }
        far
    };
    let mut last = 0;
    for at in 0..length {
        let how = steps[at];
        if how == 0 {
            if at > last {
                return false;
            }
            continue;
        }
        let Some(piece) = program.get(at) else { return false };
        let next = at + 1;
        last = match piece {
            Piece::Word(term) if held(term) => reach(steps, next, REACHED | SPOKEN),
            Piece::Word(_) => last,
            Piece::Slot(_) | Piece::Set(..) => reach(steps, next, how),
            Piece::Jump(to) => reach(steps, usize::from(to), how),
            Piece::Fork(to) => {
                reach(steps, next, how);
                reach(steps, usize::from(to), how)
            }
        };
    }
    steps[length] & SPOKEN != 0
}
