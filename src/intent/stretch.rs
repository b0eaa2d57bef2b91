use std::cell::RefCell;
use std::ops::Range;

use crate::catalog::inflect::Form;
use crate::catalog::{Parameter, Sense, TermId, Vocabulary, WordSet};
use crate::language::{DateMatch, ItemKind, number_word};

use super::annotate::{Annotated, Match, longest};
use super::found::Span;
use super::memory::Memory;
use super::shape::Shape;

/// A stretch of a line that is to be read as one command, with all that does not depend on the operation: it is found
/// once, and every candidate reads it.
#[expect(clippy::struct_excessive_bools, reason = "each tells something of its own")]
pub struct Stretch<'a> {
    /// The line.
    pub line: &'a Annotated<'a>,
    /// First item that counts.
    pub first: usize,
    /// One past the last item that counts.
    pub past: usize,
    /// The words.
    pub vocabulary: &'a Vocabulary,
    /// Dates of the line.
    pub dates: &'a [DateMatch],
    /// What was spoken of before.
    pub memory: &'a Memory,
    /// It ends in a question mark.
    pub question: bool,
    /// It asks something: no order opens it.
    pub asked: bool,
    /// It neither asks anything nor opens with an order.
    pub fragment: bool,
    /// It ends in a question mark, and nothing in it orders anything.
    pub only_asks: bool,
    /// What opens it asks for something to be shown, and for nothing else.
    pub only_shows: bool,
    /// Which items only describe the record that is named behind them.
    describing: Vec<bool>,
    /// The nouns in it, in the order of the line.
    pub nouns: Vec<Noun>,
    /// The terms of operations in it, in the order of the line.
    pub own: Vec<Own>,
    /// Verbs of two parts that stand apart: the first item of the one, and the other.
    apart: Vec<(usize, usize, TermId, u8)>,
    /// One past the question words, auxiliaries and fillers that open it.
    asking: usize,
    /// Of each item, how many items carry nothing from it on.
    light: Vec<u8>,
    /// Bits of the terms that begin at each item and end in the stretch, several terms to a bit.
    here: Vec<u64>,
    /// The same with those that begin behind items which carry nothing, as far as a pattern passes such over.
    near: Vec<u64>,
    spans: RefCell<Spans>,
}

/// A noun of the vocabulary in a stretch.
#[derive(Debug, Clone, Copy)]
pub struct Noun {
    /// First item.
    pub at: usize,
    /// One past the last.
    pub end: usize,
    /// Position among the vocabulary's nouns.
    pub id: u16,
    /// Said in the plural.
    pub plural: bool,
}

/// A term of operations in a stretch.
#[derive(Debug, Clone, Copy)]
pub struct Own {
    /// First item.
    pub at: usize,
    /// One past the last.
    pub end: usize,
    /// The term.
    pub term: TermId,
}

/// Words that may stand unsaid between the pieces of a pattern, in a row.
pub const MOST_SKIPPED: usize = 2;

/// One bit of 64 for a term.
#[inline]
pub fn term_bit(term: TermId) -> u64 {
    1 << (term.wrapping_mul(0x9e37_79b9) >> 26)
}

/// More items than any date has.
const LONGEST_DATE: usize = 32;

/// Every value looked for so far: where those of one shape from one item on are kept.
#[derive(Default)]
struct Spans {
    kept: Vec<Span>,
    known: Vec<Option<(u32, u32)>>,
}

impl<'a> Stretch<'a> {
    /// The items of a line from `first` to `past`.
    pub fn new(
        line: &'a Annotated<'a>,
        (first, past): (usize, usize),
        vocabulary: &'a Vocabulary,
        dates: &'a [DateMatch],
        memory: &'a Memory,
    ) -> Self {
        let question = past > first && matches!(line.utterance.items[past - 1].kind, ItemKind::Question);
        let asked = line.asks || question && line.head.is_none();
        let fragment = !asked && !question && line.head.is_none_or(|head| !(first..past).contains(&head));
        let known = vec![None; (past - first) * Shape::COUNT];
        let spans = RefCell::new(Spans { kept: Vec::with_capacity(64), known });
        let (nouns, own, apart) = (Vec::new(), Vec::new(), Vec::new());
        let mut stretch = Self {
            line,
            first,
            past,
            vocabulary,
            dates,
            memory,
            question,
            asked,
            fragment,
            only_asks: false,
            only_shows: false,
            nouns,
            own,
            apart,
            asking: first,
            describing: Vec::with_capacity(past - first),
            light: Vec::with_capacity(past - first),
            here: Vec::with_capacity(past - first),
            near: Vec::with_capacity(past - first),
            spans,
        };
        (first..past).for_each(|at| stretch.note(at));
        for at in first..past {
            let near = stretch.bits_near(at);
            stretch.near.push(near);
        }
        for at in first..past {
            let describes = stretch.is_description(at);
            stretch.describing.push(describes);
        }
        // "Can you …", "could Ann get …?" asks politely, and what stands behind a mark of free text is not asked here.
        let polite = |at: usize| {
            line.is(at, WordSet::Auxiliary) || longest(vocabulary, line.matches(at), WordSet::Filler).is_some()
        };
        let speaks = |at: usize| stretch.kind(at) == &ItemKind::Colon || line.is(at, WordSet::Tail);
        stretch.only_asks = question && !polite(first) && !(first..past).any(|at| stretch.orders(at) || speaks(at));
        let told = line.reason.is_some() || !line.asides.is_empty();
        let looks = || {
            line.head.is_some_and(|head| {
                (first..past).contains(&head)
                    && stretch.shows(head)
                    && !(head + 2 < past && stretch.indefinite(head + 1) && line.is_verb(head + 2))
                    && !(head + 1..past).any(|at| stretch.orders(at) && !stretch.shows(at))
            })
        };
        stretch.only_shows = !told && (looks() || stretch.looks_for_field());
        stretch.asking = (first..past).find(|at| !stretch.opens_question(*at)).unwrap_or(past);
        stretch
    }

    fn note(&mut self, at: usize) {
        use ItemKind::{Arrow, Colon, Comma, Dash, Equals, Unit};
        let mark = matches!(self.kind(at), Comma | Colon | Dash | Unit | Arrow | Equals);
        let (mut idle, mut here) = (0, 0);
        for m in self.line.matches(at) {
            let end = at + usize::from(m.len);
            if end > self.past {
                continue;
            }
            here |= term_bit(m.term);
            for sense in self.vocabulary.senses(m.term) {
                match sense {
                    Sense::Noun { noun, plural } => {
                        self.nouns.push(Noun { at, end, id: *noun, plural: *plural });
                    }
                    Sense::Apart { last, class, .. } => {
                        self.apart.extend(self.second_part(end, *last).map(|particle| (at, particle, *last, *class)));
                    }
                    Sense::Own if self.inside_name(at, end) => {}
                    Sense::Own => self.own.push(Own { at, end, term: m.term }),
                    Sense::Set(WordSet::Filler | WordSet::Determiner | WordSet::Light) => {
                        idle = if self.opens_longer_name(at, end) { idle } else { m.len.max(idle) };
                    }
                    _ => {}
                }
            }
        }
        // "Who has installed …" asks what "who installed …" does.
        let helps = at > self.first
            && self.line.asks
            && self.is_small(at)
            && self.is(at, WordSet::Auxiliary)
            && !self.line.is_verb(at);
        self.light.push(if mark || idle == 0 && helps { 1 } else { idle });
        self.here.push(here);
    }

    fn bits_near(&self, at: usize) -> u64 {
        let (mut at, mut bits) = (at, 0);
        for _ in 0..=MOST_SKIPPED {
            bits |= self.here.get(at - self.first).copied().unwrap_or(0);
            let Some(len) = self.idle_from(at) else { break };
            at += len;
        }
        bits
    }

    /// Whether one of some terms, as the bits of all of them, may begin at an item.
    #[inline]
    pub fn may_begin(&self, at: usize, terms: u64) -> bool {
        self.here.get(at - self.first).is_some_and(|here| here & terms != 0)
    }

    /// Whether one may stand at an item, or behind a few that carry nothing.
    #[inline]
    pub fn may_follow(&self, at: usize, terms: u64) -> bool {
        self.near.get(at - self.first).is_some_and(|near| near & terms != 0)
    }

    /// Whether a word with a capital stands between a small article and another capital: "the New Patient workflow".
    pub fn opens_longer_name(&self, at: usize, end: usize) -> bool {
        let led = |before: usize| self.is(before, WordSet::Determiner) && self.is_small(before);
        let capitals = || self.is_name(at) && end < self.past && self.is_name(end);
        end == at + 1 && at > self.first && capitals() && led(at - 1)
    }

    /// How many items from one on carry nothing, so that a pattern passes over them: a mark, fillers, determiners.
    #[inline]
    pub fn idle_from(&self, at: usize) -> Option<usize> {
        let idle = self.light.get(at - self.first).map_or(0, |idle| usize::from(*idle));
        (idle > 0).then_some(idle)
    }

    /// Whether an order begins at an item: a verb that is no noun, where a clause or what only leads to an order ends.
    fn orders(&self, at: usize) -> bool {
        use ItemKind::{Bracket, Colon, Comma, Dash, Semicolon, Stop};
        let senses = || self.line.matches(at).iter().flat_map(|m| self.vocabulary.senses(m.term));
        let leads = [WordSet::Conjunction, WordSet::Sequence, WordSet::Self_, WordSet::Licence];
        let thing = self.line.is_noun(at) && !(at + 1 < self.past && self.is_name(at + 1));
        // "Get rid of" is an order, though "get" may be a small word.
        let turn = |m: &Match| {
            let base = |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, weak: false, .. });
            m.len > 1 && self.vocabulary.senses(m.term).iter().any(base)
        };
        let small = self.is(at, WordSet::Auxiliary) && !self.line.matches(at).iter().any(turn);
        if thing || self.is(at, WordSet::Determiner) || small {
            return false;
        }
        let verb = || senses().any(|s| matches!(s, Sense::Verb { form: Form::Base, .. }));
        let Some(before) = at.checked_sub(1).filter(|before| *before >= self.first) else { return verb() };
        let filled = (self.first..=before).any(|from| self.fills(from, before + 1));
        let fresh = matches!(self.kind(before), Bracket | Colon | Comma | Dash | Semicolon | Stop)
            || leads.into_iter().any(|set| self.is(before, set) && !self.is_name(before));
        filled && senses().any(|s| *s == Sense::Own) || (filled || fresh) && verb()
    }

    /// Whether all that stands behind a mark is what to show of a record: "order 10457 - notes", "deal Zenith: details".
    pub fn only_named_behind(&self, mark: usize) -> bool {
        let ends = |at: usize| at >= self.past || matches!(self.kind(at), ItemKind::Stop | ItemKind::Question);
        let light = || self.is(mark + 1, WordSet::Light) && ends(mark + 2);
        mark + 1 < self.past && (light() || self.nouns.iter().any(|noun| noun.at == mark + 1 && ends(noun.end)))
    }

    /// How many items the longest filler at one covers.
    pub fn padding(&self, at: usize) -> usize {
        longest(self.vocabulary, self.line.matches(at), WordSet::Filler).unwrap_or(0)
    }

    /// Whether a filler begins at an item and goes on beyond another: "let" of "let's".
    pub fn fills_beyond(&self, from: usize, past: usize) -> bool {
        from + self.padding(from) > past
    }

    /// Whether a filler covers just the items between two.
    pub fn fills(&self, from: usize, past: usize) -> bool {
        let filler = |m: &Match| self.vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Filler));
        self.line.matches(from).iter().any(|m| from + usize::from(m.len) == past && filler(m))
    }

    /// Whether the verbs that begin at an item only ask to see something.
    fn shows(&self, at: usize) -> bool {
        let senses = || self.line.matches(at).iter().flat_map(|m| self.vocabulary.senses(m.term));
        let reads = |class: u8| self.vocabulary.reading & 1 << class != 0;
        let verbs = senses().filter_map(|s| match s {
            Sense::Verb { class, weak, .. } | Sense::Apart { class, weak, .. } => Some((*class, *weak)),
            _ => None,
        });
        let mut strong = false;
        let all = verbs.inspect(|(_, weak)| strong |= !weak).all(|(class, _)| reads(class));
        let mended = self.line.matches(at).iter().any(|m| m.repaired);
        all && strong && !mended && !self.line.is_noun(at)
    }

    /// Whether all that a stretch asks for is what a record tells: "I need the phone number of the contact Ann Lee". What is
    /// to become of it, or a value for it, would stand behind.
    fn looks_for_field(&self) -> bool {
        use ItemKind::{Code, Possessive, Question, Quoted, Stop, Word};
        let wants = |at: usize| {
            let verbs = self.line.matches(at).iter().flat_map(|m| self.vocabulary.senses(m.term));
            let reads = |class: u8| self.vocabulary.reading & 1 << class != 0;
            let mut verbs = verbs.filter_map(|s| if let Sense::Verb { class, .. } = s { Some(*class) } else { None });
            verbs.any(reads)
        };
        let leads = |at: usize| self.is(at, WordSet::Self_) || self.opens_question(at) || wants(at);
        let Some(article) = (self.first..self.past).find(|at| self.definite(*at)) else { return false };
        if !(self.first..article).all(leads) {
            return false;
        }
        let known = |at: usize| {
            let senses = self.line.matches(at).iter().flat_map(|m| self.vocabulary.senses(m.term));
            let mut senses = senses.filter(|s| matches!(s, Sense::Own | Sense::Noun { .. }));
            senses.next().is_some() && !self.is_name(at)
        };
        let binds = |at: usize| self.is(at, WordSet::Preposition) && self.is(at, WordSet::Binder) && !self.joins(at);
        let Some(of) = (article + 2..self.past.min(article + 6)).find(|at| binds(*at)) else { return false };
        let record = |at: usize| match self.kind(at) {
            Code | Possessive | Question | Quoted { .. } | Stop => true,
            Word => self.is_name(at) || self.line.in_noun(at) || self.is(at, WordSet::Determiner) || !self.acts(at),
            _ => self.fills(at, at + 1),
        };
        (article + 1..of).any(known) && (of + 1..self.past).all(record)
    }

    /// Whether a word does something to what stands before it, or leads to what it is to be.
    fn acts(&self, at: usize) -> bool {
        let sets = [WordSet::Licence, WordSet::Auxiliary, WordSet::Link, WordSet::Preposition];
        self.line.is_verb(at) || sets.into_iter().any(|set| self.is(at, set))
    }

    /// Whether an item leads to where something goes, as "to" and "into" do: what stands behind is no owner.
    fn joins(&self, at: usize) -> bool {
        self.is(at, WordSet::Link) && self.is(at, WordSet::Licence)
    }

    fn opens_question(&self, at: usize) -> bool {
        let opens = |s: &Sense| matches!(s, Sense::Set(WordSet::Filler | WordSet::Question | WordSet::Auxiliary));
        self.line.matches(at).iter().any(|m| self.vocabulary.senses(m.term).iter().any(opens))
    }

    /// Whether only question words, auxiliaries and fillers stand before an item.
    pub fn asks_at(&self, at: usize) -> bool {
        at <= self.asking
    }

    /// The item that a question begins to speak of something at: the first behind what opens it.
    pub fn subject(&self) -> Option<usize> {
        (self.line.asks && self.asking > self.first && self.asking < self.past).then_some(self.asking)
    }

    /// Whether an item is a number, in figures or as a word, that another item stands behind.
    pub fn counts(&self, at: usize) -> bool {
        let word = || *self.kind(at) == ItemKind::Word && number_word(&self.line.utterance.items[at].folded).is_some();
        at + 1 < self.past && (matches!(self.kind(at), ItemKind::Number { .. }) || word())
    }

    /// Whether an item is a word of every dictionary, or too short to be in one, typed small.
    pub fn is_dull(&self, at: usize) -> bool {
        let short = || self.line.utterance.items[at].folded.len() < 3;
        self.is_small(at) && (self.line.is_common(at) || short())
    }

    /// Whether a preposition stands before an item, with nothing but articles between: "on our store".
    pub fn is_led(&self, at: usize) -> bool {
        let before = (self.first..at).rev().find(|at| !self.is(*at, WordSet::Determiner));
        let leads = |at: usize| self.is(at, WordSet::Preposition) || self.is(at, WordSet::Link);
        before.is_some_and(leads)
    }

    /// Whether capitalised words before and behind a stretch make it the middle of a name: "Maple Street Vet" tells no street.
    /// A line that is all in capitals tells nothing.
    fn inside_name(&self, at: usize, end: usize) -> bool {
        let name = |at: usize| self.line.is_name(at) && self.kind(at) == &ItemKind::Word;
        at > self.first
            && end < self.past
            && name(at - 1)
            && (at..=end).all(name)
            && (self.first..self.past).filter(|at| self.is_small(*at)).count() > 2
    }

    /// Whether an item is a word of the dictionary that only describes the one record which is named behind it: "the outdated
    /// note `Xw8R`", "delete the obsolete Tire Change calendar". Which of several are meant no such word tells.
    pub fn describes(&self, at: usize) -> bool {
        self.describing.get(at - self.first).copied().unwrap_or(false)
    }

    fn is_description(&self, at: usize) -> bool {
        let plain = |at: usize| {
            self.is_dull(at)
                && self.line.is_common(at)
                && !self.line.in_noun(at)
                && self.line.matches(at).iter().all(|m| {
                    let says = |s: &Sense| !matches!(s, Sense::Own | Sense::Verb { form: Form::Past, .. });
                    !self.vocabulary.senses(m.term).iter().any(says)
                })
        };
        let begins = |at: usize| {
            self.line.matches(at).iter().any(|m| m.len > 1 && !matches!(self.vocabulary.senses(m.term), [Sense::Own]))
        };
        if at == self.first || !plain(at) || begins(at - 1) && !self.is(at - 1, WordSet::Determiner) {
            return false;
        }
        let led = self.is(at - 1, WordSet::Determiner) || self.line.is_verb(at - 1) || self.describes(at - 1);
        let named = |at: usize| at < self.past && self.is_name(at) && *self.kind(at) == ItemKind::Word;
        let handle = |at: usize| {
            let kind = || matches!(self.kind(at), ItemKind::Code | ItemKind::Quoted { .. } | ItemKind::Email);
            at < self.past && (kind() || named(at))
        };
        let mut next = at + 1;
        while next < self.past && plain(next) {
            next += 1;
        }
        let after = (next..self.past).find(|at| !named(*at)).filter(|after| *after > next);
        let one = |at: usize| self.nouns.iter().filter(move |noun| noun.at == at && !noun.plural);
        led && (one(next).any(|noun| handle(noun.end)) || after.is_some_and(|after| one(after).next().is_some()))
    }

    /// Whether an item is a word that names nothing: typed small, and one that a dictionary or the catalog knows.
    pub fn is_plain(&self, at: usize) -> bool {
        self.is_dull(at) || self.is_small(at) && !self.line.matches(at).is_empty()
    }

    /// How far words of a clause that only tells why reach from an item, and what passing them over costs.
    pub fn skips(&self, at: usize) -> impl Iterator<Item = (usize, i32)> {
        let reason = self.line.reason.as_ref().filter(|reason| self.first == 0 && self.past > reason.past);
        reason.into_iter().flat_map(move |reason| reason.skips(at))
    }

    /// Whether an item stands in a clause that only tells why: its verbs order nothing.
    pub fn only_tells(&self, at: usize) -> bool {
        self.first == 0 && self.line.reason.as_ref().is_some_and(|reason| reason.holds(at) && self.past > reason.past)
    }

    /// Whether an item stands for the record that such a clause named before it.
    pub fn echoes(&self, at: usize) -> bool {
        let told = self.first == 0 && self.line.reason.as_ref().is_some_and(|reason| at > reason.past);
        told && (self.is(at, WordSet::Thing) || self.is(at, WordSet::Person))
    }

    /// Whether nothing but fillers and pauses stands between two items.
    pub fn idle(&self, first: usize, past: usize) -> bool {
        let mut at = first;
        while at < past {
            let fits = |m: &&Match| at + usize::from(m.len) <= past;
            let filler = |m: &&Match| self.vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Filler));
            let filler = self.line.matches(at).iter().filter(fits).filter(filler).map(|m| usize::from(m.len)).max();
            let pause = matches!(self.kind(at), ItemKind::Stop | ItemKind::Comma).then_some(1);
            let Some(len) = filler.or(pause) else { return false };
            at += len;
        }
        true
    }

    /// The verb at an item, when its other part stands behind what it acts on: "throw the tag away".
    pub fn apart(&self, at: usize, last: TermId) -> bool {
        self.apart.iter().any(|(verb, _, term, _)| *verb == at && *term == last)
    }

    /// Whether a verb at an item means the opposite of a class, its other part being further on: "throw the tag away" does
    /// not throw it into anything.
    pub fn undoes(&self, at: usize, class: u8) -> bool {
        let opposites = |of: u8| self.vocabulary.opposites.get(usize::from(of)).copied().unwrap_or(0);
        self.apart.iter().any(|(verb, .., of)| *verb == at && opposites(*of) & 1 << class != 0)
    }

    /// Whether an item is the second part of a verb.
    pub fn particle(&self, at: usize) -> bool {
        self.apart.iter().any(|(_, particle, ..)| *particle == at)
    }

    /// Where the second part of a verb stands that covers the items to `end`: at the end of its clause.
    fn second_part(&self, end: usize, term: TermId) -> Option<usize> {
        use ItemKind::{Colon, Comma, Dash, Question, Semicolon, Stop};
        let pauses = |at: usize| matches!(self.kind(at), Comma | Semicolon | Stop | Colon | Dash | Question);
        let clause = (end..self.past).take_while(|at| !pauses(*at)).skip(1);
        let goes_on = [WordSet::Filler, WordSet::Preposition, WordSet::Conjunction];
        let ends = |at: usize| {
            at >= self.past
                || pauses(at)
                || goes_on.into_iter().any(|set| self.is(at, set))
                || self.dates_at(at).next().is_some()
        };
        let found = |at: &usize| self.line.matches(*at).iter().any(|m| m.len == 1 && m.term == term) && ends(*at + 1);
        clause.into_iter().find(found)
    }

    /// One past the last item of a construction's words: a preposition that ends them introduces what follows.
    pub fn turn_end(&self, at: usize, end: usize) -> usize {
        if end > at + 1 && self.is(end - 1, WordSet::Preposition) { end - 1 } else { end }
    }

    /// What an item looks like.
    #[inline]
    pub fn kind(&self, at: usize) -> &ItemKind {
        &self.line.utterance.items[at].kind
    }

    /// Whether an item by itself belongs to a word set.
    #[inline]
    pub fn is(&self, at: usize, set: WordSet) -> bool {
        self.line.is(at, set)
    }

    /// Whether "no" stands right before an item: what it says is not to be so.
    pub fn denied(&self, at: usize) -> bool {
        at > self.first && self.is(at - 1, WordSet::False) && self.is(at - 1, WordSet::Link)
    }

    /// Whether an item is an article that points at something known: "the", "our", and not "a".
    pub fn definite(&self, at: usize) -> bool {
        self.is(at, WordSet::Article) && !self.indefinite(at)
    }

    /// Whether an item is "a" or "an": what follows is any of its kind.
    pub fn indefinite(&self, at: usize) -> bool {
        self.line.is_indefinite(at)
    }

    /// Whether an item is a word typed small: no part of a name.
    #[inline]
    pub fn is_small(&self, at: usize) -> bool {
        self.line.is_small(at)
    }

    /// Whether an item looks like a part of a name.
    #[inline]
    pub fn is_name(&self, at: usize) -> bool {
        self.line.is_name(at)
    }

    /// Whether an item is a part of the only date: of several one may repeat the other.
    pub fn is_dated(&self, at: usize) -> bool {
        self.dates.len() == 1 && self.dates.iter().any(|date| (date.first..=date.last).contains(&at))
    }

    /// The dates that start at an item and end in the stretch, with their positions among all.
    pub fn dates_at(&self, at: usize) -> impl Iterator<Item = (usize, &'a DateMatch)> {
        let from = self.dates.partition_point(|d| d.first < at);
        let here = self.dates.iter().enumerate().skip(from).take_while(move |(_, d)| d.first == at);
        here.filter(|(_, d)| d.last < self.past)
    }

    /// Whether a date is a part of a longer one.
    pub fn in_longer_date(&self, date: &DateMatch) -> bool {
        let from = self.dates.partition_point(|d| d.first + LONGEST_DATE < date.first);
        let near = self.dates[from..].iter().take_while(|d| d.first <= date.first);
        near.into_iter().any(|d| d.last >= date.last && d.last - d.first > date.last - date.first)
    }

    /// Whether an item may stand between the values of a list.
    pub fn separates(&self, at: usize) -> bool {
        self.line.separates(at)
    }

    /// The values of a parameter that start at an item and that its type alone decides, as numbers for [`Self::span`].
    /// `marked`: something introduced them, so free text may run on. Looked for once, whoever asks.
    pub fn values(&self, param: &Parameter, person: bool, at: usize, marked: bool) -> Range<usize> {
        let shape = Shape::of(param, person, marked);
        let slot = (at - self.first) * Shape::COUNT + shape.index();
        let mut spans = self.spans.borrow_mut();
        if let Some((start, end)) = spans.known[slot] {
            return start as usize..end as usize;
        }
        let start = spans.kept.len();
        shape.find(self, at, &mut spans.kept);
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let end = spans.kept.len();
        spans.known[slot] = Some((number(start), number(end)));
        start..end
    }

    /// Keeps values that only one operation knows of; their numbers.
    pub fn keep(&self, values: impl IntoIterator<Item = Span>) -> Range<usize> {
        let mut spans = self.spans.borrow_mut();
        let start = spans.kept.len();
        spans.kept.extend(values);
        start..spans.kept.len()
    }

    /// A value by its number.
    #[inline]
    pub fn span(&self, number: usize) -> Span {
        self.spans.borrow().kept[number]
    }
}
