//! Words that may be said beside verb and noun: where an operation belongs in its file, and what is told of it.

use std::collections::BTreeSet;

use crate::catalog::Lexicon;
use crate::catalog::openapi::SpecOperation;

use super::english::{Family, family, is_any_verb, is_determiner, is_preposition, is_verb, words};
use super::model::Model;
use super::noun::singular_word;
use super::op::Op;
use super::told::spoken_words;

/// The most words that an operation is given.
const MOST: usize = 24;
/// How much of a description is looked at, in words.
const LONGEST: usize = 32;
/// The shortest word.
const SHORTEST: usize = 3;

/// Gives every operation the words that go with it. One that changes something is given only where it stands: a word that a
/// description has in passing must not explain what an order says.
pub(super) fn add(model: &mut Model<'_>, lexicon: &Lexicon) {
    let things: BTreeSet<String> = model
        .kinds
        .all
        .values()
        .flat_map(|kind| &kind.nouns)
        .flat_map(|noun| words(noun))
        .map(|word| singular_word(&word))
        .collect();
    let title: Vec<String> = words(&model.title).into_iter().map(|word| singular_word(&word)).collect();
    for at in 0..model.operations.len() {
        let op = &model.operations[at];
        let reads = op.act.reads || op.spec.method == crate::catalog::Method::Get;
        let known: BTreeSet<String> = own_words(model, op);
        let mut found: Vec<String> = Vec::new();
        let mut take = |word: String, anything: bool| {
            let free = anything || !things.contains(&word);
            if free && fits(&word, lexicon) && !known.contains(&word) && !found.contains(&word) && found.len() < MOST {
                found.push(word);
            }
        };
        for word in place(op.spec).into_iter().map(|word| singular_word(&word)) {
            take(word, reads);
        }
        for word in &title {
            take(word.clone(), false);
        }
        if reads {
            for word in told(op.spec).into_iter().map(|word| singular_word(&word)) {
                take(word, false);
            }
        }
        model.operations[at].beside = found;
    }
}

/// Where an operation stands: its path, tag and id, and what its summary says.
fn place(operation: &SpecOperation) -> Vec<String> {
    let path = operation.path.split(['/', '.', ':']).filter(|segment| !segment.contains(['{', '}', '=']));
    let mut found: Vec<String> = path.flat_map(words).collect();
    found.extend(operation.tags.iter().flat_map(|tag| words(tag)));
    found.extend(operation.id.iter().flat_map(|id| words(id)));
    found.extend(spoken_words(&operation.summary));
    found
}

/// What a description says at its beginning.
fn told(operation: &SpecOperation) -> Vec<String> {
    let plain =
        operation.description.split_whitespace().take(LONGEST).filter(|word| !word.contains(['/', '<', '`', '(']));
    plain.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect()
}

/// What the operation is known by anyway.
fn own_words(model: &Model<'_>, op: &Op<'_>) -> BTreeSet<String> {
    let object = op.objects.first().and_then(|name| model.kinds.all.get(name));
    let nouns = object.map_or(&[][..], |kind| kind.nouns.as_slice());
    let single = nouns.iter().filter(|noun| !noun.contains(' ')).cloned();
    single.chain(op.act.own.iter().cloned()).chain(op.keys.iter().cloned()).collect()
}

/// Whether a word may stand beside others: a plain one, that orders nothing and joins nothing.
fn fits(word: &str, lexicon: &Lexicon) -> bool {
    let plain = word.len() >= SHORTEST && word.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    let orders = family(word) != Family::Own || is_any_verb(word) || is_verb(lexicon, word);
    let denies = ["negation", "foreign", "false", "denial", "told"]
        .iter()
        .any(|set| lexicon.set(set).iter().any(|phrase| phrase.split([' ', '|', '(', ')']).any(|part| part == word)));
    plain
        && !orders
        && !denies
        && !is_preposition(word)
        && !is_determiner(word)
        && !matches!(word, "api" | "apis" | "rest" | "json")
}
