use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::catalog::{Catalog, Sense, Vocabulary, WordSet};
use crate::language::{Item, ItemKind, Utterance, is_month};

/// Short ways to write whole words (`shorthand` of the lexicon): "acct", "tmrw", "2" for "to". Made at the first line.
#[derive(Debug, Default)]
pub struct Shorthand {
    words: OnceLock<FxHashMap<String, String>>,
    slips: OnceLock<FxHashMap<String, String>>,
}

impl Shorthand {
    /// The line with its shorthand read as whole words; nothing when it has none. The user's bytes stay as they are.
    pub fn written_out(&self, line: &Utterance, catalog: &Catalog) -> Option<Utterance> {
        let vocabulary = catalog.vocabulary();
        let mut out = self.replaced(line, catalog, |at, long| stands_for(line, vocabulary, at, long));
        for (at, item) in line.items.iter().enumerate() {
            let small = at == 0 || line.text[item.start..].starts_with(|c: char| c.is_ascii_lowercase());
            if let Some(word) = Some(item).filter(|_| small).and_then(|item| drawn_out(vocabulary, item)) {
                word.clone_into(&mut out.get_or_insert_with(|| line.clone()).items[at].folded);
            }
        }
        out
    }

    /// The line with each lone figure between two words read as the word that it sounds like, for a line that says nothing
    /// else; nothing when it has none.
    pub fn figures_out(&self, line: &Utterance, catalog: &Catalog) -> Option<Utterance> {
        let word = |at: usize| {
            line.items.get(at).is_some_and(|item| matches!(item.kind, ItemKind::Word | ItemKind::Possessive))
        };
        let lone = |at: usize| at > 0 && word(at - 1) && word(at + 1);
        self.replaced(line, catalog, |at, _| matches!(line.items[at].kind, ItemKind::Number { .. }) && lone(at))
    }

    /// The line with its first word read as the verb that it was meant to be (`opening_slips` of the lexicon: "ad tag vip to
    /// …"), for a line that says nothing else; nothing when it opens with none of them.
    pub fn opening_mended(&self, line: &Utterance, catalog: &Catalog) -> Option<Utterance> {
        let first = line.items.first()?;
        let slips = self.slips.get_or_init(|| pairs(catalog, "opening_slips"));
        let meant = slips.get(&first.folded).filter(|_| first.kind == ItemKind::Word)?;
        let mut out = line.clone();
        out.items[0].folded.clone_from(meant);
        Some(out)
    }

    fn replaced(&self, line: &Utterance, catalog: &Catalog, meant: impl Fn(usize, &str) -> bool) -> Option<Utterance> {
        let words = self.words.get_or_init(|| pairs(catalog, "shorthand"));
        let mut out: Option<Utterance> = None;
        for at in 0..line.items.len() {
            let Some(long) = words.get(&line.items[at].folded) else { continue };
            if meant(at, long) {
                let out = out.get_or_insert_with(|| line.clone());
                out.items[at].folded.clone_from(long);
            }
        }
        out
    }
}

fn pairs(catalog: &Catalog, set: &str) -> FxHashMap<String, String> {
    let pairs = catalog.lexicon().set(set).iter().filter_map(|pair| pair.split_once(' '));
    pairs.map(|(short, long)| (short.to_owned(), long.to_owned())).collect()
}

/// Whether an item is meant as shorthand: nobody declared the word itself, and a figure or a sign stands between two things
/// of which it counts neither.
fn stands_for(line: &Utterance, vocabulary: &Vocabulary, at: usize, long: &str) -> bool {
    let item = &line.items[at];
    let small = |item: &Item| line.text[item.start..].chars().next().is_some_and(|c| !c.is_uppercase());
    match item.kind {
        ItemKind::Word | ItemKind::Code => {
            let small = at == 0 || small(item);
            small && (!declared(vocabulary, &item.folded, long) || names_record(line, vocabulary, at, long))
        }
        ItemKind::Other => at > 0 && at + 1 < line.items.len() && !line.glued(at),
        // "Due 2 December" counts days.
        ItemKind::Number { .. } if line.items.get(at + 1).is_some_and(|next| is_month(&next.folded)) => false,
        ItemKind::Number { .. } => {
            at > 0 && line.items.get(at + 1).is_some_and(|next| leads(line, vocabulary, at, next))
        }
        _ => false,
    }
}

/// The filler of which nobody's word draws the end out: "plsss", "hii", "heyyy".
fn drawn_out<'i>(vocabulary: &Vocabulary, item: &'i Item) -> Option<&'i str> {
    let last = item.folded.chars().last().filter(|c| c.is_ascii_lowercase() && item.kind == ItemKind::Word)?;
    let short = item.folded.trim_end_matches(last);
    let word = item.folded.get(..=short.len()).filter(|word| word.len() < item.folded.len())?;
    let senses = vocabulary.lookup(word).map_or(&[][..], |term| vocabulary.senses(term));
    let filler = senses.contains(&Sense::Set(WordSet::Filler));
    (vocabulary.word(&item.folded).is_none() && filler).then_some(word)
}

/// Whether a word means something by itself already. For one of the small words it counts only what it means everywhere:
/// an idiom of one operation may hold "frm" too.
fn declared(vocabulary: &Vocabulary, word: &str, long: &str) -> bool {
    let senses = |word: &str| vocabulary.lookup(word).map_or(&[][..], |term| vocabulary.senses(term));
    if senses(long).iter().any(|s| matches!(s, Sense::Set(_))) {
        senses(word).iter().any(|sense| *sense != Sense::Own)
    } else {
        vocabulary.word(word).is_some()
    }
}

/// Whether a word that only some operation knows stands for a noun before the name of a record: "sched Weekend Duty".
fn names_record(line: &Utterance, vocabulary: &Vocabulary, at: usize, long: &str) -> bool {
    let senses = |word: &str| vocabulary.lookup(word).map_or(&[][..], |term| vocabulary.senses(term));
    let noun = senses(long).iter().any(|s| matches!(s, Sense::Noun { .. }));
    let own = senses(&line.items[at].folded).iter().all(|s| *s == Sense::Own);
    let capital = |item: &Item| line.text[item.start..].starts_with(char::is_uppercase);
    let named = |item: &Item| match item.kind {
        ItemKind::Code | ItemKind::Quoted { .. } => true,
        ItemKind::Word => capital(item),
        _ => false,
    };
    at > 0 && noun && own && line.items.get(at + 1).is_some_and(named)
}

/// Whether a noun begins at an item.
fn begins_noun(line: &Utterance, vocabulary: &Vocabulary, at: usize) -> bool {
    let mut node = 0;
    for item in line.items.iter().skip(at).take(4) {
        let Some(next) = vocabulary.word(&item.folded).and_then(|word| vocabulary.step(node, word)) else {
            return false;
        };
        node = next;
        let senses = vocabulary.term_at(node).map_or(&[][..], |term| vocabulary.senses(term));
        if senses.iter().any(|s| matches!(s, Sense::Noun { .. })) {
            return true;
        }
    }
    false
}

/// Whether a figure at an item rather leads to what follows than counts it: "hook up insta 4 social posting".
fn leads(line: &Utterance, vocabulary: &Vocabulary, at: usize, next: &Item) -> bool {
    use ItemKind::{Code, Email, Possessive, Quoted, Url, Word};
    let before = &line.items[at - 1];
    let name = |item: &Item| line.text[item.start..].chars().next().is_some_and(char::is_uppercase);
    let senses = |item: &Item| vocabulary.lookup(&item.folded).map_or(&[][..], |term| vocabulary.senses(term));
    let noun = |item: &Item| senses(item).iter().any(|s| matches!(s, Sense::Noun { .. }));
    let is =
        |item: &Item, sets: &[WordSet]| senses(item).iter().any(|s| matches!(s, Sense::Set(set) if sets.contains(set)));
    let verb = |item: &Item| senses(item).iter().any(|s| matches!(s, Sense::Verb { .. })) && !noun(item);
    let orders = next.kind == Word && verb(next) && !is(before, &[WordSet::Determiner]);
    let counted =
        verb(before) || is(before, &[WordSet::Preposition, WordSet::Determiner, WordSet::Auxiliary, WordSet::Filler]);
    let record = matches!(before.kind, Word | Code | Email | Url | Quoted { .. } | Possessive);
    let follows = match next.kind {
        Code | Email | Url | Quoted { .. } => true,
        Word if name(next) => !name(before),
        Word => {
            begins_noun(line, vocabulary, at + 1)
                || is(next, &[WordSet::Determiner, WordSet::Self_, WordSet::Person, WordSet::Thing])
        }
        _ => false,
    };
    let figure = line.text[next.start..].starts_with(|c: char| c.is_ascii_digit());
    orders || record && !counted && follows && !figure
}
