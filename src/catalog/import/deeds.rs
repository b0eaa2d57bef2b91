//! Phrase patterns for what is done, said with a noun: "do a reset of server 42", "add the note \"on the way\" to alert 201"
//! at `/alerts/{id}/annotate`, "send driver 52 the message \"call the office\"".

use crate::catalog::Method;

use super::doings::names_of_deed;
use super::english::{Family, family, is, is_verbable, pairs};
use super::field::Field;
use super::frames::{frames, record};
use super::given::value_of;
use super::kinds::Kinds;
use super::model::Model;
use super::op::Op;
use super::properties::alternatives;
use super::questions::records;
use super::relations::{in_path, is_plain};

/// The most names of a deed that are said.
const MOST: usize = 8;

/// The patterns of an operation.
pub(super) fn deeds(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let mut says = done(model, op);
    says.extend(sent(op, &model.kinds));
    says.extend(done_to_thing(op, &model.kinds));
    says.extend(done_to_sent(op, &model.kinds));
    says.extend(done_for_good(op, &model.kinds));
    says.extend(put_to_kind(op, &model.kinds));
    says
}

/// "add a comment to file 7", where `item.type` says of what kind the record is and `item.id` which.
fn put_to_kind(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let makes = op.spec.method == Method::Post && !op.act.reads && !op.act.bulk && !op.act.acted;
    let object = op.objects.first().and_then(|name| kinds.all.get(name)).filter(|_| makes);
    let Some(object) = object.filter(|_| records(op, kinds).is_empty()) else { return Vec::new() };
    let typed = op.sent.fields.iter().filter(|field| !field.values.is_empty() && !field.many);
    let typed = typed.filter_map(|field| Some((field, field.name.strip_suffix("type")?)));
    let pair = typed.into_iter().find_map(|(kind, lead)| {
        let id = op.sent.fields.iter().find(|field| field.name.strip_suffix("id") == Some(lead) && !field.many)?;
        Some((kind, id)).filter(|_| lead.ends_with(['.', '_']))
    });
    let Some((kind, id)) = pair else { return Vec::new() };
    let nouns: Vec<String> = object.nouns.iter().filter(|noun| is_plain(noun)).take(4).cloned().collect();
    let verb = object.nouns.iter().find(|noun| is("writing", noun)).cloned().unwrap_or_default();
    let value = value_of(op).filter(|value| value.name != id.name);
    let value = value.map(|field| format!("{{{}}}", field.name)).unwrap_or_default();
    let mut says = Vec::new();
    for said in kind.values.iter().map(|value| value.trim_matches('"')).take(MOST) {
        let Some(of) = kinds.called(said).filter(|of| of.name != object.name) else { continue };
        let of = of.nouns.iter().filter(|noun| is_plain(noun)).take(3).cloned().collect();
        let (of, id, set) = (alternatives(of), format!("{{{}}}", id.name), format!("{{{}={said}}}", kind.name));
        let name = alternatives(nouns.clone());
        let places = [("name", name), ("kind", of), ("id", id), ("set", set), ("value", value.clone())];
        let places: Vec<(&str, &str)> = places.iter().map(|(place, text)| (*place, text.as_str())).collect();
        says.extend(frames("put-to-kind", &[&places[..], &[("verb", verb.as_str())]].concat()));
    }
    says
}

/// "lock folder 7", "assign task 5 to user 3", where what is made tells what is done to a record of its body: `/folder_locks`.
fn done_to_sent(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let makes = op.spec.method == Method::Post && !op.act.reads && !op.act.bulk && !op.act.acted;
    let Some((head, lead)) = op.act.noun.split_last().filter(|_| makes) else { return Vec::new() };
    if !records(op, kinds).is_empty() || !pairs("joined-people", head).is_empty() && pairs("deed", head) == ["invite"] {
        return Vec::new();
    }
    let mut verbs: Vec<String> = pairs("deed", head).iter().map(|deed| (*deed).to_owned()).collect();
    if verbs.is_empty() && super::english::is_any_verb(head) {
        verbs.push(head.clone());
    }
    let named = |field: &&Field| !field.many && field.default.is_none() && kinds.all.contains_key(&field.kind);
    // "Star file 7": whatever a star is put to may be said.
    if lead.is_empty() {
        let whole = op.sent.fields.iter().filter(|field| field.required && field.default.is_none()).all(|f| named(&f));
        let fields = op.sent.fields.iter().filter(named).filter(|_| whole && is_verbable(head)).take(MOST);
        return fields.map(|field| format!("{head} {}", record(field, kinds))).collect();
    }
    let about = kinds.get(lead).and_then(|kind| op.sent.fields.iter().filter(named).find(|f| f.kind == kind.name));
    let Some(about) = about.filter(|_| !verbs.is_empty()) else { return Vec::new() };
    let mut others = op.sent.fields.iter().filter(named).filter(|field| field.name != about.name);
    let other = others.next().filter(|_| others.next().is_none());
    let other = other.map(|field| record(field, kinds)).unwrap_or_default();
    let places = [("verb", alternatives(verbs)), ("record", record(about, kinds)), ("other", other)];
    let places: Vec<(&str, &str)> = places.iter().map(|(name, text)| (*name, text.as_str())).collect();
    frames("done-to-sent", &places)
}

/// "delete folder 7 for good", where a request does forever what another one does for a while.
fn done_for_good(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let adverb = op.act.own.iter().filter_map(|verb| verb.split_once(' ')).find(|(adverb, _)| is("adverb", adverb));
    let Some(((adverb, _), holder)) = adverb.zip(records(op, kinds).last().copied()) else { return Vec::new() };
    let places = [("adverb", adverb), ("record", &record(holder, kinds))];
    frames(if adverb == "permanently" { "done-for-good" } else { "done-so" }, &places)
}

/// "adjust the stock of product 60 by 4", where what is made tells what is done to what: `/products/{id}/stock-adjustments`.
fn done_to_thing(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let makes = op.spec.method == Method::Post && !op.act.reads && !op.act.bulk && !op.act.acted;
    let Some(holder) = records(op, kinds).last().copied().filter(|_| makes) else { return Vec::new() };
    let Some((head, lead)) = op.act.noun.split_last().filter(|(_, lead)| !lead.is_empty()) else { return Vec::new() };
    let verbs: Vec<String> = pairs("deed", head).iter().map(|deed| (*deed).to_owned()).collect();
    let lead = lead.join(" ");
    if verbs.is_empty() || !is_plain(&lead) {
        return Vec::new();
    }
    let plain = |field: &&Field| {
        field.required && !in_path(op, field) && !field.many && field.fields.is_empty() && field.default.is_none()
    };
    let value = op.sent.fields.iter().find(plain).map(|field| format!("{{{}}}", field.name)).unwrap_or_default();
    let record = record(holder, kinds);
    let places = [("verb", alternatives(verbs)), ("lead", lead), ("record", record), ("value", value)];
    let places: Vec<(&str, &str)> = places.iter().map(|(name, text)| (*name, text.as_str())).collect();
    frames("done-to-thing", &places)
}

/// "do a reset of server 42".
fn done(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    let writes = op.spec.method != Method::Get && op.act.acted && !op.act.reads && op.act.thing.is_empty();
    let Some(holder) = records(op, kinds).last().copied().filter(|_| writes) else { return Vec::new() };
    // "Punch" of `/punch-in` is said of punching out as well.
    let whole = |verb: &&String| op.shape.fixed().last().is_some_and(|last| last == std::slice::from_ref(*verb));
    let Some(verb) = op.act.own.first().filter(whole).filter(|verb| family(verb) == Family::Own) else {
        return Vec::new();
    };
    let named = record(holder, kinds);
    let mut says = frames("done-to", &[("verb", verb), ("record", &named)]);
    // "Mark acquisition 640 as received."
    let past = super::relations::past_of(verb);
    says.extend(frames("done-as-state", &[("past", &past), ("record", &named)]));
    let mut names = names_of_deed(verb);
    if !is_verbable(verb) && !is("nominal", verb) {
        names.retain(|name| name != verb);
    }
    let more: Vec<String> =
        names.iter().flat_map(|name| super::english::synonyms(name)).map(|name| (*name).to_owned()).collect();
    names.extend(more);
    // What another request keeps by that name is not what this one does.
    let writes_text = is("writing", verb);
    let kept = |name: &str| {
        let kind = kinds.called(name).map(|kind| kind.name.clone());
        let rival = |other: &Op<'_>| other.name != op.name && (!writes_text || other.spec.method == Method::Post);
        kind.is_some_and(|kind| {
            model.operations.iter().any(|other| rival(other) && other.objects.first() == Some(&kind))
        })
    };
    names.retain(|name| is_plain(name) && !kept(name));
    names.dedup();
    names.truncate(MOST);
    if names.is_empty() {
        return says;
    }
    let value = value_of(op).map(|field| format!("{{{}}}", field.name)).unwrap_or_default();
    let names = alternatives(names);
    let places = [("name", names.as_str()), ("record", named.as_str()), ("value", value.as_str())];
    says.extend(frames("done-with-noun", &places));
    if writes_text {
        says.extend(frames("written-to", &places));
    }
    says
}

/// "send driver 52 the message \"call the office\"", where the body names whom something is sent to.
fn sent(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let makes = op.spec.method == Method::Post && !op.act.reads && !op.act.bulk && !op.act.acted;
    let object = op.objects.first().and_then(|name| kinds.all.get(name)).filter(|_| makes);
    let Some(object) = object.filter(|object| object.nouns.iter().any(|noun| is("sent", noun))) else {
        return Vec::new();
    };
    let to = |field: &&Field| {
        kinds.all.get(&field.kind).is_some_and(|kind| kind.name != object.name) && field.default.is_none()
    };
    let mut needed = op.sent.fields.iter().filter(to).filter(|field| field.required || in_path(op, field));
    let (Some(to), None) = (needed.next(), needed.next()) else { return Vec::new() };
    let Some(value) = value_of(op).map(|field| format!("{{{}}}", field.name)) else { return Vec::new() };
    let nouns: Vec<String> = object.nouns.iter().filter(|noun| is_plain(noun)).take(4).cloned().collect();
    frames("sent-to", &[("name", &alternatives(nouns)), ("record", &record(to, kinds)), ("value", &value)])
}
