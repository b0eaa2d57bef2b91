use jiff::Zoned;
use serde::Serialize;

use super::When;

/// A date, time or range found in a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DateMatch {
    /// First item.
    pub first: usize,
    /// Last item, inclusive.
    pub last: usize,
    /// What it says when the purpose is to plan ahead (a bare weekday or month is the coming one).
    pub ahead: When,
    /// What it says when the purpose is to look back (a bare weekday or month is the past one).
    pub back: When,
    /// Hours that a moment stands for: three of "tomorrow morning", one of "tomorrow at 3pm".
    pub hours: i64,
}

impl DateMatch {
    /// Whether it begins after the day of a moment.
    #[must_use]
    pub fn is_ahead(&self, now: &Zoned) -> bool {
        let day = match &self.ahead {
            When::Day(day) | When::Days(day, _) | When::From(day) => *day,
            When::Moment(moment) | When::Span(moment, _) => moment.date(),
            When::Until(_) | When::Minutes(_) => return false,
        };
        day > now.date()
    }
}
