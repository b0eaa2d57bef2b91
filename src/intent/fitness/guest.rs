//! What is no value in a line that changes something of a service that is spoken of by name.

use crate::catalog::{Kind, Operation, WordSet};

use super::super::found::{Filled, Found};
use super::super::reading::Reading;

impl Reading<'_> {
    /// Whether a value only tells which of several records is meant, or whose it is: "the previous deploy", "transfer their
    /// meetings".
    pub(super) fn names_nothing(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (whole, past) = (usize::from(first), usize::from(past));
        let first = (whole..past).find(|at| !self.line.is(*at, WordSet::Determiner)).unwrap_or(whole);
        if !self.line.guest || op.reads() || first + 1 != past || !self.line.is_small(first) {
            return false;
        }
        let said = &self.line.utterance.items[first].folded;
        match op.params[usize::from(filled.param)].kind {
            Kind::Entity(_) | Kind::Id => self.catalog.lexicon().set("tells_which").contains(said),
            Kind::Text => {
                let whose = |at: usize| self.line.is(at, WordSet::Determiner) && self.line.is(at, WordSet::Person);
                first > 0 && whose(first - 1) && self.line.is_noun(first)
            }
            _ => false,
        }
    }
}
