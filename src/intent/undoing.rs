//! What should no longer be so: "the ad account Harbor shouldn't be connected here any more" orders it to be disconnected
//! (`undone` of the lexicon: a participle and the order that takes it back).

use crate::catalog::{Catalog, WordSet};
use crate::language::{Item, ItemKind, Utterance};

use super::meaning::{is, longest};

/// Items between the word that wishes and the participle.
const REACH: usize = 5;

/// The order of such a line; nothing when it is none.
pub fn as_order(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let lexicon = catalog.lexicon();
    let undone = |word: &str| {
        let pairs = lexicon.set("undone").iter().filter_map(|pair| pair.split_once(' '));
        pairs.into_iter().find(|(participle, _)| *participle == word).map(|(_, order)| order)
    };
    let (at, order) = (2..items.len()).find_map(|at| Some((at, undone(&items[at].folded)?)))?;
    let from = at.saturating_sub(REACH).max(1);
    let wish = (from..at).find(|at| lexicon.set("undone_wish").contains(&items[*at].folded))?;
    let denies = |at: usize| longest(line, at, "undone_no_longer", catalog);
    let ended = (wish..at).find_map(denies).is_some();
    let more = (at + 1..items.len()).find_map(|at| Some((at, longest(line, at, "undone_any_more", catalog)?)));
    let denied = ended || more.is_some() && (wish..at).any(|at| is(catalog, &items[at], WordSet::Negation));
    let passive = (wish + 1..at).any(|at| lexicon.set("passive").contains(&items[at].folded));
    if !denied || !passive {
        return None;
    }
    let pauses =
        |item: &Item| matches!(item.kind, ItemKind::Comma | ItemKind::Dash | ItemKind::Semicolon | ItemKind::Stop);
    let small =
        |item: &Item| pauses(item) || is(catalog, item, WordSet::Sequence) || is(catalog, item, WordSet::Filler);
    let clause = (0..wish).rev().find(|at| pauses(&items[*at])).map_or(0, |at| at + 1);
    let first = (clause..wish).find(|at| !small(&items[*at]))?;
    let end = items.iter().rposition(|item| !matches!(item.kind, ItemKind::Question | ItemKind::Stop))? + 1;
    let mut out = format!("{}{order} {}", &line.text[..items[first].start], line.slice(first, wish - 1));
    let (cut, past) = more.unwrap_or((end, end));
    for (from, past) in [(at + 1, cut.min(end)), (past, end)] {
        if from < past {
            out.push(' ');
            out.push_str(line.slice(from, past - 1));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    #[test]
    fn what_should_no_longer_be_is_taken_back() {
        let order = |text: &str| as_order(&read(text).expect("a line"), &Catalog::builtin());
        for (line, expected) in [
            ("the page Kite should no longer be linked to our ads", Some("unlink the page Kite to our ads")),
            (
                "the ad account Harbor shouldn't be connected here anymore.",
                Some("disconnect the ad account Harbor here"),
            ),
            ("the page Kite should be linked to our ads", None),
            ("the page Kite should not be linked", None),
            ("the tag vip should no longer be deleted", None),
        ] {
            assert_eq!(order(line).as_deref(), expected, "{line}");
        }
    }
}
