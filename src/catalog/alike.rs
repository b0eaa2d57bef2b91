use rustc_hash::{FxHashMap, FxHashSet};

use super::pattern::PatternItem;

/// Phrases that mean the same in every `say:` line, by group (`alike:` in `lexicon.yaml`).
pub struct Alike {
    groups: Vec<Vec<Vec<String>>>,
    /// Group and position of the phrases that begin with a word.
    by_word: FxHashMap<String, Vec<(usize, usize)>>,
}

impl Alike {
    /// The groups of a lexicon.
    pub fn new<'a>(groups: impl Iterator<Item = &'a Vec<String>>) -> Self {
        let words = |phrase: &String| phrase.split(' ').map(str::to_owned).collect();
        let groups: Vec<Vec<Vec<String>>> = groups.map(|group| group.iter().map(words).collect()).collect();
        let mut by_word: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
        for (at, group) in groups.iter().enumerate() {
            for (nth, phrase) in group.iter().enumerate() {
                by_word.entry(phrase[0].clone()).or_default().push((at, nth));
            }
        }
        Self { groups, by_word }
    }

    /// The items of a line in which every phrase of a group stands for the whole group.
    pub fn widened(&self, items: &[PatternItem]) -> Vec<PatternItem> {
        let mut wide = Vec::new();
        let mut at = 0;
        while at < items.len() {
            if let Some((group, length)) = self.longest(&items[at..]) {
                wide.push(PatternItem::Choice(group.iter().map(|phrase| line(phrase)).collect()));
                at += length;
                continue;
            }
            wide.push(match &items[at] {
                PatternItem::Choice(ways) => PatternItem::Choice(self.ways(ways)),
                item => item.clone(),
            });
            at += 1;
        }
        wide
    }

    /// The ways of a choice; those that a widened one brings stand there once.
    fn ways(&self, ways: &[Vec<PatternItem>]) -> Vec<Vec<PatternItem>> {
        let mut wide: Vec<Vec<PatternItem>> = Vec::new();
        let mut known: FxHashSet<Vec<PatternItem>> = FxHashSet::default();
        for way in ways {
            let way = self.widened(way);
            let inner = match way.as_slice() {
                [PatternItem::Choice(inner)] => inner.clone(),
                _ => vec![way],
            };
            for way in inner {
                if known.insert(way.clone()) {
                    wide.push(way);
                }
            }
        }
        wide
    }

    /// The group with the longest phrase that some items begin with, and the length of that phrase.
    fn longest(&self, items: &[PatternItem]) -> Option<(&Vec<Vec<String>>, usize)> {
        let Some(PatternItem::Word(first)) = items.first() else { return None };
        let begins = |phrase: &[String]| {
            phrase.len() <= items.len()
                && phrase.iter().zip(items).all(|(word, item)| matches!(item, PatternItem::Word(said) if said == word))
        };
        let places = self.by_word.get(first)?.iter();
        let found = places.map(|(group, nth)| (&self.groups[*group], &self.groups[*group][*nth]));
        let found = found.filter(|(_, phrase)| begins(phrase)).map(|(group, phrase)| (group, phrase.len()));
        found.max_by_key(|(_, length)| *length)
    }
}

fn line(phrase: &[String]) -> Vec<PatternItem> {
    phrase.iter().cloned().map(PatternItem::Word).collect()
}

#[cfg(test)]
mod tests {
    use super::{Alike, PatternItem};
    use crate::catalog::pattern::parse;

    fn widened(pattern: &str) -> Vec<PatternItem> {
        let groups = [vec!["who is".to_owned(), "who's".to_owned()], vec!["client".to_owned(), "guest".to_owned()]];
        Alike::new(groups.iter()).widened(&parse(pattern).expect("a pattern"))
    }

    #[test]
    fn a_phrase_stands_for_its_group() {
        assert_eq!(widened("who is the client"), parse("(who is|who's) the (client|guest)").expect("a pattern"));
    }

    #[test]
    fn a_choice_has_each_way_once() {
        assert_eq!(widened("(client|buyer|guest) {x}"), parse("(client|guest|buyer) {x}").expect("a pattern"));
        assert_eq!(
            widened("[client] {x}"),
            parse("(client|guest|never) {x}")
                .map(|mut line| {
                    if let PatternItem::Choice(ways) = &mut line[0] {
                        ways[2] = Vec::new();
                    }
                    line
                })
                .expect("a pattern")
        );
    }
}
