use super::command;
use crate::front::words::Words;

/// Words of the line's end that may belong to one phrase ("due date", "phone number").
const LONGEST_PHRASE: usize = 3;

/// What may follow or finish the end of a line: where the replaced part begins, in bytes, and what may stand there.
pub(super) fn complete(words: &Words, line: &str) -> (usize, Vec<String>) {
    let (start, mut found) = fitting(words, line);
    found.retain(|word| *word != line[start..].to_lowercase());
    (start, found)
}

/// What would finish the word that is being typed, when there is enough of it to guess from and it is no word yet.
pub(super) fn hint(words: &Words, line: &str) -> Option<String> {
    let (start, found) = fitting(words, line);
    let typed = &line[start..];
    let enough = typed.len() >= 2 && !typed.ends_with(char::is_whitespace);
    let shortest = found.into_iter().min_by_key(String::len).filter(|_| enough)?;
    shortest.get(typed.len()..).filter(|rest| !rest.is_empty()).map(str::to_owned)
}

/// The known words that begin as the end of the line does, and where that end begins.
fn fitting(words: &Words, line: &str) -> (usize, Vec<String>) {
    let begun = line.trim_start();
    if begun.starts_with(':') && !begun.contains(' ') {
        return offer(line, begun, command::NAMES.iter().copied());
    }
    if !begun.contains(char::is_whitespace) {
        return offer(line, begun, words.verbs.iter().map(String::as_str).chain(["help"]));
    }
    let nouns = words.nouns.iter().map(|noun| noun.word.as_str());
    if begun.starts_with("help ") {
        return offer(line, last_words(line, 1).unwrap_or_default(), nouns);
    }
    let said = line.to_lowercase();
    let fields = words.nouns.iter().filter(|noun| has_word(&said, &noun.word)).flat_map(|noun| &noun.fields);
    let known: Vec<&str> = fields.chain(&words.small).map(String::as_str).chain(nouns).collect();
    let ends = (1..=LONGEST_PHRASE).rev().filter_map(|count| last_words(line, count));
    let found = ends.map(|end| offer(line, end, known.iter().copied())).find(|(_, found)| !found.is_empty());
    found.unwrap_or((line.len(), Vec::new()))
}

fn offer<'a>(line: &str, typed: &str, known: impl Iterator<Item = &'a str>) -> (usize, Vec<String>) {
    let wanted = typed.to_lowercase();
    let mut found: Vec<String> = known.filter(|word| word.starts_with(&wanted)).map(str::to_owned).collect();
    found.sort();
    found.dedup();
    (line.len() - typed.len(), found)
}

/// The end of the line from the start of its so-many-th word from the right; nothing when there are not so many after
/// the verb. Past a space a new word begins, of which nothing is typed yet.
fn last_words(line: &str, count: usize) -> Option<&str> {
    if line.ends_with(char::is_whitespace) {
        return (count == 1).then_some("");
    }
    let starts = line.char_indices().filter(|(at, c)| !c.is_whitespace() && line[..*at].ends_with(char::is_whitespace));
    let starts: Vec<usize> = starts.map(|(at, _)| at).filter(|at| !line[..*at].trim().is_empty()).collect();
    starts.len().checked_sub(count).map(|at| &line[starts[at]..])
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::words::Noun;
    use proptest::prelude::*;

    fn words() -> Words {
        let noun = |word: &str, fields: &[&str]| Noun {
            word: word.into(),
            fields: fields.iter().map(ToString::to_string).collect(),
        };
        let chair = ["colour", "due date", "due time", "red"];
        Words {
            verbs: vec!["add".into(), "add or edit".into(), "apply".into(), "set up".into()],
            small: vec!["to".into()],
            nouns: vec![noun("chair", &chair), noun("chairs", &chair), noun("table", &["width"])],
        }
    }

    fn found(line: &str) -> Vec<String> {
        complete(&words(), line).1
    }

    #[test]
    fn the_first_word_is_a_verb_or_a_command() {
        assert_eq!(complete(&words(), " a"), (1, vec!["add".into(), "add or edit".into(), "apply".into()]));
        assert_eq!(found(":l"), [":last"]);
        assert_eq!(found("he"), ["help"]);
    }

    #[test]
    fn later_words_are_nouns_and_the_fields_of_the_noun_that_was_said() {
        assert_eq!(found("add ch"), ["chair", "chairs"]);
        assert_eq!(found("help t"), ["table"]);
        assert_eq!(found("add a chair with co"), ["colour"]);
        assert!(found("add a table with co").is_empty());
        assert_eq!(complete(&words(), "move chair due d"), (11, vec!["due date".into()]));
    }

    #[test]
    fn a_hint_finishes_the_word() {
        assert_eq!(hint(&words(), "add cha").as_deref(), Some("ir"));
        assert_eq!(hint(&words(), "add c"), None);
        assert_eq!(hint(&words(), "add"), None, "it is a word already");
        assert_eq!(hint(&words(), "add chair to"), None, "so is this");
        assert_eq!(hint(&words(), "add chair "), None);
    }

    proptest! {
        #[test]
        fn any_line_can_be_completed(line in any::<String>()) {
            let (start, _) = complete(&words(), &line);
            prop_assert!(line.is_char_boundary(start));
            hint(&words(), &line);
        }
    }
}
