use std::slice;

use crate::catalog::{Sense, Vocabulary};
use crate::language::{Item, ItemKind, Utterance};

/// Items of a noun looked back at.
const LONGEST_NOUN: usize = 4;
/// What introduces a code without telling what it is of.
const NAMING: [&str; 7] = ["called", "named", "titled", "number", "no", "id", "#"];

/// The line with the noun before each code whose beginning tells what it is of (`codes` of a resource), as if it had been
/// said: "void INV-90". Nothing when there is no such code. The user's bytes stay as they are.
pub fn named(line: &Utterance, vocabulary: &Vocabulary) -> Option<Utterance> {
    let noun = |at: usize| {
        let item = &line.items[at];
        let noun = noun_of(vocabulary, item)?;
        // "A custom_objects.pet record" is a record.
        let kind = item.folded.contains('.')
            && line.items.get(at + 1).is_some_and(|next| is_noun(vocabulary, slice::from_ref(next)));
        (!kind && !introduced(line, vocabulary, at, noun)).then_some(noun)
    };
    if vocabulary.codes.is_empty() || !(0..line.items.len()).any(|at| noun(at).is_some()) {
        return None;
    }
    let mut items = Vec::with_capacity(line.items.len() + 2);
    for (at, item) in line.items.iter().enumerate() {
        let unsaid =
            |noun: &str| Item { kind: ItemKind::Word, start: item.start, end: item.start, folded: noun.into() };
        items.extend(noun(at).map(unsaid));
        items.push(item.clone());
    }
    Some(Utterance { text: line.text.clone(), items })
}

fn noun_of<'v>(vocabulary: &'v Vocabulary, item: &Item) -> Option<&'v str> {
    let letters = item.folded.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (beginning, rest) = item.folded.split_at(letters);
    let numbered = rest.bytes().any(|b| b.is_ascii_digit());
    // "custom_objects.pet": what a dot ends says what the rest is called.
    let dotted =
        |known: &str| known.ends_with('.') && item.folded.len() > known.len() && item.folded.starts_with(known);
    let mut known = vocabulary.codes.iter().filter(|_| item.kind == ItemKind::Code);
    known.find(|(known, _)| numbered && known == beginning || dotted(known)).map(|(_, noun)| noun.as_str())
}

/// Whether the words before a code tell what it is of, or that it is a name.
fn introduced(line: &Utterance, vocabulary: &Vocabulary, at: usize, noun: &str) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let first = &line.items[before].folded;
    // "Email EST-162": a word that opens the line may be what is done with it.
    let orders = || {
        before == 0
            && first != noun
            && vocabulary.lookup(first).is_some_and(|term| vocabulary.senses(term).contains(&Sense::Own))
    };
    NAMING.contains(&first.as_str())
        || !orders() && (at.saturating_sub(LONGEST_NOUN)..at).any(|from| is_noun(vocabulary, &line.items[from..at]))
}

fn is_noun(vocabulary: &Vocabulary, items: &[Item]) -> bool {
    let step = |node: u32, item: &Item| vocabulary.step(node, vocabulary.word(&item.folded)?);
    let node = items.iter().try_fold(0, step);
    let senses = node.and_then(|node| vocabulary.term_at(node)).map_or(&[][..], |term| vocabulary.senses(term));
    senses.iter().any(|sense| matches!(sense, Sense::Noun { .. }))
}
