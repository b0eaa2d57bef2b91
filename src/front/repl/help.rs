use super::words::{names, operations};
use crate::catalog::{Catalog, Resource};
use crate::diagnostic::did_you_mean;
use crate::intent::canonical_phrase;
use crate::present::{DIM, STRONG, painted};

const GENERAL: &str = "\
Say what you want in plain English:
  show contact …    list …    create …    add … to …    move … to …    delete …
Say `her`, `it` or `the second one` for what was just shown. A question is answered with a number, a word, y or n.

  help NOUN           what can be done with one kind of record
  :explain [PHRASE]   how a phrase, or the last one, is read
  :dry [PHRASE]       what would be sent; alone, switches dry runs on and off
  :last               the last answer, whole
  :quit               leave (so does ctrl-D; ctrl-C drops the line)
";

/// What can be said: in general, or about one kind of record.
pub(super) fn help(catalog: &Catalog, noun: &str) -> String {
    let noun = noun.to_lowercase();
    if noun.is_empty() {
        return format!("{GENERAL}\nNouns: {}\n", primary_nouns(catalog).join(", "));
    }
    let resources: Vec<&Resource> = all(catalog).filter(|resource| names(resource).any(|name| name == noun)).collect();
    if resources.is_empty() {
        return unknown(catalog, &noun);
    }
    resources.into_iter().map(|resource| about(catalog, resource)).collect()
}

fn all(catalog: &Catalog) -> impl Iterator<Item = &Resource> {
    catalog.services().iter().flat_map(|service| &service.resources)
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

fn about(catalog: &Catalog, resource: &Resource) -> String {
    let operations = operations(catalog, resource);
    if operations.is_empty() {
        return format!("`{}` is a part of other records; nothing is done to it alone.\n", resource.name);
    }
    let mut text = String::new();
    for id in operations {
        let operation = catalog.operation(id);
        let note = if operation.risk.asks_first() { "  (asks first)" } else { "" };
        text.push_str(&format!("{}{}\n", painted(STRONG, &operation.title), painted(DIM, note)));
        text.push_str(&format!("  {}\n", canonical_phrase(catalog, id)));
    }
    text
}
