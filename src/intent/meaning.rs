//! What words mean by themselves, before a line is annotated.

use std::ops::Range;

use crate::catalog::inflect::Form;
use crate::catalog::{Catalog, Sense, VerbClass, WordSet};
use crate::language::{Item, ItemKind, Utterance};

/// The senses of some words; none where nobody declared them.
pub fn senses<'c>(catalog: &'c Catalog, words: &str) -> &'c [Sense] {
    let vocabulary = catalog.vocabulary();
    vocabulary.lookup(words).map_or(&[], |term| vocabulary.senses(term))
}

/// Whether an item belongs to one of some word sets.
pub fn is_any(catalog: &Catalog, item: &Item, sets: &[WordSet]) -> bool {
    senses(catalog, &item.folded).iter().any(|sense| matches!(sense, Sense::Set(set) if sets.contains(set)))
}

/// Whether an item belongs to a word set.
pub fn is(catalog: &Catalog, item: &Item, set: WordSet) -> bool {
    senses(catalog, &item.folded).contains(&Sense::Set(set))
}

/// Whether a sense gives an order: a verb in its base form.
pub fn orders(sense: Sense) -> bool {
    matches!(sense, Sense::Verb { form: Form::Base, .. } | Sense::Apart { form: Form::Base, .. })
}

/// The class of verbs that a sense belongs to.
pub fn class_of(catalog: &Catalog, sense: Sense) -> Option<&VerbClass> {
    let Sense::Verb { class, .. } = sense else { return None };
    catalog.lexicon().verbs.iter().nth(usize::from(class))
}

/// Whether what stands at an item is typed with a capital.
pub fn capital(line: &Utterance, at: usize) -> bool {
    line.text[line.items[at].start..].starts_with(char::is_uppercase)
}

/// Whether a word with a capital, a code or a text in quotes stands at an item: hardly anything but a name.
pub fn named(line: &Utterance, at: usize) -> bool {
    match line.items[at].kind {
        ItemKind::Code | ItemKind::Quoted { .. } => true,
        ItemKind::Word => capital(line, at),
        _ => false,
    }
}

/// Whether a phrase begins with a word: of dozens in a set hardly one does, and this tells it without taking them apart.
#[inline]
pub fn begins_with(phrase: &str, word: &str) -> bool {
    let begins = phrase.bytes().next() == word.bytes().next();
    begins && phrase.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// One past the longest phrase of a set of the lexicon that stands at an item.
pub fn longest(line: &Utterance, at: usize, set: &str, catalog: &Catalog) -> Option<usize> {
    longest_of(line, at, catalog.lexicon().set(set))
}

/// Where phrases of a set of the lexicon begin among some items, each with one past the longest there. The set is gone through
/// once, to tell with which letters its phrases begin: at most items none does.
pub fn phrases<'l>(
    line: &'l Utterance,
    mut places: Range<usize>,
    set: &str,
    catalog: &'l Catalog,
) -> impl Iterator<Item = (usize, usize)> + 'l {
    let phrases = catalog.lexicon().set(set);
    let letter = |text: &str| text.bytes().next().map_or(0, |byte| 1u32 << (byte % 32));
    let letters = phrases.iter().fold(0, |letters, phrase| letters | letter(phrase));
    places.end = places.end.min(line.items.len());
    let may_begin = move |at: &usize| letter(&line.items[*at].folded) & letters != 0;
    places.filter(may_begin).filter_map(|at| Some((at, longest_of(line, at, phrases)?)))
}

fn longest_of(line: &Utterance, at: usize, phrases: &[String]) -> Option<usize> {
    let first = line.items.get(at)?.folded.as_str();
    let begun = phrases.iter().filter(|phrase| begins_with(phrase, first));
    let ways = begun.filter_map(|phrase| {
        let past = at + phrase.split(' ').count();
        let said = line.items.get(at..past)?.iter().map(|item| item.folded.as_str());
        said.eq(phrase.split(' ')).then_some(past)
    });
    ways.max()
}

/// The longest noun that begins at an item: one past its last item, its number, and whether it is said in the plural.
pub fn noun_at(line: &Utterance, at: usize, catalog: &Catalog) -> Option<(usize, u16, bool)> {
    let vocabulary = catalog.vocabulary();
    let (mut node, mut longest) = (0, None);
    for (nth, item) in line.items.iter().enumerate().skip(at).take_while(|(_, item)| item.kind == ItemKind::Word) {
        let Some(next) = vocabulary.word(&item.folded).and_then(|word| vocabulary.step(node, word)) else { break };
        node = next;
        let senses = vocabulary.term_at(node).map_or(&[][..], |term| vocabulary.senses(term));
        let noun = senses.iter().find_map(|s| match s {
            Sense::Noun { noun, plural } => Some((nth + 1, *noun, *plural)),
            _ => None,
        });
        longest = noun.or(longest);
    }
    longest
}

/// Whether a word looks like a past form, though nobody declared it.
pub fn looks_past(folded: &str) -> bool {
    folded.len() > 4 && folded.ends_with("ed")
}
