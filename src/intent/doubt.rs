//! A word that nobody knows in a line that is clear otherwise: "draft an invoice for Ann, no. 1088". Nothing is done on a
//! guess; the question says which words would be passed over, and only a yes to it goes on.

use crate::catalog::{AGREEMENT, CHANGES, Operation, Risk, WordSet};
use crate::language::ItemKind;

use super::edges::{Rule, flag};
use super::memory::Memory;
use super::parsed::Parsed;
use super::reading::{Reading, Whole, makes, own};
use super::remarks::parts;
use super::{Argument, Intent, Status, Value, score};

/// The most words that may be passed over; of a line that destroys something, one.
const MOST: usize = 3;
/// The most words of clauses that only tell something beside the order.
const MOST_ASIDE: usize = 5;
/// The fewest points that the understood words earn by themselves.
const ENOUGH: i32 = 55;
/// By how many points no other operation may be behind.
const AHEAD: i32 = 8;
/// The same for one that only reads, which many questions about other things come near.
const AHEAD_READING: i32 = 16;

impl Reading<'_> {
    /// The question whether to go on without a few words; nothing where the rest does not tell what to do by itself.
    pub fn doubted(&self, whole: &Whole, memory: &Memory) -> Option<Intent> {
        let best = whole.readings.first()?;
        let op = self.catalog.operation(best.id);
        let (many, flags) = (best.alignment.unexplained.as_slice(), best.alignment.flags);
        let seen = |bit: u32| flags & bit != 0;
        let most = if op.risk == Risk::Destroy { 1 } else { MOST };
        let (aside, within): (Vec<usize>, Vec<usize>) = many.iter().partition(|at| self.only_beside(best, **at));
        let told = if seen(flag::VERB) {
            seen(flag::OBJECT) || seen(flag::HINT) || seen(flag::OWN)
        } else {
            op.reads() && seen(flag::OBJECT) && seen(flag::HINT)
        };
        let named = !op.reads() || !best.alignment.filled.is_empty();
        if many.is_empty()
            || within.len() > most
            || aside.len() > MOST_ASIDE
            || !(told && named)
            || seen(flag::NEGATED)
            || !within.iter().all(|at| self.idle(op, *at))
        {
            return None;
        }
        let unknown = score::UNKNOWN * i32::try_from(many.len()).unwrap_or(0);
        let ahead = if op.reads() { AHEAD_READING } else { AHEAD };
        let rivals = |other: &Parsed| other.alignment.score + ahead > best.alignment.score;
        if best.alignment.score - unknown < ENOUGH || whole.readings.iter().skip(1).any(rivals) {
            return None;
        }
        let mut step = self.step(best, memory);
        // Without those words nothing would be changed.
        if step.missing.iter().any(|missing| missing == CHANGES) {
            return None;
        }
        // Where a code is not understood, no other word surely names the record: "Hal Stone's check came in for INV-6103".
        if many.iter().any(|at| self.line.utterance.items[*at].kind == ItemKind::Code) {
            let named = |a: &Argument| op.param(&a.name).is_some_and(|param| own(op, param)) && !is_code(&a.value);
            let (names, rest) = step.arguments.into_iter().partition(named);
            step.arguments = rest;
            step.missing.extend(names.into_iter().map(|argument: Argument| argument.name));
        }
        step.missing.insert(0, AGREEMENT.to_owned());
        let items = &self.line.utterance.items;
        let unexplained: Vec<(usize, usize)> = many.iter().map(|at| (items[*at].start, items[*at].end)).collect();
        let words: Vec<String> = many.iter().map(|at| format!("«{}»", self.line.utterance.slice(*at, *at))).collect();
        let message = format!("I don't understand {}. {} without that?", words.join(", "), op.title);
        let blank = Intent::unknown(&self.line.utterance.text);
        Some(Intent { status: Status::Incomplete, steps: vec![step], message, unexplained, ..blank })
    }

    /// Whether a word stands in a clause of its own that orders nothing, names nothing and forbids nothing: "…, clients keep
    /// clicking it".
    fn only_beside(&self, best: &Parsed, at: usize) -> bool {
        let items = &self.line.utterance.items;
        let mark = |at: &usize| parts(&items[*at]);
        let first = (0..at).rev().find(mark).map_or(0, |mark| mark + 1);
        let past = (at..items.len()).find(mark).unwrap_or(items.len());
        let whole = first == 0 && past == items.len();
        let heavy = |at: usize| {
            use WordSet::{Conjunction, Denial, Foreign, Negation, Question};
            [Negation, Denial, Foreign, Question, Conjunction].into_iter().any(|set| self.line.is(at, set))
        };
        let says = |&(from, end, rule, _): &(usize, usize, Rule, i32)| {
            (from < past && end > first) && !(rule == Rule::NotUnderstood || rule.is_idle())
        };
        !whole && !(first..past).any(heavy) && !self.line.is_verb(first) && !best.alignment.path.iter().any(says)
    }

    /// Whether what stands at an item neither orders, asks nor forbids anything by itself.
    fn idle(&self, op: &Operation, at: usize) -> bool {
        use WordSet::{Article, Auxiliary, Conjunction, Denial, Foreign, Negation, Question};
        let makes = makes(op);
        let (reads, destroys) = (op.reads(), op.risk == Risk::Destroy);
        let items = &self.line.utterance.items;
        let value = matches!(
            items[at].kind,
            ItemKind::Word | ItemKind::Quoted { .. } | ItemKind::Code | ItemKind::Number { .. }
        );
        let asks = self.line.is(at, Question) && !self.line.is(at, Auxiliary);
        let weighty = asks || [Negation, Denial, Foreign, Conjunction].into_iter().any(|set| self.line.is(at, set));
        let Some(before) = at.checked_sub(1) else { return false };
        // "Send INV-1 by email and INV-2 by text": another order begins there.
        let joined = self.line.is(before, Conjunction) || items[before].kind == ItemKind::Semicolon;
        let another = joined && !self.line.is_common(at);
        // "Create a survey": the thing itself that is to be made.
        let thing = makes && self.line.is(before, Article) && self.line.head.is_some_and(|head| head + 2 == at);
        let described = at + 1 < items.len() && self.line.is_noun(at + 1);
        // What is to be changed on another day is not changed today.
        let dated = !reads && self.dates.iter().any(|date| (date.first..=date.last).contains(&at));
        // "Delete blog post 7" is about a blog, whatever else knows posts.
        let noun = (reads || destroys) && self.line.in_noun(at);
        value && !noun && !weighty && !dated && !another && !self.line.is_verb(at) && (described || !thing)
    }
}

/// Whether a value looks like a code: figures are in it.
fn is_code(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.contains(|c: char| c.is_ascii_digit()))
}
