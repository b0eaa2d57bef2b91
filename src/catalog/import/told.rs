//! What the words of a summary or an `operationId` say is done, and to what.

use crate::catalog::Lexicon;

use super::english::{
    Family, base_form, family, is, is_adjective, is_article, is_determiner, is_particle_of, is_preposition,
    is_transparent, is_verb, means_many, words,
};
use super::noun::{is_plural, singular_word, singular_words};

/// "Add a tag to the shipment", taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// Base form, with its particle: `log in`; `mark as read`.
    pub(super) verb: String,
    /// What it is done to, in the singular, without articles; empty: nothing is named.
    pub(super) noun: Vec<String>,
    /// Whether the noun is a plural, or "multiple" is said of it.
    pub(super) many: bool,
    /// "multiple", "bulk".
    pub(super) bulk: bool,
    /// Prepositions with their nouns.
    pub(super) rest: Vec<(String, Vec<String>)>,
    /// What stands behind "if" or "whether".
    pub(super) clause: Vec<String>,
}

impl Told {
    pub(super) fn family(&self) -> Family {
        family(&self.verb)
    }

    /// Whether the words tell that something is changed or made.
    pub(super) fn changes(&self) -> bool {
        !matches!(self.family(), Family::Read | Family::Search | Family::Count | Family::Check)
    }

    /// Whether the words speak of the one who asks.
    pub(super) fn of_me(&self) -> bool {
        let mine = |words: &[String]| {
            let text = words.join(" ");
            ["authenticated user", "current user", "logged in user", "logged user", "own user", "own profile", "myself"]
                .iter()
                .any(|known| text.ends_with(known))
        };
        mine(&self.noun) || self.rest.iter().any(|(_, words)| mine(words))
    }
}

/// What a summary names beside the record that the path names: "revision" of "gist revision". Nothing when both are one.
pub(super) fn part_of(noun: &[String], told: &[String]) -> Option<Vec<String>> {
    let same = told.ends_with(noun) || told.join("").starts_with(&noun.join("")) && told.len() == noun.len();
    let rest = told.strip_prefix(noun).unwrap_or(told);
    (!same && !rest.is_empty()).then(|| rest.to_vec())
}

/// The longest summary that is taken for a command, in words.
const LONGEST: usize = 16;

/// What a summary says; nothing when it is no command.
pub(super) fn summary(text: &str, id: &[String], segment: &[String], lexicon: &Lexicon) -> Option<Told> {
    let mut spoken = plain(text);
    // "Permanently remove folder": how it is done is no part of the verb, except where that is what sets it apart.
    let adverb = spoken.first().filter(|first| spoken.len() > 2 && is("adverb", first)).cloned();
    if adverb.is_some() {
        spoken.remove(0);
    }
    let first = spoken.first()?;
    if spoken.len() > LONGEST {
        return None;
    }
    // "Progress of all students" tells of a thing.
    if spoken.get(1).is_some_and(|next| next == "of") {
        return None;
    }
    let articled = spoken.get(1).is_some_and(|next| is_article(next));
    let more = spoken.len() > 1;
    let known = |word: &str| {
        is_verb(lexicon, word)
            || spoken.get(1).is_some_and(|next| is_particle_of(word, next))
            || more && id.len() > 1 && id.first().is_some_and(|id| id == word)
            || more && !is_plural(segment) && segment.first().is_some_and(|s| s == word)
    };
    let verb = match base_form(first, known) {
        Some(verb) => verb,
        // "Refunds an order", "Void a label": whatever stands before an article is what is done.
        None if articled => past_tense(first, lexicon).unwrap_or_else(|| third_person(first)),
        None => return None,
    };
    let mut told = command(&verb, &spoken[1..]);
    if let Some(adverb) = adverb.filter(|_| matches!(told.family(), Family::Delete | Family::Remove)) {
        told.verb = format!("{adverb} {}", told.verb);
    }
    Some(told)
}

/// What an `operationId` says; nothing when it has no verb.
pub(super) fn operation_id(id: &[String], segments: &[Vec<String>], lexicon: &Lexicon) -> Option<Told> {
    let first = id.first()?;
    let known = |word: &str| is_verb(lexicon, word);
    // `instantiateTemplate`: what stands before the noun of the path is what is done.
    let of_path = |words: &[String]| segments.iter().any(|s| singular_words(s) == singular_words(words));
    if !known(first) && id.len() > 1 && of_path(&id[1..]) && !of_path(&id[..1]) {
        return Some(command(first, &id[1..]));
    }
    if let Some(verb) = base_form(first, known) {
        return Some(command(&verb, &id[1..]));
    }
    let (last, before) = id.split_last()?;
    let turned = !before.is_empty() && known(last) && family(last) != Family::Check;
    turned.then(|| command(last, before))
}

/// The words of an `operationId` without what only says where it stands: the controller, the tag, the version.
pub(super) fn id_words(id: &str, tags: &[String], segments: &[Vec<String>]) -> Vec<String> {
    let mut rest = id;
    if let Some((head, tail)) = id.split_once(['/', '.', ':', '#']).or_else(|| id.split_once("__")) {
        if !tail.is_empty() {
            rest = tail;
        }
        let _ = head;
    }
    if let Some((head, tail)) = rest.split_once('_') {
        let owner = words(head);
        let plain: Vec<String> = owner
            .iter()
            .filter(|w| !["controller", "resource", "api", "service"].contains(&w.as_str()))
            .cloned()
            .collect();
        let is_tag = tags.iter().any(|tag| singular_words(&words(tag)) == singular_words(&plain));
        let is_segment = segments.iter().any(|s| singular_words(s) == singular_words(&plain));
        let controller = owner.len() > plain.len();
        if controller || (is_tag || is_segment) && head.chars().next().is_some_and(char::is_uppercase) {
            rest = tail;
        }
    }
    let mut found = words(rest);
    let suffixes: &[&[&str]] = &[
        &["using", "get"],
        &["using", "post"],
        &["using", "put"],
        &["using", "delete"],
        &["using", "patch"],
        &["for", "authenticated", "user"],
        &["by", "authenticated", "user"],
        &["by", "id"],
        &["by", "ids"],
        &["by", "uuid"],
        &["by", "slug"],
        &["by", "key"],
        &["endpoint"],
        &["v1"],
        &["v2"],
        &["v3"],
        &["api"],
    ];
    // `ContainerList` of the tag "Container" lists.
    let lead = tags.iter().map(|tag| words(tag)).find(|tag| {
        let same = found.len() > tag.len() && singular_words(&found[..tag.len()]) == singular_words(tag);
        same && !tag.is_empty()
    });
    if let Some(lead) = lead {
        found.drain(..lead.len());
    }
    while let Some(cut) = suffixes.iter().find(|suffix| found.len() > suffix.len() && found.ends_with_words(suffix)) {
        found.truncate(found.len() - cut.len());
    }
    found
}

trait EndsWith {
    fn ends_with_words(&self, suffix: &[&str]) -> bool;
}

impl EndsWith for Vec<String> {
    fn ends_with_words(&self, suffix: &[&str]) -> bool {
        self.len() >= suffix.len() && self[self.len() - suffix.len()..].iter().zip(suffix).all(|(a, b)| a == b)
    }
}

fn command(verb: &str, rest: &[String]) -> Told {
    let mut told = Told { verb: verb.to_owned(), ..Told::default() };
    let mut rest = rest;
    if let Some((particle, more)) = rest.split_first()
        && is_particle_of(verb, particle)
        && more.first().is_none_or(|next| is_article(next) || !is_preposition(next))
    {
        told.verb = format!("{verb} {particle}");
        rest = more;
    }
    if verb == "find" {
        // Frameworks name their handlers `findAll`, `findOne`, `findById`.
        let handler = rest.first().is_none_or(|next| ["all", "one", "by", "many"].contains(&next.as_str()));
        if handler {
            "get".clone_into(&mut told.verb);
            told.many = rest.first().is_some_and(|next| next != "one" && next != "by");
            if rest.first().is_some_and(|next| next == "by") {
                told.rest.push(("by".to_owned(), singular_words(&rest[1..])));
                return told;
            }
            rest = rest.get(1..).unwrap_or(&[]);
        }
    }
    if rest.first().is_some_and(|next| matches!(next.as_str(), "if" | "whether" | "that")) {
        told.clause = rest[1..].to_vec();
        return told;
    }
    let mut parts = parts(rest);
    let (noun, many, bulk) = parts.remove(0).1;
    told.noun = noun;
    told.many |= many;
    told.bulk = bulk;
    told.rest = parts.into_iter().map(|(preposition, (noun, ..))| (preposition, noun)).collect();
    see_through(&mut told, parts_many(rest));
    see_done(&mut told);
    // "A public or private channel" is a channel.
    let either = told.rest.first().is_some_and(|(joint, noun)| is("either", joint) && noun.len() > 1);
    if either && is_adjective(&told.noun) {
        let noun = told.rest.remove(0).1;
        let lead = noun[..noun.len() - 1].iter().take_while(|word| is_adjective(std::slice::from_ref(*word))).count();
        told.noun = noun[lead..].to_vec();
    }
    if let Some((_, state)) = told.rest.iter().find(|(p, n)| p == "as" && !n.is_empty())
        && ["mark", "set", "flag", "report", "read"].contains(&told.verb.as_str())
    {
        told.verb = format!("{} as {}", told.verb, state.join(" "));
        told.rest.retain(|(p, _)| p != "as");
    }
    told
}

/// "a list of products" is about products.
fn see_through(told: &mut Told, last_many: bool) {
    let counted = told.noun.last().is_some_and(|head| matches!(head.as_str(), "count" | "number" | "total"));
    let transparent = told.noun.last().is_some_and(|head| is_transparent(head));
    let of =
        told.rest.first().is_some_and(|(p, n)| matches!(p.as_str(), "of" | "about" | "for" | "on") && !n.is_empty());
    if !of || !(counted || transparent) || told.noun.len() > 1 && !counted {
        return;
    }
    if counted {
        "count".clone_into(&mut told.verb);
    }
    let (_, noun) = told.rest.remove(0);
    told.many = transparent
        && told
            .noun
            .last()
            .is_some_and(|head| matches!(head.as_str(), "list" | "collection" | "array" | "set" | "page"))
        || last_many;
    told.noun = noun;
}

/// "Perform a partial update to a feature" updates a feature.
fn see_done(told: &mut Told) {
    let done = told.noun.last().filter(|_| is("light-verb", &told.verb)).filter(|done| family(done) != Family::Own);
    if let Some(done) = done.cloned()
        && told.rest.first().is_some_and(|(_, noun)| !noun.is_empty())
    {
        told.verb = done;
        told.noun = told.rest.remove(0).1;
    }
}

fn parts_many(rest: &[String]) -> bool {
    parts(rest).get(1).is_some_and(|(_, (_, many, _))| *many)
}

type NounPhrase = (Vec<String>, bool, bool);

/// The noun phrases of a command, each behind its preposition; the first behind none.
fn parts(rest: &[String]) -> Vec<(String, NounPhrase)> {
    let mut out: Vec<(String, Vec<String>)> = vec![(String::new(), Vec::new())];
    for (at, word) in rest.iter().enumerate() {
        // "Processes running inside a container".
        let going =
            at > 0 && word.len() > 5 && word.ends_with("ing") && rest.get(at + 1).is_some_and(|w| is_preposition(w));
        if is_preposition(word) || going {
            out.push((word.clone(), Vec::new()));
        } else if let Some((_, noun)) = out.last_mut() {
            noun.push(word.clone());
        }
    }
    out.into_iter().map(|(preposition, words)| (preposition, noun_phrase(&words))).collect()
}

fn noun_phrase(words: &[String]) -> NounPhrase {
    // The last word is what is spoken of: "a batch" is one.
    let before = &words[..words.len().saturating_sub(1)];
    let bulk = before.iter().any(|word| means_many(word));
    let last = words.last().filter(|word| !is_determiner(word)).cloned();
    let kept: Vec<String> =
        before.iter().filter(|word| !is_determiner(word) && !means_many(word)).cloned().chain(last).collect();
    let plain: Vec<String> = kept.iter().filter(|word| !matches!(word.as_str(), "id" | "ids")).cloned().collect();
    let mut kept = if plain.is_empty() { kept } else { plain };
    // "Put a room back into service", "take the room away": the particle belongs to the verb.
    if kept.len() > 1 && kept.last().is_some_and(|last| is("particle", last)) {
        kept.pop();
    }
    let parted = kept.iter().flat_map(|word| word.split('-')).filter(|word| !word.is_empty()).map(str::to_owned);
    let kept: Vec<String> = parted.collect();
    let many = bulk || kept.last().is_some_and(|word| singular_word(word) != *word);
    (singular_words(&kept), many, bulk)
}

/// The words of a summary's first sentence, in lower case, without brackets and marks.
pub(super) fn spoken_words(text: &str) -> Vec<String> {
    plain(text)
}

/// The words of a summary's first sentence, in lower case, without brackets and marks.
fn plain(text: &str) -> Vec<String> {
    let mut text = text.trim();
    while let Some((_, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        text = rest.trim_start();
    }
    let sentence = text.split(". ").next().unwrap_or(text);
    let sentence = sentence.split(" - ").next().unwrap_or(sentence);
    let mut depth = 0_usize;
    let mut bare = String::with_capacity(sentence.len());
    for c in sentence.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '/' | ',' | ';' if depth == 0 => bare.push(' '),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let word = |word: &str| {
        let word: String = word.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')).collect();
        let word = word.to_lowercase().replace("e-mail", "email");
        word.trim_end_matches("'s").trim_end_matches("’s").trim_matches(['-', '\'', '’']).to_owned()
    };
    bare.split_whitespace().map(word).filter(|word| !word.is_empty()).collect()
}

/// The base form of a verb in the past: "Uploaded a profile image".
fn past_tense(word: &str, lexicon: &Lexicon) -> Option<String> {
    let stem = word.strip_suffix("ed")?;
    let known = |word: &str| is_verb(lexicon, word) || super::english::is_any_verb(word);
    [format!("{stem}e"), stem.to_owned()].into_iter().find(|form| known(form))
}

/// The base form of a word that is a verb in the third person, or one already.
fn third_person(word: &str) -> String {
    for (ending, instead) in [("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", "")] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 1 && !word.ends_with("ss")) {
            return format!("{stem}{instead}");
        }
    }
    word.to_owned()
}
