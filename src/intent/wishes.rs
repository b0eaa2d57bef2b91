//! A wish behind a clause that names what it is about: "the heading on invoice Spring is wrong; could its title be changed to
//! Bill?" wishes for "change invoice Spring's title to Bill". The pronouns of the wish give way to the record by its name.

use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, read};

use super::meaning::{is, is_any, senses};
use super::{Intent, Value, passive, undoing};

/// Words of a name, at most.
const LONGEST: usize = 6;

/// The order of a request with the record that the clause before it names in the place of what points at it; nothing where
/// the clause names none, or nothing in the request points at it. And whether the noun of the record is told.
pub fn with_name(clause: &Utterance, request: &Utterance, catalog: &Catalog) -> Option<(String, bool)> {
    if !request.items.iter().any(|item| points(item, catalog)) {
        return None;
    }
    let record = pointed_at(clause, request, catalog).or_else(|| record(clause, catalog))?;
    let named = replaced(request, &record, catalog)?;
    let line = read(&named).ok()?;
    let order = passive::behind_a_reason(&line, catalog).or_else(|| undoing::as_order(&line, catalog));
    Some((order.unwrap_or(named), record.noun.is_some()))
}

/// Whether a line may hold a wish behind a clause: a mark with a word behind it that wishes for something.
pub fn may_stand_in(line: &Utterance, catalog: &Catalog) -> bool {
    use ItemKind::{Comma, Dash, Semicolon, Stop};
    let wishes = catalog.lexicon().set("wish_behind");
    let mark = line.items.iter().position(|item| matches!(item.kind, Comma | Dash | Semicolon | Stop));
    mark.is_some_and(|mark| line.items[mark..].iter().any(|item| wishes.contains(&item.folded)))
}

/// Whether a reading took a word that only points at a record for a value: "its title".
pub fn takes_pointing(intent: &Intent, catalog: &Catalog) -> bool {
    let pointing = catalog.lexicon().set("pointing");
    let points = |value: &Value| {
        let Value::Text(text) = value else { return false };
        text.split(' ').next().is_some_and(|first| pointing.iter().any(|known| known == first))
    };
    intent.steps.iter().any(|step| step.arguments.iter().any(|argument| points(&argument.value)))
}

/// A record that a clause names.
struct Record<'c> {
    /// With its noun beside it, where it has one.
    words: &'c str,
    /// The noun, if any.
    noun: Option<u16>,
}

/// The subject of a clause, where a request says "that NOUN" and the clause has no record of that kind: "Elm Vet bought the
/// Pro plan; pause that sub-account".
fn pointed_at<'c>(clause: &'c Utterance, request: &Utterance, catalog: &Catalog) -> Option<Record<'c>> {
    let items = &request.items;
    let pointing = catalog.lexicon().set("pointing_with_noun");
    let noun = (0..items.len()).filter(|at| pointing.contains(&items[*at].folded)).find_map(|at| {
        (at + 2..=(at + 5).min(items.len())).rev().find_map(|past| noun_between(request, at + 1, past, catalog))
    })?;
    let known = record(clause, catalog).and_then(|record| record.noun);
    let past = name_at(clause, 0, catalog).filter(|past| *past > 1 && known.is_some_and(|known| known != noun))?;
    Some(Record { words: clause.slice(0, past - 1), noun: None })
}

fn points(item: &Item, catalog: &Catalog) -> bool {
    let pointing = catalog.lexicon().set("pointing");
    item.kind == ItemKind::Word && pointing.contains(&item.folded)
}

/// The last record of a clause that its noun stands beside; else the last name of two words or more.
fn record<'c>(clause: &'c Utterance, catalog: &Catalog) -> Option<Record<'c>> {
    let items = &clause.items;
    let mut at = 0;
    let (mut beside, mut bare) = (None, None);
    while at < items.len() {
        let Some(past) = name_at(clause, at, catalog) else {
            at += 1;
            continue;
        };
        let before = (at.saturating_sub(4)..at).find_map(|from| Some((from, noun_between(clause, from, at, catalog)?)));
        let naming = |item: &Item| is(catalog, item, WordSet::Link) && item.folded.len() > 4;
        let called = at.checked_sub(1).filter(|at| naming(&items[*at])).and_then(|end| {
            (end.saturating_sub(4)..end).find_map(|from| Some((from, noun_between(clause, from, end, catalog)?)))
        });
        let after = (past + 1..=(past + 4).min(items.len()))
            .rev()
            .find_map(|end| Some((end, noun_between(clause, past, end, catalog)?)));
        if let Some((from, noun)) = before.or(called) {
            beside = Some(Record { words: clause.slice(from, past - 1), noun: Some(noun) });
        } else if let Some((end, noun)) = after {
            beside = Some(Record { words: clause.slice(at, end - 1), noun: Some(noun) });
        } else if past > at + 1 || *kind(clause, at) != ItemKind::Word {
            bare = Some(Record { words: clause.slice(at, past - 1), noun: None });
        }
        at = past;
    }
    beside.or(bare)
}

fn kind(line: &Utterance, at: usize) -> &ItemKind {
    &line.items[at].kind
}

/// Where a name ends that begins at an item.
fn name_at(line: &Utterance, at: usize, catalog: &Catalog) -> Option<usize> {
    let items = &line.items;
    let capital = |at: usize| {
        let item = &items[at];
        item.kind == ItemKind::Word && line.text[item.start..].starts_with(char::is_uppercase)
    };
    let part = |at: usize| {
        let next = capital(at) || matches!(kind(line, at), ItemKind::Number { .. } | ItemKind::Code);
        let joined = *kind(line, at) == ItemKind::Ampersand || is(catalog, &items[at], WordSet::Conjunction);
        next || joined && at + 1 < items.len() && *kind(line, at) == ItemKind::Ampersand && capital(at + 1)
    };
    let opens = |item: &Item| {
        is_any(
            catalog,
            item,
            &[WordSet::Determiner, WordSet::Aside, WordSet::Preposition, WordSet::Sequence, WordSet::Filler],
        )
    };
    match kind(line, at) {
        ItemKind::Code | ItemKind::Quoted { .. } | ItemKind::Email => return Some(at + 1),
        ItemKind::Word if capital(at) && !(at == 0 && opens(&items[at])) => {}
        _ => return None,
    }
    let known = |at: usize| !senses(catalog, &items[at].folded).is_empty();
    // The first word of a sentence is capitalised whatever it is.
    if at == 0 && known(0) && !(items.len() > 1 && capital(1)) {
        return None;
    }
    let past = (at + 1..items.len().min(at + LONGEST)).find(|at| !part(*at)).unwrap_or(items.len().min(at + LONGEST));
    Some(past)
}

/// The noun that the items between two are, in the singular.
fn noun_between(line: &Utterance, from: usize, past: usize, catalog: &Catalog) -> Option<u16> {
    let small = |item: &Item| item.kind == ItemKind::Word;
    let items = line.items.get(from..past).filter(|items| !items.is_empty() && items.iter().all(small))?;
    let words: Vec<&str> = items.iter().map(|item| item.folded.as_str()).collect();
    senses(catalog, &words.join(" ")).iter().find_map(|s| match s {
        Sense::Noun { noun, plural: false } => Some(*noun),
        _ => None,
    })
}

/// A request with a record in the place of what points at it: "it", "its", "that calendar", "there".
fn replaced(request: &Utterance, record: &Record<'_>, catalog: &Catalog) -> Option<String> {
    let items = &request.items;
    let lexicon = catalog.lexicon();
    let mut out = String::new();
    let (mut at, mut copied, mut told) = (0, 0, false);
    while at < items.len() {
        let word = items[at].folded.as_str();
        let set = |name: &str| lexicon.set(name).iter().any(|known| known == word);
        let (past, instead) = if items[at].kind != ItemKind::Word {
            (at, None)
        } else if set("pointing_whose") && owns(request, at + 1, catalog) {
            (at + 1, Some(format!("{}'s", record.words)))
        } else if set("pointing_where") {
            (at + 1, Some(format!("on {}", record.words)))
        } else if set("pointing_with_noun") {
            that_noun(request, at, record, catalog)
        } else if set("pointing") {
            (at + 1, Some(record.words.to_owned()))
        } else {
            (at, None)
        };
        let Some(instead) = instead.filter(|_| !told || past > at) else {
            at += 1;
            continue;
        };
        if told {
            at = past;
            continue;
        }
        out.push_str(&request.text[copied..items[at].start]);
        out.push_str(&instead);
        copied = items[past - 1].end;
        told = true;
        at = past;
    }
    out.push_str(&request.text[copied..]);
    told.then_some(out)
}

/// Whether a word that may be somebody's stands at an item: "her account", and not "her from the list".
fn owns(line: &Utterance, at: usize, catalog: &Catalog) -> bool {
    let small = [WordSet::Preposition, WordSet::Filler, WordSet::Auxiliary, WordSet::Determiner, WordSet::Conjunction];
    line.items.get(at).is_some_and(|item| item.kind == ItemKind::Word && !is_any(catalog, item, &small))
}

/// "That calendar", "that one", and "that" by itself: where it ends, and what stands for it.
fn that_noun(request: &Utterance, at: usize, record: &Record<'_>, catalog: &Catalog) -> (usize, Option<String>) {
    let items = &request.items;
    let longest = (at + 2..=(at + 5).min(items.len()))
        .rev()
        .find_map(|past| Some((past, noun_between(request, at + 1, past, catalog)?)));
    match (longest, record.noun) {
        // "That folder" is the folder that was named.
        (Some((past, noun)), Some(of)) if noun == of => (past, Some(record.words.to_owned())),
        (Some((past, _)), None) => (past, Some(format!("{} {}", request.slice(at, past - 1), record.words))),
        (Some((past, _)), Some(_)) if past > at + 1 => (past, Some(record.words.to_owned())),
        _ => {
            let one = items.get(at + 1).is_some_and(|item| item.folded == "one");
            (at + 1 + usize::from(one), Some(record.words.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(clause: &str, request: &str) -> Option<String> {
        let (clause, request) = (read(clause).expect("a clause"), read(request).expect("a request"));
        with_name(&clause, &request, &Catalog::builtin()).map(|(order, _)| order)
    }

    #[test]
    fn what_points_at_a_record_gives_way_to_it() {
        for (clause, request, expected) in [
            (
                "the heading on invoice Spring Cleanup is wrong",
                "could its title be changed to FINAL BILL?",
                "change invoice Spring Cleanup's title to FINAL BILL",
            ),
            (
                "nobody uses the Agent Studio agent Pet Triage",
                "can it be deleted?",
                "delete Agent Studio agent Pet Triage",
            ),
            (
                "the Black Friday coupon is used too often",
                "could it be changed to 100 uses?",
                "change Black Friday coupon to 100 uses",
            ),
            ("Lydia Frost asked to go", "please delete her", "please delete Lydia Frost"),
        ] {
            assert_eq!(order(clause, request).as_deref(), Some(expected), "{clause}; {request}");
        }
    }

    #[test]
    fn what_points_at_nothing_is_left() {
        assert_eq!(order("the deal Zenith is won", "list the open deals"), None);
        assert_eq!(order("they are late again", "can it be deleted?"), None);
    }
}
