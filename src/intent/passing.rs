//! A word too many in a look-up: "show my recent account activity" of a service that knows nothing "recent".

use crate::catalog::{Sense, WordSet};
use crate::language::ItemKind;

use super::annotate::Match;
use super::edges::flag;
use super::found::Found;
use super::memory::Memory;
use super::parsed::Parsed;
use super::reading::{Reading, Whole};
use super::{Intent, score};

/// The fewest points of such a reading, what the word costs aside.
const BELIEVED: i32 = 36;
/// The most words that are passed over where a record of a service is named that was asked for.
const MOST: usize = 4;
/// The fewest characters of an id that nobody takes for a word.
const SURE: usize = 8;

impl Reading<'_> {
    /// What a line means that only looks something up, of a service that was asked for by name or by an id, when one plain
    /// word of it, or a few beside a record, say nothing there. The answer names them. Nothing that changes anything is ever read so.
    pub fn passing_over(&self, whole: &Whole, memory: &Memory) -> Option<Intent> {
        let best = whole.readings.first().filter(|best| self.line.guest || self.names_surely(best))?;
        let many = best.alignment.unexplained.as_slice();
        // A question that names a record tells enough without a few of its words.
        let named = self.line.guest && !best.alignment.filled.is_empty();
        let opened = self.line.is(0, WordSet::Question)
            || self.line.is(0, WordSet::Preposition) && self.line.is(1, WordSet::Question);
        let wonders = named && self.line.asks && opened;
        let told = self.line.guest && self.clause().is_some_and(|clause| many.iter().all(|at| *at > clause));
        let most = if named || told { MOST } else { 1 };
        if many.is_empty() || many.len() > most {
            return None;
        }
        let seen = |bit: u32| best.alignment.flags & bit != 0;
        // It describes what is named behind it, or what a record has: what is asked for itself is never passed over.
        let passed = |at: &usize| {
            let item = &self.line.utterance.items[*at];
            let noun = at + 1 < self.line.utterance.items.len() && self.line.is_noun(at + 1);
            let idle = self.line.is_common(*at) && self.says_little(*at);
            let describes = if self.line.guest { noun || idle && (named || told) || wonders } else { idle };
            let orders = self.line.is_verb(*at) && !wonders;
            item.kind == ItemKind::Word && !self.line.is_name(*at) && !orders && describes
        };
        let plain = many.iter().all(passed);
        let first = many.iter().copied().min().unwrap_or(0);
        // The word is none that says what is to be done.
        let led = self.line.asks || self.line.head.is_some_and(|head| head < first);
        let reads = self.catalog.operation(best.id).reads();
        let looks_up = seen(flag::OBJECT) && (seen(flag::VERB) || self.line.asks) && !seen(flag::NEGATED);
        let unknown = score::UNKNOWN * i32::try_from(many.len()).unwrap_or(0);
        if !(reads && plain && led && looks_up) || best.alignment.score - unknown < BELIEVED {
            return None;
        }
        let intent = self.settle(vec![self.step(best, memory)]);
        let spans: Vec<(usize, usize)> =
            many.iter().map(|at| &self.line.utterance.items[*at]).map(|item| (item.start, item.end)).collect();
        let words: Vec<String> = spans
            .iter()
            .filter_map(|(start, end)| self.line.utterance.text.get(*start..*end))
            .map(|word| format!("«{word}»"))
            .collect();
        let message = format!("{} I passed over {}.", intent.message, words.join(", ")).trim().to_owned();
        Some(Intent { message, unexplained: spans, ..intent })
    }

    /// Where a clause begins that tells of what is looked up: "all returns that are waiting for inspection".
    fn clause(&self) -> Option<usize> {
        let relative = self.catalog.lexicon().set("relative");
        let joins = |at: &usize| {
            relative.contains(&self.line.utterance.items[*at].folded) && self.line.is(*at + 1, WordSet::Auxiliary)
        };
        (1..self.line.utterance.items.len().saturating_sub(1)).find(joins)
    }

    /// Whether an item is nobody's word, or only stands beside the words of some operations.
    fn says_little(&self, at: usize) -> bool {
        let vocabulary = self.catalog.vocabulary();
        let own = |m: &Match| vocabulary.senses(m.term).iter().all(|sense| *sense == Sense::Own);
        self.line.matches(at).iter().all(|m| self.line.guest && own(m))
    }

    /// Whether a reading holds an id, an address or a quoted name: whoever gives one asks this service for something.
    fn names_surely(&self, best: &Parsed) -> bool {
        let items = &self.line.utterance.items;
        let sure = |at: usize| {
            let item = &items[at];
            let long = item.folded.len() >= SURE && item.folded.bytes().any(|byte| byte.is_ascii_digit());
            matches!(item.kind, ItemKind::Quoted { .. }) || item.kind == ItemKind::Code && long
        };
        best.alignment.filled.iter().any(|filled| match filled.found {
            Found::Span(first, past) => past == first + 1 && sure(first.into()),
            _ => false,
        })
    }
}
