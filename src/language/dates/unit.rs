use jiff::{Span, civil::Date};
use pest::iterators::Pair;

use super::grammar::Rule;

/// A unit of time in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    /// Of a `clock_unit`, a `day_unit` or one of the words for a calendar unit.
    pub(super) fn of(pair: &Pair<Rule>) -> Option<Self> {
        let rule = match pair.as_rule() {
            Rule::clock_unit | Rule::day_unit => pair.clone().into_inner().next()?.as_rule(),
            rule => rule,
        };
        match rule {
            Rule::minutes => Some(Self::Minute),
            Rule::hours_unit => Some(Self::Hour),
            Rule::days => Some(Self::Day),
            Rule::weeks | Rule::week => Some(Self::Week),
            Rule::months | Rule::month_unit => Some(Self::Month),
            Rule::quarters | Rule::quarter_unit => Some(Self::Quarter),
            Rule::years | Rule::year_unit => Some(Self::Year),
            _ => None,
        }
    }

    /// That many of them.
    pub(super) fn times(self, count: i64) -> Option<Span> {
        let span = Span::new();
        match self {
            Self::Minute => span.try_minutes(count),
            Self::Hour => span.try_hours(count),
            Self::Day => span.try_days(count),
            Self::Week => span.try_weeks(count),
            Self::Month => span.try_months(count),
            Self::Quarter => span.try_months(count.checked_mul(3)?),
            Self::Year => span.try_years(count),
        }
        .ok()
    }

    /// Its length in minutes, where it has one.
    pub(super) fn minutes(self) -> Option<i64> {
        match self {
            Self::Minute => Some(1),
            Self::Hour => Some(60),
            Self::Day => Some(24 * 60),
            Self::Week => Some(7 * 24 * 60),
            Self::Month | Self::Quarter | Self::Year => None,
        }
    }

    /// A day so many units away.
    pub(super) fn from(self, date: Date, count: i64) -> Option<Date> {
        date.checked_add(self.times(count)?).ok()
    }
}
