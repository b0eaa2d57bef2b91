//! What two things have in common is said once: "show Ann Cole's notes and tasks", "list the notes and tasks of Ann Cole".

use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance};

use super::meaning::{is, senses};

/// Words of the second thing.
const LONGEST: usize = 3;

/// The line with the order and the record that two things share said of each: "show Ann Cole's notes and show Ann Cole's
/// tasks". Nothing when no two share one.
pub fn said_twice(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let joins = |item: &Item| is(catalog, item, WordSet::Conjunction) || item.kind == ItemKind::Ampersand;
    let at = items.iter().rposition(joins).filter(|at| *at > 1)?;
    let noun = |item: &Item| {
        item.kind == ItemKind::Word && senses(catalog, &item.folded).iter().any(|s| matches!(s, Sense::Noun { .. }))
    };
    let past = (at + 1..items.len()).find(|at| !noun(&items[*at])).unwrap_or(items.len());
    if past == at + 1 || past > at + 1 + LONGEST || !noun(&items[at - 1]) {
        return None;
    }
    let first = (0..at).rev().find(|at| !noun(&items[*at]))?;
    let (before, second) = (line.slice(0, at - 1), line.slice(at + 1, past - 1));
    let ends =
        |item: &Item| matches!(item.kind, ItemKind::Stop | ItemKind::Question) || is(catalog, item, WordSet::Filler);
    let named = |at: usize| {
        let capital = line.text[items[at].start..].starts_with(char::is_uppercase);
        capital && items[at].kind == ItemKind::Word
            || matches!(items[at].kind, ItemKind::Code | ItemKind::Quoted { .. })
    };
    let joined = line.raw(at);
    if items[first].kind == ItemKind::Possessive && items[past..].iter().all(ends) {
        let owner = (0..first).rev().take_while(|at| named(*at)).last()?;
        let order = &line.text[items[0].start..items[owner].start];
        return Some(format!("{before} {joined} {order}{} {second}", line.slice(owner, first)));
    }
    let rest = items.get(past..).filter(|rest| rest.len() > 1)?;
    let led = is(catalog, &rest[0], WordSet::Preposition) && (past + 1..items.len()).any(named);
    let owner = &line.text[rest[0].start..items[items.len() - 1].end];
    led.then(|| format!("{before} {owner} {joined} {second} {owner}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    fn twice(text: &str) -> Option<String> {
        said_twice(&read(text).expect("a line"), &Catalog::builtin())
    }

    #[test]
    fn each_thing_is_said_to_be_somebodys() {
        let line = "show Ann Cole's notes and tasks";
        assert_eq!(twice(line).as_deref(), Some("show Ann Cole's notes and show Ann Cole's tasks"));
        let line = "list the notes and tasks of Ann Cole";
        assert_eq!(twice(line).as_deref(), Some("list the notes of Ann Cole and tasks of Ann Cole"));
    }

    #[test]
    fn what_is_nobodys_is_left() {
        for line in ["list notes and tasks", "show Ann Cole's notes and Bob Lee's tasks", "add Ann and Bob to the list"]
        {
            assert_eq!(twice(line), None, "{line}");
        }
    }
}
