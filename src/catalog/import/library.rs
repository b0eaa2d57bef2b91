//! Phrase patterns for what somebody keeps of the things of a service, and for one search over several kinds of things: "save
//! album 7 to my library" at `/me/albums`, "search for artists called Alma" at `/search?type=`.

use crate::catalog::Method;
use crate::catalog::inflect::past;

use super::english::{all, is, pairs, words};
use super::field::Field;
use super::frames::frames;
use super::kinds::Kinds;
use super::noun::{is_plural, plural_of, singular_words};
use super::op::Op;
use super::properties::{alternatives, choice};
use super::questions::records;
use super::records::is_search;
use super::relations::{in_path, is_plain};
use super::shape::Part;

/// The patterns of an operation.
pub(super) fn library(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let mut says = mine(op, kinds);
    says.extend(sorts(op, kinds));
    says.extend(ranked(op));
    says.extend(done(op, kinds));
    says
}

/// "save album 7 to my library", "take album 7 out of my library", "the albums that I have saved".
fn mine(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let [Part::Fixed(me), Part::Fixed(things)] = op.shape.parts.as_slice() else { return Vec::new() };
    if !super::english::is_me(&me.join(" ")) || !is_plural(things) || op.act.acted {
        return Vec::new();
    }
    let one = singular_words(things).join(" ");
    let known = kinds.called(&one).map_or_else(Vec::new, |kind| kind.nouns.iter().take(4).cloned().collect());
    let nouns = std::iter::once(one).chain(known).filter(|noun| is_plain(noun));
    let mut nouns: Vec<String> = nouns.flat_map(|noun| [noun.clone(), plural_of(&noun)]).collect();
    nouns.sort();
    nouns.dedup();
    // "Get the user's saved albums" tells by which verb they came to be there.
    let told = op.act.told.iter().flat_map(|told| &told.noun).find(|word| is("kept-as", word));
    let done = told.map_or_else(|| all("kept-as").collect::<Vec<_>>().join("|"), |word| word.clone());
    let ids = op.sent.fields.iter().find(|field| {
        let last = words(field.name.rsplit('.').next().unwrap_or(&field.name)).pop().unwrap_or_default();
        !in_path(op, field) && is("listed-id", &last)
    });
    let value = ids.map_or_else(String::new, |field| format!("{{{}}}", field.name));
    let many = nouns.join("|");
    let name = alternatives(nouns);
    let places = [("name", name.as_str()), ("many", many.as_str()), ("done", done.as_str()), ("value", value.as_str())];
    match op.spec.method {
        Method::Get if op.act.many => frames("kept-mine", &places),
        Method::Put | Method::Post => frames("keep", &places),
        Method::Delete => frames("keep-no-more", &places),
        _ => Vec::new(),
    }
}

/// "search for artists called Alma", where a field says what is looked for.
fn sorts(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let reads = op.act.reads || op.spec.method == Method::Get;
    let free = |field: &&Field| field.values.is_empty() && field.fields.is_empty() && !in_path(op, field);
    let texts = || op.sent.fields.iter().filter(free);
    let query = texts().find(|field| is_search(&field.name)).filter(|_| reads);
    let sort = op.sent.fields.iter().find(|field| {
        let last = words(&field.name).pop().unwrap_or_default();
        !in_path(op, field) && field.values.len() > 1 && is("sort", &last)
    });
    let Some((query, sort)) = query.zip(sort) else { return Vec::new() };
    let query = format!("{{{}}}", query.name);
    let mut says = Vec::new();
    for value in sort.values.iter().map(|value| value.trim_matches('"')) {
        let one = singular_words(&words(value)).join(" ");
        let Some(kind) = kinds.called(&one).filter(|_| is_plain(&one)) else { continue };
        let nouns = std::iter::once(&one).chain(kind.nouns.iter().take(3));
        let mut nouns: Vec<String> = nouns.flat_map(|noun| [noun.clone(), plural_of(noun)]).collect();
        nouns.sort();
        nouns.dedup();
        let (name, set) = (alternatives(nouns), format!("{{{}={value}}}", sort.name));
        says.extend(frames("sought", &[("name", &name), ("query", &query), ("set", &set)]));
    }
    says
}

/// "list the teachers", where a field of people says what somebody is.
fn ranked(op: &Op<'_>) -> Vec<String> {
    let lists = op.spec.method == Method::Get && op.act.many && !op.act.acted && op.shape.variables().count() == 0;
    let ranks = if lists { super::parties::ranks(op) } else { Vec::new() };
    let says = ranks.iter().flat_map(|(set, noun)| frames("ranked", &[("many", &plural_of(noun)), ("set", set)]));
    says.collect()
}

/// "who is enrolled in course 7?", "what is user 3 enrolled in?", where a path lists what is made by doing something.
fn done(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let lists = op.spec.method == Method::Get && op.act.many && !op.act.acted && op.act.adjective.is_empty();
    let ends = matches!(op.shape.last(), Some(Part::Fixed(_)));
    let Some(owner) = records(op, kinds).last().copied().filter(|_| lists && ends) else { return Vec::new() };
    let head = op.act.noun.last().cloned().unwrap_or_default();
    let Some(owners) = kinds.all.get(&owner.kind) else { return Vec::new() };
    let deeds = pairs("deed", &head).iter().filter(|deed| !deed.contains(' '));
    let deeds: Vec<String> = deeds.map(|deed| past(deed)).collect();
    if deeds.is_empty() || op.objects.first() == Some(&owner.kind) {
        return Vec::new();
    }
    let (done, nouns, name) = (deeds.join("|"), choice(owners), format!("{{{}}}", owner.name));
    let places = [("done", done.as_str()), ("owner", nouns.as_str()), ("value", name.as_str())];
    frames(if owners.person { "done-by" } else { "done-in" }, &places)
}
