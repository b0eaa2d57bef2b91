//! What speaks against a reading once it is known what it would do: a value that is no value of its kind, words of another
//! order, a thing that is there already.

mod figures;
mod guest;
mod names;
mod orders;
#[cfg(test)]
mod tests;
mod words;

use crate::catalog::{Kind, Operation, Risk, Sense, WordSet};
use crate::language::ItemKind;

use super::edges::Rule;
use super::found::{Filled, Found};
use super::parsed::Parsed;
use super::reading::{Reading, makes, own, several};
use super::runs_on::runs_on;
use super::score;

impl Reading<'_> {
    /// A reading with what its arguments add to its score.
    pub(super) fn weighed(&self, mut parsed: Parsed, op: &Operation) -> Parsed {
        if op.risk == Risk::Bulk && !several(op, &self.said(&parsed).arguments) {
            parsed.alignment.score += score::ONE_OF_MANY;
        }
        if parsed.alignment.filled.iter().any(|filled| self.is_unfit(op, *filled) || self.outgrows(op, *filled)) {
            parsed.alignment.score += score::UNKNOWN;
        }
        let impossible = |filled: &Filled| self.is_impossible(op, &parsed, *filled);
        if parsed.alignment.filled.iter().any(impossible) || !op.reads() && self.is_mixed(op, &parsed) {
            parsed.alignment.score += score::NEGATION;
        }
        if self.has_what_it_makes(op, &parsed) || self.is_to_go(op, &parsed) {
            parsed.alignment.score += score::NEGATION;
        }
        if !op.reads() && self.leaves_open(&parsed) {
            parsed.alignment.score += score::NEGATION;
        }
        if !op.reads() && (self.passes_over_the_next(&parsed) || self.asks_within(&parsed) || self.leaves(op, &parsed))
        {
            parsed.alignment.score += score::NEGATION;
        }
        if op.reads() && self.passes_over_an_order(&parsed) {
            parsed.alignment.score += score::UNKNOWN;
        }
        if !op.reads() && is_spoken_of_first(op, &parsed) {
            parsed.alignment.score += score::UNKNOWN;
        }
        if self.trails(&parsed) {
            parsed.alignment.score += score::UNKNOWN;
        }
        if self.line.guest
            && (parsed.alignment.filled.iter().any(|filled| self.of_another(op, *filled)) || self.is_there(op))
        {
            parsed.alignment.score += score::UNKNOWN;
        }
        if self.line.guest && runs_on(op, &parsed.alignment, &self.line, self.catalog) {
            parsed.alignment.score += score::NEGATION;
        }
        parsed
    }

    /// The first value of a reading that cannot be meant.
    pub(super) fn unfit_value(&self, op: &Operation, parsed: &Parsed) -> Option<Filled> {
        parsed.alignment.filled.iter().copied().find(|filled| {
            self.is_unfit(op, *filled) || self.outgrows(op, *filled) || self.is_impossible(op, parsed, *filled)
        })
    }

    fn is_impossible(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
        let first = parsed.alignment.path.first().map_or(0, |(first, ..)| *first);
        self.is_of_next_order(op, first, filled)
            || self.is_no_name(op, parsed, filled)
            || self.counts_nothing(op, filled)
            || self.is_measured(op, filled)
            || self.names_nothing(op, filled)
            || self.is_known(op, filled)
            || self.begins_with_order(op, filled)
            || self.goes_on_ordering(op, filled)
            || self.goes_elsewhere(op, parsed, filled)
            || self.goes_on_telling(op, filled)
            || self.takes_the_next(op, filled)
            || self.is_only_a_kind(op, filled)
            || self.is_idle_now(filled)
            || self.is_an_order(filled)
            || self.is_owned(op, filled)
            || self.is_a_day(op, filled)
            || self.is_given_to_a_thing(op, filled)
            || self.is_cut(op, parsed, filled)
            || self.is_rest_of_address(op, parsed, filled)
            || self.outgrows_address(op, filled)
            || Self::strays(parsed, filled)
            || self.is_somebody(op, parsed, filled)
            || self.leads_to_quotes(op, filled)
            || self.runs_into_another(op, parsed, filled)
            || self.is_a_state(op, filled)
            || self.begins_a_text(op, filled)
            || self.tells_as_what(op, filled)
            || self.is_who_asks(op, filled)
            || self.is_said_of_oneself(op, filled)
            || self.is_when(op, filled)
            || self.is_told_of(op, parsed, filled)
            || self.is_only_an_article(op, filled)
            || self.begins_its_noun(op, filled)
            || self.runs_past_its_name(op, filled)
            || self.lists_a_noun(op, filled)
            || self.is_a_field(op, parsed, filled)
            || self.only_goes_on(op, parsed, filled)
    }

    /// Whether what an operation makes is spoken of as being there: "put user 42 on project 7" makes no project.
    fn is_there(&self, op: &Operation) -> bool {
        let makes = makes(op);
        let Some(object) = op.objects.first().filter(|_| makes && !op.params.iter().any(|param| own(op, param))) else {
            return false;
        };
        let (items, vocabulary) = (&self.line.utterance.items, self.catalog.vocabulary());
        let named = |at: usize, len: u8| {
            let long = self.line.matches(at).iter().filter(move |m| m.len == len);
            long.flat_map(|m| vocabulary.senses(m.term)).any(|sense| match sense {
                Sense::Noun { noun, plural: false } => {
                    let info = &vocabulary.nouns[usize::from(*noun)];
                    info.service == op.service && info.resource == *object
                }
                _ => false,
            })
        };
        (1..items.len()).any(|at| {
            let before = if at > 1 && self.line.is(at - 1, WordSet::Determiner) { at - 2 } else { at - 1 };
            let joined = self.line.is(before, WordSet::Preposition) || self.line.is(before, WordSet::Link);
            let lengths = self.line.matches(at).iter().map(|m| m.len);
            joined
                && lengths.into_iter().any(|len| {
                    let next = items.get(at + usize::from(len)).map(|item| &item.kind);
                    named(at, len) && matches!(next, Some(ItemKind::Code | ItemKind::Number { .. }))
                })
        })
    }

    /// Whether a code that tells by itself what it is of is given for a record of another kind: "show INV-3302 and email it"
    /// shows no e-mail.
    fn is_unfit(&self, op: &Operation, filled: Filled) -> bool {
        let own = match &op.params[usize::from(filled.param)].kind {
            Kind::Entity(resource) => Some(resource),
            Kind::Id => op.objects.first(),
            _ => return false,
        };
        let Found::Span(first, past) = filled.found else { return false };
        if own.is_some() && self.names_a_kind(op, usize::from(first), usize::from(past)) {
            return true;
        }
        let item = &self.line.utterance.items[usize::from(first)];
        let vocabulary = self.catalog.vocabulary();
        // "15 auto-pilot messages max" is nobody, and "America/Denver" no record.
        let counts = matches!(item.kind, ItemKind::Number { .. });
        let counted = counts && first + 1 < past && (first + 1..past).all(|at| self.line.is_small(at.into()));
        let zone = first + 1 == past && item.folded.contains('/') && jiff::tz::db().get(&item.folded).is_ok();
        if own.is_some() && !op.reads() && (counted || zone) {
            return true;
        }
        let unsaid = item.start == item.end && first + 1 < past;
        let senses = || vocabulary.lookup(&item.folded).map_or(&[][..], |term| vocabulary.senses(term));
        let same = |sense: &Sense| match sense {
            Sense::Noun { noun, .. } => {
                vocabulary.nouns[usize::from(*noun)].resource.as_ref() == own.map_or("", String::as_str)
            }
            _ => false,
        };
        unsaid && !senses().iter().any(same)
    }

    /// Whether a record of one kind is given where one of another is asked for: "volume 815" is no server.
    fn of_another(&self, op: &Operation, filled: Filled) -> bool {
        let Kind::Entity(own) = &op.params[usize::from(filled.param)].kind else { return false };
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let vocabulary = self.catalog.vocabulary();
        let nouns = |len: u8| {
            let long = self.line.matches(first).iter().filter(move |m| m.len == len);
            long.flat_map(|m| vocabulary.senses(m.term)).filter_map(|sense| match sense {
                Sense::Noun { noun, plural: false } => vocabulary.nouns.get(usize::from(*noun)),
                _ => None,
            })
        };
        let longest = self.line.matches(first).iter().map(|m| m.len).filter(|len| nouns(*len).next().is_some()).max();
        let Some(len) = longest.filter(|len| first + usize::from(*len) < past) else { return false };
        let numbered = matches!(
            self.line.utterance.items[first + usize::from(len)].kind,
            ItemKind::Code | ItemKind::Number { .. }
        );
        let mut known = nouns(len).filter(|info| info.service == op.service).peekable();
        numbered && known.peek().is_some() && known.all(|info| info.resource != *own)
    }
}

/// Whether what was found is a short text, such as a name.
fn is_named(op: &Operation, filled: Filled) -> bool {
    op.params[usize::from(filled.param)].kind == Kind::Text
}

/// Whether the record that is changed would be what a line only begins to speak of: "as for Ann Lee, delete the tag" deletes
/// no tag of that name.
fn is_spoken_of_first(op: &Operation, parsed: &Parsed) -> bool {
    let path = &parsed.alignment.path;
    let verb = path.iter().position(|(.., rule, _)| matches!(rule, Rule::Verb | Rule::OwnVerb | Rule::Pattern));
    let before = verb.map_or(&[][..], |verb| &path[..verb]);
    parsed.alignment.filled.iter().any(|filled| {
        let Found::Span(_, past) = filled.found else { return false };
        let led = |pair: &[(usize, usize, Rule, i32)]| {
            pair[0].2 == Rule::PrepositionAndValue && pair[0].1 == usize::from(past) && pair[1].2 == Rule::Comma
        };
        own(op, &op.params[usize::from(filled.param)]) && before.windows(2).any(led)
    })
}
