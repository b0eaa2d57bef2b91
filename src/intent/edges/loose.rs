use super::super::score;
use super::super::slots::{Found, Span};
use super::{Edge, Edges, flag};
use crate::catalog::{Kind, Parameter, Role, WordSet, traits};
use crate::language::ItemKind;

impl Edges<'_> {
    pub(super) fn weak_leads(&mut self, end: usize) {
        for index in 0..u8::try_from(self.frame.traits.len()).unwrap_or(u8::MAX) {
            if self.slots.has(index, traits::DATED | traits::OPEN) {
                self.introduced(end, index, score::WEAK_LEAD, "preposition and value", None, false);
            }
        }
    }

    pub(super) fn tails(&mut self, end: usize) {
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
    pub(super) fn loose(&mut self, at: usize) {
        for index in 0..u8::try_from(self.frame.traits.len()).unwrap_or(u8::MAX) {
            self.loose_value(at, index);
        }
        if let ItemKind::KeyValue { key, .. } = &self.slots.line.utterance.items[at].kind {
            let key = key.clone();
            self.keyed(at, &key);
        }
    }

    fn loose_value(&mut self, at: usize, index: u8) {
        let param = &self.op.params[usize::from(index)];
        if self.slots.named_before(index, at, param.many) {
            let from = self.past_field_links(at);
            self.slot(from, index, score::FIELD_VALUE, "field value", None, Some(index), false);
            if from > at {
                self.slot(at, index, score::FIELD_VALUE - 1, "field value", None, Some(index), false);
            }
            return;
        }
        if param.supplied {
            return;
        }
        if self.slots.has(index, traits::BARE | traits::ASSUMED | traits::DATED) {
            let expected = self.frame.target == Some(index) || self.slots.has(index, traits::DATED);
            let points = if expected { score::BARE_TARGET } else { score::BARE };
            self.slot(at, index, points, "bare value", None, None, false);
        } else if matches!(param.kind, Kind::Entity(_)) {
            if !param.name.contains('.') && self.slots.noun_ahead(index, at) {
                self.outro_only(at, index);
            }
        } else if self.typed_here(&param.kind, at) {
            self.slot(at, index, score::BARE, "typed value", None, None, false);
        }
        if self.slots.named_after(index, at) {
            self.before_field(at, index);
        }
    }

    /// Whether an item is a literal of just the kind.
    fn typed_here(&self, kind: &Kind, at: usize) -> bool {
        matches!(
            (kind, &self.slots.line.utterance.items[at].kind),
            (Kind::Email, ItemKind::Email)
                | (Kind::Phone, ItemKind::Phone)
                | (Kind::Money, ItemKind::Money { .. })
                | (Kind::Url, ItemKind::Url)
        )
    }

    /// "the Spring Promo campaign" for a record that never stands without its noun.
    pub(super) fn outro_only(&mut self, at: usize, param: u8) {
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
    pub(super) fn before_field(&mut self, at: usize, param: u8) {
        let declared = &self.op.params[usize::from(param)];
        let numeric =
            matches!(declared.kind, Kind::Integer | Kind::Number | Kind::Money | Kind::Boolean | Kind::Duration);
        if !numeric || !declared.values.is_empty() {
            return;
        }
        let mut spans: Vec<Span> = Vec::new();
        self.slots.values(param, declared, at, false, &mut spans);
        for (end, value, found) in spans {
            let end = if end < self.slots.past && self.slots.line.is(end, WordSet::Determiner) { end + 1 } else { end };
            if let Some(after) = self.slots.field_at(end, param) {
                let mut edge = Edge::skip(after, value + score::FIELD, "value and field");
                edge.flags = flag::HINT;
                self.fill(edge, param, found, false);
            }
        }
    }

    pub(super) fn past_field_links(&self, from: usize) -> usize {
        let mut at = from;
        for _ in 0..3 {
            if at >= self.slots.past {
                return at;
            }
            let item = &self.slots.line.utterance.items[at].kind;
            let mark = matches!(item, ItemKind::Colon | ItemKind::Equals | ItemKind::Arrow | ItemKind::Dash);
            let link = self.slots.line.is(at, WordSet::Link);
            if !mark && !link {
                return at;
            }
            at += 1;
        }
        at
    }

    pub(super) fn keyed(&mut self, at: usize, key: &str) {
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
}
