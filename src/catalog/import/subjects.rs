//! Phrase patterns for what people ask of a record, by the word that a path ends in: "where is vehicle 17?" at
//! `/vehicles/{id}/location`, "how far is the setup of team 12?" at `/teams/{id}/setupProgress`.

use crate::catalog::Method;
use crate::catalog::inflect::past;

use super::english::{all, is, is_person, pairs};
use super::field::Field;
use super::frames::{frames, frames_of, record};
use super::kinds::Kinds;
use super::model::Model;
use super::noun::{is_plural, plural_of, singular_word, singular_words};
use super::op::Op;
use super::properties::alternatives;
use super::relations::{is_plain, owner};
use super::shape::Part;

/// The patterns of an operation.
pub(super) fn subjects(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    if op.spec.method == Method::Get && op.shape.variables().count() == 0 && op.act.acted {
        return reported(op);
    }
    let reads = op.spec.method == Method::Get && !op.act.acted && op.act.adjective.is_empty();
    let Some(Part::Fixed(last)) = op.shape.last().filter(|_| reads) else { return Vec::new() };
    if op.shape.variables().count() == 0 {
        let mut says = of_everybody(op, kinds);
        says.extend(reported(op));
        return says;
    }
    let Some(owner) = owner(op, kinds).filter(|owner| op.objects.first() != Some(&owner.kind)) else {
        return Vec::new();
    };
    let record = record(owner, kinds);
    let one = singular_words(last);
    let (head, lead) =
        one.split_last().map_or((String::new(), String::new()), |(head, lead)| (head.clone(), lead.join(" ")));
    let many = plural_of(&one.join(" "));
    let plain = |text: String| if is_plain(&text) { text } else { String::new() };
    let (lead, many) = (plain(lead), plain(many));
    let places = [("record", record.as_str()), ("lead", lead.as_str()), ("many", many.as_str())];
    let mut says = frames_of("asked-of", &one.join(" "), &places);
    // What the last word tells goes before what those before it do: "duty summary", but not "duty reports".
    if one.len() > 1 {
        let leads = one[..one.len() - 1].iter().filter(|_| !op.act.many).map(|word| singular_word(word));
        let words = std::iter::once(head.clone()).chain(leads);
        says.extend(words.flat_map(|word| frames_of("asked-of", &word, &places)));
    }
    says.extend(led(model, op, &one, owner));
    if op.act.many {
        let one = one.join(" ");
        let name = if is_plain(&one) { alternatives(vec![one.clone(), plural_of(&one)]) } else { String::new() };
        says.extend(frames("course-of", &[("name", &name), ("record", &record)]));
    }
    if is_person(&head) && !op.act.many {
        says.extend(frames("person-of", &[("record", &record), ("name", &one.join(" "))]));
    }
    // "Has message 71 been delivered?" asks for its delivery status.
    if is("status", &head) && !lead.is_empty() {
        let done: Vec<String> = pairs("deed", &lead).iter().map(|deed| past(deed)).collect();
        let done = done.join("|");
        let places = [("record", record.as_str()), ("lead", lead.as_str()), ("done", done.as_str())];
        says.extend(frames("status-of", &places));
    }
    says
}

/// "who has access to the system?", where people are listed; "which privacy settings are there for playlists?", where a path
/// ends in what things may have.
fn of_everybody(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let object = op.objects.first().and_then(|name| kinds.all.get(name)).filter(|_| op.act.many);
    let Some(object) = object.filter(|_| !op.act.mine) else { return Vec::new() };
    let mut says = Vec::new();
    if object.person && op.shape.parts.len() == 1 {
        says.extend(frames("who-uses", &[("name", &all("service-word").collect::<Vec<_>>().join("|"))]));
    }
    if let [.., Part::Fixed(things), Part::Fixed(last)] = op.shape.parts.as_slice()
        && is_plural(things)
        && is_plural(last)
    {
        let (one, many) = (singular_words(last).join(" "), last.join(" "));
        let whose = singular_words(things);
        let whose = kinds
            .get(&whose)
            .map_or_else(|| vec![whose.join(" ")], |kind| kind.nouns.iter().take(4).cloned().collect());
        let whose = alternatives(whose.iter().map(|noun| plural_of(noun)).collect());
        let places = [("name", one.as_str()), ("many", many.as_str()), ("whose", whose.as_str())];
        says.extend(frames("offered", &places));
    }
    says
}

/// "run the report of vaccinations due", where a path has it among reports: `/reports/vaccinations-due`.
fn reported(op: &Op<'_>) -> Vec<String> {
    let [.., Part::Fixed(whole), Part::Fixed(last)] = op.shape.parts.as_slice() else { return Vec::new() };
    let (kept, what) = (singular_words(whole), last.join(" "));
    let reports = kept.last().is_some_and(|head| is("reported", head));
    if !reports || !is_plain(&what) {
        return Vec::new();
    }
    let mut whats = vec![what, singular_words(last).join(" ")];
    whats.dedup();
    frames("report-of", &[("what", &whats.join("|")), ("name", &kept.join(" "))])
}

/// "show the comments on video 7", where a path has only the comment threads of it.
fn led(model: &Model<'_>, op: &Op<'_>, one: &[String], owner: &Field) -> Vec<String> {
    let kinds = &model.kinds;
    let [lead, _] = one else { return Vec::new() };
    let holder = kinds.all.get(&owner.kind);
    let own = holder.is_some_and(|kind| kind.nouns.iter().any(|noun| noun.split(' ').any(|word| word == lead)));
    let known = kinds.called(lead).map(|kind| kind.name.clone());
    let listed = |other: &Op<'_>| {
        other.spec.method == Method::Get
            && other.name != op.name
            && other.act.noun.last().is_some_and(|noun| noun == lead)
    };
    let elsewhere =
        model.operations.iter().any(|other| listed(other) || other.act.many && other.objects.first() == known.as_ref());
    let thing = is_plain(lead) && !super::english::is_any_verb(lead) && !super::english::is_adjective(&one[..1]);
    if !op.act.many || own || elsewhere || !thing {
        return Vec::new();
    }
    frames("led", &[("many", &plural_of(lead)), ("record", &record(owner, kinds))])
}
