use super::spotting::{is, longest};
use crate::catalog::{Catalog, Condition, WordSet};
use crate::language::{ItemKind, Utterance};

/// The conditions that a stretch of a line names, each with its value: "tagged lead and in Troy". Nothing unless they are
/// all that it says.
pub(super) fn conditions<'c>(
    utterance: &Utterance,
    (first, past): (usize, usize),
    known: &'c [Condition],
    catalog: &Catalog,
) -> Option<Vec<(&'c Condition, String)>> {
    let items = &utterance.items[..past];
    let lead = |at: usize| {
        let found = known.iter().filter_map(|condition| Some((longest(items, at, &condition.words)?, condition)));
        found.max_by_key(|(len, _)| *len)
    };
    let joins =
        |at: usize| items[at].kind == ItemKind::Comma || is(catalog.vocabulary(), &items[at], WordSet::Conjunction);
    let opens = |at: usize| lead(if joins(at) { at + 1 } else { at }).is_some();
    let mut found = Vec::new();
    let mut at = first;
    while at < past {
        let (len, condition) = lead(at)?;
        let from = at + len;
        let end = (from + 1..past).find(|end| opens(*end)).unwrap_or(past);
        if from >= end {
            return None;
        }
        found.push((condition, value(utterance, from, end)));
        at = if end < past && joins(end) { end + 1 } else { end };
    }
    (!found.is_empty()).then_some(found)
}

/// Whether a condition begins at an item, or behind an "and" there.
pub(super) fn begins(utterance: &Utterance, at: usize, known: &[Condition], catalog: &Catalog) -> bool {
    let items = &utterance.items;
    let joins = items.get(at).is_some_and(|item| is(catalog.vocabulary(), item, WordSet::Conjunction));
    let at = if joins { at + 1 } else { at };
    known.iter().any(|condition| longest(items, at, &condition.words).is_some())
}

fn value(utterance: &Utterance, first: usize, past: usize) -> String {
    match &utterance.items[first..past] {
        [one] => match one.kind {
            ItemKind::Quoted { start, end } => utterance.text[start..end].to_owned(),
            _ => utterance.raw(first).to_owned(),
        },
        _ => utterance.slice(first, past - 1).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<Vec<(String, String)>> {
        let known = [
            Condition { key: "tags".into(), words: vec!["tagged".into(), "with tag".into()], sends: Vec::new() },
            Condition { key: "city".into(), words: vec!["in".into()], sends: Vec::new() },
        ];
        let utterance = crate::language::read(text).expect("a line");
        let found = conditions(&utterance, (0, utterance.items.len()), &known, &Catalog::builtin())?;
        Some(found.into_iter().map(|(condition, value)| (condition.key.clone(), value)).collect())
    }

    #[test]
    fn values_stand_behind_their_words() {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(found("tagged lead"), Some(vec![pair("tags", "lead")]));
        assert_eq!(found("with tag \"hot and cold\""), Some(vec![pair("tags", "hot and cold")]));
        let both = found("tagged hot lead and in Saratoga Springs");
        assert_eq!(both, Some(vec![pair("tags", "hot lead"), pair("city", "Saratoga Springs")]));
        assert_eq!(found("in Troy with tag old"), Some(vec![pair("city", "Troy"), pair("tags", "old")]));
    }

    #[test]
    fn what_is_more_than_conditions_is_none() {
        assert_eq!(found("named Jane"), None);
        assert_eq!(found("tagged"), None);
        assert_eq!(found(""), None);
    }
}
