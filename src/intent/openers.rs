//! What people say before they begin: "um, …", "hi there - …", "ok so, …". It means nothing, and what begins behind it is
//! read as if it began the line.

use crate::catalog::{Sense, Vocabulary, WordSet};
use crate::language::{ItemKind, Utterance};

/// The line without such words, up to the mark that ends them; nothing when it begins at once.
pub fn without(line: &Utterance, vocabulary: &Vocabulary) -> Option<Utterance> {
    let items = &line.items;
    let mut at = 0;
    let mut begins = 0;
    while let Some(len) = filler(line, vocabulary, at) {
        at += len;
        if items.get(at).is_some_and(|item| ends(&item.kind)) {
            at += 1;
            begins = at;
        }
    }
    let says_more = items[begins..].iter().any(|item| item.kind == ItemKind::Word);
    (begins > 0 && says_more).then(|| Utterance { text: line.text.clone(), items: items[begins..].to_vec() })
}

fn ends(kind: &ItemKind) -> bool {
    matches!(kind, ItemKind::Comma | ItemKind::Dash | ItemKind::Stop)
}

/// How many items a filler has that begins at an item and means nothing else.
pub(super) fn filler(line: &Utterance, vocabulary: &Vocabulary, at: usize) -> Option<usize> {
    let mut node = 0;
    let mut longest = None;
    for (len, item) in line.items.iter().skip(at).enumerate().map(|(nth, item)| (nth + 1, item)) {
        let Some(next) = vocabulary.word(&item.folded).and_then(|word| vocabulary.step(node, word)) else { break };
        node = next;
        let senses = vocabulary.term_at(node).map_or(&[][..], |term| vocabulary.senses(term));
        // An idiom of some operation may begin with it too.
        let says =
            |sense: &Sense| matches!(sense, Sense::Verb { .. } | Sense::Noun { .. } | Sense::Set(WordSet::Negation));
        if senses.contains(&Sense::Set(WordSet::Filler)) && !senses.iter().any(says) {
            longest = Some(len);
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::language::read;

    fn rest(text: &str) -> Option<String> {
        let catalog = Catalog::builtin();
        let line = read(text).expect("a line");
        let rest = without(&line, catalog.vocabulary())?;
        Some(rest.slice(0, rest.items.len() - 1).to_owned())
    }

    #[test]
    fn a_line_begins_behind_what_only_opens_it() {
        assert_eq!(rest("um, the client left, delete it").as_deref(), Some("the client left, delete it"));
        assert_eq!(rest("hi there - list contacts").as_deref(), Some("list contacts"));
    }

    #[test]
    fn what_says_something_stays() {
        for line in ["list contacts", "please, ", "Hal Stone, 555-0170", "please list contacts", "contacts, please"] {
            assert_eq!(rest(line), None, "{line}");
        }
    }
}
