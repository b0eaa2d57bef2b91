//! Records come from strangers (a web form fills in a name), so nothing in them may steer the terminal.

/// The text on one line: line breaks and tabs become spaces, other control characters become visible.
#[must_use]
pub fn clean(text: &str) -> String {
    neutral(text, |c| matches!(c, '\n' | '\r' | '\t').then_some(' '))
}

/// The same with its line breaks and tabs kept.
#[must_use]
pub fn clean_lines(text: &str) -> String {
    neutral(text, |c| matches!(c, '\n' | '\t').then_some(c))
}

fn neutral(text: &str, keep: impl Fn(char) -> Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match keep(c) {
            Some(kept) => out.push(kept),
            None if steers(c) => out.extend(c.escape_unicode()),
            None => out.push(c),
        }
    }
    out
}

/// Whether a terminal might act on it: control characters of both sets, those that turn the direction of writing, and
/// those that break lines.
pub(super) fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_becomes_visible() {
        assert_eq!(clean("Jane\u{1b}[2J\nDoe"), "Jane\\u{1b}[2J Doe");
        assert_eq!(clean_lines("a\nb\u{9b}31m"), "a\nb\\u{9b}31m");
        assert_eq!(clean("Zoë 漢字 👩‍⚕️"), "Zoë 漢字 👩‍⚕️");
    }

    proptest! {
        #[test]
        fn nothing_that_steers_is_left(text in any::<String>()) {
            prop_assert!(!clean(&text).chars().any(steers));
            prop_assert!(!clean_lines(&text).chars().any(|c| steers(c) && c != '\n' && c != '\t'));
        }
    }
}
