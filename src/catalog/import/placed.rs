//! Phrase patterns for where something is put, and for how many: "put reservation 7 into room 204", "add 500 of SKU SB-100 to
//! shipment 8801", "report item 9 as short".

use crate::catalog::Method;

use super::english::{is, words};
use super::field::Field;
use super::frames::{frames, record};
use super::kinds::Kinds;
use super::noun::singular_words;
use super::op::Op;
use super::properties::alternatives;
use super::questions::records;
use super::relations::{in_path, is_plain, nouns_of};
use super::shape::Part;

/// The patterns of an operation.
pub(super) fn placed(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let writes = !matches!(op.spec.method, Method::Get | Method::Head | Method::Options) && !op.act.reads;
    if !writes {
        return Vec::new();
    }
    let mut says = into_one(op, kinds);
    says.extend(so_many(op, kinds));
    says.extend(as_such(op, kinds));
    says
}

/// The words of a field's name without those that only say that it is an id.
fn named(field: &Field) -> Vec<String> {
    let mut spoken = words(field.name.rsplit('.').next().unwrap_or(&field.name));
    while spoken.len() > 1 && spoken.last().is_some_and(|last| matches!(last.as_str(), "id" | "ids" | "uuid")) {
        spoken.pop();
    }
    spoken
}

/// "put reservation 7 into room 204", where the one thing of a record is set by its id: `PUT /reservations/{id}/room`.
fn into_one(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let (Some(Part::Fixed(last)), Some(holder)) = (op.shape.last(), records(op, kinds).last().copied()) else {
        return Vec::new();
    };
    let sets = matches!(op.spec.method, Method::Put | Method::Patch | Method::Post) && !op.act.bulk;
    let one = |field: &&Field| {
        !in_path(op, field) && !field.many && field.kind != holder.kind && kinds.all.contains_key(&field.kind)
    };
    let mut found = op.sent.fields.iter().filter(one).filter(|field| field.required);
    let (Some(field), None) = (found.next(), found.next()) else { return Vec::new() };
    let same = singular_words(last) == named(field) || op.act.own.iter().any(|own| is("linking", own));
    if !sets || !same {
        return Vec::new();
    }
    let mut nouns = nouns_of(field, kinds);
    nouns.retain(|noun| is_plain(noun));
    if nouns.is_empty() {
        return Vec::new();
    }
    let value = format!("{{{}}}", field.name);
    frames("placed-in", &[("record", &record(holder, kinds)), ("name", &alternatives(nouns)), ("value", &value)])
}

/// "add 500 of SKU SB-100 to shipment 8801", "transfer 40 of SB-100 from bin 907 to bin 911".
fn so_many(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let free =
        |field: &&Field| !in_path(op, field) && !field.many && field.fields.is_empty() && field.default.is_none();
    let counted = |field: &&Field| {
        let number = matches!(field.kind.as_str(), "integer" | "number");
        number && named(field).last().is_some_and(|last| is("so-many", last))
    };
    let coded = |field: &&Field| {
        let plain =
            field.values.is_empty() && !matches!(field.kind.as_str(), "boolean" | "number" | "date" | "datetime");
        plain && named(field).iter().any(|word| is("thing-code", word))
    };
    let count = op.sent.fields.iter().filter(free).find(counted);
    let (Some(count), Some(thing)) = (count, op.sent.fields.iter().filter(free).find(coded)) else { return Vec::new() };
    let mut things = vec![named(thing).join(" ")];
    things.extend(nouns_of(thing, kinds).into_iter().take(3));
    things.extend(["product", "item"].map(str::to_owned));
    things.retain(|noun| is_plain(noun));
    things.dedup();
    let (count, value, things) = (format!("{{{}}}", count.name), format!("{{{}}}", thing.name), things.join("|"));
    let places = [("count", count.as_str()), ("value", value.as_str()), ("thing", things.as_str())];
    let from = |field: &&Field| named(field).first().is_some_and(|word| matches!(word.as_str(), "from" | "source"));
    let to = |field: &&Field| {
        named(field).first().is_some_and(|word| matches!(word.as_str(), "to" | "target" | "destination" | "dest"))
    };
    let ends = op.sent.fields.iter().filter(free).find(from).zip(op.sent.fields.iter().filter(free).find(to));
    if let Some((from, to)) = ends {
        let told = op.act.noun.last().map_or(&[][..], |head| super::english::pairs("deed", head));
        let mut verbs: Vec<String> = told.iter().map(|verb| (*verb).to_owned()).chain(op.act.own.clone()).collect();
        verbs.extend(["move", "transfer", "shift"].map(str::to_owned));
        verbs.retain(|verb| is_plain(verb));
        verbs.sort();
        verbs.dedup();
        let end = |field: &Field| {
            let mut nouns = vec![named(field).get(1..).unwrap_or_default().join(" ")];
            nouns.extend(nouns_of(field, kinds));
            nouns.retain(|noun| !noun.is_empty() && is_plain(noun));
            nouns.dedup();
            if nouns.is_empty() { "place".to_owned() } else { nouns.join("|") }
        };
        let (verbs, source, target) = (alternatives(verbs), end(from), end(to));
        let (from, to) = (format!("{{{}}}", from.name), format!("{{{}}}", to.name));
        let more = [("verb", verbs.as_str()), ("source", source.as_str()), ("target", target.as_str())];
        let ends = [("from", from.as_str()), ("to", to.as_str())];
        return frames("many-moved", &[&places[..], &more[..], &ends[..]].concat());
    }
    let Some(holder) = records(op, kinds).last().copied() else { return Vec::new() };
    let whole = record(holder, kinds);
    let takes = op.act.classes.iter().any(|class| class == "remove");
    let puts = op.act.classes.iter().any(|class| matches!(class.as_str(), "add" | "create")) && !op.act.acted;
    let set = match (puts, takes) {
        (true, _) => "many-put",
        (false, true) => "many-taken",
        _ => return Vec::new(),
    };
    frames(set, &[&places[..], &[("record", whole.as_str())]].concat())
}

/// "report item 9 as short", at `/items/{id}/report_short`.
fn as_such(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let [verb, state] = op.act.thing.as_slice() else { return Vec::new() };
    let path = records(op, kinds);
    let Some(field) = path.last().filter(|_| is_plain(verb) && is_plain(state)) else { return Vec::new() };
    let mut named = record(field, kinds);
    if let [.., owner, _] = path.as_slice() {
        named = format!("{named} (of|in|on|from) {}", record(owner, kinds));
    }
    frames("done-as-such", &[("verb", verb), ("record", &named), ("state", state)])
}
