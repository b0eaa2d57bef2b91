//! Whether a line asks something, rather than for something to be done.

use crate::catalog::{Catalog, Sense, Vocabulary, WordSet};
use crate::language::{ItemKind, Utterance};

use super::annotate::{Annotated, Match, longest};
use super::meaning::{is, longest as longest_phrase};

/// Whether a question word opens the line, or what stands behind the words that only lead to the question: an explanation,
/// a name that is called, a "quick one". A line that opens with an order asks nothing.
pub fn asks(line: &Annotated<'_>, vocabulary: &Vocabulary) -> bool {
    if opens(line, vocabulary, 0) {
        return true;
    }
    if let Some(&(0, past)) = line.asides.first()
        && opens(line, vocabulary, past + 1)
    {
        return true;
    }
    let items = &line.utterance.items;
    if line.head.is_some() || !items.last().is_some_and(|item| item.kind == ItemKind::Question) {
        return false;
    }
    let spoken = (0..items.len()).find(|at| items[*at].kind == ItemKind::Colon).unwrap_or(items.len());
    let pauses = |kind: &ItemKind| matches!(kind, ItemKind::Comma | ItemKind::Dash | ItemKind::Stop);
    (1..spoken).any(|at| pauses(&items[at - 1].kind) && opens(line, vocabulary, at))
}

/// A question without the words behind it that only say how it may be answered: "is Facebook connected or not".
pub fn with_one_answer(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let past = items.iter().rposition(|item| !matches!(item.kind, ItemKind::Question | ItemKind::Stop))? + 1;
    let first = items.iter().position(|item| !is(catalog, item, WordSet::Filler))?;
    let asks = is(catalog, &items[first], WordSet::Question) && is(catalog, &items[first], WordSet::Auxiliary);
    let from = (first + 2..past).find(|at| longest_phrase(line, *at, "either_way", catalog) == Some(past))?;
    asks.then(|| line.slice(0, from - 1).to_owned() + "?")
}

/// Whether a question word stands at an item, fillers passed over. A polite request is a filler: "could you", "can we".
fn opens(line: &Annotated<'_>, vocabulary: &Vocabulary, from: usize) -> bool {
    let mut at = from;
    while at < line.utterance.items.len() {
        let longest = |set: WordSet| longest(vocabulary, line.matches(at), set);
        match (longest(WordSet::Filler), longest(WordSet::Question)) {
            // "There has to be a task …" says what is to be made.
            (Some(filler), _) if turns(line, vocabulary, at).is_some_and(|turn| turn > filler) => return false,
            (Some(filler), Some(question)) if filler < question => return true,
            (Some(filler), _) => at += filler,
            (None, Some(1)) if named(line, at) => return false,
            (None, question) => return question.is_some(),
        }
    }
    false
}

/// The words of the longest turn of speech at an item; "there should be no …" is none.
fn turns(line: &Annotated<'_>, vocabulary: &Vocabulary, at: usize) -> Option<usize> {
    let denied = |past: usize| {
        let sets = [WordSet::False, WordSet::Negation];
        past < line.utterance.items.len() && sets.into_iter().any(|set| line.is(past, set))
    };
    let turn = |m: &&Match| {
        let turns = vocabulary.senses(m.term).iter().any(|sense| matches!(sense, Sense::Turn { .. }));
        turns && !denied(at + usize::from(m.len))
    };
    line.matches(at).iter().filter(turn).map(|m| usize::from(m.len)).max()
}

/// Whether a question word is somebody's name in a line that no question mark ends: "Will Power …".
fn named(line: &Annotated<'_>, at: usize) -> bool {
    let items = &line.utterance.items;
    let ends = items.last().is_some_and(|item| item.kind == ItemKind::Question);
    !ends
        && line.is_name(at)
        && items.get(at + 1).is_some_and(|item| item.kind == ItemKind::Word && line.is_name(at + 1))
}

#[cfg(test)]
mod tests {
    use super::super::reading_tests::meant;

    #[test]
    fn a_question_never_writes() {
        for (question, read) in [
            ("was text Ms5LqW8vTz2RkXb9NpYd delivered?", "conversations.get-message"),
            ("have we sent invoice INV-2210?", "invoices."),
            ("since she moved, is contact Bob Lee deleted", "contacts.get"),
            ("quick one, did you delete contact Bob Lee?", "contacts.get"),
        ] {
            let meant = meant(question);
            assert!(meant.starts_with(read) && !meant.starts_with("invoices.send"), "{question}: {meant}");
        }
        assert!(!meant("there should be no tag vip").starts_with("locations.create"));
        assert_eq!(meant("Ann, has somebody text Bob Lee saying hi?"), "unknown");
    }

    #[test]
    fn a_polite_request_is_no_question() {
        for request in ["could you delete contact Bob Lee?", "can we please delete contact Bob Lee?"] {
            assert_eq!(meant(request), r#"contacts.delete contactId="Bob Lee""#, "{request}");
        }
    }
}
