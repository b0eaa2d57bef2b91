//! One line may hold several commands.

use crate::catalog::{Catalog, Kind, Sense, WordSet};
use crate::language::ItemKind;

use super::edges::flag;
use super::reader::{Parsed, Reading};

/// Places where a line is tried to be cut.
const MOST_CUTS: usize = 5;
/// The fewest points of a reading that is believed.
const BELIEVED_READ: i32 = 24;
const BELIEVED_WRITE: i32 = 36;

/// Whether a reading may be acted on: every word has a job, nothing negates it, and it earned enough.
pub fn accepted(catalog: &Catalog, parsed: &Parsed) -> bool {
    let op = catalog.operation(parsed.id);
    let seen = |bit: u32| parsed.alignment.flags & bit != 0;
    let enough = if op.reads() { BELIEVED_READ } else { BELIEVED_WRITE };
    let asked = seen(flag::VERB) || op.reads() || seen(flag::MARK) && op.risk == crate::catalog::Risk::Write;
    asked
        && parsed.alignment.unexplained.is_empty()
        && !seen(flag::NEGATED)
        && (seen(flag::OBJECT) || seen(flag::HINT) || seen(flag::OWN))
        && parsed.alignment.score >= enough
}

/// By how much a line must read better as one command when each of its parts opens with a verb: "…, email j@x.com" is a
/// field rather than a command.
const ONE_COMMAND: i32 = 12;

/// The commands of a line that holds several, when every part of it can be read; nothing when it is one command.
pub fn segmentations(reading: &Reading<'_>, whole: &[Parsed]) -> Option<Vec<Parsed>> {
    let cuts = cuts(reading);
    if cuts.is_empty() {
        return None;
    }
    let past = reading.line.utterance.items.len();
    let mut best: Option<(i32, Vec<Parsed>)> = None;
    for choice in 1u32..1 << cuts.len() {
        let chosen: Vec<(usize, usize)> =
            cuts.iter().enumerate().filter(|(at, _)| choice & 1 << at != 0).map(|(_, cut)| *cut).collect();
        let Some(parts) = parts(reading, &chosen, past) else { continue };
        let sum = parts.iter().map(|p| p.alignment.score).sum::<i32>() / i32::try_from(parts.len()).unwrap_or(1)
            + 6 * i32::try_from(parts.len()).unwrap_or(1);
        if best.as_ref().is_none_or(|(score, _)| *score < sum) {
            best = Some((sum, parts));
        }
    }
    let (sum, parts) = best?;
    let believed = |w: &&Parsed| accepted(reading.catalog, w) && w.missing.is_empty();
    let one = whole.first().filter(believed).map(|w| w.alignment.score);
    let explicit = parts.iter().skip(1).all(opens_with_verb);
    let clearly = if explicit { ONE_COMMAND } else { 0 };
    one.is_none_or(|score| score < sum + clearly).then_some(parts)
}

fn parts(reading: &Reading<'_>, chosen: &[(usize, usize)], past: usize) -> Option<Vec<Parsed>> {
    let mut parts: Vec<Parsed> = Vec::new();
    let mut memory = reading.context.memory.clone();
    let mut first = 0;
    let ends = chosen.iter().copied().chain(std::iter::once((past, past)));
    for (end, next) in ends {
        let best = reading.parse(first, end, &memory).into_iter().next()?;
        let later = !parts.is_empty();
        if !accepted(reading.catalog, &best) || !complete(reading, &best, later) {
            return None;
        }
        let verb = opens_with_verb(&best);
        let reads = |p: &Parsed| reading.catalog.operation(p.id).reads();
        let object = best.alignment.flags & flag::OBJECT != 0;
        let joined = first > 0 && reading.line.is(first - 1, WordSet::Conjunction);
        if later && !verb && !(joined && object && reads(&best) && parts.iter().all(reads)) {
            return None;
        }
        let step = reading.step(&best, &memory);
        memory = memory.after(reading.catalog, reading.catalog.operation(best.id), &step.arguments);
        parts.push(best);
        first = next;
    }
    Some(parts)
}

/// Whether the first word of a part that does anything asks for something to be done.
fn opens_with_verb(parsed: &Parsed) -> bool {
    let idle = ["filler", "loose conjunction", "comma", "sequence", "speaker", "determiner", "auxiliary"];
    let first = parsed.alignment.path.iter().find(|(_, _, rule, _)| !idle.contains(rule));
    first.is_some_and(|(_, _, rule, _)| matches!(*rule, "verb" | "own verb" | "pattern"))
}

/// Whether nothing is missing but what the part before may supply.
fn complete(reading: &Reading<'_>, parsed: &Parsed, later: bool) -> bool {
    let op = reading.catalog.operation(parsed.id);
    parsed.missing.iter().all(|name| later && op.param(name).is_some_and(|p| matches!(p.kind, Kind::Entity(_))))
}

/// Places where a new command may begin: (one past the last item of the left part, first item of the right part).
fn cuts(reading: &Reading<'_>) -> Vec<(usize, usize)> {
    let line = &reading.line;
    let items = &line.utterance.items;
    let mut out = Vec::new();
    let mut at = 1;
    while at < items.len() && out.len() < MOST_CUTS {
        if opens_tail(reading, at) {
            let quoted = items.get(at + 1).is_some_and(|i| matches!(i.kind, ItemKind::Quoted { .. }));
            if !quoted {
                break;
            }
            at += 2;
            continue;
        }
        if !separates(reading, at) {
            at += 1;
            continue;
        }
        let mut next = at;
        while next < items.len() && separates(reading, next) {
            next += 1;
        }
        if next < items.len() && begins(reading, next) {
            out.push((at, next));
        }
        at = next;
    }
    out
}

fn opens_tail(reading: &Reading<'_>, at: usize) -> bool {
    let vocabulary = reading.catalog.vocabulary();
    let marker =
        reading.line.matches[at].iter().any(|m| vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Tail)));
    marker || reading.line.utterance.items[at].kind == ItemKind::Colon
}

fn separates(reading: &Reading<'_>, at: usize) -> bool {
    let item = &reading.line.utterance.items[at];
    match item.kind {
        ItemKind::Comma | ItemKind::Semicolon | ItemKind::Stop | ItemKind::Ampersand => true,
        ItemKind::Word => reading.line.is(at, WordSet::Conjunction) || reading.line.is(at, WordSet::Sequence),
        _ => false,
    }
}

/// Whether something that can open a command stands at an item.
fn begins(reading: &Reading<'_>, at: usize) -> bool {
    let vocabulary = reading.catalog.vocabulary();
    let opens = |s: &Sense| {
        matches!(
            s,
            Sense::Verb { .. }
                | Sense::Noun { .. }
                | Sense::Own
                | Sense::Set(WordSet::Filler | WordSet::Determiner | WordSet::Person)
        )
    };
    let name = super::annotate::is_name(reading.line.utterance, at);
    !name && reading.line.matches[at].iter().any(|m| vocabulary.senses(m.term).iter().any(opens))
}
