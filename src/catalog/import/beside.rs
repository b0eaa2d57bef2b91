//! Words that may be said beside verb and noun: where an operation belongs in its file, and what is told of it.

use std::collections::BTreeSet;

use crate::catalog::Lexicon;
use crate::catalog::openapi::{SpecOperation, SpecSchema};

use super::english::{Family, all, family, is_any_verb, is_determiner, is_preposition, is_verb, words};
use super::model::{Model, record_of};
use super::noun::singular_word;
use super::op::Op;
use super::told::spoken_words;

/// The most words that an operation is given.
const MOST: usize = 24;
/// The most words of an answer that an operation is given beside.
const MOST_OF_ANSWER: usize = 40;
/// How deep the fields of an answer are looked at.
const DEEPEST: usize = 2;
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
    // "All users of our Zoom account": a name that is foreign or a verb elsewhere is the service's own, unless something in
    // it is done by that verb.
    let done = |word: &String| model.operations.iter().any(|op| op.act.own.contains(word));
    let elsewhere = |word: &String| is_in(lexicon, "foreign", word) || is_verb(lexicon, word);
    let own_name = words(&model.title).into_iter().filter(|word| word.len() >= SHORTEST && elsewhere(word));
    let own_name: Vec<String> = own_name.filter(|word| family(word) == Family::Own && !done(word)).collect();
    let named: BTreeSet<String> = model.kinds.all.values().flat_map(|kind| &kind.nouns).cloned().collect();
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
            let most = found.len() + MOST_OF_ANSWER;
            for word in answered(op).into_iter().map(|word| singular_word(&word)) {
                let free = fits(&word, lexicon) && !known.contains(&word) && !found.contains(&word);
                if free && !things.contains(&word) && found.len() < most {
                    found.push(word);
                }
            }
        }
        found.extend(own_name.iter().filter(|name| !things.contains(*name) && !known.contains(*name)).cloned());
        // "All webhooks of my shop": the service itself, where nothing in it is called so.
        for word in units(op) {
            if !known.contains(&word) && !found.contains(&word) {
                found.push(word);
            }
        }
        let own =
            all("service-word").filter(|word| !named.contains(*word) && !known.contains(*word)).map(str::to_owned);
        for word in own {
            if !found.contains(&word) {
                found.push(word);
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

/// What the numbers of an operation count, as its file tells: "resize volume 7 to 200 GB".
fn units(op: &Op<'_>) -> Vec<String> {
    let numbers =
        op.sent.fields.iter().filter(|field| matches!(field.kind.as_str(), "integer" | "number" | "duration"));
    let told =
        numbers.flat_map(|field| field.help.split(|c: char| !c.is_ascii_alphanumeric()).chain(field.name.split('_')));
    let mut found: Vec<String> = Vec::new();
    for word in told.map(str::to_lowercase) {
        for unit in super::english::pairs("unit", &word).iter().copied().chain(all("unit").filter(|unit| *unit == word))
        {
            if !found.iter().any(|known| known == unit) {
                found.push(unit.to_owned());
            }
        }
    }
    found
}

/// What one record has that the operation answers with: "how many cores does server 7 have?"
fn answered(op: &Op<'_>) -> Vec<String> {
    let schema = op.spec.response.as_ref().and_then(|response| response.schema.as_ref());
    let record = schema.filter(|_| !op.act.many).and_then(|schema| record_of(schema, &op.act));
    let mut found = Vec::new();
    if let Some((_, record)) = record {
        fields(record, DEEPEST, &mut found);
    }
    found
}

fn fields(schema: &SpecSchema, deep: usize, found: &mut Vec<String>) {
    for (name, field, _) in schema.fields() {
        found.extend(words(name));
        if deep > 1 {
            fields(field, deep - 1, found);
        }
    }
}

/// What the operation is known by anyway.
fn own_words(model: &Model<'_>, op: &Op<'_>) -> BTreeSet<String> {
    let object = op.objects.first().and_then(|name| model.kinds.all.get(name));
    let nouns = object.map_or(&[][..], |kind| kind.nouns.as_slice());
    let single = nouns.iter().filter(|noun| !noun.contains(' ')).cloned();
    single.chain(op.act.own.iter().cloned()).chain(op.keys.iter().cloned()).collect()
}

/// Whether a set of the lexicon has a word, alone or in a phrase.
fn is_in(lexicon: &Lexicon, set: &str, word: &str) -> bool {
    lexicon.set(set).iter().any(|phrase| phrase.split([' ', '|', '(', ')']).any(|part| part == word))
}

/// Whether a word may stand beside others: a plain one, that orders nothing and joins nothing.
fn fits(word: &str, lexicon: &Lexicon) -> bool {
    let plain = word.len() >= SHORTEST && word.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    let orders = family(word) != Family::Own || is_any_verb(word) || is_verb(lexicon, word);
    let denies = ["negation", "foreign", "false", "denial", "told"].iter().any(|set| is_in(lexicon, set, word));
    plain
        && !orders
        && !denies
        && !is_preposition(word)
        && !is_determiner(word)
        && !matches!(word, "api" | "apis" | "rest" | "json")
}
