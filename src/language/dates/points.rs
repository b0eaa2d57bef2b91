//! Points: a day, a moment, a period taken as one thing.

use jiff::{
    Timestamp, Zoned,
    civil::{DateTime, Time},
};
use pest::iterators::Pair;

use super::{
    Bias, When,
    clock::{self, Clock},
    days::day,
    frame::Frame,
    grammar::Rule,
    length::shifted_time,
    periods::period,
    unit::Unit,
};

/// What a `point`, a `day` or a `period` says.
pub(super) fn point(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    match pair.as_rule() {
        Rule::point => point(pair.into_inner().next()?, frame),
        Rule::day_clock | Rule::clock_day => day_and_clock(pair, frame).map(When::Moment),
        Rule::shifted_time => shifted_time(pair, frame).map(When::Moment),
        Rule::stamp => stamp(pair.as_str(), frame).map(When::Moment),
        Rule::period => period(pair, frame),
        Rule::day => whole_day(pair, frame),
        Rule::clock => clock_alone(clock::clock(pair)?.time()?, frame).map(When::Moment),
        Rule::now => Some(When::Moment(frame.now.clone())),
        _ => None,
    }
}

/// A day; "tonight" and "this morning" are a moment of it, though "tonight" is the whole day when looking back.
fn whole_day(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    let date = day(pair.clone(), frame)?;
    let named = pair.into_inner().flatten().find_map(|part| match part.as_rule() {
        Rule::tonight if frame.bias() == Bias::Back => None,
        Rule::tonight | Rule::last_night => Some(clock::part("night")),
        Rule::this_part => Some(clock::part(part.into_inner().next()?.as_str())),
        _ => None,
    });
    match named {
        Some(time) => frame.moment(date, time).map(When::Moment),
        None => Some(When::Day(date)),
    }
}

/// The moment of a `day_clock` or a `clock_day`.
pub(super) fn day_and_clock(pair: Pair<Rule>, frame: Frame) -> Option<Zoned> {
    let (mut date, mut said, mut part, mut night) = (None, None::<Clock>, None, false);
    for piece in pair.into_inner() {
        match piece.as_rule() {
            Rule::day => {
                night = piece.as_str() == "tonight";
                date = day(piece, frame);
            }
            Rule::part => part = Some(piece.as_str()),
            _ => said = Some(clock::clock(piece)?),
        }
    }
    let part = part.or(night.then_some("night"));
    let time = match (said, part) {
        (Some(clock), Some(part)) => clock.in_part(part).time()?,
        (Some(clock), None) => clock.time()?,
        (None, part) => clock::part(part?),
    };
    frame.moment(date?, time)
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
