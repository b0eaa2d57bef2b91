use unicode_normalization::UnicodeNormalization;

use crate::catalog::{Resource, matches_whole};

/// A name made ready for comparing: compatibility forms composed, lower case, smart quotes plain, white space single.
pub fn fold(text: &str) -> String {
    // Plain letters are what they are composed to.
    if text.is_ascii() { folded(text.chars()) } else { folded(text.nfkc()) }
}

fn folded(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::with_capacity(chars.size_hint().0);
    for c in chars.flat_map(char::to_lowercase) {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{02BC}' => out.push('\''),
            '\u{201C}' | '\u{201D}' => out.push('"'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// The words of a folded name.
pub(super) fn words(folded: &str) -> Vec<&str> {
    folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect()
}

/// The digits of a telephone number, when the text can be one.
pub(super) fn phone_digits(text: &str) -> Option<String> {
    let punctuation = |c: char| c.is_whitespace() || "+-().".contains(c);
    if !text.chars().all(|c| c.is_ascii_digit() || punctuation(c)) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 7).then_some(digits)
}

/// Whether two numbers are the same but for a country code that one of them leaves out.
pub(super) fn same_phone(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    long.ends_with(short) && long.len() - short.len() <= 3
}

/// Whether a text looks like a code rather than a name: one run of letters, digits, `_` and `-`, not letters alone.
pub(super) fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 128
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        && text.chars().any(|c| !c.is_ascii_alphabetic() && c != '-')
}

/// Whether a text is an id of that resource by its looks.
pub(super) fn is_id(resource: &Resource, text: &str) -> bool {
    matches_whole(&resource.id_pattern, text)
}

/// A JSON scalar as people write it; nothing for lists, objects and null.
#[must_use]
pub fn plain_text(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_to_what_people_mean() {
        assert_eq!(fold("  Jane\u{a0} DOE "), "jane doe");
        assert_eq!(fold("O\u{2019}Brien"), "o'brien");
        assert_eq!(fold("Zoe\u{308}"), fold("Zo\u{eb}"));
    }

    #[test]
    fn a_country_code_may_be_left_out() {
        let full = phone_digits("+1 (555) 123-4567").expect("a number");
        assert!(same_phone(&full, "5551234567"));
        assert!(!same_phone(&full, "4567"));
        assert_eq!(phone_digits("Jane 5551234567"), None);
    }

    #[test]
    fn a_code_has_more_than_letters() {
        assert!(is_code("Q-2231") && is_code("sub_x9") && is_code("INV-1043"));
        assert!(!is_code("Jane") && !is_code("Jane Doe") && !is_code("Anne-Marie") && !is_code("a/b1"));
    }
}
