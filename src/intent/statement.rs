//! A clause that only tells something, with a request behind it that reads by itself: "they still haven't paid INV-7; could
//! you send it again?". What the clause denies is not asked for, and the records that it names are what "it" means.

use crate::catalog::inflect::Form;
use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, read};

use super::annotate::Annotated;
use super::meaning::{is, senses};
use super::reason;

/// Places at which a line is cut at most.
const MOST: usize = 3;

/// The clause and the request of each way to cut a line in two, the shortest clause first.
pub fn splits(line: &Utterance, catalog: &Catalog) -> Vec<(Utterance, Utterance)> {
    let vocabulary = catalog.vocabulary();
    let annotated = Annotated::new(line, vocabulary);
    cuts(line, catalog)
        .filter(|(past, _)| tells(&annotated, catalog, *past))
        .filter_map(|(past, from)| {
            let clause = Utterance { text: line.text.clone(), items: line.items[..past].to_vec() };
            let request = read(&line.text[line.items[from].start..]).ok()?;
            Some((clause, request))
        })
        .take(MOST)
        .collect()
}

/// Where a clause ends and the next begins: at a mark, with or without "so" behind it, or at "so".
fn cuts<'a>(line: &'a Utterance, catalog: &'a Catalog) -> impl Iterator<Item = (usize, usize)> + 'a {
    use ItemKind::{Comma, Dash, Semicolon, Stop};
    let items = &line.items;
    let joins = |item: &Item| is(catalog, item, WordSet::Sequence) || is(catalog, item, WordSet::Conjunction);
    (2..items.len().saturating_sub(2)).filter_map(move |past| {
        let mark = matches!(items[past].kind, Comma | Dash | Semicolon | Stop);
        let so = !mark && is(catalog, &items[past], WordSet::Sequence);
        let from = (past + 1..items.len()).find(|at| !joins(&items[*at]))?;
        ((mark || so) && from + 1 < items.len()).then_some((past, from))
    })
}

/// Whether the first items of a line tell something: a subject and its verb; no order, no wish, no condition and no
/// question.
fn tells(line: &Annotated<'_>, catalog: &Catalog, past: usize) -> bool {
    let items = &line.utterance.items[..past];
    let conditions = catalog.lexicon().set("conditions");
    let first = items.iter().position(|item| !is(catalog, item, WordSet::Filler)).unwrap_or(0);
    let orders = |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, .. } | Sense::Apart { form: Form::Base, .. });
    let begins = |set: WordSet| is(catalog, &items[first], set);
    let noun = items.get(first + 1).is_some_and(|next| next.kind == ItemKind::Code) && line.is_noun(first);
    let ordered = !noun && !line.is_name(first) && senses(catalog, &items[first].folded).iter().any(orders);
    let speaker = [WordSet::Self_, WordSet::Person, WordSet::Subject, WordSet::Thing].into_iter().any(begins);
    let subject = speaker || begins(WordSet::Determiner);
    let never = [WordSet::Negation, WordSet::Question, WordSet::Foreign, WordSet::Licence].into_iter().any(begins);
    let asked = items.iter().any(|item| item.kind == ItemKind::Question);
    if ordered && !subject || never && !subject || asked || items.iter().any(|item| conditions.contains(&item.folded)) {
        return false;
    }
    let finite = |at: usize| {
        let item = &items[at];
        let known = [WordSet::Auxiliary, WordSet::Told].into_iter().any(|set| line.is(at, set)) || line.tells(at);
        let ended = item.folded.len() > 4 && (item.folded.ends_with("ed") || item.folded.ends_with("n't"));
        item.kind == ItemKind::Word
            && !line.is_name(at)
            && (known || ended || speaker && at == first + 1 && line.is_common(at))
    };
    let contracted = items[first].folded.contains('\'');
    (contracted || (first + 1..past).any(finite)) && !reason::wishes(line, catalog.vocabulary(), past)
}
