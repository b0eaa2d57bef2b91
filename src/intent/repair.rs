use crate::catalog::Vocabulary;

/// Shorter words are never mended: too many neighbours.
const SHORTEST: usize = 3;

/// The word of the vocabulary that was meant, when exactly one is near enough. What looks like a part of a name is as it
/// was meant.
pub fn repair(vocabulary: &Vocabulary, word: &str, name: bool) -> Option<u32> {
    let length = word.chars().count();
    if length < SHORTEST || name || !word.chars().all(|c| c.is_ascii_lowercase()) {
        return None;
    }
    let pattern = Pattern::of(word);
    let mut best: Option<(Likeness, u32)> = None;
    let mut tie = false;
    let mut consider = |id: u32| {
        let known = vocabulary.word_text(id);
        let Some(likeness) = Likeness::of(vocabulary, (word, &pattern), known, id) else { return };
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
    for length in length.saturating_sub(limit)..=length + limit {
        vocabulary.near(length, word, limit, &mut consider);
    }
    let (_, id) = best?;
    (!tie).then_some(id)
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
    fn of(vocabulary: &Vocabulary, (word, pattern): (&str, &Pattern), known: &str, id: u32) -> Option<Self> {
        let distance = pattern.slips(known, limit(word)).filter(|distance| *distance > 0)?;
        if undoes(word, known) {
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

/// Whether one word undoes what the other does: "uninstall" is no slip of "install".
fn undoes(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    let before = long.strip_suffix(short);
    before.is_some_and(|before| matches!(before, "un" | "de" | "re" | "in"))
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

/// A word as bits, to count how many slips lie between it and others: where in it each letter stands. The counting is Hyyrö's
/// bit-parallel one ("A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003).
struct Pattern {
    length: usize,
    places: [u64; 26],
}

impl Pattern {
    /// Of a word of at most 64 small ASCII letters; of any other nothing is near.
    fn of(word: &str) -> Self {
        let mut places = [0; 26];
        for (at, letter) in word.bytes().enumerate().take(64) {
            if let Some(place) = places.get_mut(usize::from(letter.wrapping_sub(b'a'))) {
                *place |= 1 << at;
            }
        }
        Self { length: word.len(), places }
    }

    /// How many slips lie between the word and another: letters put in, left out, changed, or swapped with their neighbour;
    /// nothing when there are more than `limit`.
    fn slips(&self, other: &str, limit: usize) -> Option<usize> {
        if self.length > 64 || self.length.abs_diff(other.len()) > limit {
            return None;
        }
        let Some(last) = self.length.checked_sub(1) else { return Some(other.len()) };
        let (mut added, mut taken) = (u64::MAX, 0u64);
        let (mut diagonal, mut before) = (0u64, 0u64);
        let mut slips = self.length;
        for letter in other.bytes() {
            let here = self.places.get(usize::from(letter.wrapping_sub(b'a'))).copied().unwrap_or(0);
            let swapped = ((!diagonal & here) << 1) & before;
            diagonal = ((here & added).wrapping_add(added) ^ added) | here | taken | swapped;
            let up = taken | !(diagonal | added);
            let down = diagonal & added;
            slips = slips + usize::from(up >> last & 1 != 0) - usize::from(down >> last & 1 != 0);
            let (up, down) = (up << 1 | 1, down << 1);
            added = down | !(diagonal | up);
            taken = up & diagonal;
            before = here;
        }
        Some(slips).filter(|slips| *slips <= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn mended(word: &str, name: bool) -> Option<String> {
        let catalog = Catalog::builtin();
        let vocabulary = catalog.vocabulary();
        repair(vocabulary, word, name).map(|id| vocabulary.word_text(id).to_owned())
    }

    #[test]
    fn the_likeliest_slip_is_mended() {
        for (typed, meant) in [("contcat", "contact"), ("delte", "delete"), ("pipelins", "pipelines"), ("lsit", "list")]
        {
            assert_eq!(mended(typed, false).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_undoes_a_deed_is_no_slip_of_it() {
        assert!(undoes("uninstall", "install") && undoes("archive", "unarchive") && !undoes("delet", "delete"));
        assert_ne!(mended("unschedule", false).as_deref(), Some("schedule"));
    }

    proptest::proptest! {
        #[test]
        fn slips_are_counted_as_elsewhere(a in "[a-d]{0,7}", b in "[a-d]{0,7}", limit in 0usize..3) {
            let wanted = Some(strsim::osa_distance(&a, &b)).filter(|slips| *slips <= limit);
            proptest::prop_assert_eq!(Pattern::of(&a).slips(&b, limit), wanted);
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
