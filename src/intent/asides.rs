//! Words that explain and change nothing: "since she moved away", "it was entered by mistake", "Ann is here:". They are
//! found before any operation is thought of, end every name, and are read for the records they speak of only.

use crate::catalog::{NounInfo, Sense, Vocabulary, WordSet};
use crate::language::{ItemKind, Utterance};

use super::annotate::Annotated;
use super::meaning::looks_past;
use super::memory::{Memory, Referent};
use super::reading::Reading;
use super::reason;

/// How far behind its subject the verb of a statement stands, in items.
const REACH: usize = 6;
/// The most words of a subject that nobody declared.
const LONGEST_SUBJECT: usize = 3;

/// Where asides begin and end: (first item, one past the last), in the order of the line.
pub fn find(line: &Annotated<'_>, vocabulary: &Vocabulary) -> Vec<(usize, usize)> {
    let items = &line.utterance.items;
    let mut found = Vec::new();
    let mut at = 0;
    while at < items.len() {
        if speaks(line, vocabulary, at) {
            break;
        }
        let fresh = at == 0 || breaks(&items[at - 1].kind);
        if opens(line, vocabulary, at) || fresh && states(line, vocabulary, at, false) {
            let past = (at..items.len()).find(|i| *i > at && breaks(&items[*i].kind)).unwrap_or(items.len());
            if at == 0 && reason::wishes(line, vocabulary, past) {
                at = past + 1;
                continue;
            }
            found.push((at, past));
            at = past;
        }
        at += 1;
    }
    found
}

/// Whether words that give a reason open a line: "since Priya is a manager now, …".
pub fn opens_with_reason(line: &Annotated<'_>) -> bool {
    line.asides.first().is_some_and(|(first, _)| *first == 0) && line.is(0, WordSet::Aside)
}

/// Whether an aside holds what can hardly be anything but the value of a field: "it's tom@x.com".
pub fn tell_a_value(line: &Annotated<'_>) -> bool {
    use ItemKind::{Email, Money, Number, Phone, Url};
    let value = |at: usize| matches!(line.utterance.items[at].kind, Email | Money { .. } | Number { .. } | Phone | Url);
    line.asides.iter().any(|(first, past)| (*first..*past).any(value))
}

/// The one stretch of a line that is no aside; nothing when there are several or none, or no aside at all.
pub fn rest(utterance: &Utterance, asides: &[(usize, usize)]) -> Option<(usize, usize)> {
    let items = &utterance.items;
    let mark = |i: usize| breaks(&items[i].kind);
    let mut first = 0;
    let mut stretches = Vec::new();
    for &(from, past) in asides.iter().chain(std::iter::once(&(items.len(), items.len()))) {
        let (mut start, mut end) = (first, from);
        while start < end && mark(start) {
            start += 1;
        }
        while end > start && mark(end - 1) && items[end - 1].kind != ItemKind::Stop {
            end -= 1;
        }
        if start < end {
            stretches.push((start, end));
        }
        first = past;
    }
    match stretches.as_slice() {
        [only] if !asides.is_empty() => Some(*only),
        _ => None,
    }
}

/// Whether the words before any free text cannot be English: an article before another article or a preposition, or a
/// word that needs another behind it at the end.
pub fn garbled(line: &Annotated<'_>, vocabulary: &Vocabulary) -> bool {
    let items = &line.utterance.items;
    let past = (0..items.len()).find(|at| speaks(line, vocabulary, *at)).unwrap_or(items.len());
    let small = |at: usize| line.is_small(at);
    let article = |at: usize| small(at) && line.is(at, WordSet::Article);
    let binder = |at: usize| small(at) && line.is(at, WordSet::Binder);
    let ends = |at: usize| at >= items.len() || items[at].kind == ItemKind::Stop && at + 1 == items.len();
    (0..past).any(|at| {
        let next = at + 1;
        if next < past && small(at) && line.is_noun(at) && items[at].folded == items[next].folded {
            return true;
        }
        if ends(next) {
            let joins = small(at) && (line.is(at, WordSet::Conjunction) || at > 0 && line.is(at, WordSet::Aside));
            return article(at) || (binder(at) || joins) && !line.asks;
        }
        let bare =
            |at: usize| at < past && small(at) && line.is(at, WordSet::Preposition) && line.matches(at).len() < 2;
        if article(at) && bare(next) && (ends(next + 1) || article(next + 1) || bare(next + 1)) {
            return true;
        }
        article(at) && (article(next) || binder(next))
            || !line.asks && binder(at) && binder(next) && !line.is(at, WordSet::Conjunction)
    })
}

/// Whether free text begins at an item: what follows is nobody's aside.
fn speaks(line: &Annotated<'_>, vocabulary: &Vocabulary, at: usize) -> bool {
    line.utterance.items[at].kind == ItemKind::Colon && at > 2
        || line.matches(at).iter().any(|m| vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Tail)) && m.len > 1)
}

fn breaks(kind: &ItemKind) -> bool {
    use ItemKind::{Bracket, Colon, Comma, Dash, Semicolon, Stop};
    matches!(kind, Comma | Semicolon | Stop | Dash | Colon | Bracket)
}

/// Whether a word that opens an explanation stands at an item, with a statement behind it.
fn opens(line: &Annotated<'_>, vocabulary: &Vocabulary, at: usize) -> bool {
    if at > 0 && line.is_name(at) {
        return false;
    }
    let opener = |m: &&super::annotate::Match| vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Aside));
    let Some(opener) = line.matches(at).iter().filter(opener).max_by_key(|m| m.len) else { return false };
    // "…, and after that our plans": what is to be done next.
    let next = |m: &super::annotate::Match| vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Sequence));
    if line.matches(at).iter().any(|m| m.len > opener.len && next(m)) {
        return false;
    }
    let only = vocabulary.senses(opener.term).iter().all(|s| *s == Sense::Set(WordSet::Aside));
    let from = at + usize::from(opener.len);
    states(line, vocabulary, from, true) || only && at == 0 && names_a_cause(line, from)
}

/// Whether a few words and a pause follow that order nothing: "given the budget, …".
fn names_a_cause(line: &Annotated<'_>, from: usize) -> bool {
    let items = &line.utterance.items;
    let past = (from..items.len().min(from + REACH)).find(|at| breaks(&items[*at].kind));
    past.is_some_and(|past| past > from && !(from..past).any(|at| line.is_verb(at) && !line.is_noun(at)))
}

/// Whether a statement begins at an item: a subject, then soon a verb that orders nothing.
fn states(line: &Annotated<'_>, vocabulary: &Vocabulary, at: usize, opened: bool) -> bool {
    let items = &line.utterance.items;
    let Some(subject) = subject(line, vocabulary, at).or_else(|| plain_subject(line, at)) else {
        return false;
    };
    let ends = items.len().min(subject + REACH);
    // "…, the customer went elsewhere"; "Tess Lind already paid, …" and "appointment 6f1a: they came" may tell what to do.
    let named = (at..subject).any(|at| line.is_name(at) || items[at].kind == ItemKind::Code);
    let behind = at > 0 && items[at - 1].kind == ItemKind::Comma && !named;
    let mut seen = subject;
    while seen < ends {
        if breaks(&items[seen].kind) {
            return false;
        }
        if line.is(seen, WordSet::Licence) && !line.is(seen, WordSet::Auxiliary) || wishes(line, vocabulary, seen) {
            return opened || line.is(seen, WordSet::Told) && wants_a_thing(line, seen + 1);
        }
        let asks = line.is(seen, WordSet::Question) && !line.is(seen, WordSet::Auxiliary);
        if asks && !opened {
            return false;
        }
        // "As a program named Duo" tells nothing of the program.
        let names = opened && line.is(seen, WordSet::Link) && items[seen].folded.ends_with("ed");
        if names && items.get(seen + 1).is_some_and(|next| line.is_name(seen + 1) || next.kind != ItemKind::Word) {
            return false;
        }
        let finite = line.is(seen, WordSet::Auxiliary)
            || line.is(seen, WordSet::Negation)
            || line.tells(seen)
            || behind && line.is(seen, WordSet::Told)
            || looks_past(&items[seen].folded) && items[seen].kind == ItemKind::Word
            || opened && line.is_verb(seen)
            || seen == subject && line.is(at, WordSet::Subject) && line.is_common(seen);
        if finite && !line.is_name(seen) {
            return true;
        }
        seen += 1;
    }
    false
}

/// Whether what is wished for is a thing, and nothing is to be done: "legal wants a copy".
fn wants_a_thing(line: &Annotated<'_>, from: usize) -> bool {
    let items = &line.utterance.items;
    let past = (from..items.len()).find(|at| breaks(&items[*at].kind)).unwrap_or(items.len());
    let does = |at: usize| line.is_verb(at) && !line.is(at - 1, WordSet::Article);
    past > from && line.is(from, WordSet::Article) && !(from..past).any(does)
}

/// A long phrase that asks for something: "should be", "is now".
fn wishes(line: &Annotated<'_>, vocabulary: &Vocabulary, at: usize) -> bool {
    line.matches(at).iter().filter(|m| m.len > 1).any(|m| {
        vocabulary.senses(m.term).iter().any(|s| matches!(s, Sense::Verb { .. } | Sense::Set(WordSet::Filler)))
    })
}

/// One past the last item of what a statement that begins at an item speaks of.
fn subject(line: &Annotated<'_>, vocabulary: &Vocabulary, at: usize) -> Option<usize> {
    let items = &line.utterance.items;
    let item = items.get(at)?;
    if wishes(line, vocabulary, at) {
        return None;
    }
    let set = |set: WordSet| line.is(at, set);
    if set(WordSet::Person) || set(WordSet::Thing) || set(WordSet::Self_) || set(WordSet::Subject) {
        return Some(at + 1);
    }
    let longer = line.matches(at).iter().filter(|m| m.len > 1);
    let spoken = |m: &&super::annotate::Match| vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Subject));
    if let Some(m) = longer.filter(spoken).max_by_key(|m| m.len) {
        return Some(at + usize::from(m.len));
    }
    let named = |i: usize| items.get(i).is_some_and(|item| line.is_name(i) && item.kind == ItemKind::Word);
    if named(at) && !line.is_verb(at) || item.kind == ItemKind::Code {
        return Some((at + 1..items.len()).find(|i| !named(*i)).unwrap_or(items.len()));
    }
    let noun = |i: usize| {
        let found = if i < items.len() { line.matches(i) } else { &[] };
        found.iter().any(|m| vocabulary.senses(m.term).iter().any(|s| matches!(s, Sense::Noun { .. })))
    };
    if noun(at) && items.get(at + 1).is_some_and(|next| next.kind == ItemKind::Code) {
        return Some(at + 2);
    }
    // "As a blog post author": all of the noun, whose words may order something by themselves.
    let long = || (1..REACH).find(|len| !line.longer_noun(at + 1, *len)).unwrap_or(1);
    (set(WordSet::Determiner) && !line.is_verb(at) && noun(at + 1)).then(|| at + 1 + long())
}

/// The verb of a statement about something that nobody declared, behind what was said before: "…, revised terms went out",
/// "…, the old domain lapsed".
fn plain_subject(line: &Annotated<'_>, at: usize) -> Option<usize> {
    let items = &line.utterance.items;
    if at == 0 || at >= items.len() {
        return None;
    }
    let owned = line.is(at, WordSet::Determiner) && !line.is_verb(at);
    let first = at + usize::from(owned);
    let small = |at: usize| items.get(at).is_some_and(|item| item.kind == ItemKind::Word) && !line.is_name(at);
    let idle = {
        use WordSet::{Auxiliary, Conjunction, Filler, Licence, Negation, Preposition, Question};
        [Auxiliary, Conjunction, Filler, Licence, Negation, Preposition, Question]
    };
    // "…, customer never answered" tells something, "…, customer shouldn't know" may forbid it.
    let unmet = |at: usize| at > first && line.is(at, WordSet::Unmet);
    let plain =
        |at: usize| small(at) && (unmet(at) || !line.is_verb(at) && !idle.into_iter().any(|set| line.is(at, set)));
    let past = |at: usize| line.tells(at) || line.is(at, WordSet::Told) || looks_past(&items[at].folded);
    let finite = |at: usize| line.is(at, WordSet::Auxiliary) && line.is(at, WordSet::Question);
    let denied = |at: usize| unmet(at) && items.get(at + 1).is_some_and(|next| next.kind == ItemKind::Word);
    let tells = |at: usize| small(at) && (past(at) || finite(at) || denied(at));
    let verb = (first + 1..=first + LONGEST_SUBJECT).find(|at| tells(*at))?;
    (first..verb).all(plain).then_some(verb)
}

/// The memory with the records noted that asides speak of: "that note on Will Read's file is wrong, bin it".
pub fn spoken_of(reading: &Reading<'_>, asides: &[(usize, usize)]) -> Memory {
    let mut memory = reading.context.memory.clone();
    memory.listen();
    for &(first, past) in asides {
        note(reading, first, past, &mut memory);
    }
    memory
}

fn note(reading: &Reading<'_>, first: usize, past: usize, memory: &mut Memory) {
    let (line, vocabulary) = (&reading.line, reading.catalog.vocabulary());
    let mut at = first;
    // "Ann moved to Austin, so add the tag austin to her contact": who a clause is about is named first in it.
    let mut about = Vec::new();
    while at < past {
        let Some((handle, end)) = handle(line, at, past) else {
            at += 1;
            continue;
        };
        // "7712 is a Facebook ad": the ad is not called Facebook.
        if line.longer_noun(at, end - at) {
            at += 1;
            continue;
        }
        let beside = |i: usize| line.matches(i).iter().filter(move |m| i + usize::from(m.len) <= past);
        let is_one = end + 2 < past && line.is(end, WordSet::Auxiliary) && line.is_indefinite(end + 1);
        let kind = if is_one { end + 2 } else { end };
        let after = beside_noun(vocabulary, if kind < past { Some(beside(kind)) } else { None }.into_iter().flatten());
        let named = at > first && line.is(at - 1, WordSet::Link) && !line.is(at - 1, WordSet::Preposition);
        let near = if named { at - 1 } else { at };
        let before = (first..near).flat_map(|i| line.matches(i).iter().filter(move |m| i + usize::from(m.len) == near));
        let before = beside_noun(vocabulary, before);
        let meant = vocabulary.nouns.iter().enumerate().filter(|(n, info)| {
            let n = u16::try_from(*n).unwrap_or(u16::MAX);
            let told = before.contains(&n) || after.contains(&n);
            // "Two posts, 6630b1 and 6630b2, are clutter": an id alone is nobody's.
            told || before.is_empty()
                && after.is_empty()
                && info.assumed
                && line.utterance.items[at].kind != ItemKind::Code
        });
        let referent = |(_, info): (usize, &NounInfo)| Referent {
            resource: info.resource.clone().into_owned(),
            handle: handle.clone(),
            label: handle.clone(),
            person: info.person,
        };
        let meant: Vec<Referent> = meant.map(referent).collect();
        about.push((before.is_empty() && after.is_empty(), meant));
        at = end;
    }
    if about.iter().all(|(bare, _)| *bare) {
        about.reverse();
    }
    for (_, meant) in about {
        memory.speak_of(meant);
    }
}

fn beside_noun<'m>(vocabulary: &Vocabulary, matches: impl Iterator<Item = &'m super::annotate::Match>) -> Vec<u16> {
    matches
        .flat_map(|m| vocabulary.senses(m.term))
        .filter_map(|s| if let Sense::Noun { noun, plural: false } = s { Some(*noun) } else { None })
        .collect()
}

/// A name, code or quoted text at an item, and one past its end.
fn handle(line: &Annotated<'_>, at: usize, past: usize) -> Option<(String, usize)> {
    let items = &line.utterance.items;
    match items[at].kind {
        ItemKind::Code | ItemKind::Email => Some((line.utterance.slice(at, at).to_owned(), at + 1)),
        ItemKind::Quoted { start, end } => Some((line.utterance.text[start..end].to_owned(), at + 1)),
        ItemKind::Word if named(line, at) => {
            let joins = |i: usize| items[i].kind == ItemKind::Ampersand && i + 1 < past && named(line, i + 1);
            // "Treatment Room 3"
            let numbered = |i: usize| matches!(items[i].kind, ItemKind::Number { .. }) && named(line, i - 1);
            let end = (at + 1..past).find(|i| !named(line, *i) && !joins(*i) && !numbered(*i)).unwrap_or(past);
            Some((line.utterance.slice(at, end - 1).to_owned(), end))
        }
        // "The tag golf is not used any more".
        ItemKind::Word if at > 1 && line.in_noun(at - 1) && !line.in_noun(at) && at + 1 < past => {
            let tells = [WordSet::Auxiliary, WordSet::Told, WordSet::Negation, WordSet::Denial];
            let told = tells.into_iter().any(|set| line.is(at + 1, set));
            let small = tells.into_iter().any(|set| line.is(at, set)) || line.is(at, WordSet::Preposition);
            (told && !small).then(|| (line.utterance.slice(at, at).to_owned(), at + 1))
        }
        _ => None,
    }
}

fn named(line: &Annotated<'_>, at: usize) -> bool {
    let small = [WordSet::Self_, WordSet::Person, WordSet::Auxiliary].into_iter().any(|set| line.is(at, set));
    let alone = small && !(at > 0 && line.is_name(at - 1));
    line.utterance.items[at].kind == ItemKind::Word && line.is_name(at) && !alone
}
