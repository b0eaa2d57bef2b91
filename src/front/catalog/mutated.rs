use serde_json::{Map, Value};

use super::compare::same;
use super::confusion::Confusion;
use super::mutation::{MUTATIONS, Mutation, Spoken};
use super::tally::{operations, told};
use crate::app::Engine;
use crate::catalog::Case;
use crate::intent::{Intent, Status};

/// Examples shown of each way, where not all are asked for.
const FEW: usize = 3;

/// What came of saying the phrases of cases in other ways.
#[derive(Debug, Default)]
pub(super) struct Mutated {
    ways: Vec<Way>,
    /// Which operations took each other's phrases.
    pub(super) confusion: Confusion,
}

/// What came of one way.
#[derive(Debug, Default, Clone)]
struct Way {
    good: usize,
    tried: usize,
    /// One line a phrase that was read otherwise than it should be.
    failures: Vec<String>,
}

impl Mutated {
    /// Says each phrase of a file in every way that it can be said, where it is read rightly as it stands.
    pub(super) fn add(&mut self, engine: &Engine, file: &str, cases: &[Case]) {
        self.ways.resize(MUTATIONS.len(), Way::default());
        for case in cases {
            let Some(id) = engine.catalog().by_name(&case.operation) else { continue };
            let values = texts(&case.params);
            for phrase in &case.say {
                self.confusion.add(engine, id, &phrase.text);
                if !keeps(engine, case, &engine.route(&phrase.text)) {
                    continue;
                }
                let catalog = engine.catalog();
                let spoken = Spoken { catalog, operation: catalog.operation(id), text: &phrase.text, values: &values };
                for (way, mutation) in self.ways.iter_mut().zip(MUTATIONS) {
                    let Some(text) = (mutation.change)(&spoken) else { continue };
                    let intent = engine.route(&text);
                    way.tried += 1;
                    if is_right(engine, case, mutation, &intent) {
                        way.good += 1;
                    } else {
                        let came = told(engine, &intent);
                        way.failures.push(format!("{file}:{}: {text}: came {came}", phrase.place.line));
                    }
                    if mutation.keeps {
                        self.confusion.take(id, &intent, &text);
                    }
                }
            }
        }
    }

    /// A line a way, with examples of what went wrong in it; all of them where `all`.
    pub(super) fn report(&self, all: bool) -> String {
        let mut text = String::new();
        for (way, mutation) in self.ways.iter().zip(MUTATIONS) {
            let verb = if mutation.keeps { "kept" } else { "lost" };
            text.push_str(&format!("{:<20} {verb} {} of {}\n", mutation.name, way.good, way.tried));
            let shown = if all { way.failures.len() } else { FEW };
            way.failures.iter().take(shown).for_each(|failure| text.push_str(&format!("    {failure}\n")));
        }
        text
    }
}

fn is_right(engine: &Engine, case: &Case, mutation: &Mutation, intent: &Intent) -> bool {
    if mutation.keeps {
        return keeps(engine, case, intent);
    }
    intent.status != Status::Ready || operations(engine, intent) != case.operation
}

/// Whether a reading is that of a case, small letters and large ones being the same.
fn keeps(engine: &Engine, case: &Case, intent: &Intent) -> bool {
    let wanted = if case.missing.is_empty() { Status::Ready } else { Status::Incomplete };
    let [step] = intent.steps.as_slice() else { return false };
    let params: Map<String, Value> = step.arguments.iter().map(|a| (a.name.clone(), a.value.to_json())).collect();
    intent.status == wanted
        && operations(engine, intent) == case.operation
        && same(&small(&Value::Object(params)), &small(&Value::Object(case.params.clone())))
}

fn small(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.to_lowercase()),
        Value::Array(list) => Value::Array(list.iter().map(small).collect()),
        Value::Object(map) => Value::Object(map.iter().map(|(key, value)| (key.clone(), small(value))).collect()),
        other => other.clone(),
    }
}

/// The texts in the values of a case, in small letters.
fn texts(params: &Map<String, Value>) -> Vec<String> {
    fn all(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::Array(list) => list.iter().for_each(|value| all(value, out)),
            Value::Object(map) => map.values().for_each(|value| all(value, out)),
            Value::String(text) => out.push(text.to_lowercase()),
            other => out.push(other.to_string()),
        }
    }
    let mut out = Vec::new();
    params.values().for_each(|value| all(value, &mut out));
    out
}
