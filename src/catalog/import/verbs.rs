//! Other verbs for what the usual verbs do: "cancel event 5" deletes it where nothing else cancels it, "plan an event" makes
//! one.

use std::collections::BTreeSet;

use crate::catalog::{Lexicon, Method};

use super::english::{all, is};
use super::model::Model;
use super::noun::plural_of;
use super::op::Op;
use super::properties::alternatives;
use super::questions::records;

/// The patterns of every operation, by position.
pub(super) fn patterns(model: &Model<'_>, lexicon: &Lexicon) -> Vec<Vec<String>> {
    let operations = &model.operations;
    (0..operations.len()).map(|at| of(model, at, lexicon)).collect()
}

fn of(model: &Model<'_>, at: usize, lexicon: &Lexicon) -> Vec<String> {
    let op = &model.operations[at];
    let object = op.objects.first().and_then(|name| model.kinds.all.get(name));
    let (Some(object), Some(class)) = (object, op.act.classes.first()) else { return Vec::new() };
    if op.act.acted || op.act.bulk || op.spec.deprecated || !op.act.by.is_empty() {
        return Vec::new();
    }
    let plain = |noun: &&String| noun.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-'));
    let nouns: Vec<String> = object.nouns.iter().filter(plain).take(5).cloned().collect();
    if nouns.is_empty() {
        return Vec::new();
    }
    let taken = taken(model, at, lexicon);
    let free = |set: &str| -> Vec<String> {
        all(set)
            .filter(|verb| !taken.contains(*verb) && !op.act.own.iter().any(|own| own == verb))
            .map(str::to_owned)
            .collect()
    };
    let record = records(op, &model.kinds).last().copied().filter(|field| field.kind == object.name);
    let keys = if op.keys.is_empty() { String::new() } else { format!("({}) ", op.keys.join("|")) };
    let one = alternatives(nouns.clone());
    match (class.as_str(), record) {
        ("delete" | "remove", Some(record)) => {
            let mut verbs = free("delete-as");
            // What belongs to another record is taken from it.
            let nested = records(op, &model.kinds).len() > 1 || op.shape.parts.len() > 2;
            if nested || object.person {
                verbs.extend(free("remove-as"));
            }
            let named = format!("[the|my|this] {keys}{one} {{{}}}", record.name);
            let mut says = command(&verbs, &named);
            // "Take product 7 out of the shop", "I want page 15 gone".
            says.push(format!("(take|throw) {named} (away|down|out|off) [for good|again]"));
            says.push(format!("give {named} (back|up|away) [for good|again]"));
            says.push(format!("(do away with|part with) {named}"));
            says.push(format!("(want|need|like|have) {named} (gone|deleted|removed|erased|out) [for good]"));
            says
        }
        ("create" | "add", None) if op.spec.method != Method::Get => {
            // "Book room 7 …" makes a booking, where a service has them.
            let done_elsewhere = |verb: &String| {
                model.operations.iter().any(|other| other.name != op.name && other.act.own.contains(verb))
            };
            let mut verbs = free("create-as");
            verbs.retain(|verb| !done_elsewhere(verb));
            if object.person && !taken.contains("invite") {
                verbs.push("invite".to_owned());
            }
            let mut says = command(&verbs, &format!("[a|an|the|another|new|some|one] [new] {keys}{one}"));
            // "Open folder 55" opens one that is there; "open a folder" makes one.
            says.extend(command(
                &free("create-as-new"),
                &format!("(a|an|another|one more|some new|new|a new|an extra) [new|extra] {keys}{one}"),
            ));
            says
        }
        ("update", Some(record)) => {
            let verbs = free("update-as");
            command(&verbs, &format!("[the|my|this] {keys}{one} {{{}}}", record.name))
        }
        ("get" | "list" | "search", None) if op.spec.method == Method::Get => {
            let reported = nouns.iter().any(|noun| noun.rsplit(' ').next().is_some_and(|head| is("reported", head)));
            let both = alternatives(nouns.iter().flat_map(|noun| [noun.clone(), plural_of(noun)]).collect());
            let verbs = if reported { free("report-as") } else { Vec::new() };
            command(&verbs, &format!("[me|us] [a|an|the|some] {keys}{both}"))
        }
        _ => Vec::new(),
    }
}

fn command(verbs: &[String], rest: &str) -> Vec<String> {
    let mut verbs = verbs.to_vec();
    verbs.dedup();
    if verbs.is_empty() { Vec::new() } else { vec![format!("{} {rest}", alternatives(verbs))] }
}

/// The verbs that ask for another request about the same things.
fn taken(model: &Model<'_>, at: usize, lexicon: &Lexicon) -> BTreeSet<String> {
    let op = &model.operations[at];
    let object = op.objects.first();
    let same =
        |other: &Op<'_>| other.objects.iter().take(3).any(|name| Some(name) == object) || other.act.noun == op.act.noun;
    let others =
        model.operations.iter().enumerate().filter(|(n, other)| *n != at && same(other)).map(|(_, other)| other);
    let mut taken = BTreeSet::new();
    for other in others {
        taken.extend(other.act.own.iter().cloned());
        taken.extend(other.act.told.iter().map(|told| told.verb.clone()).filter(|_| other.act.acted));
        let classes = lexicon.verbs.iter().filter(|class| other.act.classes.contains(&class.name));
        // The verbs of one's own class lead to both.
        let apart = classes.filter(|class| !op.act.classes.contains(&class.name));
        taken.extend(apart.flat_map(|class| class.words.iter().cloned()));
    }
    taken
}
