//! Names of the service, its groups and its operations.

use std::collections::BTreeMap;

use crate::catalog::openapi::{Spec, SpecOperation};

use super::act::Act;
use super::english::{is, is_preposition, words};
use super::noun::{plural_of, singular_words};
use super::op::Op;
use super::shape::{Part, Shape};

/// The name of a service: what is left of the title.
pub(super) fn service_name(title: &str) -> String {
    let kept: Vec<String> =
        words(title).into_iter().filter(|word| !is("title-noise", word.as_str()) && word.is_ascii()).take(3).collect();
    slug(&kept.join(" "))
}

/// Lower-case letters, digits and hyphens.
pub(super) fn slug(text: &str) -> String {
    let spoken = words(text);
    let plain = |word: &String| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    spoken.iter().map(plain).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// The file that an operation goes into: its tag's, else that of the first word of its path.
pub(super) fn group(operation: &SpecOperation, shape: &Shape) -> String {
    let tag = operation.tags.first().map(|tag| slug(tag)).filter(|tag| !tag.is_empty());
    let path = || shape.fixed().next().map(|words| slug(&words.join(" "))).filter(|head| !head.is_empty());
    let name = tag.or_else(path).unwrap_or_else(|| "general".to_owned());
    if name == "service" || name == "lexicon" { format!("{name}s") } else { name }
}

/// Gives every operation a name of its own: verb and noun, what tells it from its twins, then a number.
pub(super) fn name_all(service: &str, operations: &mut [Op<'_>]) {
    let short: Vec<String> = operations.iter().map(|op| short_name(&op.act)).collect();
    let long: Vec<String> =
        operations.iter().zip(&short).map(|(op, short)| format!("{short}{}", tail(&op.shape, &op.act))).collect();
    let count = |names: &[String]| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for name in names {
            *counts.entry(name.clone()).or_default() += 1;
        }
        counts
    };
    let shorts = count(&short);
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for (at, op) in operations.iter_mut().enumerate() {
        let name = if shorts[&short[at]] == 1 { &short[at] } else { &long[at] };
        let seen = taken.entry(name.clone()).or_default();
        *seen += 1;
        let number = if *seen == 1 { String::new() } else { format!("-{seen}") };
        op.name = format!("{service}.{name}{number}");
    }
}

fn short_name(act: &Act) -> String {
    let verb = act.own.first().filter(|_| act.classes.first().is_none_or(|c| !usual(c) || !act.clause.is_empty()));
    let replaces = act.own.first().filter(|own| *own == "replace");
    let verb = verb.or(replaces).or(act.classes.first()).or(act.own.first()).cloned().unwrap_or_default();
    let mut noun = act.noun.join(" ");
    if (act.many || act.bulk) && !noun.is_empty() {
        noun = plural_of(&noun);
    }
    let mine = if act.mine && noun != "me" { "my" } else { "" };
    let name = slug(&format!("{verb} {mine} {} {noun}", act.adjective.join(" ")));
    if name.is_empty() { "call".to_owned() } else { name }
}

fn usual(class: &str) -> bool {
    ["list", "get", "create", "update", "delete", "add", "remove", "search", "count"].contains(&class)
}

/// The records that the path goes through: `-of-ticket`.
fn tail(shape: &Shape, act: &Act) -> String {
    let own = act.noun.as_slice();
    let mut owners: Vec<String> = Vec::new();
    for (at, part) in shape.parts.iter().enumerate() {
        if let Part::Fixed(fixed) = part {
            let one = singular_words(fixed);
            if one != own
                && *fixed != act.adjective
                && !act.own.contains(&fixed.join(" "))
                && at + 1 < shape.parts.len()
            {
                owners.push(one.join(" "));
            }
        }
    }
    let ends = matches!(shape.last(), Some(Part::Variable(_)));
    let by = shape.parts.iter().rev().find_map(|part| match part {
        Part::Variable(name) if ends => Some(name.clone()),
        _ => None,
    });
    match (owners.is_empty(), by) {
        (false, _) => format!("-of-{}", slug(&owners.join(" "))),
        (true, Some(by)) => format!("-by-{}", slug(&by)),
        (true, None) => String::new(),
    }
}

/// One line for people: the summary if it reads like one, else verb and noun.
pub(super) fn title(operation: &SpecOperation, act: &Act) -> String {
    const LONGEST: usize = 70;
    let summary = operation.summary.trim().trim_end_matches('.');
    let told = act.titled && !summary.is_empty();
    let plain = !summary.contains(['\n', '{', '[', '<', '`']);
    if told && plain && summary.chars().count() <= LONGEST && summary.contains(' ') {
        return capital(summary);
    }
    let verb = act.own.first().or(act.classes.first()).cloned().unwrap_or_default();
    let noun = act.noun.join(" ");
    let noun = if act.many { plural_of(&noun) } else { noun };
    let parts = [verb, act.adjective.join(" "), noun];
    let text = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    let of: Vec<String> = operation_owner(act);
    let text = if of.is_empty() { text } else { format!("{text} {}", of.join(" ")) };
    capital(&text)
}

fn operation_owner(act: &Act) -> Vec<String> {
    let rest = act.told.iter().flat_map(|told| &told.rest).next();
    rest.filter(|(p, noun)| is_preposition(p) && !noun.is_empty())
        .map_or_else(Vec::new, |(p, noun)| vec![p.clone(), noun.join(" ")])
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What people call the service.
pub(super) fn service_title(spec: &Spec, name: &str) -> String {
    let title: Vec<&str> =
        spec.title.split_whitespace().filter(|word| !is("title-noise", &word.to_lowercase())).collect();
    if title.is_empty() || title.len() > 5 { capital(&name.replace('-', " ")) } else { title.join(" ") }
}
