use jiff::{Zoned, civil::Date};
use serde::Serialize;

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
