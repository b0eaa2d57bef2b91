use std::sync::OnceLock;

use crate::catalog::Vocabulary;

/// Mends typos in words that nobody declared. Every known word is kept as the set of its letters and its length, so that
/// almost all of them are passed over without being looked at; made at the first typo, in microseconds.
#[derive(Debug, Default)]
pub struct Repairer {
    known: OnceLock<Vec<Known>>,
}

/// A word that a typo may be mended to.
#[derive(Debug, Clone, Copy)]
struct Known {
    letters: u32,
    length: u8,
    id: u32,
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
        let known = self.known.get_or_init(|| known(vocabulary));
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
        let limit = limit(word);
        let letters = letters(word);
        for other in known {
            let near = usize::from(other.length).abs_diff(length) <= limit;
            if near && (other.letters ^ letters).count_ones() as usize <= 2 * limit {
                consider(other.id);
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
        if distance == 0 || distance > limit(word) || known.len() <= SHORTEST {
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

/// How many slips a word may hold.
fn limit(word: &str) -> usize {
    if word.len() >= 8 { 2 } else { 1 }
}

/// The letters of a word as a set of bits.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |set, letter| set | 1 << (letter.wrapping_sub(b'a') & 31))
}

fn known(vocabulary: &Vocabulary) -> Vec<Known> {
    let words = 0..u32::try_from(vocabulary.word_count()).unwrap_or(0);
    let mendable = words.filter_map(|id| {
        let word = vocabulary.word_text(id);
        let plain = word.len() > SHORTEST && word.bytes().all(|c| c.is_ascii_lowercase());
        let length = u8::try_from(word.len()).ok()?;
        (plain && vocabulary.mendable(id)).then(|| Known { letters: letters(word), length, id })
    });
    mendable.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn mended(word: &str, name: bool) -> Option<String> {
        let catalog = Catalog::builtin();
        let vocabulary = catalog.vocabulary();
        Repairer::default().repair(vocabulary, word, name).map(|id| vocabulary.word_text(id).to_owned())
    }

    #[test]
    fn the_likeliest_slip_is_mended() {
        for (typed, meant) in [("contcat", "contact"), ("delte", "delete"), ("pipelins", "pipelines"), ("lsit", "list")]
        {
            assert_eq!(mended(typed, false).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn names_and_far_words_stay_as_they_are() {
        assert_eq!(mended("contcat", true), None);
        assert_eq!(mended("spaceship", false), None);
        assert_eq!(mended("zq", false), None);
        assert_eq!(mended("Contcat", false), None);
    }
}
