use std::borrow::Cow;
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Zoned;

use crate::catalog::{Catalog, OpId, Risk};
use crate::language::{ItemKind, Utterance, find_dates, read, with_spelled_numbers};

use super::addresses;
use super::again;
use super::annotate::Annotated;
use super::apostrophe;
use super::asides;
use super::asking;
use super::codes;
use super::completing;
use super::contrast;
use super::crowd;
use super::deciding::NOT_DONE;
use super::doubts::Doubts;
use super::explain;
use super::follow;
use super::framing;
use super::gist::Gists;
use super::guards::{self, destroys};
use super::leftout;
use super::memory::Memory;
use super::messenger;
use super::naming;
use super::numbered;
use super::openers;
use super::passive;
use super::portion;
use super::reading::{Reading, makes, own};
use super::sentences;
use super::several;
use super::shared;
use super::shorthand::Shorthand;
use super::sought;
use super::statement;
use super::topic;
use super::undoing;
use super::units::{self, Units};
use super::unneeded;
use super::wishes;
use super::workbench::Workbench;
use super::{Argument, Intent, Status, Step, Value};

/// Reads lines against one catalog. Cheap to make; it keeps what it computes for the next line.
#[derive(Debug, Default)]
pub struct Reader {
    pub(super) shorthand: Shorthand,
    units: Units,
    /// What lines that are read at the same time work on; lines one after the other share one.
    benches: Mutex<Vec<Workbench>>,
    doubts: Doubts,
    pub(super) gists: Gists,
    /// How often an operation that may not be chosen would have been looked at.
    passed_over: AtomicUsize,
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
    pub(super) fn is_guest(&self, catalog: &Catalog) -> bool {
        self.guest(catalog).is_some()
    }

    /// That service.
    pub(super) fn guest(&self, catalog: &Catalog) -> Option<u16> {
        let at = self.service.and_then(|name| catalog.services().iter().position(|service| service.name == name));
        at.and_then(|at| u16::try_from(at).ok()).filter(|at| !catalog.reaches(*at, 0))
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
        self.doubts.forget();
        let ended = sentences::ended(utterance, catalog);
        let utterance = ended.as_ref().unwrap_or(utterance);
        self.read_guarded(utterance, catalog, context)
    }

    /// The same as a part of reading a line.
    fn read_guarded(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let intent = completing::in_one(self.read_now(utterance, catalog, context), catalog);
        let intent = self.doubted(&intent, utterance, catalog, context).unwrap_or(intent);
        let intent = self.by_words(&intent, utterance, catalog, context).unwrap_or(intent);
        let message = guards::forbids(&intent, utterance, catalog).or_else(|| {
            let order = guards::not_now(&intent, utterance, catalog).and_then(|text| read(&text).ok())?;
            let ordered = self.read_now(&order, catalog, context);
            intent.steps.iter().any(|step| ordered.steps.contains(step)).then_some(NOT_DONE)
        });
        if let Some(message) = message {
            return Intent { message: message.to_owned(), ..Intent::unknown(&utterance.text) };
        }
        match guards::dropped(&intent, utterance, catalog) {
            Some((start, end)) => Intent {
                message: format!("I don't understand \u{ab}{}\u{bb}.", &utterance.text[start..end]),
                unexplained: vec![(start, end)],
                ..Intent::unknown(&utterance.text)
            },
            None => intent,
        }
    }

    /// The same, whatever it is to wait for.
    pub(super) fn read_now(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let memory = context.memory;
        if crowd::too_much(utterance, catalog) {
            return Intent { message: crowd::TOO_MUCH.to_owned(), ..Intent::unknown(&utterance.text) };
        }
        if let Some(steps) = follow::same_for(utterance, catalog, memory) {
            return Intent { status: Status::Ready, steps, ..Intent::unknown(&utterance.text) };
        }
        if let Some(intent) = self.again(follow::written_out(utterance, catalog, memory), utterance, catalog, context) {
            return intent;
        }
        if let Some(said) = messenger::passed_on(utterance, catalog).and_then(|said| read(&said).ok()) {
            let intent = self.read_guarded(&said, catalog, context);
            // What stands in quotes is what was said, whatever the line would mean by itself.
            let quoted = utterance.items.iter().any(|item| matches!(item.kind, ItemKind::Quoted { .. }));
            if intent.status != Status::Unknown || quoted {
                return Intent { text: utterance.text.clone(), unexplained: Vec::new(), ..intent };
            }
        }
        let plain = numbered::written_out(utterance)
            .or_else(|| naming::written_out(utterance, catalog))
            .or_else(|| unneeded::as_order(utterance, catalog))
            .or_else(|| asking::with_one_answer(utterance, catalog));
        if let Some(intent) = self.again(plain, utterance, catalog, context) {
            return intent;
        }
        let other = || self.asked_then_shown(utterance, catalog, context);
        if let Some(told) = self.swapped(utterance, catalog, context).or_else(other) {
            return told;
        }
        let intent = self.understood(utterance, catalog, context);
        if intent.status == Status::Unknown
            && let Some(asked) = messenger::wondered(utterance, catalog).and_then(|asked| read(&asked).ok())
        {
            let asked = self.read(&asked, catalog, context);
            if asked.status == Status::Ready && !writes(&asked, catalog) {
                return Intent { text: utterance.text.clone(), unexplained: Vec::new(), ..asked };
            }
        }
        let intent = match intent.status {
            Status::Unknown | Status::Incomplete => {
                let behind = self.behind_a_statement(utterance, catalog, context);
                let agreed = !intent.leaves_out();
                let better = |behind: &Intent| {
                    let whole = intent.status == Status::Incomplete && !wishes::takes_pointing(&intent, catalog);
                    // "Order 6f1a went out by UPS, let the customer know" is no search for the customer.
                    let shown = whole && agreed && writes(&intent, catalog) && !writes(behind, catalog);
                    (!whole || behind.status == Status::Ready) && !shown
                };
                behind.filter(better).unwrap_or(intent)
            }
            // "The estimate Cedar is stale; could it be voided?" asks for more than to see it.
            Status::Ready if !writes(&intent, catalog) && wishes::may_stand_in(utterance, catalog) => {
                let behind = self.behind_a_statement(utterance, catalog, context);
                behind.filter(|behind| writes(behind, catalog)).unwrap_or(intent)
            }
            _ => intent,
        };
        if intent.status == Status::Ready {
            return intent;
        }
        if intent.status == Status::Unknown
            && let Some(line) = contrast::spelled_out(utterance, catalog).and_then(|text| read(&text).ok())
        {
            let asked = self.understood(&line, catalog, context);
            if asked.status == Status::Ready && !writes(&asked, catalog) {
                return Intent { text: utterance.text.clone(), unexplained: Vec::new(), ..asked };
            }
        }
        if intent.status == Status::Unknown
            && let Some(only) =
                self.only_sentence(utterance, catalog, context).or_else(|| self.pointed(utterance, catalog, context))
        {
            return only;
        }
        if let Some(whole) = self.set_off(&intent, utterance, catalog, context) {
            return whole;
        }
        let told = self.again(follow::with_noun(utterance, catalog, memory), utterance, catalog, context);
        told.filter(|told| told.status == Status::Ready || intent.status == Status::Unknown).unwrap_or(intent)
    }

    /// What a line means once it is written otherwise, where that is understood.
    pub(super) fn again(
        &self,
        text: Option<String>,
        said: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
    ) -> Option<Intent> {
        let line = read(&text?).ok()?;
        let intent = self.read_alone(&line, catalog, context);
        let understood = matches!(intent.status, Status::Ready | Status::Incomplete);
        understood.then(|| Intent { text: said.text.clone(), unexplained: Vec::new(), ..intent })
    }

    /// A reading, or one of the line put otherwise that leaves less to be asked.
    fn asking_less(&self, intent: Intent, line: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let lacks = intent.status == Status::Incomplete;
        let several = if lacks { self.for_each(&intent, line, catalog, context) } else { None };
        let made = || self.made(&intent, line, catalog, context);
        let owned = || self.owned(line, catalog, context).filter(|told| lacks && settles(told, &intent));
        let mended = || self.mended(&intent, line, catalog, context);
        several.or_else(made).or_else(owned).or_else(mended).unwrap_or(intent)
    }

    /// What a line means as it stands, or else with what it says in another way put as an order.
    pub(super) fn understood(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let again = |text: Option<String>| self.again(text, utterance, catalog, context);
        let intent = self.read_alone(utterance, catalog, context);
        let reads = |step: &Step| catalog.operation(step.operation).reads();
        if intent.steps.len() < 3
            && intent.steps.iter().all(reads)
            && let Some(each) = again(shared::said_twice(utterance, catalog)).or_else(|| {
                let line = leftout::goes_on(utterance, catalog).then_some(utterance)?;
                self.in_full(line, catalog, context)
            })
            && each.status == Status::Ready
            && each.steps.len() == 2
            && each.steps.iter().all(reads)
        {
            return each;
        }
        if let Some((text, word)) = sought::written_out(utterance, catalog)
            && (intent.status != Status::Ready || holds(&intent, word))
            && let Some(found) = again(Some(text))
            && found.status == Status::Ready
            && found.steps.iter().all(reads)
        {
            return found;
        }
        let for_each = || self.for_each(&intent, utterance, catalog, context);
        if intent.status == Status::Ready
            && let Some(all) = for_each()
        {
            return all;
        }
        // "Could her account be removed?" is no question about the account, and "accountant needs INV-7 voided" tells nothing
        // of the accountant.
        let wished = match intent.status {
            Status::Ready if intent.steps.iter().all(reads) => again(passive::as_order(utterance, catalog)),
            Status::Incomplete => {
                let told =
                    || again(topic::in_its_place(utterance, catalog)).filter(|told| told.status == Status::Ready);
                again(framing::reported(utterance, catalog)).or_else(told)
            }
            _ => None,
        };
        let asked = intent.status == Status::Ready;
        if let Some(wished) =
            wished.filter(|wished| wished.status == Status::Ready && (!asked || writes(wished, catalog)))
        {
            return wished;
        }
        if let Some(renewed) = self.renewed(&intent, utterance, catalog, context) {
            return renewed;
        }
        if let Some(both) = self.both_orders(&intent, utterance, catalog, context) {
            return both;
        }
        if intent.status != Status::Unknown
            && contrast::swallowed(&intent, utterance, catalog)
            && let Some(told) = again(contrast::without_contrast(utterance, catalog))
        {
            return told;
        }
        if intent.status != Status::Unknown {
            return self.asking_less(intent, utterance, catalog, context);
        }
        let written: [fn(&Utterance, &Catalog) -> Option<String>; 9] = [
            topic::in_its_place,
            passive::as_order,
            framing::unframed,
            passive::needed,
            passive::caused,
            contrast::without_contrast,
            contrast::joined,
            contrast::without_brackets,
            undoing::as_order,
        ];
        let told = written.into_iter().find_map(|write| again(write(utterance, catalog)));
        let told = told.or_else(|| self.owned(utterance, catalog, context));
        let shown = || {
            let parts: [fn(&Utterance, &Catalog) -> Option<String>; 4] =
                [contrast::without_parts, contrast::without_relative, contrast::without_purpose, contrast::at_once];
            let shown = |shown: &Intent| shown.status == Status::Ready && shown.steps.iter().all(reads);
            parts.into_iter().find_map(|write| again(write(utterance, catalog)).filter(shown))
        };
        let counted = || {
            let counted = self.read_alone(&units::unhyphenated(utterance, catalog)?, catalog, context);
            Some(counted).filter(|counted| counted.status != Status::Unknown)
        };
        let gone = || {
            let destroys = |step: &Step| catalog.operation(step.operation).risk == Risk::Destroy;
            again(contrast::without_contents(utterance, catalog)).filter(|gone| gone.steps.iter().all(destroys))
        };
        let whole = || self.in_full(utterance, catalog, context);
        let kept = |kept: &Intent| !destroys(kept, catalog);
        let told = told.or_else(|| again(contrast::without_denied(utterance, catalog)).filter(kept));
        let makes = |step: &Step| makes(catalog.operation(step.operation));
        let renewed = |told: &Intent| kept(told) && !told.steps.iter().any(makes);
        let told = told.or_else(|| again(statement::of_whom(utterance, catalog)).filter(renewed));
        let others = told.or_else(shown).or_else(counted).or_else(gone).or_else(whole);
        let fragment = || self.fragment(utterance, catalog, context);
        let halves = || self.halves(utterance, catalog, context);
        others.or_else(for_each).or_else(fragment).or_else(halves).unwrap_or(intent)
    }

    /// The command of a line for each of the records that it names, where it takes one and the line was not understood so.
    fn for_each(&self, intent: &Intent, line: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Option<Intent> {
        let several = several::named(line, catalog).filter(|several| !several.heard_in(intent))?;
        let each = |text: &String| {
            let reading = self.read_alone(&read(text).ok()?, catalog, context);
            matches!(reading.status, Status::Ready | Status::Incomplete).then_some(reading)
        };
        let readings: Option<Vec<Intent>> = several.lines.iter().map(each).collect();
        let all = several.joined(readings?, catalog)?;
        Some(Intent { text: line.text.clone(), ..all })
    }

    /// What a refused line asks for once it is agreed that a few of its words are passed over.
    fn doubted(&self, refused: &Intent, line: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Option<Intent> {
        if refused.status != Status::Unknown || !refused.steps.is_empty() {
            return None;
        }
        let begun = openers::without(line, catalog.vocabulary());
        let one = self.as_one(begun.as_ref().unwrap_or(line), catalog);
        let whole = |reading: &Reading<'_>| {
            let whole = reading.parse_whole((0, reading.line.utterance.items.len()), context.memory);
            reading.doubted(&whole, context.memory)
        };
        let doubted = if refused.unexplained.is_empty() {
            None
        } else {
            self.doubts.of(&one, context, || self.ask(&one, catalog, context, whole))
        };
        let doubted = doubted.or_else(|| self.without_a_clause(line, catalog, context))?;
        Some(Intent { text: line.text.clone(), trace: refused.trace.clone(), ..doubted })
    }

    /// The operations that a line may mean as one command, with the points that each reading earns, the best first.
    pub fn ranking(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Vec<(OpId, i32)> {
        self.ask(&self.as_one(utterance, catalog), catalog, context, |reading| {
            reading.parse_all().iter().map(|parsed| (parsed.id, parsed.alignment.score)).collect()
        })
    }

    /// A line written out as one command is read.
    pub(super) fn as_one<'u>(&self, utterance: &'u Utterance, catalog: &Catalog) -> Cow<'u, Utterance> {
        let line = written(Cow::Borrowed(utterance), with_spelled_numbers);
        let line = written(line, |line| self.shorthand.written_out(line, catalog));
        let line = written(line, |line| apostrophe::written_out(line, catalog));
        let line = written(line, |line| addresses::joined(line, catalog));
        let line = written(line, |line| codes::named(line, catalog.vocabulary()));
        written(line, |line| self.units.told_apart(line, catalog))
    }

    /// Asks something of a line as one command.
    pub(super) fn ask<T>(
        &self,
        line: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
        ask: impl FnOnce(&Reading<'_>) -> T,
    ) -> T {
        let annotated = Annotated::new(line, catalog.vocabulary(), context.is_guest(catalog));
        let reading = Reading::new(catalog, annotated, find_dates(line, context.now), *context, self.bench());
        let answer = ask(&reading);
        self.put_back(reading.into_bench());
        answer
    }

    /// Something to read a line on, to be [put back](Self::put_back) behind it.
    fn bench(&self) -> Workbench {
        self.benches.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// A number that grows whenever an undocumented operation would have been looked at, had it been allowed: where it is the
    /// same after a line was read, allowing them would change nothing.
    pub fn passed_over(&self) -> usize {
        self.passed_over.load(Ordering::Relaxed)
    }

    fn put_back(&self, mut bench: Workbench) {
        if bench.candidates.take_passed_over() {
            self.passed_over.fetch_add(1, Ordering::Relaxed);
        }
        self.benches.lock().unwrap_or_else(PoisonError::into_inner).push(bench);
    }

    /// What a line means by itself, but for the records that pronouns stand for.
    pub(super) fn read_alone(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let counted = with_spelled_numbers(utterance);
        let utterance = counted.as_ref().unwrap_or(utterance);
        if let Some((rest, portion)) = portion::without(utterance, catalog) {
            let mut intent = self.read_from_start(&rest, catalog, context);
            // "Up to 15 surveys, and the submissions of …" counts one of the lists, the first that can be.
            let given = |step: &Step| portion.of(step.clone(), catalog);
            let twice = intent.steps.windows(2).any(|two| two[0].operation == two[1].operation);
            let counted = intent.steps.iter().enumerate().find_map(|(nth, step)| Some((nth, given(step)?)));
            let counted = counted.filter(|_| !twice);
            if matches!(intent.status, Status::Ready | Status::Incomplete)
                && let Some((nth, step)) = counted
            {
                intent.steps[nth] = step;
                return intent;
            }
        }
        if let Some(begun) = openers::without(utterance, catalog.vocabulary()) {
            let intent = self.read_from_start(&begun, catalog, context);
            if intent.status != Status::Unknown {
                return intent;
            }
        }
        self.read_from_start(utterance, catalog, context)
    }

    fn read_from_start(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let written_out = self.shorthand.written_out(utterance, catalog);
        let utterance = written_out.as_ref().unwrap_or(utterance);
        let owned = apostrophe::written_out(utterance, catalog);
        let utterance = owned.as_ref().unwrap_or(utterance);
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
        let joined = addresses::joined(utterance, catalog);
        let utterance = joined.as_ref().unwrap_or(utterance);
        let named = codes::named(utterance, catalog.vocabulary());
        let utterance = named.as_ref().unwrap_or(utterance);
        let told_apart = self.units.told_apart(utterance, catalog);
        let utterance = told_apart.as_ref().unwrap_or(utterance);
        let line = Annotated::new(utterance, catalog.vocabulary(), context.is_guest(catalog));
        let mut dates = find_dates(utterance, context.now);
        follow::same_day(utterance, catalog, context.memory, &mut dates);
        let reading = Reading::new(catalog, line, dates, *context, self.bench());
        let all = (0, utterance.items.len());
        let told = reading.line.reason.as_ref().map(|reason| asides::spoken_of(&reading, &[(0, reason.past)]));
        let seen = Cell::new(None);
        let whole = || {
            let (intent, whole) = reading.come_to_whole(all, told.as_ref().unwrap_or(context.memory));
            seen.set(Some(whole));
            intent
        };
        let mut intent = if reading.line.reason.is_some() {
            let whole = whole();
            // "Jenny is leaving us, so delete the tag golf": nothing in what is to be destroyed speaks of her.
            let past = reading.line.reason.as_ref().map_or(0, |reason| reason.past);
            let speaks = reading.line.holds_pronoun(past, utterance.items.len());
            let alone = || reading.apart().filter(|rest| rest.status == Status::Ready && destroys(rest, catalog));
            match whole.status {
                Status::Ready if speaks => whole,
                Status::Ready => alone().unwrap_or(whole),
                _ => reading.apart().unwrap_or(whole),
            }
        } else {
            match reading.apart() {
                Some(rest) => {
                    let lends = |all: &Intent| asides::opens_with_reason(&reading.line) && writes(all, catalog);
                    // "Tom has a new email, it's tom@x.com": what was taken for a remark is what the rest lacks.
                    let told = asides::tell_a_value(&reading.line);
                    let lacks = |all: &Intent| {
                        let ready = rest.status == Status::Incomplete && all.status == Status::Ready;
                        ready && (told || changes_the_same(all, &rest, catalog))
                    };
                    let named = |all: &Intent| names_its_own(all, &rest, &reading.line, catalog);
                    let better = |all: &Intent| says_more(all, &rest) || lacks(all) || named(all);
                    Some(whole()).filter(|all| better(all) && !lends(all)).unwrap_or(rest)
                }
                // What only gives a reason lends nothing to what is to be changed.
                None if asides::opens_with_reason(&reading.line) => {
                    Some(whole()).filter(|whole| !writes(whole, catalog)).unwrap_or_else(|| reading.unsure())
                }
                None => whole(),
            }
        };
        if intent.status == Status::Unknown
            && told.is_none()
            && let Some(whole) = seen.take()
        {
            self.doubts.keep(utterance, context, reading.doubted(&whole, context.memory));
        }
        if context.explain {
            explain::words(&reading, &mut intent.trace);
            explain::readings(&reading, &reading.parse_all(), &mut intent.trace);
        }
        self.put_back(reading.into_bench());
        intent
    }
}

/// A line as it is written otherwise, where it is.
fn written(line: Cow<'_, Utterance>, write: impl Fn(&Utterance) -> Option<Utterance>) -> Cow<'_, Utterance> {
    write(&line).map_or(line, Cow::Owned)
}

/// Whether one reading asks for less than another.
fn settles(intent: &Intent, other: &Intent) -> bool {
    let lacking = |intent: &Intent| intent.steps.iter().map(|step| step.missing.len()).sum::<usize>();
    intent.steps.len() == other.steps.len() && lacking(intent) < lacking(other)
}

/// Whether some value of what is meant holds a word.
fn holds(intent: &Intent, word: &str) -> bool {
    let held = |value: &Value| matches!(value, Value::Text(text) if text.split(' ').any(|said| said == word));
    intent.steps.iter().any(|step| step.arguments.iter().any(|argument| held(&argument.value)))
}

/// Whether a step of what is meant changes anything.
pub(super) fn writes(intent: &Intent, catalog: &Catalog) -> bool {
    intent.steps.iter().any(|step| !catalog.operation(step.operation).reads())
}

/// Whether both readings change one record of the same kind.
fn changes_the_same(all: &Intent, rest: &Intent, catalog: &Catalog) -> bool {
    let ([all], [rest]) = (all.steps.as_slice(), rest.steps.as_slice()) else { return false };
    let (all, rest) = (catalog.operation(all.operation), catalog.operation(rest.operation));
    let same = all.service == rest.service && all.objects.first() == rest.objects.first();
    same && ![all, rest].into_iter().any(|op| op.reads() || makes(op))
}

/// Whether the whole of a line changes the record that a clause of it names, while the rest is about none of them: "the
/// collection `col_7` should now be called Winter, slug winter" is no question of a slug.
fn names_its_own(all: &Intent, rest: &Intent, line: &Annotated<'_>, catalog: &Catalog) -> bool {
    let ([all_step], [rest_step]) = (all.steps.as_slice(), rest.steps.as_slice()) else { return false };
    let clauses = || line.asides.iter().map(|(first, past)| line.utterance.slice(*first, past - 1));
    let named = |step: &Step| {
        let op = catalog.operation(step.operation);
        let held = |argument: &Argument| match &argument.value {
            Value::Text(text) => clauses().any(|clause| clause.contains(text.as_str())),
            _ => false,
        };
        let own = |argument: &&Argument| op.param(&argument.name).is_some_and(|param| own(op, param));
        !op.reads() && op.risk != Risk::Destroy && step.arguments.iter().find(own).is_some_and(held)
    };
    let more = all_step.arguments.len() > rest_step.arguments.len();
    all.status == Status::Ready && more && named(all_step) && !named(rest_step)
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
