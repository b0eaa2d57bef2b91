//! Figures and days that cannot be meant.

use crate::catalog::{Kind, Operation, Parameter, WordSet};
use crate::language::{DateMatch, ItemKind, When};

use super::super::found::{Filled, Found};
use super::super::parsed::Parsed;
use super::super::reading::Reading;
use super::is_named;

impl Reading<'_> {
    /// Whether a name or a number would be a day: "paid by check today" is no check of that number.
    pub(super) fn is_a_day(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let day =
            |date: &DateMatch| date.first == first && date.last + 1 == past && !matches!(date.ahead, When::Minutes(_));
        let word = self.line.is_small(first) && self.line.utterance.items[first].kind == ItemKind::Word;
        let called = first > 0 && self.line.is(first - 1, WordSet::Auxiliary);
        is_named(op, filled) && !op.reads() && word && !called && self.dates.iter().any(day)
    }

    /// Whether a record would be called by a day that nothing calls a name: "we need a block on Friday from 9 to 11".
    pub(super) fn is_when(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let day = |date: &DateMatch| {
            date.first == first && date.last + 1 == past && matches!(date.ahead, When::Day(_) | When::Moment(_))
        };
        let led =
            first > 0 && self.line.is(first - 1, WordSet::Preposition) && !self.line.is(first - 1, WordSet::Auxiliary);
        let dated = op.params.iter().any(|param| matches!(param.kind, Kind::Date | Kind::DateTime));
        let record = matches!(op.params[usize::from(filled.param)].kind, Kind::Entity(_));
        record && dated && !op.reads() && led && self.dates.iter().any(day)
    }

    /// Whether "now" is taken for a time where it only tells that something has changed: "the website is now …".
    pub(super) fn is_idle_now(&self, filled: Filled) -> bool {
        let Found::Date(index) = filled.found else { return false };
        let idle = |date: &DateMatch| {
            date.first == date.last
                && date.first > 0
                && self.line.is(date.first, WordSet::Filler)
                && self.line.is(date.first - 1, WordSet::Auxiliary)
        };
        self.dates.get(usize::from(index)).is_some_and(idle)
    }

    /// Whether a text in quotes is given where something is counted.
    pub(super) fn counts_nothing(&self, op: &Operation, filled: Filled) -> bool {
        let numeric = matches!(
            op.params[usize::from(filled.param)].kind,
            Kind::Integer | Kind::Number | Kind::Money | Kind::Duration
        );
        let Found::Span(first, _) = filled.found else { return false };
        let item = &self.line.utterance.items[usize::from(first)];
        let figure = item.folded.contains(|c: char| c.is_ascii_digit());
        numeric && matches!(item.kind, ItemKind::Quoted { .. }) && !figure
    }

    /// Whether the figure of a length is given as a name: "change the calendar Intro to 45 minutes" gives it none.
    pub(super) fn is_measured(&self, op: &Operation, filled: Filled) -> bool {
        let Found::Span(first, past) = filled.found else { return false };
        let (first, past) = (usize::from(first), usize::from(past));
        let length =
            |date: &DateMatch| date.first == first && date.last + 1 >= past && matches!(date.ahead, When::Minutes(_));
        let number = matches!(self.line.utterance.items[first].kind, ItemKind::Number { .. });
        let whole = past == first + 1 || first > 0 && self.line.is(first - 1, WordSet::Preposition);
        // "Intro to 45" minutes
        let cut = |date: &DateMatch| {
            let minutes = matches!(date.ahead, When::Minutes(_));
            minutes && (first + 1..past).contains(&date.first) && date.last >= past
        };
        // "Max call 600 sec"
        let units = self.catalog.lexicon().set("units_of_time");
        let counted = |at: usize| matches!(self.line.utterance.items[at].kind, ItemKind::Number { .. });
        let unit = past == first + 1 && first > 0 && units.contains(&self.line.utterance.items[first].folded);
        let unit = unit && is_named(op, filled) && counted(first - 1);
        let named = is_named(op, filled) && number && whole && self.dates.iter().any(length);
        !op.reads() && (named || unit || self.dates.iter().any(cut))
    }

    /// Whether what lasts from one time to another would begin on a day and end at an hour: "reschedule the visit on Friday to
    /// Monday at 10" moves it.
    pub(super) fn is_mixed(&self, op: &Operation, parsed: &Parsed) -> bool {
        let date = |param: &str| {
            let told = parsed.alignment.filled.iter().find(|told| op.params[usize::from(told.param)].name == param)?;
            if let Found::Date(index) = told.found { self.dates.get(usize::from(index)) } else { None }
        };
        let follows = |p: &Parameter| {
            let derived = p.derive.as_ref().and_then(|derive| derive.split(' ').next()).map(str::to_owned);
            let start = op.params.iter().find(|start| start.range_end.as_ref() == Some(&p.name));
            date(&derived.or_else(|| Some(start?.name.clone()))?).zip(date(&p.name))
        };
        // "Monday at 8am and finish at 10am" ends on that day.
        let hour = |end: &DateMatch| {
            let times = &self.line.utterance.items[end.first..=end.last];
            times.iter().all(|item| matches!(item.kind, ItemKind::Time))
        };
        let whole = |(_, end): &(&DateMatch, &DateMatch)| !hour(end);
        op.params.iter().filter_map(follows).filter(whole).any(|(start, end)| match (&start.ahead, &end.ahead) {
            (When::Day(_), When::Moment(_)) => true,
            (When::Moment(from), When::Moment(until)) => until < from,
            _ => false,
        })
    }
}
