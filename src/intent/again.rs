use crate::catalog::{Catalog, Sense, Vocabulary, WordSet};
use crate::language::{Item, ItemKind, Utterance};

/// Items of what is left without its noun.
const LONGEST: usize = 4;

/// The line with the noun of its first order said again in its last one, which takes the like back (`take_back` of the
/// lexicon) and leaves the noun out: "add tag vip to Jane and remove lead" → "… and remove tag lead". Nothing when it has no
/// such part. The user's bytes stay as they are.
pub fn with_noun_again(line: &Utterance, catalog: &Catalog) -> Option<Utterance> {
    let vocabulary = catalog.vocabulary();
    let takes_back = catalog.lexicon().set("take_back");
    let adds = |item: &Item| {
        senses(vocabulary, item).iter().any(|s| matches!(s, Sense::Verb { weak: false, .. } | Sense::Own))
    };
    let first = line.items.iter().position(adds)?;
    let small = |at: &usize| has(vocabulary, &line.items[*at], WordSet::Determiner);
    let named = (first + 1..line.items.len()).find(|at| !small(at))?;
    // "Tag Jane vip": the verb is the noun itself.
    let noun = [named, first].into_iter().find(|at| is_noun(vocabulary, &line.items[*at]))?;
    let joins = |at: &usize| {
        let item = &line.items[*at];
        item.kind == ItemKind::Comma || has(vocabulary, item, WordSet::Conjunction)
    };
    // "Remove", "take off"
    let taken = |at: usize| {
        let said = |len: usize| {
            let words: Vec<&str> = line.items.get(at..at + len)?.iter().map(|item| item.folded.as_str()).collect();
            takes_back.contains(&words.join(" ")).then_some(at + len - 1)
        };
        said(1).or_else(|| said(2))
    };
    let last = (noun + 2..line.items.len()).rev().find_map(|at| taken(at).filter(|_| joins(&(at - 1))))?;
    let rest = &line.items[last + 1..];
    let plain = |item: &Item| {
        let capital = line.text[item.start..].starts_with(char::is_uppercase);
        matches!(item.kind, ItemKind::Quoted { .. }) || matches!(item.kind, ItemKind::Word | ItemKind::Code) && !capital
    };
    let said = rest.first().is_some_and(|item| has(vocabulary, item, WordSet::Determiner))
        || rest.iter().any(|item| item.folded == line.items[noun].folded);
    if rest.is_empty() || rest.len() > LONGEST || said || !rest.iter().all(plain) {
        return None;
    }
    let mut items = line.items.clone();
    let start = rest[0].start;
    items.insert(last + 1, Item { kind: ItemKind::Word, start, end: start, folded: line.items[noun].folded.clone() });
    Some(Utterance { text: line.text.clone(), items })
}

fn senses<'v>(vocabulary: &'v Vocabulary, item: &Item) -> &'v [Sense] {
    let word = Some(item).filter(|item| item.kind == ItemKind::Word);
    word.and_then(|item| vocabulary.lookup(&item.folded)).map_or(&[], |term| vocabulary.senses(term))
}

fn has(vocabulary: &Vocabulary, item: &Item, set: WordSet) -> bool {
    senses(vocabulary, item).contains(&Sense::Set(set))
}

fn is_noun(vocabulary: &Vocabulary, item: &Item) -> bool {
    senses(vocabulary, item).iter().any(|s| matches!(s, Sense::Noun { .. }))
}
