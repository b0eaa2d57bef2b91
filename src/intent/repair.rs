use std::sync::OnceLock;

use crate::catalog::Vocabulary;

/// Mends typos in words that nobody declared. Every known word is kept by its length as the set of its letters, so that
/// almost all of them are passed over without being looked at; made at the first typo, in microseconds.
#[derive(Debug, Default)]
pub struct Repairer {
    /// By length.
    known: OnceLock<Vec<Known>>,
}

/// The words of one length that a typo may be mended to: the letters of each, and its id.
#[derive(Debug, Default)]
struct Known {
    letters: Vec<u32>,
    ids: Vec<u32>,
}

/// Shorter words are never mended: too many neighbours.
const SHORTEST: usize = 3;

impl Repairer {
    /// The word of the vocabulary that was meant, when exactly one is near enough. What looks like a part of a name is as it
    /// was meant.
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
        let lengths = length.saturating_sub(limit)..=length + limit;
        for words in lengths.filter_map(|length| known.get(length)) {
            if limit == 1 { words.near::<2>(letters, &mut consider) } else { words.near::<4>(letters, &mut consider) }
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
        let distance = slips(word.as_bytes(), known.as_bytes(), limit(word)).filter(|distance| *distance > 0)?;
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

impl Known {
    /// Looks at the words whose letters differ from some in at most so many. Most words differ in more, so many at a time
    /// are passed over.
    fn near<const MOST: usize>(&self, letters: u32, consider: &mut impl FnMut(u32)) {
        for (known, ids) in self.letters.chunks(32).zip(self.ids.chunks(32)) {
            let any = known.iter().fold(0, |any, other| any | u32::from(few::<MOST>(other ^ letters)));
            if any != 0 {
                let near = known.iter().zip(ids).filter(|(other, _)| few::<MOST>(*other ^ letters));
                near.for_each(|(_, id)| consider(*id));
            }
        }
    }
}

/// Whether at most so many bits are set.
fn few<const MOST: usize>(mut bits: u32) -> bool {
    for _ in 0..MOST {
        bits &= bits.wrapping_sub(1);
    }
    bits == 0
}

/// How many slips lie between two words of ASCII letters: letters put in, left out, changed, or swapped with their
/// neighbour; nothing when there are more than `limit`.
fn slips(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    if a.is_empty() || b.is_empty() {
        return Some(a.len() + b.len()).filter(|slips| *slips <= limit);
    }
    if limit == 0 || a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let swapped = a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0];
    let ways = [
        slips(&a[1..], &b[1..], limit - 1),
        slips(&a[1..], b, limit - 1),
        slips(a, &b[1..], limit - 1),
        swapped.then(|| slips(&a[2..], &b[2..], limit - 1)).flatten(),
    ];
    ways.into_iter().flatten().min().map(|slips| slips + 1)
}

fn known(vocabulary: &Vocabulary) -> Vec<Known> {
    let mut by_length: Vec<Known> = Vec::new();
    for id in 0..u32::try_from(vocabulary.word_count()).unwrap_or(0) {
        let word = vocabulary.word_text(id);
        let plain = word.len() > SHORTEST && word.bytes().all(|c| c.is_ascii_lowercase());
        if !plain || !vocabulary.mendable(id) {
            continue;
        }
        if by_length.len() <= word.len() {
            by_length.resize_with(word.len() + 1, Known::default);
        }
        by_length[word.len()].letters.push(letters(word));
        by_length[word.len()].ids.push(id);
    }
    by_length
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

    proptest::proptest! {
        #[test]
        fn slips_are_counted_as_elsewhere(a in "[a-d]{0,7}", b in "[a-d]{0,7}", limit in 0usize..3) {
            let wanted = Some(strsim::osa_distance(&a, &b)).filter(|slips| *slips <= limit);
            proptest::prop_assert_eq!(slips(a.as_bytes(), b.as_bytes(), limit), wanted);
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
