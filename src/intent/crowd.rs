use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{ItemKind, Utterance};

/// What is told of a line that is too much.
pub(super) const TOO_MUCH: &str = "That is more at once than one line can hold; give each command a line of its own, and \
                                   long text behind a colon.";
/// The most commands that a line may seem to hold: each word that may begin one is weighed against all others, and nobody
/// gives so many in one line.
const MOST: usize = 60;

/// The most words that the catalog knows: each may have to do with each.
const MOST_WORDS: usize = 1_500;

/// Whether a line holds more than is read at once. Behind a colon, or words such as "saying", stands
/// prose.
pub(super) fn too_much(line: &Utterance, catalog: &Catalog) -> bool {
    if line.items.len() <= MOST {
        return false;
    }
    let vocabulary = catalog.vocabulary();
    let senses = |at: usize| {
        let word = line.items.get(at).filter(|item| item.kind == ItemKind::Word);
        word.and_then(|item| vocabulary.lookup(&item.folded)).map_or(&[][..], |term| vocabulary.senses(term))
    };
    let joins = |at: usize| {
        let punctuation = matches!(line.items[at].kind, ItemKind::Comma | ItemKind::Semicolon | ItemKind::Stop);
        punctuation
            || [WordSet::Conjunction, WordSet::Sequence].iter().any(|set| senses(at).contains(&Sense::Set(*set)))
    };
    let prose =
        |at: &usize| line.items[*at].kind == ItemKind::Colon || senses(*at).contains(&Sense::Set(WordSet::Tail));
    let begins = |at: usize| senses(at).iter().any(|sense| matches!(sense, Sense::Verb { .. }));
    let told = || (0..line.items.len()).take_while(|at| !prose(at));
    told().filter(|at| joins(*at) && begins(at + 1)).take(MOST).count() == MOST
        || told().filter(|at| !senses(*at).is_empty()).take(MOST_WORDS).count() == MOST_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowded(text: &str) -> bool {
        too_much(&crate::language::read(text).expect("a line"), &Catalog::builtin())
    }

    #[test]
    fn only_what_nobody_says_at_once_is_too_much() {
        let many = ["add tag vip to Jane"; 100].join(" and ");
        assert!(crowded(&many));
        assert!(crowded(&"contact ".repeat(2_000)));
        assert!(!crowded(&["add tag vip to Jane"; 20].join(" and ")));
        assert!(!crowded(&format!("add note to Jane: {many}")));
        assert!(!crowded(&format!("add note \"{many}\" to Jane")));
        let tags: Vec<String> = (0..2_000).map(|n| format!("t{n}")).collect();
        assert!(!crowded(&format!("add tags {} to Jane", tags.join(", "))));
    }
}
