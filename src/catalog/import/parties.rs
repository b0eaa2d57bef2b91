//! What else the record that a field names is called: `/users/{userId}` of a service with teachers and students, the task that
//! a `parent` may be.

use std::collections::{BTreeMap, BTreeSet};

use super::act::noun_of_variable;
use super::english::{is, is_person, words};
use super::field::Field;
use super::kinds::{Kinds, is_generic};
use super::model::Model;
use super::noun::singular_words;
use super::op::Op;
use super::parameters::described;
use super::questions::records;
use super::relations::{in_path, is_plain};

/// The most names that a field is given.
const MOST: usize = 12;

/// Gives the fields that name records the other names of those, unless something else of the request is called so.
pub(super) fn add(model: &mut Model<'_>) {
    let parts = parts(model);
    for at in 0..model.operations.len() {
        let op = &model.operations[at];
        let found: Vec<Vec<String>> = op.sent.fields.iter().map(|field| others(model, op, field, &parts)).collect();
        let mut taken = taken(op, &model.kinds);
        for (field, names) in model.operations[at].sent.fields.iter_mut().zip(found) {
            for name in names.into_iter().take(MOST) {
                if taken.insert(name.clone()) {
                    field.names.push(name);
                }
            }
        }
    }
}

/// What a request calls something already: its fields, the records of its path, and what it is about.
fn taken(op: &Op<'_>, kinds: &Kinds) -> BTreeSet<String> {
    let fields = op.sent.fields.iter().flat_map(|field| {
        let own = words(field.name.rsplit('.').next().unwrap_or(&field.name)).join(" ");
        std::iter::once(own).chain(field.names.iter().cloned())
    });
    let records = records(op, kinds).into_iter().map(|field| &field.kind).chain(op.objects.first());
    let nouns = records.filter_map(|kind| kinds.all.get(kind)).flat_map(|kind| kind.nouns.iter().cloned());
    fields.chain(nouns).collect()
}

/// By kind, the nouns of the parts that its records play: what a `role` may be, and what another path calls them.
fn parts(model: &Model<'_>) -> BTreeMap<String, Vec<String>> {
    let kinds = &model.kinds;
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |kind: &str, noun: String| {
        let nouns = found.entry(kind.to_owned()).or_default();
        if is_plain(&noun) && !nouns.contains(&noun) {
            nouns.push(noun);
        }
    };
    for op in &model.operations {
        let Some(kind) = op.objects.first().and_then(|name| kinds.all.get(name)).filter(|kind| kind.person) else {
            continue;
        };
        for (_, noun) in ranks(op) {
            add(&kind.name, noun);
        }
    }
    // `/courses/{id}/students/{userId}`: a student is a user.
    for part in kinds.all.values() {
        let whole = part.id.as_deref().filter(|id| !is_generic(id)).map(noun_of_variable);
        let whole = whole.and_then(|noun| kinds.get(&noun)).filter(|whole| whole.name != part.name);
        if let Some(whole) = whole {
            part.nouns.iter().take(2).for_each(|noun| add(&whole.name, noun.clone()));
            whole.nouns.iter().take(2).for_each(|noun| add(&part.name, noun.clone()));
        }
    }
    found
}

/// The values of a field of people that say what somebody is, each with its noun: `teacher` of a `role`.
pub(super) fn ranks(op: &Op<'_>) -> Vec<(String, String)> {
    let rank = |field: &&Field| {
        let last = words(field.name.rsplit('.').next().unwrap_or(&field.name)).pop().unwrap_or_default();
        is("rank", &last) && !in_path(op, field)
    };
    let values = op.sent.fields.iter().filter(rank).flat_map(|field| field.values.iter().map(|v| (&field.name, v)));
    values
        .filter_map(|(name, value)| {
            let value = value.trim_matches('"');
            let noun = singular_words(&words(value)).join(" ");
            is_person(&noun).then(|| (format!("{{{name}={value}}}"), noun))
        })
        .collect()
}

/// The other names of the record that a field names.
fn others(model: &Model<'_>, op: &Op<'_>, field: &Field, parts: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let kinds = &model.kinds;
    if in_path(op, field) {
        let mut names: Vec<String> = parts.get(&field.kind).cloned().unwrap_or_default();
        // `/audio-features/{id}`: "The ID of the track".
        let param = op.spec.params.iter().find(|param| param.name == field.name);
        let told = param.and_then(|param| described(param, kinds)).and_then(|noun| kinds.called(&noun));
        let told = told.filter(|told| told.name != field.kind && kinds.all.contains_key(&field.kind));
        names.extend(told.into_iter().flat_map(|kind| kind.nouns.iter().take(3).cloned()));
        return names;
    }
    if let Some(parts) = parts.get(&field.kind) {
        return parts.clone();
    }
    let plain = matches!(field.kind.as_str(), "" | "id" | "any") && field.values.is_empty();
    if !plain || field.default.is_some() || !field.fields.is_empty() {
        return Vec::new();
    }
    let last = words(field.name.rsplit('.').next().unwrap_or(&field.name)).pop().unwrap_or_default();
    let last = singular_words(&[last]).concat();
    // What a record is to be moved under is no matter of this: only what is made or listed is named by what holds it.
    let made = records(op, kinds).is_empty() && op.act.classes.iter().any(|c| matches!(c.as_str(), "create" | "list"));
    let holder = made && is("whatever", &last) && !is("part", &last);
    let part = !holder && (is("part", &last) || is_person(&last));
    if !part && !holder {
        return Vec::new();
    }
    let told = told_kinds(&field.help, kinds);
    let told: Vec<&String> = told.into_iter().filter(|name| op.objects.first() != Some(*name)).collect();
    let told = if told.is_empty() && holder { anything(model, op) } else { told };
    told.into_iter()
        .filter_map(|name| kinds.all.get(name))
        .flat_map(|kind| kind.nouns.iter().take(2))
        .cloned()
        .collect()
}

/// The kinds of records whose nouns a description has.
fn told_kinds<'k>(text: &str, kinds: &'k Kinds) -> Vec<&'k String> {
    let told: Vec<String> =
        super::told::spoken_words(text).iter().map(|word| super::noun::singular_word(word)).collect();
    let with_id = kinds.all.values().filter(|kind| kind.id.is_some());
    let named = with_id.filter(|kind| {
        kind.nouns.iter().take(2).any(|noun| {
            let noun = words(noun);
            !noun.is_empty() && told.windows(noun.len()).any(|window| window == noun.as_slice())
        })
    });
    named.map(|kind| &kind.name).collect()
}

/// The kinds of records that a service has of their own: those that stand first in a path.
fn anything<'m>(model: &'m Model<'_>, op: &Op<'_>) -> Vec<&'m String> {
    let first: BTreeSet<String> = model
        .operations
        .iter()
        .filter(|other| other.objects.first() != op.objects.first())
        .filter_map(|other| match other.shape.parts.as_slice() {
            [super::shape::Part::Fixed(words), super::shape::Part::Variable(_)] => Some(singular_words(words)),
            _ => None,
        })
        .filter_map(|noun| model.kinds.get(&noun).map(|kind| kind.name.clone()))
        .collect();
    model.kinds.all.values().filter(|kind| first.contains(&kind.name)).map(|kind| &kind.name).collect()
}
