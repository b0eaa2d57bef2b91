use crate::catalog::inflect::plural;
use crate::catalog::singular::singular;

use super::english::is;

/// The singular of a phrase of words: only the last is inflected.
pub(super) fn singular_words(words: &[String]) -> Vec<String> {
    let mut out = words.to_vec();
    if let Some(last) = out.last_mut() {
        *last = singular_word(last);
    }
    out
}

/// The singular of a word; one that looks singular is left alone.
pub(super) fn singular_word(word: &str) -> String {
    singular(word)
}

/// Whether a phrase of words is a plural.
pub(super) fn is_plural(words: &[String]) -> bool {
    words.last().is_some_and(|word| singular_word(word) != *word || plural_only(word))
}

/// Words that name many without an ending of their own.
fn plural_only(word: &str) -> bool {
    is("plural-only", word)
}

/// The plural that is derived for a noun.
pub(super) fn plural_of(noun: &str) -> String {
    plural(noun)
}
