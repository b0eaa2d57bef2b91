/// Up to `most` of `known` that are close enough to `word` to be what was meant, nearest first.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let limit = (word.chars().count() / 3).clamp(1, 3);
    let word = word.to_lowercase();
    let length = word.chars().count();
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|k| (k.to_lowercase(), k))
        // Those of another length are further apart than that, and comparing long words takes long.
        .filter(|(folded, _)| folded.chars().count().abs_diff(length) <= limit)
        .map(|(folded, k)| (strsim::osa_distance(&word, &folded), k))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(most).map(|(_, k)| k).collect()
}

/// "did you mean `x`?" when something known is near.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(word, known, 1).first().map(|k| format!("did you mean `{k}`?"))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn a_word_of_a_million_letters_is_near_nothing_at_once() {
        let (word, known) = ("x".repeat(1_000_000), vec!["contacts.get-by-phone"; 1_000]);
        let started = Instant::now();
        assert_eq!(did_you_mean(&word, known), None);
        assert!(started.elapsed() < Duration::from_secs(20));
        assert_eq!(closest("contcts.get", ["contacts.get", "contacts.list"], 2), ["contacts.get"]);
    }
}
