use super::super::annotate::Match;
use super::super::found::Found;
use super::super::score;
use super::{Edge, Edges, Rule, flag};
use crate::catalog::inflect::Form;
use crate::catalog::{Kind, NounRole, Risk, Role, Sense, TurnPlace, WordSet};
use crate::language::{ItemKind, is_given_name};

/// Letters and digits of an id that nobody takes for a name.
pub(super) const LONG_ID: usize = 15;

impl Edges<'_> {
    pub(super) fn verb(&mut self, end: usize, class: u8, weak: bool, form: Form, m: Match) {
        let at = end - usize::from(m.len);
        if self.is_needed(at) || self.orders_more(at, m) || self.stretch.opens_longer_name(at, end) {
            return;
        }
        let Some(weight) = self.frame.verb_weight(class) else {
            // "Delete its notes" deletes nothing else.
            let before = at.checked_sub(1).filter(|before| *before >= self.stretch.first);
            let owned =
                before.is_some_and(|at| self.stretch.is(at, WordSet::Determiner) && !self.stretch.line.is_verb(at));
            let thing = owned && self.stretch.line.is_noun(at);
            // "The recurring task Filter change": what ends a name is a part of it.
            let ends = end == self.stretch.past || matches!(self.stretch.kind(end), ItemKind::Comma | ItemKind::Stop);
            let name =
                ends && before.is_some_and(|at| self.stretch.is_name(at) && *self.stretch.kind(at) == ItemKind::Word);
            if weak && (self.op.reads() || !thing && !name) {
                let opens = self.stretch.line.head == Some(at);
                // "Logs" of "show logs for service api" are what is asked for.
                let things = !opens && self.are_own_things(end, m);
                // "…, so record it" asks for something that this operation does not do.
                let so = before.is_some_and(|before| self.stretch.is(before, WordSet::Sequence));
                let thing = end < self.stretch.past && self.stretch.is(end, WordSet::Thing);
                let done = so && !self.op.reads() && thing;
                let points = match () {
                    () if done => score::UNKNOWN,
                    () if opens || things => score::FOREIGN_VERB,
                    () => score::FOREIGN_VERB / 2,
                };
                self.push(Edge::skip(end, points, Rule::WeakVerbOfAnotherKind), m.repaired);
            }
            return;
        };
        // "Drop the tag" takes it away; a note may be dropped too, and somebody into a list.
        let somewhere = || {
            let lead = |at: usize| self.slots.landmarks().roles_at(at).any(|(role, _)| matches!(role, Role::Lead(_)));
            end < self.stretch.past && self.stretch.indefinite(end) || (end..self.stretch.past).any(lead)
        };
        let opposites = self.stretch.vocabulary.opposites.get(usize::from(class)).copied().unwrap_or(0);
        let undoes = |s: &Sense| matches!(s, Sense::Verb { class, weak: false, .. } if opposites >> class & 1 != 0);
        if weak && !self.op.reads() && self.stretch.vocabulary.senses(m.term).iter().any(undoes) && !somewhere() {
            return;
        }
        let idle = self.stretch.only_tells(at)
            || self.is_thing(at, m.len)
            || self.slots.opens_name(at)
            || self.is_new_field(at, end);
        if m.repaired && !self.opens(at) || idle {
            return;
        }
        if !self.ordered(at, form) {
            return self.push(Edge::skip(end, score::OUT_OF_PLACE, Rule::VerbThatOrdersNothing), m.repaired);
        }
        // "Save Ola Nordmann's …": the capital of a line's first word says nothing, unless it is somebody's name.
        let opens = at == 0 && !is_given_name(&self.stretch.line.utterance.items[0].folded);
        let named = if opens { 0 } else { 2 * self.part_of_name(at, end) };
        let mut edge = Edge::skip(end, named, Rule::Verb);
        edge.verb = i32::from(weight) + if weak { score::WEAK_VERB } else { 0 } + i32::from(m.len) - 1;
        edge.flags = flag::VERB;
        self.push(edge, m.repaired);
    }

    /// Whether a word that wishes tells what something else is to have: "the calendar should need two days' notice".
    fn is_needed(&self, at: usize) -> bool {
        let wishes = |at: usize| self.stretch.is(at, WordSet::Licence) && !self.stretch.is(at, WordSet::Link);
        let speaks = |at: usize| self.stretch.is(at, WordSet::Self_) || self.stretch.is(at, WordSet::Person);
        at > self.stretch.first + 1 && wishes(at) && wishes(at - 1) && !(self.stretch.first..at).any(speaks)
    }

    /// Whether a verb behind a conjunction would be a second order, which a write must not pass over: "add tag vip to Jane and
    /// remove lead".
    pub(super) fn orders_more(&self, at: usize, m: Match) -> bool {
        let orders = |s: &Sense| matches!(s, Sense::Verb { weak: false, .. });
        !self.op.reads()
            && at > self.stretch.first
            && self.stretch.is(at - 1, WordSet::Conjunction)
            && self.stretch.line.head.is_some_and(|head| head + 1 < at)
            && self.stretch.vocabulary.senses(m.term).iter().any(orders)
    }

    /// The words of a construction, where they stand as it says.
    pub(super) fn turn(&mut self, at: usize, end: usize, class: u8, place: TurnPlace) {
        let Some(weight) = self.frame.verb_weight(class) else { return };
        let stretch = self.stretch;
        let pronoun = || {
            let joined = *stretch.kind(end) == ItemKind::Possessive;
            joined || stretch.is(end, WordSet::Thing) || stretch.is(end, WordSet::Person)
        };
        // "For Ann Lee there has to be a task": such a turn has a subject of its own.
        let own_subject = || stretch.is(at, WordSet::Filler) && !(stretch.first..at).any(|at| stretch.line.is_verb(at));
        let fits = match place {
            TurnPlace::Opens => {
                (stretch.idle(stretch.first, at) || own_subject())
                    && end < stretch.past
                    && !pronoun()
                    && !stretch.is(end, WordSet::Licence)
            }
            TurnPlace::Joins => at > stretch.first && end < stretch.past && !self.inside_turn(at, end),
            TurnPlace::Closes => at > stretch.first && stretch.idle(end, stretch.past),
        };
        if !fits || stretch.only_tells(at) || self.says_done(stretch.first, at) || self.says_done(end, stretch.past) {
            return;
        }
        let mut edge = Edge::skip(stretch.turn_end(at, end), 0, Rule::TurnOfSpeech);
        edge.verb = i32::from(weight);
        edge.flags = flag::VERB;
        self.push(edge, false);
    }

    /// Whether a longer turn of speech ends where one does: "has to be" in "there has to be a task".
    fn inside_turn(&self, at: usize, end: usize) -> bool {
        let stretch = self.stretch;
        let turn = |m: &Match| {
            at - 1 + usize::from(m.len) == end
                && stretch.vocabulary.senses(m.term).iter().any(|sense| matches!(sense, Sense::Turn { .. }))
        };
        stretch.line.matches(at - 1).iter().any(turn)
    }

    /// Whether words around a construction speak of something being done themselves: "we don't need … to be deleted".
    fn says_done(&self, first: usize, past: usize) -> bool {
        let line = self.stretch.line;
        let mut at = first;
        while at < past {
            let alone = !line.is_name(at) && !line.in_noun(at) && !self.stretch.is(at, WordSet::Link);
            match self.stretch.padding(at) {
                0 if line.is_verb(at) && alone => return true,
                len => at += len.max(1),
            }
        }
        false
    }

    /// Whether a verb of that form at an item asks for something to be done. What was done or is being done changes nothing,
    /// unless a word before makes a wish of it: "should be tagged", "needs moving".
    pub(super) fn ordered(&self, at: usize, form: Form) -> bool {
        let stretch = self.stretch;
        // "Has been paused" tells, "has to be paused" asks.
        let tells = |i: usize| stretch.is(i, WordSet::Auxiliary) && !stretch.is(i, WordSet::Licence);
        let wishes = |i: usize| stretch.is(i, WordSet::Licence) && !tells(i + 1);
        form == Form::Base || self.op.reads() || (stretch.first..at).any(wishes)
    }

    /// Whether a word that could ask for something stands behind an article: "the tag vip" tags nothing, and neither does
    /// "the block" block anything.
    pub(super) fn is_thing(&self, at: usize, len: u8) -> bool {
        let stretch = self.stretch;
        let Some(before) = at.checked_sub(1).filter(|before| *before >= stretch.first) else { return false };
        if stretch.line.is_verb(before) {
            return false;
        }
        if stretch.line.is_noun(at) {
            return self.slots.article(before) || stretch.is(before, WordSet::Article);
        }
        len == 1 && !self.op.reads() && stretch.definite(before) && !stretch.is(at, WordSet::Determiner)
    }

    /// Whether a command may begin at an item: at the head of the line or behind what separates two. Only there is a
    /// mistyped word taken for a verb.
    pub(super) fn opens(&self, at: usize) -> bool {
        use ItemKind::{Comma, Semicolon, Stop};
        let separates = |i: usize| {
            matches!(self.stretch.kind(i), Comma | Semicolon | Stop)
                || self.stretch.is(i, WordSet::Conjunction)
                || self.stretch.is(i, WordSet::Filler)
                || self.stretch.is(i, WordSet::Self_)
                || self.stretch.is(i, WordSet::Licence)
        };
        at == self.stretch.first || self.stretch.line.head == Some(at) || separates(at - 1)
    }

    /// Whether a noun rather ends a value than mentions a record: "the tag old customer to Ann Lee".
    fn ends_value(&self, at: usize, end: usize) -> bool {
        let stretch = self.stretch;
        let led = end < stretch.past && stretch.is(end, WordSet::Preposition);
        let before = at.checked_sub(1).filter(|before| *before > stretch.first);
        led && before.is_some_and(|before| {
            let says = |m: &Match| !matches!(stretch.vocabulary.senses(m.term), [Sense::Own]);
            stretch.is_dull(before)
                && stretch.line.in_noun(before - 1)
                && !stretch.line.matches(before).iter().any(says)
        })
    }

    pub(super) fn noun(&mut self, end: usize, noun: u16, plural: bool, m: Match) {
        let frame = self.frame;
        let shadowed = self.shadowed(end, m);
        let longer = (i32::from(m.len) - 1) * score::LONGER + shadowed;
        for role in frame.noun_roles(noun) {
            match role {
                NounRole::Object(rank) => {
                    let at = end - usize::from(m.len);
                    let mut edge = Edge::skip(end, self.part_of_name(at, end), Rule::Object);
                    edge.object = score::OBJECT + longer - 2 * i32::from(rank) + self.unmade(at);
                    edge.flags = flag::OBJECT | if m.repaired && !self.op.reads() { 0 } else { number(plural) };
                    let (object, flags) = (edge.object, edge.flags);
                    self.telling(&edge, m);
                    self.push(edge, m.repaired);
                    if let Some(target) = self.frame.target_of(rank) {
                        self.introduced(
                            end,
                            target,
                            score::TARGET,
                            Rule::ObjectValue,
                            Some((object, flags)),
                            m.repaired,
                        );
                    }
                }
                NounRole::Param(param) if self.is_long_id(end) && self.changed(param) => {
                    let flags = flag::OBJECT | number(plural);
                    let object = Some((score::OBJECT + longer, flags));
                    self.slot(end, param, score::TARGET + 2, Rule::ObjectAndItsId, object, None, m.repaired);
                }
                NounRole::Param(param) => {
                    let first = end - usize::from(m.len);
                    if self.op.reads() || !self.ends_value(first, end) && !self.is_another(first) {
                        self.push(Edge::skip(end, score::MENTION, Rule::MentionedRecord), m.repaired);
                    }
                    let object = longer / 2;
                    self.introduced(end, param, score::NOUN_VALUE + object, Rule::NounAndName, None, m.repaired);
                }
            }
        }
    }

    /// What an object costs that is still to be made, where an operation destroys or changes one: "take down a new customer",
    /// "make a calendar Facials, the slug should be facials".
    fn unmade(&self, at: usize) -> i32 {
        let stretch = self.stretch;
        let before = |fits: &dyn Fn(usize) -> bool| at > stretch.first && fits(at - 1);
        let fresh = before(&|at| stretch.is(at, WordSet::Determiner) && stretch.line.is_verb(at));
        match self.op.risk {
            Risk::Destroy if fresh => 2 * score::OUT_OF_PLACE,
            risk if risk != Risk::Read && self.is_another(at) => score::OUT_OF_PLACE,
            _ if self.closing.turns() && before(&|at| stretch.indefinite(at)) => score::ANY_CHANGED,
            _ => 0,
        }
    }

    /// Whether what begins at an item is joined to what stands before it: "… and a new client" is more than a mention.
    fn is_another(&self, at: usize) -> bool {
        let stretch = self.stretch;
        let before = (stretch.first..at).rev().find(|at| !stretch.is(*at, WordSet::Determiner));
        before.is_some_and(|at| stretch.is(at, WordSet::Conjunction))
    }

    /// Whether "new" at an item is said of a field: "new phone number for the contact Ann Lee" makes no contact.
    fn is_new_field(&self, at: usize, end: usize) -> bool {
        let stretch = self.stretch;
        let binds =
            |at: usize| at < stretch.past && stretch.is(at, WordSet::Preposition) && stretch.is(at, WordSet::Binder);
        let mut fields = self.slots.landmarks().roles_at(end);
        stretch.is(at, WordSet::Determiner) && fields.any(|(role, past)| matches!(role, Role::Field(_)) && binds(past))
    }

    /// Whether a word is the plural of things that the operation's own service has.
    fn are_own_things(&self, end: usize, m: Match) -> bool {
        let stretch = self.stretch;
        let own =
            |noun: u16| stretch.vocabulary.nouns.get(usize::from(noun)).is_some_and(|n| n.service == self.op.service);
        let at = end - usize::from(m.len);
        stretch.nouns.iter().any(|noun| noun.at == at && noun.end == end && noun.plural && own(noun.id))
    }

    /// Whether a parameter is the record that an operation changes where it is given, and makes where it is not.
    fn changed(&self, param: u8) -> bool {
        let declared = &self.op.params[usize::from(param)];
        let own = matches!(&declared.kind, Kind::Entity(r) if self.op.objects.first() == Some(r));
        own && !declared.many && !self.op.reads() && self.frame.target != Some(param)
    }

    /// Whether an id that is too long to be a name stands at an item.
    fn is_long_id(&self, at: usize) -> bool {
        let code = |at: usize| matches!(self.stretch.kind(at), ItemKind::Code | ItemKind::Number { .. });
        let text = |at: usize| self.stretch.line.utterance.items[at].folded.as_str();
        at < self.stretch.past
            && code(at)
            && text(at).len() >= LONG_ID
            && text(at).bytes().all(|b| b.is_ascii_alphanumeric())
    }

    pub(super) fn shadow_at(&self, at: usize, end: usize) -> i32 {
        let len = u8::try_from(end - at).unwrap_or(1);
        self.shadowed(end, Match { len, term: 0, repaired: false })
    }

    /// A longer noun that starts at the same item is what was meant, whatever operation it belongs to.
    pub(super) fn shadowed(&self, end: usize, m: Match) -> i32 {
        let at = end - usize::from(m.len);
        if self.stretch.line.longer_noun(at, usize::from(m.len)) { score::SHADOWED } else { 0 }
    }

    /// A noun or verb that is also an allowed value tells it on the way: "send an email", "text Jane".
    pub(super) fn telling(&mut self, edge: &Edge, m: Match) {
        let frame = self.frame;
        for role in frame.roles(m.term) {
            let Role::Value(param, value) = role else { continue };
            if !self.op.params[usize::from(param)].required {
                continue;
            }
            let mut edge = *edge;
            edge.score += score::TELLING;
            self.fill(edge, param, Found::Allowed(value), m.repaired);
        }
    }

    pub(super) fn set(&mut self, at: usize, end: usize, set: WordSet, m: Match) {
        if set == WordSet::Foreign && self.stretch.line.guest {
            return;
        }
        // "The campaign Back to School": a turn that begins with a capital inside a line is a part of a name.
        let turn = matches!(set, WordSet::Preposition | WordSet::Link) && m.len > 1;
        if turn && at > self.stretch.first && self.stretch.is_name(at) {
            return;
        }
        if matches!(set, WordSet::Filler | WordSet::Determiner) && self.stretch.opens_longer_name(at, end) {
            return;
        }
        // "…, so record it": what is to be done to something is no noun.
        let done = end < self.stretch.past && self.stretch.is(end, WordSet::Thing) && self.stretch.line.is_verb(at);
        if set == WordSet::Light && done {
            return;
        }
        if set != WordSet::Preposition && matches!(self.stretch.kind(at), ItemKind::Number { .. }) {
            return;
        }
        let (points, flags, rule) = match set {
            WordSet::Filler => (0, 0, Rule::Filler),
            WordSet::AtOnce if self.op.reads() || self.frame.dates != 0 || !self.ends(end) => return,
            WordSet::AtOnce => (-1, 0, Rule::Filler),
            WordSet::Determiner => (0, 0, Rule::Determiner),
            WordSet::Auxiliary => (-1, 0, Rule::Auxiliary),
            WordSet::Self_ => (-1, 0, Rule::Speaker),
            WordSet::Light if self.stretch.is(at, WordSet::All) => (-2, flag::ALL, Rule::LightNoun),
            WordSet::Light => (-2, 0, Rule::LightNoun),
            WordSet::All => (-1, flag::ALL, Rule::All),
            WordSet::Sequence => (-2, 0, Rule::Sequence),
            // A figure that may be meant as a word is rather one where it is part of a value.
            WordSet::Preposition if matches!(self.stretch.kind(at), ItemKind::Number { .. }) => (-7, 0, Rule::Figure),
            WordSet::Preposition if self.dangles(at, end, m) => (score::OUT_OF_PLACE, 0, Rule::PrepositionWithoutAnEnd),
            WordSet::Preposition => (-4, 0, Rule::LoosePreposition),
            WordSet::Link if self.dangles(at, end, m) => (score::OUT_OF_PLACE, 0, Rule::LinkWithoutAnEnd),
            WordSet::Link => (-3, 0, Rule::LooseLink),
            WordSet::Conjunction => (-6, 0, Rule::LooseConjunction),
            WordSet::Tail => (-12, 0, Rule::LooseMarker),
            WordSet::Foreign => (score::NEGATION, 0, Rule::AnotherProgram),
            WordSet::Subject if !self.op.reads() && self.denies_itself(m) => {
                (score::NEGATION, flag::NEGATED, Rule::Nobody)
            }
            WordSet::Subject => (-6, 0, Rule::Subject),
            WordSet::Licence => (-2, 0, Rule::Wish),
            WordSet::True
            | WordSet::False
            | WordSet::Aside
            | WordSet::Article
            | WordSet::Binder
            | WordSet::Denial
            | WordSet::Unmet
            | WordSet::Told
            | WordSet::Times
            | WordSet::Apiece
            | WordSet::Priced
            | WordSet::Quantity => return,
            WordSet::Person | WordSet::Thing => (-9, 0, Rule::LoosePronoun),
            WordSet::Question => return self.question(at, end),
            WordSet::Negation => {
                let mut edge = Edge::skip(end, score::NEGATION, Rule::Negation);
                edge.flags = flag::NEGATED;
                return self.push(edge, false);
            }
        };
        let named = self.part_of_name(at, end).min(self.joined_name(at, end));
        let mut edge = Edge::skip(end, points + named, rule);
        edge.flags = flags;
        self.push(edge, m.repaired);
        match set {
            WordSet::Preposition | WordSet::Link => self.weak_leads(end),
            WordSet::Tail => self.tails(end),
            _ => {}
        }
    }

    /// Whether nothing stands at an item, or a mark that ends a clause.
    fn ends(&self, at: usize) -> bool {
        use ItemKind::{Comma, Semicolon, Stop};
        at >= self.stretch.past || matches!(self.stretch.kind(at), Comma | Semicolon | Stop)
    }

    /// Whether an order ends in a word that needs something behind it.
    fn dangles(&self, at: usize, end: usize, m: Match) -> bool {
        let idle = |s: &Sense| {
            !matches!(
                s,
                Sense::Set(WordSet::Preposition | WordSet::Link | WordSet::Binder | WordSet::Licence) | Sense::Own
            )
        };
        end == self.stretch.past
            && end == at + 1
            && !self.op.reads()
            && !self.stretch.particle(at)
            && !self.stretch.vocabulary.senses(m.term).iter().any(idle)
    }

    /// Whether a word of who does something denies that anybody does: "nobody should delete it".
    fn denies_itself(&self, m: Match) -> bool {
        self.stretch.vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Denial))
    }

    /// A capitalised word beside another one is rather a part of a name than padding.
    pub(super) fn part_of_name(&self, at: usize, end: usize) -> i32 {
        let name = |i: usize| i < self.stretch.past && self.stretch.is_name(i);
        let beside = at > self.stretch.first && (name(at - 1) || self.tells_text(at - 1)) || name(end);
        if end == at + 1 && name(at) && beside { score::SPLIT_NAME } else { 0 }
    }

    /// Whether a word by itself leads to a text: "subject Next steps".
    fn tells_text(&self, at: usize) -> bool {
        let frame = self.frame;
        let text = |param: u8| matches!(self.op.params[usize::from(param)].kind, Kind::Text | Kind::FreeText);
        let leads = |m: &Match| {
            let mut roles = frame.roles(m.term);
            m.len == 1 && roles.any(|role| matches!(role, Role::Field(param) | Role::Lead(param) if text(param)))
        };
        self.stretch.line.matches(at).iter().any(leads)
    }

    /// The same for a capitalised word that a small one joins to a name: "Books for All".
    fn joined_name(&self, at: usize, end: usize) -> i32 {
        let name = |i: usize| self.stretch.is_name(i);
        let joined = end == at + 1
            && at >= self.stretch.first + 2
            && name(at)
            && name(at - 2)
            && !name(at - 1)
            && self.stretch.is(at - 1, WordSet::Preposition);
        if joined { score::SPLIT_NAME } else { 0 }
    }

    pub(super) fn question(&mut self, at: usize, end: usize) {
        let mut edge = Edge::skip(end, 0, Rule::Question);
        if self.stretch.asks_at(at) {
            edge.flags = flag::QUESTION;
            if !self.op.reads() {
                edge.score = score::QUESTION_WRITE;
            }
        } else {
            let ends = end == self.stretch.past && end > at;
            edge.score = if ends { score::OUT_OF_PLACE } else { -3 };
        }
        self.push(edge, false);
    }
}

pub(super) fn number(plural: bool) -> u32 {
    if plural { flag::PLURAL } else { flag::SINGULAR }
}
