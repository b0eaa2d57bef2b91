//! What little English the importer knows beside the lexicon: which words of a summary carry no meaning, and what the
//! usual verbs of API descriptions ask for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::catalog::Lexicon;
use crate::catalog::inflect::spoken;

/// What a verb asks for, as far as that decides how an operation is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// To see one or many.
    Read,
    /// To look for something.
    Search,
    /// To be told how many.
    Count,
    /// To be told whether.
    Check,
    /// To make one.
    Create,
    /// To put one to another.
    Add,
    /// To change one.
    Update,
    /// To make one go away.
    Delete,
    /// To take one from another.
    Remove,
    /// Anything else: the verb itself is what people say.
    Own,
}

const FAMILIES: &[(Family, &str)] = &[
    (Family::Read, "read"),
    (Family::Search, "search"),
    (Family::Count, "count"),
    (Family::Check, "check"),
    (Family::Create, "create"),
    (Family::Add, "add"),
    (Family::Update, "update"),
    (Family::Delete, "delete"),
    (Family::Remove, "remove"),
];

const WORDS: &str = include_str!("../../../grammar/openapi-words.txt");

/// A word with what it is paired with.
type Pair = (&'static str, Vec<&'static str>);

/// The sets of the word file, each with its words; a pair is a word with what stands behind its `=`.
static SETS: LazyLock<BTreeMap<&'static str, Vec<Pair>>> = LazyLock::new(|| {
    let mut sets = BTreeMap::new();
    let mut open = "";
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let words = match line.split_once(':') {
            Some((name, words)) => {
                open = name;
                words
            }
            None => line,
        };
        let set: &mut Vec<Pair> = sets.entry(open).or_default();
        for word in words.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match word.split_once(" = ") {
                Some((word, pair)) => set.push((word, vec![pair])),
                // What a comma parts from the last pair belongs to it.
                None if is_pairs(open) => {
                    if let Some((_, pairs)) = set.last_mut() {
                        pairs.push(word);
                    }
                }
                None => set.push((word, Vec::new())),
            }
        }
    }
    sets.remove("");
    sets
});

/// Sets whose words are paired with others.
fn is_pairs(set: &str) -> bool {
    matches!(
        set,
        "deed"
            | "synonym"
            | "state-verb"
            | "flag"
            | "short-for"
            | "said-for"
            | "asked-as"
            | "past"
            | "done-as"
            | "field-name"
            | "adjective-as"
            | "value-as"
            | "opposite"
            | "field-role"
            | "range-pair"
            | "thing-verb"
            | "key-of-table"
            | "unit"
            | "lead-synonym"
            | "asked-of"
            | "becoming"
            | "joined-people"
            | "unbecoming"
    )
}

/// Whether a set of the word file has the word.
pub(super) fn is(set: &str, word: &str) -> bool {
    has(set, word)
}

/// The words of a set, in the order of the word file.
pub(super) fn all(set: &str) -> impl Iterator<Item = &'static str> {
    SETS.get(set).into_iter().flatten().map(|(word, _)| *word)
}

/// Whether a set has the word.
fn has(set: &str, word: &str) -> bool {
    SETS.get(set).is_some_and(|words| words.iter().any(|(known, _)| *known == word))
}

/// What a set pairs the word with.
pub(super) fn pairs(set: &str, word: &str) -> &'static [&'static str] {
    let found = SETS.get(set).and_then(|words| words.iter().find(|(known, _)| *known == word));
    found.map_or(&[], |(_, pairs)| pairs.as_slice())
}

/// The words that a set pairs with that one.
pub(super) fn paired_with<'w>(set: &str, pair: &'w str) -> impl Iterator<Item = &'static str> + use<'w> {
    let words = SETS.get(set).into_iter().flatten();
    words.filter(move |(_, pairs)| pairs.contains(&pair)).map(|(word, _)| *word)
}

/// `tickets` for `/api/v2/tickets`: what says nothing of what a request is about.
pub(super) fn is_scaffold(segment: &str) -> bool {
    let lower = segment.to_lowercase();
    let version = lower.strip_prefix('v').unwrap_or(&lower);
    let number = !version.is_empty() && version.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '_' | '-'));
    let begins = lower.split(['-', '_']).next().is_some_and(|first| first == "api");
    number || begins || is("scaffold", &lower)
}

pub(super) fn is_me(words: &str) -> bool {
    has("me", words)
}

pub(super) fn is_adjective(words: &[String]) -> bool {
    let [word] = words else { return false };
    let participle = word.len() > 4 && (word.ends_with("ed") || word == "sent" || word == "hidden");
    has("adjective", word) || participle && !["feed", "seed", "embed", "need"].contains(&word.as_str())
}

pub(super) fn is_article(word: &str) -> bool {
    has("article", word)
}

pub(super) fn is_determiner(word: &str) -> bool {
    has("determiner", word)
}

pub(super) fn means_many(word: &str) -> bool {
    has("many", word)
}

pub(super) fn is_preposition(word: &str) -> bool {
    has("preposition", word)
}

pub(super) fn is_transparent(word: &str) -> bool {
    has("transparent", word)
}

pub(super) fn is_particle_of(verb: &str, word: &str) -> bool {
    has("with-particle", verb) && has("particle", word)
}

pub(super) fn is_verbable(noun: &str) -> bool {
    has("verbable", noun)
}

/// The verb that makes such a noun: inviting makes an invitation.
pub(super) fn deed(noun: &str) -> Option<&'static str> {
    pairs("deed", noun).first().copied()
}

/// What a record may be marked as: words of paths that name a state, not a deed.
pub(super) fn is_state(word: &str) -> bool {
    has("state", word)
}

/// What is uploaded rather than created.
pub(super) fn is_uploaded(noun: &str) -> bool {
    has("uploaded", noun.rsplit(' ').next().unwrap_or(noun))
}

/// Plurals of which there is one for whatever they belong to: settings.
pub(super) fn is_one_of_a_kind(word: &str) -> bool {
    has("one-of-a-kind", word)
}

/// What people call a thing beside its own name.
pub(super) fn synonyms(noun: &str) -> &'static [&'static str] {
    pairs("synonym", noun)
}

pub(super) fn is_person(noun: &str) -> bool {
    let last = noun.rsplit(' ').next().unwrap_or(noun);
    has("person", last)
}

/// The family of a verb in its base form; `Own` for any that is in none.
pub(super) fn family(verb: &str) -> Family {
    let first = verb.split(' ').next().unwrap_or(verb);
    if let Some((family, _)) = FAMILIES.iter().find(|(_, set)| verb.contains(' ') && has(set, verb)) {
        return *family;
    }
    if verb.contains(' ') && has("with-particle", first) {
        return Family::Own;
    }
    FAMILIES.iter().find(|(_, set)| has(set, first)).map_or(Family::Own, |(family, _)| *family)
}

/// The words of a name: `gift_cards` → `gift`, `cards`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut found: Vec<String> = spoken(name).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    // `ProjectIDFK`, `project_fk`: keys of other tables are ids.
    if let Some(last) = found.last_mut().and_then(|last| pairs("key-of-table", last).first().map(|id| (last, id))) {
        (*last.1).clone_into(last.0);
    }
    found
}

/// What people say for the verbs of a family, beside its own verb.
pub(super) fn alternatives_of(wanted: Family) -> impl Iterator<Item = &'static str> {
    let name = FAMILIES.iter().find(|(family, _)| *family == wanted).map_or("", |(_, set)| *set);
    pairs("said-for", name).iter().copied()
}

/// Whether the word file has it as a verb of any kind.
pub(super) fn is_any_verb(word: &str) -> bool {
    family(word) != Family::Own || has("verb", word)
}

/// Whether the lexicon has it as a verb that means little else.
pub(super) fn is_verb(lexicon: &Lexicon, word: &str) -> bool {
    family(word) != Family::Own
        || has("verb", word)
        || lexicon.verbs.iter().any(|class| class.words.iter().any(|known| known == word))
}

/// The one class of the lexicon that has the verb among its own words; none when two have.
pub(super) fn class_of<'a>(lexicon: &'a Lexicon, verb: &str) -> Option<&'a str> {
    // A class of doings that have little in common says nothing of any of them.
    let whole = || lexicon.verbs.iter().filter(|class| !has("mixed-class", &class.name));
    let mut having = whole().filter(|class| class.words.iter().any(|known| known == verb));
    let named = lexicon.verbs.get(verb).filter(|class| !has("mixed-class", &class.name));
    match (named, having.next(), having.next()) {
        (Some(class), ..) | (None, Some(class), None) => Some(&class.name),
        _ => None,
    }
}

/// The base form of a word that may be a third person ("creates") or a gerund ("creating"), when `known` has it.
pub(super) fn base_form(word: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    if known(word) {
        return Some(word.to_owned());
    }
    let mut forms: Vec<String> = Vec::new();
    if let Some(stem) = word.strip_suffix("ies") {
        forms.push(format!("{stem}y"));
    }
    forms.extend(word.strip_suffix('s').map(str::to_owned));
    forms.extend(word.strip_suffix("es").map(str::to_owned));
    if let Some(stem) = word.strip_suffix("ing") {
        forms.push(stem.to_owned());
        forms.push(format!("{stem}e"));
        let doubled = stem.as_bytes().last_chunk::<2>().is_some_and(|[a, b]| a == b);
        if doubled {
            forms.extend(stem.get(..stem.len() - 1).map(str::to_owned));
        }
    }
    forms.into_iter().find(|form| known(form))
}
