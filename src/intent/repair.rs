use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::catalog::Vocabulary;

/// Mends typos in words that nobody declared, by looking their deletion neighbourhood up in that of the vocabulary
/// (the method measured fastest: a few probes a word, whatever the size of the vocabulary). Built at the first typo.
#[derive(Debug, Default)]
pub struct Repairer {
    index: OnceLock<FxHashMap<Box<str>, Vec<u32>>>,
}

/// Shorter words are never mended: too many neighbours.
const SHORTEST: usize = 3;

impl Repairer {
    /// The word of the vocabulary that was meant, when exactly one is near enough. A word that looks like a part of a
    /// name is mended only when it is long and one letter off.
    pub fn repair(&self, vocabulary: &Vocabulary, word: &str, name: bool) -> Option<u32> {
        let length = word.chars().count();
        if length < SHORTEST || name || !word.chars().all(|c| c.is_ascii_lowercase()) {
            return None;
        }
        let index = self.index.get_or_init(|| build(vocabulary));
        let mut best: Option<(Likeness, u32)> = None;
        let mut tie = false;
        let mut consider = |id: u32| {
            let known = vocabulary.word_text(id);
            let Some(likeness) = Likeness::of(vocabulary, word, known, id) else { return };
            match best {
                Some((_, b)) if b == id => {}
                Some((old, _)) if old < likeness => {}
                Some((old, _)) if old == likeness => tie = true,
                _ => {
                    best = Some((likeness, id));
                    tie = false;
                }
            }
        };
        for variant in deletions(word).into_iter().chain(std::iter::once(word.into())) {
            for id in index.get(variant.as_ref()).into_iter().flatten() {
                consider(*id);
            }
        }
        let (_, id) = best?;
        (!tie).then_some(id)
    }
}

/// How likely a known word was meant: fewer and likelier slips first, then words that do something, then the longer
/// common beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    slips: usize,
    first_letter: bool,
    idle: u8,
    beginning: std::cmp::Reverse<usize>,
}

impl Likeness {
    fn of(vocabulary: &Vocabulary, word: &str, known: &str, id: u32) -> Option<Self> {
        let distance = strsim::osa_distance(word, known);
        let limit = if word.len() >= 8 { 2 } else { 1 };
        if distance == 0 || distance > limit || known.len() <= SHORTEST {
            return None;
        }
        let one = match known.len().cmp(&word.len()) {
            std::cmp::Ordering::Equal if same_letters(word, known) => 8,
            std::cmp::Ordering::Greater => 9,
            std::cmp::Ordering::Less => 10,
            std::cmp::Ordering::Equal => 12,
        };
        let beginning = word.bytes().zip(known.bytes()).take_while(|(a, b)| a == b).count();
        Some(Self {
            slips: 20 * (distance - 1) + one,
            first_letter: beginning == 0,
            idle: vocabulary.idleness(id),
            beginning: std::cmp::Reverse(beginning),
        })
    }
}

fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<u8> = text.bytes().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

fn build(vocabulary: &Vocabulary) -> FxHashMap<Box<str>, Vec<u32>> {
    let mut index: FxHashMap<Box<str>, Vec<u32>> = FxHashMap::default();
    for id in 0..u32::try_from(vocabulary.word_count()).unwrap_or(0) {
        let word = vocabulary.word_text(id);
        if word.len() <= SHORTEST || !vocabulary.mendable(id) || !word.chars().all(|c| c.is_ascii_lowercase()) {
            continue;
        }
        for variant in deletions(word).into_iter().chain(std::iter::once(word.into())) {
            index.entry(variant).or_default().push(id);
        }
    }
    index
}

fn deletions(word: &str) -> Vec<Box<str>> {
    word.char_indices()
        .map(|(at, c)| {
            let mut variant = String::with_capacity(word.len());
            variant.push_str(&word[..at]);
            variant.push_str(&word[at + c.len_utf8()..]);
            variant.into_boxed_str()
        })
        .collect()
}
