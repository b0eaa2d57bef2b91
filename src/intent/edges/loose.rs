use super::super::found::{Filled, Found, Span, item};
use super::super::score;
use super::super::stretch::Noun;
use super::{Edge, Edges, Rule, flag};
use crate::catalog::{Kind, NounRole, Parameter, Place, Role, WordSet, traits};
use crate::language::ItemKind;

/// Words of a name behind a mark.
const LONGEST_NAME: usize = 5;

impl<'a> Edges<'a> {
    pub(super) fn weak_leads(&mut self, end: usize) {
        // "A campaign group named Q1 Recruiters" is of no date.
        let named = end > self.stretch.first && self.names(end - 1);
        let dates = if self.stretch.dates.is_empty() || named { 0 } else { self.frame.dates };
        // "A site in team acme named docs": what something new is named is no other record.
        let guest = self.stretch.line.guest && !self.op.reads();
        let names = guest && named;
        for index in params(self.frame.open | dates) {
            let record = matches!(self.op.params[usize::from(index)].kind, Kind::Entity(_) | Kind::Id);
            if names && record && self.frame.target != Some(index) {
                continue;
            }
            self.introduced(end, index, score::WEAK_LEAD, Rule::PrepositionAndValue, None, false);
        }
    }

    /// The parameter that a text behind a mark is meant for.
    fn main_text(&self) -> Option<(u8, &'a Parameter)> {
        let prose = |p: &Parameter| {
            let text = p.kind == Kind::FreeText || p.kind == Kind::Text && p.required && p.bare;
            text && !p.many && p.values.is_empty() && !p.name.contains('.')
        };
        let rank = |p: &Parameter| (p.required || p.needed, p.kind == Kind::FreeText, p.bare);
        let all = (0..128u8).zip(&self.op.params);
        all.filter(|(_, p)| prose(p)).max_by_key(|(_, p)| rank(p))
    }

    /// The one text that an operation cannot do without: what a record is to be called, where nothing else of it changes.
    fn only_text(&self) -> Option<u8> {
        let text = |p: &Parameter| p.kind == Kind::Text && p.required && !p.many && p.values.is_empty();
        let mut texts = (0..128u8).zip(&self.op.params).filter(|(_, p)| text(p) && p.place == Place::Body);
        let (only, _) = texts.next()?;
        texts.next().is_none().then_some(only)
    }

    /// "New calendar group: Tutors": a name behind a mark is that of what is made, though there is a text to write too.
    fn name_behind(&mut self, at: usize) {
        let named = |p: &Parameter| p.kind == Kind::Text && p.required && p.bare && !p.many && p.values.is_empty();
        let Some((param, _)) = (0..128u8).zip(&self.op.params).find(|(_, p)| named(p)) else { return };
        let quoted = |at: usize| matches!(self.stretch.kind(at), ItemKind::Quoted { .. });
        let part = |at: usize| *self.stretch.kind(at) == ItemKind::Word && self.stretch.is_name(at);
        let past = if at < self.stretch.past && quoted(at) {
            at + 1
        } else {
            (at..self.stretch.past).find(|at| !part(*at)).unwrap_or(self.stretch.past)
        };
        let ends = past == self.stretch.past || matches!(self.stretch.kind(past), ItemKind::Comma | ItemKind::Dash);
        if past > at && past - at <= LONGEST_NAME && ends {
            let edge = Edge::skip(past, score::TAIL + 6, Rule::FreeText);
            self.fill(edge, param, Found::Span(item(at), item(past)), false);
        }
    }

    /// "custom field shoe size -> boot size": all that follows an arrow is what the record is to become.
    pub(super) fn turned(&mut self, at: usize) {
        let text = self.main_text().map(|(param, _)| param).or_else(|| self.only_text());
        let Some(param) = text.filter(|_| at < self.stretch.past) else { return };
        let mut edge = Edge::skip(self.stretch.past, score::ARROW, Rule::ArrowAndText);
        edge.flags = flag::MARK | flag::VERB | flag::HINT;
        self.fill(edge, param, Found::Tail(item(at), item(self.stretch.past)), false);
    }

    pub(super) fn tails(&mut self, end: usize) {
        let Some((param, main)) = self.main_text() else { return };
        let at = self.past_links(end, false);
        if main.kind != Kind::FreeText && self.items(at) {
            return;
        }
        if main.kind == Kind::FreeText {
            self.name_behind(at);
            let named = self.begins_field(at, param) || self.begins_own(at, param);
            let points = if named { score::TAIL - score::FIELD } else { score::TAIL };
            self.slot(at, param, points, Rule::FreeText, None, None, false);
        } else if at < self.stretch.past {
            // "New business: Perrin Logistics, info@perrin.com": no name holds an address.
            let address =
                |at: usize| matches!(self.stretch.kind(at), ItemKind::Email | ItemKind::Phone | ItemKind::Url);
            if !(at + 1..self.stretch.past).any(address) {
                let edge = Edge::skip(self.stretch.past, score::TAIL + 3, Rule::FreeText);
                self.fill(edge, param, Found::Tail(item(at), item(self.stretch.past)), false);
            }
            // "New task ann - send quote - fri noon": a dash ends what began behind a dash, and a comma what a field follows.
            let dash = |at: usize| *self.stretch.kind(at) == ItemKind::Dash;
            let dashed = at > 0 && dash(at - 1);
            let field = |at: usize| {
                let other = |role| matches!(role, Role::Field(p) | Role::Lead(p) if p != param);
                *self.stretch.kind(at) == ItemKind::Comma
                    && (self.slots.landmarks().roles_at(at + 1).any(|(role, _)| other(role))
                        || self.stretch.dates_at(at + 1).next().is_some())
            };
            let taken = |at: usize| self.op.params.iter().any(|param| self.typed_here(param, at));
            let typed = |at: usize| *self.stretch.kind(at) == ItemKind::Comma && taken(at + 1);
            let named = self.slots.landmarks().roles_at(at).any(|(role, _)| matches!(role, Role::Field(_)));
            // "New zone: Benelux - belgium": what some field takes is no part of the name before the dash.
            let known = |at: usize| {
                let value = |role| matches!(role, Role::Value(..) | Role::Field(_));
                self.slots.landmarks().roles_at(at).any(|(role, _)| value(role))
            };
            // "Café Lumière, make it the default"
            let told = |at: usize| {
                let comma = *self.stretch.kind(at) == ItemKind::Comma && at + 2 < self.stretch.past;
                comma && self.stretch.line.is_verb(at + 1) && self.stretch.is(at + 2, WordSet::Thing)
            };
            let ends = |past: &usize| {
                told(*past)
                    || dash(*past) && (dashed || known(*past + 1))
                    || !named && *past + 1 < self.stretch.past && (field(*past) || typed(*past))
            };
            for past in (at + 1..self.stretch.past).filter(ends).collect::<Vec<_>>() {
                let edge = Edge::skip(past, score::TAIL + 3, Rule::FreeText);
                self.fill(edge, param, Found::Span(item(at), item(past)), false);
            }
        }
    }

    /// Whether a field is named at an item that the main text is not, with a value behind it that only a field has, or with
    /// more behind a comma.
    fn begins_field(&self, at: usize, main: u8) -> bool {
        use ItemKind::{Comma, Email, Money, Number, Phone, Quoted, Url};
        let other = |(role, end)| if let Role::Field(param) = role { (param != main).then_some(end) } else { None };
        let Some(end) = self.slots.landmarks().roles_at(at).filter_map(other).max() else { return false };
        let typed = |at: usize| {
            matches!(self.stretch.kind(at), Quoted { .. } | Email | Phone | Url | Number { .. } | Money { .. })
        };
        end < self.stretch.past
            && (typed(end)
                || self.stretch.is_name(end)
                || (end..self.stretch.past).any(|at| *self.stretch.kind(at) == Comma))
    }

    /// Whether the main text's own field is named at an item: "…: notes bring your ID". A noun of what the verb acts on is a word
    /// of the text.
    fn begins_own(&self, at: usize, main: u8) -> bool {
        let own = |(role, end)| role == Role::Field(main) && end < self.stretch.past;
        let object = |noun: &Noun| {
            let object = |role| matches!(role, NounRole::Object(_));
            noun.at == at && self.frame.noun_roles(noun.id).any(object)
        };
        self.slots.landmarks().roles_at(at).any(own) && !self.stretch.nouns.iter().any(object)
    }

    /// Priced things behind a mark are no name: "for Ann: 2 x filter at $35". Whether there are any.
    fn items(&mut self, at: usize) -> bool {
        let priced = |p: &Parameter| p.each.as_ref().is_some_and(|each| each.price.is_some());
        let Some((param, declared)) = (0..128u8).zip(&self.op.params).find(|(_, p)| priced(p)) else { return false };
        let found = self.slots.values(param, declared, at, true);
        let any = !found.is_empty();
        if any {
            self.slot(at, param, score::TAIL, Rule::Items, None, None, false);
        }
        any
    }

    /// Values with nothing before them, and values of fields named earlier.
    pub(super) fn loose(&mut self, at: usize) {
        use ItemKind::{Address, Email, Money, Phone, Url};
        let literal = matches!(self.stretch.kind(at), Address | Email | Phone | Money { .. } | Url);
        let typed = if literal { self.frame.typed } else { 0 };
        let dates = if self.stretch.dates.is_empty() { 0 } else { self.frame.bare_dates };
        let (nouns, names) = (self.slots.landmarks().with_noun(), self.slots.landmarks().with_name());
        for index in params(self.frame.bare | dates | self.frame.records & nouns | typed | names) {
            self.loose_value(at, index);
        }
        if self.stretch.is_name(at) {
            if self.stretch.subject() == Some(at) {
                self.subject(at);
                self.who_did_it(at);
            } else if self.whose(at) {
                self.subject(at);
            }
        }
        let whose = self.stretch.is(at, WordSet::Person) && self.stretch.is(at, WordSet::Determiner);
        if whose && self.op.reads() && !self.stretch.memory.is_empty() {
            self.subject(at);
        }
        let points = self.stretch.is(at, WordSet::Thing) || self.stretch.is(at, WordSet::Person);
        if points && self.stretch.is(at, WordSet::Determiner) && !self.stretch.memory.is_empty() {
            self.of_it(at);
        }
        let opens = at == 0 || at == 1 && self.slots.article(0);
        if opens && self.stretch.only_tells(at) {
            self.spoken(at);
        }
        if matches!(self.stretch.kind(at), ItemKind::Json) {
            self.json(at);
        }
        let stretch = self.stretch;
        if let ItemKind::KeyValue { key, .. } = stretch.kind(at) {
            self.keyed(at, key);
        }
    }

    /// Whether a name behind an auxiliary or a verb says whose records a question is about: "which invoices does Hal Stone
    /// have?", "which quotes have we given Ingrid Voss?".
    fn whose(&self, at: usize) -> bool {
        let led = |at: usize| self.stretch.is(at, WordSet::Auxiliary) || self.stretch.line.is_verb(at);
        self.surveys && at > self.stretch.first && !self.stretch.is_name(at - 1) && led(at - 1)
    }

    /// The person that a question speaks of: "did Priya Nair answer?".
    fn subject(&mut self, at: usize) {
        for (param, declared) in (0..128u8).zip(&self.op.params) {
            let person = self.slots.has(param, traits::PERSON) && self.frame.bare & 1 << param == 0;
            if person && !declared.name.contains('.') {
                self.slot(at, param, score::BARE, Rule::SubjectOfTheQuestion, None, None, false);
            }
        }
    }

    /// The record spoken of that something is a part of: "… and change its stage".
    fn of_it(&mut self, at: usize) {
        let Some(target) = self.frame.target else { return };
        let declared = &self.op.params[usize::from(target)];
        let known = |resource: &String| self.stretch.memory.latest(resource).is_some();
        if !declared.many && matches!(&declared.kind, Kind::Entity(resource) if known(resource)) {
            self.slot(at, target, 0, Rule::Pronoun, None, None, false);
        }
    }

    /// The person that a question speaks of, where the operation has no place for one.
    fn who_did_it(&mut self, at: usize) {
        let person = |param: u8| self.slots.has(param, traits::PERSON);
        if self.op.reads() && !(0..128u8).zip(&self.op.params).any(|(param, _)| person(param)) {
            let past = (at..self.stretch.past).find(|at| !self.stretch.is_name(*at)).unwrap_or(self.stretch.past);
            self.push(Edge::skip(past, score::ASIDE_WORD, Rule::WhoDidIt), false);
        }
    }

    /// The record that a clause speaks of which only tells why: "Old Docs is out of date, throw that knowledge base away".
    fn spoken(&mut self, at: usize) {
        let record = |p: &Parameter| matches!(p.kind, Kind::Entity(_));
        let target = self.frame.target.filter(|target| record(&self.op.params[usize::from(*target)]));
        if let Some(target) = target.filter(|target| self.frame.bare & 1 << target == 0) {
            self.slot(at, target, score::BARE, Rule::WhatItIsAbout, None, None, false);
        }
    }

    fn loose_value(&mut self, at: usize, index: u8) {
        let param = &self.op.params[usize::from(index)];
        if self.slots.landmarks().named_before(index, at, param.many) {
            // "… is done, tick it off"
            let behind = at > self.stretch.first && self.stretch.is(at - 1, WordSet::Thing);
            if behind && self.stretch.particle(at) {
                return;
            }
            if self.slots.landmarks().named_after(index, at) {
                self.as_field(at, index);
            }
            let from = self.past_field_links(at);
            self.slot(from, index, score::FIELD_VALUE, Rule::FieldValue, None, Some(index), false);
            if from > at {
                self.slot(at, index, score::FIELD_VALUE - 1, Rule::FieldValue, None, Some(index), false);
            }
            return;
        }
        if param.supplied {
            // "In the Cedar Grove location": what is known already is another only where its noun says so.
            if matches!(param.kind, Kind::Entity(_)) && self.slots.landmarks().noun_ahead(index, at) {
                self.outro_only(at, index);
            }
            return;
        }
        if self.slots.has(index, traits::BARE | traits::ASSUMED | traits::DATED) {
            let expected = self.frame.target == Some(index) || self.slots.has(index, traits::DATED);
            let points = if expected { score::BARE_TARGET } else { score::BARE };
            self.slot(at, index, points, Rule::BareValue, None, None, false);
        } else if matches!(param.kind, Kind::Entity(_)) {
            if !param.name.contains('.') && self.slots.landmarks().noun_ahead(index, at) {
                self.outro_only(at, index);
            }
        } else if self.typed_here(param, at) {
            self.slot(at, index, score::BARE, Rule::TypedValue, None, None, false);
        }
        if self.slots.landmarks().named_after(index, at) {
            self.before_field(at, index);
            self.as_field(at, index);
        }
    }

    /// "Example.com as the website", "make Reception the name of": the value, then the field that it is for. Only what looks
    /// like a value by itself.
    fn as_field(&mut self, at: usize, param: u8) {
        let stretch = self.stretch;
        let declared = &self.op.params[usize::from(param)];
        // "As", and no other word, opens an aside and leads to a value too.
        let leads = |at: usize| at < stretch.past && stretch.is(at, WordSet::Aside) && stretch.is(at, WordSet::Link);
        let binds =
            |at: usize| at < stretch.past && stretch.is(at, WordSet::Preposition) && stretch.is(at, WordSet::Binder);
        if stretch.is_small(at) && declared.values.is_empty() {
            return;
        }
        for number in self.slots.values(param, declared, at, false) {
            let Span { end, points: value, found } = stretch.span(number);
            let led = leads(end);
            let from = end + usize::from(led);
            let from = from + usize::from(self.slots.article(from));
            let Some(after) = self.slots.landmarks().field_at(from, param) else { continue };
            if led || from > end && binds(after) {
                let mut edge = Edge::skip(after, value + score::FIELD, Rule::ValueAsField);
                edge.flags = flag::HINT;
                self.fill(edge, param, found, false);
            }
        }
    }

    /// Whether an item is a literal of just the kind that a parameter takes, or an address whose street it takes.
    fn typed_here(&self, param: &Parameter, at: usize) -> bool {
        match (&param.kind, self.stretch.kind(at)) {
            (_, ItemKind::Address) => !param.rest_of_address.is_empty(),
            (Kind::Email, ItemKind::Email)
            | (Kind::Phone, ItemKind::Phone)
            | (Kind::Money, ItemKind::Money { .. })
            | (Kind::Url, ItemKind::Url) => true,
            _ => false,
        }
    }

    /// The parameter of that name, or of that name as people say it.
    fn param_called(&self, key: &str) -> Option<u8> {
        let by_name = self.op.params.iter().position(|p| p.name.eq_ignore_ascii_case(key));
        by_name.and_then(|p| u8::try_from(p).ok()).filter(|p| *p < 128).or_else(|| {
            let term = self.stretch.vocabulary.lookup(&crate::catalog::inflect::spoken(key))?;
            self.frame.roles(term).find_map(|role| if let Role::Field(param) = role { Some(param) } else { None })
        })
    }

    /// "the Spring Promo campaign" for a record that never stands without its noun.
    pub(super) fn outro_only(&mut self, at: usize, param: u8) {
        let declared = &self.op.params[usize::from(param)];
        for number in self.slots.values(param, declared, at, false) {
            let Span { end, points: value, found } = self.stretch.span(number);
            if self.opens_line(param, at, end) {
                continue;
            }
            if self.slots.noun_of(param, end).is_some() {
                let mut edge = Edge::skip(end, value, Rule::NameAndNoun);
                edge.flags = flag::HINT;
                self.followed(&edge, end, param, found, false);
            } else if matches!(found, Found::Pronoun(_)) {
                self.fill(Edge::skip(end, value, Rule::Pronoun), param, found, false);
            }
        }
    }

    /// "a 7 day trial", "off late fees", "$5k budget", "a sales objective": the value, then its field.
    pub(super) fn before_field(&mut self, at: usize, param: u8) {
        let declared = &self.op.params[usize::from(param)];
        let numeric =
            matches!(declared.kind, Kind::Integer | Kind::Number | Kind::Money | Kind::Boolean | Kind::Duration);
        if !numeric && declared.values.is_empty() || declared.many {
            return;
        }
        for number in self.slots.values(param, declared, at, false) {
            let Span { end, points: value, found } = self.stretch.span(number);
            let counts = end < self.stretch.past && *self.stretch.kind(end) == ItemKind::Unit;
            let unit = if counts { self.unit_beside(end, Some(param)) } else { None };
            let end = end + usize::from(counts);
            // "10 a page" where that is what the field is called, else "10, the limit".
            let field = |end: usize| self.slots.landmarks().field_at(end, param);
            let determined = end < self.stretch.past && self.stretch.is(end, WordSet::Determiner);
            if let Some(after) = field(end).or_else(|| field(end + 1).filter(|_| determined)) {
                let mut edge = Edge::skip(after, value + score::FIELD, Rule::ValueAndField);
                edge.flags = flag::HINT;
                if let Some((param, value)) = unit {
                    edge.params |= 1 << param;
                    edge.more = self.keep([Filled { param, found: Found::Allowed(value) }]);
                }
                self.fill(edge, param, found, false);
            }
        }
    }

    pub(super) fn past_field_links(&self, from: usize) -> usize {
        let mut at = from;
        for _ in 0..3 {
            if at >= self.stretch.past {
                return at;
            }
            let item = self.stretch.kind(at);
            let mark = matches!(item, ItemKind::Colon | ItemKind::Equals | ItemKind::Arrow | ItemKind::Dash);
            let link = self.stretch.is(at, WordSet::Link) && *item == ItemKind::Word;
            if !mark && !link {
                return at;
            }
            at += 1;
        }
        at
    }

    /// A JSON object whose every key is a parameter fills them all: `create contact {"email": "a@b.co"}`.
    pub(super) fn json(&mut self, at: usize) {
        let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(self.stretch.line.utterance.raw(at)) else {
            return;
        };
        let mut edge = Edge::skip(at + 1, score::FIELD + score::FIELD_VALUE, Rule::JsonFields);
        edge.flags = flag::HINT | flag::MARK;
        let mut filled = Vec::new();
        for (nth, key) in fields.keys().enumerate() {
            let Some(param) = self.param_called(key) else { return };
            edge.params |= 1 << param;
            filled.push(Filled { param, found: Found::Json(item(at), item(nth)) });
        }
        if !filled.is_empty() {
            edge.more = self.keep(filled);
            self.push(edge, false);
        }
    }

    pub(super) fn keyed(&mut self, at: usize, key: &str) {
        if let Some(param) = self.param_called(key) {
            let mut edge = Edge::skip(at + 1, score::FIELD + score::FIELD_VALUE, Rule::KeyValue);
            edge.flags = flag::HINT | flag::MARK;
            self.fill(edge, param, Found::Keyed(item(at)), false);
        }
    }
}

/// The parameters whose bits are set, in order.
pub(super) fn params(bits: u128) -> impl Iterator<Item = u8> {
    let mut rest = bits;
    std::iter::from_fn(move || {
        let next = u8::try_from(rest.trailing_zeros()).ok().filter(|_| rest != 0);
        rest &= rest.wrapping_sub(1);
        next
    })
}
