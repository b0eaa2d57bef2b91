//! What a change would be made with that is no value of a field: a number with where it is to go ("add quiz 77 to module 22"
//! makes no quiz of the name "77 to module 22"), a field said twice.

use crate::catalog::{Catalog, Kind, Operation, Resource, Sense, WordSet};
use crate::language::ItemKind;

use super::align::Alignment;
use super::annotate::Annotated;
use super::edges::Rule;
use super::found::{Filled, Found};
use super::reading::makes;

/// Whether a change takes for the text of a field what names a record and goes on, or is told one field in two ways.
pub fn runs_on(op: &Operation, read: &Alignment, line: &Annotated<'_>, catalog: &Catalog) -> bool {
    let wrong = |told: &Filled| goes_on(op, *told, line, catalog) || is_address(op, *told, line, catalog);
    // "With ISBN 9780061054884": what a field's name leads to is no name of what is made.
    let by_field = |told: &Filled| {
        let ends = |past: u16| {
            read.path.iter().any(|(_, end, rule, _)| *rule == Rule::FieldValue && *end == usize::from(past))
        };
        matches!(told.found, Found::Span(_, past) if ends(past))
    };
    let seldom = read.path.iter().any(|(.., rule, points)| *rule == Rule::Verb && *points < MAKES);
    let hardly_made = makes(op)
        && (seldom || turns(line))
        && read.filled.iter().any(|told| is_number(op, *told, line) && !by_field(told));
    !op.reads() && (read.filled.iter().any(wrong) || is_told_twice(op, &read.filled) || hardly_made)
}

/// What a verb earns that orders to make something; one that seldom does earns less.
const MAKES: i32 = 30;

/// Whether a line opens by asking for one that is there to become something: "make list 19 public", not "make a list".
fn turns(line: &Annotated<'_>) -> bool {
    let makes = |at: usize| line.utterance.items[at].folded == "make" && !line.is(at + 1, WordSet::Article);
    line.head.is_some_and(|head| head + 1 < line.utterance.items.len() && makes(head))
}

/// Whether a number alone is taken for the text of a field: "save project 7740 as a template" makes none of that name.
fn is_number(op: &Operation, told: Filled, line: &Annotated<'_>) -> bool {
    let Found::Span(first, past) = told.found else { return false };
    let text = matches!(op.params[usize::from(told.param)].kind, Kind::Text);
    let number = matches!(line.utterance.items[usize::from(first)].kind, ItemKind::Number { .. });
    let led = first > 0 && line.is(usize::from(first) - 1, WordSet::Link);
    text && number && !led && past == first + 1
}

/// Whether a text that nothing leads to begins with a number and goes on with a record: "77 to module 22".
fn goes_on(op: &Operation, told: Filled, line: &Annotated<'_>, catalog: &Catalog) -> bool {
    let Found::Span(first, past) = told.found else { return false };
    let (first, past) = (usize::from(first), usize::from(past));
    let text = matches!(op.params[usize::from(told.param)].kind, Kind::Text);
    let led = first > 0 && line.is(first - 1, WordSet::Link);
    if !text || led {
        return false;
    }
    let numbered =
        |at: usize| at < past && matches!(line.utterance.items[at].kind, ItemKind::Code | ItemKind::Number { .. });
    let record = |at: usize| ends(op, line, at, catalog).into_iter().any(&numbered);
    let joined = (first + 1..past).any(|at| line.is(at, WordSet::Preposition) && record(at + 1));
    numbered(first) && joined || record(first)
}

/// Whether an e-mail address is taken for a record that is no person: "invite kate@example.com to the forum" names no topic.
fn is_address(op: &Operation, told: Filled, line: &Annotated<'_>, catalog: &Catalog) -> bool {
    let Found::Span(first, past) = told.found else { return false };
    let Kind::Entity(resource) = &op.params[usize::from(told.param)].kind else { return false };
    let address = matches!(line.utterance.items[usize::from(first)].kind, ItemKind::Email);
    let fits = |known: &Resource| known.person || known.by_name || known.id_pattern.contains('@');
    address && past == first + 1 && catalog.resource(&op.service, resource).is_some_and(|known| !fits(known))
}

/// Where the nouns of a service end that begin at an item.
fn ends(op: &Operation, line: &Annotated<'_>, at: usize, catalog: &Catalog) -> Vec<usize> {
    if at >= line.utterance.items.len() {
        return Vec::new();
    }
    let vocabulary = catalog.vocabulary();
    let noun = |sense: &Sense| match sense {
        Sense::Noun { noun, plural: false } => vocabulary.nouns[usize::from(*noun)].service == op.service,
        _ => false,
    };
    let nouns = line.matches(at).iter().filter(|known| vocabulary.senses(known.term).iter().any(noun));
    nouns.map(|known| at + usize::from(known.len)).collect()
}

/// Whether two texts of a line are given for a field that takes one.
fn is_told_twice(op: &Operation, filled: &[Filled]) -> bool {
    let spans = || filled.iter().filter(|told| matches!(told.found, Found::Span(..) | Found::Tail(..)));
    spans().enumerate().any(|(nth, told)| {
        let one = op.params.get(usize::from(told.param)).is_some_and(|param| !param.many);
        one && spans().skip(nth + 1).any(|other| other.param == told.param && other.found != told.found)
    })
}
