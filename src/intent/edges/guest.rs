//! What is no value in a line for a service that is spoken of by name: little is known of what its records are called.

use super::super::found::Found;
use super::{Edges, flag};
use crate::catalog::{Kind, Parameter, WordSet};

impl Edges<'_> {
    /// Whether a stretch is no value though it stands where one may: several where one is named, a clause, a naming.
    pub(super) fn is_not_meant(
        &self,
        declared: &Parameter,
        found: Found,
        object: Option<(i32, u32)>,
        (first, past): (usize, usize),
    ) -> bool {
        let plural = object.is_some_and(|(_, flags)| flags & flag::PLURAL != 0);
        plural && (self.joins_records(found) || self.tells_of_many(declared, (first, past)))
            || self.stretch.line.guest
                && (self.begins_clause(declared, first) || self.holds_naming(declared, first, past))
    }

    /// Whether plain words behind the plural of the one record that is shown say what is so of many: "the tests running on
    /// site 5". Of a service that is spoken of by name: elsewhere records may be called by any word.
    fn tells_of_many(&self, declared: &Parameter, (first, past): (usize, usize)) -> bool {
        let stretch = self.stretch;
        let done = |at: usize| {
            let word = stretch.line.utterance.items[at].folded.as_str();
            word.len() > 4 && ["ed", "ing"].iter().any(|ending| word.ends_with(ending))
        };
        stretch.line.guest
            && self.op.reads()
            && matches!(declared.kind, Kind::Entity(_) | Kind::Id)
            && (first..past)
                .all(|at| stretch.is_small(at) && (!declared.many && stretch.line.is_common(at) || done(at)))
    }

    /// Whether a name would begin with the verb of a clause: "all returns that are waiting".
    fn begins_clause(&self, declared: &Parameter, at: usize) -> bool {
        let verb = self.stretch.is(at, WordSet::Auxiliary) && self.stretch.is(at, WordSet::Question);
        verb && self.op.reads() && self.stretch.is_small(at) && matches!(declared.kind, Kind::Entity(_) | Kind::Id)
    }

    /// Whether a word that gives a name stands within a value: of "a room in wing east named Blue Suite" the name is what
    /// stands behind it.
    fn holds_naming(&self, declared: &Parameter, first: usize, past: usize) -> bool {
        let called = declared.bare && declared.kind == Kind::Text || matches!(declared.kind, Kind::Entity(_));
        called && !self.op.reads() && (first + 1..past.saturating_sub(1)).any(|at| self.names(at))
    }

    /// Whether a word gives a name to what stands before it: "named", "called".
    pub(super) fn names(&self, at: usize) -> bool {
        let stretch = self.stretch;
        let link = stretch.is(at, WordSet::Link) && !stretch.is(at, WordSet::Preposition);
        link && stretch.is_small(at) && stretch.line.utterance.items[at].folded.ends_with("ed")
    }
}
