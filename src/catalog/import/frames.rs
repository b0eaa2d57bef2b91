//! Phrase patterns that stand in the word file as templates: `$record` is a record with its name, `$name` what people call a
//! thing.

use super::english::{all, pairs};
use super::field::Field;
use super::kinds::Kinds;
use super::properties::alternatives;

/// The most names of a record that stand in a template.
const NOUNS: usize = 6;

/// What the places of a template hold.
pub(super) type Places<'p> = [(&'p str, &'p str)];

/// The templates of a set, filled.
pub(super) fn frames(set: &str, places: &Places<'_>) -> Vec<String> {
    all(set).filter_map(|frame| filled(frame, places)).collect()
}

/// The templates that a set pairs with a word, filled.
pub(super) fn frames_of(set: &str, word: &str, places: &Places<'_>) -> Vec<String> {
    pairs(set, word).iter().filter_map(|frame| filled(frame, places)).collect()
}

/// A template with its places filled; nothing where one is left empty.
fn filled(frame: &str, places: &Places<'_>) -> Option<String> {
    let mut say = frame.to_owned();
    for (place, text) in places {
        let place = format!("${place}");
        if say.contains(&place) {
            if text.is_empty() {
                return None;
            }
            say = say.replace(&place, text);
        }
    }
    (!say.contains('$')).then_some(say)
}

/// The record that a field names, as people name it: "the vehicle 17".
pub(super) fn record(field: &Field, kinds: &Kinds) -> String {
    let nouns = kinds.all.get(&field.kind).map(|kind| kind.nouns.iter().take(NOUNS).cloned().collect());
    format!("[the|my|our|this] {} {{{}}}", alternatives(nouns.unwrap_or_default()), field.name)
}
