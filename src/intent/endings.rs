//! What ends a name, or shows that none begins.

use crate::catalog::{Sense, WordSet};
use crate::language::ItemKind;

use super::stretch::Stretch;

/// Whether a conjunction goes on with what is done to a record rather than with its name: "… and point it to …".
pub fn does_to_it(line: &Stretch<'_>, at: usize) -> bool {
    let small = |at: usize| at < line.past && line.is_small(at) && *line.kind(at) == ItemKind::Word;
    line.is(at, WordSet::Conjunction) && small(at + 1) && small(at + 2) && line.is(at + 2, WordSet::Thing)
}

/// Whether a dash ends a name: one of a code alone, one with something of the record behind it ("Ann Lee - notes"), and that
/// of a record with what an operation tells of it ("template Tune-Up - bank debit: off").
pub fn told_behind_dash(line: &Stretch<'_>, record: bool, at: usize, dash: usize) -> bool {
    let next = dash + 1;
    let code = dash == at + 1 && matches!(line.kind(at), ItemKind::Code | ItemKind::Number { .. });
    let own = |at: usize| {
        let senses = line.line.matches(at).iter().flat_map(|m| line.vocabulary.senses(m.term));
        senses.into_iter().any(|s| *s == Sense::Own)
    };
    code || next < line.past && line.is_small(next) && (line.line.in_noun(next) || record && own(next))
}

/// Whether a pronoun begins what would be a name of several words: "it be", "her account".
pub fn stands_for_another(line: &Stretch<'_>, at: usize) -> bool {
    let pronoun = [WordSet::Thing, WordSet::Person].into_iter().any(|set| line.is(at, set));
    pronoun && line.is_small(at)
}
