//! Operations that none of their phrases leads to get patterns of their own.

use super::import_type::Led;
use super::model::Model;
use super::phrases::Phrase;

/// Gives every lost operation the words of one of its phrases as a pattern; whether anything was changed.
pub(super) fn mend(model: &mut Model<'_>, lost: &[(usize, Vec<(Phrase, Option<Led>)>)], round: usize) -> bool {
    let mut changed = false;
    for (at, tried) in lost {
        let Some((phrase, _)) = tried.get(round) else { continue };
        let Some(say) = pattern(phrase) else { continue };
        let op = &mut model.operations[*at];
        if !op.says.contains(&say) {
            op.says.push(say);
            changed = true;
        }
    }
    changed
}

/// The words of a phrase with the values turned into slots.
fn pattern(phrase: &Phrase) -> Option<String> {
    let text = &phrase.text;
    if text.contains([':', '"', '#', '(', ')', '[', ']', '{', '}', '|']) {
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let slot = phrase
            .params
            .iter()
            .find(|(_, value)| value.as_str().map_or_else(|| value.to_string(), str::to_owned) == word);
        match slot {
            Some((name, _)) => words.push(format!("{{{name}}}")),
            None if matches!(word, "a" | "an" | "the") => {}
            None => words.push(word.to_lowercase()),
        }
    }
    // What stands behind "with" is named and may be said behind any pattern.
    if let Some(with) = words.iter().position(|word| word == "with") {
        words.truncate(with);
    }
    let literal = words.iter().filter(|word| !word.starts_with('{')).count();
    (literal > 0).then(|| words.join(" "))
}
