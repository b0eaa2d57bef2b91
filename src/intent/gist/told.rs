use crate::catalog::{AGREEMENT, CHANGES, Catalog, Kind, OpId, Risk, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance};

use super::super::deciding::unexplained;
use super::super::meaning::{class_of, is_any, senses};
use super::super::openers;
use super::super::parsed::Parsed;
use super::super::reader::Context;
use super::super::reading::{Reading, missing};
use super::super::{Argument, Intent, Reader, Status, Step, Value};
use super::asked::Asked;
use super::gist_type::{Fit, Gist, nouns, records};
use super::stems::{stem, words};

/// Operations that are read as the line.
const MOST: usize = 8;
/// What a point of such a reading counts for beside the words.
const READING: f64 = 0.003;
/// Readings count between these points.
const POINTS: (i32, i32) = (-80, 120);
/// The fewest points of an operation that shows something at once, and of one that is asked about.
const SHOWN: f64 = 0.75;
const ASKED: f64 = 0.4;
/// The least share of what was said that it goes by.
const SHARE: f64 = 0.35;
const SHARE_ASKED: f64 = 0.2;
/// How far another operation that only reads has to be ahead of one that was understood, and by how much the share of what
/// was said has to be greater that it goes by.
const FAR_AHEAD: (f64, f64) = (0.4, 0.46);
/// The same where what was understood takes for a value, or passes over, what the other goes by.
const AHEAD: (f64, f64) = (0.22, 0.0);
/// The same where what was understood lacks a record that the other does not need.
const LACKING: (f64, f64) = (-0.1, -0.2);

impl Reader {
    /// What a line for a service that is spoken of by name is about by its words, where nothing else is understood of it, or
    /// something that only reads and leaves out what another operation goes by.
    pub(in super::super) fn by_words(
        &self,
        intent: &Intent,
        line: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
    ) -> Option<Intent> {
        let service = context.guest(catalog)?;
        let told = match intent.steps.as_slice() {
            [] if intent.status == Status::Unknown && unexplained(intent) => {
                self.nearest((service, None), line, catalog, context)
            }
            [_, .., _] if intent.status == Status::Ready && !self.holds_together(service, intent, line, catalog) => {
                self.nearest((service, None), line, catalog, context)
            }
            [step] if catalog.operation(step.operation).reads() && understood(intent) => {
                self.nearest((service, Some((intent, step))), line, catalog, context)
            }
            _ => None,
        };
        told.map(|told| Intent { trace: intent.trace.clone(), ..told })
    }

    /// Whether the steps of a line are all ordered: none only names something that another would have been done to, as in
    /// "delete user 7 and all of their posts", and no value is what another thing of the service is called.
    fn holds_together(&self, service: u16, intent: &Intent, line: &Utterance, catalog: &Catalog) -> bool {
        let gist = self.gists.of(service, catalog);
        let reads = |step: &Step| catalog.operation(step.operation).reads();
        let asks = |at: usize| {
            let class = |sense: &Sense| class_of(catalog, *sense).is_some_and(|class| class.reads);
            let item = &line.items[at];
            is_any(catalog, item, &[WordSet::Question]) || senses(catalog, &item.folded).iter().any(class)
        };
        let joins = |item: &Item| is_any(catalog, item, &[WordSet::Conjunction, WordSet::Sequence]);
        let joint = line.items.iter().position(joins).unwrap_or(0);
        let shows = (joint..line.items.len()).any(asks);
        let only_named = intent.steps.windows(2).any(|two| !reads(&two[0]) && reads(&two[1]));
        let called = |argument: &Argument| match &argument.value {
            Value::Text(text) => !text.contains(' ') && gist.is_noun(&stem(text)) && line_has_small(line, text),
            _ => false,
        };
        let writes = |step: &&Step| !reads(step);
        let strays = intent.steps.iter().filter(writes).any(|step| step.arguments.iter().any(called));
        !(only_named && !shows || strays)
    }

    fn nearest(
        &self,
        (service, read): (u16, Option<(&Intent, &Step)>),
        line: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
    ) -> Option<Intent> {
        let gist = self.gists.of(service, catalog);
        let begun = openers::without(line, catalog.vocabulary());
        let one = self.as_one(begun.as_ref().unwrap_or(line), catalog);
        let forbids = |item| is_any(catalog, item, &[WordSet::Negation, WordSet::Denial]);
        if one.items.iter().any(forbids) {
            return None;
        }
        let asked = Asked::new(&one, catalog, &|stem| gist.knows(stem));
        let ranked = gist.rank(&asked);
        let first = ranked.first()?;
        let told = |best: &[Fit]| self.ask(&one, catalog, context, |reading| told(reading, best, &gist, &asked));
        let told = match read {
            None if first.points < ASKED - POINTS_AT_BEST => None,
            None => told(&ranked[..ranked.len().min(MOST)]),
            // An order is none to show something, unless that is called so.
            Some((_, step)) if asked.orders && !gist.called(step.operation, &asked) => {
                told(&ranked[..ranked.len().min(MOST)])
                    .filter(|told| !catalog.operation(told.steps[0].operation).reads())
            }
            Some((intent, step)) => {
                let known = ranked.iter().find(|fit| fit.id == step.operation)?;
                let lacks = intent.status == Status::Incomplete;
                let other = |fit: &&Fit| fit.id != known.id && (!lacks || catalog.operation(fit.id).reads());
                let first = if lacks { ranked.iter().find(other)? } else { first };
                let (points, share) = if lacks {
                    LACKING
                } else if takes_words(intent, step, first.id, &gist, &asked) {
                    AHEAD
                } else {
                    FAR_AHEAD
                };
                let ahead = first.points - known.points >= points && first.share - known.share >= share;
                let reads = first.id != known.id && catalog.operation(first.id).reads();
                let whole = |told: &Intent| {
                    let at = |start: &usize| asked.values.iter().any(|(at, _)| one.items[*at].start == *start);
                    told.status == Status::Ready && !told.unexplained.iter().any(|(start, _)| at(start))
                };
                if ahead && reads { told(std::slice::from_ref(first)).filter(whole) } else { None }
            }
        };
        told.map(|told| Intent { text: line.text.clone(), ..told })
    }
}

/// Whether a value stands in a line without quotes.
fn line_has_small(line: &Utterance, text: &str) -> bool {
    line.items.iter().any(|item| item.kind == ItemKind::Word && item.folded == text)
}

/// Whether what was understood only reads, and is no question about the words of the line.
fn understood(intent: &Intent) -> bool {
    matches!(intent.status, Status::Ready | Status::Incomplete) && !intent.leaves_out()
}

/// What a reading counts for at best.
const POINTS_AT_BEST: f64 = 0.36;

/// What is told of the operation that fits best, once the line is read as each.
fn told(reading: &Reading<'_>, best: &[Fit], gist: &Gist, asked: &Asked) -> Option<Intent> {
    let ids: Vec<OpId> = best.iter().map(|fit| fit.id).collect();
    let parsed = reading.parse_as(&ids);
    let points = |fit: &Fit| {
        let read = parsed.iter().find(|parsed| parsed.id == fit.id).map_or(POINTS.0, |p| p.alignment.score);
        fit.points + READING * f64::from(read.clamp(POINTS.0, POINTS.1))
    };
    // An order is none to show something, unless that is called so.
    let shows = |fit: &Fit| !asked.orders || asked.classes == 0 || gist.called(fit.id, asked);
    let fitting = best.iter().filter(|fit| shows(fit) || !reading.catalog.operation(fit.id).reads());
    let fit = fitting.max_by(|a, b| points(a).total_cmp(&points(b)).then(b.id.cmp(&a.id)))?;
    let (earned, op) = (points(fit), reading.catalog.operation(fit.id));
    let own = parsed.iter().find(|parsed| parsed.id == fit.id);
    let mut step = match own {
        Some(own) => reading.step(own, reading.context.memory),
        None => Step { operation: fit.id, arguments: Vec::new(), missing: missing(op, &[]), confirm: None },
    };
    keep_values(&mut step, reading, gist, asked);
    name_records(&mut step, reading, asked);
    let sure = op.reads() && (!asked.orders || gist.called(fit.id, asked)) && earned >= SHOWN && fit.share >= SHARE;
    // Whoever asks about other things is not asked whether these are meant.
    let share = if op.reads() { SHARE } else { SHARE_ASKED };
    let items = &reading.line.utterance.items;
    // "Delete the splendid photos" names none of them.
    let plain = |at: usize| items[at].kind == ItemKind::Word && reading.line.is_small(at);
    let named = || asked.values.iter().any(|(at, _)| !plain(*at));
    let destroys = op.risk == Risk::Destroy && records(op).next().is_some();
    // "Which banks have photos?" asks for no photos.
    let strange = asked.question && asked.terms.first().is_some_and(|stem| !gist.knows(stem));
    if earned < ASKED || fit.share < share || destroys && !named() || strange && !sure {
        return None;
    }
    let (passed, words) = passed_over(own, &step, reading, asked);
    if sure {
        let mut intent = reading.settle(vec![step]);
        if !words.is_empty() {
            let message = format!("{} I passed over {}.", intent.message, words.join(", "));
            message.trim().clone_into(&mut intent.message);
        }
        intent.unexplained = passed.iter().map(|at| (items[*at].start, items[*at].end)).collect();
        return Some(intent);
    }
    step.missing.insert(0, AGREEMENT.to_owned());
    let message = if words.is_empty() {
        format!("I am not sure what is to be done. {}?", op.title)
    } else {
        format!("I don't understand {}. {} without that?", words.join(", "), op.title)
    };
    let unexplained = passed.iter().map(|at| (items[*at].start, items[*at].end)).collect();
    let blank = reading.unsure();
    Some(Intent { status: Status::Incomplete, steps: vec![step], message, unexplained, ..blank })
}

/// The items that a reading leaves out, and their words.
fn passed_over(own: Option<&Parsed>, step: &Step, reading: &Reading<'_>, asked: &Asked) -> (Vec<usize>, Vec<String>) {
    let utterance = reading.line.utterance;
    let told = |at: &usize| !step.arguments.iter().any(|argument| holds(&argument.value, utterance.raw(*at)));
    let all = || asked.values.iter().map(|(at, _)| *at).collect();
    let passed: Vec<usize> = own.map_or_else(all, |own| own.alignment.unexplained.clone());
    let passed: Vec<usize> = passed.into_iter().filter(told).collect();
    let words = passed.iter().map(|at| format!("\u{ab}{}\u{bb}", reading.line.utterance.slice(*at, *at))).collect();
    (passed, words)
}

/// Leaves out what was taken for a value and only says what the operations of the service are called by.
fn keep_values(step: &mut Step, reading: &Reading<'_>, gist: &Gist, asked: &Asked) {
    let op = reading.catalog.operation(step.operation);
    let utterance = reading.line.utterance;
    let value = |text: &str| {
        asked.values.iter().any(|(at, _)| text.contains(utterance.raw(*at)) || utterance.raw(*at).contains(text))
    };
    let idle = |text: &str| {
        let verb = |told: &String| asked.verb.as_ref() == Some(told);
        let stems: Vec<String> = words(text).iter().map(|word| stem(word)).collect();
        let said = |told: &String| gist.knows(told) || told.len() < 3;
        !value(text) && !text.contains(char::is_numeric) && (stems.iter().all(said) || stems.iter().any(verb))
    };
    // "The policies for whoever sleeps in room rm_204": the record is what looks like one.
    let used = |at: usize| step.arguments.iter().any(|argument| holds(&argument.value, utterance.raw(at)));
    let unused = asked.values.iter().any(|(at, _)| !used(*at));
    let kept = |argument: &Argument| {
        let param = op.param(&argument.name).filter(|param| param.values.is_empty());
        match (param.map(|param| &param.kind), &argument.value) {
            (Some(Kind::Entity(_) | Kind::Id), Value::Text(text)) => !idle(text) && (value(text) || !unused),
            (Some(Kind::Text), Value::Text(text)) => !idle(text),
            _ => true,
        }
    };
    let kept: Vec<bool> = step.arguments.iter().map(kept).collect();
    let mut kept = kept.into_iter();
    step.arguments.retain(|_| kept.next().unwrap_or(true));
    let changes = step.missing.iter().any(|missing| missing == CHANGES);
    step.missing = missing(op, &step.arguments);
    if changes && step.missing.is_empty() {
        step.missing.push(CHANGES.to_owned());
    }
}

/// Gives the records of the path that are not named yet the values that stand behind their nouns, or the only one there is.
fn name_records(step: &mut Step, reading: &Reading<'_>, asked: &Asked) {
    let op = reading.catalog.operation(step.operation);
    let utterance = reading.line.utterance;
    let text = |at: usize| match utterance.items[at].kind {
        ItemKind::Quoted { start, end } => utterance.text[start..end].to_owned(),
        _ => utterance.raw(at).to_owned(),
    };
    let open: Vec<&str> = records(op).map(|param| param.name.as_str()).filter(|name| lacks(step, name)).collect();
    for name in &open {
        let Some(param) = op.param(name) else { continue };
        let nouns = nouns(op, param, reading.catalog);
        let used = |value: &str| step.arguments.iter().any(|argument| holds(&argument.value, value));
        let free: Vec<&(usize, Option<String>)> = asked.values.iter().filter(|(at, _)| !used(&text(*at))).collect();
        let behind = free.iter().find(|(_, before)| before.as_ref().is_some_and(|before| nouns.contains(before)));
        let only = if open.len() == 1 && free.len() == 1 { free.first() } else { None };
        if let Some((at, _)) = behind.or(only) {
            step.arguments.push(Argument { name: (*name).to_owned(), value: Value::Text(text(*at)) });
            step.missing.retain(|missing| missing != name);
        }
    }
}

fn lacks(step: &Step, name: &str) -> bool {
    !step.arguments.iter().any(|argument| argument.name == name)
}

fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::Text(own) => own.contains(text),
        Value::List(list) => list.iter().any(|value| holds(value, text)),
        other => format!("{other:?}").contains(text),
    }
}

/// Whether a value of what was understood is made of words that another operation goes by, or it leaves such words out.
fn takes_words(intent: &Intent, step: &Step, other: OpId, gist: &Gist, asked: &Asked) -> bool {
    let word = |word: &str| {
        let stem = stem(word);
        !word.chars().any(|c| c.is_ascii_digit()) && asked.terms.contains(&stem) && gist.goes_by(other, &stem)
    };
    let made = |value: &Value| match value {
        Value::Text(text) => words(text).iter().any(|told| word(told)),
        Value::List(list) => {
            list.iter().any(|value| matches!(value, Value::Text(text) if words(text).iter().any(|told| word(told))))
        }
        _ => false,
    };
    let passed = intent.unexplained.iter().filter_map(|(start, end)| intent.text.get(*start..*end));
    step.arguments.iter().any(|argument| made(&argument.value)) || passed.flat_map(words).any(|told| word(&told))
}
