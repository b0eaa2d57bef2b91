//! Last steps of paths that say with a verb what is done: `/users/findByEmail`, `/groups/terminate_sessions`.

use crate::catalog::{Lexicon, Method};

use super::act::Act;
use super::english::{Family, family, is_verb};
use super::noun::singular_words;
use super::shape::{Part, Shape};
use super::told::spoken_words;

/// What a path does that finds the records of before by one of their fields.
pub(super) fn found_by(method: Method, shape: &Shape, many: bool) -> Option<Act> {
    let [.., Part::Fixed(things), Part::Fixed(last)] = shape.parts.as_slice() else { return None };
    let [verb, by, field @ ..] = last.as_slice() else { return None };
    let finds = by == "by" && !field.is_empty() && matches!(family(verb), Family::Read | Family::Search);
    let classes = [if many { "list" } else { "get" }, "search"].map(str::to_owned).to_vec();
    let by = if many { Vec::new() } else { field.to_vec() };
    let act = Act { noun: singular_words(things), many, classes, by, ..Act::default() };
    (finds && method == Method::Get).then_some(act)
}

/// Whether a step is what a summary says something is made for: "Create jobs to terminate sessions".
pub(super) fn told_to_do(summary: &str, step: &[String], lexicon: &Lexicon) -> bool {
    let [verb, _, ..] = step else { return false };
    let own = family(verb) == Family::Own && is_verb(lexicon, verb);
    own && spoken_words(summary).windows(2).any(|pair| pair[0] == "to" && pair[1] == *verb)
}
