//! From readings to an answer: act, ask, or refuse.

use std::rc::Rc;

use crate::catalog::inflect::spoken;
use crate::catalog::{Kind, Literal, Operation, Parameter, Role, Sense, WordSet};

use crate::language::{DateMatch, ItemKind};

use super::asides;
use super::clauses::{accepted, segmentations};
use super::edges::{Rule, flag};
use super::found::{Filled, Found};
use super::memory::{Memory, Referent};
use super::parsed::Parsed;
use super::reading::{Reading, Whole, makes, missing};
use super::score;
use super::{Alternative, Argument, Intent, Status, Step, Value, canonical};

/// Canonical phrases offered at most.
const MOST_SUGGESTIONS: usize = 3;

/// The fewest letters of a code that is surely one.
const LONG_CODE: usize = 6;

const UNSURE: &str = "I am not sure what is to be done.";
const UNKNOWN: &str = "I don't know how to do that.";
const GARBLED: &str = "The words do not make a sentence that I can follow.";

/// What to tell whoever forbids something, or asks for it only when something else happens.
pub const NOT_DONE: &str = "Nothing was done: the line says not to, or only under a condition.";

impl Reading<'_> {
    /// What a line means when a part of it only explains: the rest is read with the records in mind that the explanation
    /// speaks of. Nothing when the rest cannot be read, or there is no such part.
    pub fn apart(&self) -> Option<Intent> {
        let rest = asides::rest(self.line.utterance, &self.line.asides)?;
        let memory = asides::spoken_of(self, &self.line.asides);
        let intent = self.come_to(rest, &memory);
        matches!(intent.status, Status::Ready | Status::Incomplete).then_some(intent)
    }

    /// What a stretch means, as one command or as several.
    pub fn come_to(&self, stretch: (usize, usize), memory: &Memory) -> Intent {
        self.come_to_whole(stretch, memory).0
    }

    /// The same with its readings as one command.
    pub fn come_to_whole(&self, stretch: (usize, usize), memory: &Memory) -> (Intent, Whole) {
        let whole = self.parse_whole(stretch, memory);
        (self.made_of(stretch, &whole, memory), whole)
    }

    fn made_of(&self, stretch: (usize, usize), whole: &Whole, memory: &Memory) -> Intent {
        let last = self.line.utterance.items.iter().rposition(|item| item.kind != ItemKind::Stop).unwrap_or(0);
        let covers = |&(_, past, rule, _): &(usize, usize, Rule, i32)| rule == Rule::Pattern && past > last;
        let stray = |(.., rule, _): &(usize, usize, Rule, i32)| *rule == Rule::WeakVerbOfAnotherKind;
        let said = whole.readings.first().is_some_and(|best| {
            let path = &best.alignment.path;
            path.iter().any(covers) && !path.iter().any(stray)
        });
        if self.line.garbled && !said {
            let message = GARBLED.to_owned();
            return Intent { message, suggestions: self.suggestions(whole), ..self.blank() };
        }
        match segmentations(self, stretch, memory, &whole.readings) {
            Some(parts) => self.several(&parts, memory),
            None => self.decide(whole, memory),
        }
    }

    /// What the readings of a stretch as one command come to.
    fn decide(&self, whole: &Whole, memory: &Memory) -> Intent {
        let parsed = &whole.readings;
        let owned = self.speaks_of_owner(0, self.line.utterance.items.len()) && !memory.is_empty();
        let own = parsed.iter().find(|p| owned && accepted(self.catalog, p) && self.is_completed(p, memory));
        let first = parsed.first().filter(|first| !self.catalog.operation(first.id).reads());
        let Some(best) = first.or(own).or(parsed.first()) else { return self.refuse(whole) };
        if !accepted(self.catalog, best) {
            return self.passing_over(whole, memory).unwrap_or_else(|| self.refuse(whole));
        }
        let changes = !self.catalog.operation(best.id).reads();
        let heard = if changes { parsed.as_slice() } else { &parsed[..1] };
        if let Some(words) = heard.iter().find_map(|parsed| self.contradiction(parsed)) {
            return Intent { message: format!("{words} cannot both be: nothing was done."), ..self.blank() };
        }
        let op = self.catalog.operation(best.id);
        if let Some((value, other)) = self.told_apart(op, best) {
            let message = format!("«{value}» and a new {other} are not told at once: nothing was done.");
            return Intent { message, ..self.blank() };
        }
        if let Some(day) = best.alignment.filled.iter().find_map(|filled| self.waits(op, *filled)) {
            let message = format!("«{day}» is a day to come, and this would be done at once: nothing was done.");
            return Intent { message, ..self.blank() };
        }
        if let Some(words) = self.result(op, best) {
            let message = format!("«{words}» is nothing that can be made: nothing was done.");
            return Intent { message, ..self.blank() };
        }
        let margin = if op.reads() { score::MARGIN_READ } else { score::MARGIN_WRITE };
        let rival = parsed.iter().skip(1).find(|p| self.rivals(best, p, margin));
        let step = self.step(best, memory);
        if let Some(rival) = rival {
            let alternatives = vec![self.alternative(best), self.alternative(rival)];
            let message =
                format!("This could mean two things: {} or {}?", op.title, self.catalog.operation(rival.id).title);
            return Intent { status: Status::Ambiguous, alternatives, message, ..self.blank() };
        }
        self.settle(vec![step])
    }

    /// Two values said of a field that takes one: "mark the deal won and lost".
    fn contradiction(&self, parsed: &Parsed) -> Option<String> {
        let (op, frame) = (self.catalog.operation(parsed.id), self.catalog.frame(parsed.id));
        let last = self.line.utterance.items.len().saturating_sub(1);
        let one = |param: u8| op.params.get(usize::from(param)).is_some_and(|p| !p.many && p.kind != Kind::Boolean);
        let link = |at: usize| self.line.is(at, WordSet::Link) || self.line.is(at, WordSet::Preposition);
        let values = |at: usize| {
            let at = if at < last && link(at) { at + 1 } else { at };
            let roles = self.line.matches(at).iter().filter(|m| m.len == 1).flat_map(|m| frame.roles(m.term));
            roles.filter_map(|role| if let Role::Value(param, value) = role { Some((param, value)) } else { None })
        };
        let said = |param: u8, value: u8| {
            let allowed = op.params.get(usize::from(param)).and_then(|p| p.values.get(usize::from(value)));
            let set = |text: u16| {
                allowed.is_some_and(|v| matches!(&v.value, Literal::Text(own) if own == frame.set_text(text)))
            };
            parsed.alignment.filled.iter().filter(|f| f.param == param).any(|f| match f.found {
                Found::Allowed(known) => known == value,
                Found::Set(text) => set(text),
                _ => false,
            })
        };
        (1..last)
            .filter(|at| self.line.is(*at, WordSet::Conjunction))
            .find_map(|at| {
                let differ = |(param, value): (u8, u8)| {
                    let other =
                        |(other, v): (u8, u8)| other == param && v != value && (said(param, v) || said(param, value));
                    one(param) && values(at + 1).any(other)
                };
                let same = || values(at - 1).any(|a| values(at + 1).any(|b| a == b));
                (values(at - 1).any(differ) && !same()).then(|| self.line.utterance.slice(at - 1, at + 1))
            })
            .map(|words| format!("«{words}»"))
    }

    /// A value and a parameter that are never told together (`apart` of the operation), where both are.
    pub fn told_apart<'o>(&self, op: &'o Operation, parsed: &Parsed) -> Option<(&'o str, String)> {
        let arguments = &self.said(parsed).arguments;
        let (_, value, others) = op.apart.iter().find(|(name, value, others)| {
            let given = |name: &str| arguments.iter().find(|argument| argument.name == name);
            let same = |argument: &Argument| matches!(&argument.value, Value::Text(text) if text == value);
            given(name).is_some_and(same) && others.iter().any(|other| given(other).is_some())
        })?;
        let other = others.iter().find(|other| arguments.iter().any(|argument| argument.name == **other))?;
        Some((value, spoken(other)))
    }

    /// The day to come that the name of a record seems to end in: "delete the tag vip tomorrow" is for tomorrow.
    fn waits(&self, op: &Operation, filled: Filled) -> Option<&str> {
        let entity = matches!(op.params[usize::from(filled.param)].kind, Kind::Entity(_));
        let Found::Span(first, past) = filled.found else { return None };
        let (first, past) = (usize::from(first), usize::from(past));
        let small = |at: usize| self.line.is_small(at) && self.line.utterance.items[at].kind == ItemKind::Word;
        let led = |date: &DateMatch| {
            let before = date.first - 1;
            self.line.is(before, WordSet::Preposition) && small(before) || (date.first..past).any(small)
        };
        let day = |date: &&DateMatch| {
            date.first > first && date.last + 1 == past && led(date) && date.is_ahead(self.context.now)
        };
        let day = self.dates.iter().find(day).filter(|_| entity && !op.reads())?;
        Some(self.line.utterance.slice(day.first, day.last))
    }

    /// What a thing is to become, where a code names one that is there already and so is not to be made: "make file 5e5ea5c1
    /// readable", "make membership 5f12ab91 an owner".
    fn result(&self, op: &Operation, parsed: &Parsed) -> Option<&str> {
        let utterance = self.line.utterance;
        let items = &utterance.items;
        let code = |at: &usize| {
            let folded = &items[*at].folded;
            let mixed =
                folded.chars().all(|c| c.is_ascii_alphanumeric()) && folded.contains(|c: char| c.is_ascii_digit());
            // "Make rate plan rp_5 non-refundable": an id with its prefix.
            let marked = self.line.guest && folded.contains('_') && folded.ends_with(|c: char| c.is_ascii_digit());
            items[*at].kind == ItemKind::Code && (folded.len() >= LONG_CODE && mixed || marked)
        };
        let plain =
            |at: usize| items[at].kind == ItemKind::Word && utterance.raw(at).chars().all(|c| c.is_ascii_lowercase());
        if !makes(op) {
            return None;
        }
        if let Some((first, last)) = self.only_described(parsed) {
            return Some(utterance.slice(first, last));
        }
        let named = parsed.alignment.path.iter().filter(|(.., rule, _)| *rule == Rule::ObjectValue);
        let (at, past) = named.into_iter().find_map(|(first, past, ..)| Some(((*first..*past).find(code)?, *past)))?;
        if at + 1 < past && (at + 1..past).all(plain) {
            return Some(utterance.slice(at + 1, past - 1));
        }
        let last = items.iter().rposition(|item| item.kind != ItemKind::Stop)?;
        let article =
            last.checked_sub(1).filter(|article| *article > at + 1 && self.line.is(*article, WordSet::Article))?;
        let joined = self.line.is(article - 1, WordSet::Preposition) || self.line.is(article - 1, WordSet::Link);
        (plain(last) && !joined).then(|| utterance.slice(article, last))
    }

    /// The plain words behind a known thing that would become the name of a new one: "make the whole business run better" makes
    /// no business.
    fn only_described(&self, parsed: &Parsed) -> Option<(usize, usize)> {
        let items = &self.line.utterance.items;
        let path = &parsed.alignment.path;
        let nth = path.iter().position(|(.., rule, _)| *rule == Rule::ObjectValue)?;
        let (from, past, ..) = path[nth];
        let before = path[..nth].iter().rev().take_while(|(.., rule, _)| *rule == Rule::Determiner);
        let known =
            before.into_iter().any(|(at, ..)| self.line.is(*at, WordSet::Article) && !self.line.is_indefinite(*at));
        let (first, last) = parsed.alignment.filled.iter().find_map(|filled| match filled.found {
            Found::Span(first, end) if usize::from(end) == past => Some((usize::from(first), past - 1)),
            _ => None,
        })?;
        let plain = |at: usize| self.line.is_small(at) && self.line.is_common(at);
        let called = self.line.is(first - 1, WordSet::Link) || items[first - 1].kind != ItemKind::Word;
        (known && from < first && first < last && !called && (first..=last).all(plain)).then_some((first, last))
    }

    fn rivals(&self, best: &Parsed, other: &Parsed, margin: i32) -> bool {
        let (a, b) = (self.catalog.operation(best.id), self.catalog.operation(other.id));
        let close = best.alignment.score - other.alignment.score < margin;
        let harmless = a.reads() && b.reads();
        a.service == b.service
            && close
            && !harmless
            && accepted(self.catalog, other)
            && !a.prefer_over.contains(&b.name)
            && !(makes(a) && !makes(b) && other.alignment.flags & flag::VERB == 0 && self.names_by_word())
            && !(changes_field(best) && names_own(a) && !names_own(b) && a.objects.first() == b.objects.first())
            && self.said(other).missing.len() <= self.said(best).missing.len()
    }

    fn alternative(&self, parsed: &Parsed) -> Alternative {
        let steps = vec![self.step(parsed, self.context.memory)];
        Alternative { operation: parsed.id, phrase: canonical::phrase(self.catalog, parsed.id), steps }
    }

    /// What the commands of a line come to.
    fn several(&self, parts: &[Rc<Parsed>], memory: &Memory) -> Intent {
        let mut memory = memory.clone();
        let mut steps = Vec::new();
        for (part_nth, part) in parts.iter().enumerate() {
            let step = self.step(part, &memory);
            memory = memory.after(self.catalog, self.catalog.operation(part.id), &step.arguments);
            // "The Old Docs base, show it": what is named and what is done to it are one order; and so is "campaign 7, pause it".
            // And "nice people", before an order that changes something else, asks for nothing.
            let next = parts.get(part_nth + 1);
            let remark = |next: &Parsed| !self.catalog.operation(next.id).reads() && !self.names_by_code(part);
            let names = self.only_names(part) && next.is_some_and(|next| self.points(next) || remark(next));
            if !names && !steps.contains(&step) {
                steps.push(step);
            }
        }
        self.settle(steps)
    }

    /// Whether a part that reads holds nothing but what names a record: no verb, and no question.
    fn only_names(&self, part: &Parsed) -> bool {
        let verb = |at: usize| self.line.is_verb(at) && !self.line.is_noun(at) || self.line.is(at, WordSet::Question);
        let path = &part.alignment.path;
        let reads = self.catalog.operation(part.id).reads();
        reads && path.first().zip(path.last()).is_some_and(|(first, last)| !(first.0..last.1).any(verb))
    }

    /// Whether a part holds a code, an address or a text in quotes.
    fn names_by_code(&self, part: &Parsed) -> bool {
        use ItemKind::{Code, Email, Number, Phone, Quoted};
        let items = &self.line.utterance.items;
        let sure = |at: usize| matches!(items[at].kind, Code | Email | Number { .. } | Phone | Quoted { .. });
        let path = &part.alignment.path;
        path.first().zip(path.last()).is_some_and(|(first, last)| (first.0..last.1).any(sure))
    }

    /// Whether a part speaks of it.
    fn points(&self, part: &Parsed) -> bool {
        let path = &part.alignment.path;
        path.first().zip(path.last()).is_some_and(|(first, last)| self.line.holds_pronoun(first.0, last.1))
    }

    pub(super) fn settle(&self, steps: Vec<Step>) -> Intent {
        let Some(step) = steps.iter().find(|s| !s.missing.is_empty()) else {
            return Intent { status: Status::Ready, steps, ..self.blank() };
        };
        let op = self.catalog.operation(step.operation);
        let message = canonical::question(self.catalog, op, &step.missing[0]);
        Intent { status: Status::Incomplete, message, steps, ..self.blank() }
    }

    /// A refusal of a line that could be read only by taking what explains for what is asked.
    pub fn unsure(&self) -> Intent {
        Intent { message: UNSURE.to_owned(), ..self.blank() }
    }

    fn blank(&self) -> Intent {
        Intent::unknown(&self.line.utterance.text)
    }

    /// One operation to run, with pronouns resolved and what earlier talk supplies filled in.
    pub fn step(&self, parsed: &Parsed, memory: &Memory) -> Step {
        let op = self.catalog.operation(parsed.id);
        let mut arguments = Vec::new();
        for argument in &self.said(parsed).arguments {
            if let Some(value) = self.resolved(op, argument, memory) {
                arguments.push(Argument { name: argument.name.clone(), value });
            }
        }
        for name in missing(op, &arguments) {
            let Some(Kind::Entity(resource)) = op.param(&name).map(|p| &p.kind) else { continue };
            let own = op.objects.first() == Some(resource);
            let code = || self.lone_code().filter(|_| own).map(str::to_owned);
            let Some(handle) = memory.latest(resource).map(|r| r.handle.clone()).or_else(code) else { continue };
            let many = op.param(&name).is_some_and(|p| p.many);
            let value = Value::Text(handle);
            arguments.push(Argument { name, value: if many { Value::List(vec![value]) } else { value } });
        }
        if let Some(owner) = self.owner(parsed, memory).filter(|_| op.reads()) {
            let of = |param: &&Parameter| matches!(&param.kind, Kind::Entity(resource) if *resource == owner.resource);
            let told = |param: &Parameter| arguments.iter().any(|argument| argument.name == param.name);
            if let Some(param) = op.params.iter().find(of).filter(|param| !told(param)) {
                let value = Value::Text(owner.handle.clone());
                let value = if param.many { Value::List(vec![value]) } else { value };
                arguments.push(Argument { name: param.name.clone(), value });
            }
        }
        let missing = self.lacking(op, &arguments);
        let repaired = parsed.alignment.flags & flag::REPAIRED != 0;
        let confirm = (repaired && op.risk.asks_first()).then(|| "a word was spelled differently".to_owned());
        Step { operation: parsed.id, arguments, missing, confirm }
    }

    /// The record that "its" or "her" stands for in a reading: the last spoken of, a person where the word says so.
    fn owner<'m>(&self, parsed: &Parsed, memory: &'m Memory) -> Option<&'m Referent> {
        let whose = self.catalog.lexicon().set("pointing_whose");
        let (first, past) = (parsed.alignment.path.first()?.0, parsed.alignment.path.last()?.1);
        let items = &self.line.utterance.items;
        // "Her unread conversations"
        let plain =
            |at: usize| self.line.is_small(at) && !self.line.is_verb(at) && !self.line.is(at, WordSet::Preposition);
        let thing = |at: usize| {
            let noun = (at + 1..past.min(at + 3)).find(|at| self.line.is_noun(*at));
            noun.is_some_and(|noun| (at + 1..noun).all(|at| plain(at) && !self.line.is(at, WordSet::Determiner)))
        };
        let at = (first..past).find(|at| whose.contains(&items[*at].folded) && thing(*at))?;
        memory.newest().filter(|newest| newest.person || !self.line.is(at, WordSet::Person))
    }

    /// The code that a clause names which only tells why, without saying what it is of: "INV-90 is wrong, void it".
    fn lone_code(&self) -> Option<&str> {
        let reason = self.line.reason.as_ref()?;
        reason.lone.map(|at| self.line.utterance.slice(at, at))
    }

    fn resolved(&self, op: &Operation, argument: &Argument, memory: &Memory) -> Option<Value> {
        let Some(Kind::Entity(resource)) = op.param(&argument.name).map(|p| &p.kind) else {
            return Some(argument.value.clone());
        };
        let one = |value: &Value| match value {
            Value::Text(text) if self.pronoun(text) => memory.latest(resource).map(|r| Value::Text(r.handle.clone())),
            other => Some(other.clone()),
        };
        match &argument.value {
            Value::List(list) => {
                let list: Vec<Value> = list.iter().filter_map(one).collect();
                (!list.is_empty()).then_some(Value::List(list))
            }
            value => one(value),
        }
    }

    fn pronoun(&self, text: &str) -> bool {
        let vocabulary = self.catalog.vocabulary();
        vocabulary.lookup(text).is_some_and(|term| {
            vocabulary.senses(term).iter().any(|s| matches!(s, Sense::Set(WordSet::Person | WordSet::Thing)))
        })
    }

    /// Canonical phrases for what is nearest: the readings that earned anything, then what looked best.
    fn suggestions(&self, whole: &Whole) -> Vec<String> {
        let earned = whole.readings.iter().filter(|p| p.alignment.score > 0).map(|p| p.id);
        let mut out = Vec::new();
        for id in earned.chain(whole.nearest.iter().copied()) {
            let phrase = canonical::phrase(self.catalog, id);
            if !out.contains(&phrase) {
                out.push(phrase);
            }
            if out.len() == MOST_SUGGESTIONS {
                break;
            }
        }
        out
    }

    fn refuse(&self, whole: &Whole) -> Intent {
        let parsed = &whole.readings;
        let items = &self.line.utterance.items;
        let mut intent = self.blank();
        intent.suggestions = self.suggestions(whole);
        let Some(best) = parsed.first() else {
            intent.unexplained = items.iter().map(|i| (i.start, i.end)).collect();
            UNKNOWN.clone_into(&mut intent.message);
            return intent;
        };
        if best.alignment.flags & flag::NEGATED != 0 {
            NOT_DONE.clone_into(&mut intent.message);
            return intent;
        }
        intent.unexplained = best.alignment.unexplained.iter().map(|i| (items[*i].start, items[*i].end)).collect();
        let words: Vec<String> = best
            .alignment
            .unexplained
            .iter()
            .map(|i| format!("«{}»", &self.line.utterance.text[items[*i].start..items[*i].end]))
            .collect();
        intent.message =
            if words.is_empty() { UNSURE.to_owned() } else { format!("I don't understand {}.", words.join(", ")) };
        intent
    }
}

/// Whether a line was refused because of its words, rather than because of what it asks for.
pub(super) fn unexplained(refused: &Intent) -> bool {
    !refused.unexplained.is_empty() || [UNSURE, UNKNOWN, GARBLED].contains(&refused.message.as_str())
}

/// Whether an operation is about a record that is there, of the kind it is about: one that makes it is not.
fn names_own(op: &Operation) -> bool {
    op.params.iter().any(|p| matches!(&p.kind, Kind::Entity(resource) if op.objects.first() == Some(resource)))
}

/// Whether a reading gives a field of a record another value: "set the FIELD of RECORD to VALUE" makes no record.
fn changes_field(parsed: &Parsed) -> bool {
    let order = [Rule::Field, Rule::LooseLink, Rule::ObjectValue, Rule::FieldValue];
    let rules: Vec<Rule> = parsed.alignment.path.iter().map(|(_, _, rule, _)| *rule).collect();
    rules.windows(order.len()).any(|rules| rules == order)
}
