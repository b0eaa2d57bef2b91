use serde_json::Value as Json;

use super::past_tense::{capital, past_tense};
use super::sentence::Sentence;
use crate::catalog::inflect::{plural, spoken};
use crate::catalog::{Catalog, Kind, Operation, Resource, Service};
use crate::execute::{Named, Shown, Touched};
use crate::intent::Value;
use crate::plan::{Origin, PlannedStep, fill_text_from, plain_text};

/// What a sentence is about.
pub(in crate::execute) struct Told<'a> {
    pub catalog: &'a Catalog,
    pub operation: &'a Operation,
    pub service: &'a Service,
    pub step: &'a PlannedStep,
    pub named: &'a [Named],
    /// The record that was made or came back.
    pub record: Option<&'a Touched>,
    pub body: &'a Json,
}

/// "Added tag vip to Jane Doe", by the operation's own `done` template or from its title.
pub(in crate::execute) fn done_line(told: &Told) -> String {
    let own = told.operation.done.as_ref().and_then(|template| fill_text_from(template, |name| value(told, name)).ok());
    own.filter(|line| !line.is_empty()).unwrap_or_else(|| {
        let sentence = sentence(told, &plain_title(told));
        sentence.text(&past_tense(sentence.verb(), told.catalog.lexicon()))
    })
}

/// What a read found: "12 contacts", "Contact Jane Doe". The title where the catalog does not say what comes back.
pub(in crate::execute) fn found_line(told: &Told, shown: Option<&Shown>) -> String {
    let resource = shown.and_then(|s| told.service.resource(s.resource.as_ref()?));
    let noun = resource.and_then(|r| r.nouns.first());
    match (shown, noun) {
        (Some(shown), Some(noun)) if shown.many => match shown.count {
            1 => format!("1 {noun}"),
            count => {
                let nouns = resource.map(plural_of).unwrap_or_default();
                if count == 0 { format!("No {nouns}") } else { format!("{count} {nouns}") }
            }
        },
        (Some(shown), Some(noun)) => {
            let label = shown.labels.first().map_or("", String::as_str);
            format!("{} {label}", capital(noun)).trim_end().to_owned()
        }
        _ => told.operation.title.trim_end_matches('.').to_owned(),
    }
}

/// The plural of the primary noun. Those the catalog lists may be irregular ("shelves") or belong to other nouns
/// ("people"); one that begins alike is the noun's own.
fn plural_of(resource: &Resource) -> String {
    let Some(noun) = resource.nouns.first() else { return resource.name.clone() };
    let alike = |other: &str| other.len() >= noun.len() && noun.chars().take(3).eq(other.chars().take(3));
    resource.plurals.iter().find(|p| alike(p)).cloned().unwrap_or_else(|| plural(noun))
}

/// "Delete contact Jane Doe in Acme Dental", for a question, with what is said besides: "Send a message to Jane Doe in
/// Acme Dental: SMS, «welcome»".
pub(in crate::execute) fn question_line(told: &Told, account: Option<&str>) -> String {
    let sentence = sentence(told, title(told));
    let mut line = sentence.text(&capital(sentence.verb()));
    if let Some(account) = account {
        line.push_str(" in ");
        line.push_str(account);
    }
    let texts: Vec<String> = said_texts(told);
    if !texts.is_empty() {
        line.push_str(": ");
        line.push_str(&texts.join(", "));
    }
    line
}

fn title<'t>(told: &Told<'t>) -> &'t str {
    let title = told.operation.title.trim();
    if title.is_empty() { &told.operation.name } else { title }
}

/// A title that names several acts ("Change, move or cancel …") cannot be told in the past; the verb and the noun can.
fn plain_title(told: &Told) -> String {
    let title = title(told);
    let several = title.split_whitespace().any(|w| w == "or" || w.ends_with(','));
    let class = told.operation.verbs.first();
    let noun = told.operation.objects.first().and_then(|o| told.service.resource(o)).and_then(|r| r.nouns.first());
    match (several, class, noun) {
        (true, Some(class), Some(noun)) => {
            let known = told.catalog.lexicon().verbs.get(class);
            let verb = known.and_then(|v| v.words.first()).unwrap_or(class);
            format!("{} {noun}", capital(verb))
        }
        _ => title.to_owned(),
    }
}

fn sentence(told: &Told, title: &str) -> Sentence {
    let mut sentence = Sentence::new(title);
    let determiners = told.catalog.lexicon().set("determiner");
    let mut about: Vec<&str> = Vec::new();
    for parameter in &told.operation.params {
        let Kind::Entity(name) = &parameter.kind else { continue };
        let labels: Vec<String> = labels(told, &parameter.name);
        if let Some(resource) = told.service.resource(name).filter(|_| !labels.is_empty()) {
            sentence.put(resource, &labels, determiners);
            about.push(name);
        }
    }
    if let Some(record) = told.record.filter(|r| !about.contains(&r.resource.as_str()))
        && let Some(resource) = told.service.resource(&record.resource)
    {
        sentence.put(resource, std::slice::from_ref(&record.label), determiners);
    }
    sentence
}

/// What people call the records that a parameter holds.
fn labels(told: &Told, parameter: &str) -> Vec<String> {
    let bound = told.step.arguments.iter().find(|b| b.name == parameter && b.origin == Origin::Said);
    if bound.is_none() {
        return Vec::new();
    }
    told.named.iter().filter(|n| n.slot.parameter == parameter).map(|n| n.touched.label.clone()).collect()
}

fn said_texts(told: &Told) -> Vec<String> {
    let said = told.step.arguments.iter().filter(|b| b.origin == Origin::Said);
    said.filter_map(|bound| {
        let parameter = told.operation.param(&bound.name)?;
        let json = bound.value.to_json();
        let text = plain_text(&json).unwrap_or_else(|| json.to_string());
        match &parameter.kind {
            Kind::Entity(_) => None,
            Kind::FreeText => Some(format!("\u{ab}{text}\u{bb}")),
            _ if !parameter.values.is_empty() => Some(text),
            _ => Some(format!("{} {text}", spoken(&bound.name))),
        }
    })
    .collect()
}

/// What a `done` template may name: every parameter, records by what people call them, and `response`.
fn value(told: &Told, name: &str) -> Option<Json> {
    if name == "response" {
        return Some(told.body.clone());
    }
    let bound = told.step.arguments.iter().rfind(|bound| bound.name == name)?;
    let labels: Vec<String> =
        told.named.iter().filter(|n| n.slot.parameter == name).map(|n| n.touched.label.clone()).collect();
    Some(match &bound.value {
        value if labels.is_empty() => value.to_json(),
        Value::List(_) | Value::Given(Json::Array(_)) => Json::from(labels),
        _ => Json::from(labels.join(", ")),
    })
}
