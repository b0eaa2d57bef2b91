//! Phrase patterns for doings that are only another value of a field: "close ticket 35" sets its status.

use std::collections::BTreeSet;

use crate::catalog::Lexicon;

use super::english::{Family, family, is, is_verb, pairs, words};
use super::field::Field;
use super::model::Model;
use super::noun::{plural_of, singular_words};
use super::properties::{alternatives, choice};
use super::questions::records;
use super::shape::Part;

/// The most values of a field that get patterns of their own.
const MOST: usize = 15;

/// Gives what updates a record the verbs of the states that it can set.
pub(super) fn add(model: &mut Model<'_>, lexicon: &Lexicon) {
    let mut found: Vec<(usize, Vec<String>)> = Vec::new();
    for (at, op) in model.operations.iter().enumerate() {
        // `/toggle_status` sets a status too.
        let toggles = op.act.thing.last().is_some_and(|thing| is("status", thing));
        let updates = op.act.classes.first().is_some_and(|class| class == "update") && !op.act.bulk && !op.act.acted;
        let updates = updates || op.act.acted && toggles;
        let Some(owner) = records(op, &model.kinds).last().copied().filter(|_| updates) else { continue };
        let Some(kind) = model.kinds.all.get(&owner.kind) else { continue };
        let own = op.objects.first() == Some(&kind.name);
        let status =
            matches!(op.shape.last(), Some(Part::Fixed(words)) if words.last().is_some_and(|w| is("status", w)));
        if !own && !status {
            continue;
        }
        let rivals = model.operations.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, other)| other);
        let done: BTreeSet<&str> = rivals
            .clone()
            .filter(|other| other.act.noun == op.act.noun || other.objects.contains(&kind.name))
            .flat_map(|other| other.act.own.iter().chain(&other.act.classes))
            .map(String::as_str)
            .collect();
        // Of two requests that set the same state, the one that does nothing else is meant.
        let narrower = !status
            && rivals.clone().any(|other| {
                matches!(other.shape.last(), Some(Part::Fixed(words)) if is_status(words))
                    && other.act.classes.first().is_some_and(|class| class == "update")
                    && records(other, &model.kinds).last().is_some_and(|field| field.kind == kind.name)
            });
        if narrower {
            continue;
        }
        let record = format!("{} {{{}}}", choice(kind), owner.name);
        let record = part_of(op, &owner.name).map_or(record.clone(), |part| {
            let standing = super::english::all("standing").collect::<Vec<_>>().join("|");
            format!("[the|all|all the|my] [{standing}] {part} (of|for|on|in|from|to) [the] {record}")
        });
        let says = op.sent.fields.iter().filter(|field| field.name != owner.name && !field.many);
        let says: Vec<String> = says.flat_map(|field| of_field(field, &record, &done, lexicon)).collect();
        if !says.is_empty() {
            found.push((at, says));
        }
    }
    for (at, says) in found {
        let op = &mut model.operations[at];
        op.says.extend(says);
    }
}

/// What stands between a record and the state that is set: `registrants` of `/meetings/{id}/registrants/status`.
fn part_of(op: &super::op::Op<'_>, owner: &str) -> Option<String> {
    match op.shape.parts.as_slice() {
        [.., Part::Variable(name), Part::Fixed(part), Part::Fixed(status)] if name == owner && is_status(status) => {
            let one = singular_words(part).join(" ");
            super::relations::is_plain(&one).then(|| alternatives(vec![plural_of(&one), one]))
        }
        _ => None,
    }
}

/// Whether a step of a path is the state of what stands before it: `state`, `set-status`; not `task-instances-state`.
fn is_status(words: &[String]) -> bool {
    match words {
        [one] => is("status", one),
        [verb, one] => is("setting", verb) && is("status", one),
        _ => false,
    }
}

fn of_field(field: &Field, record: &str, done: &BTreeSet<&str>, lexicon: &Lexicon) -> Vec<String> {
    let spoken = words(field.name.rsplit('.').next().unwrap_or(&field.name));
    let deep = field.name.contains('.');
    if field.kind == "boolean" && !deep {
        let bare: Vec<String> = spoken.into_iter().filter(|word| !is("auxiliary", word)).collect();
        return flag(&field.name, &bare.join(" "), record, done);
    }
    let last = spoken.last().map_or("", String::as_str);
    // `{"action": "end"}`
    let deed = spoken.len() == 1 && is("deed-field", last) && !deep;
    if field.values.is_empty() || field.values.len() > MOST || !(is("status", last) || deed) {
        return Vec::new();
    }
    let values = field.values.iter().map(|value| value.trim_matches('"'));
    values.flat_map(|value| state((&field.name, value), deed, record, done, lexicon)).collect()
}

/// "enable webhook 5", "disable webhook 5".
fn flag(name: &str, spoken: &str, record: &str, done: &BTreeSet<&str>) -> Vec<String> {
    let verbs = pairs("flag", spoken);
    let mut says = Vec::new();
    if is("state", spoken) || is("adjective", spoken) || is_able(spoken) {
        let places = [("record", record), ("state", spoken)];
        let set = |frame: &str, value: &str| {
            let filled = super::frames::frames(frame, &places).into_iter();
            filled.map(|say| format!("{say} {{{name}={value}}}")).collect::<Vec<_>>()
        };
        says.extend(set("made-so", "true"));
        says.extend(set("made-not-so", "false"));
    }
    for (verb, value) in verbs.iter().zip(["true", "false"]).filter(|(verb, _)| !done.contains(*verb)) {
        says.push(format!("{} {{{name}={value}}}", around(verb, record)));
    }
    says
}

/// Whether a word tells what may be done: `refundable`.
fn is_able(word: &str) -> bool {
    word.len() > 6 && !word.contains(' ') && ["able", "ible"].iter().any(|ending| word.ends_with(ending))
}

/// "close ticket 35", "mark ticket 35 as closed".
fn state(
    (name, value): (&str, &str),
    deed: bool,
    record: &str,
    done: &BTreeSet<&str>,
    lexicon: &Lexicon,
) -> Vec<String> {
    let plain = value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let spoken = words(value).join(" ");
    if !plain || spoken.is_empty() || spoken.chars().any(|c| c.is_ascii_digit()) {
        return Vec::new();
    }
    let known = pairs("state-verb", &spoken).iter().map(|verb| (*verb).to_owned());
    // "Drain node 7", where `drain` is what a node may be set to.
    let itself = Some(spoken.clone()).filter(|spoken| deed || is("verb", spoken));
    let verbs: Vec<String> = known.chain(done_to_do(&spoken, lexicon)).chain(itself).collect();
    let own = |verb: &&String| family(verb) == Family::Own && !is("seeing", verb);
    let free = verbs.iter().filter(|verb| deed || !done.contains(verb.as_str())).filter(own);
    let mut says: Vec<String> = free.map(|verb| format!("{} {{{name}={value}}}", around(verb, record))).collect();
    says.dedup();
    let marks = format!("(mark|flag|set|move|put) {record} [as|to|in|into] [status|state] {spoken} {{{name}={value}}}");
    if !says.is_empty() || is("state", &spoken) || is("adjective", &spoken) {
        says.push(marks);
    }
    says
}

/// "turn .. off" → "turn webhook 5 off", and "turn off webhook 5".
fn around(verb: &str, record: &str) -> String {
    match verb.split_once(" .. ") {
        Some((head, tail)) => format!("{head} [{tail}] {record} [{tail}]"),
        None => format!("{verb} {record}"),
    }
}

/// The verb of a participle: `closed` → close, `cancelled` → cancel, `stopped` → stop.
fn done_to_do(participle: &str, lexicon: &Lexicon) -> Option<String> {
    let stem = participle.strip_suffix("ed")?;
    let doubled = stem.as_bytes().last_chunk::<2>().is_some_and(|[a, b]| a == b);
    let mut forms = vec![format!("{stem}e"), stem.to_owned()];
    if doubled {
        forms.extend(stem.get(..stem.len() - 1).map(str::to_owned));
    }
    forms.extend(stem.strip_suffix('i').map(|stem| format!("{stem}y")));
    forms.into_iter().find(|form| is_verb(lexicon, form))
}
