//! The apostrophe that a quick hand leaves out: "amy trans notes", "nora hills email", "olivias tasks".

use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, is_common_word, is_given_name, is_surname};

use super::meaning::{is_any, senses};

/// Letters of a name that lacks one, at least.
const SHORTEST: usize = 3;

/// The line with what owns apart from a name typed small, where something that can be owned stands behind it. A name that ends
/// so by itself stays whole ("amy jones notes"). Nothing when there is no such name. The user's bytes stay as they are.
pub fn written_out(line: &Utterance, catalog: &Catalog) -> Option<Utterance> {
    let at = (0..line.items.len().saturating_sub(1)).find(|at| owns(line, *at, catalog))?;
    let mut items = line.items.clone();
    let (start, end) = (items[at].end - 1, items[at].end);
    items[at].folded.pop();
    items[at].end = start;
    items.insert(at + 1, Item { kind: ItemKind::Possessive, start, end, folded: "'s".to_owned() });
    Some(Utterance { text: line.text.clone(), items })
}

fn owns(line: &Utterance, at: usize, catalog: &Catalog) -> bool {
    let (item, next) = (&line.items[at], &line.items[at + 1]);
    let small = |item: &Item| item.kind == ItemKind::Word && !line.text[item.start..].starts_with(char::is_uppercase);
    let Some(name) = item.folded.strip_suffix('s').filter(|name| name.len() >= SHORTEST && small(item)) else {
        return false;
    };
    let known = is_given_name(&item.folded) || is_surname(&item.folded) || !senses(catalog, &item.folded).is_empty();
    let first = at.checked_sub(1).map(|before| &line.items[before]);
    let behind_first = first.is_some_and(|first| small(first) && is_given_name(&first.folded));
    let unheard = || !is_common_word(&item.folded) && !is_common_word(name) && senses(catalog, name).is_empty();
    let somebody = is_surname(name) && behind_first
        || is_given_name(name) && unheard_first(line, at, catalog)
        || behind_first && unheard();
    let owned = |s: &Sense| matches!(s, Sense::Noun { .. } | Sense::Own);
    let idle = [WordSet::Auxiliary, WordSet::Preposition, WordSet::Link, WordSet::Conjunction];
    let thing = small(next) && senses(catalog, &next.folded).iter().any(owned) && !is_any(catalog, next, &idle);
    !known && !name.ends_with('s') && somebody && thing
}

/// Whether no other name stands before a given name: "tag anns notes", where "mike anns" is called so.
fn unheard_first(line: &Utterance, at: usize, catalog: &Catalog) -> bool {
    let before = at.checked_sub(1).map(|before| &line.items[before]);
    before.is_none_or(|before| before.kind != ItemKind::Word || !senses(catalog, &before.folded).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    #[test]
    fn what_owns_is_told_from_a_name_that_ends_so() {
        let told = |text: &str| {
            let line = read(text).expect("a line");
            let line = written_out(&line, &Catalog::builtin()).unwrap_or(line);
            let items = line.items.iter().map(|item| item.folded.clone());
            items.collect::<Vec<_>>().join(" ")
        };
        for (line, items) in [
            ("read me amy trans notes", "read me amy tran 's notes"),
            ("change nora hills email to a@b.co", "change nora hill 's email to a@b.co"),
            ("show olivias tasks", "show olivia 's tasks"),
            ("show amy jones notes", "show amy jones notes"),
            ("show james notes", "show james notes"),
            ("show overdue invoices", "show overdue invoices"),
            ("list users tasks", "list users tasks"),
        ] {
            assert_eq!(told(line), items, "{line}");
        }
    }
}
