use super::examples::example;
use super::words::{names, operations, related};
use crate::app::Engine;
use crate::catalog::{Catalog, OpId, Resource};
use crate::diagnostic::did_you_mean;
use crate::present::{DIM, STRONG, painted};

const GENERAL: &str = "\
Say what you want in plain English: a verb, what it is about, and the rest.
  show NOUN NAME    list NOUNS    create NOUN NAME with FIELD VALUE    delete NOUN NAME
In a conversation `her`, `it` or `the second one` stand for what was just shown, and a question is answered with a
number, a word, y or n.

  help NOUN           what can be done with one kind of record
In a conversation:
  :explain [PHRASE]   how a phrase, or the last one, is read
  :dry [PHRASE]       what would be sent; alone, switches dry runs on and off
  :last               the last answer, whole
  :quit               leave (so does ctrl-D; ctrl-C drops the line)
";

/// What can be said: in general, or about one kind of record. `help me find …` is a phrase and no question about nouns:
/// nothing is answered.
pub(super) fn help(engine: &Engine, noun: &str) -> Option<String> {
    let catalog = engine.catalog();
    let noun = noun.to_lowercase();
    if noun.is_empty() {
        return Some(format!("{GENERAL}\nNouns: {}\n", primary_nouns(catalog).join(", ")));
    }
    let resources: Vec<&Resource> = all(catalog).filter(|resource| names(resource).any(|name| name == noun)).collect();
    if !resources.is_empty() {
        return Some(resources.into_iter().map(|resource| about(engine, resource)).collect());
    }
    (!noun.contains(char::is_whitespace)).then(|| unknown(catalog, &noun))
}

fn all(catalog: &Catalog) -> impl Iterator<Item = &Resource> {
    catalog.services().iter().flat_map(|service| service.resources.iter())
}

fn primary_nouns(catalog: &Catalog) -> Vec<String> {
    let mut nouns: Vec<String> = all(catalog).filter_map(|resource| resource.nouns.first().cloned()).collect();
    nouns.sort();
    nouns.dedup();
    nouns
}

fn unknown(catalog: &Catalog, noun: &str) -> String {
    let known: Vec<String> = all(catalog).flat_map(names).collect();
    let near = did_you_mean(noun, known.iter().map(String::as_str));
    let near = near.unwrap_or_else(|| "`help` alone lists what there is".to_owned());
    format!("I know nothing called `{}`; {near}\n", crate::present::clean(noun))
}

fn about(engine: &Engine, resource: &Resource) -> String {
    let (own, related) = (operations(engine.catalog(), resource), related(engine.catalog(), resource));
    if own.is_empty() && related.is_empty() {
        return format!("`{}` is a part of other records; nothing is done to it alone.\n", resource.name);
    }
    let mut text: String = own.into_iter().map(|id| entry(engine, id)).collect();
    if !related.is_empty() {
        text.push_str("\nAnd around it:\n\n");
        text.extend(related.into_iter().map(|id| entry(engine, id)));
    }
    text
}

/// A title, and under it a phrase or, where none is sure, the request.
fn entry(engine: &Engine, id: OpId) -> String {
    let operation = engine.catalog().operation(id);
    let note = if operation.risk.asks_first() { "  (asks first)" } else { "" };
    let phrase = example(engine, id).unwrap_or_else(|| painted(DIM, &operation.request_line()));
    format!("{}{}\n  {phrase}\n", painted(STRONG, &operation.title), painted(DIM, note))
}
