use super::word_list::WordList;

/// Sorted, one name in small letters a line.
const NAMES: WordList = WordList {
    text: include_str!("../../grammar/given-names.txt"),
    shelves: include_bytes!(concat!(env!("OUT_DIR"), "/given-names.shelves")),
};

/// Whether a lower-case word is a given name that is common where English is spoken or near it: in a line typed without
/// capitals it is no slip of another word, and a surname may follow.
#[must_use]
pub fn is_given_name(word: &str) -> bool {
    NAMES.holds(word)
}

/// Sorted, one name in small letters a line.
const SURNAMES: WordList = WordList {
    text: include_str!("../../grammar/surnames.txt"),
    shelves: include_bytes!(concat!(env!("OUT_DIR"), "/surnames.shelves")),
};

/// Whether a lower-case word is a common surname: behind a given name it is hardly anything else.
#[must_use]
pub fn is_surname(word: &str) -> bool {
    SURNAMES.holds(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_list_is_found() {
        let mut last = "";
        for name in NAMES.text.lines() {
            assert!(last < name, "«{name}» stands out of order");
            assert!(is_given_name(name), "{name}");
            last = name;
        }
        let mut last = "";
        for name in SURNAMES.text.lines() {
            assert!(last < name, "«{name}» stands out of order");
            assert!(is_surname(name), "{name}");
            last = name;
        }
        assert!(!is_given_name("data") && !is_given_name("into"));
    }
}
