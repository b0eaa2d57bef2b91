//! Every job a stretch of items can have in one operation, as edges from item to item.

use crate::catalog::{Frame, Kind, Lifecycle, NounRole, Operation, Parameter, Role, Sense, WordSet};
use crate::language::{DateMatch, ItemKind};

use super::annotate::{Match, is_name};
use super::patterns::{PatternMatch, match_patterns};
use super::score;
use super::slots::{Filled, Found, Slots, Span};

/// What was seen on the way through a line, as bits.
pub mod flag {
    /// A verb that asks for the operation.
    pub const VERB: u32 = 1;
    /// The object noun, or something that implies it.
    pub const OBJECT: u32 = 2;
    /// A key word.
    pub const KEY: u32 = 4;
    /// A question.
    pub const QUESTION: u32 = 8;
    /// The object in the plural.
    pub const PLURAL: u32 = 16;
    /// The object in the singular.
    pub const SINGULAR: u32 = 32;
    /// A pattern.
    pub const PATTERN: u32 = 64;
    /// A negation nothing accounts for.
    pub const NEGATED: u32 = 128;
    /// An allowed value, a field, or a name that stands for the object.
    pub const HINT: u32 = 256;
    /// A colon, dash or equals sign outside values.
    pub const MARK: u32 = 512;
    /// A repaired typo in a command word.
    pub const REPAIRED: u32 = 1024;
    /// A record was asked for with "all".
    pub const ALL: u32 = 2048;
    /// A verb only this operation understands: it implies the object.
    pub const OWN: u32 = 4096;
}

/// One job of one stretch of items.
#[derive(Debug, Clone)]
pub struct Edge {
    /// One past its last item.
    pub to: u16,
    /// Points whatever came before.
    pub score: i32,
    /// Points for the verb when none was seen yet.
    pub verb: i32,
    /// Points for the object when none was seen yet.
    pub object: i32,
    /// Parameters it fills, as bits.
    pub params: u128,
    /// Bits of [`flag`] it sets.
    pub flags: u32,
    /// Only after this field was named.
    pub need: Option<u8>,
    /// Names this field.
    pub pends: Option<u8>,
    /// Nothing explains the items.
    pub unknown: bool,
    /// What it fills.
    pub filled: Vec<Filled>,
    /// Name of the rule, for `--explain`.
    pub rule: &'static str,
}

impl Edge {
    fn skip(to: usize, score: i32, rule: &'static str) -> Self {
        Self {
            to: u16::try_from(to).unwrap_or(u16::MAX),
            score,
            verb: 0,
            object: 0,
            params: 0,
            flags: 0,
            need: None,
            pends: None,
            unknown: false,
            filled: Vec::new(),
            rule,
        }
    }
}

/// All edges of a stretch of a line for one operation.
pub struct Edges<'a> {
    op: &'a Operation,
    frame: &'a Frame,
    slots: Slots<'a>,
    edges: Vec<Edge>,
    starts: Vec<u32>,
    question: bool,
}

impl<'a> Edges<'a> {
    /// Finds the edges of the items from `first` to `past`.
    pub fn new(op: &'a Operation, slots: Slots<'a>, patterns: &[u16]) -> Self {
        let frame = slots.frame;
        let (first, past) = (slots.first, slots.past);
        let question = asks(&slots);
        let mut edges = Self { op, frame, slots, edges: Vec::new(), starts: Vec::new(), question };
        let found = match_patterns(op, &edges.slots, patterns);
        for at in first..past {
            edges.starts.push(u32::try_from(edges.edges.len()).unwrap_or(u32::MAX));
            edges.at(at, &found);
        }
        edges.starts.push(u32::try_from(edges.edges.len()).unwrap_or(u32::MAX));
        edges
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.slots.past - self.slots.first
    }

    /// The edges that start at an item, counted from the first of the stretch.
    pub fn from(&self, at: usize) -> impl Iterator<Item = (u32, &Edge)> {
        (self.starts[at]..self.starts[at + 1]).map(|i| (i, &self.edges[i as usize]))
    }

    /// One edge.
    pub fn edge(&self, index: u32) -> &Edge {
        &self.edges[index as usize]
    }

    /// What the operation adds or takes at the end, for all that was seen and not seen.
    pub fn closing(&self, mask: u128, flags: u32, pending: Option<u8>) -> i32 {
        let (op, seen) = (self.op, |bit: u32| flags & bit != 0);
        let mut score = 0;
        if !seen(flag::VERB) {
            score += match (op.reads(), seen(flag::QUESTION) || self.question) {
                (true, true) => score::ASKED,
                (true, false) => score::FRAGMENT,
                (false, _) if seen(flag::MARK) => score::NO_VERB / 2,
                (false, _) => score::NO_VERB * 2,
            };
        }
        if !seen(flag::OBJECT) && !seen(flag::OWN) {
            score += match (seen(flag::HINT), self.assumed_object()) {
                (true, true) => score::ASSUMED,
                (true, false) => score::NO_OBJECT,
                (false, _) => score::NO_HINT,
            };
        }
        if self.frame.keyed && !seen(flag::KEY) && !seen(flag::PATTERN) {
            score += score::KEY_MISSING;
        }
        if pending.is_some() && !op.reads() {
            score += score::FIELD_EMPTY;
        }
        if op.lifecycle == Lifecycle::Deprecated {
            score += score::DEPRECATED;
        }
        score += self.missing(mask);
        let many = op.returns.as_ref().is_some_and(|r| r.many);
        if op.reads() && many && seen(flag::SINGULAR) && !seen(flag::PLURAL) && !self.question {
            score += score::NUMBER;
        }
        if op.reads() && !many && seen(flag::PLURAL) && !seen(flag::SINGULAR) {
            score += score::PLURAL_FOR_ONE;
        }
        if op.risk == crate::catalog::Risk::Write && seen(flag::PLURAL) && !seen(flag::SINGULAR) && !self.takes_many() {
            score += 2 * score::NUMBER;
        }
        score
    }

    /// Whether the object may be several: a list fills its own parameter.
    fn takes_many(&self) -> bool {
        self.frame.target.is_some_and(|t| self.op.params[usize::from(t)].many)
            || self
                .op
                .params
                .iter()
                .any(|p| p.many && matches!(&p.kind, Kind::Entity(r) if self.op.objects.contains(r)))
    }

    /// Whether a name without a noun may mean a record of the operation's object.
    fn assumed_object(&self) -> bool {
        self.op.objects.first().is_some_and(|object| {
            self.slots
                .vocabulary
                .nouns
                .iter()
                .any(|n| n.assumed && n.resource == *object && n.service == self.op.service)
        })
    }

    fn missing(&self, mask: u128) -> i32 {
        let mut score = 0;
        let mut counted = 0;
        for (at, param) in self.op.params.iter().enumerate().take(128) {
            if !param.required || param.supplied || param.default.is_some() || mask & (1 << at) != 0 {
                continue;
            }
            if self.op.fixed.iter().any(|(name, _)| *name == param.name) {
                continue;
            }
            if param.place == crate::catalog::Place::Path {
                score += score::NO_RECORD;
            }
            if counted < 3 {
                score += score::MISSING;
                counted += 1;
            }
        }
        score
    }

    fn push(&mut self, mut edge: Edge, repaired: bool) {
        if repaired {
            edge.score += score::REPAIR;
            edge.flags |= flag::REPAIRED;
        }
        edge.to -= u16::try_from(self.slots.first).unwrap_or(0);
        self.edges.push(edge);
    }

    fn at(&mut self, at: usize, patterns: &[PatternMatch]) {
        for found in patterns.iter().filter(|p| p.first == at) {
            self.pattern(found);
        }
        let matches = self.slots.line.matches[at].clone();
        for m in &matches {
            let end = at + usize::from(m.len);
            if end <= self.slots.past {
                self.term(at, end, *m);
            }
        }
        self.loose(at);
        self.item(at);
    }

    fn term(&mut self, at: usize, end: usize, m: Match) {
        let senses = self.slots.vocabulary.senses(m.term).to_vec();
        for sense in senses {
            match sense {
                Sense::Verb { class, weak } => self.verb(end, class, weak, m),
                Sense::Noun { noun, plural } => self.noun(end, noun, plural, m),
                Sense::Set(set) => self.set(at, end, set, m),
                Sense::Own => self.own(end, m),
            }
        }
    }

    fn verb(&mut self, end: usize, class: u8, weak: bool, m: Match) {
        let Some(weight) = self.frame.verb_weight(class) else {
            if weak {
                let opens = self.slots.line.head == Some(end - usize::from(m.len));
                let points = if opens { score::FOREIGN_VERB } else { score::FOREIGN_VERB / 2 };
                self.push(Edge::skip(end, points, "weak verb of another kind"), m.repaired);
            }
            return;
        };
        let at = end - usize::from(m.len);
        if m.repaired && !self.opens(at) {
            return;
        }
        let mut edge = Edge::skip(end, 2 * self.part_of_name(at, end), "verb");
        edge.verb = i32::from(weight) + if weak { score::WEAK_VERB } else { 0 } + i32::from(m.len) - 1;
        edge.flags = flag::VERB;
        self.push(edge, m.repaired);
    }

    /// Whether a command may begin at an item: at the head of the line or behind what separates two. Only there is a
    /// mistyped word taken for a verb.
    fn opens(&self, at: usize) -> bool {
        use ItemKind::{Comma, Semicolon, Stop};
        let separates = |i: usize| {
            matches!(self.slots.line.utterance.items[i].kind, Comma | Semicolon | Stop)
                || self.slots.line.is(self.slots.vocabulary, i, WordSet::Conjunction)
                || self.slots.line.is(self.slots.vocabulary, i, WordSet::Filler)
                || self.slots.line.is(self.slots.vocabulary, i, WordSet::Self_)
        };
        at == self.slots.first || self.slots.line.head == Some(at) || separates(at - 1)
    }

    fn noun(&mut self, end: usize, noun: u16, plural: bool, m: Match) {
        let roles: Vec<NounRole> = self.frame.noun_roles(noun).collect();
        let shadowed = self.shadowed(end, m);
        let longer = (i32::from(m.len) - 1) * score::LONGER + shadowed;
        for role in roles {
            match role {
                NounRole::Object(rank) => {
                    let at = end - usize::from(m.len);
                    let mut edge = Edge::skip(end, self.part_of_name(at, end), "object");
                    edge.object = score::OBJECT + longer - 2 * i32::from(rank);
                    edge.flags = flag::OBJECT | number(plural);
                    let (object, flags) = (edge.object, edge.flags);
                    self.telling(&edge, m);
                    self.push(edge, m.repaired);
                    if let Some(target) = self.frame.target {
                        self.introduced(end, target, score::TARGET, "object value", Some((object, flags)), m.repaired);
                    }
                }
                NounRole::Param(param) => {
                    self.push(Edge::skip(end, score::MENTION, "mentioned record"), m.repaired);
                    let object = longer / 2;
                    self.introduced(end, param, score::NOUN_VALUE + object, "noun and name", None, m.repaired);
                }
            }
        }
    }

    fn shadow_at(&self, at: usize, end: usize) -> i32 {
        let len = u8::try_from(end - at).unwrap_or(1);
        self.shadowed(end, Match { len, term: 0, repaired: false })
    }

    /// A longer noun that starts at the same item is what was meant, whatever operation it belongs to.
    fn shadowed(&self, end: usize, m: Match) -> i32 {
        let at = end - usize::from(m.len);
        let noun =
            |other: &Match| self.slots.vocabulary.senses(other.term).iter().any(|s| matches!(s, Sense::Noun { .. }));
        let longer = self.slots.line.matches[at].iter().any(|other| other.len > m.len && noun(other));
        if longer { score::SHADOWED } else { 0 }
    }

    /// A noun or verb that is also an allowed value tells it on the way: "send an email", "text Jane".
    fn telling(&mut self, edge: &Edge, m: Match) {
        let values: Vec<(u8, u8)> = self
            .frame
            .roles(m.term)
            .filter_map(|role| if let Role::Value(param, value) = role { Some((param, value)) } else { None })
            .filter(|(param, _)| self.op.params[usize::from(*param)].required)
            .collect();
        for (param, value) in values {
            let mut edge = edge.clone();
            edge.score += score::TELLING;
            self.fill(edge, param, Found::Allowed(value), m.repaired);
        }
    }

    fn set(&mut self, at: usize, end: usize, set: WordSet, m: Match) {
        let (points, flags, rule) = match set {
            WordSet::Filler => (0, 0, "filler"),
            WordSet::Determiner => (0, 0, "determiner"),
            WordSet::Auxiliary => (-1, 0, "auxiliary"),
            WordSet::Self_ => (-1, 0, "speaker"),
            WordSet::Light => (-2, 0, "light noun"),
            WordSet::All => (-1, flag::ALL, "all"),
            WordSet::Sequence => (-2, 0, "sequence"),
            WordSet::Preposition => (-4, 0, "loose preposition"),
            WordSet::Link => (-3, 0, "loose link"),
            WordSet::Conjunction => (-6, 0, "loose conjunction"),
            WordSet::Tail => (-12, 0, "loose marker"),
            WordSet::True | WordSet::False => return,
            WordSet::Person | WordSet::Thing => (-9, 0, "loose pronoun"),
            WordSet::Question => return self.question(at, end),
            WordSet::Negation => {
                let mut edge = Edge::skip(end, score::NEGATION, "negation");
                edge.flags = flag::NEGATED;
                return self.push(edge, false);
            }
        };
        let mut edge = Edge::skip(end, points + self.part_of_name(at, end), rule);
        edge.flags = flags;
        self.push(edge, m.repaired);
        match set {
            WordSet::Preposition | WordSet::Link => self.weak_leads(end),
            WordSet::Tail => self.tails(end),
            _ => {}
        }
    }

    /// A capitalised word beside another one is rather a part of a name than padding.
    fn part_of_name(&self, at: usize, end: usize) -> i32 {
        let name = |i: usize| i < self.slots.past && is_name(self.slots.line.utterance, i);
        let beside = at > self.slots.first && name(at - 1) || name(end);
        if end == at + 1 && name(at) && beside { score::SPLIT_NAME } else { 0 }
    }

    fn question(&mut self, at: usize, end: usize) {
        let leads = (self.slots.first..at).all(|i| {
            self.slots.line.matches[i].iter().any(|m| {
                let senses = self.slots.vocabulary.senses(m.term);
                senses.iter().any(|s| matches!(s, Sense::Set(WordSet::Filler | WordSet::Question | WordSet::Auxiliary)))
            })
        });
        let mut edge = Edge::skip(end, 0, "question");
        if leads {
            edge.flags = flag::QUESTION;
            if !self.op.reads() {
                edge.score = score::QUESTION_WRITE;
            }
        } else {
            edge.score = -3;
        }
        self.push(edge, false);
    }

    fn own(&mut self, end: usize, m: Match) {
        let roles: Vec<Role> = self.frame.roles(m.term).collect();
        for role in roles {
            match role {
                Role::Verb if m.repaired && !self.opens(end - usize::from(m.len)) => {}
                Role::Verb => {
                    let mut edge = Edge::skip(end, 0, "own verb");
                    edge.verb = score::OWN_VERB + i32::from(m.len) - 1;
                    edge.flags = flag::VERB | flag::HINT | flag::OWN;
                    self.telling(&edge, m);
                    self.push(edge, m.repaired);
                }
                Role::Key => {
                    let mut edge = Edge::skip(end, score::KEY, "key word");
                    edge.flags = flag::KEY;
                    self.push(edge, m.repaired);
                }
                Role::Field(param) => self.field(end, param, m),
                Role::Lead(param) => self.introduced(end, param, score::LEAD, "lead and value", None, m.repaired),
                Role::Value(param, value) => self.allowed(end, param, value, m),
            }
        }
    }

    fn field(&mut self, end: usize, param: u8, m: Match) {
        let mut edge = Edge::skip(end, score::FIELD + 2 * (i32::from(m.len) - 1), "field");
        edge.pends = Some(param);
        edge.flags = flag::HINT;
        self.push(edge, m.repaired);
        if self.op.params[usize::from(param)].kind == Kind::Boolean {
            let mut edge = Edge::skip(end, score::ENUM - 2, "flag");
            edge.flags = flag::HINT;
            self.fill(edge, param, Found::Boolean(true), m.repaired);
        }
    }

    fn allowed(&mut self, end: usize, param: u8, value: u8, m: Match) {
        let declared = &self.op.params[usize::from(param)];
        let short = self.slots.line.utterance.items[end - 1].folded.len() <= 2;
        if declared.many || short || self.says_little(m) {
            return;
        }
        let nested = if declared.name.contains('.') { score::NESTED } else { 0 };
        let mut edge = Edge::skip(end, score::ENUM + i32::from(m.len) - 1 + nested, "value");
        edge.flags = flag::HINT;
        self.fill(edge, param, Found::Allowed(value), m.repaired);
    }

    /// Whether a term is one of the small words: "new" and "all" are no values unless their field was named.
    fn says_little(&self, m: Match) -> bool {
        let small = |s: &Sense| matches!(s, Sense::Set(set) if !matches!(set, WordSet::True | WordSet::False));
        self.slots.vocabulary.senses(m.term).iter().any(small)
    }

    fn fill(&mut self, mut edge: Edge, param: u8, found: Found, repaired: bool) {
        edge.params |= bits(self.op, param, &found, self.slots.dates);
        edge.filled.push(Filled { param, found });
        self.push(edge, repaired);
    }

    /// A value after a lead or a noun: link words and determiners may stand between.
    fn introduced(
        &mut self,
        from: usize,
        param: u8,
        points: i32,
        rule: &'static str,
        object: Option<(i32, u32)>,
        repaired: bool,
    ) {
        let mut at = self.past_links(from, object.is_some() || rule == "noun and name");
        for _ in 0..2 {
            if self.slots.article(at) {
                self.slot(at, param, points, rule, object, None, repaired);
                at += 1;
            }
        }
        self.slot(at, param, points, rule, object, None, repaired);
        if object.is_none() {
            if let Some(noun) = self.slots.noun_of(param, at) {
                let at = self.past_links(noun.past, true);
                let seen = noun.object.then_some((score::OBJECT, flag::OBJECT | number(noun.plural)));
                self.slot(at, param, points + score::NOUN_VALUE - 2, "lead, noun and name", seen, None, repaired);
            }
        }
    }

    fn past_links(&self, from: usize, naming: bool) -> usize {
        let mut at = from;
        for _ in 0..2 {
            if at >= self.slots.past {
                return at;
            }
            let item = &self.slots.line.utterance.items[at].kind;
            let mark = matches!(item, ItemKind::Colon | ItemKind::Equals | ItemKind::Arrow | ItemKind::Dash);
            let named = naming
                && ["called", "named", "titled", "id", "#", "number", "no"]
                    .contains(&self.slots.line.utterance.items[at].folded.as_str());
            if !mark && !named {
                return at;
            }
            at += 1;
        }
        at
    }

    #[expect(clippy::too_many_arguments, reason = "one edge shape with all its variations in one place")]
    fn slot(
        &mut self,
        at: usize,
        param: u8,
        points: i32,
        rule: &'static str,
        object: Option<(i32, u32)>,
        need: Option<u8>,
        repaired: bool,
    ) {
        let declared = &self.op.params[usize::from(param)];
        let mut spans: Vec<Span> = Vec::new();
        self.slots.values(param, declared, at, points > score::WEAK_LEAD, &mut spans);
        let unnamed =
            object.is_none() && need.is_none() && !rule.contains("noun") && self.slots.must_be_named(declared);
        for (end, value, found) in spans {
            let named = !unnamed || self.slots.noun_of(param, end).is_some() || !self.slots.wordy(at, end);
            let value = value + if named { 0 } else { score::UNNAMED };
            let mut edge = Edge::skip(end, points + value, rule);
            edge.need = need;
            edge.flags = flag::HINT;
            if let Some((points, flags)) = object.or_else(|| self.spoken_of(declared, &found)) {
                edge.object = points;
                edge.flags |= flags;
            }
            if self.possessive(end) {
                let mut owned = edge.clone();
                owned.to += 1;
                owned.score += score::POSSESSIVE;
                self.fill(owned, param, found.clone(), repaired);
            }
            if object.is_none() {
                self.followed(&edge, end, param, &found, repaired);
            }
            self.fill(edge, param, found, repaired);
        }
    }

    /// A pronoun for a record that was spoken of stands for the object noun too: "create tag x and add it to Jane".
    fn spoken_of(&self, declared: &Parameter, found: &Found) -> Option<(i32, u32)> {
        let (Kind::Entity(resource), Found::Pronoun(_)) = (&declared.kind, found) else { return None };
        let object = self.op.objects.contains(resource);
        let known = self.slots.memory.latest(resource).is_some();
        (object && known).then_some((score::OBJECT - 6, flag::OBJECT | flag::SINGULAR))
    }

    /// A value with the noun of its resource behind it: "the Welcome Series workflow".
    fn followed(&mut self, edge: &Edge, end: usize, param: u8, found: &Found, repaired: bool) {
        let Some(noun) = self.slots.noun_of(param, end) else { return };
        let after = noun.past;
        let mut named = edge.clone();
        named.to = u16::try_from(after).unwrap_or(u16::MAX);
        named.score += score::NOUN_VALUE - if edge.rule == "noun and name" { 12 } else { 0 };
        if noun.object {
            named.object = score::OBJECT
                + (i32::try_from(after - end).unwrap_or(1) - 1) * score::LONGER
                + self.shadow_at(end, after);
            named.flags |= flag::OBJECT | number(noun.plural);
        }
        if self.possessive(after) {
            named.to += 1;
        }
        self.fill(named, param, found.clone(), repaired);
    }

    fn possessive(&self, at: usize) -> bool {
        at < self.slots.past && self.slots.line.utterance.items[at].kind == ItemKind::Possessive
    }

    fn weak_leads(&mut self, end: usize) {
        for at in 0..self.op.params.len().min(128) {
            let param = &self.op.params[at];
            let dated = matches!(param.kind, Kind::Date | Kind::DateTime);
            let open = matches!(param.kind, Kind::Entity(_)) && param.roles.is_empty() && !param.supplied;
            if !dated && !open {
                continue;
            }
            let index = u8::try_from(at).unwrap_or(u8::MAX);
            self.introduced(end, index, score::WEAK_LEAD, "preposition and value", None, false);
        }
    }

    fn tails(&mut self, end: usize) {
        let prose = |p: &&Parameter| {
            let text = p.kind == Kind::FreeText || p.kind == Kind::Text && p.required && p.bare;
            text && !p.many && p.values.is_empty() && !p.name.contains('.')
        };
        let rank = |p: &&Parameter| (p.required || p.needed, p.kind == Kind::FreeText, p.bare);
        let Some(main) = self.op.params.iter().filter(prose).max_by_key(rank) else { return };
        let Some(at) = self.op.params.iter().position(|p| p.name == main.name) else { return };
        let param = u8::try_from(at).unwrap_or(u8::MAX);
        let at = self.past_links(end, false);
        if main.kind == Kind::FreeText {
            self.slot(at, param, score::TAIL, "free text", None, None, false);
        } else if at < self.slots.past {
            let edge = Edge::skip(self.slots.past, score::TAIL + 3, "free text");
            self.fill(edge, param, Found::Tail(at), false);
        }
    }

    /// Values with nothing before them, and values of fields named earlier.
    fn loose(&mut self, at: usize) {
        for index in 0..self.op.params.len().min(128) {
            let param = &self.op.params[index];
            let index = u8::try_from(index).unwrap_or(u8::MAX);
            let field = self.named_before(index, at, param.many);
            if field {
                let from = self.past_field_links(at);
                self.slot(from, index, score::FIELD_VALUE, "field value", None, Some(index), false);
                if from > at {
                    self.slot(at, index, score::FIELD_VALUE - 1, "field value", None, Some(index), false);
                }
                continue;
            }
            if param.supplied {
                continue;
            }
            let assumed = matches!(&param.kind, Kind::Entity(r) if self.slots.vocabulary.nouns.iter().any(|n| n.assumed && n.resource == *r));
            let dated = matches!(param.kind, Kind::Date | Kind::DateTime);
            if self.slots.bare(self.op, param) || assumed || dated {
                let points = if self.frame.target == Some(index) || dated { score::BARE_TARGET } else { score::BARE };
                self.slot(at, index, points, "bare value", None, None, false);
            } else if matches!(param.kind, Kind::Entity(_)) {
                if !param.name.contains('.') {
                    self.outro_only(at, index);
                }
            } else if matches!(param.kind, Kind::Email | Kind::Phone | Kind::Money | Kind::Url) {
                let fits = match (&param.kind, &self.slots.line.utterance.items[at].kind) {
                    (Kind::Email, ItemKind::Email)
                    | (Kind::Phone, ItemKind::Phone)
                    | (Kind::Money, ItemKind::Money { .. })
                    | (Kind::Url, ItemKind::Url) => true,
                    _ => false,
                };
                if fits {
                    self.slot(at, index, score::BARE, "typed value", None, None, false);
                }
            }
            self.before_field(at, index);
        }
        if let ItemKind::KeyValue { key, .. } = &self.slots.line.utterance.items[at].kind {
            let key = key.clone();
            self.keyed(at, &key);
        }
    }

    /// "the Spring Promo campaign" for a record that never stands without its noun.
    fn outro_only(&mut self, at: usize, param: u8) {
        let declared = &self.op.params[usize::from(param)];
        let mut spans: Vec<Span> = Vec::new();
        self.slots.values(param, declared, at, false, &mut spans);
        for (end, value, found) in spans {
            if self.slots.noun_of(param, end).is_some() {
                let mut edge = Edge::skip(end, value, "name and noun");
                edge.flags = flag::HINT;
                self.followed(&edge, end, param, &found, false);
            } else if matches!(found, Found::Pronoun(_)) {
                self.fill(Edge::skip(end, value, "pronoun"), param, found, false);
            }
        }
    }

    /// "a 7 day trial", "off late fees", "$5k budget": the value, then its field.
    fn before_field(&mut self, at: usize, param: u8) {
        let declared = &self.op.params[usize::from(param)];
        let numeric =
            matches!(declared.kind, Kind::Integer | Kind::Number | Kind::Money | Kind::Boolean | Kind::Duration);
        if !numeric || !declared.values.is_empty() {
            return;
        }
        let mut spans: Vec<Span> = Vec::new();
        self.slots.values(param, declared, at, false, &mut spans);
        for (end, value, found) in spans {
            let end = if end < self.slots.past && self.slots.line.is(self.slots.vocabulary, end, WordSet::Determiner) {
                end + 1
            } else {
                end
            };
            if let Some(after) = self.field_at(end, param) {
                let mut edge = Edge::skip(after, value + score::FIELD, "value and field");
                edge.flags = flag::HINT;
                self.fill(edge, param, found, false);
            }
        }
    }

    fn field_at(&self, at: usize, param: u8) -> Option<usize> {
        if at >= self.slots.past {
            return None;
        }
        let names = |m: &&Match| {
            at + usize::from(m.len) <= self.slots.past && self.frame.roles(m.term).any(|r| r == Role::Field(param))
        };
        self.slots.line.matches[at].iter().filter(names).map(|m| at + usize::from(m.len)).max()
    }

    /// Whether a field was named earlier; the values of a list follow its name at once.
    fn named_before(&self, param: u8, at: usize, at_once: bool) -> bool {
        let near = |end: usize| end <= at && (!at_once || at == end);
        (self.slots.first..at).any(|i| self.field_at(i, param).is_some_and(near))
    }

    fn past_field_links(&self, from: usize) -> usize {
        let mut at = from;
        for _ in 0..3 {
            if at >= self.slots.past {
                return at;
            }
            let item = &self.slots.line.utterance.items[at].kind;
            let mark = matches!(item, ItemKind::Colon | ItemKind::Equals | ItemKind::Arrow | ItemKind::Dash);
            let link = self.slots.line.is(self.slots.vocabulary, at, WordSet::Link);
            if !mark && !link {
                return at;
            }
            at += 1;
        }
        at
    }

    fn keyed(&mut self, at: usize, key: &str) {
        let spoken = crate::catalog::inflect::spoken(key);
        let term = self.slots.vocabulary.lookup(&spoken);
        let by_term =
            term.and_then(|t| self.frame.roles(t).find_map(|r| if let Role::Field(p) = r { Some(p) } else { None }));
        let by_name = self.op.params.iter().position(|p| p.name.eq_ignore_ascii_case(key));
        if let Some(param) = by_name.and_then(|p| u8::try_from(p).ok()).or(by_term) {
            let mut edge = Edge::skip(at + 1, score::FIELD + score::FIELD_VALUE, "key=value");
            edge.flags = flag::HINT | flag::MARK;
            self.fill(edge, param, Found::Keyed(at), false);
        }
    }

    fn pattern(&mut self, found: &PatternMatch) {
        let mut edge = Edge::skip(found.past, found.score, "pattern");
        edge.verb = 0;
        edge.flags = flag::VERB | flag::OBJECT | flag::PATTERN | flag::HINT | flag::KEY;
        for filled in &found.filled {
            edge.params |= bits(self.op, filled.param, &filled.found, self.slots.dates);
        }
        edge.filled.clone_from(&found.filled);
        self.push(edge, found.repaired);
    }

    /// The job of a lone item when no term gives it one: punctuation, or a word that nothing explains.
    fn item(&mut self, at: usize) {
        let kind = self.slots.line.utterance.items[at].kind.clone();
        let last = at + 1 == self.slots.past;
        let (points, flags, rule) = match kind {
            ItemKind::Comma | ItemKind::Semicolon => (-1, 0, "comma"),
            ItemKind::Stop if last => (0, 0, "stop"),
            ItemKind::Stop | ItemKind::Bracket | ItemKind::Other => (-2, 0, "mark"),
            ItemKind::Question => (0, flag::QUESTION, "question mark"),
            ItemKind::Colon | ItemKind::Dash | ItemKind::Equals | ItemKind::Arrow => (-2, flag::MARK, "mark"),
            ItemKind::Possessive => (-2, 0, "possessive"),
            ItemKind::Ampersand => (-6, 0, "loose conjunction"),
            _ => {
                let mut edge = Edge::skip(at + 1, score::UNKNOWN, "not understood");
                edge.unknown = true;
                if is_name(self.slots.line.utterance, at) {
                    edge.score -= 2;
                }
                return self.push(edge, false);
            }
        };
        let mut edge = Edge::skip(at + 1, points, rule);
        edge.flags = flags;
        self.push(edge, false);
        if matches!(kind, ItemKind::Colon | ItemKind::Dash | ItemKind::Arrow) {
            self.tails(at + 1);
        }
    }
}

fn number(plural: bool) -> u32 {
    if plural { flag::PLURAL } else { flag::SINGULAR }
}

fn bits(op: &Operation, param: u8, found: &Found, dates: &[DateMatch]) -> u128 {
    let mut bits = 1u128 << param;
    if let Found::Date(index) = found {
        use crate::language::When;
        let declared = &op.params[usize::from(param)];
        let both = !matches!(dates[*index].ahead, When::Moment(_) | When::From(_) | When::Until(_) | When::Minutes(_));
        if let (Some(end), true) = (&declared.range_end, both) {
            if let Some(end) = op.params.iter().position(|p| p.name == *end).filter(|e| *e < 128) {
                bits |= 1 << end;
            }
        }
    }
    bits
}

/// Whether a line asks rather than orders.
fn asks(slots: &Slots<'_>) -> bool {
    let last = slots.past.saturating_sub(1);
    slots.past > slots.first && slots.line.utterance.items[last].kind == ItemKind::Question
}
