//! Single days.

use jiff::civil::Date;
use pest::iterators::Pair;

use super::{
    frame::Frame,
    grammar::Rule,
    length::{count, shift},
    names::{month_number, ordinal},
    periods, policy,
    unit::Unit,
    weekdays,
    which::Which,
};

/// The date of a `day` or of one of its kinds.
pub(super) fn day(pair: Pair<Rule>, frame: Frame) -> Option<Date> {
    match pair.as_rule() {
        Rule::day => day(pair.into_inner().next()?, frame),
        Rule::numeric_day => numeric(&pair.into_inner().next()?, frame),
        Rule::near_day => near(&pair.into_inner().next()?, frame),
        Rule::shifted => shifted(pair, frame),
        Rule::weekday_of_week => weekdays::weekday_of_week(pair, frame),
        Rule::nth_weekday => weekdays::nth_weekday(pair, frame),
        Rule::relative_weekday => weekdays::relative_weekday(pair, frame),
        Rule::weekday_day => weekdays::weekday_day(pair, frame),
        Rule::month_day | Rule::day_month => month_day(pair, frame),
        Rule::day_of_month => day_of_month(pair, frame),
        Rule::edge => edge(pair, frame),
        _ => None,
    }
}

/// "October 5", "the 5th of May 2027".
fn month_day(pair: Pair<Rule>, frame: Frame) -> Option<Date> {
    let (mut month, mut number, mut year) = (None, None, None);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::month => month = month_number(part.as_str()),
            Rule::year | Rule::year_told => year = periods::year_of(part, frame),
            _ => number = ordinal(part.as_str()),
        }
    }
    match year {
        Some(year) => Date::new(year, month?, number?).ok(),
        None => yearly(month?, number?, frame),
    }
}

/// The nearest day of that month and number.
fn yearly(month: i8, number: i8, frame: Frame) -> Option<Date> {
    let one = |year: i32| Date::new(i16::try_from(year).ok()?, month, number).ok().map(|date| (date, date));
    frame.anchor.nearest(frame.anchor.date.year().into(), one).map(|(date, _)| date)
}

/// The nearest day of that number in any month.
pub(super) fn monthly(number: i8, frame: Frame) -> Option<Date> {
    let around = months_of(frame.anchor.date);
    let one = |months| month_of(months).and_then(|first| first.with().day(number).build().ok());
    frame.anchor.nearest(around, |months| one(months).map(|date| (date, date))).map(|(date, _)| date)
}

/// Months since the year 0.
fn months_of(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// The first day of the month that many months since the year 0.
fn month_of(months: i32) -> Option<Date> {
    let (year, month) = (i16::try_from(months.div_euclid(12)), i8::try_from(months.rem_euclid(12) + 1));
    Date::new(year.ok()?, month.ok()?, 1).ok()
}

/// `2026-11-20`, `10/5`, `10/5/26`, `10-5-2026`, `20.11.2026`.
fn numeric(pair: &Pair<Rule>, frame: Frame) -> Option<Date> {
    let parts: Vec<i16> = pair.as_str().split(['/', '-', '.']).map_while(|part| part.parse().ok()).collect();
    let year = |year: i16| if year < 100 { policy::CENTURY + year } else { year };
    let (first, second) = (i8::try_from(*parts.get(1)?).ok()?, parts.first().copied()?);
    match (pair.as_rule(), parts.get(2)) {
        (Rule::iso, Some(day)) => Date::new(second, first, i8::try_from(*day).ok()?).ok(),
        (Rule::dotted, Some(last)) => Date::new(year(*last), first, i8::try_from(second).ok()?).ok(),
        (_, last) => {
            let (month, day) = month_and_day(i8::try_from(second).ok()?, first);
            last.map_or_else(|| yearly(month, day, frame), |last| Date::new(year(*last), month, day).ok())
        }
    }
}

fn month_and_day(first: i8, second: i8) -> (i8, i8) {
    if first > 12 { (second, first) } else { (first, second) }
}

fn near(pair: &Pair<Rule>, frame: Frame) -> Option<Date> {
    let offset = match pair.as_rule() {
        Rule::tomorrow => 1,
        Rule::yesterday | Rule::last_night => -1,
        Rule::overmorrow => 2,
        Rule::ereyesterday => -2,
        _ => 0,
    };
    Unit::Day.from(frame.today(), offset)
}

fn shifted(pair: Pair<Rule>, frame: Frame) -> Option<Date> {
    let (mut amount, mut unit, mut backwards, mut from) = (None, None, false, frame.today());
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::count => amount = count(&part),
            Rule::day_unit => unit = Unit::of(&part),
            Rule::clock_unit => return None,
            Rule::ago | Rule::before_day => backwards = true,
            Rule::after_day => {}
            _ => from = day(part, frame)?,
        }
    }
    shift(from, amount?, unit?, backwards)
}

/// "the 15th", "15th of next month", "first of the month".
fn day_of_month(pair: Pair<Rule>, frame: Frame) -> Option<Date> {
    let text = pair.as_str();
    let mut parts = pair.into_inner();
    let number = ordinal(parts.next()?.as_str())?;
    let month = match parts.next() {
        Some(which) => Unit::Month.from(frame.today().first_of_month(), Which::of(which.as_str()).steps())?,
        None if text.ends_with("month") => frame.today(),
        None => return monthly(number, frame),
    };
    Date::new(month.year(), month.month(), number).ok()
}

/// "end of the month", "start of next week", "eom".
fn edge(pair: Pair<Rule>, frame: Frame) -> Option<Date> {
    let mut parts = pair.into_inner();
    let side = parts.next()?;
    let (unit, (start, end)) = if side.as_rule() == Rule::short_edge {
        let unit = short_unit(side.as_str())?;
        (unit, periods::around(frame.today(), unit, 0)?)
    } else {
        periods::edge_of(parts.next()?, frame)?
    };
    match (side.as_rule(), unit) {
        (Rule::opening, _) => Some(start),
        (_, Unit::Week) => Unit::Day.from(start, policy::WEEK_END_OFFSET),
        _ => Some(end),
    }
}

/// The unit of "eom", "ytd".
pub(super) fn short_unit(text: &str) -> Option<Unit> {
    match text.trim_start_matches("eo").chars().next()? {
        'w' => Some(Unit::Week),
        'm' => Some(Unit::Month),
        'q' => Some(Unit::Quarter),
        _ => Some(Unit::Year),
    }
}
