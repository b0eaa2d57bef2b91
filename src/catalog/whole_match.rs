use std::cell::RefCell;
use std::sync::Arc;
use std::thread::LocalKey;

use regex::Regex;
use rustc_hash::FxHashMap;

/// What an id looks like when a resource does not say: a run of letters and digits, or a UUID.
pub(super) const ID_PATTERN: &str = "^([A-Za-z0-9]{17,64}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$";

/// Regular expressions by their text. There are as many as the catalog has.
type Known = FxHashMap<String, Option<Arc<Regex>>>;

thread_local! {
    /// Patterns of whole texts.
    static WHOLE: RefCell<Known> = RefCell::default();
    static COMPILED: RefCell<Known> = RefCell::default();
}

/// Whether a pattern fits the whole text. A pattern that is no regular expression fits nothing.
#[must_use]
pub fn matches_whole(pattern: &str, text: &str) -> bool {
    fits_whole(pattern, text).unwrap_or(false)
}

/// The same; nothing when the pattern is no regular expression.
#[must_use]
pub fn fits_whole(pattern: &str, text: &str) -> Option<bool> {
    if pattern == ID_PATTERN {
        return Some(is_usual_id(text));
    }
    let regex = looked_up(&WHOLE, pattern, || Regex::new(&format!("^(?:{pattern})$")));
    regex.map(|regex| regex.is_match(text))
}

/// A regular expression, compiled when it is first asked for on this thread; nothing when it is none.
#[must_use]
pub fn compiled(expression: &str) -> Option<Arc<Regex>> {
    looked_up(&COMPILED, expression, || Regex::new(expression))
}

fn looked_up(
    known: &'static LocalKey<RefCell<Known>>,
    expression: &str,
    compile: impl FnOnce() -> Result<Regex, regex::Error>,
) -> Option<Arc<Regex>> {
    known.with_borrow(|known| known.get(expression).cloned()).unwrap_or_else(|| {
        let regex = compile().ok().map(Arc::new);
        known.with_borrow_mut(|known| known.insert(expression.to_owned(), regex.clone()));
        regex
    })
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
        assert_eq!((fits_whole("(", "("), fits_whole("[0-9]+", "a")), (None, Some(false)));
        assert!(compiled("(").is_none() && compiled("[0-9]+").is_some_and(|regex| regex.is_match("a123")));
    }
}
