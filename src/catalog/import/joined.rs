//! Phrase patterns for what the last step of a path joins to a record or parts from it by a verb: "add task 7 to project 5" at
//! `/tasks/{id}/addProject`, "let user 3 follow task 7" at `/tasks/{id}/addFollowers`.

use crate::catalog::Method;

use super::english::{Family, family, is, is_verbable, words};
use super::field::Field;
use super::frames::{frames, frames_of, record};
use super::kinds::Kinds;
use super::model::Model;
use super::noun::{plural_of, singular_words};
use super::op::Op;
use super::properties::{alternatives, main_field};
use super::questions::records;
use super::relations::{in_path, is_plain, nouns_of};
use super::shape::Part;

/// The verb and the thing of a path's last step: `addProject`, `remove-members`, `setParent`.
pub(super) fn step(last: &[String]) -> Option<(Family, Vec<String>)> {
    let [verb, rest @ ..] = last else { return None };
    let joins = match family(verb) {
        Family::Add => Family::Add,
        Family::Remove | Family::Delete => Family::Remove,
        Family::Update if is("setting", verb) => Family::Update,
        _ => return None,
    };
    let plain = !rest.is_empty() && rest.len() < 4 && !super::english::is_preposition(&rest[0]);
    plain.then(|| (joins, singular_words(rest)))
}

/// The patterns of an operation.
pub(super) fn joined(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    let Some(Part::Fixed(last)) = op.shape.last().filter(|_| op.spec.method != Method::Get) else { return Vec::new() };
    let Some(((joins, thing), owner)) = step(last).zip(records(op, kinds).last().copied()) else { return Vec::new() };
    let Some(member) = member(op, &thing) else { return Vec::new() };
    let mut nouns = vec![thing.join(" ")];
    nouns.extend(nouns_of(member, kinds));
    nouns.extend(kinds.get(&thing).into_iter().flat_map(|kind| kind.nouns.iter().take(3).cloned()));
    nouns.retain(|noun| is_plain(noun));
    let nouns: Vec<String> = nouns.iter().flat_map(|noun| [noun.clone(), plural_of(noun)]).collect();
    let mut unique: Vec<String> = Vec::new();
    for noun in nouns.into_iter().filter(|noun| !noun.is_empty()) {
        if !unique.contains(&noun) {
            unique.push(noun);
        }
    }
    if unique.is_empty() {
        return Vec::new();
    }
    let value = format!("{{{}}}", member.name);
    // What is joined goes by the nouns of what it is too: followers are users, what a task depends on is a task.
    let who: Vec<String> = member.names.iter().chain(&kinds.all[&owner.kind].nouns).take(6).cloned().collect();
    let who: Vec<String> =
        who.iter().flat_map(|noun| [noun.clone(), plural_of(noun)]).filter(|n| is_plain(n)).collect();
    let (name, who, whose) = (alternatives(unique), who.join("|"), record(owner, kinds));
    let places =
        [("name", name.as_str()), ("who", who.as_str()), ("record", whose.as_str()), ("value", value.as_str())];
    let mut says = match joins {
        Family::Add => frames("joined-to", &places),
        Family::Remove => frames("parted-from", &places),
        _ => Vec::new(),
    };
    // Where nothing else puts the one into the other, it may be said either way round.
    let other = kinds.all.get(&member.kind).filter(|kind| kind.name != owner.kind);
    if other.is_some_and(|other| !joined_elsewhere(model, op, &other.name, &owner.kind, joins)) {
        says.extend(frames(if joins == Family::Remove { "parted-back" } else { "joined-back" }, &places));
    }
    let thing = thing.join(" ");
    if joins == Family::Remove {
        says.extend(frames_of("unbecoming", &thing, &places));
    } else {
        says.extend(frames_of("becoming", &thing, &places));
    }
    says.extend(doing(&thing, joins, &places));
    if is_verbable(&thing) && joins == Family::Add {
        says.extend(frames("joined-with", &[&places[..], &[("verb", thing.as_str())]].concat()));
    }
    says
}

/// "let user 3 follow task 7", "stop user 3 from following task 7": a follower is who follows.
fn doing(thing: &str, joins: Family, places: &[(&str, &str)]) -> Vec<String> {
    let stems = [thing.strip_suffix("er"), thing.strip_suffix('r')];
    let Some(verb) = stems.into_iter().flatten().find(|stem| is_verbable(stem) || is("verb", stem)) else {
        return Vec::new();
    };
    let gerund = format!("{}ing", verb.strip_suffix('e').unwrap_or(verb));
    let places = [places, &[("verb", verb), ("doing", gerund.as_str())]].concat();
    frames(if joins == Family::Remove { "stopped-doing" } else { "let-do" }, &places)
}

/// The field that carries what is joined.
fn member<'o>(op: &'o Op<'_>, thing: &[String]) -> Option<&'o Field> {
    let named = |field: &&Field| {
        let mut spoken = singular_words(&words(field.name.rsplit('.').next().unwrap_or(&field.name)));
        if spoken.len() > 1 && spoken.last().is_some_and(|last| is("id-word", last)) {
            spoken.pop();
        }
        !in_path(op, field)
            && field.fields.is_empty()
            && field.values.is_empty()
            && (singular_words(&spoken) == thing || spoken.last() == thing.last())
    };
    let plain = |field: &&Field| !in_path(op, field) && matches!(field.kind.as_str(), "" | "id");
    op.sent.fields.iter().find(named).or_else(|| main_field(op).filter(plain))
}

/// Whether another request joins the records of two kinds the other way round.
fn joined_elsewhere(model: &Model<'_>, op: &Op<'_>, whole: &str, part: &str, joins: Family) -> bool {
    let kinds: &Kinds = &model.kinds;
    model.operations.iter().any(|other| {
        let into = records(other, kinds).iter().any(|field| field.kind == whole);
        let about = other.objects.iter().take(2).any(|object| object == part);
        let alike = match other.shape.last() {
            Some(Part::Fixed(last)) => step(last).is_some_and(|(known, _)| known == joins),
            Some(Part::Variable(_)) => joins == Family::Remove && other.spec.method == Method::Delete,
            None => false,
        };
        other.name != op.name && into && about && alike
    })
}
