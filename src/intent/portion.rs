//! Which part of a list is wanted: "the first 10 invoices", "25 per page, skip 50", "page 3". What counts the records is
//! taken out of the line, and goes to the parameters by which the operation turns its pages.

use serde_json::Number;

use crate::catalog::{Catalog, Kind, PageAdvance, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, number_word};

use super::meaning::{begins_with, is, is_any, senses};
use super::{Argument, Step, Value};

/// The most records that a figure by itself counts.
const MOST: u32 = 1000;

/// The sets of the lexicon that tell where in a list to begin.
const STARTS: [&str; 2] = ["portion_start", "portion_page"];

/// Part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Portion {
    /// How many records.
    size: Option<u32>,
    /// How many are passed over.
    start: Option<u32>,
    /// Which page, as people count them.
    page: Option<u32>,
}

/// The line without the words that tell which part of a list is wanted; nothing when none do.
pub fn without(line: &Utterance, catalog: &Catalog) -> Option<(Utterance, Portion)> {
    let counts = |item: &Item| number(item).is_some() || ordinal(&item.folded, catalog).is_some();
    // Every way to tell a part holds a figure.
    let last = line.items.iter().rposition(counts)?;
    let mut portion = Portion::default();
    let mut rest: Vec<&Item> = Vec::with_capacity(line.items.len());
    let mut at = 0;
    while at < line.items.len() {
        let taken = if at <= last { portion.take(line, at, catalog) } else { None };
        let Some(past) = taken else {
            rest.push(&line.items[at]);
            at += 1;
            continue;
        };
        // "…, 25 per page", "… and skip 50", "… (limit 5)"
        let joins = |item: &&Item| matches!(item.kind, ItemKind::Comma | ItemKind::Dash) || joins(item, catalog);
        while rest.last().is_some_and(joins) {
            rest.pop();
        }
        let open = rest.last().is_some_and(|item| item.kind == ItemKind::Bracket);
        let closed = line.items.get(past).is_some_and(|item| item.kind == ItemKind::Bracket);
        if open && closed {
            rest.pop();
        }
        at = past + usize::from(open && closed);
    }
    let left = || Utterance { text: line.text.clone(), items: rest.into_iter().cloned().collect() };
    (portion != Portion::default()).then(|| (left(), portion))
}

fn joins(item: &Item, catalog: &Catalog) -> bool {
    is_any(catalog, item, &[WordSet::Conjunction, WordSet::Sequence])
}

fn number(item: &Item) -> Option<u32> {
    match &item.kind {
        ItemKind::Number { amount } => amount.parse().ok(),
        ItemKind::Word => number_word(&item.folded),
        _ => None,
    }
}

impl Portion {
    /// Where the words end that begin at an item and tell a part; it is noted.
    fn take(&mut self, line: &Utterance, at: usize, catalog: &Catalog) -> Option<usize> {
        let lexicon = catalog.lexicon();
        let item = &line.items[at];
        let counts = number(item).or_else(|| ordinal(&item.folded, catalog)).is_some();
        let begins = |way: &&String| counts && way.starts_with('#') || begins_with(way, &item.folded);
        let said = |set: &str| {
            let ways = lexicon.set(set).iter().filter(begins).filter_map(|way| fits(line, at, way, catalog));
            ways.filter(|(past, _)| ends(line, *past, catalog)).max()
        };
        let free = |value: &Option<u32>| value.is_none();
        if let Some((past, page)) = said("portion_page").filter(|(_, page)| free(&self.page) && *page > 0) {
            self.page = Some(page);
            return Some(past);
        }
        if let Some((past, start)) = said("portion_start").filter(|_| free(&self.start)) {
            self.start = Some(start);
            return Some(past);
        }
        // "…, 25, from 50"
        let goes_on = free(&self.start) && self.size.is_some();
        if let Some((past, start)) = said("portion_then").filter(|_| goes_on) {
            self.start = Some(start);
            return Some(past);
        }
        let size = said("portion_size").or_else(|| counted(line, at, catalog)).or_else(|| last(line, at, catalog));
        let (past, size) = size.filter(|(_, size)| free(&self.size) && *size > 0)?;
        self.size = Some(size);
        Some(past + usize::from(unit(line, past, catalog)))
    }

    /// A step with it among its arguments; nothing when its operation cannot give a part of a list, or was told one already.
    pub fn of(self, mut step: Step, catalog: &Catalog) -> Option<Step> {
        let operation = catalog.operation(step.operation);
        let mut styles = catalog.service_of(operation).pagination.iter();
        let style = match &operation.page {
            Some(page) => styles.find(|known| known.name == page.style)?,
            // Without pages of its own it may still take how many.
            None => {
                styles.find(|known| known.size.as_ref().is_some_and(|(name, _)| operation.param(name).is_some()))?
            }
        };
        let mut give = |name: &str, count: u32| {
            let told = step.arguments.iter().any(|argument| argument.name == name);
            let param = operation.param(name).filter(|_| !told)?;
            let value = match param.kind {
                Kind::Text => Value::Text(count.to_string()),
                _ => Value::Number(Number::from(count)),
            };
            step.arguments.push(Argument { name: name.to_owned(), value });
            Some(())
        };
        if let Some(size) = self.size {
            give(&style.size.as_ref()?.0, size)?;
        }
        match (&style.advance, self.start, self.page) {
            (_, None, None) => {}
            (PageAdvance::Offset(name), Some(start), None) => give(name, start)?,
            (PageAdvance::Page(name, first), None, Some(page)) => give(name, page - 1 + first)?,
            (PageAdvance::Offset(name), None, Some(page)) => {
                let (_, usual) = style.size.as_ref()?;
                give(name, (page - 1).checked_mul(self.size.unwrap_or(*usual))?)?;
            }
            _ => return None,
        }
        Some(step)
    }
}

/// Where a way to say it ends that begins at an item, and its number (`#`, or `#th` for an ordinal).
fn fits(line: &Utterance, at: usize, way: &str, catalog: &Catalog) -> Option<(usize, u32)> {
    let (mut past, mut told) = (at, None);
    for word in way.split(' ') {
        let item = line.items.get(past)?;
        if word == "#" {
            told = Some(number(item)?);
        } else if word == "#th" {
            told = Some(ordinal(&item.folded, catalog)?);
        } else if item.folded != word {
            return None;
        }
        past += 1;
    }
    Some((past, told?))
}

/// The number of an ordinal (`nth` of the lexicon): "second".
fn ordinal(word: &str, catalog: &Catalog) -> Option<u32> {
    let near = catalog.lexicon().set("nth").iter().filter(|pair| begins_with(pair, word));
    let pairs = near.filter_map(|pair| pair.split_once(' '));
    pairs.into_iter().find(|(said, _)| *said == word)?.1.parse().ok()
}

/// A number right before the plural that it counts, where it cannot be part of a name: "show me 25 blog authors".
fn counted(line: &Utterance, at: usize, catalog: &Catalog) -> Option<(usize, u32)> {
    let count = number(&line.items[at])?;
    let before = at.checked_sub(1).map(|before| &line.items[before]);
    let says_nothing = |item: &Item| {
        let verb = |sense: &Sense| matches!(sense, Sense::Verb { .. } | Sense::Set(WordSet::Filler | WordSet::Self_));
        item.kind == ItemKind::Comma || item.kind == ItemKind::Word && senses(catalog, &item.folded).iter().any(verb)
    };
    (before.is_none_or(says_nothing) && plural(line, at + 1, catalog)).then_some((at + 1, count))
}

/// A figure by itself that a comma or a dash sets off at the end of a line: "starred chats, 50".
fn last(line: &Utterance, at: usize, catalog: &Catalog) -> Option<(usize, u32)> {
    let mark = |item: &Item| matches!(item.kind, ItemKind::Comma | ItemKind::Dash);
    let figure = matches!(line.items[at].kind, ItemKind::Number { .. });
    let says_nothing =
        |item: &Item| matches!(item.kind, ItemKind::Stop | ItemKind::Question) || is(catalog, item, WordSet::Filler);
    // What stands behind is read on from every figure in it: only where this one may count at all.
    let ends = || line.items[at + 1..].iter().all(says_nothing) || tells_only_more(line, at + 1, catalog);
    let set_off = at > 1 && mark(&line.items[at - 1]);
    let count = number(&line.items[at]).filter(|count| *count <= MOST)?;
    (figure && set_off && ends()).then_some((at + 1, count))
}

/// Whether all that stands behind a mark at an item tells a part of a list: "…, 25, skip 50".
fn tells_only_more(line: &Utterance, mark: usize, catalog: &Catalog) -> bool {
    let between = |item: &Item| matches!(item.kind, ItemKind::Comma | ItemKind::Dash) || joins(item, catalog);
    let (mut at, mut more) = (mark, Portion { size: Some(1), ..Portion::default() });
    while let Some(item) = line.items.get(at) {
        at = if between(item) {
            at + 1
        } else if let Some(past) = more.take(line, at, catalog) {
            past
        } else {
            return false;
        };
    }
    at > mark
}

/// Whether the longest term that begins at an item is a noun in the plural.
fn plural(line: &Utterance, at: usize, catalog: &Catalog) -> bool {
    let vocabulary = catalog.vocabulary();
    let (mut node, mut longest) = (0, None);
    for item in line.items.iter().skip(at).take_while(|item| item.kind == ItemKind::Word) {
        let Some(next) = vocabulary.word(&item.folded).and_then(|word| vocabulary.step(node, word)) else { break };
        node = next;
        longest = vocabulary.term_at(node).or(longest);
    }
    let senses = longest.map_or(&[][..], |term| vocabulary.senses(term));
    senses.iter().any(|sense| matches!(sense, Sense::Noun { plural: true, .. }))
}

/// Whether an item is a word for any records at all: "no more than 40 rows".
fn unit(line: &Utterance, at: usize, catalog: &Catalog) -> bool {
    line.items.get(at).is_some_and(|item| catalog.lexicon().set("portion_unit").contains(&item.folded))
}

/// Whether a count may end before an item: the next word is not what is counted, unless that is a list of records.
fn ends(line: &Utterance, past: usize, catalog: &Catalog) -> bool {
    let Some(item) = line.items.get(past) else { return true };
    let small = [WordSet::Preposition, WordSet::Conjunction, WordSet::Sequence, WordSet::Filler, WordSet::Determiner];
    item.kind != ItemKind::Word && number(item).is_none() && item.kind != ItemKind::Unit
        || is_any(catalog, item, &small)
        || plural(line, past, catalog)
        || unit(line, past, catalog)
        || STARTS
            .iter()
            .any(|set| catalog.lexicon().set(set).iter().any(|way| fits(line, past, way, catalog).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    fn part(text: &str) -> Option<(String, Portion)> {
        let catalog = Catalog::builtin();
        let (rest, portion) = without(&read(text).expect("a line"), &catalog)?;
        let words: Vec<&str> = (0..rest.items.len()).map(|at| rest.raw(at)).collect();
        Some((words.join(" "), portion))
    }

    fn told(size: u32, start: u32, page: u32) -> Portion {
        let some = |count| Some(count).filter(|count| *count > 0);
        Portion { size: some(size), start: some(start), page: some(page) }
    }

    #[test]
    fn what_counts_the_records_is_taken_out() {
        for (line, rest, portion) in [
            ("list the first 10 invoice templates", "list invoice templates", told(10, 0, 0)),
            ("invoices, 25 per page, skip 50", "invoices", told(25, 50, 0)),
            ("list products, page 2", "list products", told(0, 0, 2)),
            ("show me 25 blog authors starting after the first 50", "show me blog authors", told(25, 50, 0)),
            ("list orders (limit 5)", "list orders", told(5, 0, 0)),
            ("list users, ten per page and skipping the first 20", "list users", told(10, 20, 0)),
            ("forms, no more than 40 rows, starting from 80", "forms", told(40, 80, 0)),
            ("forms of Ann, at most 20", "forms of Ann", told(20, 0, 0)),
            ("starred chats, 50", "starred chats", told(50, 0, 0)),
            ("csv imports - last 10", "csv imports", told(10, 0, 0)),
            ("our forms, 40, skipping 20", "our forms", told(40, 20, 0)),
            ("forms, 25 of them starting from 50", "forms", told(25, 50, 0)),
            ("forms, 25, from 50", "forms", told(25, 50, 0)),
        ] {
            assert_eq!(part(line), Some((rest.to_owned(), portion)), "{line}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for line in [
            "show invoice 10",
            "list contacts",
            "coupon for the first 3 months",
            "show room 5 bookings",
            "3 Oak St",
            "calls of the last 7 days",
            "Ann, 97201",
        ] {
            assert_eq!(part(line), None, "{line}");
        }
    }
}
