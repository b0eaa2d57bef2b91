/// The singular of a word or of the last word of a phrase; a word that looks singular is left alone.
pub(super) fn singular(phrase: &str) -> String {
    let (head, word) = phrase.rsplit_once(' ').map_or(("", phrase), |(head, word)| (head, word));
    let one = singular_word(word);
    if head.is_empty() { one } else { format!("{head} {one}") }
}

/// Whether a word looks like a plural.
pub(super) fn looks_plural(phrase: &str) -> bool {
    singular(phrase) != phrase
}

fn singular_word(word: &str) -> String {
    let irregular =
        [("people", "person"), ("children", "child"), ("men", "man"), ("women", "woman"), ("series", "series")];
    if let Some((_, one)) = irregular.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    let cut = |ending: &str, instead: &str| word.strip_suffix(ending).map(|stem| format!("{stem}{instead}"));
    if word.len() > 4 && word.ends_with("ies") {
        return cut("ies", "y").unwrap_or_default();
    }
    for ending in ["sses", "shes", "ches", "xes", "zes", "uses"] {
        if word.ends_with(ending) {
            return cut("es", "").unwrap_or_default();
        }
    }
    if word.len() < 3 || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word.to_owned();
    }
    cut("s", "").unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_lose_their_ending() {
        for (many, one) in [
            ("contacts", "contact"),
            ("companies", "company"),
            ("people", "person"),
            ("boxes", "box"),
            ("statuses", "status"),
            ("status", "status"),
            ("address", "address"),
            ("custom fields", "custom field"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
