use crate::catalog::{Sense, TermId, Vocabulary, WordSet};
use crate::language::{Item, ItemKind, Utterance};

use super::repair::Repairer;

/// One term found at an item.
#[derive(Debug, Clone, Copy)]
pub struct Match {
    /// How many items it covers.
    pub len: u8,
    /// Which.
    pub term: TermId,
    /// It was reached by mending a typo.
    pub repaired: bool,
}

/// A line with the terms found at every item.
#[derive(Debug)]
pub struct Annotated<'a> {
    /// The line.
    pub utterance: &'a Utterance,
    /// Terms that start at each item.
    pub matches: Vec<Vec<Match>>,
    /// Cost of each item inside a name or a short text; never positive but for capitals.
    pub costs: Vec<i32>,
    /// The verb that opens the line, fillers passed over.
    pub head: Option<usize>,
    /// Fillers passed over, a question word opens the line.
    pub asks: bool,
    /// The closed word sets each item belongs to by itself, as bits; the highest bit for verbs.
    sets: Vec<u32>,
}

/// Bit of an item that is a verb.
const VERB_BIT: u32 = 1 << 31;

impl<'a> Annotated<'a> {
    /// Finds the terms of a line.
    pub fn new(utterance: &'a Utterance, vocabulary: &Vocabulary, repairer: &Repairer) -> Self {
        let items = &utterance.items;
        let mut words: Vec<Option<u32>> =
            items.iter().map(|item| readable(item).then(|| vocabulary.word(&item.folded)).flatten()).collect();
        let mut repaired = vec![false; items.len()];
        let mut matches = vec![Vec::new(); items.len()];
        for at in 0..items.len() {
            walk(vocabulary, &words, &repaired, at, &mut matches[at]);
        }
        let covered = cover(&matches);
        for (at, item) in items.iter().enumerate() {
            if covered[at] || item.kind != ItemKind::Word {
                continue;
            }
            if let Some(word) = repairer.repair(vocabulary, &item.folded, is_name(utterance, at)) {
                words[at] = Some(word);
                repaired[at] = true;
            }
        }
        if repaired.contains(&true) {
            for at in 0..items.len() {
                matches[at].clear();
                walk(vocabulary, &words, &repaired, at, &mut matches[at]);
            }
        }
        let mut costs: Vec<i32> = (0..items.len()).map(|at| cost(utterance, vocabulary, &matches[at], at)).collect();
        let head = head(utterance, vocabulary, &matches);
        if let Some(head) = head {
            costs[head] -= HEAD;
        }
        let sets = matches.iter().map(|found| sets(vocabulary, found)).collect();
        let asks = asks(vocabulary, &matches);
        Self { utterance, matches, costs, head, asks, sets }
    }

    /// Whether an item by itself belongs to a word set.
    pub fn is(&self, at: usize, set: WordSet) -> bool {
        self.sets[at] & 1 << set as u32 != 0
    }

    /// Whether an item can be a verb.
    pub fn is_verb(&self, at: usize) -> bool {
        self.sets[at] & VERB_BIT != 0
    }
}

/// What it costs more to take the verb that opens a line as a part of a name.
const HEAD: i32 = 18;

/// The item that opens the line with a plain verb, fillers passed over.
fn head(utterance: &Utterance, vocabulary: &Vocabulary, matches: &[Vec<Match>]) -> Option<usize> {
    let has = |at: usize, wanted: fn(&Sense) -> bool| {
        matches[at].iter().filter(|m| m.len == 1).any(|m| vocabulary.senses(m.term).iter().any(wanted))
    };
    let filler = |at: usize| {
        let longest = matches[at].iter().filter(|m| vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Filler)));
        longest.map(|m| usize::from(m.len)).max()
    };
    let mut at = 0;
    while at < matches.len() {
        let verb = has(at, |s| matches!(s, Sense::Verb { .. }));
        match filler(at) {
            Some(len) if !verb => at += len,
            _ => return (verb && !(at > 0 && is_name(utterance, at))).then_some(at),
        }
    }
    None
}

fn asks(vocabulary: &Vocabulary, matches: &[Vec<Match>]) -> bool {
    let longest = |at: usize, set: WordSet| {
        let found = matches[at].iter().filter(|m| vocabulary.senses(m.term).contains(&Sense::Set(set)));
        found.map(|m| usize::from(m.len)).max()
    };
    let mut at = 0;
    while at < matches.len() {
        match (longest(at, WordSet::Filler), longest(at, WordSet::Question)) {
            (Some(filler), Some(question)) if filler < question => return true,
            (Some(filler), _) => at += filler,
            (None, question) => return question.is_some(),
        }
    }
    false
}

fn sets(vocabulary: &Vocabulary, matches: &[Match]) -> u32 {
    let alone = matches.iter().filter(|m| m.len == 1);
    alone.flat_map(|m| vocabulary.senses(m.term)).fold(0, |bits, sense| match sense {
        Sense::Set(set) => bits | 1 << *set as u32,
        Sense::Verb { .. } => bits | VERB_BIT,
        _ => bits,
    })
}

fn readable(item: &Item) -> bool {
    use ItemKind::{Ampersand, Code, Equals, Number, Other, Possessive, Word};
    matches!(item.kind, Word | Code | Possessive | Ampersand | Equals | Number { .. } | Other)
}

fn walk(vocabulary: &Vocabulary, words: &[Option<u32>], repaired: &[bool], from: usize, out: &mut Vec<Match>) {
    let mut node = 0;
    let mut mended = false;
    for (at, word) in words.iter().enumerate().skip(from).take(8) {
        let Some(next) = word.and_then(|word| vocabulary.step(node, word)) else { break };
        node = next;
        mended |= repaired[at];
        if let Some(term) = vocabulary.term_at(node) {
            let len = u8::try_from(at - from + 1).unwrap_or(u8::MAX);
            out.push(Match { len, term, repaired: mended });
        }
    }
}

fn cover(matches: &[Vec<Match>]) -> Vec<bool> {
    let mut covered = vec![false; matches.len()];
    for (at, list) in matches.iter().enumerate() {
        let longest = list.iter().map(|m| usize::from(m.len)).max().unwrap_or(0);
        for covered in covered.iter_mut().skip(at).take(longest) {
            *covered = true;
        }
    }
    covered
}

/// Whether an item looks like part of a name: capitalised, and not merely as the first word of the line.
pub fn is_name(utterance: &Utterance, at: usize) -> bool {
    let item = &utterance.items[at];
    let upper = |i: &Item| utterance.text[i.start..].chars().next().is_some_and(char::is_uppercase);
    upper(item) && (at > 0 || utterance.items.get(1).is_some_and(|next| next.kind == ItemKind::Word && upper(next)))
}

/// What it costs to take an item as a part of a name: nothing for a word nobody declared, more for words with a job.
fn cost(utterance: &Utterance, vocabulary: &Vocabulary, matches: &[Match], at: usize) -> i32 {
    let item = &utterance.items[at];
    let name = is_name(utterance, at);
    match &item.kind {
        ItemKind::Word | ItemKind::Code | ItemKind::Number { .. } | ItemKind::Ampersand => {}
        ItemKind::Time | ItemKind::Percent { .. } | ItemKind::IsoDate | ItemKind::Bracket => return -5,
        ItemKind::Other | ItemKind::Dash => return -4,
        ItemKind::Money { .. } | ItemKind::Phone => return -8,
        ItemKind::Possessive => return -7,
        ItemKind::Comma => return -13,
        ItemKind::Colon | ItemKind::Semicolon | ItemKind::Stop | ItemKind::Question => return -16,
        _ => return -22,
    }
    if let ItemKind::Number { .. } = item.kind {
        return -4;
    }
    if matches.is_empty() {
        return i32::from(name);
    }
    let heaviest = matches
        .iter()
        .filter(|m| m.len == 1)
        .flat_map(|m| vocabulary.senses(m.term).iter().map(move |s| (m.repaired, *s)))
        .map(|(repaired, sense)| if repaired { -4 } else { weight(sense) })
        .min();
    match heaviest {
        None => i32::from(name),
        Some(weight) if name && weight > -20 => weight / 5,
        Some(weight) => weight,
    }
}

fn weight(sense: Sense) -> i32 {
    match sense {
        Sense::Verb { weak: false, .. } => -7,
        Sense::Verb { weak: true, .. } => -4,
        Sense::Noun { .. } => -10,
        Sense::Own => -3,
        Sense::Set(set) => match set {
            WordSet::Preposition => -10,
            WordSet::Link | WordSet::Person | WordSet::Thing | WordSet::Tail => -10,
            WordSet::Negation => -40,
            WordSet::Question => -14,
            WordSet::Conjunction | WordSet::Auxiliary | WordSet::Self_ => -9,
            WordSet::Determiner => -5,
            WordSet::Sequence | WordSet::Filler => -5,
            WordSet::Light => -2,
            WordSet::All => -4,
            WordSet::True | WordSet::False => -3,
        },
    }
}
