//! Phrase patterns for what one value of a record is changed to, and for what a record no longer has: "change the display name
//! of script 61 to Night filter", "take the driver off vehicle 17".

use crate::catalog::Method;

use super::english::{is, is_me, is_verbable, words};
use super::field::Field;
use super::frames::{frames, record};
use super::kinds::Kinds;
use super::model::Model;
use super::noun::is_plural;
use super::op::Op;
use super::properties::alternatives;
use super::relations::{in_path, is_plain, owner};
use super::shape::Part;

/// The most fields that get patterns of their own.
const MOST: usize = 12;
/// The most names of a field that are said.
const NAMES: usize = 4;

/// The patterns of an operation.
pub(super) fn changes(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    let mut says = set(model, op);
    says.extend(set_mine(op));
    says.extend(set_whole(op, kinds));
    says.extend(taken_off(op, kinds));
    says.extend(by_value(op, kinds));
    says
}

/// "change comment 12 to \"looks good\"", where one value is all that can be changed.
fn set_whole(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let updates = op.act.classes.first().is_some_and(|class| class == "update") && !op.act.acted && !op.act.bulk;
    let Some(holder) = owner(op, kinds).filter(|_| updates && !op.spec.deprecated) else { return Vec::new() };
    let whole = matches!(op.shape.last(), Some(Part::Variable(last)) if *last == holder.name);
    let mut body = op.sent.fields.iter().filter(|field| !in_path(op, field) && field.place.is_none());
    let Some(field) = body.next().filter(|field| whole && body.next().is_none() && is_said(op, field)) else {
        return Vec::new();
    };
    let value = format!("{{{}}}", field.name);
    frames("set-whole", &[("record", &record(holder, kinds)), ("value", &value)])
}

/// "switch my language to German", where a path is about the one who asks.
fn set_mine(op: &Op<'_>) -> Vec<String> {
    let updates = op.act.classes.first().is_some_and(|class| class == "update") && !op.act.acted && !op.act.bulk;
    let mine = op.shape.fixed().any(|step| is_me(&step.join(" "))) && op.shape.variables().count() == 0;
    if !updates || !mine {
        return Vec::new();
    }
    let mut says = Vec::new();
    for field in op.sent.fields.iter().filter(|field| is_said(op, field)).take(MOST) {
        let mut names = vec![words(field.name.rsplit('.').next().unwrap_or(&field.name)).join(" ")];
        names.extend(field.names.iter().take(NAMES).cloned());
        names.retain(|name| is_plain(name) && !name.is_empty());
        if !names.is_empty() {
            let value = format!("{{{}}}", field.name);
            says.extend(frames("set-mine", &[("name", &alternatives(names)), ("value", &value)]));
        }
    }
    says
}

/// Whether the last step of a path only says that it is about the record itself: `/users/{id}/profile`.
pub(super) fn is_itself(op: &Op<'_>) -> bool {
    let behind = op.shape.parts.len().checked_sub(2).and_then(|at| op.shape.parts.get(at));
    matches!((behind, op.shape.last()), (Some(Part::Variable(_)), Some(Part::Fixed(last)))
        if last.last().is_some_and(|last| is("itself", last)) && last.len() < 3)
}

/// "change the name of user 77 to Joe Smith".
fn set(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    let updates = op.act.classes.first().is_some_and(|class| class == "update") && !op.act.acted && !op.act.bulk;
    let Some(holder) = owner(op, kinds).filter(|_| updates && !op.spec.deprecated) else { return Vec::new() };
    let whole = matches!(op.shape.last(), Some(Part::Variable(last)) if *last == holder.name);
    if holder.default.is_some() && whole {
        return Vec::new();
    }
    // What the request for the record itself changes is not what one for a part of it does.
    let elsewhere = |name: &str| {
        !whole
            && model.operations.iter().any(|other| {
                other.name != op.name
                    && other.act.classes.first().is_some_and(|class| class == "update")
                    && other.objects.first() == Some(&holder.kind)
                    && other.sent.fields.iter().any(|field| field.name == name)
            })
    };
    let record = record(holder, kinds);
    let mut says = Vec::new();
    let free = |field: &&Field| is_said(op, field) && !elsewhere(&field.name);
    for field in op.sent.fields.iter().filter(free).take(MOST) {
        let spoken = words(field.name.rsplit('.').next().unwrap_or(&field.name)).join(" ");
        // A "custom script name" is the display name of a script.
        let last = spoken.rsplit(' ').next().unwrap_or_default().to_owned();
        let alone = || op.sent.fields.iter().filter(|other| last_word(other) == last).count() == 1;
        let named = is("naming", &last) && last != spoken && alone();
        let mut names = vec![spoken];
        if named {
            names.extend([format!("display {last}"), last]);
        }
        names.extend(field.names.iter().cloned());
        names.retain(|name| is_plain(name) && !name.is_empty());
        names.truncate(NAMES);
        if names.is_empty() {
            continue;
        }
        let (names, value) = (alternatives(names), format!("{{{}}}", field.name));
        says.extend(frames("set-to", &[("name", &names), ("record", &record), ("value", &value)]));
    }
    says
}

fn last_word(field: &Field) -> String {
    words(field.name.rsplit('.').next().unwrap_or(&field.name)).pop().unwrap_or_default()
}

/// Whether a field takes one value that is said as it is.
fn is_said(op: &Op<'_>, field: &Field) -> bool {
    !in_path(op, field)
        && !field.many
        && field.fields.is_empty()
        && field.default.is_none()
        && !matches!(field.kind.as_str(), "boolean" | "object" | "any")
}

/// "take the driver off vehicle 17", where a path ends in the one thing of a record that goes away.
fn taken_off(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(Part::Fixed(last)) = op.shape.last().filter(|_| op.spec.method == Method::Delete) else {
        return Vec::new();
    };
    let Some(holder) = owner(op, kinds).filter(|_| !is_plural(last) && !op.act.acted) else { return Vec::new() };
    let object = op.objects.first().and_then(|name| kinds.all.get(name));
    let mut names = vec![last.join(" ")];
    names.extend(object.into_iter().flat_map(|kind| kind.nouns.iter().take(NAMES).cloned()));
    names.retain(|name| is_plain(name));
    if names.is_empty() || op.objects.first() == Some(&holder.kind) {
        return Vec::new();
    }
    frames("taken-off", &[("name", &alternatives(names)), ("record", &record(holder, kinds))])
}

/// "dislike video 812", where the one value that is sent is a verb.
fn by_value(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let writes = matches!(op.spec.method, Method::Put | Method::Post | Method::Patch) && !op.act.reads && !op.act.bulk;
    let Some(holder) = owner(op, kinds).filter(|_| writes) else { return Vec::new() };
    let mut sent = op.sent.fields.iter().filter(|field| !in_path(op, field) && field.default.is_none());
    let Some(field) = sent.next().filter(|_| sent.next().is_none()) else { return Vec::new() };
    if field.many {
        return Vec::new();
    }
    let values: Vec<&str> = field.values.iter().map(|value| value.trim_matches('"')).collect();
    // Of a value and its opposite, one is known: "like" and "dislike".
    let root =
        |value: &str| ["dis", "un", "down", "up"].iter().find_map(|lead| value.strip_prefix(lead)).map(str::to_owned);
    let verb =
        |value: &&str| is_verbable(value) || is("verb", value) || root(value).is_some_and(|root| is_verbable(&root));
    let record = record(holder, kinds);
    let verbs = values.iter().copied().filter(verb).filter(|value| is_plain(value) && !is("destroys", value));
    verbs.map(|value| format!("{value} {record} {{{}={value}}}", field.name)).collect()
}
