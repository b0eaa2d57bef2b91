use super::super::inflect::spoken;
use super::super::{Catalog, Operation};

/// The operations that fit all of the words, best first; without words, all of them in catalog order.
///
/// A word fits a word of the name, the title, the path, the nouns of the object or the verbs: whole, as a beginning,
/// inside, or with one letter wrong.
#[must_use]
pub fn list<'a>(catalog: &'a Catalog, words: &[String]) -> Vec<&'a Operation> {
    let words: Vec<String> = words.iter().flat_map(|w| split(w)).collect();
    let mut found: Vec<(u32, &Operation)> = Vec::new();
    for id in catalog.ids() {
        let operation = catalog.operation(id);
        let text = about(catalog, operation);
        if let Some(score) = words.iter().map(|word| score(word, &text)).sum::<Option<u32>>() {
            found.push((score, operation));
        }
    }
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, operation)| operation).collect()
}

/// The words an operation can be found by, with what finding each is worth.
fn about(catalog: &Catalog, operation: &Operation) -> Vec<(String, u32)> {
    let mut words = Vec::new();
    let mut add = |text: &str, worth: u32| words.extend(split(text).into_iter().map(|word| (word, worth)));
    add(&operation.name, 3);
    add(&operation.title, 3);
    add(&operation.path, 2);
    add(operation.method.as_str(), 2);
    operation.verbs.iter().chain(&operation.own_verbs).for_each(|verb| add(verb, 2));
    add(&operation.service, 1);
    for resource in operation.objects.iter().filter_map(|name| catalog.resource(&operation.service, name)) {
        resource.nouns.iter().chain(&resource.plurals).for_each(|noun| add(noun, 2));
    }
    words
}

fn split(text: &str) -> Vec<String> {
    spoken(text).split_whitespace().map(str::to_owned).collect()
}

fn score(word: &str, text: &[(String, u32)]) -> Option<u32> {
    text.iter().filter_map(|(known, worth)| Some(worth * likeness(word, known)?)).max()
}

fn likeness(word: &str, known: &str) -> Option<u32> {
    let singular = |w: &str| w.strip_suffix('s').map_or_else(|| w.to_owned(), str::to_owned);
    if word == known {
        Some(8)
    } else if singular(word) == singular(known) {
        Some(7)
    } else if known.starts_with(word) {
        Some(4)
    } else if word.len() > 2 && known.contains(word) {
        Some(2)
    } else if word.len() > 3 && strsim::osa_distance(word, known) == 1 {
        Some(1)
    } else {
        None
    }
}
