//! The most that a stretch may earn as an operation, told from its verbs, nouns and own words before any value is looked
//! for: most candidates are far behind the best, and this says so for a fraction of what reading them costs.
//!
//! It never says less than the stretch earns. What no operation changes (fillers, marks, the cost of names) is worked out
//! once a stretch.

use crate::catalog::{Longest, NounRole, Operation, Role, Sense, WordSet};
use crate::language::{ItemKind, number_word};

use super::edges::{Closing, flag};
use super::patterns::Patterns;
use super::score;
use super::slots::Slots;
use super::stretch::Stretch;

/// A step that earns at most so much: one past its last item, counted from the first of the stretch, and the points.
type Step = (usize, i32);

/// What a value earns at most for standing where it does. What introduces it earns the rest, and so does its lead over this.
const BARE: i32 = score::BARE_TARGET;
/// What a preposition earns at most as the lead of a value.
const LOOSE_LEAD: i32 = score::WEAK_LEAD - BARE;
/// What a lead earns at most where a noun follows it that is the object too, over that noun's own.
const LEAD_AND_NOUN: i32 = score::NOUN_VALUE - 2 - score::TARGET;
/// The same after a marker of free text.
const MARKED: i32 = score::TAIL + 3;
/// Far below any score.
const NEVER: i32 = i32::MIN / 2;

/// The most from an item on, by what was seen before it: the sum of [`VERB`] and [`OBJECT`].
pub type Most = [i32; 4];
const VERB: usize = 1;
const OBJECT: usize = 2;

/// Works out what stretches may earn; keeps its memory from one to the next.
#[derive(Debug, Default)]
pub struct Outlook {
    /// Steps that any operation may take, by item.
    steps: Vec<Step>,
    starts: Vec<usize>,
    /// What each item earns at most inside a value.
    values: Vec<i32>,
    /// Verbs: first item, one past the last, class.
    verbs: Vec<(usize, usize, u8)>,
    /// The first item behind a mark that may introduce free text.
    marked: usize,
    /// Whether a mark or a question stands anywhere.
    flags: u32,
    /// The most from each item on, outside and inside a value.
    rest: Vec<Most>,
    inside: Vec<Most>,
}

impl Outlook {
    /// Prepares a stretch, in place of the one before.
    pub fn prepare(&mut self, stretch: &Stretch<'_>) {
        self.steps.clear();
        self.starts.clear();
        self.values.clear();
        self.verbs.clear();
        self.marked = usize::MAX;
        self.flags = 0;
        for at in stretch.first..stretch.past {
            self.starts.push(self.steps.len());
            self.values.push(inside(stretch, at));
            self.note(stretch, at);
        }
        self.starts.push(self.steps.len());
    }

    /// Keeps a step from the item that is being looked at; of several that end at the same, the one that earns most.
    fn step(&mut self, (end, points): Step) {
        let from = self.starts.last().copied().unwrap_or(0);
        match self.steps[from..].iter_mut().find(|(other, _)| *other == end) {
            Some((_, most)) => *most = points.max(*most),
            None => self.steps.push((end, points)),
        }
    }

    fn note(&mut self, stretch: &Stretch<'_>, at: usize) {
        use ItemKind::{Arrow, Colon, Dash, Equals, Json, KeyValue, Question};
        let here = at - stretch.first;
        let kind = stretch.kind(at);
        if matches!(kind, Colon | Dash | Arrow) {
            self.marked = self.marked.min(here + 1);
        }
        if matches!(kind, Colon | Dash | Arrow | Equals | Json | KeyValue { .. }) {
            self.flags |= flag::MARK;
        }
        if matches!(kind, Question) {
            self.flags |= flag::QUESTION;
        }
        let alone = match kind {
            Json | KeyValue { .. } => score::FIELD + score::FIELD_VALUE,
            ItemKind::Unit => score::ENUM,
            ItemKind::Word if stretch.line.asks && stretch.is_dull(at) => score::ASIDE_WORD,
            ItemKind::Word | ItemKind::Code | ItemKind::Number { .. } | ItemKind::Quoted { .. } => score::UNKNOWN,
            _ => 0,
        };
        self.step((here + 1, alone));
        if stretch.particle(at) {
            self.step((here + 1, 0));
        }
        if stretch.describes(at) {
            self.step((here + 1, score::ASIDE_WORD));
        }
        if stretch.echoes(at) {
            self.step((here + 1, score::ECHO));
        }
        for m in stretch.line.matches(at) {
            let end = here + usize::from(m.len);
            if end > stretch.past - stretch.first {
                continue;
            }
            for sense in stretch.vocabulary.senses(m.term) {
                match *sense {
                    Sense::Verb { class, weak, .. } => {
                        self.verbs.push((here, end, class));
                        if weak {
                            self.step((end, score::FOREIGN_VERB / 2));
                        }
                    }
                    Sense::Set(set) => {
                        match set {
                            WordSet::Tail => self.marked = self.marked.min(end),
                            WordSet::Question => self.flags |= flag::QUESTION,
                            _ => {}
                        }
                        self.step((end, word(set)));
                    }
                    Sense::Turn { class, .. } => {
                        self.verbs.push((here, stretch.turn_end(at, end + stretch.first) - stretch.first, class));
                    }
                    Sense::Apart { class, .. } => self.verbs.push((here, end, class)),
                    Sense::Noun { .. } | Sense::Own => {}
                }
            }
        }
        stretch.skips(at).for_each(|(end, points)| self.step((end - stretch.first, points)));
        for (_, date) in stretch.dates_at(at) {
            let length = i32::try_from(date.last - date.first).unwrap_or(0);
            self.step((date.last + 1 - stretch.first, score::TYPED + length + 2 + BARE));
        }
    }

    /// The most that the stretch may earn as an operation, where those of its patterns fit.
    pub fn of(&mut self, op: &Operation, slots: &Slots<'_>, patterns: &Patterns) -> i32 {
        let stretch = slots.stretch;
        let length = stretch.past - stretch.first;
        // What lies behind an item is laid down before it is looked at.
        self.rest.resize(length + 1, [NEVER; 4]);
        self.inside.resize(length + 1, [NEVER; 4]);
        self.rest[length] = self.closing(op, slots, !patterns.is_empty());
        self.inside[length] = self.rest[length];
        let open = self.open(slots);
        let (mut verbs, mut nouns) = (self.verbs.len(), stretch.nouns.len());
        let mut roles = slots.landmarks().all_roles();
        for here in (0..length).rev() {
            let value = self.values[here];
            let introduced = if here >= open && here >= self.marked { MARKED } else { BARE };
            let mut most = [NEVER; 4];
            reach(&mut most, introduced + value, &self.inside[here + 1]);
            if here >= open {
                reach(&mut most, MARKED, &self.rest[length]);
            }
            for (end, points) in &self.steps[self.starts[here]..self.starts[here + 1]] {
                reach(&mut most, *points, &self.rest[*end]);
            }
            for found in patterns.at(here + stretch.first) {
                let (points, rest) = (found.score, &self.rest[found.past - stretch.first]);
                if !found.founds {
                    reach(&mut most, points + score::PATTERN_OPTION, rest);
                    continue;
                }
                let after = points + score::PATTERN_AFTER_VERB;
                most[0] = most[0].max(points + rest[VERB | OBJECT]);
                most[OBJECT] = most[OBJECT].max(points + rest[VERB | OBJECT]);
                most[VERB] = most[VERB].max(after + rest[VERB | OBJECT]);
                most[VERB | OBJECT] = most[VERB | OBJECT].max(after + rest[VERB | OBJECT]);
            }
            if matches!(stretch.kind(here + stretch.first), ItemKind::Arrow) {
                reach_once(&mut most, VERB, (score::ARROW, score::ARROW), &self.rest[here + 1]);
                reach_once(&mut most, VERB, (score::ARROW, score::ARROW), &self.rest[length]);
            }
            let own = roles.iter().rposition(|(start, ..)| *start < here + stretch.first).map_or(0, |last| last + 1);
            let telling = if own < roles.len() { self.own(slots, here, &roles[own..], &mut most) } else { 0 };
            roles = &roles[..own];
            while verbs > 0 && self.verbs[verbs - 1].0 == here {
                verbs -= 1;
                let (_, end, class) = self.verbs[verbs];
                let Some(weight) = slots.frame.verb_weight(class) else { continue };
                let points = i32::from(weight) + longer(here, end) + telling;
                reach_once(&mut most, VERB, (points, score::SECOND_VERB + telling), &self.rest[end]);
            }
            // A value that ends here may have the noun of its resource behind it.
            let mut ended = [NEVER; 4];
            while nouns > 0 && stretch.nouns[nouns - 1].at == here + stretch.first {
                nouns -= 1;
                let noun = stretch.nouns[nouns];
                let rest = &self.rest[noun.end - stretch.first];
                let longer = longer(noun.at, noun.end) * score::LONGER;
                for role in slots.frame.noun_roles(noun.id) {
                    match role {
                        NounRole::Object(_) => {
                            let again = score::TARGET - BARE + LEAD_AND_NOUN + telling;
                            let points = score::OBJECT + longer + again;
                            reach_once(&mut most, OBJECT, (points, again), rest);
                            reach_once(&mut ended, OBJECT, (points + AFTER, again + AFTER), rest);
                        }
                        NounRole::Param(_) => {
                            reach(&mut most, score::NOUN_VALUE - BARE + longer / 2, rest);
                            reach(&mut ended, score::NOUN_VALUE + 2, rest);
                        }
                    }
                }
            }
            if matches!(stretch.kind(here + stretch.first), ItemKind::Possessive) {
                reach(&mut ended, score::POSSESSIVE, &self.rest[here + 1]);
            }
            reach(&mut ended, 0, &most);
            reach(&mut ended, value, &self.inside[here + 1]);
            self.rest[here] = most;
            self.inside[here] = ended;
        }
        self.rest[0][0]
    }

    /// Follows the operation's own words at an item; what one of them may add to a verb or noun that it is too.
    fn own(&self, slots: &Slots<'_>, here: usize, roles: &[(usize, usize, Role)], most: &mut Most) -> i32 {
        let (stretch, first) = (slots.stretch, slots.stretch.first);
        let mut telling = 0;
        let before = (here + first).checked_sub(1).filter(|before| *before >= first);
        let new = before.is_some_and(|at| stretch.is(at, WordSet::Determiner) && stretch.line.is_verb(at));
        for (_, end, role) in roles.iter().copied() {
            let longer = longer(here + first, end);
            let rest = &self.rest[end - first];
            let points = match role {
                Role::Verb(_) => {
                    let points = score::OWN_VERB + longer + score::TELLING;
                    reach_once(most, VERB, (points, score::SECOND_VERB + score::TELLING), rest);
                    continue;
                }
                Role::Key => score::KEY,
                Role::Told => score::TOLD_OF,
                Role::Beside => score::BESIDE,
                Role::Place => 0,
                Role::Field(_) => {
                    let points = score::FIELD + 2 * longer + score::FIELD_VALUE - BARE;
                    if new {
                        reach_once(most, VERB, (points + score::NEW_FIELD, points), rest);
                    }
                    points
                }
                Role::Lead(_) => score::LEAD - BARE,
                Role::Value(..) => {
                    telling = score::TELLING;
                    score::ENUM + longer
                }
            };
            reach(most, points, rest);
        }
        telling
    }

    /// From which item on free text may run to the end, whatever it says.
    fn open(&self, slots: &Slots<'_>) -> usize {
        match slots.frame.text {
            Longest::None => return usize::MAX,
            Longest::Short => return self.marked,
            Longest::Free => {}
        }
        let first = slots.stretch.first;
        let noun = slots.stretch.nouns.first().map(|noun| noun.at);
        let led = slots.landmarks().first_role().into_iter().chain(noun).min();
        led.map_or(self.marked, |at| self.marked.min(at - first))
    }

    /// The most from each item on for the operation that was looked at last, by what was seen before it.
    pub fn rest(&self) -> &[Most] {
        &self.rest
    }

    fn closing(&self, op: &Operation, slots: &Slots<'_>, patterns: bool) -> Most {
        let mut flags = self.flags | flag::HINT;
        if patterns {
            flags |= flag::PATTERN | flag::KEY | flag::ASKING;
        }
        let stretch = slots.stretch;
        let points = || stretch.line.holds_pronoun(stretch.first, stretch.past) && !stretch.memory.is_empty();
        if slots.landmarks().roles().any(|role| role == Role::Key) || slots.frame.keyed && points() {
            flags |= flag::KEY;
        }
        if slots.landmarks().roles().any(|role| matches!(role, Role::Verb(_))) {
            flags |= flag::OWN;
        }
        let closing = Closing::new(op, slots.frame, slots.stretch);
        [0, flag::VERB, flag::OBJECT, flag::VERB | flag::OBJECT].map(|seen| closing.at_best(u128::MAX, flags | seen))
    }
}

/// What a noun earns at most behind a value, over what it earns before one: a possessive may follow.
const AFTER: i32 = score::NOUN_VALUE + 2 - (score::TARGET - BARE + LEAD_AND_NOUN);

fn longer(at: usize, end: usize) -> i32 {
    i32::try_from(end - at).unwrap_or(1) - 1
}

/// Takes a step where it leads to more.
fn reach(most: &mut Most, points: i32, rest: &Most) {
    for seen in 0..most.len() {
        most[seen] = most[seen].max(points + rest[seen]);
    }
}

/// The same for a step that counts in full only the first time.
fn reach_once(most: &mut Most, bit: usize, (points, again): (i32, i32), rest: &Most) {
    for seen in 0..most.len() {
        let earned = if seen & bit == 0 { points } else { again };
        most[seen] = most[seen].max(earned + rest[seen | bit]);
    }
}

/// What an item earns at most inside a value.
fn inside(stretch: &Stretch<'_>, at: usize) -> i32 {
    let typed = match stretch.kind(at) {
        ItemKind::Number { .. } | ItemKind::Money { .. } | ItemKind::Percent { .. } => score::TYPED + 2,
        ItemKind::Email | ItemKind::Phone | ItemKind::Url | ItemKind::Code | ItemKind::Json => score::TYPED,
        ItemKind::Quoted { .. } | ItemKind::Address => score::ENUM,
        ItemKind::Comma | ItemKind::Ampersand => 0,
        ItemKind::Word if stretch.separates(at) => 0,
        ItemKind::Word if stretch.is(at, WordSet::True) || stretch.is(at, WordSet::False) => score::TYPED,
        ItemKind::Word if stretch.is(at, WordSet::Person) || stretch.is(at, WordSet::Thing) => 3,
        ItemKind::Word if number_word(&stretch.line.utterance.items[at].folded).is_some() => 2,
        _ => NEVER,
    };
    let cost = stretch.line.costs[at];
    typed.max(cost.max(cost / 2))
}

/// What a word of a set earns at most by itself, or in front of a value that it introduces.
fn word(set: WordSet) -> i32 {
    match set {
        WordSet::Preposition | WordSet::Link => LOOSE_LEAD,
        WordSet::Filler | WordSet::Determiner | WordSet::Question | WordSet::AtOnce => 0,
        // As a marker, and as a value, they are weighed elsewhere.
        WordSet::Tail | WordSet::True | WordSet::False => -3,
        WordSet::Auxiliary | WordSet::Self_ | WordSet::All => -1,
        WordSet::Light | WordSet::Sequence | WordSet::Licence => -2,
        WordSet::Conjunction | WordSet::Subject => -6,
        WordSet::Person | WordSet::Thing => -9,
        WordSet::Aside
        | WordSet::Article
        | WordSet::Binder
        | WordSet::Times
        | WordSet::Apiece
        | WordSet::Priced
        | WordSet::Quantity => score::UNKNOWN,
        WordSet::Negation | WordSet::Foreign | WordSet::Denial | WordSet::Unmet | WordSet::Told => score::NEGATION,
    }
}
