//! Periods of several days.

use jiff::civil::Date;
use pest::iterators::Pair;

use super::{
    Bias, When,
    days::{day, short_unit},
    frame::Frame,
    grammar::Rule,
    length::count,
    names::{month_number, ordinal},
    policy,
    unit::Unit,
    which::Which,
};

/// First and last day.
pub(super) type Dates = (Date, Date);

/// Days of a `period`, or a span of moments when it counts hours.
pub(super) fn period(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    let kind = pair.into_inner().next()?;
    let (start, end) = match kind.as_rule() {
        Rule::rolling | Rule::recent => return rolling(kind, frame),
        Rule::week_of => around(day(kind.into_inner().next()?, frame)?, Unit::Week, 0)?,
        Rule::to_date => (around(frame.today(), to_date_unit(kind)?, 0)?.0, frame.today()),
        Rule::half_year => half_year(kind, frame)?,
        Rule::relative_period => relative(kind, frame)?,
        Rule::quarter_period => quarter(kind, frame)?,
        Rule::month_period => month(kind, frame)?,
        Rule::iso_month => iso_month(kind.as_str())?,
        _ => year(kind.as_str().parse().ok()?)?,
    };
    Some(When::Days(start, end))
}

/// The first day of the week of that date.
pub(super) fn week_start(date: Date) -> Option<Date> {
    Unit::Day.from(date, i64::from(policy::WEEK_START.until(date.weekday())).checked_neg()?)
}

/// The calendar's week, month, quarter or year so many steps from the one that holds the date.
pub(super) fn around(date: Date, unit: Unit, steps: i64) -> Option<Dates> {
    let start = match unit {
        Unit::Week => week_start(date)?,
        Unit::Month => date.first_of_month(),
        Unit::Quarter => quarter_start(date.year(), (date.month() - 1) / 3)?,
        Unit::Year => date.first_of_year(),
        Unit::Day | Unit::Hour | Unit::Minute => date,
    };
    let start = unit.from(start, steps)?;
    Some((start, unit.from(start, 1)?.yesterday().ok()?))
}

/// What an edge is the edge of, and its days.
pub(super) fn edge_of(pair: Pair<Rule>, frame: Frame) -> Option<(Unit, Dates)> {
    let mut which = Which::This;
    let whole = pair.clone();
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::which => which = Which::of(part.as_str()),
            Rule::month => return Some((Unit::Month, month(whole, frame)?)),
            Rule::quarter => return Some((Unit::Quarter, quarter(whole, frame)?)),
            Rule::year => return Some((Unit::Year, year(part.as_str().parse().ok()?)?)),
            _ => {
                let unit = Unit::of(&part)?;
                return Some((unit, around(frame.today(), unit, which.steps())?));
            }
        }
    }
    None
}

fn to_date_unit(pair: Pair<Rule>) -> Option<Unit> {
    let part = pair.into_inner().next()?;
    if part.as_rule() == Rule::short_to_date { short_unit(part.as_str()) } else { Unit::of(&part) }
}

fn relative(pair: Pair<Rule>, frame: Frame) -> Option<Dates> {
    let (text, mut steps, mut told) = (pair.as_str(), 0, false);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::which => (steps, told) = (Which::of(part.as_str()).steps(), true),
            _ if text.ends_with("after next") => return around(frame.today(), Unit::of(&part)?, 2),
            Rule::weekend => {
                let weekend = |steps| {
                    let (start, end) = around(frame.today(), Unit::Week, steps)?;
                    Some((Unit::Day.from(start, policy::WEEKEND_OFFSET)?, end))
                };
                let this = weekend(steps)?;
                let gone = !told && frame.bias() == Bias::Back && this.0 > frame.today();
                return if gone { weekend(-1) } else { Some(this) };
            }
            _ => return around(frame.today(), Unit::of(&part)?, steps),
        }
    }
    None
}

/// "last 7 days", "past month", "next 2 hours".
fn rolling(pair: Pair<Rule>, frame: Frame) -> Option<When> {
    let (mut which, mut amount, mut unit) = (Which::Last, 1, None);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::which => which = Which::of(part.as_str()),
            Rule::count => amount = count(&part)?,
            Rule::past | Rule::last => {}
            _ => unit = Unit::of(&part),
        }
    }
    let (unit, now, today) = (unit?, frame.now, frame.today());
    match (which, unit) {
        (Which::This, _) => None,
        (Which::Last, Unit::Minute | Unit::Hour) => {
            Some(When::Span(now.checked_add(unit.times(-amount)?).ok()?, now.clone()))
        }
        (_, Unit::Minute | Unit::Hour) => Some(When::Span(now.clone(), now.checked_add(unit.times(amount)?).ok()?)),
        (Which::Last, _) => Some(When::Days(unit.from(today, -amount)?.tomorrow().ok()?, today)),
        _ => Some(When::Days(today, unit.from(today, amount)?.yesterday().ok()?)),
    }
    .filter(|_| amount > 0)
}

fn quarter(pair: Pair<Rule>, frame: Frame) -> Option<Dates> {
    let mut parts = pair.into_inner();
    let name = parts.next()?.as_str();
    let index = match name.strip_prefix('q') {
        Some(number) => number.parse().ok()?,
        None => ordinal(name)?,
    } - 1;
    let days = |year: i16| around(quarter_start(year, index)?, Unit::Quarter, 0);
    match parts.next() {
        Some(year) => days(year_of(year, frame)?),
        None => frame.anchor.nearest(frame.anchor.date.year().into(), |year| days(i16::try_from(year).ok()?)),
    }
}

/// "the second half of 2026", "H1".
fn half_year(pair: Pair<Rule>, frame: Frame) -> Option<Dates> {
    let mut parts = pair.into_inner();
    let name = parts.next()?.as_str();
    let half = name.strip_prefix('h').map_or_else(|| ordinal(name), |half| half.parse().ok())?;
    let year = match parts.next() {
        Some(year) => year_of(year, frame)?,
        None => frame.today().year(),
    };
    let first = quarter_start(year, (1..=2).contains(&half).then_some((half - 1) * 2)?)?;
    Some((first, around(Unit::Quarter.from(first, 1)?, Unit::Quarter, 0)?.1))
}

fn quarter_start(year: i16, index: i8) -> Option<Date> {
    Date::new(year, (0..4).contains(&index).then_some(index * 3 + 1)?, 1).ok()
}

/// A month by name, with its year or the nearest one.
pub(super) fn month(pair: Pair<Rule>, frame: Frame) -> Option<Dates> {
    let mut parts = pair.into_inner();
    let number = month_number(parts.next()?.as_str())?;
    let days = |year: i16| around(Date::new(year, number, 1).ok()?, Unit::Month, 0);
    match parts.next() {
        Some(year) => days(year_of(year, frame)?),
        None => frame.anchor.nearest(frame.anchor.date.year().into(), |year| days(i16::try_from(year).ok()?)),
    }
}

fn iso_month(text: &str) -> Option<Dates> {
    let (year, month) = text.split_once('-')?;
    around(Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?, Unit::Month, 0)
}

/// Of a `year` or a `year_told` ("this year").
pub(super) fn year_of(pair: Pair<Rule>, frame: Frame) -> Option<i16> {
    match pair.as_rule() {
        Rule::year_told => {
            let steps = Which::of(pair.into_inner().next()?.as_str()).steps();
            frame.now.date().year().checked_add(i16::try_from(steps).ok()?)
        }
        _ => pair.as_str().parse().ok(),
    }
}

fn year(year: i16) -> Option<Dates> {
    around(Date::new(year, 1, 1).ok()?, Unit::Year, 0)
}
