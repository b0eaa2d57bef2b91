use std::sync::{Mutex, PoisonError};

use jiff::Zoned;

use crate::catalog::{Catalog, OpId};
use crate::language::{Utterance, find_dates, read, with_spelled_numbers};

use super::again;
use super::annotate::Annotated;
use super::asides;
use super::codes;
use super::crowd;
use super::explain;
use super::follow;
use super::memory::Memory;
use super::openers;
use super::passive;
use super::reading::Reading;
use super::sentences;
use super::shared;
use super::shorthand::Shorthand;
use super::topic;
use super::units::Units;
use super::workbench::Workbench;
use super::{Intent, Status, Step};

/// Reads lines against one catalog. Cheap to make; it keeps what it computes for the next line.
#[derive(Debug, Default)]
pub struct Reader {
    shorthand: Shorthand,
    units: Units,
    /// What lines that are read at the same time work on; lines one after the other share one.
    benches: Mutex<Vec<Workbench>>,
}

/// What a reading depends on beside the line and the catalog.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The clock and the user's zone.
    pub now: &'a Zoned,
    /// What was spoken of before.
    pub memory: &'a Memory,
    /// Undocumented operations may be chosen.
    pub hidden: bool,
    /// Keep to this service.
    pub service: Option<&'a str>,
    /// Fill in the trace.
    pub explain: bool,
}

impl Context<'_> {
    /// Whether a line is kept to a service that has nothing to do with the first of the catalog, which names of other
    /// programs are foreign to.
    fn is_guest(&self, catalog: &Catalog) -> bool {
        let at = self.service.and_then(|name| catalog.services().iter().position(|service| service.name == name));
        at.and_then(|at| u16::try_from(at).ok()).is_some_and(|at| !catalog.reaches(at, 0))
    }
}

impl Reader {
    /// A reader with nothing computed yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a line: what it means, a question, or a refusal. The same line always gets the same answer.
    pub fn read(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let memory = context.memory;
        if crowd::too_much(utterance, catalog) {
            return Intent { message: crowd::TOO_MUCH.to_owned(), ..Intent::unknown(&utterance.text) };
        }
        if let Some(steps) = follow::same_for(utterance, catalog, memory) {
            return Intent { status: Status::Ready, steps, ..Intent::unknown(&utterance.text) };
        }
        let again = |text: Option<String>| {
            let line = read(&text?).ok()?;
            let intent = self.read_alone(&line, catalog, context);
            let understood = matches!(intent.status, Status::Ready | Status::Incomplete);
            understood.then(|| Intent { text: utterance.text.clone(), unexplained: Vec::new(), ..intent })
        };
        if let Some(intent) = again(follow::written_out(utterance, catalog, memory)) {
            return intent;
        }
        let intent = self.read_alone(utterance, catalog, context);
        let reads = |step: &Step| catalog.operation(step.operation).reads();
        if intent.steps.len() < 3
            && intent.steps.iter().all(reads)
            && let Some(each) = again(shared::said_twice(utterance, catalog))
            && each.status == Status::Ready
            && each.steps.len() == 2
            && each.steps.iter().all(reads)
        {
            return each;
        }
        if intent.status == Status::Ready {
            return intent;
        }
        if intent.status == Status::Unknown
            && let Some(ordered) =
                again(topic::in_its_place(utterance, catalog)).or_else(|| again(passive::as_order(utterance, catalog)))
        {
            return ordered;
        }
        if intent.status == Status::Unknown
            && let Some(only) = self.only_sentence(utterance, catalog, context)
        {
            return only;
        }
        let told = again(follow::with_noun(utterance, catalog, memory));
        told.filter(|told| told.status == Status::Ready || intent.status == Status::Unknown).unwrap_or(intent)
    }

    /// The operations that a line may mean as one command, with the points that each reading earns, the best first.
    pub fn ranking(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Vec<(OpId, i32)> {
        let counted = with_spelled_numbers(utterance);
        let utterance = counted.as_ref().unwrap_or(utterance);
        let written_out = self.shorthand.written_out(utterance, catalog);
        let utterance = written_out.as_ref().unwrap_or(utterance);
        let named = codes::named(utterance, catalog.vocabulary());
        let utterance = named.as_ref().unwrap_or(utterance);
        let told_apart = self.units.told_apart(utterance, catalog);
        let utterance = told_apart.as_ref().unwrap_or(utterance);
        let line = Annotated::new(utterance, catalog.vocabulary(), context.is_guest(catalog));
        let dates = find_dates(utterance, context.now);
        let reading = Reading::new(catalog, line, dates, *context, Workbench::default());
        reading.parse_all().iter().map(|parsed| (parsed.id, parsed.alignment.score)).collect()
    }

    /// What a line means by itself, but for the records that pronouns stand for.
    fn read_alone(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let counted = with_spelled_numbers(utterance);
        let utterance = counted.as_ref().unwrap_or(utterance);
        if let Some(begun) = openers::without(utterance, catalog.vocabulary()) {
            let intent = self.read_from_start(&begun, catalog, context);
            if intent.status != Status::Unknown {
                return intent;
            }
        }
        self.read_from_start(utterance, catalog, context)
    }

    /// What the one sentence of a line means that can be understood, where the others only tell something.
    fn only_sentence(&self, line: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Option<Intent> {
        let mut understood = None;
        for sentence in sentences::split(line) {
            let intent = self.read_alone(&sentence, catalog, context);
            match intent.status {
                Status::Unknown if sentences::only_tells(&sentence, catalog) => {}
                Status::Ready if understood.is_none() => understood = Some(intent),
                _ => return None,
            }
        }
        understood.map(|intent| Intent { text: line.text.clone(), ..intent })
    }

    fn read_from_start(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let written_out = self.shorthand.written_out(utterance, catalog);
        let utterance = written_out.as_ref().unwrap_or(utterance);
        let intent = self.read_written_out(utterance, catalog, context);
        if intent.steps.len() < 2
            && let Some(again) = again::with_noun_again(utterance, catalog)
        {
            let both = self.read_written_out(&again, catalog, context);
            if both.steps.len() > 1 && both.status == Status::Ready {
                return both;
            }
        }
        if intent.status != Status::Unknown {
            return intent;
        }
        // A figure that counts nothing may yet stand for a word: "task 4 june park"; and the first word for a verb.
        let figures = self.shorthand.figures_out(utterance, catalog);
        let others = figures.into_iter().chain(self.shorthand.opening_mended(utterance, catalog));
        let mut readings = others.map(|other| self.read_written_out(&other, catalog, context));
        readings.find(|other| other.status != Status::Unknown).unwrap_or(intent)
    }

    fn read_written_out(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let named = codes::named(utterance, catalog.vocabulary());
        let utterance = named.as_ref().unwrap_or(utterance);
        let told_apart = self.units.told_apart(utterance, catalog);
        let utterance = told_apart.as_ref().unwrap_or(utterance);
        let benches = || self.benches.lock().unwrap_or_else(PoisonError::into_inner);
        let bench = benches().pop().unwrap_or_default();
        let line = Annotated::new(utterance, catalog.vocabulary(), context.is_guest(catalog));
        let mut dates = find_dates(utterance, context.now);
        follow::same_day(utterance, catalog, context.memory, &mut dates);
        let reading = Reading::new(catalog, line, dates, *context, bench);
        let all = (0, utterance.items.len());
        let told = reading.line.reason.as_ref().map(|reason| asides::spoken_of(&reading, &[(0, reason.past)]));
        let whole = || reading.come_to(all, told.as_ref().unwrap_or(context.memory));
        let mut intent = if reading.line.reason.is_some() {
            let whole = whole();
            if whole.status == Status::Ready { whole } else { reading.apart().unwrap_or(whole) }
        } else {
            match reading.apart() {
                Some(rest) => Some(whole()).filter(|all| says_more(all, &rest)).unwrap_or(rest),
                None => whole(),
            }
        };
        if context.explain {
            explain::words(&reading, &mut intent.trace);
            explain::readings(&reading, &reading.parse_all(), &mut intent.trace);
        }
        benches().push(reading.into_bench());
        intent
    }
}

/// Whether a reading of a whole line says all that the reading of a part of it does, and more: what was taken for an
/// explanation told the value of a field.
fn says_more(all: &Intent, rest: &Intent) -> bool {
    let told = |intent: &Intent| intent.steps.iter().map(|step| step.arguments.len()).sum::<usize>();
    let pairs = || all.steps.iter().zip(&rest.steps);
    all.status == Status::Ready
        && all.steps.len() == rest.steps.len()
        && told(all) > told(rest)
        && pairs()
            .all(|(a, b)| a.operation == b.operation && b.arguments.iter().all(|known| a.arguments.contains(known)))
}
