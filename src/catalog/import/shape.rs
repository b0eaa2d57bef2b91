//! The path of an operation, as far as it says what the operation is about.

use crate::catalog::Lexicon;

use super::english::{Family, family, is, is_scaffold, is_verb};
use super::glued::Vocabulary;
use super::noun::singular_words;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Fixed text, as words.
    Fixed(Vec<String>),
    /// A variable, by the name it has in the file.
    Variable(String),
}

/// The steps of a path that say something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) parts: Vec<Part>,
    /// What stands behind the last variable and says in what form the answer comes: `mp3` of `/sounds/{id}.mp3`.
    pub(super) ending: String,
}

impl Shape {
    /// Takes a path apart; `scaffold` fixed segments at its front say nothing.
    pub(super) fn new(path: &str, scaffold: usize, vocabulary: &Vocabulary) -> Self {
        let words = |segment: &str| vocabulary.words(segment);
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let mut parts = Vec::new();
        let mut ending = String::new();
        let told = |segment: &&str| !segment.is_empty() && !is_version(segment);
        let segments = path.split('/').filter(|segment| !segment.is_empty()).skip(scaffold);
        for segment in segments.filter(|segment| told(segment)) {
            if let Some(open) = segment.find('{') {
                let name = segment[open + 1..].split('}').next().unwrap_or_default();
                parts.push(Part::Variable(name.to_owned()));
                // `/things/{id}:cancel`
                let after = segment.rsplit('}').next().unwrap_or_default();
                ending = after.strip_prefix('.').unwrap_or_default().to_lowercase();
                if let Some(action) = after.strip_prefix(':').filter(|action| !action.is_empty()) {
                    parts.push(Part::Fixed(words(action)));
                }
            } else if let Some((noun, action)) = segment.split_once(':').filter(|(n, a)| !n.is_empty() && !a.is_empty())
            {
                parts.push(Part::Fixed(words(noun)));
                parts.push(Part::Fixed(words(action)));
            } else {
                // `/users.list` is as good as `/users/list`; `.json` says nothing.
                let dotted = segment.split('.').filter(|part| !is("ending", &part.to_lowercase()));
                parts.extend(dotted.map(words).filter(|spoken| !spoken.is_empty()).map(Part::Fixed));
            }
        }
        // `/servers/{id}/actions/reboot`: what is done, and a word that says so.
        let mut at = 1;
        while at + 1 < parts.len() {
            let says_so =
                matches!(&parts[at], Part::Fixed(words) if matches!(words.join(" ").as_str(), "actions" | "action"));
            if says_so && matches!(&parts[at + 1], Part::Fixed(_)) {
                parts.remove(at);
            }
            at += 1;
        }
        ending.retain(|c| c.is_ascii_alphanumeric());
        Self { parts, ending }
    }

    /// `/deployments/{id}/pause_deployment` pauses: whatever it is done to stands before it already.
    pub(super) fn drop_own_noun(&mut self, lexicon: &Lexicon) {
        let [.., Part::Fixed(owner), Part::Variable(_), Part::Fixed(last)] = self.parts.as_mut_slice() else { return };
        let [verb, noun @ ..] = last.as_slice() else { return };
        let own = !noun.is_empty() && *noun == singular_words(owner)[..];
        if own && is_verb(lexicon, verb) && family(verb) == Family::Own {
            last.truncate(1);
        }
    }

    pub(super) fn last(&self) -> Option<&Part> {
        self.parts.last()
    }

    /// The words of the last fixed step before position `at`.
    pub(super) fn fixed_before(&self, at: usize) -> Option<&[String]> {
        self.parts[..at.min(self.parts.len())].iter().rev().find_map(|part| match part {
            Part::Fixed(words) => Some(words.as_slice()),
            Part::Variable(_) => None,
        })
    }

    /// The words of the fixed step right before position `at`.
    pub(super) fn fixed_right_before(&self, at: usize) -> Option<&[String]> {
        match at.checked_sub(1).and_then(|before| self.parts.get(before)) {
            Some(Part::Fixed(words)) => Some(words),
            _ => None,
        }
    }

    /// Names of the variables with the fixed step that stands right before each.
    pub(super) fn variables(&self) -> impl Iterator<Item = (&str, Option<&[String]>)> {
        self.parts.iter().enumerate().filter_map(|(at, part)| match part {
            Part::Variable(name) => Some((name.as_str(), self.fixed_right_before(at))),
            Part::Fixed(_) => None,
        })
    }

    /// The words of all fixed steps.
    pub(super) fn fixed(&self) -> impl Iterator<Item = &[String]> {
        self.parts.iter().filter_map(|part| match part {
            Part::Fixed(words) => Some(words.as_slice()),
            Part::Variable(_) => None,
        })
    }
}

/// Whether a segment only says which version of what stands beside it is meant: `2.0` of `/segments/2.0/{id}`, `v3`.
fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// How many fixed segments at the front of all paths say nothing: versions, `api`, and whatever every path begins with
/// as long as something else is left of each.
pub(super) fn scaffold(paths: &[&str]) -> Vec<usize> {
    let segments: Vec<Vec<&str>> =
        paths.iter().map(|path| path.split('/').filter(|segment| !segment.is_empty()).collect()).collect();
    let mut shared = 0;
    loop {
        let first = segments.first().and_then(|path| path.get(shared).copied());
        let same = first.filter(|first| !first.contains('{') && segments.len() > 3);
        let all = same
            .is_some_and(|same| segments.iter().all(|path| path.get(shared) == Some(&same) && path.len() > shared + 1));
        if !all {
            break;
        }
        shared += 1;
    }
    let own = |path: &Vec<&str>| {
        let further = path[shared.min(path.len())..].iter().take_while(|segment| is_scaffold(segment)).count();
        (shared + further).min(path.len().saturating_sub(1))
    };
    segments.iter().map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart() {
        let none = Vocabulary::default();
        let fixed = |text: &str| Part::Fixed(none.words(text));
        let variable = |name: &str| Part::Variable(name.to_owned());
        let parts = Shape::new("/v1/gift_cards/{cardId}:void.json?x=1", 1, &none).parts;
        assert_eq!(parts, [fixed("gift cards"), variable("cardId"), fixed("void json")]);
        assert_eq!(Shape::new("/pets/{id}.json", 0, &none).parts, [fixed("pets"), variable("id")]);
        assert_eq!(Shape::new("/segments/2.0/{id}", 0, &none).parts, [fixed("segments"), variable("id")]);
    }

    #[test]
    fn what_all_paths_share_says_nothing() {
        let paths = ["/api/v2/a", "/api/v2/b/{x}", "/api/v2/c", "/api/v2/a/{y}"];
        assert_eq!(scaffold(&paths), [2, 2, 2, 2]);
        assert_eq!(scaffold(&["/v1/a", "/v2/b", "/c"]), [1, 1, 0]);
        assert_eq!(scaffold(&["/api"]), [0]);
    }
}
