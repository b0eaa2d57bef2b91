use jiff::Zoned;
use pest::{Parser, iterators::Pair};

use super::{
    Bias, DateMatch, When,
    frame::Frame,
    grammar::{DateGrammar, Rule},
    openers::may_begin,
    points, ranges,
};
use crate::language::{Item, ItemKind, Utterance};

/// The date expressions of a line, left to right; they may overlap.
///
/// For every item where one begins: the longest, then what it is made of when that begins there too, because a place
/// for one day wants less than a range says ("2026-12-01 to 2026-12-04", then "2026-12-01"; "Monday at 4pm", then
/// "Monday"). Nothing is found inside quotes, values and addresses. `now` is the clock and its zone.
pub fn find_dates(utterance: &Utterance, now: &Zoned) -> Vec<DateMatch> {
    let items = &utterance.items;
    let mut matches = Vec::new();
    let mut words = None;
    for first in (0..items.len()).filter(|at| may_begin(items, *at)) {
        let words = words.get_or_insert_with(|| Words::of(items));
        for rule in [Rule::found, Rule::start, Rule::whole] {
            let found = words.read(first, rule, now);
            matches.extend(found.filter(|new| shorter(new, &matches)));
        }
    }
    matches
}

/// Whether it says less than the last one that begins at the same item.
fn shorter(new: &DateMatch, found: &[DateMatch]) -> bool {
    found.last().is_none_or(|last| last.first != new.first || new.last < last.last)
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

    /// What the rule finds from item `first` on, if it ends where an item ends.
    fn read(&self, first: usize, rule: Rule, now: &Zoned) -> Option<DateMatch> {
        let near = &self.places[first..self.places.len().min(first + MOST_ITEMS)];
        let (start, limit) = (near.first()?.0, near.last()?.1);
        let pair = DateGrammar::parse(rule, &self.text[start..limit]).ok()?.next()?;
        let end = start + pair.as_span().end();
        let last = first + near.binary_search_by_key(&end, |place| place.1).ok()?;
        let ahead = meaning(pair.clone(), Frame::new(now, Bias::Ahead))?;
        let back = meaning(pair, Frame::new(now, Bias::Back))?;
        Some(DateMatch { first, last, ahead, back })
    }
}

fn word(item: &Item) -> &str {
    match item.kind {
        ItemKind::Dash => "-",
        ItemKind::Quoted { .. } | ItemKind::Json | ItemKind::KeyValue { .. } | ItemKind::Email | ItemKind::Url => "|",
        _ => &item.folded,
    }
}

fn meaning(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    match pair.as_rule() {
        Rule::found => ranges::found(pair, frame),
        _ => points::point(pair.into_inner().next()?, frame),
    }
}
