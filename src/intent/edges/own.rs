use super::super::annotate::Match;
use super::super::found::{Found, item};
use super::super::score;
use super::{Edge, Edges, Rule, flag};
use crate::catalog::{Kind, Role, Sense, WordSet};
use crate::language::ItemKind;

impl Edges<'_> {
    pub(super) fn own(&mut self, end: usize, m: Match) {
        let frame = self.frame;
        for role in frame.roles(m.term) {
            match role {
                Role::Verb(_)
                    if self.stretch.only_tells(end - usize::from(m.len))
                        || self.is_thing(end - usize::from(m.len), m.len) => {}
                Role::Verb(_) if self.slots.opens_name(end - usize::from(m.len)) => {}
                Role::Verb(_) if m.repaired && !self.opens(end - usize::from(m.len)) => {}
                Role::Verb(form) if !self.ordered(end - usize::from(m.len), form) => {
                    self.push(Edge::skip(end, score::OUT_OF_PLACE, Rule::VerbThatOrdersNothing), m.repaired);
                }
                Role::Verb(_) => {
                    let mut edge = Edge::skip(end, 0, Rule::OwnVerb);
                    edge.verb = score::OWN_VERB + i32::from(m.len) - 1;
                    edge.flags = flag::VERB | flag::HINT | flag::OWN;
                    self.telling(&edge, m);
                    self.push(edge, m.repaired);
                }
                Role::Key => {
                    let mut edge = Edge::skip(end, score::KEY, Rule::KeyWord);
                    edge.flags = flag::KEY;
                    self.push(edge, m.repaired);
                }
                Role::Beside if m.repaired => {}
                Role::Beside => self.push(Edge::skip(end, score::BESIDE, Rule::WordBeside), false),
                Role::Place if m.repaired || !self.is_place(end, m) => {}
                Role::Place => self.push(Edge::skip(end, 0, Rule::Place), false),
                Role::Told => self.told(end, m),
                Role::Field(param) => self.field(end, param, m),
                Role::Lead(param) => {
                    self.introduced(end, param, score::LEAD, Rule::LeadAndValue, None, m.repaired);
                    self.runs_on(end, param);
                }
                Role::Value(param, value) => self.allowed(end, param, value, m),
            }
        }
    }

    /// Whether a preposition leads to the words for a part of the program. A single word with a capital is rather a name.
    fn is_place(&self, end: usize, m: Match) -> bool {
        let at = end - usize::from(m.len);
        self.stretch.is_led(at) && (m.len > 1 || self.stretch.is_small(at))
    }

    /// A field of the record that is asked about: "Ann's email?", "the phone number of Ann".
    fn told(&mut self, end: usize, m: Match) {
        let at = end - usize::from(m.len);
        let asks = self.stretch.line.asks || self.stretch.question;
        let owned = at > self.stretch.first && *self.stretch.kind(at - 1) == ItemKind::Possessive;
        let of = end < self.stretch.past
            && self.stretch.line.utterance.items[end].kind == ItemKind::Word
            && self.stretch.is(end, WordSet::Binder);
        let record = self.stretch.vocabulary.senses(m.term).iter().any(|s| matches!(s, Sense::Noun { .. }));
        if record && !owned {
            return;
        }
        let points = if owned { score::TOLD_OF } else { score::TOLD };
        if asks || owned || of {
            let mut edge = Edge::skip(end, points, Rule::FieldThatIsAskedAbout);
            edge.flags = flag::HINT;
            self.push(edge, m.repaired);
        }
    }

    pub(super) fn field(&mut self, end: usize, param: u8, m: Match) {
        let mut edge = Edge::skip(end, score::FIELD + 2 * (i32::from(m.len) - 1), Rule::Field);
        edge.pends = Some(param);
        edge.flags = flag::HINT;
        if self.frame.roles(m.term).any(|role| role == Role::Key) {
            edge.flags |= flag::KEY;
            edge.score -= score::FIELD;
        }
        if self.closing.turns() && self.is_new(end - usize::from(m.len), end) {
            edge.verb = score::NEW_FIELD;
            edge.flags |= flag::VERB;
        }
        // "Give the campaign Summer a new name" makes no campaign.
        if !self.op.reads() && !self.closing.turns() && self.is_new_unsaid(end - usize::from(m.len), end) {
            edge.score += 2 * score::OUT_OF_PLACE;
        }
        self.push(edge, m.repaired);
        if self.op.params[usize::from(param)].kind == Kind::Boolean {
            let mut edge = Edge::skip(end, score::FIELD + 1, Rule::Flag);
            edge.flags = flag::HINT;
            let denied = self.stretch.denied(end - usize::from(m.len));
            self.fill(edge, param, Found::Boolean(!denied), m.repaired);
        }
    }

    /// A text of a change that ends the line, whatever its words mean elsewhere: "rename task 12 to Send revised quote".
    fn runs_on(&mut self, from: usize, param: u8) {
        let stretch = self.stretch;
        let past = if stretch.past > from && *stretch.kind(stretch.past - 1) == ItemKind::Stop {
            stretch.past - 1
        } else {
            stretch.past
        };
        let declared = &self.op.params[usize::from(param)];
        let text = matches!(declared.kind, Kind::Text | Kind::FreeText) && declared.values.is_empty();
        let text = text && self.closing.turns();
        let joins = |at: usize| [WordSet::Conjunction, WordSet::Negation].into_iter().any(|set| stretch.is(at, set));
        let word = |at: usize| *stretch.kind(at) == ItemKind::Word && !joins(at);
        let filler = || stretch.padding(past - 1) > 0;
        if text && past > from + 1 && (from..past).all(word) && !filler() {
            let mut edge = Edge::skip(past, score::LEAD / 2, Rule::TextToTheEnd);
            edge.flags = flag::HINT;
            self.fill(edge, param, Found::Span(item(from), item(past)), false);
        }
    }

    /// Whether a field is said to be new for what is named behind it: "new phone number for the contact Ann Lee".
    fn is_new(&self, at: usize, end: usize) -> bool {
        let stretch = self.stretch;
        at > stretch.first
            && stretch.is(at - 1, WordSet::Determiner)
            && stretch.line.is_verb(at - 1)
            && end < stretch.past
            && stretch.is(end, WordSet::Preposition)
            && stretch.is(end, WordSet::Binder)
    }

    /// Whether a field is said to be new, behind a value, and nothing is said of what it is to be.
    fn is_new_unsaid(&self, at: usize, end: usize) -> bool {
        let stretch = self.stretch;
        let new = |at: usize| stretch.is(at, WordSet::Determiner) && stretch.line.is_verb(at);
        let ends = end == stretch.past || end + stretch.padding(end) == stretch.past;
        at > stretch.first + 1 && new(at - 1) && stretch.indefinite(at - 2) && ends
    }

    pub(super) fn allowed(&mut self, end: usize, param: u8, value: u8, m: Match) {
        let declared = &self.op.params[usize::from(param)];
        if self.orders_more(end - usize::from(m.len), m) {
            return;
        }
        let short = self.stretch.line.utterance.items[end - 1].folded.len() <= 2;
        if short || self.says_little(m) {
            return;
        }
        if declared.many {
            return self.listed(end - usize::from(m.len), param);
        }
        let nested = if declared.name.contains('.') { score::NESTED } else { 0 };
        let mut edge = Edge::skip(end, score::ENUM + i32::from(m.len) - 1 + nested, Rule::Value);
        edge.flags = flag::HINT;
        self.fill(edge, param, Found::Allowed(value), m.repaired);
    }

    /// Allowed values, one after the other: "report for October, clicks and spend", "mobile and local numbers".
    fn listed(&mut self, at: usize, param: u8) {
        if !self.op.params[usize::from(param)].supplied {
            self.slot(at, param, 0, Rule::ListedValues, None, None, false);
        }
    }

    /// Whether a term is one of the small words: "new" and "all" are no values unless their field was named.
    pub(super) fn says_little(&self, m: Match) -> bool {
        let known = [WordSet::True, WordSet::False, WordSet::Told, WordSet::Denial];
        let small = |s: &Sense| matches!(s, Sense::Set(set) if !known.contains(set));
        self.stretch.vocabulary.senses(m.term).iter().any(small)
    }
}
