use jiff::Zoned;
use serde_json::{Map, Value};

use super::compare::{request_difference, same};
use crate::app::{Engine, preview};
use crate::catalog::{AGREEMENT, Case, CasePhrase};
use crate::intent::{Intent, Status};

/// What came of running cases.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::front) struct Tally {
    /// Phrases that are read as they should be.
    pub(in crate::front) passed: usize,
    /// One line a phrase that is not: `file:line: phrase: what was expected, what came`.
    pub(in crate::front) failures: Vec<String>,
}

impl Tally {
    /// Runs the cases of one file with an engine whose clock shows `now`.
    pub(in crate::front) fn add(&mut self, engine: &Engine, now: &Zoned, file: &str, cases: &[Case]) {
        for case in cases {
            for phrase in &case.say {
                self.record(file, phrase, misread(engine, now, case, &phrase.text));
            }
            for phrase in &case.refuse {
                self.record(file, phrase, not_refused(engine, case, &phrase.text));
            }
        }
    }

    fn record(&mut self, file: &str, phrase: &CasePhrase, failure: Option<String>) {
        match failure {
            None => self.passed += 1,
            Some(failure) => self.failures.push(format!("{file}:{}: {}: {failure}", phrase.place.line, phrase.text)),
        }
    }
}

fn misread(engine: &Engine, now: &Zoned, case: &Case, phrase: &str) -> Option<String> {
    let intent = engine.route(phrase);
    let wanted = if case.missing.is_empty() { Status::Ready } else { Status::Incomplete };
    let step = match intent.steps.as_slice() {
        [step] if operations(engine, &intent) == case.operation && intent.status == wanted => step,
        _ => return Some(format!("expected {}, came {}", case.operation, told(engine, &intent))),
    };
    let params: Map<String, Value> = step.arguments.iter().map(|a| (a.name.clone(), a.value.to_json())).collect();
    let (expected, came) = (Value::Object(case.params.clone()), Value::Object(params));
    if !same(&expected, &came) {
        return Some(format!("expected params {expected}, came {came}"));
    }
    let (expected, came) = (sorted(&case.missing), sorted(&step.missing));
    if expected != came {
        return Some(format!("expected missing {expected:?}, came {came:?}"));
    }
    case.request.as_ref().and_then(|expected| match preview(engine.catalog(), &intent, now) {
        Ok(requests) => requests.first().and_then(|came| request_difference(expected, came)),
        Err(problem) => Some(format!("expected a request, came {problem}")),
    })
}

fn not_refused(engine: &Engine, case: &Case, phrase: &str) -> Option<String> {
    let intent = engine.route(phrase);
    // A question whether to go on without a word has not taken the line for anything.
    let doubted = intent.steps.iter().any(|step| step.missing.iter().any(|missing| missing == AGREEMENT));
    let runs = matches!(intent.status, Status::Ready | Status::Incomplete) && !doubted;
    let reads = intent.steps.iter().any(|step| engine.catalog().operation(step.operation).name == case.operation);
    (runs && reads).then(|| format!("expected anything but {}, came {}", case.operation, told(engine, &intent)))
}

fn sorted(names: &[String]) -> Vec<&String> {
    let mut names: Vec<&String> = names.iter().collect();
    names.sort();
    names
}

pub(super) fn operations(engine: &Engine, intent: &Intent) -> String {
    let names = intent.steps.iter().map(|step| engine.catalog().operation(step.operation).name.as_str());
    names.collect::<Vec<_>>().join(" + ")
}

/// What a phrase was read as, in a few words.
pub(super) fn told(engine: &Engine, intent: &Intent) -> String {
    let operations = operations(engine, intent);
    match intent.status {
        Status::Ready => operations,
        Status::Incomplete => {
            let missing: Vec<&str> = intent.steps.iter().flat_map(|s| &s.missing).map(String::as_str).collect();
            format!("{operations} without {}", missing.join(", "))
        }
        Status::Ambiguous => {
            let others = intent.alternatives.iter().map(|a| engine.catalog().operation(a.operation).name.as_str());
            format!("a question between {}", others.collect::<Vec<_>>().join(", "))
        }
        Status::Unknown => format!("a refusal: {}", intent.message),
    }
}
