use std::collections::BTreeMap;

use super::super::{Catalog, Lifecycle, OpId, Operation, WordSet, inflect};
use super::alike::same_slots;

/// Two operations that the same words ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twins {
    /// The one that stands earlier in the catalog.
    pub first: OpId,
    /// The other.
    pub second: OpId,
    /// A verb and a noun that fit both.
    pub phrase: String,
}

/// Every two operations of a service that nothing tells apart: they answer to the same verb and noun, the same values must
/// be given, and neither a key word nor a preference decides. Every verb class and word of their own counts, every object
/// and every noun of it; how high one stands among them decides nothing.
#[must_use]
pub fn twins(catalog: &Catalog) -> Vec<Twins> {
    let mut found: BTreeMap<(OpId, OpId), String> = BTreeMap::new();
    for ((_, noun), ids) in by_noun(catalog) {
        for (at, first) in ids.iter().enumerate() {
            for second in &ids[at + 1..] {
                let (a, b) = (catalog.operation(*first), catalog.operation(*second));
                let Some(verb) = shared_verb(catalog, a, b) else { continue };
                let said = format!("{verb} {noun}");
                let known = found.contains_key(&(*first, *second));
                if !known && !is_decided(a, b, &said) && same_slots(catalog, a, b) {
                    found.insert((*first, *second), said);
                }
            }
        }
    }
    found.into_iter().map(|((first, second), phrase)| Twins { first, second, phrase }).collect()
}

/// The operations of each service that a noun calls up, in the order of the catalog; primary nouns come first.
fn by_noun(catalog: &Catalog) -> Vec<((&str, String), Vec<OpId>)> {
    let mut found: BTreeMap<(&str, String), (usize, Vec<OpId>)> = BTreeMap::new();
    for id in catalog.ids() {
        let op = catalog.operation(id);
        for resource in op.objects.iter().filter_map(|object| catalog.resource(&op.service, object)) {
            let plurals = resource.nouns.iter().map(|noun| inflect::plural(noun));
            let all = resource.nouns.iter().cloned().chain(plurals).chain(resource.plurals.iter().cloned());
            for (rank, noun) in all.enumerate() {
                let (first, ids) = found.entry((&op.service, noun)).or_insert((rank, Vec::new()));
                *first = rank.min(*first);
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
    }
    let mut found: Vec<_> = found.into_iter().filter(|(_, (_, ids))| ids.len() > 1).collect();
    found.sort_by_key(|(_, (rank, _))| *rank);
    found.into_iter().map(|(noun, (_, ids))| (noun, ids)).collect()
}

/// A verb that asks for both: a class, or a word that both declare for themselves.
fn shared_verb(catalog: &Catalog, a: &Operation, b: &Operation) -> Option<String> {
    let lexicon = catalog.lexicon();
    let class = a.verbs.iter().find(|class| b.verbs.contains(class));
    let class = class.map(|name| {
        let verb = lexicon.verbs.get(name);
        verb.and_then(|verb| verb.words.first()).unwrap_or(name)
    });
    let own = || a.own_verbs.iter().find(|word| b.own_verbs.contains(word) && !is_circumstance(catalog, word));
    class.or_else(own).map(|word| word.replace(" .. ", " "))
}

/// "on the website" stands beside a verb and is none, however an operation declares it.
fn is_circumstance(catalog: &Catalog, word: &str) -> bool {
    let name = WordSet::NAMES.iter().find(|(_, set)| *set == WordSet::Preposition).map_or("", |(name, _)| name);
    let first = word.split(' ').next().unwrap_or_default();
    word.contains(' ') && catalog.lexicon().set(name).iter().any(|preposition| preposition == first)
}

/// Whether the catalog says which of two is meant by a phrase, or something that must be said does.
fn is_decided(a: &Operation, b: &Operation, said: &str) -> bool {
    let one_keyed = a.keys.is_empty() != b.keys.is_empty();
    let both_keyed = !a.keys.is_empty() && !b.keys.is_empty();
    let prefers = |a: &Operation, b: &Operation| a.prefer_over.contains(&b.name);
    let current = |op: &Operation| op.lifecycle == Lifecycle::Official;
    let barred = |op: &Operation| op.not.iter().any(|phrase| format!(" {said} ").contains(&format!(" {phrase} ")));
    one_keyed
        || both_keyed && !a.keys.iter().any(|key| b.keys.contains(key))
        || prefers(a, b)
        || prefers(b, a)
        || current(a) != current(b)
        || barred(a) != barred(b)
}
