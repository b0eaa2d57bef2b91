//! Ranges: from one point to another, hours of a day, and ranges that are open at one end.

use jiff::{Zoned, civil::Date};
use pest::iterators::Pair;

use super::{
    Bias, When,
    days::{day, monthly},
    frame::Frame,
    grammar::Rule,
    length,
    names::ordinal,
    periods::period,
    points::point,
};

/// What `found` says.
pub(super) fn found(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    let mut parts = pair.into_inner();
    let mut head = parts.next()?;
    // "from Monday" alone is no range: it is a role and a day.
    let led = head.as_rule() == Rule::lead;
    match head.as_rule() {
        Rule::open => return open(head.into_inner().next()?, frame),
        Rule::length => return length::minutes(head).map(When::Minutes),
        Rule::lead => head = parts.next()?,
        _ => {}
    }
    match (parts.next(), parts.next()) {
        (None, _) if led => point(head, frame).filter(|when| matches!(when, When::Span(..))),
        (None, _) => point(head, frame),
        (Some(onward), _) if onward.as_rule() == Rule::onward => first_day(&point(head, frame)?).map(When::From),
        (Some(end), Some(year)) => range_of_year(head, end, year.as_str().parse().ok()?, frame),
        (Some(end), None) => range(head, end, frame),
    }
}

/// "Nov 1-15, 2026".
fn range_of_year(first: Pair<Rule>, last: Pair<Rule>, year: i16, frame: Frame) -> Option<When> {
    let start = end_point(first, frame.looking(Bias::Ahead, Date::new(year, 1, 1).ok()?))?;
    let (start, end) = after(start, last, frame)?;
    join(start, end)
}

/// "Monday to Friday", "Nov 1 - 15", "tomorrow 9am to Friday 5pm".
fn range(first: Pair<Rule>, last: Pair<Rule>, frame: Frame) -> Option<When> {
    let (start, end) = match (fixed(&first, frame), fixed(&last, frame)) {
        (None, _) if is_number(&last) => after(end_point(first, frame)?, last, frame)?,
        (Some(start), _) if is_number(&last) => after(start, last, frame)?,
        _ if is_number(&first) => before(first, end_point(last, frame)?, frame)?,
        (Some(start), Some(end)) => (start, end),
        (Some(start), None) => after(start, last, frame)?,
        (None, Some(end)) => before(first, end, frame)?,
        (None, None) if frame.bias() == Bias::Ahead && !is_weekday(&first) => {
            before(first, end_point(last, frame)?, frame)?
        }
        (None, None) => after(end_point(first, frame)?, last, frame)?,
    };
    join(start, end)
}

/// What a point says when it says the same in both directions.
fn fixed(pair: &Pair<Rule>, frame: Frame) -> Option<When> {
    let look = |bias| end_point(pair.clone(), frame.looking(bias, frame.today()));
    let ahead = look(Bias::Ahead)?;
    (!is_weekday(pair) && look(Bias::Back)? == ahead).then_some(ahead)
}

fn is_weekday(pair: &Pair<Rule>) -> bool {
    pair.clone().into_inner().flatten().any(|part| part.as_rule() == Rule::weekday_day)
}

/// Whether a point is a day of a month that it does not name: the start of the range names it.
fn is_number(pair: &Pair<Rule>) -> bool {
    let mut parts = pair.clone().into_inner().flatten();
    pair.as_rule() == Rule::day_number || parts.any(|part| part.as_rule() == Rule::day_of_month)
}

/// The last point as the first such one after the start.
fn after(start: When, last: Pair<Rule>, frame: Frame) -> Option<(When, When)> {
    let mut frame = frame.looking(Bias::Ahead, first_day(&start)?);
    frame.anchor.strict = true;
    let end = end_point(last, frame)?;
    Some((start, end))
}

/// The first point as the last such one before the end.
fn before(first: Pair<Rule>, end: When, frame: Frame) -> Option<(When, When)> {
    let start = end_point(first, frame.looking(Bias::Back, last_day(&end)?))?;
    Some((start, end))
}

/// A point as an end of a range: it may be the bare number of a day ("Nov 1 to 15"), and "now" is today.
fn end_point(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    match pair.as_rule() {
        Rule::day_number => monthly(ordinal(pair.as_str())?, frame).map(When::Day),
        Rule::now => Some(When::Day(frame.today())),
        Rule::point => end_point(pair.into_inner().next()?, frame),
        _ => point(pair, frame),
    }
}

fn join(start: When, end: When) -> Option<When> {
    match (start, end) {
        (When::Moment(start), When::Moment(end)) => (start < end).then_some(When::Span(start, end)),
        (start @ (When::Day(_) | When::Days(..)), end @ (When::Day(_) | When::Days(..))) => {
            let (start, end) = (first_day(&start)?, last_day(&end)?);
            (start <= end).then_some(When::Days(start, end))
        }
        _ => None,
    }
}

/// "since Monday", "before May 1", "until next week".
fn open(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    let kind = pair.as_rule();
    let looks_back = kind == Rule::since && pair.as_str().starts_with("since");
    let frame = if looks_back { Frame::new(frame.now, Bias::Back) } else { frame };
    let bound = pair.into_inner().next()?;
    let bound = match bound.as_rule() {
        Rule::period => period(bound, frame)?,
        _ => When::Day(day(bound, frame)?),
    };
    match kind {
        Rule::since | Rule::onward => first_day(&bound).map(When::From),
        Rule::after => last_day(&bound)?.tomorrow().ok().map(When::From),
        Rule::until => last_day(&bound).map(When::Until),
        _ => first_day(&bound)?.yesterday().ok().map(When::Until),
    }
}

fn first_day(when: &When) -> Option<Date> {
    match when {
        When::Day(date) | When::Days(date, _) => Some(*date),
        When::Moment(moment) | When::Span(moment, _) => Some(Zoned::date(moment)),
        _ => None,
    }
}

fn last_day(when: &When) -> Option<Date> {
    match when {
        When::Day(date) | When::Days(_, date) => Some(*date),
        When::Moment(moment) | When::Span(_, moment) => Some(Zoned::date(moment)),
        _ => None,
    }
}
