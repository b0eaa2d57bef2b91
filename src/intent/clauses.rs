//! One line may hold several commands.

use std::rc::Rc;

use crate::catalog::{Catalog, Kind, OpId, Parameter, Place, Risk, Sense, TermId, WordSet};
use crate::language::ItemKind;

use super::edges::{Rule, flag};
use super::memory::Memory;
use super::parsed::Parsed;
use super::reading::{Reading, makes};
use super::score;

/// More items than any term covers.
const LONGEST_IDLE: usize = 16;
/// Places where a line is tried to be cut.
const MOST_CUTS: usize = 5;
/// Values that an order lacks at most to stand beside another.
pub(super) const MOST_MISSING: usize = 2;
/// The fewest points of a reading that is believed.
const BELIEVED_READ: i32 = 24;
const BELIEVED_WRITE: i32 = 36;

/// Whether a reading may be acted on: every word has a job, nothing negates it, and it earned enough.
pub fn accepted(catalog: &Catalog, parsed: &Parsed) -> bool {
    let op = catalog.operation(parsed.id);
    let seen = |bit: u32| parsed.alignment.flags & bit != 0;
    let enough = if op.reads() { BELIEVED_READ } else { BELIEVED_WRITE };
    let told = seen(flag::MARK) || seen(flag::OBJECT) && parsed.alignment.filled.len() >= score::ENOUGH_TOLD as usize;
    let told = told && !(makes(op) && states(parsed));
    let asked = seen(flag::VERB) || op.reads() || told && op.risk == Risk::Write;
    asked
        && parsed.alignment.unexplained.is_empty()
        && !seen(flag::NEGATED)
        && (seen(flag::OBJECT) || seen(flag::HINT) || seen(flag::OWN))
        && parsed.alignment.score >= enough
}

/// Whether something is said of what a line names: "business line is 312 555 0170" makes no business.
fn states(parsed: &Parsed) -> bool {
    let path = &parsed.alignment.path;
    path.windows(2).any(|steps| steps[0].2 == Rule::ObjectValue && steps[1].2 == Rule::Auxiliary)
}

/// By how much a line must read better as one command when each of its parts opens with a verb: "…, email j@x.com" is a
/// field rather than a command.
const ONE_COMMAND: i32 = 12;

/// The commands of a stretch that holds several, when every part of it can be read; nothing when it is one command.
pub fn segmentations(
    reading: &Reading<'_>,
    (first, past): (usize, usize),
    memory: &Memory,
    whole: &[Parsed],
) -> Option<Vec<Rc<Parsed>>> {
    let mut cuts = cuts(reading);
    cuts.retain(|(end, _)| (first + 1..past).contains(end));
    if !cuts.is_empty() {
        let openers = reading.openers();
        let opens =
            |next: usize| may_order(reading, next, &openers.words) || reading.opens_with_value(&openers, (next, past));
        cuts.retain(|(_, next)| joins(reading, *next) || opens(*next));
    }
    if cuts.is_empty() {
        return None;
    }
    let (known, parts) = (Vec::new(), Vec::new());
    let mut search = Search { reading, first, past, cuts, known, parts, best: None };
    let believed = |w: &&Parsed| accepted(reading.catalog, w) && reading.said(w).missing.is_empty();
    let one = whole.first().filter(believed).map(|w| w.alignment.score);
    if one.is_some_and(|score| !search.may_beat(score, memory)) {
        return None;
    }
    search.from(first, 0, 0, memory);
    let (sum, _, parts) = search.best?;
    let explicit = parts.iter().skip(1).all(|part| opens_with_verb(part));
    let clearly = if explicit { ONE_COMMAND } else { 0 };
    one.is_none_or(|score| score < sum + clearly).then_some(parts)
}

/// Points for each part of a line that is cut.
const EACH: i32 = 6;

/// Points by which the likeliest reading of a part may be ahead of one that goes on with the record of the part before.
const GOING_ON: i32 = 16;

/// Looks for the best way to cut a line, from left to right: what cannot be read as a command is not gone beyond, and no
/// stretch is read twice.
struct Search<'a> {
    reading: &'a Reading<'a>,
    first: usize,
    past: usize,
    cuts: Vec<(usize, usize)>,
    known: Vec<Known>,
    parts: Vec<Rc<Parsed>>,
    /// Points, the cuts chosen as bits, the parts.
    best: Option<(i32, u32, Vec<Rc<Parsed>>)>,
}

/// The readings of a part of a line.
struct Known {
    stretch: (usize, usize),
    /// What they were read with, where a pronoun stands in the part: nothing else before it changes any of them.
    memory: Option<Memory>,
    list: Rc<[Rc<Parsed>]>,
}

impl Search<'_> {
    /// Whether the line may read better cut than as one command that earns so much. It is looked at from the right: what stands
    /// behind the last cut is mostly the shortest part, and where it is no command the cut is none either.
    fn may_beat(&mut self, one: i32, memory: &Memory) -> bool {
        while let Some(&(end, next)) = self.cuts.last() {
            let rest = (next, self.past);
            if self.reading.line.holds_pronoun(next, self.past) {
                return true;
            }
            let list = self.readings(rest, memory, false);
            let acted_on = list.iter().filter(|part| accepted(self.reading.catalog, part));
            if let Some(most) = acted_on.map(|part| part.alignment.score).max() {
                // Two parts must earn more than this on an average.
                let average = one - ONE_COMMAND - 2 * EACH;
                let least = 2 * (average + 1) - most;
                return self.cuts.len() > 1 || self.reading.may_earn((self.first, end), memory, least);
            }
            self.cuts.pop();
        }
        false
    }

    /// Tries every part that begins at an item and ends at one of the cuts from `cut` on, or at the end of the line.
    fn from(&mut self, first: usize, cut: usize, chosen: u32, memory: &Memory) {
        for next in cut..self.cuts.len() {
            let (end, begin) = self.cuts[next];
            if let Some(memory) = self.take(first, end, memory) {
                self.from(begin, next + 1, chosen | 1 << next, &memory);
                self.parts.pop();
            }
        }
        if self.parts.is_empty() || self.take(first, self.past, memory).is_none() {
            return;
        }
        let count = i32::try_from(self.parts.len()).unwrap_or(1);
        let sum = self.parts.iter().map(|p| p.alignment.score).sum::<i32>() / count + EACH * count;
        let better = |(score, bits, _): &(i32, u32, _)| (sum, !chosen) > (*score, !*bits);
        if self.best.as_ref().is_none_or(better) {
            self.best = Some((sum, chosen, self.parts.clone()));
        }
        self.parts.pop();
    }

    /// Takes a stretch as the next command when it can be one; the memory after it.
    fn take(&mut self, first: usize, past: usize, memory: &Memory) -> Option<Memory> {
        let reading = self.reading;
        let part = self.part(first, past, memory)?;
        let later = !self.parts.is_empty();
        let reads = |p: &Parsed| reading.catalog.operation(p.id).reads();
        let object = part.alignment.flags & flag::OBJECT != 0;
        let apart = reading.told_apart(reading.catalog.operation(part.id), &part).is_some();
        // "In the Harbor Vet location, list …": what a preposition opens is no command.
        let led = reading.line.is(first, WordSet::Preposition)
            && !reading.line.is_verb(first)
            && !reading.line.is_name(first);
        // "The tag gold is obsolete and should be removed": what is wished goes on with its subject.
        let begins = (first..past).find(|at| !reading.line.is(*at, WordSet::Conjunction));
        let wishes = |at: usize| reading.line.is(at, WordSet::Licence) && reading.line.is(at, WordSet::Auxiliary);
        let goes_on_wishing = later && reads(&part) && begins.is_some_and(wishes);
        if goes_on_wishing || apart || led && !part.alignment.path.iter().any(|(_, _, rule, _)| *rule == Rule::Pattern)
        {
            return None;
        }
        let joined = first > self.first && joins(reading, first);
        let goes_on = || joined && object && reads(&part) && self.parts.iter().all(|p| reads(p));
        // "…. What zones are left then?"
        let asks = || reading.line.is(first, WordSet::Question) && !reading.line.is(first, WordSet::Auxiliary);
        let asked = || reads(&part) && asks() && reading.line.utterance.items[first - 1].kind != ItemKind::Comma;
        let ordered = || opens_with_verb(&part) && self.orders(first, past, &part);
        if later && !ordered() && !goes_on() && !asked() || !complete(reading, &part, later, past) {
            return None;
        }
        let step = reading.step(&part, memory);
        let after = memory.after(reading.catalog, reading.catalog.operation(part.id), &step.arguments);
        self.parts.push(part);
        Some(after)
    }

    /// Whether a part that changes something holds a verb: in "delete his task and his note `n1`" the second part goes on with
    /// the verb of the first, and makes no note.
    fn orders(&self, first: usize, past: usize, part: &Parsed) -> bool {
        let line = &self.reading.line;
        let own = |at: usize| {
            let vocabulary = self.reading.catalog.vocabulary();
            line.matches(at).iter().any(|m| vocabulary.is_own_verb(m.term))
        };
        let verb = |at: usize| (line.is_verb(at) || own(at)) && !(at > 0 && line.is(at - 1, WordSet::Determiner));
        let destroys = |part: &Rc<Parsed>| self.reading.catalog.operation(part.id).risk == Risk::Destroy;
        let reads = |part: &Parsed| self.reading.catalog.operation(part.id).reads();
        let asks = |at: usize| line.is(at, WordSet::Question) || line.is(at, WordSet::Auxiliary);
        // "Move the deal to Lost, reason price" asks for no price.
        let led = (first..past).any(verb);
        let small = |at: &usize| {
            use WordSet::{Conjunction, Determiner, Filler, Self_, Sequence};
            [Conjunction, Determiner, Filler, Self_, Sequence].into_iter().any(|set| line.is(*at, set))
        };
        // "…, we want leads" only tells why.
        let wishes = |at: usize| line.is(at, WordSet::Licence);
        let opens =
            || (first..past).find(|at| !small(at)).is_some_and(|at| verb(at) && !wishes(at) && line.head.is_some());
        if reads(part) && !self.parts.iter().all(|part| reads(part)) {
            return opens() && !line.is_noun(first) || (first..past).any(asks);
        }
        led || reads(part) || !self.parts.iter().any(destroys)
    }

    /// The best reading of a stretch, when it may be acted on.
    fn part(&mut self, first: usize, past: usize, memory: &Memory) -> Option<Rc<Parsed>> {
        let reading = self.reading;
        let before = self.parts.last().map(|part| part.id);
        let pronoun = reading.line.holds_pronoun(first, past);
        let list = self.readings((first, past), memory, pronoun);
        let most = list.first()?.alignment.score;
        let near = |p: &&Rc<Parsed>| p.alignment.score + GOING_ON >= most;
        let on = before.and_then(|before| list.iter().filter(near).find(|p| goes_on(reading, before, p)));
        let owned = reading.speaks_of_owner(first, past);
        let own = || list.iter().filter(near).find(|p| owned && reading.is_completed(p, memory));
        let best = on.or_else(own).or_else(|| list.first())?;
        let blind = before.is_some() && !pronoun && destroys_unsaid(reading, best);
        (!blind && accepted(reading.catalog, best)).then(|| best.clone())
    }

    /// The readings of a stretch, found once.
    fn readings(&mut self, stretch: (usize, usize), memory: &Memory, pronoun: bool) -> Rc<[Rc<Parsed>]> {
        let heard = pronoun.then_some(memory);
        let same = |known: &&Known| known.stretch == stretch && known.memory.as_ref() == heard;
        if let Some(known) = self.known.iter().find(same) {
            return known.list.clone();
        }
        // What goes on with the part before it may be far behind; the first part has none.
        let list = self.reading.parse(stretch, memory, stretch.0 == self.first);
        let list: Rc<[_]> = list.into_iter().map(Rc::new).collect();
        self.known.push(Known { stretch, memory: heard.cloned(), list: list.clone() });
        list
    }
}

/// Whether a part goes on with the record of the one before: "add tag vip to Jane and remove the tag lead" leaves out the
/// same record, and says the same of it.
fn goes_on(reading: &Reading<'_>, before: OpId, part: &Parsed) -> bool {
    let (before, op) = (reading.catalog.operation(before), reading.catalog.operation(part.id));
    let said = reading.said(part);
    let left_out = |p: &Parameter| p.place == Place::Path && p.required && said.missing.contains(&p.name);
    let same = |p: &Parameter| before.param(&p.name).is_some_and(|other| other.kind == p.kind);
    let told = |p: &Parameter| said.arguments.iter().any(|argument| argument.name == p.name);
    before.service == op.service
        && op.params.iter().any(|p| left_out(p) && same(p))
        && op.params.iter().any(|p| told(p) && same(p) && !left_out(p))
}

/// Whether a part would destroy a record that only the part before names.
fn destroys_unsaid(reading: &Reading<'_>, part: &Parsed) -> bool {
    let op = reading.catalog.operation(part.id);
    let own = |p: &Parameter| matches!(&p.kind, Kind::Entity(resource) if op.objects.first() == Some(resource));
    let missing = &reading.said(part).missing;
    op.risk == Risk::Destroy && op.params.iter().any(|p| own(p) && missing.contains(&p.name))
}

/// Whether the first word of a part that does anything asks for something to be done.
fn opens_with_verb(parsed: &Parsed) -> bool {
    let idle = [
        Rule::Filler,
        Rule::LooseConjunction,
        Rule::Comma,
        Rule::Sequence,
        Rule::Speaker,
        Rule::Determiner,
        Rule::Auxiliary,
    ];
    let first = parsed.alignment.path.iter().find(|(_, _, rule, _)| !idle.contains(rule));
    first.is_some_and(|(_, _, rule, _)| matches!(rule, Rule::Verb | Rule::OwnVerb | Rule::Pattern | Rule::TurnOfSpeech))
}

/// Whether a conjunction stands before an item, or "and then".
fn joins(reading: &Reading<'_>, at: usize) -> bool {
    let joins = |at: usize| at > 0 && reading.line.is(at - 1, WordSet::Conjunction);
    joins(at) || at > 1 && reading.line.is(at - 1, WordSet::Sequence) && joins(at - 1)
}

/// Whether some reading of a part that begins at an item may [open with a verb](opens_with_verb); `openers` are the words that
/// patterns may begin with.
fn may_order(reading: &Reading<'_>, first: usize, openers: &[TermId]) -> bool {
    use WordSet::{Auxiliary, Conjunction, Determiner, Filler, Self_, Sequence};
    let vocabulary = reading.catalog.vocabulary();
    let items = &reading.line.utterance.items;
    // The items that only idle words lead to, as bits counted from the first.
    let mut reached = 1u64;
    for (at, item) in items.iter().enumerate().skip(first) {
        if reached >> (at - first) == 0 {
            return false;
        }
        if reached >> (at - first) & 1 == 0 {
            continue;
        }
        let mut pass =
            |len: usize| reached |= 1u64.checked_shl(u32::try_from(at - first + len).unwrap_or(64)).unwrap_or(0);
        if matches!(item.kind, ItemKind::Comma | ItemKind::Semicolon | ItemKind::Ampersand) {
            pass(1);
        }
        for m in reading.line.matches(at) {
            for sense in vocabulary.senses(m.term) {
                match sense {
                    Sense::Verb { .. } | Sense::Apart { .. } | Sense::Turn { .. } => return true,
                    Sense::Own if openers.contains(&m.term) || vocabulary.is_own_verb(m.term) => return true,
                    Sense::Set(Auxiliary | Conjunction | Determiner | Filler | Self_ | Sequence) => pass(m.len.into()),
                    _ => {}
                }
            }
        }
        if at - first + LONGEST_IDLE > 63 {
            return true;
        }
    }
    false
}

/// Whether nothing is missing but what the part before may supply, or a value that a clear order will be asked for.
fn complete(reading: &Reading<'_>, parsed: &Parsed, later: bool, past: usize) -> bool {
    let op = reading.catalog.operation(parsed.id);
    let missing = &reading.said(parsed).missing;
    let supplied = |name: &String| later && op.param(name).is_some_and(|p| matches!(p.kind, Kind::Entity(_)));
    // "Create a user Ann Lee, email ann@x.com" is one order, and "…, and then list the users" another.
    let items = &reading.line.utterance.items;
    let parted = items.get(past).is_some_and(|item| item.kind == ItemKind::Stop)
        || (past..items.len().min(past + 3))
            .take_while(|at| separates(reading, *at))
            .any(|at| reading.line.is(at, WordSet::Sequence));
    let clear =
        parted && missing.len() <= MOST_MISSING && !parsed.alignment.filled.is_empty() && opens_with_verb(parsed);
    missing.iter().all(|name| clear || supplied(name))
}

/// Places where a new command may begin: (one past the last item of the left part, first item of the right part).
fn cuts(reading: &Reading<'_>) -> Vec<(usize, usize)> {
    let line = &reading.line;
    let items = &line.utterance.items;
    let mut out = Vec::new();
    let mut at = 1;
    while at < items.len() && out.len() < MOST_CUTS {
        if opens_tail(reading, at) {
            let quoted = items.get(at + 1).is_some_and(|i| matches!(i.kind, ItemKind::Quoted { .. }));
            if !quoted {
                break;
            }
            at += 2;
            continue;
        }
        if !separates(reading, at) {
            at += 1;
            continue;
        }
        let mut next = at;
        while next < items.len() && separates(reading, next) {
            next += 1;
        }
        let why = line.reason.as_ref().is_some_and(|reason| reason.past == at);
        if next < items.len() && !why && begins(reading, next) {
            out.push((at, next));
        }
        at = next;
    }
    out
}

fn opens_tail(reading: &Reading<'_>, at: usize) -> bool {
    let vocabulary = reading.catalog.vocabulary();
    let marker =
        reading.line.matches(at).iter().any(|m| vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Tail)));
    marker || reading.line.utterance.items[at].kind == ItemKind::Colon
}

fn separates(reading: &Reading<'_>, at: usize) -> bool {
    let item = &reading.line.utterance.items[at];
    match item.kind {
        ItemKind::Comma | ItemKind::Semicolon | ItemKind::Stop | ItemKind::Ampersand => true,
        ItemKind::Word => {
            reading.line.is(at, WordSet::Conjunction)
                || reading.line.is(at, WordSet::Sequence)
                || in_sequence(reading, at)
        }
        _ => false,
    }
}

/// Whether an item is one of the words of "after that".
fn in_sequence(reading: &Reading<'_>, at: usize) -> bool {
    let vocabulary = reading.catalog.vocabulary();
    let covers = |from: usize| {
        let long = reading.line.matches(from).iter().filter(|m| from + usize::from(m.len) > at);
        long.flat_map(|m| vocabulary.senses(m.term)).any(|s| *s == Sense::Set(WordSet::Sequence))
    };
    covers(at) || at > 0 && covers(at - 1)
}

/// Whether something that can open a command stands at an item.
fn begins(reading: &Reading<'_>, at: usize) -> bool {
    let vocabulary = reading.catalog.vocabulary();
    let opens = |s: &Sense| {
        matches!(
            s,
            Sense::Verb { .. }
                | Sense::Noun { .. }
                | Sense::Own
                | Sense::Set(WordSet::Filler | WordSet::Determiner | WordSet::Person | WordSet::Question)
        )
    };
    let name = reading.line.is_name(at);
    !name && reading.line.matches(at).iter().any(|m| vocabulary.senses(m.term).iter().any(opens))
}
