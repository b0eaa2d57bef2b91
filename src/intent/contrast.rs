//! What is not to be done, told beside what is: "mark it void rather than deleting it", "erase it, don't just cancel it";
//! and what of a record is to be shown that shows anyway: "…, including its line items".

use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, is_common_word};

use super::meaning::{is, longest, senses};

/// Items of what is told beside the request.
const LONGEST: usize = 8;

/// The line without what is set against its request; nothing when there is no such part.
pub fn without_contrast(line: &Utterance, catalog: &Catalog) -> Option<String> {
    without(line, catalog, "contrasts")
}

/// The line without the parts of a record that are asked for along with it. Only what reads may be read so.
pub fn without_parts(line: &Utterance, catalog: &Catalog) -> Option<String> {
    without(line, catalog, "along_with").or_else(|| without_included(line, catalog))
}

/// The line without a last part of it that tells what goes along with a record anyway: "delete the agent Triage along with
/// every version of it". Only what destroys may be read so.
pub fn without_contents(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let (from, past) = (2..items.len()).find_map(|at| Some((at, longest(line, at, "along_with", catalog)?)))?;
    let end = items.iter().rposition(|item| !matches!(item.kind, ItemKind::Stop | ItemKind::Question))? + 1;
    let goes_along = catalog.lexicon().set("goes_along");
    let goes = |item: &Item| goes_along.contains(&item.folded);
    let kept = (0..from).rev().find(|at| !pauses(&items[*at])).filter(|kept| *kept > 0)?;
    (past < end && items[past..end].iter().all(goes)).then(|| line.slice(0, kept).to_owned())
}

/// The line without a last clause of it that tells what the speakers do with what they ask for: "list the forms we have
/// built", "show the snapshots that we own or have imported".
pub fn without_relative(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let end = items.iter().rposition(|item| !matches!(item.kind, ItemKind::Stop | ItemKind::Question))?;
    let told = |item: &Item| item.kind == ItemKind::Word && !line.text[item.start..].starts_with(char::is_uppercase);
    let speaker = |at: usize| {
        let known = catalog.lexicon().set("relative_subjects").contains(&items[at].folded);
        let tells = |item: &Item| {
            is(catalog, item, WordSet::Auxiliary) || is(catalog, item, WordSet::Told) || acts(item, catalog)
        };
        known && told(&items[at]) && items.get(at + 1).is_some_and(tells)
    };
    let small = |item: &Item| {
        let said =
            [WordSet::Auxiliary, WordSet::Conjunction, WordSet::Filler, WordSet::Preposition, WordSet::Determiner];
        said.into_iter().any(|set| is(catalog, item, set))
    };
    let at = (2..end).rev().find(|at| speaker(*at)).filter(|at| end - at < LONGEST)?;
    let clause = &items[at + 1..=end];
    let denies = |item: &Item| is(catalog, item, WordSet::Negation) || is(catalog, item, WordSet::False);
    let plain = clause.iter().all(|item| told(item) && (small(item) || is_common_word(&item.folded)) && !denies(item));
    let from = if is(catalog, &items[at - 1], WordSet::Subject) { at - 1 } else { at };
    (plain && from > 1).then(|| line.slice(0, from - 1).to_owned())
}

fn acts(item: &Item, catalog: &Catalog) -> bool {
    let verb = |s: &Sense| matches!(s, Sense::Verb { .. });
    let holds = || catalog.lexicon().set("relative_verbs").contains(&item.folded);
    item.folded.ends_with("ed") || holds() || senses(catalog, &item.folded).iter().any(verb)
}

/// The line without the part that one of a set's words opens, to the next mark; never its beginning alone.
fn without(line: &Utterance, catalog: &Catalog, set: &str) -> Option<String> {
    let items = &line.items;
    let (from, past) = (0..items.len()).find_map(|at| Some((at, longest(line, at, set, catalog)?)))?;
    let ends = |item: &Item| pauses(item) || matches!(item.kind, ItemKind::Question);
    let end = (past..items.len()).find(|at| ends(&items[*at])).unwrap_or(items.len());
    if end - past > LONGEST || end == past {
        return None;
    }
    if from == 0 {
        // "Rather than by e-mail, send it by text."
        let rest = items.get(end + 1..).filter(|rest| rest.len() > 1)?;
        return Some(line.text[rest[0].start..].to_owned());
    }
    let joins = |item: &Item| pauses(item) || is(catalog, item, WordSet::Conjunction);
    let kept = (0..from).rev().find(|at| !joins(&items[*at])).filter(|kept| *kept > 0)?;
    let after = if end < items.len() { &line.text[items[end].start..] } else { "" };
    Some(format!("{}{after}", line.slice(0, kept)))
}

/// "…, drafts included": a last part of few words that ends in such a word.
fn without_included(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let last = items.iter().rposition(|item| !matches!(item.kind, ItemKind::Stop | ItemKind::Question))?;
    let ends = catalog.lexicon().set("included").contains(&items[last].folded);
    let mark = (1..last).rev().find(|at| pauses(&items[*at])).filter(|mark| last - mark <= LONGEST)?;
    ends.then(|| line.slice(0, mark - 1).to_owned())
}

fn pauses(item: &Item) -> bool {
    use ItemKind::{Comma, Dash, Semicolon, Stop};
    matches!(item.kind, Comma | Dash | Semicolon | Stop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    #[test]
    fn what_is_not_to_be_done_goes() {
        let rest = |text: &str| without_contrast(&read(text).expect("a line"), &Catalog::builtin());
        for (line, kept) in [
            ("void invoice INV-7 rather than deleting it", "void invoice INV-7"),
            ("erase schedule Alvarez for good, don't just cancel it", "erase schedule Alvarez for good"),
            ("rather than by email, send INV-7 by text", "send INV-7 by text"),
        ] {
            assert_eq!(rest(line).as_deref(), Some(kept), "{line}");
        }
        assert_eq!(rest("don't delete INV-7"), None);
    }

    #[test]
    fn what_shows_anyway_goes() {
        let rest = |text: &str| without_parts(&read(text).expect("a line"), &Catalog::builtin());
        for (line, kept) in [
            ("show order 653f6f with its items and totals", "show order 653f6f"),
            ("show transaction 651bb0, receipt included", "show transaction 651bb0"),
        ] {
            assert_eq!(rest(line).as_deref(), Some(kept), "{line}");
        }
        assert_eq!(rest("show order 653f6f"), None);
    }

    #[test]
    fn what_is_destroyed_along_goes() {
        let rest = |text: &str| without_contents(&read(text).expect("a line"), &Catalog::builtin());
        let line = "delete the agent Triage along with every version of it";
        assert_eq!(rest(line).as_deref(), Some("delete the agent Triage"));
        for line in ["delete the deal Zenith with its notes", "delete the deal Zenith along with Ann Lee"] {
            assert_eq!(rest(line), None, "{line}");
        }
    }

    #[test]
    fn what_the_speakers_do_with_it_goes() {
        let rest = |text: &str| without_relative(&read(text).expect("a line"), &Catalog::builtin());
        for (line, kept) in [
            ("list the forms we have built.", "list the forms"),
            ("show the snapshots that we own", "show the snapshots"),
        ] {
            assert_eq!(rest(line).as_deref(), Some(kept), "{line}");
        }
        for line in ["list the forms we never built", "show the deals we lost to Acme", "we own"] {
            assert_eq!(rest(line), None, "{line}");
        }
    }
}
