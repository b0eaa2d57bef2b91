use std::cell::RefCell;
use std::sync::Arc;

use regex::Regex;
use rustc_hash::FxHashMap;

/// What an id looks like when a resource does not say: a run of letters and digits, or a UUID.
pub(super) const ID_PATTERN: &str = "^([A-Za-z0-9]{17,64}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$";

thread_local! {
    /// Patterns compiled on this thread. There are as many as the catalog has.
    static COMPILED: RefCell<FxHashMap<String, Option<Arc<Regex>>>> = RefCell::default();
}

/// Whether a pattern fits the whole text. A pattern that is no regular expression fits nothing.
#[must_use]
pub fn matches_whole(pattern: &str, text: &str) -> bool {
    if pattern == ID_PATTERN {
        return is_usual_id(text);
    }
    let known = COMPILED.with_borrow(|compiled| compiled.get(pattern).cloned());
    let regex = known.unwrap_or_else(|| {
        let regex = Regex::new(&format!("^(?:{pattern})$")).ok().map(Arc::new);
        COMPILED.with_borrow_mut(|compiled| compiled.insert(pattern.to_owned(), regex.clone()));
        regex
    });
    regex.is_some_and(|regex| regex.is_match(text))
}

/// [`ID_PATTERN`] without a regular expression: it is asked of every name in every phrase, and compiling one takes
/// longer than reading the phrase.
fn is_usual_id(text: &str) -> bool {
    let code = (17..=64).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_alphanumeric());
    code || is_uuid(text)
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths = parts.iter().map(|part| part.len());
    lengths.eq([8, 4, 4, 4, 12]) && parts.concat().bytes().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_agrees_with_the_pattern() {
        let regex = Regex::new(ID_PATTERN).expect("a good pattern");
        for text in [
            "ocQHyuzHvysMo5N5VsXc",
            "62e589c1-c456-47e1-a9a7-cb8900014311",
            "62e589c1-c456-47e1-a9a7-cb890001431",
            "62e589c1c-456-47e1-a9a7-cb8900014311",
            "62e589g1-c456-47e1-a9a7-cb8900014311",
            "Jane Doe",
            "abcdefghijklmnop",
            "abcdefghijklmnopq",
            "abcdefghijklmnopé",
            "",
        ] {
            assert_eq!(matches_whole(ID_PATTERN, text), regex.is_match(text), "{text}");
        }
        assert!(!matches_whole(ID_PATTERN, &"a".repeat(65)));
    }

    #[test]
    fn other_patterns_fit_whole_or_not_at_all() {
        assert!(matches_whole("[0-9]+", "123") && !matches_whole("[0-9]+", "a123") && !matches_whole("(", "("));
        assert!(matches_whole("[0-9]+", "4"), "a compiled pattern is used again");
    }
}
