use std::collections::BTreeSet;

use super::Candidate;
use super::wording::{fold, phone_digits, same_phone, words};
use crate::diagnostic::closest;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The name as it was given.
    pub text: &'a str,
    /// Only records under this one count.
    pub parent: Option<&'a str>,
    /// Words that say what kind of record it is, its parent's too ("the Sales pipeline"), lower case.
    pub nouns: &'a [String],
    /// Words that hold a name together without being part of it ("of", "the"), lower case.
    pub glue: &'a [&'a [String]],
    /// Only the whole name counts: it is the name itself that will be sent.
    pub whole: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The one.
    One(Candidate),
    /// Several that fit equally well: ask.
    Several(Vec<Candidate>),
    /// None; names that are near, the nearest first.
    None(Vec<String>),
}

/// Chooses by name. A name that fits whole beats one that fits in part; what fits equally well is never chosen between.
pub fn choose(wanted: &Wanted, candidates: &[Candidate]) -> Found {
    let within: Vec<&Candidate> = candidates
        .iter()
        .filter(|c| wanted.parent.is_none_or(|p| c.parent.as_ref().is_none_or(|(id, _)| id == p)))
        .collect();
    let folded = fold(wanted.text);
    let bare = without(&folded, wanted.nouns);
    let tests: [&dyn Fn(&Candidate) -> bool; 5] = [
        &|c| is_exactly(c, &folded),
        &|c| !bare.is_empty() && bare != folded && is_exactly(c, &bare),
        &|c| is_under(c, &folded, wanted),
        &|c| is_part(c, &folded),
        &|c| !bare.is_empty() && bare != folded && is_part(c, &bare),
    ];
    for test in tests.into_iter().take(if wanted.whole { 1 } else { 5 }) {
        let fitting: Vec<Candidate> = unique(within.iter().copied().filter(|c| test(c)));
        match fitting.len() {
            0 => {}
            1 => return fitting.into_iter().next().map_or(Found::None(Vec::new()), Found::One),
            _ => return Found::Several(fitting),
        }
    }
    Found::None(near(&folded, &within))
}

fn unique<'a>(fitting: impl Iterator<Item = &'a Candidate>) -> Vec<Candidate> {
    let mut seen = BTreeSet::new();
    fitting.filter(|c| seen.insert(c.id.clone())).cloned().collect()
}

fn is_exactly(candidate: &Candidate, wanted: &str) -> bool {
    let digits = phone_digits(wanted);
    names(candidate).any(|name| {
        name == wanted || digits.as_ref().is_some_and(|d| phone_digits(&name).is_some_and(|n| same_phone(&n, d)))
    }) || joins(candidate, wanted)
}

fn names(candidate: &Candidate) -> impl Iterator<Item = String> + '_ {
    candidate.keys.iter().chain([&candidate.label, &candidate.id]).map(|k| fold(k))
}

/// Whether two keys one after the other give the name: a first and a last name.
fn joins(candidate: &Candidate, wanted: &str) -> bool {
    candidate.keys.windows(2).any(|pair| format!("{} {}", fold(&pair[0]), fold(&pair[1])) == wanted)
}

/// Whether every word of what is wanted is a word of one of the names.
fn is_part(candidate: &Candidate, wanted: &str) -> bool {
    let wanted = words(wanted);
    let known: Vec<String> = names(candidate).collect();
    let all: Vec<&str> = known.iter().flat_map(|k| words(k)).collect();
    !wanted.is_empty() && wanted.iter().all(|w| all.contains(w))
}

/// "Proposal of pipeline Sales": the name and its parent's name, and nothing else but nouns and glue.
fn is_under(candidate: &Candidate, wanted: &str, how: &Wanted) -> bool {
    let Some((_, parent)) = &candidate.parent else { return false };
    let parent = fold(parent);
    let extra = |w: &&str| how.nouns.iter().chain(how.glue.iter().copied().flatten()).any(|known| known == w);
    let said: BTreeSet<&str> = words(wanted).into_iter().collect();
    candidate.keys.iter().map(|k| fold(k)).any(|own| {
        let both: BTreeSet<&str> = words(&own).into_iter().chain(words(&parent)).collect();
        both.is_subset(&said) && said.difference(&both).all(extra)
    })
}

/// The name without the words that only say what kind of record it is.
fn without(folded: &str, nouns: &[String]) -> String {
    let mut rest = folded;
    for noun in nouns {
        let noun = noun.as_str();
        rest = rest.strip_prefix(noun).filter(|r| r.starts_with(' ')).map_or(rest, str::trim_start);
        rest = rest.strip_suffix(noun).filter(|r| r.ends_with(' ')).map_or(rest, str::trim_end);
    }
    rest.to_owned()
}

fn near(wanted: &str, candidates: &[&Candidate]) -> Vec<String> {
    let spelt = closest(wanted, candidates.iter().map(|c| c.label.as_str()), 3);
    if !spelt.is_empty() {
        return spelt.into_iter().map(str::to_owned).collect();
    }
    let mut out: Vec<String> = Vec::new();
    let starts = candidates.iter().filter(|c| {
        let name = fold(&c.label);
        words(wanted).iter().any(|w| w.len() > 1 && words(&name).iter().any(|n| n.starts_with(w) || w.starts_with(n)))
    });
    for label in starts.map(|c| c.label.clone()) {
        if !out.contains(&label) && out.len() < 3 {
            out.push(label);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, name: &str, email: &str) -> Candidate {
        Candidate { id: id.into(), label: name.into(), keys: vec![name.into(), email.into()], parent: None }
    }

    fn stage(id: &str, name: &str, pipeline: &str) -> Candidate {
        let parent = Some((pipeline.to_lowercase(), pipeline.to_owned()));
        Candidate { id: id.into(), label: name.into(), keys: vec![name.into()], parent }
    }

    fn chosen(text: &str, candidates: &[Candidate]) -> Vec<String> {
        let nouns: Vec<String> = ["pipeline", "stage"].map(Into::into).into();
        let glue: Vec<String> = ["of", "the", "in"].map(Into::into).into();
        match choose(&Wanted { text, parent: None, nouns: &nouns, glue: &[&glue], whole: false }, candidates) {
            Found::One(c) => vec![c.id],
            Found::Several(all) => all.into_iter().map(|c| c.id).collect(),
            Found::None(near) => near.into_iter().map(|n| format!("near {n}")).collect(),
        }
    }

    #[test]
    fn a_whole_name_beats_a_part() {
        let people = [person("1", "Jane Doe", "jane@x.com"), person("2", "Jane Doe Smith", "jds@x.com")];
        assert_eq!(chosen("jane doe", &people), ["1"]);
        assert_eq!(chosen("Jane", &people), ["1", "2"]);
        assert_eq!(chosen("JDS@x.com", &people), ["2"]);
    }

    #[test]
    fn part_of_a_word_is_only_a_hint() {
        let people = [person("1", "Jane Doe", "jane@x.com")];
        assert_eq!(chosen("Jan", &people), ["near Jane Doe"]);
        assert_eq!(chosen("Jnae Doe", &people), ["near Jane Doe"]);
        assert!(chosen("Zoltan", &people).is_empty());
    }

    #[test]
    fn the_same_record_found_twice_is_one() {
        let people = [person("1", "Jane Doe", "a@x.com"), person("1", "Jane Doe", "a@x.com")];
        assert_eq!(chosen("Jane Doe", &people), ["1"]);
    }

    #[test]
    fn a_parent_that_is_named_restricts() {
        let stages = [stage("1", "Proposal", "Sales"), stage("2", "Proposal", "Partners"), stage("3", "New", "Sales")];
        assert_eq!(chosen("Proposal", &stages), ["1", "2"]);
        assert_eq!(chosen("Proposal of pipeline Sales", &stages), ["1"]);
        assert_eq!(chosen("Proposal in the Partners pipeline", &stages), ["2"]);
        assert_eq!(chosen("stage New", &stages), ["3"]);
        assert_eq!(chosen("Proposal of pipeline Support", &stages), ["near Proposal"]);
    }

    #[test]
    fn first_and_last_name_join() {
        let split = Candidate {
            id: "1".into(),
            label: "JD".into(),
            keys: vec!["Jane".into(), "Doe".into(), "+15551234567".into()],
            parent: None,
        };
        assert_eq!(chosen("jane doe", std::slice::from_ref(&split)), ["1"]);
        assert_eq!(chosen("(555) 123-4567", &[split]), ["1"]);
    }
}
