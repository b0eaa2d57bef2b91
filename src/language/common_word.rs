use std::cmp::Ordering;

/// Sorted, one lower-case word a line.
const WORDS: &str = include_str!("../../grammar/common-words.txt");

/// Whether a lower-case word is one that any dictionary of English has: typed small, it is hardly somebody's name.
///
/// The list holds about 42,000 words of three letters or more and no proper names; where it comes from stands beside it.
#[must_use]
pub fn is_common_word(word: &str) -> bool {
    let (mut low, mut high) = (0, WORDS.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = WORDS.as_bytes()[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1).max(low);
        let end = WORDS.as_bytes()[start..].iter().position(|b| *b == b'\n').map_or(WORDS.len(), |at| start + at);
        match WORDS[start..end].cmp(word) {
            Ordering::Equal => return true,
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_list_is_found() {
        let mut last = "";
        for word in WORDS.lines() {
            assert!(last < word, "«{word}» stands out of order");
            assert!(is_common_word(word), "{word}");
            last = word;
        }
    }

    #[test]
    fn names_and_nonsense_are_not() {
        for word in ["", "a", "jane", "hugo", "acme", "zzzz", "{", "luggages", "éclair"] {
            assert!(!is_common_word(word), "{word}");
        }
        assert!(is_common_word("luggage"));
    }
}
