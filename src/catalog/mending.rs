use serde::{Deserialize, Serialize};

use super::flat::Flat;

/// The words that a typo may be mended to, by their length, each with the set of its letters: almost all of them are passed
/// over without being looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Mending {
    /// Where the words of each length begin; one more than the longest at the end.
    starts: Flat<u32>,
    letters: Flat<u32>,
    ids: Flat<u32>,
}

/// Words looked at in one go.
const AT_ONCE: usize = 32;

impl Mending {
    /// Of words of ASCII letters, with their ids.
    pub fn new<'a>(words: impl Iterator<Item = (u32, &'a str)>) -> Self {
        let mut words: Vec<(usize, u32, u32)> = words.map(|(id, word)| (word.len(), id, letters(word))).collect();
        words.sort_unstable();
        let longest = words.last().map_or(0, |(length, ..)| *length);
        let start = |length: usize| words.partition_point(|(other, ..)| *other < length);
        Self {
            starts: (0..=longest + 1).map(|length| u32::try_from(start(length)).unwrap_or(u32::MAX)).collect(),
            letters: words.iter().map(|(_, _, letters)| *letters).collect(),
            ids: words.iter().map(|(_, id, _)| *id).collect(),
        }
    }

    /// Looks at the words of a length whose letters differ from those of a word in at most so many. Most differ in more,
    /// so many at a time are passed over.
    pub fn near<const MOST: usize>(&self, length: usize, word: &str, consider: &mut impl FnMut(u32)) {
        let (Some(first), Some(past)) = (self.starts.get(length), self.starts.get(length + 1)) else { return };
        let wanted = letters(word);
        for at in (first as usize..past as usize).step_by(AT_ONCE) {
            let some = at..(at + AT_ONCE).min(past as usize);
            let any =
                self.letters.range(some.clone()).fold(0, |any, other| any | u32::from(few::<MOST>(other ^ wanted)));
            if any != 0 {
                let pairs = self.letters.range(some.clone()).zip(self.ids.range(some));
                pairs.filter(|(other, _)| few::<MOST>(*other ^ wanted)).for_each(|(_, id)| consider(id));
            }
        }
    }
}

/// The letters of a word as a set of bits.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |set, letter| set | 1 << (letter.wrapping_sub(b'a') & 31))
}

/// Whether at most so many bits are set.
fn few<const MOST: usize>(mut bits: u32) -> bool {
    for _ in 0..MOST {
        bits &= bits.wrapping_sub(1);
    }
    bits == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near<const MOST: usize>(length: usize, word: &str) -> Vec<u32> {
        let words = ["list", "tag", "tags", "task", "invoice"];
        let mending = Mending::new((0..).zip(words));
        let mut found = Vec::new();
        mending.near::<MOST>(length, word, &mut |id| found.push(id));
        found
    }

    #[test]
    fn words_of_nearly_the_same_letters_are_looked_at() {
        assert_eq!(near::<2>(4, "tasg"), [2, 3]);
        assert_eq!(near::<2>(3, "tga"), [1]);
        assert_eq!(near::<4>(7, "invoise"), [4]);
        assert!(near::<2>(5, "tasks").is_empty() && near::<2>(99, "tasks").is_empty());
    }
}
