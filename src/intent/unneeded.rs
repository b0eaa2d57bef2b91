//! What is needed no more and what is to be done about it: "we don't need the reminder 42 of the calendar Demo anymore, delete
//! it" orders the reminder to be deleted (`unneeded` of the lexicon).

use crate::catalog::{Catalog, WordSet};
use crate::language::{Item, ItemKind, Utterance};

use super::meaning::{capital, is, is_any, longest, noun_at, orders, phrases, senses};

/// The order of such a line, of the thing that is not needed rather than of another that its clause speaks of; nothing when it
/// is no such line.
pub fn as_order(line: &Utterance, catalog: &Catalog) -> Option<String> {
    use ItemKind::{Comma, Dash, Semicolon, Stop};
    let items = &line.items;
    let lexicon = catalog.lexicon();
    let idle = |item: &Item| is_any(catalog, item, &[WordSet::Sequence, WordSet::Filler, WordSet::Conjunction]);
    let pauses = |item: &Item| matches!(item.kind, Comma | Dash | Semicolon | Stop);
    let (at, from) = phrases(line, 0..items.len(), "unneeded", catalog).next()?;
    let mark = (from + 1..items.len().saturating_sub(1)).find(|at| pauses(&items[*at]))?;
    let verb = (mark + 1..items.len()).find(|at| !idle(&items[*at]))?;
    let pointer = verb + 1;
    let points = |at: usize| items.get(at).is_some_and(|item| lexicon.set("pointing").contains(&item.folded));
    if !senses(catalog, &items[verb].folded).iter().copied().any(orders) || capital(line, verb) || !points(pointer) {
        return None;
    }
    let ended = |past: &usize| longest(line, *past, "undone_any_more", catalog) == Some(mark);
    let past = (from + 1..mark).find(ended).unwrap_or(mark);
    // "Delete that action" of what the clause calls an action.
    let again =
        items.get(pointer + 1).is_some_and(|next| items[from..past].iter().any(|said| said.folded == next.folded));
    if !again && noun_at(line, pointer + 1, catalog).is_some() {
        return None;
    }
    let behind = pointer + 1 + usize::from(again);
    let first = (0..at).find(|at| !idle(&items[*at])).unwrap_or(at);
    let speaker = |item: &Item| is(catalog, item, WordSet::Self_) || is(catalog, item, WordSet::Subject);
    let owner = items[first..at].iter().any(|item| !speaker(item)).then(|| line.slice(first, at - 1));
    let of =
        owner.zip(lexicon.set("belongs_to").first()).map_or_else(String::new, |(owner, of)| format!(" {of} {owner}"));
    let rest = items.get(behind).map_or("", |item| &line.text[item.start..]);
    Some(format!("{} {}{of} {rest}", line.raw(verb), line.slice(from, past - 1)).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::reading_tests::meant;
    use super::*;
    use crate::language::read;

    #[test]
    fn what_is_needed_no_more_is_what_the_order_is_about() {
        let order = |text: &str| as_order(&read(text).expect("a line"), &Catalog::builtin());
        for (line, expected) in [
            ("we don't need the tag vip anymore, delete it", Some("delete the tag vip")),
            (
                "the bot Nora no longer needs action 66b7c8d9, so remove that action",
                Some("remove action 66b7c8d9 of the bot Nora"),
            ),
            ("we don't need the tag vip anymore, delete the tag old", None),
            ("we don't need the tag vip anymore", None),
            ("don't delete the tag vip, keep it", None),
        ] {
            assert_eq!(order(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn what_it_stands_in_is_kept() {
        let line = "we no longer want the reminder R12 from the calendar Intake, delete it";
        assert!(!meant(line).starts_with("calendars.delete "), "{}", meant(line));
    }
}
