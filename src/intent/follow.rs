//! Lines that lean on what was said before: "same for Bob Lee", "and remove lead", "tag the second one vip", "cancel it".

use crate::catalog::{Catalog, Kind, Operation, Parameter, Place, Sense, WordSet};
use crate::language::{DateMatch, Item, ItemKind, Utterance, When};

use super::meaning::longest;
use super::memory::{Memory, Referent};
use super::{Argument, Step, Value};

/// Words of a record's name in "same for …".
const LONGEST_NAME: usize = 6;
/// Words of what "and remove …" takes back.
const LONGEST_REST: usize = 4;

/// What was done last, done to another record: "same for Bob Lee" (`same` of the lexicon). Nothing for any other line, and
/// when what was done names no record.
pub fn same_for(line: &Utterance, catalog: &Catalog, memory: &Memory) -> Option<Vec<Step>> {
    let from = idle(line, catalog, 0);
    let opened = longest(line, from, "same", catalog)?;
    if memory.said().is_empty() {
        return None;
    }
    let past = (opened..line.items.len()).find(|at| idle(line, catalog, *at) > *at).unwrap_or(line.items.len());
    let rest = line.items.get(opened..past).filter(|rest| !rest.is_empty() && rest.len() <= LONGEST_NAME)?;
    let name = |item: &Item| {
        matches!(
            item.kind,
            ItemKind::Word | ItemKind::Code | ItemKind::Email | ItemKind::Phone | ItemKind::Quoted { .. }
        )
    };
    let pronoun = |item: &Item| is(catalog, item, WordSet::Person) || is(catalog, item, WordSet::Thing);
    if idle(line, catalog, past) < line.items.len() || !rest.iter().all(name) || rest.iter().any(pronoun) {
        return None;
    }
    let name = match rest {
        [Item { kind: ItemKind::Quoted { start, end }, .. }] => &line.text[*start..*end],
        _ => line.slice(opened, past - 1),
    };
    let steps: Vec<Step> = memory.said().iter().filter_map(|step| with_record(step, catalog, name)).collect();
    (steps.len() == memory.said().len()).then_some(steps)
}

/// A step with the record that it is about replaced by another.
fn with_record(step: &Step, catalog: &Catalog, name: &str) -> Option<Step> {
    let op = catalog.operation(step.operation);
    let at = record_of(op, &step.arguments)?;
    let mut step = step.clone();
    let value = &mut step.arguments[at].value;
    *value = match value {
        Value::List(_) => Value::List(vec![Value::Text(name.to_owned())]),
        _ => Value::Text(name.to_owned()),
    };
    Some(step)
}

/// The argument with the record that an operation is about: of its path before others.
fn record_of(op: &Operation, arguments: &[Argument]) -> Option<usize> {
    let entity = |place: fn(&Parameter) -> bool| {
        let param = |a: &Argument| op.param(&a.name).is_some_and(|p| matches!(p.kind, Kind::Entity(_)) && place(p));
        arguments.iter().position(param)
    };
    entity(|p| p.place == Place::Path).or_else(|| entity(|p| p.required)).or_else(|| entity(|_| true))
}

/// The line with what it leaves to be known from earlier talk written out: the record of a list that was shown for "the
/// second one", and for "and remove lead" the noun of what was done last.
pub fn written_out(line: &Utterance, catalog: &Catalog, memory: &Memory) -> Option<String> {
    listed(line, catalog, memory).or_else(|| taken_back(line, catalog, memory))
}

fn listed(line: &Utterance, catalog: &Catalog, memory: &Memory) -> Option<String> {
    let lexicon = catalog.lexicon();
    let nth = |at: usize| {
        let word = &line.items[at].folded;
        let pair = lexicon.set("nth").iter().filter_map(|pair| pair.split_once(' ')).find(|(said, _)| said == word)?;
        pair.1.parse::<usize>().ok()
    };
    let counted = |at: usize| line.items.get(at).is_some_and(|item| lexicon.set("counted").contains(&item.folded));
    let (at, referent) = (0..line.items.len()).filter(|at| counted(at + 1)).find_map(|at| {
        let nth = nth(at)?;
        Some((at, memory.listed(if nth == 0 { None } else { Some(nth - 1) })?))
    })?;
    let first = at - usize::from(at > 0 && is(catalog, &line.items[at - 1], WordSet::Determiner));
    let (before, after) = (&line.text[..line.items[first].start], &line.text[line.items[at + 1].end..]);
    let noun = noun(catalog, referent)?;
    let shows = if before.trim().is_empty() && after.trim().trim_end_matches('?').is_empty() {
        lexicon.verbs.iter().find(|class| class.reads).and_then(|class| class.words.first())
    } else {
        None
    };
    let show = shows.map(|verb| format!("{verb} ")).unwrap_or_default();
    Some(format!("{before}{show}{noun} \"{}\"{after}", referent.handle))
}

fn taken_back(line: &Utterance, catalog: &Catalog, memory: &Memory) -> Option<String> {
    let joined = line.items.first().is_some_and(|item| is(catalog, item, WordSet::Conjunction));
    let (verb, rest) = line.items.get(usize::from(joined)..)?.split_first()?;
    let takes_back = catalog.lexicon().set("take_back").contains(&verb.folded);
    let plain = |item: &Item| matches!(item.kind, ItemKind::Word | ItemKind::Code | ItemKind::Quoted { .. });
    let named = rest.first().is_none_or(|item| is(catalog, item, WordSet::Determiner));
    let pronoun = |item: &Item| is(catalog, item, WordSet::Person) || is(catalog, item, WordSet::Thing);
    if !joined
        || !takes_back
        || named
        || rest.len() > LONGEST_REST
        || !rest.iter().all(plain)
        || rest.iter().any(pronoun)
    {
        return None;
    }
    let last = catalog.operation(memory.said().last()?.operation);
    let noun = catalog.resource(&last.service, last.objects.first()?)?.nouns.first()?;
    let person = memory.newest().is_some_and(|newest| newest.person);
    let lexicon = catalog.lexicon();
    let record = lexicon.set(if person { "person" } else { "thing" }).first()?;
    let from = lexicon.set("take_back_from").first()?;
    let last_item = &rest[rest.len() - 1];
    (!rest.iter().any(|item| item.folded == *noun)).then(|| {
        let (order, rest) = (&line.text[..verb.end], &line.text[rest[0].start..last_item.end]);
        format!("{order} {noun} {rest} {from} {record}")
    })
}

/// The line with the noun of the record spoken of last before the word that stands for it: "cancel it" → "cancel appointment
/// it".
pub fn with_noun(line: &Utterance, catalog: &Catalog, memory: &Memory) -> Option<String> {
    let at = line.items.iter().position(|item| is(catalog, item, WordSet::Thing))?;
    let noun = noun(catalog, memory.newest()?)?;
    let (before, after) = line.text.split_at(line.items[at].start);
    Some(format!("{before}{noun} {after}"))
}

/// Takes a time by itself for one of the day that was spoken of, when a line speaks of the same: "make it 4pm".
pub fn same_day(line: &Utterance, catalog: &Catalog, memory: &Memory, dates: &mut [DateMatch]) {
    let points = || line.items.iter().any(|item| is(catalog, item, WordSet::Thing));
    let Some(day) = Some(memory).filter(|_| !dates.is_empty() && points()).and_then(Memory::day) else { return };
    for found in dates {
        if found.first != found.last || line.items[found.first].kind != ItemKind::Time {
            continue;
        }
        for when in [&mut found.ahead, &mut found.back] {
            if let When::Moment(moment) = when
                && let Ok(moved) = day.to_datetime(moment.time()).to_zoned(moment.time_zone().clone())
            {
                *moment = moved;
            }
        }
    }
}

fn noun<'c>(catalog: &'c Catalog, referent: &Referent) -> Option<&'c str> {
    let resource = catalog.services().iter().find_map(|service| service.resource(&referent.resource))?;
    resource.nouns.first().map(String::as_str)
}

/// One past the fillers and marks that stand at an item.
fn idle(line: &Utterance, catalog: &Catalog, from: usize) -> usize {
    let small =
        |item: &Item| matches!(item.kind, ItemKind::Stop | ItemKind::Comma) || is(catalog, item, WordSet::Filler);
    (from..line.items.len()).find(|at| !small(&line.items[*at])).unwrap_or(line.items.len())
}

fn is(catalog: &Catalog, item: &Item, set: WordSet) -> bool {
    let vocabulary = catalog.vocabulary();
    let senses = vocabulary.lookup(&item.folded).map_or(&[][..], |term| vocabulary.senses(term));
    item.kind == ItemKind::Word && senses.contains(&Sense::Set(set))
}
