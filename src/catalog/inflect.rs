//! English inflections, derived when the vocabulary is built so that nothing is stemmed at run time.

use serde::{Deserialize, Serialize};

/// The form of a verb, which tells an order ("add") from what was or is being done ("added", "adding").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Form {
    /// As it stands in an order.
    Base,
    /// Third person.
    Third,
    /// Past or passive participle.
    Past,
    /// With -ing.
    Gerund,
}

/// The base form of a verb phrase with its third person, past and gerund; only the first word is inflected. `irregular`
/// lists pasts that no rule gives: the base, then every past form ("write wrote written").
#[must_use]
pub fn verb_forms(phrase: &str, irregular: &[String]) -> Vec<(String, Form)> {
    let (first, rest) = phrase.split_once(' ').map_or((phrase, ""), |(first, rest)| (first, rest));
    let mut forms = vec![(first.to_owned(), Form::Base), (plural(first), Form::Third)];
    let pasts = irregular.iter().filter_map(|line| line.split_once(' ')).filter(|(base, _)| *base == first);
    forms.extend(pasts.flat_map(|(_, pasts)| pasts.split(' ')).map(|past| (past.to_owned(), Form::Past)));
    forms.extend([(past(first), Form::Past), (gerund(first), Form::Gerund)]);
    if doubles(first) {
        let last = &first[first.len() - 1..];
        forms.extend([(format!("{first}{last}ed"), Form::Past), (format!("{first}{last}ing"), Form::Gerund)]);
    }
    if rest.is_empty() {
        return forms;
    }
    forms.into_iter().map(|(form, kind)| (format!("{form} {rest}"), kind)).collect()
}

/// Regular plural of a noun phrase; its last word is inflected.
#[must_use]
pub fn plural(noun: &str) -> String {
    let ends = |tails: &[&str]| tails.iter().any(|t| noun.ends_with(t));
    if ends(&["s", "x", "z", "ch", "sh"]) {
        return format!("{noun}es");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// Regular past of a verb.
#[must_use]
pub fn past(verb: &str) -> String {
    if verb.ends_with('e') {
        return format!("{verb}d");
    }
    match verb.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ied"),
        _ => format!("{verb}ed"),
    }
}

fn gerund(verb: &str) -> String {
    match verb.strip_suffix('e') {
        Some(stem) if !stem.ends_with(['e', 'o', 'y']) => format!("{stem}ing"),
        _ => format!("{verb}ing"),
    }
}

/// Whether a short consonant-vowel-consonant verb may double its last letter ("drop", "cancel").
fn doubles(verb: &str) -> bool {
    let b = verb.as_bytes();
    let vowel = |c: u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u');
    b.len() >= 3 && {
        let (x, y, z) = (b[b.len() - 3], b[b.len() - 2], b[b.len() - 1]);
        !vowel(x) && vowel(y) && !vowel(z) && !matches!(z, b'w' | b'x' | b'y') && z.is_ascii_lowercase()
    }
}

/// `pipelineStageId` → `pipeline stage id`, `key_name` → `key name`; of a dotted name, every part.
#[must_use]
pub fn spoken(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let chars: Vec<char> = name.chars().collect();
    for (i, c) in chars.iter().copied().enumerate() {
        let starts_word = c.is_uppercase()
            && i > 0
            && (chars[i - 1].is_lowercase()
                || chars.get(i + 1).is_some_and(|n| n.is_lowercase() && !ends_acronym(&chars, i + 1)));
        if starts_word && !out.ends_with(' ') {
            out.push(' ');
        }
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

/// Whether the letter there is the plural ending of an acronym: "DAGs", `listURLsOfPage`.
fn ends_acronym(chars: &[char], at: usize) -> bool {
    let capital = |at: usize| chars.get(at).is_some_and(|c| c.is_uppercase());
    chars[at] == 's'
        && at > 1
        && capital(at - 1)
        && capital(at - 2)
        && chars.get(at + 1).is_none_or(|next| !next.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals() {
        for (one, many) in [("contact", "contacts"), ("opportunity", "opportunities"), ("business", "businesses")] {
            assert_eq!(plural(one), many);
        }
    }

    #[test]
    fn verbs_inflect_their_first_word() {
        let irregular = ["take took taken".to_owned()];
        let has = |verb: &str, form: &str, kind: Form| verb_forms(verb, &irregular).contains(&(form.to_owned(), kind));
        assert!(has("drop", "dropped", Form::Past));
        assert!(has("take off", "taking off", Form::Gerund));
        assert!(has("take off", "taken off", Form::Past));
        assert!(has("reply", "replied", Form::Past));
        assert!(has("reply", "reply", Form::Base));
    }

    #[test]
    fn names_are_split_where_people_pause() {
        assert_eq!(spoken("pipelineStageId"), "pipeline stage id");
        assert_eq!(spoken("TYPE_SMS"), "type sms");
        assert_eq!(spoken("listDAGsOfURL"), "list dags of url");
        assert_eq!(spoken("contactDetails.name"), "contact details name");
    }
}
