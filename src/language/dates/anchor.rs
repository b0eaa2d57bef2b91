use jiff::civil::{Date, Weekday};

use super::Bias;

/// The day from which an undated day or month is looked for, and in which direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    /// Where the search starts.
    pub date: Date,
    /// Ahead: on or after the date. Back: on or before it.
    pub bias: Bias,
    /// Whether a bare weekday may not be the date itself.
    pub strict: bool,
}

impl Anchor {
    /// The nearest day of that weekday.
    pub(super) fn weekday(self, weekday: Weekday) -> Option<Date> {
        if !self.strict && self.date.weekday() == weekday {
            return Some(self.date);
        }
        let nth = match self.bias {
            Bias::Ahead => 1,
            Bias::Back => -1,
        };
        self.date.nth_weekday(nth, weekday).ok()
    }

    /// The nearest stretch of days that `candidate` makes of a number that grows with time (a year, a month count),
    /// searched from the number `around` the date.
    pub(super) fn nearest(self, around: i32, candidate: impl Fn(i32) -> Option<(Date, Date)>) -> Option<(Date, Date)> {
        // Eight years cover the longest gap between two February 29ths.
        let mut near = (-1..=8).filter_map(|step| match self.bias {
            Bias::Ahead => candidate(around + step),
            Bias::Back => candidate(around - step),
        });
        near.find(|(start, end)| match self.bias {
            Bias::Ahead => *end >= self.date,
            Bias::Back => *start <= self.date,
        })
    }
}
