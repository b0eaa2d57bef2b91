//! Words of another order that a reading takes for its own, or passes over.

use crate::catalog::inflect::Form;
use crate::catalog::{Kind, Operation, Sense, WordSet};
use crate::language::ItemKind;

use super::super::edges::Rule;
use super::super::found::{Filled, Found};
use super::super::meaning::{class_of, longest};
use super::super::parsed::Parsed;
use super::super::reading::{Reading, makes};

impl Reading<'_> {
    /// Whether a value stands behind ", then": what follows there is another order, and tells nothing of this one.
    pub(super) fn is_of_next_order(&self, op: &Operation, first: usize, filled: Filled) -> bool {
        let (Found::Span(_, past) | Found::Many(_, past)) = filled.found else { return false };
        let items = &self.line.utterance.items;
        let mark = |at: usize| {
            matches!(items[at].kind, ItemKind::Comma | ItemKind::Semicolon) || self.line.is(at, WordSet::Conjunction)
        };
        let next = |at: usize| {
            self.line.is(at, WordSet::Sequence)
                && self.line.is_small(at)
                && mark(at - 1)
                && self.line.head.is_some_and(|head| head < at)
        };
        let free = op.params[usize::from(filled.param)].kind == Kind::FreeText;
        !op.reads() && !free && (first + 1..usize::from(past)).any(next)
    }

    /// Whether a value that only its look makes one stands behind the word for the contrary: "send INV-7 to ann@x.com" is not
    /// sent from there.
    pub(super) fn goes_elsewhere(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let typed = |(from, end, rule, _): &(usize, usize, Rule, i32)| {
            *rule == Rule::TypedValue && *from == first && *end == past
        };
        let directions = self.catalog.lexicon().set("directions");
        let before = first.checked_sub(1).map(|at| &self.line.utterance.items[at].folded);
        let roles = &op.params[usize::from(filled.param)].roles;
        let leads = |word: &String| roles.iter().any(|role| role.split(' ').next() == Some(word));
        before.is_some_and(|word| {
            directions.contains(word) && !leads(word) && directions.iter().any(|other| other != word && leads(other))
        }) && parsed.alignment.path.iter().any(typed)
    }

    /// Whether a name or a list of them runs into the next order: "add the tag vip to Ann and take off lead" makes no "Ann and
    /// take".
    pub(super) fn goes_on_ordering(&self, op: &Operation, filled: Filled) -> bool {
        let (Found::Span(first, past) | Found::Many(first, past)) = filled.found else { return false };
        let orders = |at: usize| {
            let base =
                |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, .. } | Sense::Apart { form: Form::Base, .. });
            let senses = || self.line.matches(at).iter().flat_map(|m| self.catalog.vocabulary().senses(m.term));
            self.line.is_small(at) && !self.line.is_noun(at) && senses().any(base)
        };
        let free = op.params[usize::from(filled.param)].kind == Kind::FreeText;
        let joins = |at: usize| self.line.is(at, WordSet::Conjunction) && orders(at + 1);
        // "…, description 16 oz mug, and make it available": what more a text that may be left out takes in.
        let of_it = |at: usize| {
            joins(at)
                && self.line.utterance.items[at - 1].kind == ItemKind::Comma
                && self.line.is(at + 2, WordSet::Thing)
        };
        let declared = &op.params[usize::from(filled.param)];
        let inside = usize::from(first) + 1..usize::from(past).saturating_sub(2);
        if free {
            return makes(op) && !declared.required && !declared.bare && inside.clone().any(of_it);
        }
        !op.reads() && (usize::from(first) + 1..usize::from(past).saturating_sub(1)).any(joins)
    }

    /// Whether a text is nothing but the order to destroy something, or a name the order of the next part: "review 42 is spam -
    /// delete", "open the deal Zenith and change its stage".
    pub(super) fn is_an_order(&self, filled: Filled) -> bool {
        let (Found::Span(first, past) | Found::Tail(first, past)) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let parted = first > 0 && matches!(self.line.utterance.items[first - 1].kind, ItemKind::Dash | ItemKind::Comma);
        let goes_on = past < self.line.utterance.items.len() && self.line.is(past, WordSet::Determiner);
        let joined = goes_on && first > 0 && self.line.is(first - 1, WordSet::Conjunction);
        let destroys = |s: &Sense| {
            let class = class_of(self.catalog, *s);
            matches!(s, Sense::Verb { form: Form::Base, .. })
                && class.is_some_and(|class| class.destroys || joined && class.changes)
        };
        let senses = || self.line.matches(first).iter().flat_map(|m| self.catalog.vocabulary().senses(m.term));
        (parted || joined) && past == first + 1 && self.line.is_small(first) && senses().any(destroys)
    }

    /// Whether the verb that opens a line, or a part of it, changes something and is passed over: "mark all of Bob's tasks as
    /// complete" asks for no list of them, "open the deal Zenith and change its stage" for more than to see it.
    pub(super) fn passes_over_an_order(&self, parsed: &Parsed) -> bool {
        let weak = |(at, _, rule, _): &(usize, usize, Rule, i32)| {
            let verbs = || self.line.matches(*at).iter().flat_map(|m| self.catalog.vocabulary().senses(m.term));
            let classes = || verbs().filter_map(|sense| class_of(self.catalog, *sense));
            let opens = self.line.head == Some(*at);
            let goes_on = || *at > 0 && self.line.is(at - 1, WordSet::Conjunction);
            let acts = || classes().next().is_some() && !classes().any(|class| class.reads);
            *rule == Rule::WeakVerbOfAnotherKind
                && (opens && classes().any(|class| class.changes) || goes_on())
                && acts()
        };
        parsed.alignment.path.iter().any(weak)
    }

    /// Whether a preposition has nothing behind it that a reading understands: "remove the tag lead from both" deletes no tag.
    pub(super) fn leaves_open(&self, parsed: &Parsed) -> bool {
        let mut path = parsed.alignment.path.iter().rev();
        let last = path.find(|(.., rule, _)| !matches!(rule, Rule::Determiner | Rule::Mark | Rule::Stop | Rule::All));
        last.is_some_and(|(at, end, rule, _)| {
            *rule == Rule::LoosePreposition && *end < self.line.utterance.items.len() && *at > 0
        })
    }

    /// Whether a verb behind ", then" is passed over, or a question in a sentence of its own: "crawl the site, then tell me the
    /// status", "delete the zone Overseas. What zones are left?" ask for two things.
    pub(super) fn passes_over_the_next(&self, parsed: &Parsed) -> bool {
        let items = &self.line.utterance.items;
        parsed.alignment.path.iter().any(|(at, _, rule, _)| {
            *rule == Rule::Question && *at > 1 && items[at - 1].kind == ItemKind::Stop
                || *rule == Rule::WeakVerbOfAnotherKind
                    && *at > 1
                    && self.line.is(at - 1, WordSet::Sequence)
                    && matches!(items[at - 2].kind, ItemKind::Comma | ItemKind::Semicolon | ItemKind::Stop)
        })
    }

    /// Whether something is to leave where a reading would put it: "get me out of the workflow Nurture" adds nobody to it.
    pub(super) fn leaves(&self, op: &Operation, parsed: &Parsed) -> bool {
        let puts_in = self.catalog.lexicon().set("puts_in");
        let small = |(_, _, rule, _): &&(usize, usize, Rule, i32)| {
            matches!(rule, Rule::Filler | Rule::LoosePreposition | Rule::LooseLink)
        };
        let out = |(at, ..): &(usize, usize, Rule, i32)| {
            longest(self.line.utterance, *at, "leads_out", self.catalog).is_some()
        };
        op.verbs.iter().any(|verb| puts_in.contains(verb)) && parsed.alignment.path.iter().filter(small).any(out)
    }

    /// Whether something is asked within what a reading takes for an order: "Ezra Whitlock: what role is on his profile" gives
    /// him none, and "Owen wants to know which schedules are set" sets none.
    pub(super) fn asks_within(&self, parsed: &Parsed) -> bool {
        let asks_for = self.catalog.lexicon().set("asks_for");
        // "Change what the bot Ivy is there for: …"
        let changed = |at: usize| {
            let senses = self.line.matches(at).iter().flat_map(|m| self.catalog.vocabulary().senses(m.term));
            senses.filter_map(|sense| class_of(self.catalog, *sense)).any(|class| class.changes)
        };
        let asks = |(at, _, rule, _): &(usize, usize, Rule, i32)| {
            let asks = *rule == Rule::Question && asks_for.contains(&self.line.utterance.items[*at].folded);
            asks && !(*at > 0 && changed(at - 1))
        };
        parsed.alignment.path.iter().any(asks)
    }

    /// Whether a list goes on with a thing that nothing is done with: "products of Ann and then the collections" asks for the
    /// collections too.
    pub(super) fn trails(&self, parsed: &Parsed) -> bool {
        use Rule::{Field, FieldValue, Object, ObjectValue, OwnVerb, Pattern, Verb};
        let path = &parsed.alignment.path;
        let then = |(_, _, rule, _): &(usize, usize, Rule, i32)| *rule == Rule::Sequence;
        let Some(at) = path.iter().rposition(then).filter(|_| self.catalog.operation(parsed.id).reads()) else {
            return false;
        };
        let (before, behind) = path.split_at(at);
        let thing = |(from, _, rule, _): &(usize, usize, Rule, i32)| {
            *rule == Object || *rule == Field && self.line.is_noun(*from)
        };
        let says = |(_, _, rule, _): &(usize, usize, Rule, i32)| {
            matches!(rule, Verb | OwnVerb | Pattern | FieldValue | ObjectValue | Rule::LeadAndValue | Rule::Value)
        };
        before.iter().any(|step| thing(step) || step.2 == Pattern)
            && behind.iter().any(thing)
            && !behind.iter().any(says)
    }
}
