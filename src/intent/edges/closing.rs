use super::super::score;
use super::super::stretch::Stretch;
use super::flag;
use crate::catalog::{Frame, Kind, Lifecycle, Operation, Risk, Role};

/// What an operation adds or takes for all that a stretch says and leaves unsaid.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each tells something of its own")]
pub struct Closing<'a> {
    op: &'a Operation,
    frame: &'a Frame,
    /// The stretch ends in a question mark.
    question: bool,
    /// A question word opens it, a question mark ends it and nothing orders, or only a verb of showing does.
    idle: bool,
    /// A name without a noun may mean a record of the operation's object.
    pub assumed: bool,
    /// It changes a record that its object names, rather than making one.
    changes: bool,
}

impl<'a> Closing<'a> {
    /// Of one operation for one stretch.
    pub fn new(op: &'a Operation, frame: &'a Frame, stretch: &Stretch<'_>) -> Self {
        let assumed = frame.object().is_some_and(|noun| stretch.vocabulary.nouns[usize::from(noun)].assumed);
        let own = |head: usize| {
            let terms = stretch.line.matches(head).iter().flat_map(|m| frame.roles(m.term));
            terms.into_iter().any(|role| matches!(role, Role::Verb(_)))
        };
        let shows = stretch.only_shows && !stretch.line.head.is_some_and(own);
        let reads = frame.verbs.iter().any(|(class, _)| stretch.vocabulary.reading & 1 << class != 0);
        let idle = stretch.line.asks || (stretch.only_asks || shows) && !reads;
        let target = frame.target.map(|t| &op.params[usize::from(t)].kind);
        let changes = matches!(target, Some(Kind::Entity(resource)) if op.objects.first() == Some(resource));
        Self { op, frame, question: stretch.question, idle, assumed, changes }
    }

    /// The points for the parameters and flags that were seen, and a field that still waits for its value.
    pub fn of(&self, mask: u128, flags: u32, pending: Option<u8>) -> i32 {
        let flag = |param: u8| self.op.params[usize::from(param)].kind == Kind::Boolean;
        let empty = match pending {
            Some(_) if !self.op.reads() => score::FIELD_EMPTY,
            // "…, no folders": it is said by its name alone.
            Some(param) if flag(param) => score::FLAG_EMPTY,
            _ => 0,
        };
        self.at_best(mask, flags) + empty + self.number(mask, flags)
    }

    /// Whether so much is told of a record that its fields stand for the verb: "room Four, seats 2, for the Haircuts
    /// calendar".
    fn tells_much(&self, mask: u128, flags: u32) -> bool {
        flags & flag::OBJECT != 0 && mask.count_ones() >= score::ENOUGH_TOLD && self.op.risk == Risk::Write
    }

    /// The most that [`Self::of`] can be when no more parameters and flags than these are seen.
    pub fn at_best(&self, mask: u128, flags: u32) -> i32 {
        let (op, seen) = (self.op, |bit: u32| flags & bit != 0);
        let mut score = self.missing(mask);
        if self.idle && !op.reads() && !seen(flag::ASKING) {
            score += score::QUESTION_WRITE;
        }
        if !seen(flag::VERB) {
            score += match (op.reads(), seen(flag::QUESTION) || self.question) {
                (true, true) => score::ASKED,
                (true, false) => score::FRAGMENT,
                (false, _) if seen(flag::MARK) || self.tells_much(mask, flags) => score::NO_VERB / 2,
                (false, _) => score::NO_VERB * 2,
            };
        }
        if !seen(flag::OBJECT) && !seen(flag::OWN) {
            score += match (seen(flag::HINT), self.assumed) {
                (true, true) => score::ASSUMED,
                (true, false) => score::NO_OBJECT,
                (false, _) => score::NO_HINT,
            };
        }
        if op.reads() && mask == 0 && seen(flag::OWN) && !seen(flag::OBJECT) && !seen(flag::KEY | flag::PATTERN) {
            score += score::NO_OBJECT;
        }
        if self.frame.keyed && !seen(flag::KEY) && !seen(flag::PATTERN) {
            score += score::KEY_MISSING;
        }
        if op.lifecycle == Lifecycle::Deprecated {
            score += score::DEPRECATED;
        }
        score
    }

    /// What is lost by one where several are meant, or the other way round.
    fn number(&self, mask: u128, flags: u32) -> i32 {
        let (op, seen) = (self.op, |bit: u32| flags & bit != 0);
        let mut score = 0;
        let many = op.returns.as_ref().is_some_and(|r| r.many);
        let (singular, plural) = (seen(flag::SINGULAR), seen(flag::PLURAL));
        if op.reads() && many && singular && !plural && !self.question && !seen(flag::ALL) {
            score += score::NUMBER;
        }
        if op.reads() && !many && (plural && !singular || seen(flag::ALL)) {
            score += score::PLURAL_FOR_ONE;
        }
        if op.reads() && seen(flag::MARK) && !seen(flag::VERB) && !seen(flag::QUESTION) && !self.question {
            score += score::MARK_READ;
        }
        if !op.reads() && !seen(flag::VERB) {
            // "Room Four: seats 2" tells of a record that there is, "room Four, seats 2" of a new one.
            score += match (seen(flag::MARK), self.changes) {
                (true, false) => score::NO_VERB,
                (false, true) if self.missing(mask) < 0 => score::NO_VERB,
                (false, true) if self.tells_much(mask, flags) => score::NO_VERB / 2,
                _ => 0,
            };
        }
        if self.of_one() && seen(flag::ALL) && !self.takes_many() {
            score += score::ALL_OF_ONE;
        }
        if self.of_one() && plural && !singular && !self.takes_many() {
            let named = self.frame.target.is_some_and(|target| mask & 1 << target != 0);
            score += if op.risk.asks_first() && named { score::PLURAL_DESTROYED } else { 2 * score::NUMBER };
        }
        score
    }

    /// Whether it changes or destroys one record, so that several are hardly meant.
    fn of_one(&self) -> bool {
        self.op.risk == Risk::Write || matches!(self.op.risk, Risk::Destroy | Risk::Money | Risk::Send) && self.changes
    }

    /// Whether an arrow behind a record asks for it.
    pub fn turns(&self) -> bool {
        self.op.risk == Risk::Write && self.changes
    }

    /// Whether the object may be several: a list fills its own parameter.
    fn takes_many(&self) -> bool {
        let object = |kind: &Kind| matches!(kind, Kind::Entity(r) if self.op.objects.contains(r));
        self.frame.target.is_some_and(|t| self.op.params[usize::from(t)].many)
            || self.op.params.iter().any(|p| p.many && object(&p.kind))
    }

    fn missing(&self, mask: u128) -> i32 {
        let mut score = 0;
        let mut counted = 0;
        for (_, in_path) in self.frame.required.iter().filter(|(param, _)| mask & 1 << param == 0) {
            if *in_path {
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
