use super::stretch::Stretch;

/// What a stretch says word for word; keeps its memory from one to the next.
#[derive(Debug, Default)]
pub struct Wording {
    /// The words with a space before and behind each.
    text: String,
    /// Where each word begins.
    starts: Vec<usize>,
    /// The [`bit`]s of the words.
    bits: u64,
}

impl Wording {
    /// Takes down a stretch, in place of the one before.
    pub fn hear(&mut self, stretch: &Stretch<'_>) {
        self.text.clear();
        self.text.push(' ');
        for item in &stretch.line.utterance.items[stretch.first..stretch.past] {
            self.text.push_str(&item.folded);
            self.text.push(' ');
        }
        self.note();
    }

    fn note(&mut self) {
        self.starts.clear();
        self.starts.extend(self.text.match_indices(' ').map(|(at, space)| at + space.len()));
        self.bits = self.text.split(' ').fold(0, |bits, word| bits | bit(word));
    }

    /// Whether it holds a phrase from the beginning of a word to the end of one.
    pub fn holds(&self, phrase: &str) -> bool {
        let first = phrase.split(' ').next().unwrap_or(phrase);
        let begins = |rest: &str| rest.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '));
        self.bits & bit(first) != 0 && self.starts.iter().any(|start| begins(&self.text[*start..]))
    }
}

/// One of 64 bits, by what is quickly seen of a word: most phrases that a stretch does not hold are told by their first.
fn bit(word: &str) -> u64 {
    let [first, second, ..] = *word.as_bytes() else { return 1 << (word.len() & 1) };
    1 << ((usize::from(first) * 7 + usize::from(second) + word.len() * 3) & 63)
}

#[cfg(test)]
mod tests {
    use super::Wording;

    fn heard(text: &str) -> Wording {
        let mut wording = Wording { text: text.to_owned(), ..Wording::default() };
        wording.note();
        wording
    }

    #[test]
    fn a_phrase_is_held_word_by_word() {
        let said = heard(" send the new deals report ");
        for phrase in ["send", "new deals", "send the new deals report", "report"] {
            assert!(said.holds(phrase), "{phrase}");
        }
        for phrase in ["deal", "new deal", "end the", "the report", "a"] {
            assert!(!said.holds(phrase), "{phrase}");
        }
    }
}
