use jiff::{Zoned, civil::Date};
use serde::Serialize;

use super::Utterance;

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
}

/// Whether an undated weekday or month is the coming or the past one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Bias {
    /// Scheduling.
    Ahead,
    /// Filtering what was.
    Back,
}

/// A reading of date words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum When {
    /// A whole day.
    Day(Date),
    /// A point in time.
    Moment(Zoned),
    /// Days from the first to the last, both included: "last week", "in October", "Nov 1 to Nov 15".
    Days(Date, Date),
    /// From one moment to another: "tomorrow 1pm to 5pm".
    Span(Zoned, Zoned),
    /// From a day on: "since Monday".
    From(Date),
    /// Up to a day: "until Friday", "before May 1" (the day before).
    Until(Date),
    /// A length of time in minutes: "30 min", "2 hours", "60 minutes".
    Minutes(i64),
}

/// Every longest date expression of the line, left to right; they may overlap. `now` is the clock and its zone.
pub fn find_dates(utterance: &Utterance, now: &Zoned) -> Vec<DateMatch> {
    let _ = (utterance, now);
    Vec::new()
}
