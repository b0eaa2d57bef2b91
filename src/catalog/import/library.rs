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
    says.extend(ranked(op, kinds));
    says.extend(done(op, kinds));
    says.extend(of_holder(op, kinds));
    says.extend(everybody(op, kinds));
    says.extend(ordered(op, kinds));
    says.extend(of_told(op, kinds));
    says.extend(sorted_in(op, kinds));
    says.extend(sent_thing(op, kinds));
    says.extend(counted(op, kinds));
    says.extend(copied(op, kinds));
    says
}

/// "duplicate project 7 and call the copy Q4", where what copies a record takes a name.
fn copied(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let copies = op.act.acted && op.act.classes.first().is_some_and(|class| class == "copy");
    let Some(record) = records(op, kinds).last().copied().filter(|_| copies) else { return Vec::new() };
    let name = op.sent.fields.iter().find(|field| {
        let last = words(field.name.rsplit('.').next().unwrap_or(&field.name)).pop().unwrap_or_default();
        !in_path(op, field) && field.kind.is_empty() && field.values.is_empty() && is("naming", &last)
    });
    let Some(name) = name else { return Vec::new() };
    let verbs = alternatives(op.act.own.iter().filter(|verb| is_plain(verb)).cloned().collect());
    let (record, value) = (super::frames::record(record, kinds), format!("{{{}}}", name.name));
    frames("copied", &[("verb", &verbs), ("record", &record), ("value", &value)])
}

/// "how many tasks are in project 7?", where a path ends in counts.
fn counted(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some((lead, head)) = op.act.noun.split_last().map(|(head, lead)| (lead.join(" "), head)) else {
        return Vec::new();
    };
    let owner = records(op, kinds).last().copied().filter(|_| op.spec.method == Method::Get);
    let Some(owner) = owner.filter(|_| matches!(head.as_str(), "count" | "total") && is_plain(&lead)) else {
        return Vec::new();
    };
    let nouns =
        kinds.called(&lead).map_or_else(|| vec![lead.clone()], |kind| kind.nouns.iter().take(3).cloned().collect());
    let many = alternatives(nouns.iter().map(|noun| plural_of(noun)).collect());
    frames("counted-in", &[("many", &many), ("record", &super::frames::record(owner, kinds))])
}

/// What people call what an operation is about, one and many.
fn nouns(op: &Op<'_>, kinds: &Kinds) -> String {
    let kind = op.objects.first().and_then(|name| kinds.all.get(name));
    let nouns = kind.map_or(&[][..], |kind| kind.nouns.as_slice()).iter().take(5).filter(|noun| is_plain(noun));
    let mut nouns: Vec<String> = nouns.flat_map(|noun| [noun.clone(), plural_of(noun)]).collect();
    nouns.sort();
    nouns.dedup();
    if nouns.is_empty() { String::new() } else { alternatives(nouns) }
}

/// "which files are attached to task 7?", where a field names whatever holds what is listed.
fn of_holder(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let lists = op.spec.method == Method::Get && op.act.many && records(op, kinds).is_empty();
    let holder = op.sent.fields.iter().find(|field| {
        let last = words(&field.name).pop().unwrap_or_default();
        field.required && is("whatever", &last) && !field.names.is_empty()
    });
    let Some(holder) = holder.filter(|_| lists) else { return Vec::new() };
    let whose = alternatives(holder.names.iter().filter(|name| is_plain(name)).cloned().collect());
    let value = format!("{{{}}}", holder.name);
    frames("of-holder", &[("name", &nouns(op, kinds)), ("whose", &whose), ("value", &value)])
}

/// "show everybody in workspace 7"
fn everybody(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let lists = op.spec.method == Method::Get && op.act.many && !op.act.acted && op.act.adjective.is_empty();
    let people = op.objects.first().and_then(|name| kinds.all.get(name)).is_some_and(|kind| kind.person);
    let owner = records(op, kinds).last().copied().filter(|owner| op.objects.first() != Some(&owner.kind));
    let Some(owner) = owner.filter(|_| lists && people) else { return Vec::new() };
    frames("everybody", &[("record", &super::frames::record(owner, kinds))])
}

/// "put the modules of course 7 in the order 3, 1, 2"
fn ordered(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(Part::Fixed(last)) = op.shape.last().filter(|_| op.spec.method != Method::Get) else { return Vec::new() };
    if !last.first().is_some_and(|word| is("ordering", word)) {
        return Vec::new();
    }
    let at = op.shape.parts.len() - 1;
    let Some(things) = op.shape.fixed_before(at).filter(|things| is_plural(things)) else { return Vec::new() };
    let (one, many) = (singular_words(things).join(" "), things.join(" "));
    let field = op.sent.fields.iter().find(|field| field.many && !in_path(op, field) && field.fields.is_empty());
    let value = field.map_or_else(String::new, |field| format!("{{{}}}", field.name));
    let owner = records(op, kinds).last().map(|owner| super::frames::record(owner, kinds));
    let places = [("name", one.as_str()), ("many", many.as_str()), ("value", value.as_str())];
    let whose = owner.map_or_else(String::new, |record| format!("[(of|in|on|for) {record}]"));
    frames("ordered", &[&places[..], &[("whose", whose.as_str())]].concat())
}

/// "show the audio features of track 7", where what a path names is the id of another thing.
fn of_told(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(Part::Variable(last)) = op.shape.last().filter(|_| op.spec.method == Method::Get) else {
        return Vec::new();
    };
    let field = op.sent.fields.iter().find(|field| field.name == *last && op.objects.first() == Some(&field.kind));
    let other = |name: &&String| kinds.called(name).is_some_and(|kind| op.objects.first() != Some(&kind.name));
    let Some(field) = field.filter(|_| !op.act.many) else { return Vec::new() };
    let whose: Vec<String> = field.names.iter().filter(|name| is_plain(name)).filter(other).cloned().collect();
    let person = kinds.all.get(&field.kind).is_some_and(|kind| kind.person);
    if whose.is_empty() || person {
        return Vec::new();
    }
    let value = format!("{{{}}}", field.name);
    frames("of-told", &[("name", &nouns(op, kinds)), ("whose", &alternatives(whose)), ("value", &value)])
}

/// "add quiz 7 to module 3", "mark student 7 absent in section 3", where one field says of what sort or state another is.
fn sorted_in(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let makes = matches!(op.spec.method, Method::Post | Method::Put) && !op.act.reads && !op.act.acted;
    let Some(owner) = records(op, kinds).last().copied().filter(|_| makes) else { return Vec::new() };
    let free = |field: &&Field| !in_path(op, field) && !field.many && field.default.is_none();
    let last = |field: &Field| words(&field.name).pop().unwrap_or_default();
    let told = |set: &'static str| {
        op.sent.fields.iter().filter(free).find(move |field| field.values.len() > 1 && is(set, &last(field)))
    };
    let mut named = op.sent.fields.iter().filter(free).filter(|field| {
        field.required
            && field.values.is_empty()
            && (is("id-word", &last(field)) || kinds.all.contains_key(&field.kind))
    });
    let (Some(member), None) = (named.next(), named.next()) else { return Vec::new() };
    let (record, value) = (super::frames::record(owner, kinds), format!("{{{}}}", member.name));
    let who: Vec<String> = kinds
        .all
        .get(&member.kind)
        .into_iter()
        .flat_map(|kind| kind.nouns.iter().take(3))
        .chain(&member.names)
        .cloned()
        .collect();
    let who = who.join("|");
    let mut says = Vec::new();
    if let Some(sort) = told("sort").filter(|_| !kinds.all.contains_key(&member.kind)) {
        let sort = format!("{{{}}}", sort.name);
        says.extend(frames("put-sort", &[("sort", &sort), ("value", &value), ("record", &record)]));
    }
    if let Some(state) = told("status").filter(|_| !who.is_empty()) {
        let state = format!("{{{}}}", state.name);
        says.extend(frames("marked-in", &[("who", &who), ("state", &state), ("value", &value), ("record", &record)]));
    }
    says
}

/// "send user 7 a password reset email", where a summary says what is sent.
fn sent_thing(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let told = op.act.told.first().filter(|told| op.act.titled && is("sends", &told.verb) && !told.noun.is_empty());
    let owner = records(op, kinds).last().copied();
    let Some((told, owner)) = told.zip(owner).filter(|_| op.spec.method == Method::Post) else { return Vec::new() };
    let whole = told.noun.join(" ");
    let short = told.noun.split_last().filter(|(last, rest)| is("message", last) && !rest.is_empty());
    let mut names = vec![whole];
    names.extend(short.map(|(_, rest)| rest.join(" ")));
    names.retain(|name| is_plain(name));
    if names.is_empty() {
        return Vec::new();
    }
    let record = super::frames::record(owner, kinds);
    frames("handed", &[("record", &record), ("name", &alternatives(names))])
}

/// "save album 7 to my library", "take album 7 out of my library", "the albums that I have saved".
fn mine(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let [Part::Fixed(me), Part::Fixed(things)] = op.shape.parts.as_slice() else { return Vec::new() };
    if !super::english::is_me(&me.join(" ")) || op.act.acted {
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
    let done = told.map_or_else(|| all("kept-as").collect::<Vec<_>>().join("|"), Clone::clone);
    let ids = op.sent.fields.iter().find(|field| {
        let last = words(field.name.rsplit('.').next().unwrap_or(&field.name)).pop().unwrap_or_default();
        !in_path(op, field) && is("listed-id", &last)
    });
    let value = ids.map_or_else(String::new, |field| format!("{{{}}}", field.name));
    // "Follow artist 7" at `/me/following?type=artist`.
    let sort = op.sent.fields.iter().find(|field| {
        let last = words(&field.name).pop().unwrap_or_default();
        !field.values.is_empty() && is("sort", &last)
    });
    if let Some(sort) = sort.filter(|_| op.spec.method != Method::Get && !value.is_empty() && !op.act.own.is_empty()) {
        let verbs = alternatives(op.act.own.iter().filter(|verb| is_plain(verb)).cloned().collect());
        return frames("done-to-sort", &[("verb", &verbs), ("sort", &format!("{{{}}}", sort.name)), ("value", &value)]);
    }
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
fn ranked(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let people = op.objects.first().and_then(|name| kinds.all.get(name)).is_some_and(|kind| kind.person);
    let lists =
        people && op.spec.method == Method::Get && op.act.many && !op.act.acted && op.shape.variables().count() == 0;
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
