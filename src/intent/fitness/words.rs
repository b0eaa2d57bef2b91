//! Words that name nothing: an article, the beginning of a noun, the name of a field, what only goes on telling.

use crate::catalog::inflect::Form;
use crate::catalog::{Kind, Operation, Role, Sense, WordSet};
use crate::language::ItemKind;

use super::super::edges::Rule;
use super::super::found::{Filled, Found};
use super::super::meaning::class_of;
use super::super::parsed::Parsed;
use super::super::reading::{Reading, makes, own};
use super::is_named;

/// Digits of a number that is an id, at least.
const LONG_NUMBER: usize = 7;
/// Words of a noun that begins with what would be a name, at most.
const LONGEST_NOUN: usize = 4;

impl Reading<'_> {
    /// Whether a record or a name would be nothing but an article with a capital, or a denial: "… provider. The integration
    /// should be deleted" deletes nothing called The, and "no one should be tagged" tags nobody called No.
    pub(super) fn is_only_an_article(&self, op: &Operation, filled: Filled) -> bool {
        let (Found::Span(first, past) | Found::Many(first, past)) = filled.found else { return false };
        let alone = past == first + 1 && self.line.utterance.items[usize::from(first)].kind == ItemKind::Word;
        let record = matches!(op.params[usize::from(filled.param)].kind, Kind::Entity(_)) || is_named(op, filled);
        let is = |set: WordSet| self.line.is(first.into(), set);
        let denies = || self.line.is_small(first.into()) && (is(WordSet::False) || is(WordSet::Negation));
        record && alone && (is(WordSet::Article) || denies())
    }

    /// Whether a record would be called by a code and the words that go on telling of it, or by a name and a figure behind a
    /// comma: "campaign 6123400912345 wastes money, delete it", "pipeline Retail, 5000".
    pub(super) fn runs_past_its_name(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let items = &self.line.utterance.items;
        let record = matches!(op.params[usize::from(filled.param)].kind, Kind::Entity(_) | Kind::Id);
        let long = || items[first].end - items[first].start >= LONG_NUMBER;
        let figures = matches!(items[first].kind, ItemKind::Number { .. } | ItemKind::Phone);
        let code = items[first].kind == ItemKind::Code || figures && long();
        let goes_on = || {
            past > first + 1 && (first + 1..past).all(|at| items[at].kind == ItemKind::Word && self.line.is_small(at))
        };
        let figure = |at: usize| {
            items[at - 1].kind == ItemKind::Comma
                && matches!(items[at].kind, ItemKind::Number { .. } | ItemKind::Money { .. })
        };
        record && !op.reads() && (code && goes_on() || (first + 2..past).any(figure))
    }

    /// Whether a list goes on with the noun of another thing, or runs over one: "delete tag vip and the calendar Old Spa" deletes
    /// no tag "the calendar", and "the tag the contact the delete" is none.
    pub(super) fn lists_a_noun(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Many(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let noun = |at: usize| {
            self.line.separates(at - 1)
                && self.line.is(at, WordSet::Article)
                && self.line.is_small(at)
                && (1..=LONGEST_NOUN).any(|len| self.is_any_noun(at + 1, len) && self.ends_element(at + 1 + len, past))
        };
        let over = |at: usize| {
            let small = self.line.is_small(at) && self.line.is_small(at - 1);
            small && self.line.is(at, WordSet::Article) && self.line.is_noun(at - 1)
        };
        let inside = first + 1..past.saturating_sub(1);
        !op.reads() && (inside.clone().any(noun) || inside.clone().any(over))
    }

    /// Whether something would be called by what is to become of it, or that is passed over behind its name: "Ann Lee needs the
    /// tag vip removed" adds no tag.
    pub(super) fn is_to_go(&self, op: &Operation, parsed: &Parsed) -> bool {
        let class = |name: &String| self.catalog.lexicon().verbs.iter().find(|verb| verb.name == *name);
        if op.reads() || op.verbs.iter().filter_map(class).any(|class| class.destroys) {
            return false;
        }
        let ended = |at: usize| {
            let senses = || self.line.matches(at).iter().flat_map(|m| self.catalog.vocabulary().senses(m.term));
            let past = |s: &&Sense| matches!(s, Sense::Verb { form: Form::Past, .. });
            let destroys = |s: &Sense| class_of(self.catalog, *s).is_some_and(|class| class.destroys);
            self.line.is_small(at) && senses().filter(past).any(destroys)
        };
        let passed = |past: usize| {
            let weak =
                |(at, _, rule, _): &(usize, usize, Rule, i32)| *at == past && *rule == Rule::WeakVerbOfAnotherKind;
            parsed.alignment.path.iter().any(weak) && ended(past)
        };
        parsed.alignment.filled.iter().any(|filled| {
            let (Found::Span(first, past) | Found::Many(first, past)) = filled.found else { return false };
            let (first, past) = (usize::from(first), usize::from(past));
            let text = op.params[usize::from(filled.param)].kind == Kind::FreeText;
            !text && (past > first + 1 && ended(past - 1) || passed(past))
        })
    }

    /// Whether the noun of something covers just so many items.
    fn is_any_noun(&self, at: usize, len: usize) -> bool {
        at < self.line.utterance.items.len()
            && self.line.is_small(at)
            && self.line.noun_between(at, at + len - 1, at + len)
    }

    fn ends_element(&self, at: usize, past: usize) -> bool {
        at == past || at < past && self.line.separates(at)
    }

    /// Whether a record would be called by how a noun begins: "inside Facebook campaign 1202 …" changes nothing called
    /// Facebook.
    pub(super) fn begins_its_noun(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let param = &op.params[usize::from(filled.param)];
        let record = matches!(param.kind, Kind::Entity(_));
        let goes_on = || self.line.longer_noun(first, 1) && self.line.is_small(past);
        // "The NDA template" is called so.
        let its_own = || own(op, param) && (2..=LONGEST_NOUN).any(|len| self.is_noun_of(op, first, len));
        record && past == first + 1 && past < self.line.utterance.items.len() && goes_on() && !its_own()
    }

    /// Whether what is to be made would be called by the name of one of its fields: "put +1828 … as the phone".
    pub(super) fn is_a_field(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let frame = self.catalog.frame(parsed.id);
        let field = || {
            let whole = self.line.matches(first).iter().filter(|m| first + usize::from(m.len) == past);
            whole.flat_map(|m| frame.roles(m.term)).any(|role| matches!(role, Role::Field(_)))
        };
        let led = first > 0 && self.line.is(first - 1, WordSet::Article);
        let small = (first..past).all(|at| self.line.is_small(at));
        is_named(op, filled) && makes(op) && led && small && stands_bare(parsed, first, past) && field()
    }

    /// Whether what is to be made would be called by words that only go on telling of a value before them, or by what
    /// something is said to be: "can be used 100 times in all", "…, aimed at people from 25 to 44".
    pub(super) fn only_goes_on(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let items = &self.line.utterance.items;
        let known = |at: usize| self.line.is_common(at) || !self.line.matches(at).is_empty();
        let plain = |at: usize| self.line.is_small(at) && known(at);
        let counted =
            || matches!(items[first - 1].kind, ItemKind::Number { .. } | ItemKind::Money { .. } | ItemKind::Unit);
        let joined = || items.get(past).is_some_and(|_| self.line.is(past, WordSet::Preposition));
        let told = || past == first + 1 && self.line.tells(first) && joined();
        let pauses = || items[first - 1].kind == ItemKind::Comma;
        let bare = first > 0 && (first..past).all(plain) && stands_bare(parsed, first, past);
        let leads = || self.line.is(first, WordSet::Preposition) && !self.line.is(first, WordSet::Auxiliary);
        is_named(op, filled) && !op.reads() && bare && (counted() || leads() || pauses() && told())
    }

    /// Whether what would be made is spoken of as being there: "the phone on our sub-account".
    pub(super) fn has_what_it_makes(&self, op: &Operation, parsed: &Parsed) -> bool {
        let changes =
            |name: &String| self.catalog.lexicon().verbs.iter().any(|verb| verb.name == *name && verb.changes);
        if !makes(op) || op.verbs.iter().any(changes) {
            return false;
        }
        let items = &self.line.utterance.items;
        let vocabulary = self.catalog.vocabulary();
        let one = |at: usize, past: usize| {
            let whole = self.line.matches(at).iter().filter(|m| at + usize::from(m.len) == past);
            whole.flat_map(|m| vocabulary.senses(m.term)).any(|s| matches!(s, Sense::Noun { plural: false, .. }))
        };
        let ends =
            |past: usize| items.get(past).is_none_or(|item| !matches!(item.kind, ItemKind::Word | ItemKind::Colon));
        parsed.alignment.path.iter().any(|step| {
            let (at, past) = (step.0, step.1);
            let known = at > 1 && self.line.is(at - 1, WordSet::Article) && !self.line.is_indefinite(at - 1);
            let led = || self.line.is(at - 2, WordSet::Preposition) && !self.line.is(at - 2, WordSet::Binder);
            step.2 == Rule::Object && known && led() && ends(past) && one(at, past)
        })
    }
}

/// Whether nothing leads to a value.
fn stands_bare(parsed: &Parsed, first: usize, past: usize) -> bool {
    parsed.alignment.path.iter().any(|step| (step.0, step.1, step.2) == (first, past, Rule::BareValue))
}
