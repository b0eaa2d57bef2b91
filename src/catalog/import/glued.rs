//! What the segments of paths leave unsaid: words that are written in one (`deleteimage`, `businessusers`), and those that
//! are cut short to a letter (`/t/{id}` for topics).

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Lexicon;
use crate::catalog::openapi::Spec;

use super::english::{is, is_verb, words};
use super::noun::{plural_of, singular_word};

/// The shortest word that is taken for several.
const SHORTEST: usize = 7;
/// The shortest part of such a word.
const PART: usize = 3;
/// The most words that are written in one.
const MOST: usize = 3;
/// The longest segment that stands for a word as its first letters.
const LETTERS: usize = 2;

/// The words that a specification uses, and what its short segments stand for.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: BTreeSet<String>,
    verbs: BTreeSet<String>,
    short: BTreeMap<String, Vec<String>>,
    joined: BTreeMap<String, Vec<String>>,
    /// Words that stand side by side in what people read, by what they come to when they are written in one.
    beside: BTreeMap<String, Vec<String>>,
    /// Those words.
    spoken: BTreeSet<String>,
    /// Words with hyphens, as they are and as they are said apart.
    hyphened: BTreeMap<String, String>,
}

impl Vocabulary {
    /// Gathers what summaries, tags and ids say.
    pub(super) fn of(spec: &Spec, lexicon: &Lexicon) -> Self {
        let mut all = Self::default();
        for operation in &spec.operations {
            let summary = operation.summary.to_lowercase();
            all.words
                .extend(summary.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned));
            // "On-call" is written `oncall` in paths.
            let hyphened = summary.split_whitespace().filter(|word| word.contains('-'));
            let hyphened: Vec<&str> = hyphened.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
            all.hyphened.extend(hyphened.iter().map(|word| (word.replace('-', " "), (*word).to_owned())));
            let hyphened =
                hyphened.into_iter().map(|word| word.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()));
            let parts = hyphened.map(|parts| parts.map(str::to_owned).collect::<Vec<String>>());
            all.joined.extend(parts.map(|parts| (parts.concat(), parts)));
            // "JSApp" is written `jsapp` in paths.
            let camel =
                operation.summary.split(|c: char| !c.is_alphanumeric()).map(words).filter(|parts| parts.len() > 1);
            all.joined.extend(camel.map(|parts| (parts.concat(), parts)));
            // "Single Sends" are written `singlesends` in paths.
            let texts = operation.tags.iter().map(String::as_str).chain([operation.summary.as_str()]);
            let pairs = texts.flat_map(|text| pairs_of(&text.to_lowercase())).collect::<Vec<_>>();
            all.spoken.extend(pairs.iter().flatten().cloned());
            all.beside.extend(pairs.into_iter().map(|parts| (parts.concat(), parts)));
            all.words.extend(operation.tags.iter().flat_map(|tag| words(tag)));
            all.words.extend(operation.id.iter().flat_map(|id| words(id)));
            all.words.extend(operation.params.iter().flat_map(|param| words(&param.name)));
        }
        // What is written in one anywhere is one word.
        let beside = std::mem::take(&mut all.beside);
        let apart = beside.into_iter().filter(|(whole, _)| !all.spoken.contains(whole));
        for (whole, parts) in apart.collect::<Vec<_>>() {
            all.joined.entry(whole).or_insert(parts);
        }
        let segments = || spec.operations.iter().flat_map(|o| o.path.split('/').map(move |segment| (o, segment)));
        for (operation, segment) in segments() {
            let plain = segment.split('.').next().unwrap_or(segment).to_lowercase();
            let letters = !plain.is_empty() && plain.chars().all(|c| c.is_ascii_lowercase());
            if letters && plain.len() <= LETTERS && !all.words.contains(&plain) && !all.short.contains_key(&plain) {
                let tag = operation.tags.iter().map(|tag| words(tag)).find(|tag| tag.concat().starts_with(&plain));
                all.short.extend(tag.map(|tag| (plain, tag)));
            } else if letters {
                all.verbs.extend(
                    (PART..plain.len())
                        .filter_map(|at| plain.get(..at))
                        .filter(|w| is_verb(lexicon, w))
                        .map(str::to_owned),
                );
            }
        }
        all
    }

    /// A name as it is written with hyphens somewhere: "real-time decision".
    pub(super) fn hyphened(&self, name: &str) -> Option<String> {
        let padded = format!(" {name} ");
        let found = self.hyphened.iter().find(|(apart, _)| padded.contains(&format!(" {apart} ")));
        found.map(|(apart, word)| padded.replace(&format!(" {apart} "), &format!(" {word} ")).trim().to_owned())
    }

    /// The words of a segment.
    pub(super) fn words(&self, segment: &str) -> Vec<String> {
        let spoken = words(segment);
        if let [short] = spoken.as_slice()
            && let Some(meant) = self.short.get(short)
        {
            return meant.clone();
        }
        spoken.into_iter().flat_map(|word| self.parted(word)).collect()
    }

    fn parted(&self, word: String) -> Vec<String> {
        if let Some(parts) = self.joined.get(&word) {
            return parts.clone();
        }
        let one = singular_word(&word);
        if let Some(parts) = self.joined.get(&one).filter(|_| one != word) {
            let mut parts = parts.clone();
            parts.last_mut().into_iter().for_each(|last| *last = plural_of(last));
            return parts;
        }
        let whole = word.len() < SHORTEST || !word.is_ascii() || self.knows(&word);
        let parts = if whole { None } else { self.parts(&word, MOST) };
        parts.unwrap_or_else(|| vec![word])
    }

    fn parts(&self, word: &str, most: usize) -> Option<Vec<String>> {
        if word.len() >= PART && self.knows(word) {
            return Some(vec![word.to_owned()]);
        }
        if most < 2 || word.len() < 2 * PART {
            return None;
        }
        (PART..=word.len() - PART).rev().find_map(|at| {
            let (head, tail) = word.split_at(at);
            let known = self.knows(head) || self.verbs.contains(head);
            let rest = known.then(|| self.parts(tail, most - 1)).flatten()?;
            Some([vec![head.to_owned()], rest].concat())
        })
    }

    fn knows(&self, word: &str) -> bool {
        self.words.contains(word) || self.words.contains(&singular_word(word))
    }
}

/// The words of a text two by two, without those that only join a verb to its particle.
fn pairs_of(text: &str) -> Vec<Vec<String>> {
    let spoken: Vec<&str> = text.split_whitespace().collect();
    let plain = |word: &str| word.len() >= PART && word.chars().all(|c| c.is_ascii_alphabetic());
    let pair = |pair: &[&str]| match pair {
        [first, second] => plain(first) && plain(second) && !is("particle", second),
        _ => false,
    };
    spoken.windows(2).filter(|w| pair(w)).map(|w| w.iter().map(|word| (*word).to_owned()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_said_apart_elsewhere_are_parted() {
        let said = ["business", "user", "delete", "all", "image", "notification", "gift", "card"];
        let vocabulary = Vocabulary {
            words: said.map(str::to_owned).into(),
            verbs: ["upload".to_owned()].into(),
            short: [("t".to_owned(), vec!["topics".to_owned()])].into(),
            hyphened: [("on call".to_owned(), "on-call".to_owned())].into(),
            joined: [("oncall".to_owned(), vec!["on".to_owned(), "call".to_owned()])].into(),
            ..Vocabulary::default()
        };
        let parted = |text: &str| vocabulary.words(text).join(" ");
        assert_eq!(parted("businessusers"), "business users");
        assert_eq!(parted("deleteallimages"), "delete all images");
        assert_eq!(parted("uploadimage"), "upload image");
        assert_eq!(parted("notifications"), "notifications");
        assert_eq!(parted("giftCards"), "gift cards");
        assert_eq!(parted("warehouses"), "warehouses");
        assert_eq!(parted("t"), "topics");
        assert_eq!(parted("oncall"), "on call");
        assert_eq!(vocabulary.hyphened("on call schedule"), Some("on-call schedule".to_owned()));
        assert_eq!(vocabulary.hyphened("schedule"), None);
    }
}
