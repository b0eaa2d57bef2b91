//! Points and hours: a day, a moment, a period taken as one thing, the hours of a day.

use jiff::{
    Timestamp, Zoned,
    civil::{Date, DateTime, Time},
};
use pest::iterators::Pair;

use super::{
    Bias, When,
    clock::{self, Clock},
    days::day,
    frame::Frame,
    grammar::Rule,
    length::{self, shifted_time},
    periods::period,
    policy,
    unit::Unit,
};

/// What a `point` or one of its kinds says.
pub(super) fn point(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    match pair.as_rule() {
        Rule::point => point(pair.into_inner().next()?, frame),
        Rule::dated => dated(pair, frame),
        Rule::clocked => clocked(pair, frame),
        Rule::stamp => stamp(pair.as_str(), frame).map(When::Moment),
        Rule::period => period(pair, frame),
        Rule::now => Some(When::Moment(frame.now.clone())),
        _ => None,
    }
}

/// A day, and what follows it: nothing, hours, or a time with or without a length.
fn dated(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    let mut parts = pair.into_inner();
    let named = parts.next()?;
    match parts.peek().map(|part| part.as_rule()) {
        None => whole_day(named, frame),
        Some(Rule::hours) => span(day(named, frame)?, clock::hours(parts.next()?)?, frame),
        Some(_) => {
            let (times, lengths): (Vec<_>, Vec<_>) = parts.partition(|part| part.as_rule() != Rule::length);
            lasting(moment(named, times, frame)?, lengths.into_iter().next())
        }
    }
}

/// Hours or a time, and the day that may follow.
fn clocked(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    let mut parts = pair.into_inner();
    let (said, named) = (parts.next()?, parts.next());
    match (said.as_rule(), named) {
        (Rule::hours, Some(named)) => span(day(named, frame)?, clock::hours(said)?, frame),
        (Rule::hours, None) => hours_alone(clock::hours(said)?, frame),
        (_, Some(named)) => lasting(moment(named, [said], frame)?, parts.next()),
        (_, None) => clock_alone(clock::clock(said)?.time()?, frame).map(When::Moment),
    }
}

/// A day; "tonight" and "this morning" are a moment of it, though "tonight" is the whole day when looking back.
pub(super) fn whole_day(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    for part in pair.clone().into_inner().flatten() {
        let time = match part.as_rule() {
            Rule::clock_unit | Rule::half_hour | Rule::hour_and_half => {
                return shifted_time(pair.into_inner().next()?, frame).map(When::Moment);
            }
            Rule::tonight if frame.bias() == Bias::Ahead => clock::part("night"),
            Rule::last_night => clock::part("night"),
            Rule::this_part => clock::part(part.into_inner().next()?.as_str()),
            _ => continue,
        };
        return frame.moment(day(pair, frame)?, time).map(When::Moment);
    }
    day(pair, frame).map(When::Day)
}

/// A time of a day, said in one piece or two ("morning", "at 9").
pub(super) fn moment<'a>(
    named: Pair<'a, Rule>,
    times: impl IntoIterator<Item = Pair<'a, Rule>>,
    frame: Frame,
) -> Option<Zoned> {
    let tonight = named.as_str() == "tonight";
    let (mut said, mut part) = (None::<Clock>, tonight.then_some("night"));
    for piece in times {
        match piece.as_rule() {
            Rule::part => part = Some(piece.as_str()),
            _ => said = Some(clock::clock(piece)?),
        }
    }
    let time = match (said, part) {
        (Some(clock), Some(part)) => clock.in_part(part).time()?,
        (Some(clock), None) => clock.time()?,
        (None, part) => clock::part(part?),
    };
    let date = day(named, frame)?;
    let past_midnight = tonight && time < Time::constant(policy::MORNING, 0, 0, 0);
    frame.moment(if past_midnight { date.tomorrow().ok()? } else { date }, time)
}

/// A moment, or a span when a length follows it.
fn lasting(start: Zoned, length: Option<Pair<Rule>>) -> Option<When> {
    let Some(length) = length else { return Some(When::Moment(start)) };
    let end = start.checked_add(Unit::Minute.times(length::minutes(length)?)?).ok()?;
    Some(When::Span(start, end))
}

/// Hours of a day; an end that is not later is the next day's.
fn span(date: Date, (from, until): (Time, Time), frame: Frame) -> Option<When> {
    let last = if until > from { date } else { date.tomorrow().ok()? };
    Some(When::Span(frame.moment(date, from)?, frame.moment(last, until)?))
}

fn hours_alone(hours: (Time, Time), frame: Frame) -> Option<When> {
    let today = span(frame.today(), hours, frame)?;
    match (&today, frame.bias()) {
        (When::Span(_, end), Bias::Ahead) if end <= frame.now => span(frame.today().tomorrow().ok()?, hours, frame),
        (When::Span(start, _), Bias::Back) if start > frame.now => span(frame.today().yesterday().ok()?, hours, frame),
        _ => Some(today),
    }
}

/// `2026-11-20T10:00:00-05:00`; without an offset it is in the clock's zone.
fn stamp(text: &str, frame: Frame) -> Option<Zoned> {
    let text = text.to_ascii_uppercase();
    match text.parse::<Timestamp>() {
        Ok(instant) => Some(instant.to_zoned(frame.now.time_zone().clone())),
        Err(_) => text.parse::<DateTime>().ok()?.to_zoned(frame.now.time_zone().clone()).ok(),
    }
}

/// A time without a day.
fn clock_alone(time: Time, frame: Frame) -> Option<Zoned> {
    let today = frame.moment(frame.today(), time)?;
    let offset = match frame.bias() {
        Bias::Ahead if today <= *frame.now => 1,
        Bias::Back if today > *frame.now => -1,
        _ => return Some(today),
    };
    frame.moment(Unit::Day.from(frame.today(), offset)?, time)
}
