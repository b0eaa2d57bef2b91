//! Phrase patterns for what is turned on and off, for how something does, and for what lets go of another: "turn on click
//! tracking", "how is campaign 7 doing?", "take address 7 off its server".

use crate::catalog::Method;

use super::english::{Family, all, family, is, is_any_verb, words};
use super::field::Field;
use super::kinds::Kinds;
use super::model::Model;
use super::noun::{plural_of, singular_words};
use super::op::Op;
use super::properties::{alternatives, choice};
use super::questions::records;
use super::shape::Part;
use super::told::spoken_words;

/// The most yes-or-no fields that get patterns of their own.
const MOST: usize = 8;
/// The most names of what a record may be let go from.
const MOST_OTHERS: usize = 24;

/// The patterns of an operation.
pub(super) fn levers(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    let mut says = turned(op, kinds);
    says.extend(doing_well(op, kinds));
    says.extend(let_go(model, op));
    says.extend(on_what(op, kinds));
    says
}

/// "turn on click tracking for site 7", where a field says yes or no.
fn turned(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let updates = op.act.classes.first().is_some_and(|class| class == "update") && !op.act.acted && !op.act.bulk;
    let record = records(op, kinds).last().copied();
    let whole = op.objects.first().and_then(|name| kinds.all.get(name));
    let Some(whole) = whole.filter(|_| updates) else { return Vec::new() };
    let flags = op.sent.fields.iter().filter(|field| field.kind == "boolean" && !field.many && field.default.is_none());
    let flags: Vec<(&Field, String)> = flags
        .filter_map(|field| {
            let mut spoken = words(field.name.rsplit('.').next().unwrap_or(&field.name));
            spoken.retain(|word| !is("auxiliary", word) && !is("lever", word));
            // A verb or an adjective says more by itself than it does as a thing.
            let thing = spoken.last().is_some_and(|last| !last.ends_with("ed") && !is("adjective", last));
            let plain = spoken.iter().all(|word| word.chars().all(|c| c.is_ascii_alphabetic()));
            let alone = spoken.len() > 1 || !spoken.iter().any(|word| is_any_verb(word));
            (thing && plain && alone && !spoken.is_empty()).then(|| (field, spoken.join(" ")))
        })
        .take(MOST)
        .collect();
    // "Turn off SMS notifications" of the notification settings.
    let words_of = op.act.told.iter().flat_map(|told| &told.noun).chain(&op.act.noun);
    let mut tails: Vec<String> = words_of.flat_map(|word| [word.clone(), plural_of(word)]).collect();
    tails.retain(|word| super::relations::is_plain(word) && !whole_is(record, kinds, word));
    tails.sort();
    tails.dedup();
    let part = record.is_some_and(|record| op.objects.first() != Some(&record.kind));
    let tail = if part && !tails.is_empty() { format!(" [{}]", tails.join("|")) } else { String::new() };
    let owner = match record {
        Some(record) => format!(" (for|of|in|on|at) [the] {} {{{}}}", choice(&kinds.all[&record.kind]), record.name),
        None => format!(" [(for|of|in|on) [the|my|our] {}]", choice(whole)),
    };
    let mut says = Vec::new();
    for (field, spoken) in flags {
        let things = alternatives(vec![spoken.clone(), plural_of(&spoken)]) + &tail;
        for (on, particle, value) in [("turning-on", "on", "true"), ("turning-off", "off", "false")] {
            let verbs = all(on).collect::<Vec<_>>().join("|");
            says.push(format!("({verbs}) [the] {things}{owner} {{{}={value}}}", field.name));
            says.push(format!("(turn|switch|put) [the] {things} {particle}{owner} {{{}={value}}}", field.name));
        }
    }
    says
}

/// Whether a word names the record that the settings are of.
fn whole_is(record: Option<&Field>, kinds: &Kinds, word: &str) -> bool {
    let kind = record.and_then(|record| kinds.all.get(&record.kind));
    kind.is_some_and(|kind| kind.nouns.iter().any(|noun| *noun == singular_words(&[word.to_owned()]).concat()))
}

/// "how is campaign 7 doing?", where a path ends in figures.
fn doing_well(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let ends = op.shape.fixed().last().is_some_and(|last| last.iter().any(|word| is("figures", word)));
    if !ends || op.spec.method != Method::Get || op.act.acted {
        return Vec::new();
    }
    let owner = records(op, kinds).last().copied();
    let Some(owner) = owner else {
        let before = op.shape.parts.iter().rev().skip(1).find_map(|part| match part {
            Part::Fixed(words) => Some(singular_words(words).join(" ")),
            Part::Variable(_) => None,
        });
        let Some(things) = before.filter(|before| super::relations::is_plain(before)) else { return Vec::new() };
        let things = alternatives(vec![plural_of(&things), things]);
        return vec![
            format!(
                "how (is|are|did|do|have|has) [my|our|the|all] {things} (doing|performing|perform|do|done|performed|going)"
            ),
            format!("(performance|numbers|figures|stats|statistics|metrics) (of|for|on) [all|my|our|the] {things}"),
        ];
    };
    let owners = choice(&kinds.all[&owner.kind]);
    vec![
        format!(
            "how (is|are|was|did|has|does|have) [the] {owners} {{{}}} [been] (doing|performing|perform|do|done|performed|going|go|gone)",
            owner.name
        ),
        format!(
            "(performance|numbers|figures|results|stats|statistics|metrics) (of|for|on|from) [the] {owners} {{{}}}",
            owner.name
        ),
        format!(
            "how (well|good|successful) (is|was|did|does) [the] {owners} {{{}}} [do|perform|go|doing|performing]",
            owner.name
        ),
    ]
}

/// "stop the timer on timesheet 200", where a summary says on what something is done that the path has no word for.
fn on_what(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(Part::Variable(last)) = op.shape.last() else { return Vec::new() };
    let told =
        op.act.told.first().filter(|told| op.act.titled && told.family() == Family::Own && !told.noun.is_empty());
    let record = op.sent.fields.iter().find(|field| field.name == *last);
    let (Some(told), Some(record)) = (told, record) else { return Vec::new() };
    let Some((joint, rest)) = told.rest.iter().find(|(joint, rest)| is("joining", joint) && !rest.is_empty()) else {
        return Vec::new();
    };
    let (whole, head) = (rest.join(" "), rest[0].clone());
    let noun = told.noun.join(" ");
    if ![&whole, &noun, &told.verb].into_iter().all(|text| super::relations::is_plain(text))
        || kinds.called(&noun).is_some_and(|kind| record.kind == kind.name && rest.len() > 3)
    {
        return Vec::new();
    }
    let things = alternatives(vec![whole, head]);
    vec![format!(
        "{} [the|my|a] {noun} [running] ({joint}|on|of|for|in) [the|my] {things} {{{}}}",
        told.verb, record.name
    )]
}

/// "take address 7 off its server", where a path only says that a record is let go of.
fn let_go(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    let lets = op.act.own.iter().any(|own| is("letting-go", own)) && op.act.acted && op.act.thing.is_empty();
    let Some(record) = records(op, kinds).last().copied().filter(|_| lets) else { return Vec::new() };
    let told = spoken_words(&format!("{} {}", op.spec.summary, op.spec.description));
    let described: Vec<String> = told.iter().map(|word| super::noun::singular_word(word)).collect();
    let others = kinds.all.values().filter(|kind| kind.name != record.kind && kind.id.is_some());
    let others = others.filter(|kind| {
        let noun: Vec<String> = words(kind.nouns.first().map_or("", String::as_str));
        !noun.is_empty() && described.windows(noun.len()).any(|window| window == noun.as_slice())
    });
    let mut others: Vec<String> = others.flat_map(|kind| kind.nouns.iter().take(2).cloned()).collect();
    // What another request puts it to is what it may be on.
    let same = |other: &&Op<'_>| records(other, kinds).last().is_some_and(|field| field.kind == record.kind);
    let fields = model.operations.iter().filter(same).flat_map(|other| &other.sent.fields);
    let put_to = fields.filter(|field| field.kind != record.kind).filter_map(|field| kinds.all.get(&field.kind));
    others.extend(put_to.flat_map(|kind| kind.nouns.iter().take(2).cloned()));
    others.sort();
    others.dedup();
    others.truncate(MOST_OTHERS);
    others.extend(all("whatever").map(str::to_owned));
    let verbs = all("letting-go").filter(|verb| family(verb) != Family::Delete).collect::<Vec<_>>().join("|");
    vec![format!(
        "({verbs}) [the] {} {{{}}} (from|off|out of|off of) [its|the|whatever|any|their] {} [it|that|which] [is|it is|it 's] [on|in|attached to|at]",
        choice(&kinds.all[&record.kind]),
        record.name,
        alternatives(others)
    )]
}
