use std::cmp::Ordering;

use super::shelf::{SHELVES, shelf};

/// A sorted list, one word a line, and where the words of each shelf begin.
pub(super) struct WordList {
    pub(super) text: &'static str,
    /// Numbers of four bytes, as the build wrote them; one more than there are shelves.
    pub(super) shelves: &'static [u8; 4 * (SHELVES + 1)],
}

impl WordList {
    /// Whether it has a word.
    pub(super) fn holds(&self, word: &str) -> bool {
        let start = |at: usize| {
            let bytes = self.shelves.get(4 * at..).and_then(<[u8]>::first_chunk);
            bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize)
        };
        let shelf = shelf(word.as_bytes());
        holds(&self.text[start(shelf)..start(shelf + 1)], word)
    }
}

fn holds(list: &str, word: &str) -> bool {
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = list.as_bytes()[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1).max(low);
        let end = list.as_bytes()[start..].iter().position(|b| *b == b'\n').map_or(list.len(), |at| start + at);
        match list[start..end].cmp(word) {
            Ordering::Equal => return true,
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    false
}
