use jiff::Zoned;

use crate::catalog::{Catalog, Kind, OpId, Operation, Risk};
use crate::language::{DateMatch, Utterance, find_dates};

use super::align::{Alignment, align};
use super::annotate::Annotated;
use super::candidates::candidates;
use super::clauses::{accepted, segmentations};
use super::edges::{Edges, flag};
use super::explain;
use super::memory::Memory;
use super::repair::Repairer;
use super::score;
use super::slots::Slots;
use super::values::arguments;
use super::{Alternative, Argument, Intent, Status, Step, Value, canonical};

/// Reads lines against one catalog. Cheap to make; it keeps what it computes for the next line.
#[derive(Debug, Default)]
pub struct Reader {
    repairer: Repairer,
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

/// A stretch of a line read as one operation.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// Which.
    pub id: OpId,
    /// How.
    pub alignment: Alignment,
    /// Its arguments.
    pub arguments: Vec<Argument>,
    /// What only the user can supply.
    pub missing: Vec<String>,
}

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
}

impl Reader {
    /// A reader with nothing computed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a line: what it means, a question, or a refusal. The same line always gets the same answer.
    pub fn read(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let reading = Reading {
            catalog,
            line: Annotated::new(utterance, catalog.vocabulary(), &self.repairer),
            dates: find_dates(utterance, context.now),
            context: *context,
        };
        let whole = reading.parse(0, utterance.items.len(), context.memory);
        let mut trace = Vec::new();
        if context.explain {
            explain::words(&reading, &mut trace);
            explain::readings(&reading, &whole, &mut trace);
        }
        let mut intent = match segmentations(&reading, &whole) {
            Some(parts) => reading.several(parts),
            None => reading.decide(&whole),
        };
        intent.trace = trace;
        intent
    }
}

impl Reading<'_> {
    /// All readings of a stretch as one operation, best first.
    pub fn parse(&self, first: usize, past: usize, memory: &Memory) -> Vec<Parsed> {
        if first >= past {
            return Vec::new();
        }
        let service = self.context.service.and_then(|name| {
            let at = self.catalog.services().iter().position(|s| s.name == name)?;
            u16::try_from(at).ok()
        });
        let mut parsed: Vec<Parsed> = Vec::new();
        let mut best = i32::MIN;
        for candidate in candidates(self.catalog, &self.line, first, past, self.context.hidden, service, memory) {
            let id = OpId(candidate.operation);
            let op = self.catalog.operation(id);
            if self.barred(op, first, past) {
                continue;
            }
            let (vocabulary, frame) = (self.catalog.vocabulary(), self.catalog.frame(id));
            let slots = Slots::new(&self.line, (first, past), vocabulary, frame, &self.dates, memory);
            let edges = Edges::new(op, slots, &candidate.patterns);
            let Some(mut alignment) = align(&edges) else { continue };
            if alignment.score + 60 < best {
                continue;
            }
            let arguments = arguments(op, self.line.utterance, &self.dates, &alignment.filled);
            if op.risk == Risk::Bulk && !several(op, &arguments) {
                alignment.score += score::ONE_OF_MANY;
            }
            best = best.max(alignment.score);
            let missing = missing(op, &arguments);
            parsed.push(Parsed { id, alignment, arguments, missing });
        }
        parsed.sort_by_key(|p| (-p.alignment.score, p.id));
        self.prefer(&mut parsed);
        self.prefer_later(&mut parsed);
        parsed
    }

    /// Whether a stretch says something that must not lead to an operation.
    fn barred(&self, op: &Operation, first: usize, past: usize) -> bool {
        if op.not.is_empty() {
            return false;
        }
        let items = &self.line.utterance.items[first..past];
        let words: Vec<&str> = items.iter().map(|i| i.folded.as_str()).collect();
        let said = format!(" {} ", words.join(" "));
        op.not.iter().any(|phrase| said.contains(&format!(" {phrase} ")))
    }

    /// Puts an operation before the twins it is preferred over when they score about the same.
    fn prefer(&self, parsed: &mut Vec<Parsed>) {
        let Some(best) = parsed.first() else { return };
        let (score, name) = (best.alignment.score, self.catalog.operation(best.id).name.clone());
        let clean = best.alignment.unexplained.len();
        let rival = parsed.iter().position(|p| {
            p.alignment.score + 8 >= score
                && p.alignment.unexplained.len() <= clean
                && self.catalog.operation(p.id).prefer_over.contains(&name)
        });
        if let Some(at) = rival {
            let winner = parsed.remove(at);
            parsed.insert(0, winner);
        }
    }

    fn decide(&self, parsed: &[Parsed]) -> Intent {
        let Some(best) = parsed.first() else { return self.refuse(parsed) };
        if !accepted(self.catalog, best) {
            return self.refuse(parsed);
        }
        let op = self.catalog.operation(best.id);
        let margin = if op.reads() { score::MARGIN_READ } else { score::MARGIN_WRITE };
        let rival = parsed.iter().skip(1).find(|p| self.rivals(best, p, margin));
        let step = self.step(best, self.context.memory);
        if let Some(rival) = rival {
            let alternatives = vec![self.alternative(best), self.alternative(rival)];
            let message =
                format!("This could mean two things: {} or {}?", op.title, self.catalog.operation(rival.id).title);
            return Intent { status: Status::Ambiguous, alternatives, message, ..self.blank() };
        }
        self.settle(vec![step])
    }

    /// Puts an operation of a service that was laid over another before that one's: who adds a service means it.
    fn prefer_later(&self, parsed: &mut Vec<Parsed>) {
        let service = |p: &Parsed| self.catalog.vocabulary().heads[p.id.0 as usize].service;
        let Some((score, first)) = parsed.first().map(|best| (best.alignment.score, service(best))) else { return };
        let rival = parsed
            .iter()
            .position(|p| service(p) > first && p.alignment.score + 8 >= score && accepted(self.catalog, p));
        if let Some(at) = rival {
            let winner = parsed.remove(at);
            parsed.insert(0, winner);
        }
    }

    fn rivals(&self, best: &Parsed, other: &Parsed, margin: i32) -> bool {
        let (a, b) = (self.catalog.operation(best.id), self.catalog.operation(other.id));
        let close = best.alignment.score - other.alignment.score < margin;
        let harmless = a.reads() && b.reads();
        a.service == b.service
            && close
            && !harmless
            && accepted(self.catalog, other)
            && !a.prefer_over.contains(&b.name)
            && other.missing.len() <= best.missing.len()
    }

    fn alternative(&self, parsed: &Parsed) -> Alternative {
        let steps = vec![self.step(parsed, self.context.memory)];
        Alternative { operation: parsed.id, phrase: canonical::phrase(self.catalog, parsed.id), steps }
    }

    fn several(&self, parts: Vec<Parsed>) -> Intent {
        let mut memory = self.context.memory.clone();
        let mut steps = Vec::new();
        for part in parts {
            let step = self.step(&part, &memory);
            memory = memory.after(self.catalog, self.catalog.operation(part.id), &step.arguments);
            steps.push(step);
        }
        self.settle(steps)
    }

    fn settle(&self, steps: Vec<Step>) -> Intent {
        let Some(step) = steps.iter().find(|s| !s.missing.is_empty()) else {
            return Intent { status: Status::Ready, steps, ..self.blank() };
        };
        let op = self.catalog.operation(step.operation);
        let message = canonical::question(self.catalog, op, &step.missing[0]);
        Intent { status: Status::Incomplete, message, steps, ..self.blank() }
    }

    fn blank(&self) -> Intent {
        Intent {
            text: self.line.utterance.text.clone(),
            status: Status::Unknown,
            steps: Vec::new(),
            alternatives: Vec::new(),
            message: String::new(),
            suggestions: Vec::new(),
            unexplained: Vec::new(),
            trace: Vec::new(),
        }
    }

    /// One operation to run, with pronouns resolved and what earlier talk supplies filled in.
    pub fn step(&self, parsed: &Parsed, memory: &Memory) -> Step {
        let op = self.catalog.operation(parsed.id);
        let mut arguments = Vec::new();
        for argument in &parsed.arguments {
            if let Some(value) = self.resolved(op, argument, memory) {
                arguments.push(Argument { name: argument.name.clone(), value });
            }
        }
        for name in missing(op, &arguments) {
            let Some(Kind::Entity(resource)) = op.param(&name).map(|p| &p.kind) else { continue };
            let Some(referent) = memory.latest(resource) else { continue };
            let many = op.param(&name).is_some_and(|p| p.many);
            let value = Value::Text(referent.handle.clone());
            arguments.push(Argument { name, value: if many { Value::List(vec![value]) } else { value } });
        }
        let missing = missing(op, &arguments);
        let repaired = parsed.alignment.flags & flag::REPAIRED != 0;
        let confirm = (repaired && op.risk.asks_first()).then(|| "a word was spelled differently".to_owned());
        Step { operation: parsed.id, arguments, missing, confirm }
    }

    fn resolved(&self, op: &Operation, argument: &Argument, memory: &Memory) -> Option<Value> {
        let Some(Kind::Entity(resource)) = op.param(&argument.name).map(|p| &p.kind) else {
            return Some(argument.value.clone());
        };
        let one = |value: &Value| match value {
            Value::Text(text) if self.pronoun(text) => memory.latest(resource).map(|r| Value::Text(r.handle.clone())),
            other => Some(other.clone()),
        };
        match &argument.value {
            Value::List(list) => {
                let list: Vec<Value> = list.iter().filter_map(one).collect();
                (!list.is_empty()).then_some(Value::List(list))
            }
            value => one(value),
        }
    }

    fn pronoun(&self, text: &str) -> bool {
        use crate::catalog::{Sense, WordSet};
        let vocabulary = self.catalog.vocabulary();
        vocabulary.lookup(text).is_some_and(|term| {
            vocabulary.senses(term).iter().any(|s| matches!(s, Sense::Set(WordSet::Person | WordSet::Thing)))
        })
    }

    fn refuse(&self, parsed: &[Parsed]) -> Intent {
        let items = &self.line.utterance.items;
        let mut intent = self.blank();
        intent.suggestions = parsed
            .iter()
            .filter(|p| p.alignment.score > 0)
            .take(3)
            .map(|p| canonical::phrase(self.catalog, p.id))
            .collect();
        intent.suggestions.dedup();
        let Some(best) = parsed.first() else {
            intent.unexplained = items.iter().map(|i| (i.start, i.end)).collect();
            "I don't know how to do that.".clone_into(&mut intent.message);
            return intent;
        };
        if best.alignment.flags & flag::NEGATED != 0 {
            "Nothing was done: the line says not to, or only under a condition.".clone_into(&mut intent.message);
            return intent;
        }
        intent.unexplained = best.alignment.unexplained.iter().map(|i| (items[*i].start, items[*i].end)).collect();
        let words: Vec<String> = best
            .alignment
            .unexplained
            .iter()
            .map(|i| format!("«{}»", &self.line.utterance.text[items[*i].start..items[*i].end]))
            .collect();
        intent.message = if words.is_empty() {
            "I am not sure what is to be done.".to_owned()
        } else {
            format!("I don't understand {}.", words.join(", "))
        };
        intent
    }
}

/// Whether some list of records holds more than one.
fn several(op: &Operation, arguments: &[Argument]) -> bool {
    arguments.iter().any(|a| {
        let records = op.param(&a.name).is_some_and(|p| p.many && matches!(p.kind, Kind::Entity(_)));
        records && matches!(&a.value, Value::List(list) if list.len() > 1)
    })
}

/// Required parameters that neither the arguments nor the catalog supply.
pub fn missing(op: &Operation, arguments: &[Argument]) -> Vec<String> {
    let given = |name: &str| {
        arguments.iter().any(|a| a.name == name || a.name.starts_with(&format!("{name}.")))
            || op.fixed.iter().any(|(n, _)| n == name)
    };
    op.params
        .iter()
        .filter(|p| {
            (p.required || p.needed) && !p.supplied && p.default.is_none() && p.derive.is_none() && !given(&p.name)
        })
        .map(|p| p.name.clone())
        .collect()
}
