/// The singular of a word or of the last word of a phrase; a word that looks singular is left alone.
pub(crate) fn singular(phrase: &str) -> String {
    let (head, word) = phrase.rsplit_once(' ').map_or(("", phrase), |(head, word)| (head, word));
    let one = singular_word(word);
    if head.is_empty() { one } else { format!("{head} {one}") }
}

/// Whether a word looks like a plural.
pub(super) fn looks_plural(phrase: &str) -> bool {
    singular(phrase) != phrase
}

/// Plurals that no rule gives, and words in `s` that are none.
const IRREGULAR: &[(&str, &str)] = &[
    ("people", "person"),
    ("children", "child"),
    ("men", "man"),
    ("women", "woman"),
    ("criteria", "criterion"),
    ("indices", "index"),
    ("vertices", "vertex"),
    ("matrices", "matrix"),
    ("analyses", "analysis"),
    ("movies", "movie"),
    ("cookies", "cookie"),
    ("calories", "calorie"),
    ("caches", "cache"),
    ("aliases", "alias"),
    ("canvases", "canvas"),
    ("quizzes", "quiz"),
    ("buses", "bus"),
    ("heroes", "hero"),
    ("shelves", "shelf"),
];

const NO_PLURALS: &[&str] = &[
    "series",
    "species",
    "news",
    "lens",
    "alias",
    "canvas",
    "atlas",
    "bias",
    "sms",
    "mms",
    "dns",
    "gps",
    "tls",
    "css",
    "aws",
    "rss",
    "ios",
    "analytics",
    "kubernetes",
];

fn singular_word(word: &str) -> String {
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    if NO_PLURALS.contains(&word) {
        return word.to_owned();
    }
    let cut = |ending: &str, instead: &str| word.strip_suffix(ending).map(|stem| format!("{stem}{instead}"));
    if word.len() > 4 && word.ends_with("ies") {
        return cut("ies", "y").unwrap_or_default();
    }
    // "Statuses" and "viruses", but "warehouses", "clauses" and "uses".
    let latin = word.ends_with("uses") && !["ouses", "auses"].iter().any(|end| word.ends_with(end)) && word.len() > 6;
    for ending in ["sses", "shes", "ches", "xes"] {
        if latin || word.ends_with(ending) {
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
            ("addresses", "address"),
            ("custom fields", "custom field"),
            ("warehouses", "warehouse"),
            ("clauses", "clause"),
            ("sizes", "size"),
            ("branches", "branch"),
            ("caches", "cache"),
            ("releases", "release"),
            ("movies", "movie"),
            ("analytics", "analytics"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
