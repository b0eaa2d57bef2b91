use serde_json::Value as Json;

use crate::intent::{Argument, Intent, Status, Step, Value};

/// What stands around the number of an id in a form. No line has such a character.
const MARK: char = '\u{1}';

/// What the lines of a shape mean, with a mark in the place of each id.
#[derive(Debug)]
pub(super) struct Form {
    steps: Vec<Step>,
    /// It is the meaning only where nothing was spoken of before.
    pub(super) alone: bool,
}

impl Form {
    /// The form of a reading of a line with these ids; nothing when there is more to it than what is to be done.
    pub(super) fn of(intent: &Intent, text: &str, ids: &[&str], alone: bool) -> Option<Self> {
        let Intent { text: said, status, steps, alternatives, message, suggestions, unexplained, trace } = intent;
        let asks = |step: &Step| !step.missing.is_empty() || step.confirm.is_some();
        let whole = *status == Status::Ready && !steps.is_empty() && !steps.iter().any(asks) && said == text;
        let bare = alternatives.is_empty() && suggestions.is_empty() && unexplained.is_empty() && trace.is_empty();
        let marked = |text: &str| {
            let ids = ids.iter().zip(b'0'..);
            ids.fold(text.to_owned(), |text, (id, nth)| text.replace(id, &mark(nth)))
        };
        (whole && bare && message.is_empty()).then(|| Self { steps: rewritten(steps, &marked), alone })
    }

    /// What a line of the shape with these ids means.
    pub(super) fn filled(&self, text: &str, ids: &[&str]) -> Intent {
        let told = |text: &str| {
            if !text.contains(MARK) {
                return text.to_owned();
            }
            let ids = ids.iter().zip(b'0'..);
            ids.fold(text.to_owned(), |text, (id, nth)| text.replace(&mark(nth), id))
        };
        Intent {
            text: text.to_owned(),
            status: Status::Ready,
            steps: rewritten(&self.steps, &told),
            alternatives: Vec::new(),
            message: String::new(),
            suggestions: Vec::new(),
            unexplained: Vec::new(),
            trace: Vec::new(),
        }
    }
}

fn mark(nth: u8) -> String {
    String::from_iter([MARK, char::from(nth), MARK])
}

fn rewritten(steps: &[Step], by: &impl Fn(&str) -> String) -> Vec<Step> {
    let argument = |argument: &Argument| Argument { name: argument.name.clone(), value: value(&argument.value, by) };
    let step = |step: &Step| Step {
        operation: step.operation,
        arguments: step.arguments.iter().map(argument).collect(),
        missing: Vec::new(),
        confirm: None,
    };
    steps.iter().map(step).collect()
}

fn value(old: &Value, by: &impl Fn(&str) -> String) -> Value {
    match old {
        Value::Text(text) => Value::Text(by(text)),
        Value::Find(text) => Value::Find(by(text)),
        Value::List(values) => Value::List(values.iter().map(|old| value(old, by)).collect()),
        Value::Map(fields) => Value::Map(fields.iter().map(|(name, old)| (by(name), value(old, by))).collect()),
        Value::Given(json) => Value::Given(json_value(json, by)),
        Value::Number(_) | Value::Boolean(_) | Value::Date(_) | Value::DateTime(_) => old.clone(),
    }
}

fn json_value(old: &Json, by: &impl Fn(&str) -> String) -> Json {
    match old {
        Json::String(text) => Json::String(by(text)),
        Json::Array(items) => Json::Array(items.iter().map(|old| json_value(old, by)).collect()),
        Json::Object(fields) => {
            Json::Object(fields.iter().map(|(name, old)| (by(name), json_value(old, by))).collect())
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => old.clone(),
    }
}
