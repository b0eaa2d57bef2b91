use std::cell::{OnceCell, RefCell};
use std::cmp::Reverse;

use crate::catalog::{CHANGES, Catalog, Kind, OpId, Operation, Parameter, Place, WordSet};
use crate::language::DateMatch;

use super::annotate::Annotated;
use super::candidates::Openers;
use super::clauses::accepted;
use super::edges::{Edges, flag};
use super::memory::Memory;
use super::parsed::{Parsed, Said};
use super::prospect::Prospect;
use super::reader::Context;
use super::score;
use super::slots::Slots;
use super::stretch::Stretch;
use super::values::arguments;
use super::workbench::{View, Workbench};
use super::{Argument, Value};

/// Everything that reading one line needs.
pub struct Reading<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The line.
    pub line: Annotated<'a>,
    /// Its dates.
    pub dates: Vec<DateMatch>,
    /// The rest.
    pub context: Context<'a>,
    service: Option<u16>,
    bench: RefCell<Workbench>,
}

/// The readings of a whole line as one operation.
pub struct Whole {
    /// Best first.
    pub readings: Vec<Parsed>,
    /// The operations that looked best before they were read, the best first.
    pub nearest: Vec<OpId>,
}

/// Which readings count.
#[derive(Clone, Copy)]
struct Bounds {
    /// How far behind the best they may be.
    reach: i32,
    /// They earn more than this.
    floor: i32,
    /// Where none earns that, the few that look best count however poor they are.
    first: bool,
    /// Once one may be acted on that none is preferred to, only its rivals count.
    settles: bool,
}

/// Readings this far below the best are of no consequence: no preference and no margin reaches them.
const REACH: i32 = 20;
/// Readings this far below the best may yet be preferred to it.
const PREFERENCE: i32 = 8;
/// Readings that earn no more are never acted on, nor preferred to one that is.
const TOO_POOR: i32 = 15;
/// Readings looked at for what they lack, where none is good enough.
const FEW: usize = 3;
/// How often an operation is read anew without a value that cannot be meant.
const MOST_RETRIES: usize = 2;
/// Operations kept for the suggestions of a refusal.
const MOST_NEAREST: usize = 5;
/// Below any score.
const NOTHING: i32 = i32::MIN / 2;

impl<'a> Reading<'a> {
    /// A line of a catalog, in its context.
    pub fn new(
        catalog: &'a Catalog,
        line: Annotated<'a>,
        dates: Vec<DateMatch>,
        context: Context<'a>,
        mut bench: Workbench,
    ) -> Self {
        bench.candidates.begin();
        let service = context.service.and_then(|name| {
            let at = catalog.services().iter().position(|s| s.name == name)?;
            u16::try_from(at).ok()
        });
        Self { catalog, line, dates, context, service, bench: RefCell::new(bench) }
    }

    /// Gives back what the line was read on.
    pub fn into_bench(self) -> Workbench {
        self.bench.into_inner()
    }

    /// The readings of the whole line as one operation, best first: the best, and those close enough to count. Where
    /// all are poor, the few that looked best are among them, so that a refusal can say what they lack.
    pub fn parse_whole(&self, (first, past): (usize, usize), memory: &Memory) -> Whole {
        let bench = &mut *self.bench.borrow_mut();
        let stretch = self.stretch((first, past), memory);
        self.hope(&stretch, bench);
        // "Won and lost" is a contradiction whichever reading hears it.
        let joined = (0..self.line.utterance.items.len()).any(|at| self.line.is(at, WordSet::Conjunction));
        let owned = self.speaks_of_owner(first, past) && !memory.is_empty();
        let settles = !self.line.garbled && !joined && !owned;
        let bounds = Bounds { reach: REACH, floor: TOO_POOR, first: true, settles };
        let readings = self.best(&stretch, bench, bounds);
        let nearest =
            bench.hopes.iter().filter(|(hope, ..)| *hope > 0).map(|(_, id, _)| *id).take(MOST_NEAREST).collect();
        Whole { readings, nearest }
    }

    /// Whether a stretch speaks of what belongs to something named before: "its messages", "the notes on it".
    pub fn speaks_of_owner(&self, first: usize, past: usize) -> bool {
        let whose = self.catalog.lexicon().set("pointing_whose");
        let led = |at: usize| {
            at > first && (self.line.is(at - 1, WordSet::Preposition) || self.line.is(at - 1, WordSet::Link))
        };
        (first..past).any(|at| {
            whose.contains(&self.line.utterance.items[at].folded) || self.line.is(at, WordSet::Thing) && led(at)
        })
    }

    /// Whether all that a reading lacks was spoken of before: the messages of the conversation rather than all there are.
    pub fn is_completed(&self, parsed: &Parsed, memory: &Memory) -> bool {
        let op = self.catalog.operation(parsed.id);
        let missing = &self.said(parsed).missing;
        let known = |name: &String| match op.param(name).map(|param| &param.kind) {
            Some(Kind::Entity(resource)) => memory.latest(resource).is_some(),
            _ => false,
        };
        op.reads() && !missing.is_empty() && missing.iter().all(known)
    }

    /// The readings of the whole line as one operation, however poor, best first.
    pub fn parse_all(&self) -> Vec<Parsed> {
        let bench = &mut *self.bench.borrow_mut();
        let stretch = self.whole();
        self.hope(&stretch, bench);
        self.best(&stretch, bench, Bounds { reach: -NOTHING, floor: NOTHING, first: true, settles: false })
    }

    /// The readings of the whole line as some operations, as far as they come into question for it, however poor.
    pub fn parse_as(&self, wanted: &[OpId]) -> Vec<Parsed> {
        let bench = &mut *self.bench.borrow_mut();
        let stretch = self.whole();
        self.hope(&stretch, bench);
        let hopes: Vec<(OpId, usize)> = bench.hopes.iter().map(|(_, id, view)| (*id, *view)).collect();
        let hopes = hopes.into_iter().filter(|(id, _)| wanted.contains(id));
        hopes.filter_map(|hope| self.align(hope, &stretch, bench, NOTHING)).collect()
    }

    /// Every reading of the whole line as one operation, and what was hoped for before it was read.
    #[cfg(test)]
    pub fn hoped_and_earned(&self) -> Vec<(i32, Parsed)> {
        let bench = &mut *self.bench.borrow_mut();
        let stretch = self.whole();
        self.hope(&stretch, bench);
        let hopes = bench.hopes.clone();
        let align = |(hope, id, view)| Some((hope, self.align((id, view), &stretch, bench, NOTHING)?));
        hopes.into_iter().filter_map(align).collect()
    }

    /// The readings of a stretch as one operation, best first; none that is too poor to act on. `settles`: behind one that may
    /// be acted on only its rivals count.
    pub fn parse(&self, (first, past): (usize, usize), memory: &Memory, settles: bool) -> Vec<Parsed> {
        let settles = settles && (memory.is_empty() || !self.speaks_of_owner(first, past));
        self.parse_above((first, past), memory, Bounds { reach: REACH, floor: TOO_POOR, first: false, settles })
    }

    /// Whether some reading of a stretch as one operation may earn so much.
    pub fn may_earn(&self, stretch: (usize, usize), memory: &Memory, least: i32) -> bool {
        let floor = TOO_POOR.max(least - 1);
        !self.parse_above(stretch, memory, Bounds { reach: REACH, floor, first: false, settles: false }).is_empty()
    }

    fn parse_above(&self, (first, past): (usize, usize), memory: &Memory, bounds: Bounds) -> Vec<Parsed> {
        if first >= past {
            return Vec::new();
        }
        let bench = &mut *self.bench.borrow_mut();
        let stretch = self.stretch((first, past), memory);
        self.hope(&stretch, bench);
        self.best(&stretch, bench, bounds)
    }

    /// How the patterns may begin that may fit in the line.
    pub fn openers(&self) -> Openers {
        self.bench.borrow().candidates.openers(self.catalog)
    }

    /// Whether one of the patterns that may begin with a value may fit in a stretch.
    pub fn opens_with_value(&self, openers: &Openers, (first, past): (usize, usize)) -> bool {
        let terms = (first..past).flat_map(|at| self.line.matches(at)).map(|m| m.term);
        self.bench.borrow_mut().candidates.open(openers, self.catalog, terms)
    }

    /// The best readings among what was hoped for.
    fn best(&self, stretch: &Stretch<'_>, bench: &mut Workbench, bounds: Bounds) -> Vec<Parsed> {
        let mut parsed: Vec<Parsed> = Vec::new();
        let (mut floor, mut settled) = (bounds.floor, false);
        for nth in 0..bench.hopes.len() {
            let (hope, id, view) = bench.hopes[nth];
            let least = if nth < FEW && bounds.first && floor == bounds.floor { NOTHING } else { floor };
            if hope <= least {
                break;
            }
            if let Some(found) = self.align((id, view), stretch, bench, least) {
                let behind = &bench.hopes[nth + 1..];
                let settles = bounds.settles && accepted(self.catalog, &found) && self.settles(&found, &parsed, behind);
                settled |= settles;
                let reach = if settles { score::MARGIN_WRITE } else { bounds.reach };
                floor = floor.max(found.alignment.score.saturating_sub(reach));
                parsed.push(found);
            }
        }
        if floor > bounds.floor {
            parsed.retain(|p| p.alignment.score >= floor);
        }
        parsed.sort_by_key(|p| (-p.alignment.score, p.id));
        self.prefer(&mut parsed);
        self.prefer_later(&mut parsed);
        // A refusal offers what is near, too.
        if settled && parsed.first().is_none_or(|best| !accepted(self.catalog, best)) {
            return self.best(stretch, bench, Bounds { settles: false, ..bounds });
        }
        parsed
    }

    /// Whether no candidate but a reading itself may be preferred to whichever is best in the end: those that come near enough
    /// are of its service, and none of them stands before one that may be ahead of it. What was read already is in `parsed`;
    /// `behind` was not.
    fn settles(&self, found: &Parsed, parsed: &[Parsed], behind: &[(i32, OpId, usize)]) -> bool {
        let score = found.alignment.score;
        let service = |id: OpId| self.catalog.vocabulary().heads[id.0 as usize].service;
        let called = self.names_by_word();
        let may_earn = |least: i32| {
            let read = parsed.iter().filter(move |p| p.alignment.score >= least).map(|p| p.id);
            read.chain(behind.iter().take_while(move |(hope, ..)| *hope >= least).map(|(_, id, _)| *id))
        };
        let ahead = |name: &String| {
            let mut ahead = std::iter::once(found.id).chain(may_earn(score));
            ahead.any(|id| self.catalog.name(id) == name)
        };
        let meddles = |id: OpId| {
            let op = self.catalog.operation(id);
            service(id) != service(found.id) || called && makes(op) || op.prefer_over.iter().any(ahead)
        };
        !may_earn(score - PREFERENCE).any(meddles)
    }

    /// Finds the candidates of a stretch, those that may earn most first.
    fn hope(&self, stretch: &Stretch<'_>, bench: &mut Workbench) {
        bench.candidates.find(self.catalog, stretch, &self.context, self.service);
        bench.outlook.prepare(stretch);
        bench.hopes.clear();
        bench.wording.hear(stretch);
        let spoken_of = self.line.holds_pronoun(stretch.first, stretch.past) && !stretch.memory.is_empty();
        for candidate in bench.candidates.list() {
            let id = candidate.operation;
            let (op, frame) = (self.catalog.operation(id), self.catalog.frame(id));
            let wording = &bench.wording;
            if frame.not().zip(&op.not).any(|(first, phrase)| wording.may_hold(first) && wording.holds(phrase, first)) {
                continue;
            }
            let nth = bench.hopes.len();
            if bench.views.len() == nth {
                bench.views.push(View::default());
            }
            let view = &mut bench.views[nth];
            view.landmarks.find(stretch, frame);
            let slots = Slots::new(stretch, frame, std::mem::take(&mut view.landmarks));
            view.patterns.find(op, &slots, bench.candidates.patterns(id));
            view.rest.clear();
            let hope = if spoken_of {
                i32::MAX
            } else {
                let hope = bench.outlook.of(op, &slots, &view.patterns);
                view.rest.extend_from_slice(bench.outlook.rest());
                hope
            };
            view.landmarks = slots.into_landmarks();
            bench.hopes.push((hope, id, nth));
        }
        bench.hopes.sort_unstable_by_key(|(hope, id, _)| (Reverse(*hope), *id));
    }

    /// A stretch as one operation, when it earns more than `floor`; `view` is where [`Self::hope`] put what it saw of it.
    fn align(
        &self,
        (id, view): (OpId, usize),
        stretch: &Stretch<'_>,
        bench: &mut Workbench,
        floor: i32,
    ) -> Option<Parsed> {
        let (op, frame) = (self.catalog.operation(id), self.catalog.frame(id));
        let view = &mut bench.views[view];
        let slots = Slots::new(stretch, frame, std::mem::take(&mut view.landmarks));
        let rest = if floor > NOTHING { view.rest.as_slice() } else { &[] };
        let prospect = Prospect::new(rest, floor, &mut bench.reached);
        let mut edges = Edges::new(op, slots, &view.patterns, prospect, std::mem::take(&mut bench.store));
        let mut parse = |edges: &Edges<'_>| {
            let alignment = bench.aligner.align(edges, floor)?;
            Some(self.weighed(Parsed { id, alignment, said: OnceCell::new() }, op))
        };
        let mut best = parse(&edges);
        let mut unfit = best.as_ref().and_then(|best| self.unfit_value(op, best));
        for _ in 0..MOST_RETRIES {
            let Some(value) = unfit else { break };
            edges.forbid(value);
            let Some(other) = parse(&edges) else { break };
            unfit = self.unfit_value(op, &other);
            if best.as_ref().is_none_or(|best| best.alignment.score < other.alignment.score) {
                best = Some(other);
            }
        }
        (bench.store, view.landmarks) = edges.into_store();
        best
    }

    fn whole(&self) -> Stretch<'_> {
        self.stretch((0, self.line.utterance.items.len()), self.context.memory)
    }

    fn stretch<'s>(&'s self, (first, past): (usize, usize), memory: &'s Memory) -> Stretch<'s> {
        Stretch::new(&self.line, (first, past), self.catalog.vocabulary(), &self.dates, memory)
    }

    /// What a reading says and leaves out.
    pub fn said<'p>(&self, parsed: &'p Parsed) -> &'p Said {
        parsed.said.get_or_init(|| {
            let (op, frame) = (self.catalog.operation(parsed.id), self.catalog.frame(parsed.id));
            let arguments = arguments(
                op,
                frame,
                &self.line,
                &self.dates,
                (&parsed.alignment.filled, self.catalog.lexicon().set("to_come")),
            );
            let missing = self.lacking(op, &arguments);
            Said { arguments, missing }
        })
    }

    /// What only the user can supply: the parameters that are missing, or [`CHANGES`].
    pub fn lacking(&self, op: &Operation, arguments: &[Argument]) -> Vec<String> {
        let mut missing = missing(op, arguments);
        if missing.is_empty() && (self.changes_nothing(op, arguments) || makes_nothing(op, arguments)) {
            missing.push(CHANGES.to_owned());
        }
        missing
    }

    /// Whether a record is to be changed and nothing but the record is said.
    fn changes_nothing(&self, op: &Operation, arguments: &[Argument]) -> bool {
        // Where the record may be left out, so that one is made, naming it asks for it to be changed.
        let chosen = |p: &Parameter| own(op, p) && p.place == Place::Body && !p.required;
        let named = arguments.iter().any(|a| op.param(&a.name).is_some_and(chosen));
        let verbs = op.verbs.iter().take(if named { op.verbs.len() } else { 1 });
        let changes = |name: &String| self.catalog.lexicon().verbs.iter().any(|v| v.name == *name && v.changes);
        let record = |p: &&Parameter| own(op, p);
        let content = |p: &&Parameter| p.place == Place::Body && !p.supplied && !record(p);
        verbs.into_iter().any(changes)
            && op.fixed.is_empty()
            && op.params.iter().any(|p| content(&p))
            && arguments.iter().all(|a| op.param(&a.name).is_some_and(|p| !content(&p)))
    }

    /// Whether a word leads to a name: "called".
    pub fn names_by_word(&self) -> bool {
        let leads = self.catalog.lexicon().set("leads_to_name");
        self.line.utterance.items.iter().any(|item| leads.contains(&item.folded))
    }

    /// Puts an operation before the twins it is preferred over when they score about the same.
    fn prefer(&self, parsed: &mut Vec<Parsed>) {
        let Some(best) = parsed.first() else { return };
        let (score, name) = (best.alignment.score, self.catalog.operation(best.id).name.clone());
        let clean = best.alignment.unexplained.len();
        // "Calendar Demo: colour red" has no verb, and speaks of what is there.
        let called = self.names_by_word();
        let makes = |p: &Parsed| makes(self.catalog.operation(p.id));
        let asked = |p: &Parsed| p.alignment.flags & flag::VERB != 0;
        // "Calendar called Intake: round robin" makes one, whichever of the two is preferred else.
        let object = self.catalog.operation(best.id).objects.first();
        let named = called && !asked(best) && !makes(best);
        let made = |p: &Parsed| named && makes(p) && self.catalog.operation(p.id).objects.first() == object;
        let rival = parsed.iter().position(|p| {
            let preferred =
                self.catalog.operation(p.id).prefer_over.contains(&name) && (called || asked(p) || !makes(p));
            p.alignment.score + PREFERENCE >= score && p.alignment.unexplained.len() <= clean && (preferred || made(p))
        });
        if let Some(at) = rival {
            let winner = parsed.remove(at);
            parsed.insert(0, winner);
        }
    }

    /// Puts an operation of a service that was laid over another before that one's: who adds a service means it.
    fn prefer_later(&self, parsed: &mut Vec<Parsed>) {
        let service = |p: &Parsed| self.catalog.vocabulary().heads[p.id.0 as usize].service;
        let Some((score, first)) = parsed.first().map(|best| (best.alignment.score, service(best))) else { return };
        let rival = parsed
            .iter()
            .position(|p| service(p) > first && p.alignment.score + PREFERENCE >= score && accepted(self.catalog, p));
        if let Some(at) = rival {
            let winner = parsed.remove(at);
            parsed.insert(0, winner);
        }
    }
}

/// Whether an operation makes a record.
pub(super) fn makes(op: &Operation) -> bool {
    op.verbs.iter().any(|verb| verb == "create")
}

/// Whether a record is to be made of which nothing is said at all, though there is much to say.
fn makes_nothing(op: &Operation, arguments: &[Argument]) -> bool {
    let content = |p: &Parameter| p.place == Place::Body && !p.supplied;
    arguments.is_empty() && op.fixed.is_empty() && makes(op) && op.params.iter().any(content)
}

/// Whether a parameter is a record of an operation's object.
pub(super) fn own(op: &Operation, param: &Parameter) -> bool {
    matches!(&param.kind, Kind::Entity(resource) if op.objects.first() == Some(resource))
}

/// Whether some list of records holds more than one.
pub(super) fn several(op: &Operation, arguments: &[Argument]) -> bool {
    arguments.iter().any(|a| {
        let records = op.param(&a.name).is_some_and(|p| p.many && matches!(p.kind, Kind::Entity(_)));
        records && matches!(&a.value, Value::List(list) if list.len() > 1)
    })
}

/// Required parameters that neither the arguments nor the catalog supply.
#[must_use]
pub fn missing(op: &Operation, arguments: &[Argument]) -> Vec<String> {
    let given = |name: &str| {
        arguments.iter().any(|a| a.name == name || a.name.starts_with(&format!("{name}.")))
            || op.fixed.iter().any(|(n, _)| n == name)
    };
    let own = |p: &Parameter| p.name == "id" || matches!(&p.kind, Kind::Entity(r) if op.objects.first() == Some(r));
    // What is needed to make a record is not needed to change the one that is named.
    let changes = op.params.iter().any(|p| p.place == Place::Body && own(p) && given(&p.name));
    op.params
        .iter()
        .filter(|p| {
            (p.required || p.needed && !changes)
                && !p.supplied
                && p.default.is_none()
                && p.derive.is_none()
                && !given(&p.name)
        })
        .map(|p| p.name.clone())
        .collect()
}
