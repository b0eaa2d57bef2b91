/// The phrase that several arguments of a shell make. One that held spaces was quoted and stays one piece.
pub(super) fn joined(words: &[String]) -> String {
    match words {
        [phrase] => phrase.clone(),
        words => words.iter().map(|word| piece(word)).collect::<Vec<_>>().join(" "),
    }
}

/// The phrases of `sayso route`: each argument when all are quoted phrases, otherwise one phrase of all the words.
pub(super) fn phrases(words: &[String]) -> Vec<String> {
    if words.iter().all(|word| word.trim().contains(' ')) { words.to_vec() } else { vec![joined(words)] }
}

fn piece(word: &str) -> String {
    if word.contains(char::is_whitespace) && !word.contains('"') { format!("\"{word}\"") } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn words_are_joined_and_quotes_of_the_shell_kept() {
        assert_eq!(joined(&words(&["add tag vip"])), "add tag vip");
        assert_eq!(joined(&words(&["add", "tag", "hot lead", "to", "Jane"])), "add tag \"hot lead\" to Jane");
        assert_eq!(joined(&words(&["say", "a \"b\" c"])), "say a \"b\" c");
    }

    #[test]
    fn several_quoted_phrases_stay_several() {
        assert_eq!(phrases(&words(&["list tags", "show Jane Doe"])), ["list tags", "show Jane Doe"]);
        assert_eq!(phrases(&words(&["show", "Jane Doe"])), ["show \"Jane Doe\""]);
        assert_eq!(phrases(&words(&["undo"])), ["undo"]);
    }
}
