use crate::catalog::Lexicon;
use crate::catalog::inflect::past;

/// The past of a verb; irregular ones stand in the lexicon as "send sent", "write wrote written".
pub(super) fn past_tense(verb: &str, lexicon: &Lexicon) -> String {
    let lower = verb.to_lowercase();
    let irregular = lexicon.set("past").iter().filter_map(|pair| pair.split_once(' ')).find(|(base, _)| *base == lower);
    let past = irregular.map_or_else(|| past(&lower), |(_, pasts)| pasts.split(' ').next().unwrap_or(pasts).to_owned());
    if verb.chars().next().is_some_and(char::is_uppercase) { capital(&past) } else { past }
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irregular_verbs_come_from_the_lexicon() {
        let lexicon = Lexicon {
            words: [("past".to_owned(), vec!["send sent".to_owned()])].into_iter().collect(),
            ..Lexicon::default()
        };
        assert_eq!(past_tense("Send", &lexicon), "Sent");
        assert_eq!(past_tense("Create", &lexicon), "Created");
        assert_eq!(past_tense("add", &lexicon), "added");
    }
}
