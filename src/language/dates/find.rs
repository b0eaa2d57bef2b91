use std::cell::Cell;

use jiff::Zoned;
use pest::Parser;

use super::{
    Bias, DateMatch,
    frame::Frame,
    grammar::{DateGrammar, Rule},
    openers::may_begin,
    reading::Reading,
};
use crate::language::{Item, ItemKind, Utterance};

/// The date expressions of a line, left to right; they may overlap.
///
/// For every item where one begins: the longest, then what it is made of when that begins there too, because a place
/// for one day wants less than a range says ("2026-12-01 to 2026-12-04", then "2026-12-01"; "Monday at 4pm", then
/// "Monday"). Nothing is found inside quotes, values and addresses. `now` is the clock and its zone.
#[must_use]
pub fn find_dates(utterance: &Utterance, now: &Zoned) -> Vec<DateMatch> {
    let items = &utterance.items;
    let mut matches = Vec::new();
    let mut words = None;
    for first in (0..items.len()).filter(|at| may_begin(items, *at)) {
        words.get_or_insert_with(|| Words::of(items)).read(first, now, &mut matches);
    }
    matches
}

thread_local! {
    static ASKED: Cell<u64> = const { Cell::new(0) };
}

/// How often on this thread a line said something that the clock was asked about. Where [`find_dates`] adds nothing to it,
/// it finds nothing at any other moment either.
#[must_use]
pub fn clock_asked() -> u64 {
    ASKED.get()
}

/// How many items a date may have. It also bounds what the parser looks at from every item, and with it the time.
const MOST_ITEMS: usize = 24;

/// The items as the date grammar wants them: lower case, one space where there was white space.
struct Words {
    text: String,
    /// Where each item starts and ends in `text`.
    places: Vec<(usize, usize)>,
}

impl Words {
    fn of(items: &[Item]) -> Self {
        let mut text = String::with_capacity(items.last().map_or(0, |item| item.end));
        let mut places = Vec::with_capacity(items.len());
        let mut end = 0;
        for item in items {
            if !places.is_empty() && item.start > end {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word(item));
            places.push((start, text.len()));
            end = item.end;
        }
        Self { text, places }
    }

    /// Adds what is found from item `first` on, as far as it ends where an item ends.
    fn read(&self, first: usize, now: &Zoned, matches: &mut Vec<DateMatch>) {
        let near = &self.places[first..self.places.len().min(first + MOST_ITEMS)];
        let (Some((start, _)), Some((_, limit))) = (near.first(), near.last()) else { return };
        let Ok(mut pairs) = DateGrammar::parse(Rule::found, &self.text[*start..*limit]) else { return };
        let Some(pair) = pairs.next() else { return };
        for reading in Reading::all(pair) {
            let Ok(last) = near.binary_search_by_key(&(start + reading.end()), |place| place.1) else { continue };
            ASKED.set(ASKED.get().wrapping_add(1));
            let (ahead, back) = (Frame::new(now, Bias::Ahead), Frame::new(now, Bias::Back));
            // "Tuesday, November 24" may name only a coming day; it is that day in a filter too.
            let Some(ahead) = reading.meaning(ahead) else { continue };
            let back = reading.meaning(back).unwrap_or_else(|| ahead.clone());
            let said = &self.text[*start..start + reading.end()];
            let hours = super::clock::lasting(said.rsplit(' ').next().unwrap_or_default(), &ahead);
            matches.push(DateMatch { first, last: first + last, ahead, back, hours });
        }
    }
}

fn word(item: &Item) -> &str {
    match item.kind {
        ItemKind::Dash => "-",
        ItemKind::Quoted { .. } | ItemKind::Json | ItemKind::KeyValue { .. } | ItemKind::Email | ItemKind::Url => "|",
        _ => &item.folded,
    }
}
