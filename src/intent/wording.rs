use crate::catalog::word_mark;
use crate::language::ItemKind;

use super::stretch::Stretch;

/// Bits of a [`word_mark`] that are told apart.
const MARKS: usize = 1024;

/// Stands for a word that says nothing: no phrase holds it.
const UNSAID: &str = "\u{1}";

/// What a stretch says word for word; keeps its memory from one to the next.
#[derive(Debug, Default)]
pub struct Wording {
    /// The words with a space before and behind each.
    text: String,
    /// Where each word begins, and its [`word_mark`].
    words: Vec<(usize, u16)>,
    /// The marks of the words, as bits.
    marks: Vec<u64>,
}

impl Wording {
    /// Takes down a stretch, in place of the one before.
    pub fn hear(&mut self, stretch: &Stretch<'_>) {
        self.text.clear();
        self.text.push(' ');
        let mut begun = stretch.first;
        for (at, item) in stretch.line.utterance.items.iter().enumerate().take(stretch.past).skip(stretch.first) {
            let name = |at: usize| at < stretch.past && stretch.is_name(at) && *stretch.kind(at) == ItemKind::Word;
            if !name(at) {
                begun = at + 1;
            }
            // "The knowledge base Old Pricing FAQ" says nothing of an FAQ: a name of three words says only how it begins.
            let longer = begun < at && name(at) && name(begun + 1) && name(begun + 2);
            let known = || stretch.line.matches(begun).iter().any(|m| m.len > 1);
            self.text.push_str(if longer && !known() { UNSAID } else { &item.folded });
            self.text.push(' ');
        }
        self.note();
    }

    fn note(&mut self) {
        self.words.clear();
        self.marks.clear();
        self.marks.resize(MARKS / 64, 0);
        let mut start = 0;
        for word in self.text.split(' ') {
            let mark = word_mark(word);
            self.words.push((start, mark));
            start += word.len() + 1;
            let bit = usize::from(mark) % MARKS;
            self.marks[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// Whether it may hold a phrase whose first word has a mark: most phrases that it does not are told by that.
    pub fn may_hold(&self, mark: u16) -> bool {
        let mark = usize::from(mark) % MARKS;
        self.marks[mark / 64] >> (mark % 64) & 1 != 0
    }

    /// Whether it holds a phrase from the beginning of a word to the end of one; the first word of the phrase has that mark.
    pub fn holds(&self, phrase: &str, mark: u16) -> bool {
        let begins = |rest: &str| rest.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '));
        self.words.iter().any(|(start, own)| *own == mark && begins(&self.text[*start..]))
    }
}

#[cfg(test)]
mod tests {
    use super::{Wording, word_mark};

    fn heard(text: &str) -> Wording {
        let mut wording = Wording { text: text.to_owned(), ..Wording::default() };
        wording.note();
        wording
    }

    fn first(phrase: &str) -> u16 {
        word_mark(phrase.split(' ').next().unwrap_or(phrase))
    }

    #[test]
    fn a_phrase_is_held_word_by_word() {
        let said = heard(" send the new deals report ");
        for phrase in ["send", "new deals", "send the new deals report", "report"] {
            assert!(said.holds(phrase, first(phrase)) && said.may_hold(first(phrase)), "{phrase}");
        }
        for phrase in ["deal", "new deal", "end the", "the report", "a"] {
            assert!(!said.holds(phrase, first(phrase)), "{phrase}");
        }
    }
}
