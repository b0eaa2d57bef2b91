//! A word too many in a look-up: "show my recent account activity" of a service that knows nothing "recent".

use crate::language::ItemKind;

use super::edges::flag;
use super::found::Found;
use super::memory::Memory;
use super::parsed::Parsed;
use super::reading::{Reading, Whole};
use super::{Intent, score};

/// The fewest points of such a reading, what the word costs aside.
const BELIEVED: i32 = 36;
/// The fewest characters of an id that nobody takes for a word.
const SURE: usize = 8;

impl Reading<'_> {
    /// What a line means that only looks something up, of a service that was asked for by name or by an id, when one plain
    /// word of it says nothing there. The answer names the word. Nothing that changes anything is ever read so.
    pub fn passing_over(&self, whole: &Whole, memory: &Memory) -> Option<Intent> {
        let best = whole.readings.first().filter(|best| self.line.guest || self.names_surely(best))?;
        let [at] = best.alignment.unexplained.as_slice() else { return None };
        let seen = |bit: u32| best.alignment.flags & bit != 0;
        let item = &self.line.utterance.items[*at];
        // It describes what is named behind it, or what a record has: what is asked for itself is never passed over.
        let noun = at + 1 < self.line.utterance.items.len() && self.line.is_noun(at + 1);
        let idle = self.line.is_common(*at) && self.line.matches(*at).is_empty();
        let describes = if self.line.guest { noun } else { idle };
        let plain = item.kind == ItemKind::Word && !self.line.is_name(*at) && !self.line.is_verb(*at) && describes;
        // The word is none that says what is to be done.
        let led = self.line.asks || self.line.head.is_some_and(|head| head < *at);
        let reads = self.catalog.operation(best.id).reads();
        let told = seen(flag::OBJECT) && (seen(flag::VERB) || self.line.asks) && !seen(flag::NEGATED);
        if !(reads && plain && led && told) || best.alignment.score - score::UNKNOWN < BELIEVED {
            return None;
        }
        let word = self.line.utterance.text.get(item.start..item.end).unwrap_or_default();
        let intent = self.settle(vec![self.step(best, memory)]);
        let message = format!("{} I passed over «{word}».", intent.message).trim().to_owned();
        Some(Intent { message, unexplained: vec![(item.start, item.end)], ..intent })
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
