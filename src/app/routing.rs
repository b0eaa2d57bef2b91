use jiff::{Timestamp, Zoned};
use serde_json::{Map, Value, json};

use super::selecting::Selection;
use super::{EngineOptions, official_first};
use crate::catalog::{Catalog, OpId};
use crate::intent::{Argument, Context, Intent, Memory, Reader, Status, Step, Value as IntentValue};
use crate::language;
use crate::plan::{Context as PlanContext, Origin, plan};

/// What a line means, outside any conversation. What cannot be a line at all is refused as any unknown phrase is.
pub(super) fn route(reader: &Reader, catalog: &Catalog, options: &EngineOptions, text: &str, explain: bool) -> Intent {
    let utterance = match language::read(text) {
        Ok(utterance) => utterance,
        Err(error) => return refused(text, error.to_string()),
    };
    let now = now(options);
    let memory = Memory::default();
    let hidden = options.allow_undocumented;
    let service = options.service.as_deref();
    let context = Context { now: &now, memory: &memory, hidden, service, explain };
    official_first::read(reader, &utterance, catalog, &context)
}

/// The operations that a line may mean, the best first, with their points.
pub(super) fn ranking(reader: &Reader, catalog: &Catalog, options: &EngineOptions, text: &str) -> Vec<(OpId, i32)> {
    let Ok(utterance) = language::read(text) else { return Vec::new() };
    let (now, memory) = (now(options), Memory::default());
    let (hidden, service) = (options.allow_undocumented, options.service.as_deref());
    reader.ranking(&utterance, catalog, &Context { now: &now, memory: &memory, hidden, service, explain: false })
}

/// The reading as `sayso route` prints it.
pub(super) fn route_json(catalog: &Catalog, options: &EngineOptions, intent: &Intent) -> Value {
    let supplied = supplied(catalog, options, &intent.steps);
    let steps: Vec<Value> =
        intent.steps.iter().zip(supplied).map(|(s, supplied)| step(catalog, s, &supplied)).collect();
    let alternatives: Vec<Value> = intent
        .alternatives
        .iter()
        .map(|other| {
            let operation = catalog.operation(other.operation);
            let (method, path) = (operation.method.as_str(), &operation.path);
            json!({"operation": operation.name, "method": method, "path": path, "phrase": other.phrase})
        })
        .collect();
    let mut out = json!({
        "text": intent.text, "status": intent.status, "steps": steps, "alternatives": alternatives,
        "message": intent.message,
    });
    if !intent.suggestions.is_empty() {
        out["suggestions"] = json!(intent.suggestions);
    }
    if !intent.trace.is_empty() {
        out["explain"] = json!(intent.trace);
    }
    out
}

/// A line about many records. No request follows from it before they are listed and somebody agrees, so that it is none
/// that is ready; `each` has the steps for each, the words for all of them in the record's place, and the list that finds
/// them.
pub(super) fn selection_json(catalog: &Catalog, options: &EngineOptions, selection: &Selection) -> Value {
    let named = |argument: &Argument| match &argument.value {
        IntentValue::Text(mark) if mark == Selection::MARK => {
            Argument { value: IntentValue::Text(selection.records.clone()), ..argument.clone() }
        }
        _ => argument.clone(),
    };
    let told = |steps: &[Step]| -> Vec<Value> {
        let added = supplied(catalog, options, steps);
        steps.iter().zip(added).map(|(one, added)| step(catalog, one, &added)).collect()
    };
    let for_each = |one: &Step| Step { arguments: one.arguments.iter().map(named).collect(), ..one.clone() };
    let steps: Vec<Step> = selection.steps.iter().map(for_each).collect();
    let message = "That is done to each of many records: they are listed first, and it is asked.";
    let mut json = route_json(catalog, options, &refused(&selection.said, message.to_owned()));
    json["each"] = json!({
        "records": selection.records, "found_by": told(std::slice::from_ref(&selection.find)),
        "holds": selection.holds.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(), "steps": told(&steps),
    });
    json
}

/// The moment, in the user's zone.
pub(super) fn now(options: &EngineOptions) -> Zoned {
    let zone = options.timezone.clone();
    match (options.now.clone(), zone) {
        (Some(now), Some(zone)) => now.with_time_zone(zone),
        (Some(now), None) => now,
        (None, Some(zone)) => Timestamp::now().to_zoned(zone),
        (None, None) => Zoned::now(),
    }
}

pub(super) fn refused(text: &str, message: String) -> Intent {
    Intent {
        text: text.into(),
        status: Status::Unknown,
        steps: Vec::new(),
        alternatives: Vec::new(),
        message,
        suggestions: Vec::new(),
        unexplained: Vec::new(),
        trace: Vec::new(),
    }
}

fn step(catalog: &Catalog, step: &Step, supplied: &Value) -> Value {
    let operation = catalog.operation(step.operation);
    let said: Map<String, Value> = step.arguments.iter().map(|a| (a.name.clone(), a.value.to_json())).collect();
    json!({
        "operation": operation.name, "method": operation.method.as_str(), "path": operation.path,
        "params": said, "supplied": supplied, "missing": step.missing,
        "risk": operation.risk, "scopes": operation.scopes,
    })
}

/// What the catalog and the account add to each step.
fn supplied(catalog: &Catalog, options: &EngineOptions, steps: &[Step]) -> Vec<Value> {
    let mut context = PlanContext::new(now(options));
    for id in steps.iter().map(|step| step.operation).collect::<Vec<OpId>>() {
        let service = catalog.service_of(catalog.operation(id));
        for value in &service.context {
            if let Some(known) = options.context_value(service, value) {
                context.set(&service.name, &value.name, known);
            }
        }
    }
    let planned = plan(steps, catalog, &context).steps;
    let added = |step: &crate::plan::PlannedStep| {
        let bound = step.arguments.iter().filter(|bound| bound.origin != Origin::Said);
        Value::Object(bound.map(|bound| (bound.name.clone(), bound.value.to_json())).collect())
    };
    planned.iter().map(added).collect()
}
