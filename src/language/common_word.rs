use super::word_list::WordList;

/// Sorted, one lower-case word a line.
const WORDS: WordList = WordList {
    text: include_str!("../../grammar/common-words.txt"),
    shelves: include_bytes!(concat!(env!("OUT_DIR"), "/common-words.shelves")),
};

/// Whether a lower-case word is one that any dictionary of English has: typed small, it is hardly somebody's name.
///
/// The list holds about 42,000 words of three letters or more and no proper names; where it comes from stands beside it.
#[must_use]
pub fn is_common_word(word: &str) -> bool {
    WORDS.holds(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_list_is_found() {
        let mut last = "";
        for word in WORDS.text.lines() {
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
