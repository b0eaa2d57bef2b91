//! What stretches of a line can be the value of a parameter.

use crate::catalog::{Frame, Kind, Parameter, Role, Sense, Vocabulary, WordSet, traits};
use crate::language::{DateMatch, ItemKind, When};

use super::annotate::Annotated;
use super::landmarks::{Landmarks, NounHere};
use super::memory::Memory;
use super::score;

/// A value found in a line, before it becomes a [`super::Value`].
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// Position of the parameter in the operation.
    pub param: u8,
    /// Where it is.
    pub found: Found,
}

/// Where and as what a value was found. Item numbers are of the whole line; ends are one past the last.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// The user's text from one item to another.
    Span(usize, usize),
    /// Several, separated by commas or conjunctions.
    Many(usize, usize),
    /// The text from an item to the end of the line.
    Tail(usize),
    /// One of the dates found in the line.
    Date(usize),
    /// An allowed value.
    Allowed(u8),
    /// Several allowed values.
    AllowedMany(Vec<u8>),
    /// Yes or no.
    Boolean(bool),
    /// The value of a `key=value` item.
    Keyed(usize),
    /// One field of a JSON object.
    Json(usize, String),
    /// A pronoun.
    Pronoun(usize),
    /// Set by a pattern.
    Set(String),
}

/// A possible value: one past its last item, points, what it is.
pub type Span = (usize, i32, Found);

/// What finding values needs.
pub struct Slots<'a> {
    /// The line.
    pub line: &'a Annotated<'a>,
    /// First item that counts.
    pub first: usize,
    /// One past the last item that counts.
    pub past: usize,
    /// The words.
    pub vocabulary: &'a Vocabulary,
    /// The operation's view of them.
    pub frame: &'a Frame,
    /// Dates of the line.
    pub dates: &'a [DateMatch],
    /// What was spoken of before.
    pub memory: &'a Memory,
    landmarks: Landmarks,
}

/// Longest name, in items.
const LONGEST: usize = 12;

impl<'a> Slots<'a> {
    /// Prepares a stretch of a line for one operation.
    pub fn new(
        line: &'a Annotated<'a>,
        (first, past): (usize, usize),
        vocabulary: &'a Vocabulary,
        frame: &'a Frame,
        dates: &'a [DateMatch],
        memory: &'a Memory,
    ) -> Self {
        let landmarks = Landmarks::new(line, (first, past), vocabulary, frame);
        Self { line, first, past, vocabulary, frame, dates, memory, landmarks }
    }

    /// Whether a parameter has a trait of [`traits`].
    pub fn has(&self, param: u8, bit: u8) -> bool {
        self.frame.traits.get(usize::from(param)).is_some_and(|t| t & bit != 0)
    }
    /// Every value of a parameter that can start at an item. `marked`: something introduced it, so free text may run on.
    pub fn values(&self, index: u8, param: &Parameter, at: usize, marked: bool, out: &mut Vec<Span>) {
        if at >= self.past {
            return;
        }
        if !param.values.is_empty() {
            return self.allowed(index, param, at, out);
        }
        match &param.kind {
            Kind::Text | Kind::Id | Kind::Timezone | Kind::Entity(_) => self.text(index, param, at, out),
            Kind::FreeText => self.prose(index, param, at, marked, out),
            Kind::Integer | Kind::Number | Kind::Money => self.number(param, at, out),
            Kind::Boolean => self.boolean(at, out),
            Kind::Date | Kind::DateTime => self.date(param, at, out),
            Kind::Duration => self.minutes(at, out),
            Kind::Email => self.typed(param, at, out, |k| matches!(k, ItemKind::Email)),
            Kind::Phone => self.typed(param, at, out, |k| matches!(k, ItemKind::Phone | ItemKind::Number { .. })),
            Kind::Url => self.typed(param, at, out, |k| matches!(k, ItemKind::Url | ItemKind::Code)),
            Kind::Object | Kind::Any => self.any(at, out),
        }
    }

    fn kind(&self, at: usize) -> &ItemKind {
        &self.line.utterance.items[at].kind
    }

    fn is(&self, at: usize, set: WordSet) -> bool {
        self.line.is(at, set)
    }

    fn allowed(&self, index: u8, param: &Parameter, at: usize, out: &mut Vec<Span>) {
        let mut end = at;
        let mut several = Vec::new();
        while let Some((value, len)) = self.allowed_here(index, param, end) {
            several.push(value);
            end += len;
            let found = if param.many { Found::AllowedMany(several.clone()) } else { Found::Allowed(value) };
            out.push((end, score::ENUM, found));
            if !param.many {
                return;
            }
            while end < self.past && self.separates(end) {
                end += 1;
            }
        }
        if !several.is_empty() {
            return;
        }
        if matches!(param.kind, Kind::Integer | Kind::Number) {
            self.number(param, at, out);
        } else if let ItemKind::Quoted { .. } = self.kind(at) {
            let folded = &self.line.utterance.items[at].folded;
            let same = |v: &crate::catalog::EnumValue| v.say.iter().any(|s| s == folded);
            if let Some(value) = param.values.iter().position(same).and_then(|v| u8::try_from(v).ok()) {
                out.push((at + 1, score::ENUM, Found::Allowed(value)));
            }
        }
    }

    fn allowed_here(&self, index: u8, param: &Parameter, at: usize) -> Option<(u8, usize)> {
        if at >= self.past {
            return None;
        }
        let fits = |m: &&super::annotate::Match| at + usize::from(m.len) <= self.past;
        self.line.matches[at].iter().rev().filter(fits).find_map(|m| {
            self.frame.roles(m.term).find_map(|role| match role {
                Role::Value(p, v) if p == index => {
                    let value = &param.values[usize::from(v)];
                    self.spelled(value, at).then_some((v, usize::from(m.len)))
                }
                _ => None,
            })
        })
    }

    /// Codes of two letters are words too ("in", "is"): they must be typed as they are spelled.
    fn spelled(&self, value: &crate::catalog::EnumValue, at: usize) -> bool {
        match &value.value {
            crate::catalog::Literal::Text(code) if code.len() <= 2 && code.chars().all(char::is_uppercase) => {
                let item = &self.line.utterance.items[at];
                item.folded.len() > 2 || self.line.utterance.text.get(item.start..item.end) == Some(code)
            }
            _ => true,
        }
    }

    fn separates(&self, at: usize) -> bool {
        matches!(self.kind(at), ItemKind::Comma | ItemKind::Ampersand) || self.is(at, WordSet::Conjunction)
    }

    fn text(&self, index: u8, param: &Parameter, at: usize, out: &mut Vec<Span>) {
        let entity = matches!(param.kind, Kind::Entity(_));
        if entity && self.pronoun(index, at) {
            out.push((at + 1, 3, Found::Pronoun(at)));
        }
        if self.unfit_start(at) {
            return;
        }
        let mut sum = 0;
        let mut separated = false;
        for end in at..self.past.min(at + LONGEST) {
            let kind = self.kind(end);
            if param.many && end > at && self.separates(end) {
                separated = true;
                continue;
            }
            let lone = Self::lone(kind, entity);
            if let Some(points) = lone {
                if end > at && !separated && !param.many {
                    return;
                }
                sum += points;
                out.push((end + 1, sum, found(param, at, end + 1)));
                if param.many {
                    separated = false;
                    continue;
                }
                return;
            }
            if end > at && matches!(kind, ItemKind::Quoted { .. } | ItemKind::Email | ItemKind::Url) {
                return;
            }
            if self.is(end, WordSet::Negation) && !self.name(end) || self.joins_codes(end) {
                return;
            }
            if param.many && end > at && self.is(end, WordSet::Preposition) && !self.name(end) {
                return;
            }
            if !param.many && end > at && self.has(index, traits::PERSON) && self.is(end, WordSet::Conjunction) {
                return;
            }
            sum += if param.many { self.line.costs[end] / 2 } else { self.line.costs[end] };
            sum += self.changes_case(at, end);
            if sum < -34 {
                return;
            }
            let whole = end == at && self.is(at, WordSet::All) && !super::annotate::is_name(self.line.utterance, at);
            if !self.unfit_end(end) && !whole && !self.splits_noun(at, end + 1) {
                let cut = self.splits_name(end + 1);
                out.push((end + 1, sum + cut, found(param, at, end + 1)));
            }
            separated = false;
        }
    }

    fn name(&self, at: usize) -> bool {
        super::annotate::is_name(self.line.utterance, at)
    }

    /// A name is capitalised throughout or not at all, small words that join its parts aside.
    fn changes_case(&self, first: usize, at: usize) -> i32 {
        let small = |i: usize| self.line.utterance.items[i].folded.len() <= 3;
        let plain = |i: usize| matches!(self.kind(i), ItemKind::Word) && !small(i);
        let changes = at > first && plain(at) && plain(at - 1) && self.name(at) != self.name(at - 1);
        if changes { score::CASE } else { 0 }
    }

    /// Whether a value would end inside a longer noun: after "shipping" of "a shipping zone".
    fn splits_noun(&self, at: usize, past: usize) -> bool {
        let noun =
            |m: &super::annotate::Match| self.vocabulary.senses(m.term).iter().any(|s| matches!(s, Sense::Noun { .. }));
        let beyond = |i: usize, m: &super::annotate::Match| (past + 1..=self.past).contains(&(i + usize::from(m.len)));
        (at..past).any(|i| !self.name(i) && self.line.matches[i].iter().any(|m| beyond(i, m) && noun(m)))
    }

    /// Ending a name between two capitalised words costs.
    fn splits_name(&self, at: usize) -> i32 {
        let name = |i: usize| self.name(i);
        let inside = at < self.past && name(at) && at > self.first && name(at - 1);
        if inside && self.line.utterance.items[at].kind == ItemKind::Word { score::SPLIT_NAME } else { 0 }
    }

    /// Points of an item that is a whole value by itself.
    fn lone(kind: &ItemKind, entity: bool) -> Option<i32> {
        match kind {
            ItemKind::Quoted { .. } if entity => Some(1),
            ItemKind::Quoted { .. } => Some(5),
            ItemKind::Email | ItemKind::Phone if entity => Some(4),
            ItemKind::Email | ItemKind::Phone => Some(-6),
            ItemKind::Url => Some(if entity { -25 } else { -3 }),
            ItemKind::Money { .. } | ItemKind::IsoDate | ItemKind::Time | ItemKind::Percent { .. } => Some(-25),
            _ => None,
        }
    }

    fn unfit_start(&self, at: usize) -> bool {
        use ItemKind::{Arrow, Colon, Comma, Dash, Equals, Json, KeyValue, Possessive, Question, Semicolon, Stop};
        matches!(
            self.kind(at),
            Comma | Colon | Semicolon | Dash | Equals | Arrow | Stop | Question | Possessive | Json | KeyValue { .. }
        ) || self.joins(at) && !super::annotate::is_name(self.line.utterance, at)
    }

    /// A conjunction between two codes joins two records, never the parts of one name.
    fn joins_codes(&self, at: usize) -> bool {
        let code = |i: usize| i < self.past && matches!(self.kind(i), ItemKind::Code | ItemKind::Email);
        self.is(at, WordSet::Conjunction) && at > self.first && code(at - 1) && code(at + 1)
    }

    /// A word that only joins what is around it: no name begins with it.
    fn joins(&self, at: usize) -> bool {
        let alone = |set| self.is(at, set);
        alone(WordSet::Conjunction)
            || alone(WordSet::Preposition) && !self.line.matches[at].iter().any(|m| m.len > 1)
            || alone(WordSet::Tail)
    }

    fn unfit_end(&self, at: usize) -> bool {
        let name = super::annotate::is_name(self.line.utterance, at);
        self.unfit_start(at)
            || !name
                && (self.is(at, WordSet::Preposition) || self.is(at, WordSet::Determiner))
                && self.line.costs[at] < -4
    }

    fn pronoun(&self, index: u8, at: usize) -> bool {
        self.is(at, if self.has(index, traits::PERSON) { WordSet::Person } else { WordSet::Thing })
    }

    fn prose(&self, index: u8, param: &Parameter, at: usize, marked: bool, out: &mut Vec<Span>) {
        if matches!(self.kind(at), ItemKind::Colon | ItemKind::Dash | ItemKind::Comma | ItemKind::Arrow) {
            return;
        }
        if let ItemKind::Quoted { .. } = self.kind(at) {
            out.push((at + 1, 5, Found::Span(at, at + 1)));
            return;
        }
        if marked {
            let late = (at + 1..self.past.min(at + 5)).any(|i| matches!(self.kind(i), ItemKind::Colon));
            out.push((self.past, if late { -6 } else { 3 }, Found::Tail(at)));
        }
        if param.many {
            return self.text(index, param, at, out);
        }
        let mut sum = 0;
        for end in at..self.past {
            sum += self.line.costs[end] / 2;
            if sum < -30 || matches!(self.kind(end), ItemKind::Quoted { .. }) {
                return;
            }
            if !self.unfit_end(end) && marked {
                let cut = if self.pauses(end + 1) { -1 } else { -7 };
                out.push((end + 1, sum + cut, Found::Span(at, end + 1)));
            }
        }
    }

    /// Whether something that ends a phrase stands at an item: a mark, or the end.
    fn pauses(&self, at: usize) -> bool {
        use ItemKind::{Comma, Semicolon, Stop};
        at >= self.past
            || matches!(self.kind(at), Comma | Semicolon | Stop)
            || self.is(at, WordSet::Conjunction)
            || self.is(at, WordSet::Preposition)
    }

    fn number(&self, param: &Parameter, at: usize, out: &mut Vec<Span>) {
        let money = param.kind == Kind::Money;
        let points = match self.kind(at) {
            ItemKind::Number { .. } => score::TYPED - 2,
            ItemKind::Money { .. } if money => score::TYPED + 2,
            ItemKind::Money { .. } | ItemKind::Percent { .. } => score::TYPED - 3,
            ItemKind::Quoted { .. } => -4,
            ItemKind::Word if crate::language::number_word(&self.line.utterance.items[at].folded).is_some() => 2,
            _ => {
                if param.unit.is_some() {
                    self.minutes(at, out);
                }
                return;
            }
        };
        out.push((at + 1, points, Found::Span(at, at + 1)));
        if param.unit.is_some() {
            self.minutes(at, out);
        }
    }

    fn boolean(&self, at: usize, out: &mut Vec<Span>) {
        for m in &self.line.matches[at] {
            let end = at + usize::from(m.len);
            for sense in self.vocabulary.senses(m.term) {
                match sense {
                    Sense::Set(WordSet::True) if end <= self.past => out.push((end, 6, Found::Boolean(true))),
                    Sense::Set(WordSet::False) if end <= self.past => out.push((end, 6, Found::Boolean(false))),
                    _ => {}
                }
            }
        }
    }

    fn date(&self, param: &Parameter, at: usize, out: &mut Vec<Span>) {
        let starts = |d: &&(usize, &DateMatch)| d.1.first == at && d.1.last < self.past;
        for (index, date) in self.dates.iter().enumerate().filter(|d| starts(&d)) {
            let fits = match date.ahead {
                When::Minutes(_) => false,
                When::Day(_) | When::Moment(_) => true,
                When::Days(..) | When::Span(..) | When::From(_) | When::Until(_) => param.range_end.is_some(),
            };
            if fits {
                let length = i32::try_from(date.last - date.first).unwrap_or(0);
                let within = |d: &DateMatch| {
                    d.first <= date.first && d.last >= date.last && d.last - d.first > date.last - date.first
                };
                let cut = if self.dates.iter().any(within) { score::PART_OF_DATE } else { 0 };
                let idle = if self.is(at, WordSet::Filler) && length == 0 { score::IDLE_DATE } else { 0 };
                out.push((date.last + 1, score::TYPED + length + cut + idle, Found::Date(index)));
            }
        }
    }

    fn minutes(&self, at: usize, out: &mut Vec<Span>) {
        for (index, date) in self.dates.iter().enumerate().filter(|(_, d)| d.first == at && d.last < self.past) {
            if matches!(date.ahead, When::Minutes(_)) {
                out.push((date.last + 1, score::TYPED + 2, Found::Date(index)));
            }
        }
    }

    fn typed(&self, param: &Parameter, at: usize, out: &mut Vec<Span>, fits: impl Fn(&ItemKind) -> bool) {
        if !fits(self.kind(at)) && !matches!(self.kind(at), ItemKind::Quoted { .. }) {
            return;
        }
        let mut end = at + 1;
        out.push((end, score::TYPED, found(param, at, end)));
        while param.many && end + 1 < self.past && self.separates(end) && fits(self.kind(end + 1)) {
            end += 2;
            out.push((end, score::TYPED, found(param, at, end)));
        }
    }

    fn any(&self, at: usize, out: &mut Vec<Span>) {
        if matches!(self.kind(at), ItemKind::Json) {
            out.push((at + 1, score::TYPED, Found::Span(at, at + 1)));
        }
    }

    /// Whether a stretch is plain words, not a code or a quoted name.
    pub fn wordy(&self, first: usize, past: usize) -> bool {
        (first..past).all(|at| matches!(self.kind(at), ItemKind::Word | ItemKind::Possessive))
    }

    /// Whether an item is an article or possessive, not a word that also does something ("new").
    pub fn article(&self, at: usize) -> bool {
        at < self.past && self.is(at, WordSet::Determiner) && !self.line.is_verb(at)
    }

    /// The noun of a parameter's resource at an item, with its length and whether it is also the object.
    pub fn noun_of(&self, param: u8, at: usize) -> Option<NounHere> {
        self.landmarks.noun_of(param, at)
    }

    /// Whether the noun of a parameter's resource stands anywhere from an item on.
    pub fn noun_ahead(&self, param: u8, at: usize) -> bool {
        self.landmarks.noun_ahead(param, at)
    }

    /// One past the last item of a parameter's name that starts at an item.
    pub fn field_at(&self, at: usize, param: u8) -> Option<usize> {
        self.landmarks.field_at(at, param)
    }

    /// Whether a field was named before an item; the values of a list follow its name at once.
    pub fn named_before(&self, param: u8, at: usize, at_once: bool) -> bool {
        self.landmarks.named_before(param, at, at_once)
    }

    /// Whether a field is named after an item.
    pub fn named_after(&self, param: u8, at: usize) -> bool {
        self.landmarks.named_after(param, at)
    }
}

fn found(param: &Parameter, at: usize, end: usize) -> Found {
    if param.many { Found::Many(at, end) } else { Found::Span(at, end) }
}
