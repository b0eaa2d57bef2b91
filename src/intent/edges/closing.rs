use super::super::score;
use super::{Edges, flag};
use crate::catalog::{Kind, Lifecycle};

impl Edges<'_> {
    /// What the operation adds or takes at the end, for all that was seen and not seen.
    pub fn closing(&self, mask: u128, flags: u32, pending: Option<u8>) -> i32 {
        let (op, seen) = (self.op, |bit: u32| flags & bit != 0);
        let mut score = 0;
        if self.slots.line.asks && !op.reads() && !seen(flag::PATTERN) {
            score += score::QUESTION_WRITE;
        }
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
    pub(super) fn takes_many(&self) -> bool {
        self.frame.target.is_some_and(|t| self.op.params[usize::from(t)].many)
            || self
                .op
                .params
                .iter()
                .any(|p| p.many && matches!(&p.kind, Kind::Entity(r) if self.op.objects.contains(r)))
    }

    /// Whether a name without a noun may mean a record of the operation's object.
    pub(super) fn assumed_object(&self) -> bool {
        self.op.objects.first().is_some_and(|object| {
            self.slots
                .vocabulary
                .nouns
                .iter()
                .any(|n| n.assumed && n.resource == *object && n.service == self.op.service)
        })
    }

    pub(super) fn missing(&self, mask: u128) -> i32 {
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
}
