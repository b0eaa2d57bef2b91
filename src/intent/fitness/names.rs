//! Names that cannot be meant: those of another kind, cut in two, or run into what is told beside them.

use crate::catalog::{Kind, Operation, Parameter, Sense, WordSet};
use crate::language::{ItemKind, is_given_name};

use super::super::edges::Rule;
use super::super::found::{Filled, Found};
use super::super::meaning::longest;
use super::super::parsed::Parsed;
use super::super::reading::{Reading, makes, own};
use super::super::remarks::parts;
use super::is_named;

/// The fewest letters and figures of a code that is one by itself.
const SHORT_CODE: usize = 5;
/// The fewest letters and figures of a code that nobody makes up as a name.
const LONG_CODE: usize = 12;

impl Reading<'_> {
    /// Whether the name of a record that is to be changed is the noun of another kind, or goes on behind one: "office hours
    /// custom value" is no schedule, and "the Help Center knowledge base lacks" no question of one.
    pub(super) fn names_a_kind(&self, op: &Operation, first: usize, past: usize) -> bool {
        let small = |from: usize, past: usize| (from..past).all(|at| self.line.is_small(at));
        let noun = |at: usize, len: usize| self.line.noun_between(at, at + len - 1, at + len);
        let own = |at: usize, len: usize| self.is_noun_of(op, at, len);
        let kind = |at: usize| (2..=past - at).find(|len| noun(at, *len) && small(at, at + len) && !own(at, *len));
        let joins = |at: usize| self.line.is(at, WordSet::Preposition) || self.line.is(at, WordSet::Link);
        if past == first + 1 && small(first, past) && joins(first) {
            return !op.reads();
        }
        let found = (first..past.saturating_sub(1)).find_map(|at| Some((at, at + kind(at)?)));
        !op.reads() && found.is_some_and(|(at, end)| if end == past { at == first } else { small(end, past) })
    }

    /// Whether so many items are a noun of what an operation is about.
    pub(super) fn is_noun_of(&self, op: &Operation, at: usize, len: usize) -> bool {
        let vocabulary = self.catalog.vocabulary();
        let long = self.line.matches(at).iter().filter(|m| usize::from(m.len) == len);
        long.flat_map(|m| vocabulary.senses(m.term)).any(|sense| match sense {
            Sense::Noun { noun, .. } => {
                op.objects.iter().any(|object| vocabulary.nouns[usize::from(*noun)].resource == *object)
            }
            _ => false,
        })
    }

    /// Whether what is to be made would be called by half an order: "give Dana access to the Zenith location" makes none.
    pub(super) fn is_no_name(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let path = &parsed.alignment.path;
        let beside = path.iter().any(|(from, end, rule, _)| {
            matches!(rule, Rule::BareValue | Rule::NameAndNoun) && *from <= first && *end > past
        });
        let small = |at: usize| self.line.is_small(at);
        let leads = |at: usize| {
            small(at)
                && small(at + 1)
                && self.line.is(at, WordSet::Preposition)
                && self.line.is(at + 1, WordSet::Article)
        };
        makes(op) && beside && (first + 1..past.saturating_sub(1)).any(leads)
    }

    /// Whether what is to be made would be called by the code of a record that there is: "block slot `Bk4nQw91LzXpRt0M` moves to
    /// 2pm" makes none.
    pub(super) fn is_known(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let item = &self.line.utterance.items[first];
        let mixed = item.folded.contains(|c: char| c.is_ascii_digit()) && item.folded.contains(char::is_alphabetic);
        let code = item.kind == ItemKind::Code && past == first + 1 && item.folded.len() >= LONG_CODE && mixed;
        let behind = || first > 0 && (1..=first.min(3)).any(|len| self.is_noun_of(op, first - len, len));
        is_named(op, filled) && makes(op) && code && self.line.head.is_none() && behind()
    }

    /// Whether a name would begin with what is done to a record: "call it Winter Hours".
    pub(super) fn begins_with_order(&self, op: &Operation, filled: Filled) -> bool {
        let (Found::Span(first, past) | Found::Many(first, past)) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let order = || self.line.is_small(first) && self.line.is_verb(first);
        let acts = || past > first + 2 && self.line.is(first + 1, WordSet::Thing);
        // "Fix her tags"
        let owned =
            || past == first + 1 && past < self.line.utterance.items.len() && self.line.is(past, WordSet::Person);
        !op.reads() && order() && (is_named(op, filled) && acts() || owned())
    }

    /// Whether a name runs into a clause that tells something else: "called Roof Age and sit at position 3", "an audience
    /// Invisalign Moms that uses …".
    pub(super) fn goes_on_telling(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let items = &self.line.utterance.items;
        let clauses = self.catalog.lexicon().set("begins_clause");
        let small = |at: usize| self.line.is_small(at);
        let ends = |at: usize| items.get(at).is_none_or(parts);
        let joins = |at: usize| {
            let long = at > first && self.line.is_name(at - 1) && self.line.is_name(at - 2);
            let plain = long && at + 1 < past && small(at + 1) && self.line.is_common(at + 1);
            self.line.is(at, WordSet::Conjunction) && plain && !ends(past)
        };
        let begins = |at: usize| small(at) && (clauses.contains(&items[at].folded) || joins(at));
        let named = first > 0 && first < past && self.line.is_name(first);
        let free = op.params[usize::from(filled.param)].kind == Kind::FreeText;
        let opens = first < past && small(first) && clauses.contains(&items[first].folded) && past > first + 1;
        if opens && !free && !op.reads() && is_named(op, filled) {
            return true;
        }
        named && !free && (first + 1..past).any(|at| begins(at) && (at..past).all(small))
    }

    /// Whether a name takes in what another record is called: "named Book Facial on the Facials calendar".
    pub(super) fn takes_the_next(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let vocabulary = self.catalog.vocabulary();
        let takes = |noun: &u16| {
            let resource = &vocabulary.nouns[usize::from(*noun)].resource;
            op.params.iter().any(|p| matches!(&p.kind, Kind::Entity(own) if **own == **resource))
        };
        let is_noun = |at: usize| {
            let senses = || self.line.matches(at).iter().flat_map(|m| vocabulary.senses(m.term));
            self.line.is_small(at) && senses().any(|s| matches!(s, Sense::Noun { noun, plural: false } if takes(noun)))
        };
        let noun = past < self.line.utterance.items.len() && is_noun(past) || is_noun(past - 1);
        let small = |at: usize, set: WordSet| self.line.is_small(at) && self.line.is(at, set);
        let leads =
            |at: usize| small(at, WordSet::Preposition) && small(at + 1, WordSet::Article) && self.line.is_name(at + 2);
        noun && is_named(op, filled) && (first + 1..past.saturating_sub(2)).any(leads)
    }

    /// Whether a record would be called by the noun of another kind: "our sub-account got a new phone" changes nobody of that
    /// name.
    pub(super) fn is_only_a_kind(&self, op: &Operation, filled: Filled) -> bool {
        let (Found::Span(first, past) | Found::Many(first, past)) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let record = matches!(op.params[usize::from(filled.param)].kind, Kind::Entity(_));
        let small = (first..past).all(|at| self.line.is_small(at));
        let one = matches!(filled.found, Found::Span(..));
        // "The website deal" is called so.
        let named = past < self.line.utterance.items.len() && self.line.is_noun(past);
        let led = one && !op.reads() && !named && first > 0 && self.line.is(first - 1, WordSet::Article);
        let plain = small && (led || past > first + 1);
        let kind = || self.line.noun_between(first, past - 1, past) && !self.is_noun_of(op, first, past - first);
        record && plain && kind()
    }

    /// Whether a record would be called by what only belongs to another, or by what a clause tells of one: "change its callback
    /// url" is about no "callback", and "a reminder that goes to the contact" about no "goes".
    pub(super) fn is_owned(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let whose = self.catalog.lexicon().set("pointing_whose");
        let clauses = self.catalog.lexicon().set("begins_clause");
        let before = first.checked_sub(1).map(|at| &self.line.utterance.items[at].folded);
        let owned = before.is_some_and(|before| whose.contains(before) || clauses.contains(before));
        let record = matches!(op.params[usize::from(filled.param)].kind, Kind::Entity(_));
        record && !op.reads() && owned && (first..past).all(|at| self.line.is_small(at))
    }

    /// Whether what is to be given to somebody would go to a thing: "assign the deal Acme to Dana" moves it to no stage Dana.
    pub(super) fn is_given_to_a_thing(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, _) = filled.found else { return false };
        let first = usize::from(first);
        let gives = self.catalog.lexicon().set("gives_to_somebody");
        let person = |p: &Parameter| self.is_person(op, p);
        let declared = &op.params[usize::from(filled.param)];
        let thing = matches!(declared.kind, Kind::Entity(_)) && !own(op, declared) && !person(declared);
        let led = first > 1 && self.line.is(first - 1, WordSet::Preposition);
        let ordered =
            || (0..first).any(|at| self.line.is_small(at) && gives.contains(&self.line.utterance.items[at].folded));
        thing && led && !op.reads() && op.params.iter().any(person) && ordered()
    }

    /// Whether words go on behind a code as if they were a part of it: "void INV-2210!! wrong amount"; or behind a question.
    pub(super) fn outgrows(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let item = &self.line.utterance.items[first];
        let long =
            item.folded.len() >= SHORT_CODE && item.folded.contains(|c: char| c.is_ascii_digit() || "_.".contains(c));
        let ends = |at: usize| self.line.utterance.items[at].kind == ItemKind::Question;
        if (first + 1..past.saturating_sub(1)).any(ends) {
            return true;
        }
        let record = matches!(op.params[usize::from(filled.param)].kind, Kind::Entity(_) | Kind::Id);
        record && past > first + 1 && item.start < item.end && item.kind == ItemKind::Code && long
    }

    /// Whether a name would be cut in two: "the store Main Store" is no "Main", and "the Long Nurture workflow" no "Nurture".
    pub(super) fn is_cut(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let items = &self.line.utterance.items;
        let word = |at: usize| items.get(at).is_some_and(|item| item.kind == ItemKind::Word) && self.line.is_name(at);
        let dated = |at: usize| self.dates.iter().any(|date| (date.first..=date.last).contains(&at));
        let within = |found: Found, at: usize| match found {
            Found::Span(from, end)
            | Found::Many(from, end)
            | Found::Tail(from, end)
            | Found::AllowedMany(from, end) => (usize::from(from)..usize::from(end)).contains(&at),
            _ => false,
        };
        let other = |at: usize| parsed.alignment.filled.iter().any(|filled| within(filled.found, at));
        let path = &parsed.alignment.path;
        let begins = |at: usize| {
            use Rule::{Field, LeadAndValue, LeadNounAndName, NounAndName, OwnVerb, Verb};
            let leads = |rule| matches!(rule, Field | LeadAndValue | LeadNounAndName | NounAndName | OwnVerb | Verb);
            path.iter().any(|(from, _, rule, _)| *from == at && leads(*rule))
        };
        let led = |at: usize| {
            let before = at.checked_sub(1).filter(|before| self.line.is_small(*before));
            let noun = |before: usize| (0..3.min(at)).any(|back| self.line.noun_between(before - back, before, at));
            let field = || path.iter().any(|(_, end, rule, _)| *end == at && *rule == Rule::Field);
            before.is_some_and(|before| noun(before) || field())
        };
        let free = |at: usize| word(at) && !other(at) && !dated(at);
        let behind = free(past) && word(past - 1) && led(first) && !begins(past);
        let article = |at: usize| at > 0 && self.line.is_small(at - 1) && self.line.is(at - 1, WordSet::Article);
        // "Treatment Room 3" is no room 3.
        let number = |at: usize| matches!(items[at].kind, ItemKind::Number { .. });
        if first > 1 && number(first) && word(first - 1) && word(first - 2) && self.is_noun_of(op, first - 1, 1) {
            return true;
        }
        let before = first > 1 && word(first) && free(first - 1) && (led(first - 1) || article(first - 1));
        matches!(op.params[usize::from(filled.param)].kind, Kind::Entity(_) | Kind::Text)
            && (behind || before && !self.is_noun_of(op, first - 1, 1))
    }

    /// Whether a record would be called by the rest of an address: "to 9 Harbor Rd" is about no "Harbor Rd".
    pub(super) fn is_rest_of_address(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
        let Found::Span(first, _) = filled.found else { return false };
        let before = usize::from(first).checked_sub(1);
        let number = |at: usize| matches!(self.line.utterance.items[at].kind, ItemKind::Number { .. });
        let ends = |at: usize| {
            parsed.alignment.filled.iter().any(|told| {
                let Found::Span(_, past) = told.found else { return false };
                usize::from(past) == at + 1 && op.params[usize::from(told.param)].kind == Kind::Text
            })
        };
        let record = matches!(op.params[usize::from(filled.param)].kind, Kind::Entity(_));
        record && !op.reads() && before.is_some_and(|at| number(at) && ends(at))
    }

    /// Whether words go on behind an address of the web as if they were a part of it: "to acme.co/spring, action
    /// website".
    pub(super) fn outgrows_address(&self, op: &Operation, filled: Filled) -> bool {
        let (Found::Span(first, past) | Found::Tail(first, past)) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let items = &self.line.utterance.items;
        let address = |at: usize| matches!(items[at].kind, ItemKind::Url | ItemKind::Email);
        // "Harbor Dental, phone +1 207 555 0134" is nobody's name.
        let told = |at: usize| address(at) || matches!(items[at].kind, ItemKind::Phone);
        let runs_on = address(first) || !op.reads() && is_named(op, filled) && (first + 1..past).any(told);
        op.params[usize::from(filled.param)].kind != Kind::FreeText && past > first + 1 && runs_on
    }

    /// Whether what is taken for the value of a field stands behind the value of another: "in Sales Pipeline called Solar 8kW"
    /// names no pipeline 8kW.
    pub(super) fn strays(parsed: &Parsed, filled: Filled) -> bool {
        use Rule::{BareValue, FieldValue, LeadAndValue, NameAndNoun, NounAndName, TypedValue};
        let (Found::Span(first, past) | Found::Many(first, past)) = filled.found else { return false };
        parsed.alignment.path.windows(2).any(|steps| {
            let [before, value] = steps else { return false };
            let other = matches!(before.2, BareValue | LeadAndValue | NameAndNoun | NounAndName | TypedValue);
            let apart = other && value.0 == usize::from(first) || before.2 == Rule::ValueAndField;
            apart && value.2 == FieldValue && value.0 <= usize::from(first) && value.1 >= usize::from(past)
        })
    }

    /// Whether a thing would be called by the name of somebody, where somebody can be meant: "block an hour for Dana White"
    /// blocks it on no calendar of that name.
    pub(super) fn is_somebody(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let items = &self.line.utterance.items;
        let name = past == first + 2 && self.line.is_name(first) && self.line.is_name(first + 1);
        let called = name && is_given_name(&items[first].folded) && !self.line.is_noun(first + 1);
        let declared = &op.params[usize::from(filled.param)];
        if !called || first == 0 || !matches!(declared.kind, Kind::Entity(_)) || self.is_person(op, declared) {
            return false;
        }
        let lead = &items[first - 1].folded;
        let free = |at: usize| !parsed.alignment.filled.iter().any(|filled| usize::from(filled.param) == at);
        let joined = self.line.is(first - 1, WordSet::Preposition);
        let leads = |rule: Rule| matches!(rule, Rule::LeadAndValue | Rule::Pattern);
        let led = |step: &(usize, usize, Rule, i32)| leads(step.2) && step.0 < first && step.1 >= past;
        let mut others = op.params.iter().enumerate().filter(|(at, _)| free(*at));
        parsed.alignment.path.iter().any(led)
            && others.any(|(_, p)| {
                let says = |step: &(usize, usize, Rule, i32)| step.2 == Rule::Pattern && led(step);
                let fits = p.roles.contains(lead) || joined && parsed.alignment.path.iter().any(says);
                fits && self.is_person(op, p)
            })
    }

    /// Whether a text would begin with what is told beside it, where the text itself stands in quotes: "text Ann tomorrow at
    /// 8 "we are on the way"", "on Amy's record "she called"".
    pub(super) fn leads_to_quotes(&self, op: &Operation, filled: Filled) -> bool {
        let (Found::Span(first, past) | Found::Tail(first, past)) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let items = &self.line.utterance.items;
        let quoted = |at: usize| matches!(items[at].kind, ItemKind::Quoted { .. });
        let only = past > first + 1 && quoted(past - 1) && !(first..past - 1).any(quoted);
        // "On Friday "see you""
        let from = first + usize::from(self.line.is(first, WordSet::Preposition));
        let dated = || self.dates.iter().any(|date| date.first == from && date.last + 2 == past);
        let owned = || items[first].kind == ItemKind::Possessive;
        op.params[usize::from(filled.param)].kind == Kind::FreeText && only && (dated() || owned())
    }

    /// Whether a name runs into what is told of somebody named elsewhere in the line: "called Implant Consult for Karen Liu".
    pub(super) fn runs_into_another(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let said = |from: usize, past: usize| self.line.utterance.items[from..past].iter().map(|item| &item.folded);
        let leads = |at: usize| self.line.is_small(at) && self.line.is(at, WordSet::Preposition);
        let named = |from: usize| {
            parsed.alignment.filled.iter().any(|other| match other.found {
                Found::Span(at, end) if other.param != filled.param => {
                    let person = self.is_person(op, &op.params[usize::from(other.param)]);
                    person && said(from, past).eq(said(at.into(), end.into()))
                }
                _ => false,
            })
        };
        is_named(op, filled) && !op.reads() && (first + 1..past.saturating_sub(1)).any(|at| leads(at) && named(at + 1))
    }

    /// Whether what is to be made would be called by the end of an address: "she lives in Plano, TX".
    pub(super) fn is_a_state(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let items = &self.line.utterance.items;
        let text = || &self.line.utterance.text[items[first].start..items[first].end];
        let behind_city = || items[first - 1].kind == ItemKind::Comma && self.line.is_name(first - 2);
        // "TX. put her in …": what is left of a clause that only tells.
        let left = || items.get(past).is_some_and(|item| item.kind == ItemKind::Stop);
        let short = || text().len() == 2 && text().chars().all(|c| c.is_ascii_uppercase());
        let place = past == first + 1 && if first > 1 { behind_city() } else { first == 0 && left() };
        is_named(op, filled) && makes(op) && place && short()
    }

    /// Whether a text tells what somebody or something is made: "put her in as a contact" is no city.
    pub(super) fn tells_as_what(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let small = |at: usize| self.line.is_small(at);
        let leads = self.line.is(first, WordSet::Link) && self.line.is(first, WordSet::Preposition);
        let thing = past == first + 3 && self.line.is(first + 1, WordSet::Article) && self.line.is_noun(first + 2);
        let told = (first + 1..past.saturating_sub(2)).any(|at| {
            let role = || self.line.is(at, WordSet::Link) && self.line.is(at, WordSet::Preposition) && small(at);
            role() && self.line.is(at + 1, WordSet::Article) && small(at + 2) && at + 3 == past
        });
        is_named(op, filled) && !op.reads() && (leads && thing && (first..past).all(small) || makes(op) && told)
    }

    /// Whether a record would be called by the first word of a text behind a mark: "a note to that appointment: needs a guard".
    pub(super) fn begins_a_text(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let items = &self.line.utterance.items;
        let behind = first > 0 && items[first - 1].kind == ItemKind::Colon && past < items.len();
        let plain = (first..past).all(|at| self.line.is_small(at) && self.line.is_common(at));
        let record = matches!(op.params[usize::from(filled.param)].kind, Kind::Entity(_));
        let texts = op.params.iter().any(|param| param.kind == Kind::FreeText);
        record && texts && !op.reads() && behind && plain
    }

    /// Whether somebody would be called by what whoever passes a request on calls the one who makes it: "Requester wants the
    /// tag vip deleted".
    pub(super) fn is_who_asks(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let who = || longest(self.line.utterance, first.into(), "speaker", self.catalog);
        // "A walk-in wants an appointment"
        let any = first > 0 && self.line.is(usize::from(first) - 1, WordSet::Article);
        !any && self.is_person(op, &op.params[usize::from(filled.param)])
            && who().is_some_and(|end| end == usize::from(past))
    }

    /// Whether a record would be called by what begins with whoever speaks: "…, I want that conversation deleted".
    pub(super) fn is_said_of_oneself(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let param = &op.params[usize::from(filled.param)];
        let speaks = self.catalog.lexicon().set("relative_subjects").contains(&self.line.utterance.items[first].folded);
        // "They Might Be Giants" and "We Care Dental" are called so.
        let goes_on = past == first + 1 || self.line.is_small(first + 1);
        (matches!(param.kind, Kind::Entity(_)) || is_named(op, filled)) && speaks && goes_on && !op.reads()
    }

    /// Whether a record would be called by the name that a clause behind "that" tells of: "the tag vip that Ann Lee needs".
    pub(super) fn is_told_of(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
        let (Found::Span(first, past) | Found::Many(first, past)) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let begins = |at: usize| longest(self.line.utterance, at, "begins_clause", self.catalog) == Some(at + 1);
        let ends = |told: &Filled| match told.found {
            Found::Span(_, past) | Found::Many(_, past) => usize::from(past) + 1 == first,
            _ => false,
        };
        let clause = first > 1 && self.line.is_small(first - 1) && begins(first - 1);
        let goes_on = || past < self.line.utterance.items.len() && self.line.is_small(past);
        !op.reads() && clause && self.line.is_name(first) && goes_on() && parsed.alignment.filled.iter().any(ends)
    }

    /// Whether a parameter is a record of somebody.
    fn is_person(&self, op: &Operation, param: &Parameter) -> bool {
        let Kind::Entity(resource) = &param.kind else { return false };
        let service = self.catalog.service(op.service.as_str());
        service.and_then(|service| service.resources.get(resource)).is_some_and(|resource| resource.person)
    }
}
