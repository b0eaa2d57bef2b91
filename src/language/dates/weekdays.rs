//! Weekdays.

use jiff::civil::{Date, Weekday};
use pest::iterators::Pair;

use super::{
    days::{day, monthly},
    frame::Frame,
    grammar::Rule,
    names::{ordinal, weekday_named},
    periods, policy,
    unit::Unit,
    which::Which,
};

/// "Tuesday of next week".
pub(super) fn weekday_of_week(pair: Pair<Rule>, frame: Frame) -> Option<Date> {
    let (mut weekday, mut which) = (None, None);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::which => which = Some(Which::of(part.as_str())),
            _ => weekday = weekday_named(part.as_str()),
        }
    }
    in_week(frame.today(), which?.steps(), weekday?)
}

/// That weekday of the week so many weeks from the date's.
fn in_week(date: Date, weeks: i64, weekday: Weekday) -> Option<Date> {
    let start = periods::week_start(Unit::Week.from(date, weeks)?)?;
    Unit::Day.from(start, policy::WEEK_START.until(weekday).into())
}

/// "next Tuesday".
pub(super) fn relative_weekday(pair: Pair<Rule>, frame: Frame) -> Option<Date> {
    let mut parts = pair.into_inner();
    let (which, weekday) = (Which::of(parts.next()?.as_str()), weekday_named(parts.next()?.as_str())?);
    let today = frame.today();
    match which {
        Which::Next => in_week(today, 1, weekday),
        Which::Coming => today.nth_weekday(1, weekday).ok(),
        Which::Last => today.nth_weekday(-1, weekday).ok(),
        Which::This => frame.looking(frame.bias(), today).anchor.weekday(weekday),
    }
}

/// "Friday", "Friday, November 20", "Friday the 13th": a date that is not that weekday is no date.
pub(super) fn weekday_day(pair: Pair<Rule>, frame: Frame) -> Option<Date> {
    let mut parts = pair.into_inner();
    let weekday = weekday_named(parts.next()?.as_str())?;
    let Some(date) = parts.next() else {
        return frame.anchor.weekday(weekday);
    };
    let date = match date.as_rule() {
        Rule::ordinal => monthly(ordinal(date.as_str())?, frame)?,
        _ => day(date, frame)?,
    };
    (date.weekday() == weekday).then_some(date)
}

/// "the first Monday of December", "last Friday of the month".
pub(super) fn nth_weekday(pair: Pair<Rule>, frame: Frame) -> Option<Date> {
    let (mut nth, mut weekday, mut steps) = (-1, None, 0);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::ordinal | Rule::ordinal_word => nth = ordinal(part.as_str())?,
            Rule::weekday => weekday = weekday_named(part.as_str()),
            Rule::which => steps = Which::of(part.as_str()).steps(),
            Rule::month_unit => {
                let month = Unit::Month.from(frame.today().first_of_month(), steps)?;
                return month.nth_weekday_of_month(nth, weekday?).ok();
            }
            Rule::month_period => {
                return periods::month(part, frame)?.0.nth_weekday_of_month(nth, weekday?).ok();
            }
            _ => {}
        }
    }
    None
}
