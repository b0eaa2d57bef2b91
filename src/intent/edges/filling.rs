use super::super::found::{Filled, Found, Span, item};
use super::super::score;
use super::super::slots::Slots;
use super::super::stretch::Noun;
use super::super::values::day_ends;
use super::loose::params;
use super::terms::{LONG_ID, number};
use super::{Edge, Edges, Rule, flag};
use crate::catalog::{Kind, Operation, Parameter, Role, WordSet, traits};
use crate::language::{DateMatch, ItemKind, When};

impl Edges<'_> {
    pub(super) fn fill(&mut self, mut edge: Edge, param: u8, found: Found, repaired: bool) {
        edge.params |= bits(self.op, &self.slots, param, found);
        edge.filled = Some(Filled { param, found });
        self.push(edge, repaired);
    }

    /// A value after a lead or a noun: link words and determiners may stand between.
    pub(super) fn introduced(
        &mut self,
        from: usize,
        param: u8,
        points: i32,
        rule: Rule,
        object: Option<(i32, u32)>,
        repaired: bool,
    ) {
        let mut at = self.past_links(from, object.is_some() || rule == Rule::NounAndName);
        if object.is_some() && at == from && self.begins_another(at) {
            return;
        }
        for _ in 0..2 {
            if self.slots.article(at) {
                self.slot(at, param, points, rule, object, None, repaired);
                at += 1;
            }
        }
        self.slot(at, param, points, rule, object, None, repaired);
        if let (None, Some(noun)) = (object, self.slots.noun_of(param, at)) {
            let at = self.past_links(noun.past, true);
            let seen = noun.object.then_some((score::OBJECT, flag::OBJECT | number(noun.plural)));
            self.slot(at, param, points + score::NOUN_VALUE - 2, Rule::LeadNounAndName, seen, None, repaired);
        }
    }

    /// Whether an article opens another phrase, rather than the name of the record whose noun stands before it: "schedule an
    /// oil change".
    fn begins_another(&self, at: usize) -> bool {
        let stretch = self.stretch;
        let named =
            |at: usize| at < stretch.past && (stretch.is_name(at) || !matches!(stretch.kind(at), ItemKind::Word));
        let points = |at: usize| stretch.is(at, WordSet::Article) || self.slots.article(at);
        at < stretch.past && points(at) && !stretch.is_name(at) && !named(at + 1)
    }

    pub(super) fn past_links(&self, from: usize, naming: bool) -> usize {
        let mut at = from;
        for _ in 0..2 {
            if at >= self.stretch.past {
                return at;
            }
            let item = self.stretch.kind(at);
            let mark = matches!(item, ItemKind::Colon | ItemKind::Equals | ItemKind::Arrow | ItemKind::Dash);
            let word = self.stretch.line.utterance.items[at].folded.as_str();
            // "Invoice no 7", and "reason: no longer used".
            let counts = |at: usize| {
                let counted = |kind: &ItemKind| matches!(kind, ItemKind::Code | ItemKind::Number { .. });
                at + 1 < self.stretch.past && counted(self.stretch.kind(at + 1))
            };
            let named = naming && matches!(word, "called" | "named" | "titled" | "id" | "#" | "number")
                || naming && word == "no" && counts(at);
            // "By id, 0f8d2b7e"
            let code = || at + 1 < self.stretch.past && *self.stretch.kind(at + 1) == ItemKind::Code;
            let pause = at > from && naming && *item == ItemKind::Comma && code();
            if !mark && !named && !pause {
                return at;
            }
            at += 1;
        }
        at
    }

    #[expect(clippy::too_many_arguments, reason = "one edge shape with all its variations in one place")]
    pub(super) fn slot(
        &mut self,
        at: usize,
        param: u8,
        points: i32,
        rule: Rule,
        object: Option<(i32, u32)>,
        need: Option<u8>,
        repaired: bool,
    ) {
        let declared = &self.op.params[usize::from(param)];
        let spans = self.slots.values(param, declared, at, points > score::WEAK_LEAD);
        if spans.is_empty()
            || self.slots.is_nobody(self.op, param, declared, at)
            || self.says_nothing(declared, rule, object, at)
            || self.is_any(param, declared, at)
            || rule == Rule::BareValue && self.stretch.is_small(at) && self.slots.landmarks().inside_field(at)
        {
            return;
        }
        let hint = if self.hints(declared) { flag::HINT } else { 0 };
        let beside_noun = rule.beside_noun();
        let alone = object.is_none() && !beside_noun;
        let points = points
            + self.splits_name(declared, at)
            + if alone { self.taken(param, declared, at, need.is_some()) } else { 0 };
        let unnamed = object.is_none() && need.is_none() && !beside_noun && self.slots.has(param, traits::NAMED);
        for number in spans {
            let Span { end, points: value, found } = self.stretch.span(number);
            if self.outlasts(param, found) {
                continue;
            }
            if rule == Rule::FreeText && !self.may_end(end) {
                continue;
            }
            if self.is_not_meant(declared, found, object, (at, end)) {
                continue;
            }
            if alone && !self.op.reads() && self.stands_for_another(param, declared, (at, end), rule) {
                continue;
            }
            if alone && matches!(declared.kind, Kind::Entity(_)) && self.slots.is_time(at, end) {
                continue;
            }
            if alone && (self.is_day(declared, at, end) || self.is_number_of(param, at, end)) {
                continue;
            }
            // "The audience Spring Leads 2026": a number that nothing leads to names no record to change.
            let number = end == at + 1 && matches!(self.stretch.kind(at), ItemKind::Number { .. });
            if number && rule == Rule::BareValue && !self.op.reads() && matches!(declared.kind, Kind::Entity(_)) {
                continue;
            }
            let known = declared.supplied && matches!(declared.kind, Kind::Entity(_)) && rule != Rule::FieldValue;
            if known && alone && self.stretch.is_small(at) {
                continue;
            }
            if declared.kind == Kind::Id && end > at + 1 && self.slots.wordy(at, end) && !self.stretch.is_name(at) {
                continue;
            }
            // "With the code THANKS20": the name of a field is not its value, nor is the rest of a longer one.
            let named = declared.values.is_empty() && self.names_field(param, at, end);
            if named && !self.stretch.is_name(at) || self.is_idle(declared, rule, at, end) {
                continue;
            }
            if self.leads_to_code(declared, at, end) || self.is_when(declared, at, end) {
                continue;
            }
            if rule == Rule::BareValue && self.is_thing_named(declared, at, end) {
                continue;
            }
            if !beside_noun && rule != Rule::ObjectValue && self.is_other(declared, at, end) {
                continue;
            }
            // "Delete the tag vip. Frobnicate it": another sentence names nothing that this one changes.
            let fresh = at > self.stretch.first && *self.stretch.kind(at - 1) == ItemKind::Stop;
            if fresh && rule == Rule::BareValue && !self.op.reads() && !self.stretch.is_name(at) {
                continue;
            }
            if rule == Rule::BareValue && self.names_other(param, end) || self.tells_kind(param, declared, found, end) {
                continue;
            }
            let named = !unnamed || self.slots.noun_of(param, end).is_some() || !self.slots.wordy(at, end);
            let value = value + self.slots.unheard(declared, found) + self.told_in_passing(declared, at, end);
            let bare = || self.unsaid(param, declared, at, end) + self.parts_nouns(declared, at, end);
            let value = value + if rule == Rule::BareValue { bare() } else { 0 };
            let plain = !named && !declared.many && self.stretch.line.is_common(at);
            let value = value
                + if plain {
                    score::NO_THING
                } else if named {
                    0
                } else {
                    score::UNNAMED
                };
            let mut edge = Edge::skip(end, points + value, rule);
            edge.need = need;
            edge.flags = hint;
            if let Some((points, flags)) = object.or_else(|| self.spoken_of(declared, found)) {
                edge.object = points;
                edge.flags |= flags;
            }
            if self.possessive(end) {
                // "Save Ann Lee's phone as …" makes nobody of that name.
                if declared.kind == Kind::Text && !self.op.reads() {
                    edge.score += score::SPLIT_NAME;
                }
                let owned = Edge { to: edge.to + 1, score: edge.score + score::POSSESSIVE, ..edge };
                self.fill(owned, param, found, repaired);
            }
            if object.is_none() {
                self.followed(&edge, end, param, found, repaired);
            }
            self.fill(edge, param, found, repaired);
        }
    }

    /// Whether a name is told by the noun behind it to be that of another record the operation takes: "to the Welcome
    /// workflow".
    fn names_other(&self, param: u8, end: usize) -> bool {
        if !self.stretch.line.is_noun(end) {
            return false;
        }
        let record = |p: &Parameter| matches!(p.kind, Kind::Entity(_)) && !p.name.contains('.');
        let other = |other: u8| {
            other != param
                && self.slots.noun_of(other, end).is_some_and(|n| !n.plural)
                && record(&self.op.params[usize::from(other)])
        };
        self.slots.noun_of(param, end).is_none() && params(self.slots.landmarks().with_noun()).any(other)
    }

    /// Whether plain words before the plural of the one record that is shown say which of them are meant: "the running
    /// containers".
    fn tells_kind(&self, param: u8, declared: &Parameter, found: Found, end: usize) -> bool {
        let Found::Span(first, past) = found else { return false };
        let stretch = self.stretch;
        let plain = |at: usize| stretch.is_small(at) && stretch.line.is_common(at);
        self.op.reads()
            && !declared.many
            && matches!(declared.kind, Kind::Entity(_))
            && self.slots.noun_of(param, end).is_some_and(|noun| noun.plural)
            && (usize::from(first)..usize::from(past)).all(plain)
    }

    /// Whether a text behind a mark may end before an item: it goes on through words that lead to other values elsewhere ("note:
    /// moved to Salem").
    fn may_end(&self, end: usize) -> bool {
        use ItemKind::{Bracket, Comma, Dash, Quoted, Semicolon, Stop};
        end == self.stretch.past
            || matches!(self.stretch.kind(end), Comma | Semicolon | Stop | Dash | Bracket)
            || matches!(self.stretch.kind(end - 1), Quoted { .. } | Comma | Semicolon | Stop)
    }

    /// Whether a plain word of a question would be taken for what to search or for a record: "which blogs do we run?", "how
    /// are our products grouped?". Only a name or what a word leads to is meant so, and no text at all by a clause that only
    /// tells why.
    fn says_nothing(&self, declared: &Parameter, rule: Rule, object: Option<(i32, u32)>, at: usize) -> bool {
        let plural = object.is_some_and(|(_, flags)| flags & flag::PLURAL != 0);
        if self.stretch.only_tells(at) && matches!(declared.kind, Kind::Text | Kind::FreeText) {
            return true;
        }
        let idle = self.stretch.asked || self.stretch.fragment;
        let record = self.op.reads() && matches!(declared.kind, Kind::Entity(_) | Kind::Id) && !declared.many;
        let named = || self.stretch.is_name(at) || rule.beside_noun() || rule == Rule::FieldValue;
        let text = self.stretch.fragment && self.op.reads() && declared.kind == Kind::Text && !declared.many;
        let filler = || declared.kind == Kind::Id && self.stretch.is(at, WordSet::Filler);
        if idle && (record || text) && !named() && !self.led(at) && (self.tells_past(at) || filler()) {
            return true;
        }
        self.stretch.asked
            && self.op.reads()
            && matches!(declared.kind, Kind::Text | Kind::FreeText | Kind::Entity(_))
            && declared.values.is_empty()
            && (rule == Rule::BareValue || rule == Rule::ObjectValue && (plural || matches!(declared.kind, Kind::Text)))
            && self.stretch.is_plain(at)
            && !self.led(at)
    }

    /// Whether a stretch is a field's name, or ends one that began before it: "name" of "the first name".
    fn names_field(&self, param: u8, first: usize, past: usize) -> bool {
        let landmarks = self.slots.landmarks();
        if landmarks.with_name() & 1 << param == 0 {
            return false;
        }
        let from = first.saturating_sub(2).max(self.stretch.first);
        (from..=first).any(|at| landmarks.field_at(at, param) == Some(past))
    }

    /// Whether a filler covers a stretch, or ends it and began before.
    pub(super) fn is_padding(&self, first: usize, past: usize) -> bool {
        let stretch = self.stretch;
        let from = first.saturating_sub(4).max(stretch.first);
        stretch.fills_beyond(first, past) || (from..=first).any(|at| stretch.fills(at, past))
    }

    /// Whether a stretch that nothing calls a name is only padding, or tells what is to be done: "let's add a tag", "set up a
    /// tag please", "I need a tag deleted".
    fn is_idle(&self, declared: &Parameter, rule: Rule, first: usize, past: usize) -> bool {
        let stretch = self.stretch;
        let small = |at: usize| stretch.is_small(at);
        let called = || {
            let naming = |at: usize| stretch.is(at, WordSet::Link) && !stretch.is(at, WordSet::Preposition);
            first > stretch.first && (!small(first - 1) && !stretch.is_name(first - 1) || naming(first - 1))
        };
        let text = matches!(declared.kind, Kind::Text | Kind::FreeText | Kind::Id | Kind::Entity(_));
        if self.op.reads()
            || !text
            || !declared.values.is_empty()
            || matches!(rule, Rule::FieldValue | Rule::FreeText)
            || rule.beside_noun()
        {
            return false;
        }
        let filler = || self.is_padding(first, past);
        let done = || {
            let line = stretch.line;
            let third = line.utterance.items[first].folded.ends_with('s');
            past == first + 1 && !third && line.tells(first)
        };
        (first..past).all(small) && !called() && (filler() || done())
    }

    /// Whether a day would be taken for the name of a record: "see you on Monday". A month may be somebody's name.
    fn is_day(&self, declared: &Parameter, first: usize, past: usize) -> bool {
        let day = |date: &DateMatch| match date.ahead {
            When::Day(_) | When::Moment(_) | When::Span(..) => self.slots.wordy(first, past),
            // "Q3"
            When::Days(..) => past == first + 1 && *self.stretch.kind(first) == ItemKind::Code,
            _ => false,
        };
        let dated = || self.stretch.dates_at(first).any(|(_, date)| date.last + 1 == past && day(date));
        matches!(declared.kind, Kind::Entity(_)) && dated()
    }

    /// Whether the number of some document would be taken for a person: "INV-5510". What stands beside its noun is one, and
    /// so may be an id: `m_1`.
    fn is_number_of(&self, param: u8, first: usize, past: usize) -> bool {
        let code = *self.stretch.kind(first) == ItemKind::Code && past == first + 1;
        let text = self.stretch.line.utterance.items[first].folded.as_str();
        let parts = || {
            text.contains('-') && text.bytes().any(|b| b.is_ascii_digit()) && text.len() < LONG_ID
                || text.rsplit_once('.').is_some_and(|(_, kind)| kind.bytes().all(|b| b.is_ascii_alphabetic()))
        };
        let noun = || first > self.stretch.first && self.slots.landmarks().ends_noun(param, first);
        code && self.slots.has(param, traits::PERSON) && parts() && self.slots.noun_of(param, past).is_none() && !noun()
    }

    /// Whether "a" or "an" stands before a value typed small, or before the noun that leads to it: no record that there
    /// is, and nobody's name.
    fn is_any(&self, param: u8, declared: &Parameter, at: usize) -> bool {
        let stretch = self.stretch;
        let own = || matches!(&declared.kind, Kind::Entity(r) if self.op.objects.first() == Some(r));
        let any = |at: usize| at > stretch.first && stretch.indefinite(at - 1);
        let led = || stretch.nouns.iter().any(|noun| noun.end == at && any(noun.at));
        let begins = || stretch.indefinite(at) || any(at) || led();
        stretch.is_small(at) && (self.slots.has(param, traits::PERSON) || own()) && begins()
    }

    /// Whether what tells a time, typed small, would be the name of what is made: "new leads since Monday".
    fn is_when(&self, declared: &Parameter, first: usize, past: usize) -> bool {
        let whole = |date: &DateMatch| date.last + 1 == past;
        declared.kind == Kind::Text
            && !self.op.reads()
            && self.stretch.is_small(first)
            && self.stretch.dates_at(first).any(|(_, date)| whole(date))
    }

    /// Whether a text of a change would take in what leads to the code of a record: "add a label backend to PROJ-17".
    fn leads_to_code(&self, declared: &Parameter, first: usize, past: usize) -> bool {
        let stretch = self.stretch;
        let leads = |at: usize| {
            self.stretch.is_small(at) && stretch.is(at, WordSet::Preposition) && stretch.is(at, WordSet::Binder)
        };
        let code = |at: usize| *stretch.kind(at) == ItemKind::Code;
        let text = declared.kind == Kind::Text && declared.values.is_empty() && !self.op.reads();
        text && (first + 1..past.saturating_sub(1)).any(|at| leads(at) && code(at + 1))
    }

    /// Whether a noun behind an article would be taken for a text: "build the image with tag latest".
    fn is_thing_named(&self, declared: &Parameter, first: usize, past: usize) -> bool {
        let stretch = self.stretch;
        let article = |at: usize| stretch.is(at, WordSet::Article) && !stretch.is_name(at);
        let noun =
            |at: usize| !stretch.is_name(at) && stretch.nouns.iter().any(|noun| noun.at == at && noun.end == past);
        let behind = first > stretch.first && article(first - 1) && noun(first) || article(first) && noun(first + 1);
        matches!(declared.kind, Kind::Text) && !self.op.reads() && behind
    }

    /// Whether names joined by "and" would be the one record that is to be changed: "pause sub-accounts Old Gym and Slow
    /// Spa".
    pub(super) fn joins_records(&self, found: Found) -> bool {
        let Found::Span(first, past) = found else { return false };
        !self.op.reads() && (usize::from(first)..usize::from(past)).any(|at| self.stretch.separates(at))
    }

    /// Whether a stretch is hardly what a write is about: the record of another kind, a word that opens the line before the
    /// record that it names, what is somebody's, or what is to become of it.
    fn stands_for_another(&self, param: u8, declared: &Parameter, (first, past): (usize, usize), rule: Rule) -> bool {
        let stretch = self.stretch;
        let small = |at: usize| stretch.is_small(at);
        let record = matches!(declared.kind, Kind::Entity(_));
        if !small(first) || declared.many || !declared.values.is_empty() || !record && declared.kind != Kind::Text {
            return false;
        }
        let named = |at: usize| at < stretch.past && (stretch.is_name(at) || *stretch.kind(at) == ItemKind::Code);
        let another = |noun: &&Noun| noun.at == first && noun.end < past && named(noun.end);
        let opens = self.opens_line(param, first, past);
        let before = first.checked_sub(1).filter(|before| *before >= stretch.first);
        let owns = |at: usize| stretch.is(at, WordSet::Determiner) && !stretch.is(at, WordSet::Article);
        let owned = rule == Rule::BareValue && before.is_some_and(|at| owns(at) && !stretch.line.is_verb(at));
        let owned = owned || rule == Rule::BareValue && owns(first) && past > first + 1;
        let common = (first..past).all(|at| stretch.line.is_common(at) || at == first && owns(at));
        let third = stretch.line.utterance.items[first].folded.ends_with('s');
        let done = past == first + 1 && !third && stretch.line.tells(first);
        record && (stretch.nouns.iter().any(|noun| another(&noun)) || opens)
            || owned && common
            || done && self.slots.noun_of(param, past).is_none()
    }

    /// Whether words that open a line stand before the noun of a record that is named behind it: "puaes campaign Summer".
    pub(super) fn opens_line(&self, param: u8, first: usize, past: usize) -> bool {
        let stretch = self.stretch;
        let small = |at: usize| stretch.is_small(at);
        let named = |at: usize| at < stretch.past && (stretch.is_name(at) || *stretch.kind(at) == ItemKind::Code);
        !self.op.reads()
            && first == stretch.first
            && self.slots.noun_of(param, past).is_some_and(|noun| named(noun.past))
            && (first..past).all(small)
    }

    /// What a name costs that stands right behind the noun of another field: "in the workflow Onboarding". A day or an address
    /// belongs to nobody there: "invoices this month".
    fn taken(&self, param: u8, declared: &Parameter, at: usize, named: bool) -> i32 {
        if !matches!(declared.kind, Kind::Text | Kind::FreeText | Kind::Entity(_)) {
            return 0;
        }
        let landmarks = self.slots.landmarks();
        let noun = || self.stretch.nouns.iter().any(|noun| noun.end == at) && !landmarks.ends_field(param, at);
        let other = if named { noun() } else { landmarks.ends_other_noun(param, at) };
        if other && !landmarks.ends_noun(param, at) { score::TAKEN } else { 0 }
    }

    /// What a word of the dictionary costs as a text of a record that is changed, when nothing tells which text it is.
    fn unsaid(&self, param: u8, declared: &Parameter, first: usize, past: usize) -> i32 {
        let known = (first..past).all(|at| self.stretch.line.is_common(at));
        let text = matches!(declared.kind, Kind::Text) && !declared.required && self.frame.target != Some(param);
        if text && known && !self.op.reads() { score::NO_THING } else { 0 }
    }

    /// What it costs that a text would be the name of a thing, with another right behind it: of two nouns the first is what
    /// is meant and the second how it is called, "send location upsell to Nina Adams".
    fn parts_nouns(&self, declared: &Parameter, first: usize, past: usize) -> i32 {
        let line = self.stretch.line;
        let noun = || line.noun_between(first, past - 1, past) && past < self.stretch.past && line.is_noun(past);
        if declared.kind == Kind::Text && noun() { score::SECOND_NOUN } else { 0 }
    }

    /// What it costs that a text would begin in the middle of a name: "text Owen Clarke".
    pub(super) fn splits_name(&self, declared: &Parameter, at: usize) -> i32 {
        let text = matches!(declared.kind, Kind::Text | Kind::FreeText);
        let stretch = self.stretch;
        let name = |at: usize| *stretch.kind(at) == ItemKind::Word && stretch.is_name(at);
        let split = text
            && at > stretch.first
            && name(at)
            && name(at - 1)
            && stretch.line.matches(at - 1).is_empty()
            && (at == stretch.past - 1 || *stretch.kind(at + 1) != ItemKind::Colon);
        if split { 3 * score::SPLIT_NAME } else { 0 }
    }

    /// Whether an item tells what was done: "who sent the first e-mail", "team honoured".
    fn tells_past(&self, at: usize) -> bool {
        let line = self.stretch.line;
        let past = || line.is_common(at) && line.utterance.items[at].folded.ends_with("ed");
        line.tells(at) || past()
    }

    /// What words of the dictionary cost that would be a name or a search text in a line that neither orders nor asks: a
    /// headline, a remark.
    fn told_in_passing(&self, declared: &Parameter, first: usize, past: usize) -> i32 {
        let text = matches!(declared.kind, Kind::Text | Kind::FreeText | Kind::Id | Kind::Entity(_)) && !declared.many;
        if !self.stretch.fragment || !self.op.reads() || !text {
            return 0;
        }
        let plain = (first..past).filter(|at| self.stretch.line.is_common(*at)).count();
        i32::try_from(plain.saturating_sub(1)).unwrap_or(0) * score::IN_PASSING
    }

    /// Whether a preposition that needs something behind it stands before an item: "to do with fishing".
    fn led(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|before| *before >= self.stretch.first);
        before.is_some_and(|at| self.stretch.is(at, WordSet::Preposition) && self.stretch.is(at, WordSet::Binder))
    }

    /// Whether plain words that hold a noun would be taken for the record that is to be changed: "we lost our linkedin
    /// password".
    fn is_other(&self, declared: &Parameter, first: usize, past: usize) -> bool {
        let stretch = self.stretch;
        matches!(declared.kind, Kind::Entity(_))
            && !self.op.reads()
            && !declared.many
            && past > first + 1
            && (first..past).all(|at| stretch.is_plain(at))
            && (first..past).any(|at| stretch.line.is_noun(at))
    }

    /// Whether a list of ids would take in what another field says: "on account bQ9Lm, image https://…".
    fn outlasts(&self, param: u8, found: Found) -> bool {
        let Found::Many(first, past) = found else { return false };
        let other = |at: usize| {
            self.slots.landmarks().roles_at(at).any(|(role, _)| match role {
                Role::Field(p) | Role::Value(p, _) => p != param,
                _ => false,
            })
        };
        let stretch = self.stretch;
        (usize::from(first) + 2..usize::from(past)).any(|at| {
            stretch.separates(at - 1)
                && matches!(stretch.kind(at - 2), ItemKind::Code)
                && stretch.is_plain(at)
                && other(at)
        })
    }

    /// Whether a value tells what is to be done without the object noun: a field's does, the name of some record only when
    /// the object is one that a bare name may mean.
    fn hints(&self, declared: &Parameter) -> bool {
        !matches!(declared.kind, Kind::Entity(_)) || self.closing.assumed
    }

    /// A pronoun for a record that was spoken of stands for the object noun too: "create tag x and add it to Jane"; and for the
    /// word that tells whose things an operation is about: "show order 42 and the notes on it".
    pub(super) fn spoken_of(&self, declared: &Parameter, found: Found) -> Option<(i32, u32)> {
        let (Kind::Entity(resource), Found::Pronoun(at)) = (&declared.kind, found) else { return None };
        let object = self.op.objects.contains(resource);
        let memory = self.stretch.memory;
        let known = memory.latest(resource).is_some();
        // "The reminder 6f1a of the calendar Demo is wrong, delete it": what the clause is about.
        let thing = self.stretch.is(usize::from(at), WordSet::Thing);
        let beside = if thing && memory.is_beside_the_point(resource) { score::BESIDE_THE_POINT } else { 0 };
        let whose = || self.op.reads() && self.op.keys.iter().any(|key| key == resource);
        match (known, object) {
            (true, true) => Some((score::OBJECT - 6 + beside, flag::OBJECT | flag::SINGULAR)),
            (true, false) if whose() => Some((score::KEY, flag::KEY)),
            _ => None,
        }
    }

    /// A value with the noun of its resource behind it: "the Welcome Series workflow".
    pub(super) fn followed(&mut self, edge: &Edge, end: usize, param: u8, found: Found, repaired: bool) {
        let Some(noun) = self.slots.noun_of(param, end) else { return };
        // "The campaign with its ad sets" names none of them, and "its stage" is no stage that was spoken of.
        let whose = self.stretch.is(end - 1, WordSet::Determiner) && self.stretch.is(end - 1, WordSet::Thing);
        if matches!(found, Found::Pronoun(_)) && (noun.plural || whose) {
            return;
        }
        // "Title it First visit": what a word leads to is called so to the end.
        let text = self.op.params[usize::from(param)].kind == Kind::Text;
        if text && !self.op.reads() && edge.rule == Rule::LeadAndValue && self.stretch.is_name(end - 1) {
            return;
        }
        let after = noun.past;
        let mut named = *edge;
        named.to = item(after);
        named.score += score::NOUN_VALUE - if edge.rule == Rule::NounAndName { 12 } else { 0 };
        if self.stretch.is_name(end) && self.stretch.is_name(end - 1) {
            // "Rename the pipeline to Big Deals" is about no deal.
            if noun.plural && !self.op.reads() {
                return;
            }
            // "The store Harbor Shop": what has its noun before it needs none behind it.
            if edge.rule.beside_noun() {
                return;
            }
            named.score += score::SPLIT_NAME;
        }
        if noun.object {
            named.object = score::OBJECT
                + (i32::try_from(after - end).unwrap_or(1) - 1) * score::LONGER
                + self.shadow_at(end, after);
            named.flags |= flag::OBJECT | number(noun.plural);
        }
        if self.possessive(after) {
            named.to += 1;
        }
        self.fill(named, param, found, repaired);
    }

    pub(super) fn possessive(&self, at: usize) -> bool {
        at < self.stretch.past && matches!(self.stretch.kind(at), ItemKind::Possessive)
    }
}

/// The parameters that a value fills, as bits: a range fills its end too, and so does a single day where nothing else in
/// the stretch tells the end.
pub(super) fn bits(op: &Operation, slots: &Slots<'_>, param: u8, found: Found) -> u128 {
    let own = 1u128 << param;
    let Found::Date(index) = found else { return own };
    let declared = &op.params[usize::from(param)];
    let end = declared.range_end.as_ref().and_then(|end| op.params.iter().position(|p| p.name == *end));
    let Some(end) = end.and_then(|end| u8::try_from(end).ok()).filter(|end| *end < 128) else { return own };
    let told = |role: Role| matches!(role, Role::Field(p) | Role::Lead(p) if p == end);
    let both = match slots.stretch.dates[usize::from(index)].ahead {
        When::From(_) | When::Until(_) | When::Minutes(_) => false,
        When::Moment(_) if !op.reads() => false,
        When::Day(_) | When::Moment(_) => day_ends(op, declared) && !slots.landmarks().roles().any(told),
        When::Days(..) | When::Span(..) => true,
    };
    if both { own | 1 << end } else { own }
}
