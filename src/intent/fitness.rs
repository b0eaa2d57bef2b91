//! What speaks against a reading once it is known what it would do: a value that is no value of its kind, words of another
//! order, a thing that is there already.

use crate::catalog::inflect::Form;
use crate::catalog::{Kind, Operation, Parameter, Risk, Sense, WordSet};
use crate::language::{DateMatch, ItemKind, When};

use super::edges::Rule;
use super::found::{Filled, Found};
use super::meaning::class_of;
use super::parsed::Parsed;
use super::reading::{Reading, makes, own, several};
use super::remarks::parts;
use super::runs_on::runs_on;
use super::score;

/// The fewest letters and figures of a code that is one by itself.
const SHORT_CODE: usize = 5;
/// The fewest letters and figures of a code that nobody makes up as a name.
const LONG_CODE: usize = 12;

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
        if !op.reads() && self.leaves_open(&parsed) {
            parsed.alignment.score += score::NEGATION;
        }
        if !op.reads() && self.passes_over_the_next(&parsed) {
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

    /// Whether a value stands behind ", then": what follows there is another order, and tells nothing of this one.
    fn is_of_next_order(&self, op: &Operation, first: usize, filled: Filled) -> bool {
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

    /// Whether the name of a record that is to be changed is the noun of another kind, or goes on behind one: "office hours
    /// custom value" is no schedule, and "the Help Center knowledge base lacks" no question of one.
    fn names_a_kind(&self, op: &Operation, first: usize, past: usize) -> bool {
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
    fn is_noun_of(&self, op: &Operation, at: usize, len: usize) -> bool {
        let vocabulary = self.catalog.vocabulary();
        let long = self.line.matches(at).iter().filter(|m| usize::from(m.len) == len);
        long.flat_map(|m| vocabulary.senses(m.term)).any(|sense| match sense {
            Sense::Noun { noun, .. } => {
                op.objects.iter().any(|object| vocabulary.nouns[usize::from(*noun)].resource == *object)
            }
            _ => false,
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

    /// Whether what is to be made would be called by half an order: "give Dana access to the Zenith location" makes none.
    fn is_no_name(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
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

    /// Whether a value that only its look makes one stands behind the word for the contrary: "send INV-7 to ann@x.com" is not
    /// sent from there.
    fn goes_elsewhere(&self, op: &Operation, parsed: &Parsed, filled: Filled) -> bool {
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

    /// Whether what is to be made would be called by the code of a record that there is: "block slot `Bk4nQw91LzXpRt0M` moves to
    /// 2pm" makes none.
    fn is_known(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let item = &self.line.utterance.items[first];
        let mixed = item.folded.contains(|c: char| c.is_ascii_digit()) && item.folded.contains(char::is_alphabetic);
        let code = item.kind == ItemKind::Code && past == first + 1 && item.folded.len() >= LONG_CODE && mixed;
        let behind = || first > 0 && (1..=first.min(3)).any(|len| self.is_noun_of(op, first - len, len));
        is_named(op, filled) && makes(op) && code && self.line.head.is_none() && behind()
    }

    /// Whether a name would begin with what is done to a record: "call it Winter Hours".
    fn begins_with_order(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let acts = || self.line.is_small(first) && self.line.is_verb(first) && self.line.is(first + 1, WordSet::Thing);
        is_named(op, filled) && !op.reads() && past > first + 2 && acts()
    }

    /// Whether a name or a list of them runs into the next order: "add the tag vip to Ann and take off lead" makes no "Ann and
    /// take".
    fn goes_on_ordering(&self, op: &Operation, filled: Filled) -> bool {
        let (Found::Span(first, past) | Found::Many(first, past)) = filled.found else { return false };
        let orders = |at: usize| {
            let base =
                |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, .. } | Sense::Apart { form: Form::Base, .. });
            let senses = || self.line.matches(at).iter().flat_map(|m| self.catalog.vocabulary().senses(m.term));
            self.line.is_small(at) && !self.line.is_noun(at) && senses().any(base)
        };
        let free = op.params[usize::from(filled.param)].kind == Kind::FreeText;
        let joins = |at: usize| self.line.is(at, WordSet::Conjunction) && orders(at + 1);
        !op.reads() && !free && (usize::from(first) + 1..usize::from(past).saturating_sub(1)).any(joins)
    }

    /// Whether a name runs into a clause that tells something else: "called Roof Age and sit at position 3", "an audience
    /// Invisalign Moms that uses …".
    fn goes_on_telling(&self, op: &Operation, filled: Filled) -> bool {
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
    fn takes_the_next(&self, op: &Operation, filled: Filled) -> bool {
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
    fn is_only_a_kind(&self, op: &Operation, filled: Filled) -> bool {
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

    /// Whether a text is nothing but the order to destroy something: "review 42 is spam - delete".
    fn is_an_order(&self, filled: Filled) -> bool {
        let (Found::Span(first, past) | Found::Tail(first, past)) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let parted = first > 0 && matches!(self.line.utterance.items[first - 1].kind, ItemKind::Dash | ItemKind::Comma);
        let destroys = |s: &Sense| {
            matches!(s, Sense::Verb { form: Form::Base, .. }) && class_of(self.catalog, *s).is_some_and(|c| c.destroys)
        };
        let senses = || self.line.matches(first).iter().flat_map(|m| self.catalog.vocabulary().senses(m.term));
        parted && past == first + 1 && self.line.is_small(first) && senses().any(destroys)
    }

    /// Whether a record would be called by what only belongs to another, or by what a clause tells of one: "change its callback
    /// url" is about no "callback", and "a reminder that goes to the contact" about no "goes".
    fn is_owned(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let whose = self.catalog.lexicon().set("pointing_whose");
        let clauses = self.catalog.lexicon().set("begins_clause");
        let before = first.checked_sub(1).map(|at| &self.line.utterance.items[at].folded);
        let owned = before.is_some_and(|before| whose.contains(before) || clauses.contains(before));
        let record = matches!(op.params[usize::from(filled.param)].kind, Kind::Entity(_));
        record && !op.reads() && owned && (first..past).all(|at| self.line.is_small(at))
    }

    /// Whether a name or a number would be a day: "paid by check today" is no check of that number.
    fn is_a_day(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let day =
            |date: &DateMatch| date.first == first && date.last + 1 == past && !matches!(date.ahead, When::Minutes(_));
        let word = self.line.is_small(first) && self.line.utterance.items[first].kind == ItemKind::Word;
        let called = first > 0 && self.line.is(first - 1, WordSet::Auxiliary);
        is_named(op, filled) && !op.reads() && word && !called && self.dates.iter().any(day)
    }

    /// Whether what is to be given to somebody would go to a thing: "assign the deal Acme to Dana" moves it to no stage Dana.
    fn is_given_to_a_thing(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, _) = filled.found else { return false };
        let first = usize::from(first);
        let gives = self.catalog.lexicon().set("gives_to_somebody");
        let person = |p: &Parameter| match &p.kind {
            Kind::Entity(resource) => {
                let service = self.catalog.service(op.service.as_str());
                service.and_then(|service| service.resources.get(resource)).is_some_and(|resource| resource.person)
            }
            _ => false,
        };
        let declared = &op.params[usize::from(filled.param)];
        let thing = matches!(declared.kind, Kind::Entity(_)) && !own(op, declared) && !person(declared);
        let led = first > 1 && self.line.is(first - 1, WordSet::Preposition);
        let ordered =
            || (0..first).any(|at| self.line.is_small(at) && gives.contains(&self.line.utterance.items[at].folded));
        thing && led && !op.reads() && op.params.iter().any(person) && ordered()
    }

    /// Whether "now" is taken for a time where it only tells that something has changed: "the website is now …".
    fn is_idle_now(&self, filled: Filled) -> bool {
        let Found::Date(index) = filled.found else { return false };
        let idle = |date: &DateMatch| {
            date.first == date.last
                && date.first > 0
                && self.line.is(date.first, WordSet::Filler)
                && self.line.is(date.first - 1, WordSet::Auxiliary)
        };
        self.dates.get(usize::from(index)).is_some_and(idle)
    }

    /// Whether words go on behind a code as if they were a part of it: "void INV-2210!! wrong amount"; or behind a question.
    fn outgrows(&self, op: &Operation, filled: Filled) -> bool {
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

    /// Whether a text in quotes is given where something is counted.
    fn counts_nothing(&self, op: &Operation, filled: Filled) -> bool {
        let numeric = matches!(
            op.params[usize::from(filled.param)].kind,
            Kind::Integer | Kind::Number | Kind::Money | Kind::Duration
        );
        let Found::Span(first, _) = filled.found else { return false };
        let item = &self.line.utterance.items[usize::from(first)];
        let figure = item.folded.contains(|c: char| c.is_ascii_digit());
        numeric && matches!(item.kind, ItemKind::Quoted { .. }) && !figure
    }

    /// Whether the figure of a length is given as a name: "change the calendar Intro to 45 minutes" gives it none.
    fn is_measured(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let length =
            |date: &DateMatch| date.first == first && date.last + 1 >= past && matches!(date.ahead, When::Minutes(_));
        let number = matches!(self.line.utterance.items[first].kind, ItemKind::Number { .. });
        let whole = past == first + 1 || first > 0 && self.line.is(first - 1, WordSet::Preposition);
        // "Intro to 45" minutes
        let cut = |date: &DateMatch| {
            let minutes = matches!(date.ahead, When::Minutes(_));
            minutes && (first + 1..past).contains(&date.first) && date.last >= past
        };
        let named = is_named(op, filled) && number && whole && self.dates.iter().any(length);
        !op.reads() && (named || self.dates.iter().any(cut))
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

    /// Whether the verb that opens a line changes something and is passed over: "mark all of Bob's tasks as complete" asks for no
    /// list of them.
    fn passes_over_an_order(&self, parsed: &Parsed) -> bool {
        let weak = |(at, _, rule, _): &(usize, usize, Rule, i32)| {
            let verbs = || self.line.matches(*at).iter().flat_map(|m| self.catalog.vocabulary().senses(m.term));
            let classes = || verbs().filter_map(|sense| class_of(self.catalog, *sense));
            *rule == Rule::WeakVerbOfAnotherKind
                && self.line.head == Some(*at)
                && classes().any(|class| class.changes)
                && !classes().any(|class| class.reads)
        };
        parsed.alignment.path.iter().any(weak)
    }

    /// Whether a preposition has nothing behind it that a reading understands: "remove the tag lead from both" deletes no tag.
    fn leaves_open(&self, parsed: &Parsed) -> bool {
        let mut path = parsed.alignment.path.iter().rev();
        let last = path.find(|(.., rule, _)| !matches!(rule, Rule::Determiner | Rule::Mark | Rule::Stop | Rule::All));
        last.is_some_and(|(at, end, rule, _)| {
            *rule == Rule::LoosePreposition && *end < self.line.utterance.items.len() && *at > 0
        })
    }

    /// Whether a verb behind ", then" is passed over, or a question in a sentence of its own: "crawl the site, then tell me the
    /// status", "delete the zone Overseas. What zones are left?" ask for two things.
    fn passes_over_the_next(&self, parsed: &Parsed) -> bool {
        let items = &self.line.utterance.items;
        parsed.alignment.path.iter().any(|(at, _, rule, _)| {
            *rule == Rule::Question && *at > 1 && items[at - 1].kind == ItemKind::Stop
                || *rule == Rule::WeakVerbOfAnotherKind
                    && *at > 1
                    && self.line.is(at - 1, WordSet::Sequence)
                    && matches!(items[at - 2].kind, ItemKind::Comma | ItemKind::Semicolon | ItemKind::Stop)
        })
    }

    /// Whether what lasts from one time to another would begin on a day and end at an hour: "reschedule the visit on Friday to
    /// Monday at 10" moves it.
    fn is_mixed(&self, op: &Operation, parsed: &Parsed) -> bool {
        let date = |param: &str| {
            let told = parsed.alignment.filled.iter().find(|told| op.params[usize::from(told.param)].name == param)?;
            if let Found::Date(index) = told.found { self.dates.get(usize::from(index)) } else { None }
        };
        let follows = |p: &Parameter| {
            let derived = p.derive.as_ref().and_then(|derive| derive.split(' ').next()).map(str::to_owned);
            let start = op.params.iter().find(|start| start.range_end.as_ref() == Some(&p.name));
            date(&derived.or_else(|| Some(start?.name.clone()))?).zip(date(&p.name))
        };
        // "Monday at 8am and finish at 10am" ends on that day.
        let hour = |end: &DateMatch| {
            let times = &self.line.utterance.items[end.first..=end.last];
            times.iter().all(|item| matches!(item.kind, ItemKind::Time))
        };
        let whole = |(_, end): &(&DateMatch, &DateMatch)| !hour(end);
        op.params.iter().filter_map(follows).filter(whole).any(|(start, end)| match (&start.ahead, &end.ahead) {
            (When::Day(_), When::Moment(_)) => true,
            (When::Moment(from), When::Moment(until)) => until < from,
            _ => false,
        })
    }

    /// Whether a list goes on with a thing that nothing is done with: "products of Ann and then the collections" asks for the
    /// collections too.
    fn trails(&self, parsed: &Parsed) -> bool {
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
