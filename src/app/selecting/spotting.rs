use crate::catalog::{Catalog, Sense, Vocabulary, WordSet};
use crate::language::{Item, ItemKind, Utterance};

/// Words between "all" and the noun at most: "all my open deals".
const MOST_BETWEEN: usize = 3;
/// Places that are looked at.
const MOST_SPOTS: usize = 64;
/// Items that a noun covers at most.
const LONGEST_NOUN: usize = 8;

/// A place where a line speaks of all records of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Spot {
    /// The first item: "all".
    pub first: usize,
    /// The first item behind "all".
    pub inside: usize,
    /// The first item of the noun.
    pub noun: usize,
    /// The first item behind the noun.
    pub past: usize,
    pub service: String,
    pub resource: String,
}

/// Every such place; more than one for a noun that services share.
pub(in crate::app) fn spots(utterance: &Utterance, catalog: &Catalog) -> Vec<Spot> {
    let (items, lexicon) = (&utterance.items, catalog.lexicon());
    let mut found = Vec::new();
    let mut at = 0;
    while at < items.len() && found.len() < MOST_SPOTS {
        if let Some(len) = longest(items, at, lexicon.set("each-one")) {
            add(&mut found, catalog, items, (at, at, at), len);
            at += len;
        } else if let Some(len) = longest(items, at, lexicon.set("each-of")) {
            let inside = at + len;
            for noun in inside..items.len().min(inside + MOST_BETWEEN + 1) {
                let len = nouns(catalog.vocabulary(), items, noun).iter().map(|(len, _)| *len).max();
                if let Some(len) = len {
                    add(&mut found, catalog, items, (at, inside, noun), len);
                    break;
                }
                if !may_describe(catalog.vocabulary(), &items[noun]) {
                    break;
                }
            }
            at = inside;
        } else {
            at += 1;
        }
    }
    found
}

/// How many items the longest of some phrases covers that begins at an item.
pub(super) fn longest(items: &[Item], at: usize, phrases: &[String]) -> Option<usize> {
    let covers = |phrase: &String| {
        let mut count = 0;
        for word in phrase.split_whitespace() {
            items.get(at + count).filter(|item| item.folded == word && is_word(item))?;
            count += 1;
        }
        (count > 0).then_some(count)
    };
    let first = items.get(at)?.folded.as_str();
    // Of dozens of phrases hardly one begins with the word that stands there.
    let letter = first.as_bytes().first();
    let begins = |phrase: &&String| phrase.as_bytes().first() == letter && phrase.starts_with(first);
    phrases.iter().filter(begins).filter_map(covers).max()
}

/// Whether an item belongs to a word set by itself.
pub(super) fn is(vocabulary: &Vocabulary, item: &Item, set: WordSet) -> bool {
    is_word(item)
        && vocabulary.lookup(&item.folded).is_some_and(|term| vocabulary.senses(term).contains(&Sense::Set(set)))
}

fn is_word(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Word | ItemKind::Code)
}

fn may_describe(vocabulary: &Vocabulary, item: &Item) -> bool {
    is_word(item) && ![WordSet::Preposition, WordSet::Conjunction].iter().any(|set| is(vocabulary, item, *set))
}

fn add(
    found: &mut Vec<Spot>,
    catalog: &Catalog,
    items: &[Item],
    (first, inside, noun): (usize, usize, usize),
    len: usize,
) {
    for (_, kind) in nouns(catalog.vocabulary(), items, noun).into_iter().filter(|(other, _)| *other == len) {
        let Some(info) = catalog.vocabulary().nouns.get(usize::from(kind)) else { continue };
        let (service, resource) = (info.service.to_string(), info.resource.to_string());
        let spot = Spot { first, inside, noun, past: noun + len, service, resource };
        if !found.contains(&spot) {
            found.push(spot);
        }
    }
}

/// The nouns that begin at an item, with how many items each covers.
fn nouns(vocabulary: &Vocabulary, items: &[Item], at: usize) -> Vec<(usize, u16)> {
    let mut found = Vec::new();
    let mut node = 0;
    for (len, item) in (1..=LONGEST_NOUN).zip(items.iter().skip(at)) {
        let next = vocabulary.word(&item.folded).filter(|_| is_word(item)).and_then(|word| vocabulary.step(node, word));
        let Some(next) = next else { break };
        node = next;
        for sense in vocabulary.term_at(node).into_iter().flat_map(|term| vocabulary.senses(term)) {
            if let Sense::Noun { noun, .. } = sense {
                found.push((len, *noun));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spotted(text: &str) -> Vec<(String, String)> {
        let utterance = crate::language::read(text).expect("a line");
        let found = spots(&utterance, &Catalog::builtin());
        found
            .iter()
            .map(|spot| (utterance.slice(spot.first, spot.past - 1).to_owned(), spot.resource.clone()))
            .collect()
    }

    #[test]
    fn all_of_a_kind_is_found_wherever_it_stands() {
        let contact = |words: &str| vec![(words.to_owned(), "contact".to_owned())];
        assert_eq!(spotted("add tag vip to all contacts tagged lead"), contact("all contacts"));
        assert_eq!(spotted("tag everyone tagged lead as vip"), contact("everyone"));
        assert_eq!(spotted("text every single lead: hi"), contact("every single lead"));
        let open = spotted("mark all of my open opportunities as won");
        assert_eq!(open, [("all of my open opportunities".to_owned(), "opportunity".to_owned())]);
    }

    #[test]
    fn what_is_quoted_or_no_kind_of_record_is_none() {
        assert!(spotted("text Jane: \"all contacts are gone\"").is_empty());
        assert!(spotted("add all of it to the notes").is_empty());
        assert!(spotted("add tag all to Jane").is_empty());
    }
}
